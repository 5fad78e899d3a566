"""Official files of a whole country: every row counts, and more rows ask for no more.

The country is made up and small; `./wijkverbond test --long` makes one as large as the Netherlands.
"""

import tracemalloc
from collections import Counter
from pathlib import Path

import pytest
import shapely
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wijkverbond.kernel.actor import Actor
from wijkverbond.places import geometry, services
from wijkverbond.places.models import Boundary, KeyFigure, Place
from wijkverbond.places.tests import nation
from wijkverbond.places.tests.nation import NETHERLANDS, YEAR, Nation

SMALL = Nation(municipalities=3, districts=9, neighbourhoods=45)

pytestmark = pytest.mark.django_db


@pytest.fixture
def country(is_long: bool) -> Nation:
    """As large as the whole of the Netherlands, or small."""
    return NETHERLANDS if is_long else SMALL


@pytest.fixture
def part(country: Nation) -> Nation:
    """A third of the country."""
    return Nation(country.municipalities // 3, country.districts // 3, country.neighbourhoods // 3)


def test_everything_of_a_country_is_stored_once(
    country: Nation, host: Actor, tmp_path: Path
) -> None:
    table, outlines = tmp_path / "kwb.csv", tmp_path / "grenzen.geojson"
    by_year = {name: tmp_path / f"{name}.csv" for name in nation.BY_YEAR}
    nation.write_table(table, country)
    for name, path in by_year.items():
        nation.write_figures_by_year(path, country, name)
    nation.write_boundaries(outlines, country.codes(), points=5)

    files = [table, *by_year.values()]
    first = services.import_places(YEAR, figures=files, boundaries=[outlines], actor=host)
    assert first.skipped == []
    dated = 5 * (country.municipalities + country.neighbourhoods)
    assert [file.read for file in first.files] == [country.places, dated, dated, country.places]
    assert first.stored == first.read
    assert Counter(Place.objects.values_list("level", flat=True)) == {
        "country": 1,
        "province": 1,
        "municipality": country.municipalities,
        "district": country.districts,
        "neighbourhood": country.neighbourhoods,
    }
    chains = Place.objects.filter(
        level="neighbourhood", parent__parent__parent__parent__code="NL00"
    )
    assert chains.count() == country.neighbourhoods
    assert KeyFigure.objects.count() == country.places * len(nation.FIGURES) + 2 * dated
    assert Boundary.objects.count() == country.places

    again = services.import_places(YEAR, figures=files, boundaries=[outlines], actor=host)
    assert (again.stored, again.unchanged) == (0, first.read)


def test_a_country_takes_as_many_statements_as_a_part_of_it(
    country: Nation, part: Nation, host: Actor, tmp_path: Path
) -> None:
    """Besides those that copy the rows, a batch at a time."""

    def statements(of: Nation) -> list[str]:
        table, outlines = tmp_path / "kwb.csv", tmp_path / "grenzen.geojson"
        nation.write_table(table, of)
        nation.write_boundaries(outlines, of.codes(), points=1)
        with CaptureQueriesContext(connection) as captured:
            services.import_places(YEAR, figures=[table], boundaries=[outlines], actor=host)
        asked = [query["sql"] for query in captured.captured_queries]
        return [statement for statement in asked if not statement.startswith("COPY")]

    assert len(statements(country)) == len(statements(part))


def test_a_country_takes_no_more_memory_than_a_part_of_it(
    country: Nation, part: Nation, host: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows go to the database a batch at a time; only where each place stood is remembered."""

    def most_memory(of: Nation) -> int:
        table = tmp_path / "kwb.csv"
        nation.write_table(table, of)
        tracemalloc.start()
        services.import_places(YEAR, figures=[table], actor=host)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    monkeypatch.setattr("wijkverbond.places.import_staging.BATCH", part.places // 2)
    most_memory(SMALL)  # what is kept from now on
    assert most_memory(country) < 2 * most_memory(part)


def test_all_neighbourhoods_of_a_country_keep_the_borders_that_they_share(
    country: Nation, host: Actor, tmp_path: Path
) -> None:
    outlines = tmp_path / "grenzen.geojson"
    side = geometry.SIMPLIFY_ABOVE // 4 + 1
    nation.write_boundaries(outlines, country.neighbourhood_codes(), points=side)
    report = services.import_places(YEAR, boundaries=[outlines], actor=host)
    assert (report.read, report.stored) == (country.neighbourhoods, country.neighbourhoods)
    stored = Boundary.objects.values_list("geometry", flat=True)
    areas = [geometry.area_of(one) for one in stored]
    assert shapely.get_num_coordinates(areas).sum() < country.neighbourhoods * side * 4
    assert shapely.coverage_is_valid(areas)
