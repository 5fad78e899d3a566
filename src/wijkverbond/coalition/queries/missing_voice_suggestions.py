"""Who may be missing, as the official figures of the area and the sectors at the table suggest."""

import dataclasses
from collections.abc import Callable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.models.sectors import SECTORS, Sector
from wijkverbond.places import queries as places

CHILDREN, OLDER, OWNED = "a_00_14", "a_65_oo", "p_koopw"
MANY_CHILDREN = 100
MANY_OLDER = 200
A_THIRD = 33

Reason = Callable[[Decimal], str | None]


@dataclasses.dataclass(frozen=True)
class MissingVoiceSuggestion:
    """A sector that the figures point at: why, and the references of the figures it rests on."""

    sector: Sector
    why: str
    figures: Sequence[str]


def _school(children: Decimal) -> str | None:
    if children < MANY_CHILDREN:
        return None
    return _("%(number)d children up to 14 live here.") % {"number": children}


def _care(older: Decimal) -> str | None:
    if older < MANY_OLDER:
        return None
    return _("%(number)d people of 65 and older live here.") % {"number": older}


def _renting(owned: Decimal) -> str | None:
    rented = 100 - owned
    if rented < A_THIRD:
        return None
    return _("%(share)d%% of the dwellings are not owner-occupied.") % {"share": rented}


POINTERS: dict[str, tuple[str, Reason]] = {
    "school": (CHILDREN, _school),
    "care": (OLDER, _care),
    "housing_corporation": (OWNED, _renting),
    "tenants": (OWNED, _renting),
}


def suggestions(coalition: Coalition) -> list[MissingVoiceSuggestion]:
    """What the newest figures point at and nobody has weighed yet.

    A sector that is at the table, on the list or was taken off it is not suggested again.
    """
    settled = set(coalition.missing.filter(filled_at=None).values_list("sector", flat=True))
    settled |= set(coalition.parties.present().values_list("organisation__sector", flat=True))
    figures = places.area(coalition.place_codes, coalition.place_year).figures
    suggested = []
    for sector, (indicator, reason) in POINTERS.items():
        if sector in settled or not figures.get(indicator):
            continue
        year, value = max(figures[indicator].items())
        if why := reason(value):
            rests_on = [f"figure:{code}/{year}/{indicator}" for code in coalition.place_codes]
            suggested.append(MissingVoiceSuggestion(SECTORS[sector], why, rests_on))
    return suggested
