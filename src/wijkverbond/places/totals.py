"""From the figures of neighbourhoods to the figure of an area, and from counts to rates. Pure."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from wijkverbond.places.indicators import (
    CRIMES,
    CRIMES_PER_1000,
    DEFINITIONS,
    Aggregation,
    IndicatorDefinition,
)

Series = Mapping[int, Decimal]
Figures = Mapping[str, Series]

# Fewer inhabitants than this, and one event more or less changes the rate by 10 or more.
RATE_FLOOR = 100


class WeightedValue(NamedTuple):
    """The figure of a neighbourhood, and its inhabitants as far as they are known."""

    value: Decimal
    inhabitants: Decimal | None


def total(definition: IndicatorDefinition, figures: Iterable[WeightedValue]) -> Decimal | None:
    """The figure of an area from those of the neighbourhoods that have a value.

    Counts are added up; shares and averages are weighted by inhabitants, where a neighbourhood
    without a known number of inhabitants has no weight. None when there is nothing to go by.
    """
    values = list(figures)
    if definition.aggregation is Aggregation.SUM and values:
        return sum((figure.value for figure in values), Decimal(0))
    weighted = [(figure.value, figure.inhabitants) for figure in values if figure.inhabitants]
    total_weight = sum((weight for _, weight in weighted), Decimal(0))
    if definition.aggregation is not Aggregation.MEAN or not total_weight:
        return None
    mean = sum((value * weight for value, weight in weighted), Decimal(0)) / total_weight
    return rounded(mean, definition.decimals)


def crime_rates(figures: Figures, inhabitants: Decimal | None) -> dict[int, Decimal]:
    """Registered crimes per 1,000 inhabitants, per year; empty where too few people live."""
    if inhabitants is None or inhabitants < RATE_FLOOR:
        return {}
    decimals = DEFINITIONS[CRIMES_PER_1000].decimals
    return {
        year: rounded(crimes * 1000 / inhabitants, decimals)
        for year, crimes in figures.get(CRIMES, {}).items()
    }


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Rounded as people round: half away from zero."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
