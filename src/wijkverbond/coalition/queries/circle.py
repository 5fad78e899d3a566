"""Who is at the table and who is not."""

import dataclasses
from collections.abc import Iterable, Sequence

from django.utils.functional import Promise

from wijkverbond.coalition.models import (
    SOCIETY_KINDS,
    Coalition,
    Invitation,
    Kind,
    MissingVoice,
    ParticipationLevel,
    Party,
)
from wijkverbond.coalition.models.sectors import SECTORS
from wijkverbond.coalition.queries.parties import parties
from wijkverbond.ui import labels, street


@dataclasses.dataclass(frozen=True)
class OpenPlot:
    """An open plot in the street: a whole kind that is missing, or a voice that somebody named.

    `waiting` are the parties of that kind that others did not confirm yet.
    """

    kind: str
    title: str | Promise
    waiting: Sequence[Party] = ()
    voice: MissingVoice | None = None
    invitations: Sequence[Invitation] = ()


@dataclasses.dataclass(frozen=True)
class LevelRow:
    """One of the three levels: who sits there and counts, per kind, and which kinds do not."""

    level: ParticipationLevel
    parties: Sequence[Party]
    counts: Sequence[tuple[str, int]]
    gaps: Sequence[Kind]


@dataclasses.dataclass(frozen=True)
class Circle:
    """The circle of a coalition."""

    coalition: Coalition
    parties: Sequence[Party]
    missing: Sequence[OpenPlot]

    @property
    def missing_kinds(self) -> list[Kind]:
        """The society kinds without a confirmed party: until there are none it is in formation."""
        return missing_kinds(self.parties)

    @property
    def direct(self) -> int:
        """How many parties that count are directly involved."""
        return sum(party.direct and party.is_confirmed for party in self.parties)

    @property
    def unconfirmed(self) -> list[Party]:
        """The parties that others did not confirm yet."""
        return [party for party in self.parties if not party.is_confirmed]

    @property
    def facades(self) -> list[street.Facade]:
        """The row of houses with its open plots."""
        return street.facades(self.parties, [str(plot.title) for plot in self.missing])

    @property
    def kinds(self) -> list[tuple[Kind, int, list[Party]]]:
        """Each kind, how many of its parties count, and its parties."""
        of_kind = [(kind, [party for party in self.parties if party.kind == kind]) for kind in Kind]
        return [
            (kind, sum(party.is_confirmed for party in parties), parties)
            for kind, parties in of_kind
        ]

    @property
    def levels(self) -> list[LevelRow]:
        """The three levels, the governing one first."""
        return [_level(level, self.parties) for level in ParticipationLevel]


def circle(coalition: Coalition) -> Circle:
    """The circle as it is now, in two queries."""
    present = parties(coalition)
    missing_kind_plots = [
        OpenPlot(
            kind=kind,
            title=labels.kind(kind).name,
            waiting=[party for party in present if party.kind == kind],
        )
        for kind in missing_kinds(present)
    ]
    voices = coalition.missing.open().prefetch_related("invitations")
    voice_plots = [
        OpenPlot(
            kind=voice.kind,
            title=SECTORS[voice.sector].title,
            voice=voice,
            invitations=list(voice.invitations.all()),
        )
        for voice in voices
    ]
    return Circle(coalition=coalition, parties=present, missing=[*missing_kind_plots, *voice_plots])


def missing_kinds(present: Iterable[Party]) -> list[Kind]:
    """Which of the three society kinds has no confirmed party (R1); government is never missing."""
    present_kinds = {party.kind for party in present if party.is_confirmed}
    return [kind for kind in SOCIETY_KINDS if kind not in present_kinds]


def _level(level: ParticipationLevel, present: Sequence[Party]) -> LevelRow:
    at_level = sorted(
        (party for party in present if party.is_confirmed and level in party.levels),
        key=lambda party: Kind.values.index(party.kind),
    )
    per_kind = [(kind, sum(party.kind == kind for party in at_level)) for kind in Kind]
    return LevelRow(
        level=level,
        parties=at_level,
        counts=[(kind, number) for kind, number in per_kind if number],
        gaps=[kind for kind in SOCIETY_KINDS if not dict(per_kind)[kind]],
    )
