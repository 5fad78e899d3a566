"""Opinion groups: who answers alike, what is typical of each group, what unites them.

The second lens, after the known kinds of party. The method is the published one of Polis (Small,
Bjorkegren, Erkkilä, Shaw, Megill 2021, "Polis: Scaling Deliberation by Mapping High Dimensional
Opinion Spaces"), so that readings can be compared with real exports.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import astuple, dataclass, replace
from hashlib import sha256
from math import prod
from typing import Final

import numpy as np

from wijkverbond.analysis.digest import DECIMALS, digest, rounded
from wijkverbond.analysis.opinions.agreement import interval
from wijkverbond.analysis.opinions.clusters import Flags, Grouping, grouped, named, positions
from wijkverbond.analysis.opinions.representative import (
    AnswerOfGroup,
    RepresentativeStatement,
    representative,
)
from wijkverbond.analysis.opinions.votes import Counts, Floats, Ids, Tally, Votes

VOTE_FLOOR: Final = 7

_AGREE, _DISAGREE = 0, 1  # places in the counts of a vote matrix


@dataclass(frozen=True)
class Group:
    """People who answer alike. ``name`` is a letter that stays between readings."""

    name: str
    members: tuple[int, ...]
    representative: tuple[RepresentativeStatement, ...]


@dataclass(frozen=True)
class StatementReading:
    """What everyone, and each group, said of one statement.

    ``total`` counts every participant, grouped or not; ``groups`` only those in the group.
    ``lower_bound_min`` is the smallest Wilson lower bound of agreement over the groups (0 without
    answers), ``product`` Polis' group-informed consensus, the product of (a+1)/(n+2) over the
    groups; both ``None`` without groups.
    """

    statement: int
    moderated_out: bool
    total: Tally
    groups: Mapping[str, Tally]
    lower_bound_min: float | None
    product: float | None

    @property
    def spread(self) -> float | None:
        """Return how far the groups' smoothed shares of agreement lie apart, 0…1."""
        shares = [(tally.agree + 1) / (tally.n + 2) for tally in self.groups.values()]
        return max(shares) - min(shares) if shares else None


@dataclass(frozen=True)
class OpinionReading:
    """Opinion groups of one conversation at one moment; all figures rounded to 6 decimals.

    ``participants`` and ``statements`` count the matrix, ``votes`` the answers in it, a pass
    included. ``ungrouped`` people answered too little to be placed; they are counted in the totals.
    ``k`` is the number of groups (0 when nobody can be placed, 1 when opinions do not differ),
    ``silhouette`` (−1…1) says how well they stand apart, ``None`` below two groups. ``positions``
    gives each placed participant's point in the plane, for a picture. ``digest`` is a SHA-256 over
    the input (``input_digest``) and everything above.
    """

    participants: int
    votes: int
    statements: int
    ungrouped: int
    k: int
    silhouette: float | None
    groups: tuple[Group, ...]
    per_statement: tuple[StatementReading, ...]
    positions: Mapping[int, tuple[float, float]]
    input_digest: str
    digest: str


def read(
    votes: Votes,
    *,
    moderated_out: Collection[int] = (),
    keep_moderated: bool = False,
    previous: Mapping[str, Collection[int]] | None = None,
) -> OpinionReading:
    """Read opinion groups from a vote matrix.

    Participants who answered at least seven statements (or all, when there are fewer) are placed in
    a group. ``moderated_out`` statements count as zero columns, as in Polis, and are never called
    representative; ``keep_moderated`` treats them like the others. ``previous`` maps the names of
    an earlier reading's groups to their members, so that names stay.
    """
    out = np.isin(votes.statements, list(moderated_out))
    zeroed = out & (not keep_moderated)
    floor = min(VOTE_FLOOR, len(votes.statements))
    placed = votes.answered >= max(1, floor)
    points = positions(votes, zeroed)[placed]
    grouping = grouped(points)
    people = votes.participants[placed]
    members = _named_members(people, grouping, previous)
    everyone = votes.everyone
    counts = np.array(
        [votes.counts(np.isin(votes.participants, group)) for group in members.values()]
    ).reshape(grouping.k, *everyone.shape)
    result = OpinionReading(
        participants=len(votes.participants),
        votes=int(everyone.sum()),
        statements=len(votes.statements),
        ungrouped=int(np.count_nonzero(~placed)),
        k=grouping.k,
        silhouette=None if grouping.silhouette is None else rounded(grouping.silhouette),
        groups=_groups(votes.statements, members, counts, ~zeroed),
        per_statement=_statements(votes.statements, out, everyone, list(members), counts),
        positions={
            person: (rounded(x), rounded(y))
            for person, (x, y) in zip(people.tolist(), points.tolist(), strict=True)
        },
        input_digest=digest([votes.digest(), votes.statements[out].tolist(), keep_moderated]),
        digest="",
    )
    return replace(result, digest=_digest(result, points))


def _digest(reading: OpinionReading, points: Floats) -> str:
    """Return the digest over input and output of a reading, positions included."""
    micro = np.rint(points * 10**DECIMALS).astype("<i8")
    return digest(
        [
            [reading.input_digest, reading.ungrouped, reading.k, reading.silhouette],
            [
                [group.name, group.members, [astuple(typical) for typical in group.representative]]
                for group in reading.groups
            ],
            [
                [statement.statement, statement.moderated_out, astuple(statement.total)]
                + [[name, *astuple(tally)] for name, tally in statement.groups.items()]
                + [statement.lower_bound_min, statement.product]
                for statement in reading.per_statement
            ],
            sha256(micro.tobytes()).hexdigest(),
        ]
    )


def _named_members(
    people: Ids, grouping: Grouping, previous: Mapping[str, Collection[int]] | None
) -> dict[str, tuple[int, ...]]:
    """Return name → members, by name; without a previous reading the largest group is A."""
    groups = [tuple(people[grouping.labels == label].tolist()) for label in range(grouping.k)]
    groups.sort(key=lambda group: (-len(group), group))
    return dict(sorted(zip(named(groups, previous), groups, strict=True)))


def _groups(
    statements: Ids, members: Mapping[str, tuple[int, ...]], counts: Counts, eligible: Flags
) -> tuple[Group, ...]:
    others = counts.sum(axis=0) - counts
    groups = []
    for place, (name, people) in enumerate(members.items()):
        agree, disagree = (
            AnswerOfGroup(
                answer == _AGREE,
                counts[place, answer],
                counts[place].sum(axis=0),
                others[place, answer],
                others[place].sum(axis=0),
            )
            for answer in (_AGREE, _DISAGREE)
        )
        typical = representative(statements, agree, disagree, eligible) if len(members) > 1 else ()
        groups.append(Group(name, people, tuple(_rounded(statement) for statement in typical)))
    return tuple(groups)


def _rounded(typical: RepresentativeStatement) -> RepresentativeStatement:
    return replace(
        typical,
        share=rounded(typical.share),
        ratio=rounded(typical.ratio),
        z=rounded(typical.z),
    )


def _statements(
    statements: Ids, out: Flags, everyone: Counts, names: list[str], counts: Counts
) -> tuple[StatementReading, ...]:
    readings = []
    for place, statement in enumerate(statements.tolist()):
        groups = {
            name: Tally(*counts[group, :, place].tolist()) for group, name in enumerate(names)
        }
        lowers = [interval(tally.agree, tally.n).lower for tally in groups.values()]
        readings.append(
            StatementReading(
                statement=statement,
                moderated_out=bool(out[place]),
                total=Tally(*everyone[:, place].tolist()),
                groups=groups,
                lower_bound_min=rounded(min(lowers)) if groups else None,
                product=rounded(group_informed_consensus(groups.values())) if groups else None,
            )
        )
    return tuple(readings)


def group_informed_consensus(groups: Iterable[Tally]) -> float:
    """Return the product over groups of (a+1)/(n+2), by which Polis ranks what unites.

    Shown beside the lower bound, never deciding: a statement that nobody in a group saw counts
    there as one half.
    """
    return prod((tally.agree + 1) / (tally.n + 2) for tally in groups)
