"""The command `opinions`: a reading of a Polis-form export as JSON, without any database."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from wijkverbond.analysis.digest import digest, rounded
from wijkverbond.analysis.kinds import GOVERNMENT, KINDS
from wijkverbond.analysis.opinions import edition, polis
from wijkverbond.analysis.opinions.disclosure import (
    NOBODY,
    Kept,
    Publication,
    publish,
    without,
)
from wijkverbond.analysis.opinions.look_alikes import FEWEST_PEOPLE
from wijkverbond.analysis.opinions.reading import OpinionReading, StatementReading, read
from wijkverbond.analysis.opinions.votes import Votes

DONE, FAILED, WRONG_CALL = 0, 1, 2


def main(arguments: Sequence[str]) -> int:
    """Print the reading to standard output; messages go to standard error.

    Returns 0 when done, 2 when the call or a file is wrong, 1 when it could not be done.
    """
    try:
        options = _parser().parse_args(arguments)
    except SystemExit as stop:
        return WRONG_CALL if stop.code else DONE
    try:
        text = json.dumps(
            reading(
                options.folder,
                options.kinds,
                apart_file=options.apart,
                keep_moderated=options.keep_moderated,
            )
        )
    except polis.ExportError as error:
        _say(str(error))
        return WRONG_CALL
    except OSError as error:
        _say(f"cannot read {error.filename or options.folder}: {error.strerror}")
        return FAILED
    sys.stdout.write(text + "\n")
    return DONE


def reading(
    folder: Path, kinds_file: Path | None, *, apart_file: Path | None, keep_moderated: bool
) -> dict[str, object]:
    """Return the reading of an export in the form that docs and other programs rely on.

    With a file of kinds (columns ``participant,kind``) groups and counts cover everyone but
    government, which stands beside them under ``kinds``; counts of fewer than twenty people are 0,
    ``lower_bound_min`` is the smallest over the three society kinds (``None`` while one is not
    shown), and nothing tells more of a kind than ``disclosure`` allows. Without it, they cover
    everyone, the bound is the smallest over the groups, and there is no word.
    With a file of participants who are set apart, figures of each kind also stand without them.
    Raises ``polis.ExportError``.
    """
    export = polis.read_export(folder)
    kinds = None if kinds_file is None else polis.read_kinds(kinds_file)
    apart = frozenset[int]() if apart_file is None else _apart(export.votes, kinds, apart_file)
    for note in (*export.notes, *edition.check(folder)):
        _say(note)
    opinion_reading = read(
        export.votes if kinds is None else _without_government(export.votes, kinds),
        moderated_out=export.moderated_out,
        keep_moderated=keep_moderated,
    )
    if kinds is None:
        statements = [_statement(statement, None) for statement in opinion_reading.per_statement]
    else:
        published = _published(export.votes, kinds)
        statements = [
            _statement(statement, published[statement.statement])
            for statement in opinion_reading.per_statement
        ]
        if apart:
            _add_without(statements, published, export.votes, kinds, apart)
    return {
        "participants": opinion_reading.participants,
        "votes": opinion_reading.votes,
        "statements": opinion_reading.statements,
        "ungrouped": opinion_reading.ungrouped,
        "k": opinion_reading.k,
        "silhouette": opinion_reading.silhouette,
        "groups": _groups(opinion_reading),
        "per_statement": statements,
        "digest": opinion_reading.digest
        if kinds is None
        else digest([opinion_reading.digest, statements]),
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="wijkverbond opinions",
        description="Opinion groups and agreement of an export in Polis' form, as JSON.",
    )
    parser.add_argument("folder", metavar="DIR", type=Path, help="folder with the CSV files")
    parser.add_argument("--kinds", metavar="FILE.csv", type=Path, help="columns participant,kind")
    parser.add_argument(
        "--apart",
        metavar="FILE.csv",
        type=Path,
        help="column participant: at least twenty who are set apart, with --kinds",
    )
    parser.add_argument(
        "--keep-moderated",
        action="store_true",
        help="let statements that were moderated out count like the others",
    )
    return parser


def _say(message: str) -> None:
    sys.stderr.write(f"wijkverbond opinions: {message}\n")


def _groups(reading: OpinionReading) -> list[dict[str, object]]:
    return [
        {
            "id": group.name,
            "members": list(group.members),
            "representative": [
                {
                    "statement": typical.statement,
                    "agrees": typical.agrees,
                    "z": typical.z,
                    "share": typical.share,
                }
                for typical in group.representative
            ],
        }
        for group in reading.groups
    ]


def _without_government(votes: Votes, kinds: Mapping[int, str]) -> Votes:
    government = [person for person, kind in kinds.items() if kind == GOVERNMENT]
    return votes.without(government)


def _published(votes: Votes, kinds: Mapping[int, str]) -> dict[int, Publication]:
    """Return the publication of each statement: a first one, of all answers together."""
    unknown = len(set(kinds).difference(votes.participants.tolist()))
    if unknown:
        _say(f"{unknown} of the participants with a kind are not in the export")
    return {
        statement: publish(Kept(), tallies, with_counts=True)
        for statement, tallies in votes.tallies_by(kinds).items()
    }


def _apart(votes: Votes, kinds: Mapping[int, str] | None, file: Path) -> frozenset[int]:
    """Return who of the export is set apart."""
    if kinds is None:
        raise polis.ExportError("--apart needs --kinds: figures of each kind stand without them")
    apart = polis.read_apart(file).intersection(votes.participants.tolist())
    if len(apart) < FEWEST_PEOPLE:
        raise polis.ExportError(
            f"{file.name}: {len(apart)} of them are in the export; at least {FEWEST_PEOPLE} are "
            "set apart, so that nobody's answer can be worked out"
        )
    return apart


def _add_without(
    statements: list[dict[str, object]],
    published: Mapping[int, Publication],
    votes: Votes,
    kinds: Mapping[int, str],
    apart: frozenset[int],
) -> None:
    """Add to each statement what may be shown without those set apart, beside what is with them."""
    others = votes.without(apart).tallies_by(kinds)
    theirs = votes.without(set(votes.participants.tolist()) - apart).tallies_by(kinds)
    for statement in statements:
        number = statement["statement"]
        assert isinstance(number, int)
        cell = {kind: tally.n for kind, tally in theirs[number].items()}
        publication = without(published[number].heard, others[number], [cell])
        statement["without"] = {
            "kinds": {kind: _kind(publication, kind) for kind in KINDS},
            "word": publication.agreement.word.value,
        }


def _statement(statement: StatementReading, figures: Publication | None) -> dict[str, object]:
    total = statement.total if figures is None else figures.total or NOBODY
    agreement = None if figures is None else figures.agreement
    bound = statement.lower_bound_min if agreement is None else agreement.strength
    return {
        "statement": statement.statement,
        "agree": total.agree,
        "disagree": total.disagree,
        "pass": total.passed,
        "lower_bound_min": None if bound is None else rounded(bound),
        "product": statement.product,
        "kinds": {} if figures is None else {kind: _kind(figures, kind) for kind in KINDS},
        "word": None if agreement is None else agreement.word.value,
        "moderated_out": statement.moderated_out,
    }


def _kind(publication: Publication, kind: str) -> dict[str, object] | str:
    figures = publication.figures.get(kind)
    if figures is None:
        return publication.heard[kind].value
    counts = {} if figures.counts is None else {"n": figures.counts.n}
    bounds = figures.interval
    return {**counts, "lower": rounded(bounds.lower), "upper": rounded(bounds.upper)}
