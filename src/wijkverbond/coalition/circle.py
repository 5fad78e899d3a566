"""Who is at the table and who is not: what the pages about the circle show."""

import collections
import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.functional import Promise

from wijkverbond.coalition.models import (
    SOCIETY_KINDS,
    Access,
    Coalition,
    Handover,
    Invitation,
    Kind,
    Level,
    Mandate,
    MissingVoice,
    Organisation,
    Party,
    Secretariat,
    Tie,
)
from wijkverbond.coalition.queries import parties
from wijkverbond.coalition.sectors import SECTORS
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.actor import MandateType as MandateSort
from wijkverbond.ui import labels, street

Words = str | Promise


@dataclasses.dataclass(frozen=True)
class Missing:
    """An open plot in the street: a whole kind, or a voice that somebody named."""

    kind: str
    title: Words
    voice: MissingVoice | None = None
    invitations: Sequence[Invitation] = ()


@dataclasses.dataclass(frozen=True)
class LevelRow:
    """One of the three levels: who sits there, counted per kind, and which kinds do not."""

    level: Level
    parties: Sequence[Party]
    counts: Sequence[tuple[str, int]]
    gaps: Sequence[Kind]


@dataclasses.dataclass(frozen=True)
class Circle:
    """The circle of a coalition."""

    coalition: Coalition
    parties: Sequence[Party]
    missing: Sequence[Missing]

    @property
    def missing_kinds(self) -> list[Kind]:
        """The society kinds without a party: the coalition is in formation while there are any."""
        return missing_kinds(self.parties)

    @property
    def direct(self) -> int:
        """How many parties are directly involved."""
        return sum(party.direct for party in self.parties)

    @property
    def facades(self) -> list[street.Facade]:
        """The row of houses with its open plots."""
        return street.row(self.parties, [str(found.title) for found in self.missing])

    @property
    def kinds(self) -> list[tuple[Kind, list[Party]]]:
        """The parties of each kind."""
        return [(kind, [party for party in self.parties if party.kind == kind]) for kind in Kind]

    @property
    def levels(self) -> list[LevelRow]:
        """The three levels, the governing one first."""
        return [_level(level, self.parties) for level in Level]


def circle(coalition: Coalition) -> Circle:
    """The circle as it is now, in two queries."""
    present = parties(coalition)
    whole = [Missing(kind=kind, title=labels.kind(kind).name) for kind in missing_kinds(present)]
    voices = coalition.missing.filter(dismissed_at=None, filled_at=None).prefetch_related(
        "invitations"
    )
    named = [
        Missing(
            kind=voice.kind,
            title=SECTORS[voice.sector].title,
            voice=voice,
            invitations=list(voice.invitations.all()),
        )
        for voice in voices
    ]
    return Circle(coalition=coalition, parties=present, missing=[*whole, *named])


def missing_kinds(present: Iterable[Party]) -> list[Kind]:
    """Which of the three society kinds has no party (R1); government is never missing."""
    there = {party.kind for party in present}
    return [kind for kind in SOCIETY_KINDS if kind not in there]


def _level(level: Level, present: Sequence[Party]) -> LevelRow:
    here = sorted(
        (party for party in present if level in party.levels),
        key=lambda party: Kind.values.index(party.kind),
    )
    per_kind = [(kind, sum(party.kind == kind for party in here)) for kind in Kind]
    return LevelRow(
        level=level,
        parties=here,
        counts=[(kind, number) for kind, number in per_kind if number],
        gaps=[kind for kind in SOCIETY_KINDS if not dict(per_kind)[kind]],
    )


@dataclasses.dataclass(frozen=True)
class Reminder:
    """The public reminder of the hand-over, while government's coalition has no chair of its own."""

    due: dt.date
    late: bool


def reminder(coalition: Coalition, now: dt.datetime) -> Reminder | None:
    """The reminder of the hand-over; None when there is nothing to hand over."""
    if not coalition.hand_over_due or coalition.handed_over_at:
        return None
    return Reminder(
        due=coalition.hand_over_due,
        late=coalition.hand_over_due < timezone.localdate(now),
    )


def handover(coalition: Coalition) -> Handover | None:
    """The proposal for chair and rules, when there is one."""
    found = Handover.objects.filter(coalition=coalition)
    return found.select_related("chair__organisation", "proposed_by__organisation").first()


def confirmed_by(proposal: Handover | None) -> list[Party]:
    """The present parties that confirmed a proposal."""
    if not proposal:
        return []
    return list(proposal.confirmed_by.present().select_related("organisation"))


@dataclasses.dataclass(frozen=True)
class TieRow:
    """Two parties that work together, as closely as either of them says."""

    one: Party
    other: Party
    strength: Tie.Strength


def tie_rows(coalition: Coalition, now: dt.datetime) -> list[TieRow]:
    """Who works with whom, as reported this year or the year before; closest first."""
    order = list(Tie.Strength)
    since = timezone.localdate(now).year - 1
    ties = (
        Tie.objects.filter(
            party__coalition=coalition, year__gte=since, party__left_at=None, other__left_at=None
        )
        .select_related("party__organisation", "other__organisation")
        .order_by("year", "reported_at")
    )
    latest = {(tie.party_id, tie.other_id): tie for tie in ties}
    closest: dict[frozenset[uuid.UUID], Tie] = {}
    for tie in latest.values():
        pair = frozenset({tie.party_id, tie.other_id})
        known = closest.get(pair)
        if not known or order.index(Tie.Strength(tie.strength)) > order.index(
            Tie.Strength(known.strength)
        ):
            closest[pair] = tie
    told = [tie for tie in closest.values() if tie.strength != Tie.Strength.NONE]
    told.sort(key=lambda tie: (-order.index(Tie.Strength(tie.strength)), tie.party.name))
    return [TieRow(tie.party, tie.other, Tie.Strength(tie.strength)) for tie in told]


@dataclasses.dataclass(frozen=True)
class Person:
    """Somebody who acts for a party, as its own people see them."""

    mandates: Sequence[Mandate]

    @property
    def address(self) -> str:
        """The person's e-mail address."""
        found = self.mandates[0].person
        return found.email if found else ""

    @property
    def may_grant(self) -> bool:
        """Whether this person can give mandates."""
        return any(mandate.may_grant for mandate in self.mandates)


def people(party: Party, now: dt.datetime) -> list[Person]:
    """Who acts for a party, in order of their first mandate."""
    held = (
        Mandate.objects.current(now)
        .filter(party=party, person__isnull=False)
        .select_related("person", "party__organisation")
        .order_by("since", "id")
    )
    per_person: dict[uuid.UUID | None, list[Mandate]] = {}
    order = list(MandateSort)
    for mandate in sorted(held, key=lambda found: order.index(MandateSort(found.sort))):
        per_person.setdefault(mandate.person_id, []).append(mandate)
    return [Person(mandates) for mandates in per_person.values()]


def mandate_counts(party: Party, now: dt.datetime) -> list[tuple[Words, int]]:
    """How many people may take part, decide and sign for a party: no names, for everyone."""
    held = Mandate.objects.valid(now).filter(party=party).values_list("sort", flat=True)
    counted = collections.Counter(held)
    return [(sort.label, counted[sort]) for sort in MandateSort]


def unconfirmed(coalition: Coalition, actor: Actor) -> list[Mandate]:
    """Mandates to sign, of all parties, that wait for a second person."""
    return list(
        Mandate.objects.current(actor.now)
        .filter(party__coalition=coalition, sort=MandateSort.SIGN, confirmed_at=None)
        .filter(party__left_at=None)
        .select_related("party__organisation", "person")
        .order_by("since")
    )


def secretariat(coalition: Coalition) -> list[Secretariat]:
    """Who organises for the coalition now."""
    return list(
        Secretariat.objects.filter(coalition=coalition, until=None)
        .select_related("person", "lent_by__organisation")
        .order_by("since")
    )


def represented(person: uuid.UUID | None, now: dt.datetime) -> list[Organisation]:
    """The organisations that this person can bring into a coalition, also after it left one."""
    held = Mandate.objects.leading(now).filter(person=person)
    ids = held.values("party__organisation")
    return list(Organisation.objects.filter(id__in=ids).order_by("name"))


def overlapping(places: Sequence[str], *, other_than: uuid.UUID | None = None) -> list[Coalition]:
    """Public coalitions that work in one of these places too."""
    found = Coalition.objects.filter(place_codes__overlap=list(places), access=Access.PUBLIC)
    return [other for other in found.order_by("name") if other.id != other_than]
