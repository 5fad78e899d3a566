"""Assessing a trend by its distance to a reference (measures.md, "Trend"). Pure.

A raw trend misleads: a figure can rise because it rises everywhere. So what counts is whether the
distance to the municipality or the country became larger or smaller.
"""

import dataclasses
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from wijkverbond.places.indicators import Direction
from wijkverbond.places.totals import Series

# A distance that changed less than this part of the reference stayed about the same.
BAND = Decimal("0.02")


class Course(models.TextChoices):
    """What became of the distance to the reference."""

    BETTER = "better", _("better")
    WORSE = "worse", _("worse")
    HIGHER = "higher", _("higher")
    LOWER = "lower", _("lower")
    STEADY = "steady", _("about the same")


class RelativePosition(models.TextChoices):
    """Where a figure stands beside its reference."""

    ABOVE = "above", _("higher")
    BELOW = "below", _("lower")
    LEVEL = "level", _("about the same")


@dataclasses.dataclass(frozen=True)
class TrendAssessment:
    """The distance to the reference (own minus reference) in the first and last common year."""

    first_year: int
    last_year: int
    first: Decimal
    last: Decimal
    position: RelativePosition
    course: Course | None


def assess(own: Series, reference: Series, direction: Direction) -> TrendAssessment | None:
    """How a figure stands beside its reference, and what became of the distance.

    Only years that both have count. None without such a year; no course with only one.
    """
    years = sorted(own.keys() & reference.keys())
    if not years:
        return None
    start, end = years[0], years[-1]
    first, last = own[start] - reference[start], own[end] - reference[end]
    band = abs(reference[end]) * BAND
    return TrendAssessment(
        start,
        end,
        first,
        last,
        _position(last, band),
        _course(last - first, band, direction) if end > start else None,
    )


def _position(distance: Decimal, band: Decimal) -> RelativePosition:
    if abs(distance) <= band:
        return RelativePosition.LEVEL
    return RelativePosition.ABOVE if distance > 0 else RelativePosition.BELOW


def _course(change: Decimal, band: Decimal, direction: Direction) -> Course:
    if abs(change) <= band:
        return Course.STEADY
    rose = change > 0
    match direction:
        case Direction.NEUTRAL:
            return Course.HIGHER if rose else Course.LOWER
        case Direction.UP:
            return Course.BETTER if rose else Course.WORSE
        case Direction.DOWN:
            return Course.WORSE if rose else Course.BETTER
