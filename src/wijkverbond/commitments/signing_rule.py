"""The rule by which a covenant comes into force: pure, so that it can be tested over any electorate.

Counted are the parties that were asked, still take part, and were confirmed by others. A society kind
does its share when three quarters of its parties, rounded down but at least one, signed. Two kinds
carry. A kind in which nobody answered by the last day counts as missing: it is named and blocks
nothing; it is only done without residents once the neighbourhood itself was asked. Government signs,
and counts for nothing here (R2).
"""

import dataclasses
from collections.abc import Iterable, Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import SOCIETY_KINDS, Kind
from wijkverbond.decisions.outcome import KINDS_TO_CARRY


@dataclasses.dataclass(frozen=True)
class Answer:
    """One party that counts: its kind, and whether it signed, or said that it does not."""

    kind: str
    signed: bool = False
    declined: bool = False


@dataclasses.dataclass(frozen=True)
class Count:
    """The parties of one kind: asked, signed, declined."""

    asked: int
    signed: int
    declined: int

    @property
    def needed(self) -> int:
        """How many of these have to sign: three quarters, rounded down, but at least one."""
        return max(1, self.asked * 3 // 4)

    @property
    def carries(self) -> bool:
        """Whether enough signed."""
        return self.signed >= self.needed

    @property
    def silent(self) -> bool:
        """Whether nobody signed or declined, or nobody is there."""
        return self.signed + self.declined == 0

    @property
    def complete(self) -> bool:
        """Whether all have answered."""
        return self.signed + self.declined == self.asked


@dataclasses.dataclass(frozen=True, kw_only=True)
class Circumstances:
    """What else matters: whether the neighbourhood itself was asked, and whether two kinds here have
    different people."""

    neighbourhood_asked: bool = False
    different_people: bool = True


class Lacks(models.TextChoices):
    """Why one kind does not do its share, or cannot be done without."""

    MISSING = "missing", _("nobody takes part yet.")
    SILENT = "silent", _("nobody has answered.")
    TOO_FEW = "too_few", _("too few signed.")
    NOT_ASKED = (
        "not_asked",
        _(
            "without residents it only comes into force once a question to the neighbourhood was open "
            "for two weeks and is closed."
        ),
    )


@dataclasses.dataclass(frozen=True)
class Verdict:
    """Whether it comes into force, without which kinds, and what each kind lacks."""

    carried: bool
    without: tuple[Kind, ...]
    lacking: Mapping[Kind, tuple[Lacks, ...]]
    enough_kinds: bool


def count(answers: Iterable[Answer]) -> dict[str, Count]:
    """The counts of all four kinds."""
    given = list(answers)
    return {kind: _count([each for each in given if each.kind == kind]) for kind in Kind.values}


def complete(counts: Mapping[str, Count]) -> bool:
    """Whether every party of society that counts has answered."""
    return all(counts[kind].complete for kind in SOCIETY_KINDS)


def verdict(counts: Mapping[str, Count], circumstances: Circumstances) -> Verdict:
    """What comes of these counts, on the last day or once all have answered."""
    others = [kind for kind in SOCIETY_KINDS if not counts[kind].carries]
    blocking = [kind for kind in others if not _can_be_missed(kind, counts[kind], circumstances)]
    enough = len(SOCIETY_KINDS) - len(others) >= KINDS_TO_CARRY and circumstances.different_people
    carried = enough and not blocking
    return Verdict(
        carried=carried,
        without=tuple(others) if carried else (),
        lacking={kind: _lacks(kind, counts[kind], circumstances) for kind in others},
        enough_kinds=enough,
    )


def _can_be_missed(kind: Kind, count: Count, circumstances: Circumstances) -> bool:
    return count.silent and (kind != Kind.RESIDENTS or circumstances.neighbourhood_asked)


def _lacks(kind: Kind, count: Count, circumstances: Circumstances) -> tuple[Lacks, ...]:
    if not count.silent:
        return (Lacks.TOO_FEW,)
    reason = Lacks.SILENT if count.asked else Lacks.MISSING
    missed = _can_be_missed(kind, count, circumstances)
    return (reason,) if missed else (reason, Lacks.NOT_ASKED)


def _count(answers: list[Answer]) -> Count:
    return Count(
        asked=len(answers),
        signed=sum(answer.signed for answer in answers),
        declined=sum(answer.declined for answer in answers),
    )
