"""What the portal shows: each coalition with one state in words, never ranked."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Sequence

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject

from wijkverbond.breakthroughs import queries as breakthroughs
from wijkverbond.breakthroughs.models import Breakthrough, Confirmation
from wijkverbond.coalition.models import Coalition, Kind, Party
from wijkverbond.coalition.queries.circle import missing_kinds
from wijkverbond.overview import stages
from wijkverbond.places.models import Place, folded
from wijkverbond.ui import street
from wijkverbond.ui.street import Facade
from wijkverbond.vitality import presenters
from wijkverbond.vitality.presenters import OutlineCard
from wijkverbond.vitality.queries import Outline, outlines

PER_PAGE = 20
HOUSES = 16
BREAKTHROUGHS = 3
PLACES = 200


@dataclasses.dataclass(frozen=True)
class Neighbourhood:
    """A coalition as the portal lists it."""

    coalition: Coalition
    parties: list[Party]
    missing: list[Kind]
    chapter: stages.Stage
    reading: OutlineCard | None

    @property
    def counting(self) -> int:
        """How many partners count: others confirmed them."""
        return sum(party.is_confirmed for party in self.parties)

    @property
    def unconfirmed(self) -> int:
        """How many new partners others did not confirm yet."""
        return len(self.parties) - self.counting


@dataclasses.dataclass(frozen=True)
class ConfirmedBreakthrough:
    """A breakthrough somewhere, and the kinds that confirmed it."""

    breakthrough: Breakthrough
    kinds: list[str]


def page(search: str, number: str | None, now: dt.datetime) -> Page[Coalition]:
    """The public coalitions that are listed, or an example, by their name or that of a place."""
    coalitions = stages.with_counts(Coalition.objects.on_front_page(), now).order_by("name", "id")
    if search:
        coalitions = coalitions.filter(
            Q(name__icontains=search) | Q(place_codes__overlap=_codes(search))
        )
    return Paginator(coalitions, PER_PAGE).get_page(number)


def neighbourhoods(coalitions: Sequence[Coalition], today: dt.date) -> list[Neighbourhood]:
    """These coalitions with their partners, the stage they are in, and their reading."""
    parties: dict[uuid.UUID, list[Party]] = {coalition.id: [] for coalition in coalitions}
    present = Party.objects.present().filter(coalition__in=parties).select_related("organisation")
    for party in present:
        parties[party.coalition_id].append(party)
    readings = outlines(parties, today)
    return [
        _neighbourhood(coalition, parties[coalition.id], readings.get(coalition.id), today)
        for coalition in coalitions
    ]


def houses(neighbourhoods: Sequence[Neighbourhood]) -> list[Facade]:
    """A street of the first partners, as the picture of the portal."""
    return street.facades(
        [party for neighbourhood in neighbourhoods for party in neighbourhood.parties][:HOUSES]
    )


def newest_breakthroughs() -> list[ConfirmedBreakthrough]:
    """The newest breakthroughs of all listed coalitions that were confirmed and still are."""
    confirmed = Confirmation.objects.counting().filter(breakthrough=OuterRef("id"))
    kinds = confirmed.order_by().values_list(JSONObject(kind="party__organisation__kind"))
    newest = (
        breakthroughs.established()
        .filter(coalition__in=Coalition.objects.on_front_page().values("id"))
        .select_related("coalition")
        .annotate(confirmed=ArraySubquery(kinds))
        .order_by("-happened_on", "id")[:BREAKTHROUGHS]
    )
    return [
        ConfirmedBreakthrough(breakthrough, _kinds(vars(breakthrough)["confirmed"]))
        for breakthrough in newest
    ]


def _kinds(confirmations: Sequence[dict[str, str]]) -> list[str]:
    codes = {confirmation["kind"] for confirmation in confirmations}
    return [kind for kind in Kind.values if kind in codes]


def _codes(search: str) -> list[str]:
    places = Place.objects.filter(search_name__contains=folded(search)).values_list(
        "code", flat=True
    )
    return list(places.order_by("code")[:PLACES])


def _neighbourhood(
    coalition: Coalition, parties: list[Party], outline: Outline | None, today: dt.date
) -> Neighbourhood:
    counting = sum(party.is_confirmed for party in parties)
    chapters = stages.stages(stages.counts(coalition), counting, today)
    return Neighbourhood(
        coalition,
        parties,
        list(missing_kinds(parties)),
        next(chapter for chapter in chapters if chapter.state == "now"),
        presenters.outline_card(outline) if outline else None,
    )
