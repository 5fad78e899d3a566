"""What is known about places and areas."""

from collections.abc import Iterable
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from wijkverbond.places import queries
from wijkverbond.places.divisions import Level
from wijkverbond.places.indicators import CRIMES, CRIMES_PER_1000, HEALTHY
from wijkverbond.places.models import Place
from wijkverbond.places.tests.conftest import (
    COUNTRY,
    KWB,
    Bring,
    collection,
    feature,
)

pytestmark = pytest.mark.usefixtures("waterstad")


def codes(places: Iterable[Place]) -> list[str]:
    return sorted(place.code for place in places)


def test_an_area_is_its_neighbourhoods_each_once() -> None:
    area = queries.area(["WK900101", "BU90010101", "WK9001AB"], 2024)
    assert codes(area.buurten) == ["BU90010101", "BU90010102", "BU9001AB01", "BU9001AB02"]
    assert area.inhabitants == 1700


@pytest.mark.parametrize(
    ("code", "number"),
    [("NL00", 4), ("PV22", 4), ("GM9001", 4), ("WK9001AB", 2), ("BU90010102", 1), ("GM9002", 0)],
)
def test_every_level_is_made_of_neighbourhoods(code: str, number: int) -> None:
    assert queries.buurten_of([code], 2024).count() == number


def test_counts_are_added_and_shares_weighted_by_inhabitants() -> None:
    area = queries.area(["WK900101"], 2024)
    assert area.figures[CRIMES] == {2023: 40}
    assert area.figures[HEALTHY] == {2022: 64, 2024: 62}
    assert area.counted[HEALTHY] == {2022: 2, 2024: 1}
    assert area.figures[CRIMES_PER_1000] == {2023: 40}
    assert "ste_mvs" not in area.figures


def test_a_figure_that_no_neighbourhood_has_is_not_in_the_area() -> None:
    area = queries.area(["BU9001AB02"], 2024)
    assert area.inhabitants is None
    assert area.figures == {CRIMES: {2023: 5}}


def test_a_district_has_its_own_figures_and_computed_ones_where_it_has_none() -> None:
    profile = queries.profile(["WK900101"], 2024)
    assert profile.figures["g_woz"] == {2024: 250}
    assert profile.figures[HEALTHY] == {2022: 64, 2024: 62}
    assert profile.computed == {CRIMES, CRIMES_PER_1000, HEALTHY}
    assert profile.latest(HEALTHY) == (2024, Decimal(62))
    assert profile.latest("p_arb_pp") is None


def test_a_place_stands_beside_its_municipality_and_the_country() -> None:
    profile = queries.profile(["BU90010101"], 2024)
    assert profile.municipality is not None
    assert profile.country is not None
    assert profile.municipality.place.name == "Waterstad"
    assert profile.municipality.figures[HEALTHY] == {2022: 70, 2024: 71}
    assert profile.country.figures[HEALTHY] == {2022: 69, 2024: Decimal("72.8")}
    assert profile.computed == frozenset()


def test_nothing_is_compared_with_itself() -> None:
    assert queries.profile(["GM9001"], 2024).municipality is None
    country = queries.profile(["NL00"], 2024)
    assert (country.municipality, country.country) == (None, None)


def test_an_area_across_municipal_borders_has_only_the_country_beside_it(bring: Bring) -> None:
    bring(KWB.replace("9001", "9002"))
    profile = queries.profile(["WK900101", "WK900201"], 2024)
    assert profile.municipality is None
    assert profile.country is not None
    assert profile.figures["a_inw"] == {2024: 2000}


def test_a_profile_takes_the_same_number_of_queries_for_one_and_for_many(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for place_codes in (["BU90010101", "BU90010102"], ["WK900101"], ["GM9001", "WK9001AB"]):
        with django_assert_num_queries(3):
            queries.profile(place_codes, 2024)


def test_the_newest_division_with_all_places_and_neighbourhoods_is_used(
    bring: Bring,
) -> None:
    bring("gwb_code,regio,a_inw\nGM9001,Waterstad,1\nWK900101,De Oever,1\n", COUNTRY, year=2025)
    assert queries.years("GM9001") == [2025, 2024]
    assert queries.newest_year(["GM9001"]) == 2024
    assert queries.newest_year(["GM9001", "BU90010101"]) == 2024
    assert queries.newest_year(["GM9001", "BU99999999"]) is None
    newest = queries.find("GM9001")
    assert newest is not None
    assert newest.year == 2025
    assert queries.find("GM9001", 2023) is None


def test_a_point_lies_in_the_place_whose_boundary_holds_it() -> None:
    place = queries.place_at(6.515, 53.005, 2024)
    assert place is not None
    assert place.code == "BU90010102"
    assert queries.place_at(6.6, 53.005, 2024) is None
    assert queries.place_at(6.515, 53.005, 2022) is None
    municipality = queries.place_at(6.515, 53.005, 2024, Level.MUNICIPALITY)
    assert municipality is not None
    assert municipality.code == "GM9001"


def test_a_point_beside_a_slanting_boundary_does_not_lie_in_the_place(bring: Bring) -> None:
    triangle = [[[6.7, 53.0], [6.8, 53.0], [6.7, 53.1], [6.7, 53.0]]]
    bring(boundaries=(collection(feature("BU90020101", triangle)),))
    assert queries.place_at(6.72, 53.02, 2024) is not None
    assert queries.place_at(6.78, 53.08, 2024) is None


@pytest.mark.parametrize("text", ["hoge erf", "HOGE ÉRF", "'t hoge", " hoge "])
def test_a_name_is_found_without_regard_to_accents_and_capitals(text: str) -> None:
    assert codes(queries.named(text, 2024)) == ["BU9001AB01"]
