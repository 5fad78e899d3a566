"""The answers to a closed question as everyone may have them, with a digest that outlives a hidden text.

An edition is two files: ``votes.csv``, and ``edition.json`` with what its digest covers. Those are the
SHA-256 of ``votes.csv`` and, per statement that was counted, a salted digest of its text. The texts
and their salts stand beside them: a text that is hidden leaves the file, its votes and its digest stay,
and the digest of the edition is the same. Who answered can erase that: then a new edition names the
digest of the one before.
"""

import csv
import io
import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final, NotRequired, TypedDict

from wijkverbond.analysis.digest import digest
from wijkverbond.analysis.opinions.polis import LIST, ExportError

EDITION: Final = "edition.json"
FORMAT: Final = "wijkverbond-edition-1"
HEADING: Final = ("voter-id", "comment-id", "vote")


class SaltedText(TypedDict):
    """A text with the salt that its digest needs."""

    text: str
    salt: str


class Contents(TypedDict):
    """What the digest of an edition covers; statements by their number."""

    format: str
    conversation: str
    edition: int
    earlier: NotRequired[str]
    votes: str
    statements: Mapping[str, str]


class EditionJson(Contents):
    """The file: contents, their digest, and the texts that may be read."""

    digest: str
    texts: Mapping[str, SaltedText]


def votes_csv(answers: Iterable[tuple[int, int, int]]) -> bytes:
    """Return ``votes.csv``: who answered, which statement, the answer; always in the same order."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(HEADING)
    writer.writerows(sorted(answers))
    return file.getvalue().encode()


def voters(votes: bytes) -> set[int]:
    """Return the numbers of who answered in a ``votes.csv``."""
    return {int(line.partition(b",")[0]) for line in votes.splitlines()[1:]}


def votes_of(people: Collection[int], votes: bytes, *, at_least: int) -> bytes:
    """Return a ``votes.csv`` with these people only, and with statements that enough of them answered."""
    rows = csv.reader(io.StringIO(votes.decode(), newline=""))
    next(rows)
    answers = [
        (voter, statement, vote)
        for voter, statement, vote in (map(int, row) for row in rows)
        if voter in people
    ]
    answered = Counter(statement for _, statement, _ in answers)
    return votes_csv(answer for answer in answers if answered[answer[1]] >= at_least)


def contents(
    conversation: str, edition: int, earlier: str, votes: bytes, statements: Mapping[int, str]
) -> Contents:
    """Return what the digest of an edition covers; ``statements`` are the salted digests of texts."""
    covered: Contents = {
        "format": FORMAT,
        "conversation": conversation,
        "edition": edition,
        "votes": f"sha256:{sha256(votes).hexdigest()}",
        "statements": {str(number): text for number, text in statements.items()},
    }
    return {**covered, "earlier": earlier} if earlier else covered


def check(folder: Path) -> list[str]:
    """Return what can be said of the edition in a folder, for whoever called; nothing without one.

    Raises ``ExportError`` for what does not belong together.
    """
    file = folder / EDITION
    if not file.exists():
        return []
    try:
        edition: EditionJson = json.loads(file.read_bytes())
        return [_checked(edition, folder / LIST)]
    except ExportError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ExportError(f"{EDITION} is no edition of a question: {error}") from error


def _checked(edition: EditionJson, votes: Path) -> str:
    if edition["format"] != FORMAT:
        raise ExportError(f"{EDITION} is no edition of a question in the form {FORMAT}")
    covered = {key: value for key, value in edition.items() if key not in ("digest", "texts")}
    if edition["digest"] != digest(covered):
        raise ExportError(f"{EDITION}: the digest does not belong to what it covers")
    if not votes.exists():
        seen = "votes.csv is not here"
    elif edition["votes"] == f"sha256:{sha256(votes.read_bytes()).hexdigest()}":
        seen = "votes.csv belongs to it"
    else:
        raise ExportError(f"{LIST} is not the file of this edition: its SHA-256 is another")
    for number, text in edition["texts"].items():
        salted = sha256(bytes.fromhex(text["salt"]) + text["text"].encode()).hexdigest()
        if edition["statements"].get(number) != f"sha256:{salted}":
            raise ExportError(f"{EDITION}: the text of statement {number} is another one")
    shown, all_texts = len(edition["texts"]), len(edition["statements"])
    follows = f", after {edition['earlier']}" if "earlier" in edition else ""
    return (
        f"edition {edition['edition']} of a question, digest {edition['digest']}{follows}: "
        f"{seen}, {shown} of {all_texts} texts can be read and belong to it"
    )
