"""The rule by which a proposal is carried: pure, so that it can be tested over any electorate.

Source: the domain model, decisions. Carried when at least half of the active parties of each society
kind answered, each society kind has at least one consent, and no objection of a society party is
open. Government's positions are recorded and answered, and count for nothing here (R2).
"""

import dataclasses
from collections.abc import Iterable

from wijkverbond.coalition.models import SOCIETY_KINDS, Kind
from wijkverbond.decisions.models import CONSENTING, Stance


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
        return self.answered * 2 >= self.asked

    @property
    def majority(self) -> bool:
        """Whether it was heard, and most of those who took a side consent."""
        return self.heard and self.consented * 2 > self.answered - self.stood_aside


def count(voices: Iterable[Voice]) -> dict[str, Count]:
    """The counts of all four kinds."""
    heard = list(voices)
    return {kind: _count([voice for voice in heard if voice.kind == kind]) for kind in Kind.values}


def carried(counts: dict[str, Count]) -> bool:
    """Whether the proposal is carried: by every society kind, and by no one else."""
    return all(counts[kind].carries for kind in SOCIETY_KINDS)


def carried_by_majority(counts: dict[str, Count]) -> bool:
    """Whether most of each society kind consent: the fallback that a coalition can agree on."""
    return all(counts[kind].majority for kind in SOCIETY_KINDS)


def complete(counts: dict[str, Count]) -> bool:
    """Whether every active party of the society kinds has answered."""
    return all(counts[kind].answered == counts[kind].asked for kind in SOCIETY_KINDS)


def _count(voices: list[Voice]) -> Count:
    return Count(
        asked=len(voices),
        answered=sum(voice.stance is not None for voice in voices),
        consented=sum(voice.stance in CONSENTING for voice in voices),
        stood_aside=sum(voice.stance == Stance.STAND_ASIDE for voice in voices),
        open_objections=sum(voice.objects for voice in voices),
    )
