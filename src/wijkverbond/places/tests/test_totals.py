"""Sums, weighted means and rates over neighbourhoods; assessing a trend by its distance."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkverbond.places import totals
from wijkverbond.places.indicators import (
    CRIMES,
    DEFINITIONS,
    HEALTHY,
    Direction,
    IndicatorDefinition,
)
from wijkverbond.places.totals import WeightedValue
from wijkverbond.places.trend_assessment import Course, RelativePosition, assess

SHARE, COUNT, CLASS = DEFINITIONS[HEALTHY], DEFINITIONS[CRIMES], DEFINITIONS["ste_mvs"]
shares = st.decimals(0, 100, places=1)
people = st.integers(1, 50_000).map(Decimal)
nobody = st.sampled_from([None, Decimal(0)])
weighted_shares = st.lists(st.builds(WeightedValue, shares, people), min_size=1)


@given(weighted_shares)
def test_a_mean_lies_between_the_lowest_and_the_highest(weighted: list[WeightedValue]) -> None:
    mean = totals.total(SHARE, weighted)
    assert mean is not None
    values = [share.value for share in weighted]
    assert min(values) <= mean <= max(values)


@given(weighted_shares, st.lists(st.builds(WeightedValue, shares, nobody)))
def test_where_nobody_is_known_to_live_a_share_has_no_weight(
    weighted: list[WeightedValue], empty: list[WeightedValue]
) -> None:
    assert totals.total(SHARE, [*weighted, *empty]) == totals.total(SHARE, weighted)


@given(st.lists(st.tuples(shares, people), min_size=1), st.integers(2, 9))
def test_only_the_proportions_of_weights_matter(
    pairs: list[tuple[Decimal, Decimal]], times: int
) -> None:
    small, large = (
        [WeightedValue(share, weight * scale) for share, weight in pairs] for scale in (1, times)
    )
    assert totals.total(SHARE, large) == totals.total(SHARE, small)


counts = st.builds(WeightedValue, st.integers(0, 9999).map(Decimal), people | nobody)


@given(st.lists(counts, min_size=1))
def test_counts_are_added_up_regardless_of_inhabitants(weighted: list[WeightedValue]) -> None:
    assert totals.total(COUNT, weighted) == sum(count.value for count in weighted)


@pytest.mark.parametrize("definition", [SHARE, COUNT, CLASS])
def test_a_total_of_unknowns_is_unknown(definition: IndicatorDefinition) -> None:
    assert totals.total(definition, []) is None


def test_a_class_has_no_total() -> None:
    assert totals.total(CLASS, [WeightedValue(Decimal(1), Decimal(100))]) is None


def test_a_mean_is_rounded_as_people_round() -> None:
    shares = [WeightedValue(Decimal(share), Decimal(1)) for share in ("0.1", "0.2")]
    assert totals.total(SHARE, shares) == Decimal("0.2")


def test_a_rate_is_per_thousand_inhabitants() -> None:
    figures = {CRIMES: {2023: Decimal(30), 2024: Decimal(0)}}
    assert totals.crime_rates(figures, Decimal(600)) == {2023: Decimal("50.0"), 2024: Decimal(0)}


@pytest.mark.parametrize("inhabitants", [None, Decimal(0), Decimal(99)])
def test_there_is_no_rate_where_too_few_people_live(inhabitants: Decimal | None) -> None:
    assert totals.crime_rates({CRIMES: {2023: Decimal(30)}}, inhabitants) == {}


def series(**values: str) -> dict[int, Decimal]:
    return {int(year[1:]): Decimal(value) for year, value in values.items()}


COUNTRY = series(y2020="78.4", y2022="69.0", y2024="72.8")


def test_a_rising_figure_can_be_a_worsening_distance() -> None:
    """Zaandam-Oost in measures.md: 4.3 points up since 2022, and farther from the country."""
    assessment = assess(series(y2020="70.9", y2022="59.2", y2024="63.5"), COUNTRY, Direction.UP)
    assert assessment is not None
    assert (assessment.first, assessment.last) == (Decimal("-7.5"), Decimal("-9.3"))
    assert (assessment.position, assessment.course) == (RelativePosition.BELOW, Course.WORSE)


def test_only_years_known_of_both_are_compared() -> None:
    assessment = assess(series(y2012="50", y2024="72.8"), COUNTRY, Direction.UP)
    assert assessment is not None
    assert (assessment.first_year, assessment.last_year) == (2024, 2024)
    assert (assessment.position, assessment.course) == (RelativePosition.LEVEL, None)
    assert assess(series(y2012="50"), COUNTRY, Direction.UP) is None


@given(
    st.dictionaries(st.integers(2000, 2030), shares, min_size=2),
    st.decimals(-20, 20, places=1),
    st.sampled_from(Direction),
)
def test_moving_along_with_the_reference_is_steady(
    reference: dict[int, Decimal], apart: Decimal, direction: Direction
) -> None:
    own = {year: value + apart for year, value in reference.items()}
    assessment = assess(own, reference, direction)
    assert assessment is not None
    assert assessment.course == Course.STEADY


@given(shares, shares, shares, shares)
def test_more_is_better_or_worse_by_the_direction_of_the_indicator(
    a: Decimal, b: Decimal, c: Decimal, d: Decimal
) -> None:
    own, reference = {2020: a, 2024: b}, {2020: c, 2024: d}
    opposite = {Course.BETTER: Course.WORSE, Course.WORSE: Course.BETTER}
    up, down = assess(own, reference, Direction.UP), assess(own, reference, Direction.DOWN)
    assert up is not None
    assert down is not None
    assert up.course is not None
    assert down.course == opposite.get(up.course, Course.STEADY)
