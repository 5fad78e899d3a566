"""Point in area, simpler lines, and where lines cross."""

import math

from hypothesis import assume, given
from hypothesis import strategies as st

from wijkverbond.places import geometry
from wijkverbond.places.tests.conftest import square

WITH_A_HOLE = {
    "type": "Polygon",
    "coordinates": [*square(6.0, 52.0, 1.0), *square(6.4, 52.4, 0.2)],
}
TWO_PARTS = {
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
    ring = {"type": "Polygon", "coordinates": [*square(6.0, 52.0, 1.0), *square(6.1, 52.1, 0.8)]}
    assert not geometry.contains(ring, 6.5, 52.5)
    assert geometry.contains(ring, *geometry.inner_point(ring, 6.5, 52.5))
    assert geometry.inner_point(TWO_PARTS, 6.05, 52.05) == (6.05, 52.05)


def test_every_part_of_a_place_counts() -> None:
    assert geometry.contains(TWO_PARTS, 6.05, 52.05)
    assert geometry.contains(TWO_PARTS, 6.55, 52.55)
    assert not geometry.contains(TWO_PARTS, 6.3, 52.3)


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
    ring = circle(5000)
    shape = geometry.shape({"type": "Polygon", "coordinates": [ring]})
    (simpler,) = geometry.rings(shape.geometry)
    assert 20 < len(simpler) < 500
    assert simpler[0] == simpler[-1]
    distances = [math.hypot(x - 6, y - 52) for x, y in simpler]
    assert max(abs(distance - 0.1) for distance in distances) < 1e-9
    assert (shape.longitude, shape.latitude) == (6.0, 52.0)


def test_a_short_line_stays_as_it_is() -> None:
    ring = circle(geometry.SIMPLIFY_ABOVE - 1)
    assert geometry.simplified(ring, 1.0) is ring


def test_a_simpler_line_that_would_cross_itself_is_not_used() -> None:
    # A thin finger into the square: left out of the wall it points at, it would pierce it.
    comb = [[i / 1000, (i % 2) * 0.5] for i in range(300)]
    ring = [*comb, [0.3, 1.0], [0.0, 1.0], [0.0, 0.0]]
    assert not geometry.crosses_itself(geometry.simplified(ring, 0.4))


@given(st.floats(0.001, 1.0), st.floats(0.001, 1.0))
def test_a_bow_tie_crosses_itself_and_a_rectangle_does_not(width: float, height: float) -> None:
    corners = [[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]]
    a, b, c, d = corners
    assert not geometry.crosses_itself([a, b, c, d, a])
    assert geometry.crosses_itself([a, c, b, d, a])


def test_touching_in_a_point_is_not_crossing() -> None:
    ring = [[0, 0], [1, 1], [2, 0], [2, 2], [1, 1], [0, 2], [0, 0]]
    assert not geometry.crosses_itself([[float(x), float(y)] for x, y in ring])


def test_height_above_the_sea_is_left_out() -> None:
    ring = [[*point, 1.5] for point in square(6.0, 52.0)[0]]
    shape = geometry.shape({"type": "Polygon", "coordinates": [ring]})
    assert shape.geometry["coordinates"] == square(6.0, 52.0)
