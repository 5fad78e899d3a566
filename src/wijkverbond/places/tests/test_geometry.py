"""Point in area, simpler lines that stay shared, and rings that cross themselves."""

import math

import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st

from wijkverbond.places import geometry
from wijkverbond.places.tests.conftest import square
from wijkverbond.ui.maps import Geometry

WITH_A_HOLE: Geometry = {
    "type": "Polygon",
    "coordinates": [*square(6.0, 52.0, 1.0), *square(6.4, 52.4, 0.2)],
}
TWO_PARTS: Geometry = {
    "type": "MultiPolygon",
    "coordinates": [square(6.0, 52.0, 0.1), square(6.5, 52.5, 0.1)],
}
near = st.floats(5.9, 7.1)
north = st.floats(51.9, 53.1)


def inside(west: float, south: float, size: float, x: float, y: float) -> bool:
    return west < x < west + size and south < y < south + size


@given(near, north)
def test_a_point_in_a_hole_does_not_lie_in_the_place(x: float, y: float) -> None:
    assume(min(abs(x - edge) for edge in (6.0, 7.0, 6.4, 6.6)) > 1e-9)
    assume(min(abs(y - edge) for edge in (52.0, 53.0, 52.4, 52.6)) > 1e-9)
    expected = inside(6.0, 52.0, 1.0, x, y) and not inside(6.4, 52.4, 0.2, x, y)
    assert geometry.contains(WITH_A_HOLE, x, y) == expected


def test_a_mark_on_the_map_lies_in_the_place_also_when_its_centre_does_not() -> None:
    ring: Geometry = {
        "type": "Polygon",
        "coordinates": [*square(6.0, 52.0, 1.0), *square(6.1, 52.1, 0.8)],
    }
    assert not geometry.contains(ring, 6.5, 52.5)
    assert geometry.contains(ring, *geometry.inner_point(ring, 6.5, 52.5))
    assert geometry.inner_point(TWO_PARTS, 6.05, 52.05) == (6.05, 52.05)


def test_every_part_of_a_place_counts() -> None:
    assert geometry.contains(TWO_PARTS, 6.05, 52.05)
    assert geometry.contains(TWO_PARTS, 6.55, 52.55)
    assert not geometry.contains(TWO_PARTS, 6.3, 52.3)


def test_a_point_on_the_border_lies_in_the_places_on_both_sides() -> None:
    west, east = (
        geometry.geojson(polygon(square(longitude, 52.0, 0.1))) for longitude in (6.0, 6.1)
    )
    assert geometry.contains(west, 6.1, 52.05)
    assert geometry.contains(east, 6.1, 52.05)


def polygon(rings: list[list[list[float]]]) -> geometry.AreaShape:
    return geometry.area_of({"type": "Polygon", "coordinates": rings})


def circle(points: int) -> list[list[float]]:
    ring = [
        [
            6 + 0.1 * math.cos(2 * math.pi * i / points),
            52 + 0.1 * math.sin(2 * math.pi * i / points),
        ]
        for i in range(points)
    ]
    return [*ring, ring[0]]


def test_a_long_line_becomes_simpler_and_stays_where_it_is() -> None:
    (simpler,) = geometry.simplified([polygon([circle(5000)])])
    (ring,) = geometry.geojson(simpler)["coordinates"]
    assert 20 < len(ring) < 500
    assert ring[0] == ring[-1]
    distances = [math.hypot(x - 6, y - 52) for x, y in shapely.get_coordinates(simpler)]
    assert max(abs(distance - 0.1) for distance in distances) < 1e-9
    assert geometry.centre(simpler) == (6.0, 52.0)


def test_a_short_line_stays_as_it_is() -> None:
    area = polygon([circle(geometry.SIMPLIFY_ABOVE - 1)])
    assert geometry.simplified([area]) == [area]


def test_neighbours_keep_the_same_border_when_their_lines_become_simpler() -> None:
    border = [[6.5 + 0.002 * math.sin(i / 9), 52 + i / 3000] for i in range(3001)]
    west = polygon([[[6.0, 52.0], *border, [6.0, 53.0], [6.0, 52.0]]])
    east = polygon([[[7.0, 52.0], [7.0, 53.0], *reversed(border), [7.0, 52.0]]])
    simpler = geometry.simplified([west, east])
    assert shapely.get_num_coordinates(simpler).sum() < 3000
    assert shapely.coverage_is_valid(simpler)
    assert shapely.union_all(simpler).equals(shapely.box(6.0, 52.0, 7.0, 53.0))


def test_a_simpler_line_does_not_cross_itself() -> None:
    # A comb of thin teeth: without regard to the wall they point at, the line would pierce it.
    comb = [[6 + i / 1000, 52 + (i % 2) * 0.5] for i in range(300)]
    ring = [*comb, [6.3, 53.0], [6.0, 53.0], [6.0, 52.0]]
    (simpler,) = geometry.simplified([polygon([ring])])
    assert simpler.is_valid


sizes = st.floats(0.001, 1.0)


@given(sizes, sizes)
def test_a_bow_tie_crosses_itself_and_a_rectangle_does_not(width: float, height: float) -> None:
    east, north = 6 + width, 52 + height
    a, b, c, d = [6.0, 52.0], [east, 52.0], [east, north], [6.0, north]
    assert polygon([[a, b, c, d, a]]).is_valid
    with pytest.raises(geometry.UnusableGeometry, match="crosses itself"):
        polygon([[a, c, b, d, a]])


@pytest.mark.parametrize(
    ("ring", "area"),
    [
        ([(0, 0), (4, 0), (4, 4), (2, 0), (0, 4), (0, 0)], 8),
        ([(0, 0), (4, 0), (4, 4), (2, 4), (2, 6), (2, 4), (0, 4), (0, 0)], 16),
    ],
    ids=["in a point", "along a line"],
)
def test_touching_is_not_crossing(ring: list[tuple[int, int]], area: float) -> None:
    sound = polygon([[[6 + x / 8, 52 + y / 8] for x, y in ring]])
    assert sound.is_valid
    assert sound.area * 64 == pytest.approx(area)


def test_overlapping_parts_count_once() -> None:
    parts = [square(6.0, 52.0, 0.2), square(6.1, 52.0, 0.2)]
    area = geometry.area_of({"type": "MultiPolygon", "coordinates": parts})
    assert area.is_valid
    assert area.area == pytest.approx(0.3 * 0.2)


def test_a_hole_as_large_as_the_place_leaves_nothing() -> None:
    with pytest.raises(geometry.UnusableGeometry, match="empty"):
        polygon([*square(6.0, 52.0), *square(6.0, 52.0)])


def test_height_above_the_sea_is_left_out() -> None:
    ring = [[*point, 1.5] for point in square(6.0, 52.0)[0]]
    assert shapely.get_coordinates(polygon([ring])).tolist() == square(6.0, 52.0)[0]
