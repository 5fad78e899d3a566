"""What the official figures say about a goal that is measured by one. Empty is never zero.

A count that is not known of every neighbourhood of the area is not the count of the area: it is
left out instead of added up as if the rest were zero.
"""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from wijkverbond.places import figure_text, presenters, totals
from wijkverbond.places import queries as places
from wijkverbond.places.indicators import DEFINITIONS, Aggregation, Direction, IndicatorDefinition
from wijkverbond.places.presenters import IndicatorTrend
from wijkverbond.places.queries import Profile, Reference
from wijkverbond.vision.models import Goal


@dataclasses.dataclass(frozen=True)
class Edition:
    """The figure of one year, in the unit in which people say it, beside its reference line.

    `unknown` is of how many neighbourhoods of the area it is not known.
    """

    year: int
    value: Decimal
    municipality: Decimal | None
    country: Decimal | None
    unknown: int

    def measured_on(self, today: dt.date) -> dt.date:
        """The last day of its year, or today while that year still runs."""
        return min(dt.date(self.year, 12, 31), today)


@dataclasses.dataclass(frozen=True)
class Offer:
    """What can be taken over: the newest edition, or why there is none."""

    edition: Edition | None = None
    why_not: str = ""


def definition_of(goal: Goal) -> IndicatorDefinition | None:
    """The official figure by which a goal is measured, judged as the goal says what is better."""
    definition = DEFINITIONS.get(goal.figure)
    return definition and dataclasses.replace(definition, direction=Direction(goal.direction))


def profile_of(goal: Goal) -> Profile:
    """What is known of the goal's places, beside municipality and country."""
    return places.profile(goal.place_codes, goal.coalition.place_year)


def profiles(goals: Iterable[Goal]) -> dict[uuid.UUID, Profile]:
    """The profile of every goal that an official figure measures; read once for the same places."""
    by_places: dict[tuple[str, ...], Profile] = {}
    by_goal = {}
    for goal in goals:
        if definition_of(goal):
            codes = tuple(goal.place_codes)
            by_places[codes] = by_places.get(codes) or profile_of(goal)
            by_goal[goal.id] = by_places[codes]
    return by_goal


def complete(definition: IndicatorDefinition, profile: Profile) -> Profile:
    """The profile with only the years in which this figure says something about the whole area.

    Without municipality and country when the figure is a count: a small and a large place cannot
    be set side by side then.
    """
    series = {
        year: value
        for year, value in profile.figures.get(definition.code, {}).items()
        if definition.aggregation is Aggregation.MEAN or not _unknown(definition, profile, year)
    }
    return dataclasses.replace(
        profile,
        figures={definition.code: series} if series else {},
        municipality=profile.municipality if definition.comparable else None,
        country=profile.country if definition.comparable else None,
    )


def offer(goal: Goal, profile: Profile, *, today: dt.date, taken: Collection[str]) -> Offer:
    """The newest edition that is not `taken` over yet and not of a year to come."""
    definition = definition_of(goal)
    if not definition:
        return Offer(why_not=_("This goal is not measured by an official figure."))
    profile_series = profile.figures.get(definition.code, {})
    if not profile_series:
        return Offer(why_not=_unheard(profile))
    usable = complete(definition, profile)
    series = usable.figures.get(definition.code, {})
    if max(profile_series) not in series:
        return Offer(why_not=_incomplete(definition, profile, max(profile_series)))
    years = [year for year in series if year <= today.year]
    if not years or str(max(years)) in taken:
        return Offer(why_not=_("The newest edition is already among the measurements."))
    return Offer(_edition(definition, usable, max(years)))


def indicator_trend(goal: Goal, profile: Profile, label: str) -> IndicatorTrend | None:
    """The official figure over the years; None when there is none or only one year."""
    definition = definition_of(goal)
    if not definition:
        return None
    return presenters.indicator_trend(definition, label, complete(definition, profile))


def _edition(definition: IndicatorDefinition, profile: Profile, year: int) -> Edition:
    def at(reference: Reference | None) -> Decimal | None:
        value = reference.figures.get(definition.code, {}).get(year) if reference else None
        return None if value is None else _as_shown(definition, value)

    return Edition(
        year,
        _as_shown(definition, profile.figures[definition.code][year]),
        at(profile.municipality),
        at(profile.country),
        _unknown(definition, profile, year),
    )


def _as_shown(definition: IndicatorDefinition, value: Decimal) -> Decimal:
    return figure_text.shown_value(definition, totals.rounded(value, definition.decimals))


def _unknown(definition: IndicatorDefinition, profile: Profile, year: int) -> int:
    return profile.unknown.get(definition.code, {}).get(year, 0)


def _unheard(profile: Profile) -> str:
    if not profile.figures:
        return _("There are no official figures here of the places of this goal.")
    return _(
        "This figure is not known for the places of this goal. Not known is not the same as zero."
    )


def _incomplete(definition: IndicatorDefinition, profile: Profile, year: int) -> str:
    return _(
        "Of %(year)s the figure is not known for %(many)s neighbourhoods. "
        "Adding up would count them as zero, so we do not."
    ) % {"year": year, "many": _unknown(definition, profile, year)}
