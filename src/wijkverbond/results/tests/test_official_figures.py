"""Taking over official figures: empty is never zero, and the reference line comes along."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tests import make
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.policy import Refused
from wijkverbond.places import services as places
from wijkverbond.places.indicators import CRIMES, CRIMES_PER_1000, HEALTHY
from wijkverbond.places.models import KeyFigure
from wijkverbond.places.queries import Profile
from wijkverbond.results import official_figures, services
from wijkverbond.results.models import Measurement
from wijkverbond.vision.models import Goal

PITTELO = ("BU01060400", "BU01060401", "BU01060402")
TODAY = dt.date(2026, 6, 1)


def goal(figure: str) -> Goal:
    """A goal of Pittelo that an official figure measures."""
    wording = make.changed(make.GOAL, figure=figure, unit="")
    return make.goal(make.coalition(places=PITTELO, name="Pittelo"), wording=wording)


@pytest.fixture
def assen(db: None) -> None:
    """The official figures of Assen."""
    places.load_assen(actor=make.operator())


def adopt(figure: str) -> Measurement:
    figure_goal = goal(figure)
    return services.adopt(figure_goal, actor=make.first_actor(figure_goal.coalition))


def refusal(figure_goal: Goal) -> str:
    with override("en"), pytest.raises(ValidationError) as refused:
        services.adopt(figure_goal, actor=make.first_actor(figure_goal.coalition))
    assert not figure_goal.measurements.exists()
    return " ".join(refused.value.messages)


@pytest.mark.usefixtures("assen")
def test_a_share_is_the_mean_weighted_by_inhabitants_beside_municipality_and_country() -> None:
    measurement = adopt(HEALTHY)
    mean = (Decimal("79.1") * 385 + Decimal("64.8") * 1745 + Decimal("70.9") * 1480) / 3610
    assert measurement.value == round(mean, 1)
    assert (measurement.municipality, measurement.country) == (Decimal("72.4"), Decimal("72.8"))
    assert (measurement.edition, measurement.measured_on) == ("2024", dt.date(2024, 12, 31))
    assert measurement.source == "official"
    assert "RIVM" in measurement.source_text


@pytest.mark.usefixtures("assen")
def test_a_count_is_added_up_and_has_no_reference_line() -> None:
    measurement = adopt(CRIMES)
    assert measurement.value == 98 + 43 + 3
    assert (measurement.municipality, measurement.country) == (None, None)


@pytest.mark.usefixtures("assen")
def test_crimes_per_inhabitant_stand_beside_the_municipality() -> None:
    measurement = adopt(CRIMES_PER_1000)
    assert (measurement.value, measurement.municipality) == (Decimal("39.9"), Decimal("42.5"))


@pytest.mark.usefixtures("assen")
def test_it_is_recorded_with_the_figures_it_rests_on() -> None:
    adopt(CRIMES)
    entry = Entry.objects.get(event="results.measurement_recorded")
    assert entry.rests_on[:3] == [f"figure:{code}/2025/{CRIMES}" for code in PITTELO]
    assert (entry.facts["source"], entry.facts["value"]) == ("official", "144")


@pytest.mark.usefixtures("assen")
def test_a_neighbourhood_without_a_figure_is_not_counted_as_zero() -> None:
    KeyFigure.objects.get(place__code=PITTELO[2], indicator=CRIMES, year=2025).delete()
    assert "count them as zero" in refusal(goal(CRIMES))
    assert "count them as zero" in refusal(goal(CRIMES_PER_1000))


@pytest.mark.usefixtures("assen")
def test_a_mean_says_of_how_many_neighbourhoods_it_is_not_known() -> None:
    KeyFigure.objects.get(place__code=PITTELO[2], indicator=HEALTHY, year=2024).delete()
    figure_goal = goal(HEALTHY)
    offer = official_figures.offer(
        figure_goal, official_figures.profile_of(figure_goal), today=TODAY, taken=()
    )
    assert offer.edition
    assert offer.edition.unknown == 1


@pytest.mark.usefixtures("assen")
def test_a_figure_that_does_not_add_up_over_places_is_not_taken_over() -> None:
    assert "Not known is not the same as zero" in refusal(goal("ses_woa"))


@pytest.mark.django_db
def test_without_official_figures_it_says_so() -> None:
    assert "no official figures here" in refusal(goal(HEALTHY))


@pytest.mark.usefixtures("assen")
def test_a_goal_without_official_indicator_has_no_official_figure() -> None:
    assert "not measured by an official figure" in refusal(goal(""))


@pytest.mark.usefixtures("assen")
def test_an_edition_is_taken_over_once() -> None:
    healthy = adopt(HEALTHY).goal
    with pytest.raises(ValidationError):
        services.adopt(healthy, actor=make.first_actor(healthy.coalition))
    assert healthy.measurements.count() == 1


@pytest.mark.usefixtures("assen")
def test_a_figure_of_a_year_to_come_is_not_offered() -> None:
    crimes = goal(CRIMES)
    profile = official_figures.profile_of(crimes)
    offer = official_figures.offer(crimes, profile, today=dt.date(2024, 3, 1), taken=())
    assert offer.edition
    assert (offer.edition.year, offer.edition.measured_on(dt.date(2024, 3, 1))) == (
        2024,
        dt.date(2024, 3, 1),
    )


@pytest.mark.usefixtures("assen")
def test_thousands_of_euros_are_taken_over_as_euros() -> None:
    measurement = adopt("g_woz")
    assert measurement.value > 200_000
    assert measurement.municipality == 284_000


@pytest.mark.usefixtures("assen")
def test_a_stranger_takes_nothing_over() -> None:
    healthy = goal(HEALTHY)
    with pytest.raises(Refused):
        services.adopt(healthy, actor=make.first_actor(make.coalition()))


FIGURES = st.dictionaries(
    st.integers(2010, 2025),
    st.decimals(min_value=0, max_value=10_000, places=0, allow_nan=False),
    max_size=8,
)
GAPS = st.dictionaries(st.integers(2010, 2025), st.integers(0, 5), max_size=8)
COUNTED = Goal(figure=CRIMES, direction="down")


@given(FIGURES, GAPS, st.dates(dt.date(2009, 1, 1), dt.date(2027, 1, 1)))
def test_what_is_offered_is_a_known_figure_of_the_whole_area(
    figures: dict[int, Decimal], gaps: dict[int, int], today: dt.date
) -> None:
    profile = Profile(
        2024, {CRIMES: figures} if figures else {}, frozenset({CRIMES}), None, None, {CRIMES: gaps}
    )
    offer = official_figures.offer(COUNTED, profile, today=today, taken=())
    assert bool(offer.why_not) == (offer.edition is None)
    editions = [offer.edition] if offer.edition else []
    assert all(
        edition.value == figures[edition.year]
        and not gaps.get(edition.year)
        and edition.year <= today.year
        for edition in editions
    )
