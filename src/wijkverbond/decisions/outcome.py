"""The rule by which a proposal is carried: pure, so that it can be tested over any electorate.

Source: the domain model, decisions. Counted are active parties that others confirmed. Carried when two
or more society kinds do their share: at least half of their parties answered, at least one consents,
and no objection is open. A kind that is not there, or takes no side, is named in the outcome and blocks
nothing; it is only done without residents once the neighbourhood itself was asked. Government's
positions are recorded and answered, and count for nothing here (R2).
"""

import dataclasses
import enum
from collections.abc import Iterable, Mapping

from wijkverbond.coalition.models import SOCIETY_KINDS, Kind
from wijkverbond.decisions.models import CONSENTING, Stance

KINDS_TO_CARRY = 2


@dataclasses.dataclass(frozen=True)
class Voice:
    """One active party: its kind, what it says to the present revision, and an open objection."""

    kind: str
    stance: str | None = None
    objects: bool = False


@dataclasses.dataclass(frozen=True)
class Count:
    """The parties of one kind: asked, answered, consenting, standing aside, objections open."""

    asked: int
    answered: int
    consented: int
    stood_aside: int
    open_objections: int

    @property
    def carries(self) -> bool:
        """Whether this kind does its share in carrying the proposal."""
        return self.heard and self.consented > 0 and self.open_objections == 0

    @property
    def heard(self) -> bool:
        """Whether at least half of those asked answered."""
        return self.answered >= self.answers_needed

    @property
    def answers_needed(self) -> int:
        """Half of those asked, rounded up."""
        return (self.asked + 1) // 2

    @property
    def majority(self) -> bool:
        """Whether it was heard, and most of those who took a side consent."""
        return self.heard and self.consented * 2 > self.answered - self.stood_aside

    @property
    def takes_no_side(self) -> bool:
        """Whether nobody agreed or objected: not there, silent, or standing aside."""
        return self.answered == self.stood_aside and self.open_objections == 0

    @property
    def silent(self) -> bool:
        """Whether it is at the table, takes no side, and was not heard either."""
        return self.takes_no_side and not self.heard


@dataclasses.dataclass(frozen=True, kw_only=True)
class Circumstances:
    """What else matters: whether who was silent was reminded and got two more weeks; whether the
    neighbourhood itself was asked; whether two kinds here have different people."""

    reminded: bool = False
    neighbourhood_asked: bool = False
    different_people: bool = True


class Lacks(enum.Enum):
    """Why one kind does not do its share in carrying, or cannot be done without."""

    MISSING = "missing"
    SILENT = "silent"
    STANDS_ASIDE = "stands_aside"
    TOO_FEW = "too_few"
    NO_CONSENT = "no_consent"
    OBJECTION = "objection"
    NOT_ASKED = "not_asked"


@dataclasses.dataclass(frozen=True)
class Verdict:
    """Whether it is carried, without which kinds, and what each kind lacks."""

    carried: bool
    without: tuple[Kind, ...]
    lacking: Mapping[Kind, tuple[Lacks, ...]]
    enough_kinds: bool


def count(voices: Iterable[Voice]) -> dict[str, Count]:
    """The counts of all four kinds."""
    heard = list(voices)
    return {kind: _count([voice for voice in heard if voice.kind == kind]) for kind in Kind.values}


def verdict(
    counts: Mapping[str, Count], circumstances: Circumstances, *, majority: bool = False
) -> Verdict:
    """What comes of these counts: by consent, or by the majority that a coalition can agree on."""
    carrying = [
        kind for kind in SOCIETY_KINDS
        if (counts[kind].majority if majority else counts[kind].carries)
    ]  # fmt: skip
    others = [kind for kind in SOCIETY_KINDS if kind not in carrying]
    blocking = [kind for kind in others if not _can_be_missed(kind, counts[kind], circumstances)]
    enough = len(carrying) >= KINDS_TO_CARRY and circumstances.different_people
    return Verdict(
        carried=enough and not blocking,
        without=tuple(others) if enough and not blocking else (),
        lacking={kind: _lacks(kind, counts[kind], circumstances) for kind in others},
        enough_kinds=enough,
    )


def complete(counts: Mapping[str, Count]) -> bool:
    """Whether every active party of the society kinds has answered."""
    return all(counts[kind].answered == counts[kind].asked for kind in SOCIETY_KINDS)


def silent_kinds(counts: Mapping[str, Count]) -> list[Kind]:
    """The society kinds at the table that take no side and were not heard: they are reminded once."""
    return [kind for kind in SOCIETY_KINDS if counts[kind].silent]


def _can_be_missed(kind: Kind, count: Count, circumstances: Circumstances) -> bool:
    """Whether it takes no side and can be done without: after a reminder when it was silent."""
    if kind == Kind.RESIDENTS and not circumstances.neighbourhood_asked:
        return False
    return count.takes_no_side and (count.heard or circumstances.reminded)


def _lacks(kind: Kind, count: Count, circumstances: Circumstances) -> tuple[Lacks, ...]:
    """What keeps a kind that does not carry from doing so."""
    reasons = [Lacks.OBJECTION] if count.open_objections else []
    if count.asked == 0:
        reasons.insert(0, Lacks.MISSING)
    elif count.silent:
        reasons.insert(0, Lacks.TOO_FEW if count.answered else Lacks.SILENT)
    elif count.takes_no_side:
        reasons.insert(0, Lacks.STANDS_ASIDE)
    elif not count.heard:
        reasons.insert(0, Lacks.TOO_FEW)
    elif count.consented == 0:
        reasons.insert(0, Lacks.NO_CONSENT)
    missed = count.takes_no_side and kind == Kind.RESIDENTS
    if missed and not circumstances.neighbourhood_asked:
        reasons.append(Lacks.NOT_ASKED)
    return tuple(reasons)


def _count(voices: list[Voice]) -> Count:
    return Count(
        asked=len(voices),
        answered=sum(voice.stance is not None for voice in voices),
        consented=sum(voice.stance in CONSENTING for voice in voices),
        stood_aside=sum(voice.stance == Stance.STAND_ASIDE for voice in voices),
        open_objections=sum(voice.objects for voice in voices),
    )
