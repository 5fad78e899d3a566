"""Reading GeoJSON feature by feature, and refusing what cannot be drawn or searched."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkverbond.places import boundary_files, geometry
from wijkverbond.places.boundary_files import BoundaryFeature
from wijkverbond.places.table_reader import UnreadableFile
from wijkverbond.places.tests.conftest import Write, collection, feature, square

BOW_TIE = [[[6.5, 53.0], [6.6, 53.1], [6.6, 53.0], [6.5, 53.1], [6.5, 53.0]]]


def boundaries(path: Path, year: int = 2024) -> list[BoundaryFeature]:
    return boundary_files.boundaries(path, year)


def test_a_feature_gives_code_name_province_and_area(write: Write) -> None:
    text = collection(feature("gm9001", square(6.5, 53.0), statnaam="Waterstad", pv_code="PV22"))
    (place,) = boundaries(write("g.geojson", text))
    assert (place.code, place.name, place.province) == (
        "GM9001",
        "Waterstad",
        "PV22",
    )
    assert place.area is not None
    assert geometry.centre(place.area) == (6.505, 53.005)
    assert place.area.bounds == (6.5, 53.0, 6.51, 53.01)


@pytest.mark.parametrize("chunk", [1, 2, 7, 64])
def test_a_file_is_read_in_pieces_wherever_they_are_cut(
    write: Write, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(boundary_files, "CHUNK", chunk)
    collection = {
        "type": "FeatureCollection",
        "bbox": [6.5, 53.0, 6.6, 12.25],
        "features": [feature("GM9001", square(6.5, 53.0), statnaam='Súdwest \\" }'), 7],
        "crs": {"type": "name", "properties": {"name": 12345}},
        "totaal": 12345,
    }
    text = "\ufeff" + json.dumps(collection, indent=2, ensure_ascii=False) + "\n"
    first, second = boundaries(write("g.geojson", text))
    assert first.name == 'Súdwest \\" }'
    assert second.why_not == "is not a GeoJSON feature with properties"


def test_a_number_across_two_chunks_is_read_as_one(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boundary_files, "CHUNK", 1)
    assert boundaries(write("g.geojson", '{"totaal": 12345, "features": []}')) == []


def test_the_memory_for_one_feature_has_a_limit(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boundary_files, "LARGEST_VALUE", 200)
    monkeypatch.setattr(boundary_files, "CHUNK", 50)
    text = '{"features": [{"properties": "' + "x" * 1000
    with pytest.raises(UnreadableFile, match="damaged or truncated"):
        boundaries(write("g.geojson", text))


@pytest.mark.parametrize(
    ("coordinates", "geometry_type", "why"),
    [
        (None, "Polygon", "the geometry is empty"),
        ([], "Polygon", "the geometry is empty"),
        ([[]], "MultiPolygon", "the geometry is empty"),
        ([[[6.5, 53.0], [6.6, 53.0], [6.5, 53.0]]], "Polygon", "fewer than four points"),
        ([[[6.5, 53.0], [6.6, 53.0], [6.6, 53.1], [6.5, 53.1]]], "Polygon", "is not closed"),
        ([[[6.5, 53.0], [6.6, 53.0], [6.7, 53.0], [6.5, 53.0]]], "Polygon", "has no area"),
        (BOW_TIE, "Polygon", "the boundary crosses itself"),
        ([square(6.5, 53.0), BOW_TIE], "MultiPolygon", "the boundary crosses itself"),
        ([6.5, 53.0], "Point", "not 'Point'"),
        (square(233_000, 556_000, 100), "Polygon", "233000, 556000 is not a longitude"),
        ([[point[::-1] for point in square(6.5, 53.0)[0]]], "Polygon", "is not a longitude"),
        ([["a", "b", "c", "a"]], "Polygon", "is not a pair of numbers"),
        ([[[True, 53], [6.6, 53.0], [6.6, 53.1], [True, 53]]], "Polygon", "not a pair of numbers"),
    ],
)
def test_a_boundary_that_cannot_be_used_is_skipped_with_the_reason(
    write: Write, coordinates: object, geometry_type: str, why: str
) -> None:
    text = collection(
        feature("GM9001", coordinates, geometry_type=geometry_type),
        feature("GM9002", square(6.5, 53.0)),
    )
    bad, good = boundaries(write("g.geojson", text))
    assert why in str(bad.why_not)
    assert good.area


@pytest.mark.parametrize(
    ("given_feature", "why"),
    [
        (feature("ZZ01", square(6.5, 53.0)), "'ZZ01' is not a code of CBS"),
        (feature("GM9001", square(6.5, 53.0), jaar=2022), "of the division of 2022, not of 2024"),
        ({"type": "Feature", "properties": None}, "not a GeoJSON feature with properties"),
        ({"type": "Feature", "properties": {"statcode": "GM9001"}}, "the geometry is empty"),
        ("GM9001", "not a GeoJSON feature with properties"),
    ],
)
def test_an_unexpected_feature_is_skipped(write: Write, given_feature: Any, why: str) -> None:
    assert why in str(boundaries(write("g.geojson", collection(given_feature)))[0].why_not)


def test_the_first_of_two_features_of_a_place_counts(write: Write) -> None:
    text = collection(feature("GM9001", square(6.5, 53.0)), feature("GM9001", square(6.6, 53.0)))
    assert boundaries(write("g.geojson", text))[1].why_not == "GM9001 is feature 1 already"


WHOLE = collection(feature("GM9001", square(6.5, 53.0)), feature("GM9002", square(6.6, 53.0)))


@given(cut=st.integers(0, len(WHOLE) - 1))
def test_a_truncated_file_is_refused_wherever_it_was_cut(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    path = tmp_path_factory.mktemp("cut") / "g.geojson"
    path.write_text(WHOLE[:cut])
    with pytest.raises(UnreadableFile, match=r"^g\.geojson"):
        boundaries(path)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"gwb_code,a_inw\nGM9001,5\n", "is no GeoJSON"),
        (b"[]", "is no GeoJSON"),
        (b"{}", "holds no features"),
        (b'{"type": "Feature", "features": 5}', "is no GeoJSON"),
        (WHOLE.encode() + b"{}", "is no GeoJSON"),
        (b'{"features": [' + b"[" * 200_000, "is no GeoJSON"),
        (WHOLE.replace("Grens", "Gr\u00e9ns").encode("cp1252"), "is not UTF-8"),
        (WHOLE.encode("utf-16"), "is not UTF-8"),
    ],
)
def test_a_file_that_is_not_geojson_is_refused(write: Write, content: bytes, why: str) -> None:
    with pytest.raises(UnreadableFile, match=why):
        boundaries(write("g.geojson", content))
