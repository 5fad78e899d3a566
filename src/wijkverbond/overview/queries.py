"""What the portal and "my work" show."""

import dataclasses
import datetime as dt
import uuid

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from wijkverbond.coalition.circle import missing_kinds
from wijkverbond.coalition.models import Access, Coalition, Kind, Mandate, Party
from wijkverbond.decisions.models import Decision, State
from wijkverbond.kernel.actor import Mandate as MandateSort
from wijkverbond.ui import street
from wijkverbond.ui.street import Facade
from wijkverbond.urgency.models import Statement

MANY = 60


@dataclasses.dataclass(frozen=True)
class Neighbourhood:
    """A coalition as the portal lists it."""

    coalition: Coalition
    parties: list[Party]
    missing: list[Kind]


@dataclasses.dataclass(frozen=True)
class Asked:
    """Something that asks for one of my partners."""

    party: Party
    title: str
    why: str
    url: str
    urgency: str
    level: str
    due: dt.datetime | None


def neighbourhoods(name: str) -> list[Neighbourhood]:
    """The public coalitions that are listed, or an example, by name; at most sixty."""
    found = Coalition.objects.filter(
        Q(listed_at__isnull=False) | Q(example=True), access=Access.PUBLIC, name__icontains=name
    ).order_by("name")[:MANY]
    parties: dict[uuid.UUID, list[Party]] = {coalition.id: [] for coalition in found}
    present = Party.objects.present().filter(coalition__in=parties).select_related("organisation")
    for party in present:
        parties[party.coalition_id].append(party)
    return [
        Neighbourhood(coalition, parties[coalition.id], list(missing_kinds(parties[coalition.id])))
        for coalition in found
    ]


def houses(found: list[Neighbourhood]) -> list[Facade]:
    """A street of the first partners, as the picture of the portal."""
    return street.row([party for one in found for party in one.parties][:12])


def asked(person: uuid.UUID, now: dt.datetime) -> list[Asked]:
    """What asks something of this person, for which partner; the most urgent first."""
    held = Mandate.objects.valid(now).filter(person=person, party__left_at=None)
    mandates = list(held.select_related("party__organisation", "party__coalition"))
    deciding = [one.party for one in mandates if one.sort == MandateSort.DECIDE]
    taking_part = [one.party for one in mandates if one.sort == MandateSort.TAKE_PART]
    found = [*_decisions(deciding), *_sentences(taking_part)]
    return sorted(found, key=lambda one: (one.due is None, one.due or now))


def _decisions(parties: list[Party]) -> list[Asked]:
    open_now = list(
        Decision.objects.filter(
            state=State.OPEN, coalition__in=[party.coalition_id for party in parties]
        ).prefetch_related("positions")
    )
    return [
        Asked(
            party,
            decision.title,
            _("Your answer to this proposal is asked."),
            reverse("decisions:page", args=[party.coalition.slug, decision.id]),
            "now",
            "emerging",
            decision.closes_at,
        )
        for decision in open_now
        for party in parties
        if decision.coalition_id == party.coalition_id
        and not any(
            position.party_id == party.id and position.revision == decision.revision
            for position in decision.positions.all()
        )
    ]


def _sentences(parties: list[Party]) -> list[Asked]:
    reading = {
        party.coalition_id: party for party in reversed(parties) if party.kind != Kind.GOVERNMENT
    }
    waiting = Statement.objects.filter(
        conversation__coalition__in=reading, state=Statement.State.WAITING
    ).values_list("conversation__coalition", flat=True)
    return [
        Asked(
            party,
            _("New sentences from the neighbourhood"),
            _("Somebody wrote a sentence. Read it within two days."),
            reverse("urgency:read_new", args=[party.coalition.slug]),
            "soon",
            "info",
            None,
        )
        for coalition, party in reading.items()
        if coalition in set(waiting)
    ]
