"""Plane geometry on GeoJSON polygons in degrees: checks, centre, box, simpler lines, point in area.

Pure Python on plain lists. Good enough for maps and "in which neighbourhood is this?", not for parcels.
"""

import dataclasses
import itertools
import math
from collections.abc import Iterator, Sequence
from typing import Any

Point = Sequence[float]
Ring = list[list[float]]

# The European part of the Netherlands, with a margin.
WEST, SOUTH, EAST, NORTH = 2.5, 50.0, 8.0, 54.5
SIMPLIFY_ABOVE = 200
FINENESS = 4000


class Unusable(ValueError):
    """A geometry that cannot be drawn or searched; the message says why."""


@dataclasses.dataclass(frozen=True)
class Shape:
    """A checked and simplified geometry with its centre and bounding box."""

    geometry: dict[str, Any]
    longitude: float
    latitude: float
    west: float
    south: float
    east: float
    north: float


def shape(geometry: object) -> Shape:
    """Check and simplify a GeoJSON geometry. Raises `Unusable` with the reason."""
    polygons = _polygons(geometry)
    west, south, east, north = box(polygons)
    tolerance = max(east - west, north - south) / FINENESS
    simpler = [[simplified(ring, tolerance) for ring in polygon] for polygon in polygons]
    longitude, latitude = _centre(polygons)
    if len(simpler) == 1:
        drawn: dict[str, Any] = {"type": "Polygon", "coordinates": simpler[0]}
    else:
        drawn = {"type": "MultiPolygon", "coordinates": simpler}
    return Shape(drawn, longitude, latitude, west, south, east, north)


def rings(geometry: dict[str, Any]) -> Iterator[Ring]:
    """Every ring of a polygon or multipolygon, holes included."""
    polygons = geometry["coordinates"]
    for polygon in [polygons] if geometry["type"] == "Polygon" else polygons:
        yield from polygon


def contains(geometry: dict[str, Any], longitude: float, latitude: float) -> bool:
    """Whether a point lies in the geometry, between an odd and an even edge of its latitude."""
    return any(start <= longitude < end for start, end in _across(geometry, latitude))


def inner_point(geometry: dict[str, Any], longitude: float, latitude: float) -> tuple[float, float]:
    """The given centre when it lies in the geometry, else the middle of its widest part beside it.

    For a mark on a map: the centre of a place around another one does not lie in it.
    """
    if contains(geometry, longitude, latitude):
        return longitude, latitude
    ys = [point[1] for ring in rings(geometry) for point in ring]
    south, north = min(ys), max(ys)
    levels = (south + (north - south) * step / 8 for step in range(1, 8))
    widest = max(
        (
            (end - start, (start + end) / 2, y)
            for y in levels
            for start, end in _across(geometry, y)
        ),
        default=(0.0, longitude, latitude),
    )
    return widest[1], widest[2]


def _across(geometry: dict[str, Any], y: float) -> Iterator[tuple[float, float]]:
    """From where to where a line of latitude runs through the geometry."""
    crossings = sorted(
        x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        for ring in rings(geometry)
        for (x1, y1), (x2, y2) in itertools.pairwise(ring)
        if (y1 > y) != (y2 > y)
    )
    yield from zip(crossings[::2], crossings[1::2], strict=True)


def box(polygons: Sequence[Sequence[Ring]]) -> tuple[float, float, float, float]:
    """West, south, east, north of the polygons."""
    xs = [point[0] for polygon in polygons for ring in polygon for point in ring]
    ys = [point[1] for polygon in polygons for ring in polygon for point in ring]
    return min(xs), min(ys), max(xs), max(ys)


def simplified(ring: Ring, tolerance: float) -> Ring:
    """The ring with fewer points (Douglas and Peucker 1973); a short ring stays as it is.

    Falls back to the given ring when the simpler one would cross itself.
    """
    if len(ring) <= SIMPLIFY_ABOVE:
        return ring
    keep = {0, len(ring) - 1}
    todo = [(0, len(ring) // 2), (len(ring) // 2, len(ring) - 1)]
    while todo:
        first, last = todo.pop()
        keep |= {first, last}
        farthest, distance = first, tolerance
        for index in range(first + 1, last):
            away = _distance(ring[index], ring[first], ring[last])
            if away > distance:
                farthest, distance = index, away
        if farthest != first:
            todo += [(first, farthest), (farthest, last)]
    simpler = [ring[index] for index in sorted(keep)]
    return ring if crosses_itself(simpler) else simpler


def crosses_itself(ring: Ring) -> bool:
    """Whether two edges of the ring cross; touching is allowed. Sweeps from west to east."""
    edges = sorted(
        (min(a[0], b[0]), max(a[0], b[0]), index, a, b)
        for index, (a, b) in enumerate(itertools.pairwise(ring))
    )
    open_edges: list[tuple[float, float, int, list[float], list[float]]] = []
    for edge in edges:
        open_edges = [other for other in open_edges if other[1] >= edge[0]]
        if any(_cross(edge[3], edge[4], other[3], other[4]) for other in open_edges):
            return True
        open_edges.append(edge)
    return False


def _polygons(geometry: object) -> list[list[Ring]]:
    if not isinstance(geometry, dict) or not isinstance(geometry.get("coordinates"), list):
        raise Unusable("the geometry is empty")
    match geometry.get("type"):
        case "Polygon":
            polygons = [geometry["coordinates"]]
        case "MultiPolygon":
            polygons = geometry["coordinates"]
        case other:
            raise Unusable(f"a boundary is a Polygon or MultiPolygon, not {other!r}")
    if not polygons or not all(isinstance(polygon, list) and polygon for polygon in polygons):
        raise Unusable("the geometry is empty")
    return [[_ring(ring) for ring in polygon] for polygon in polygons]


def _ring(points: object) -> Ring:
    if not isinstance(points, list) or len(points) < 4:
        raise Unusable("a ring has fewer than four points")
    ring = [_point(point) for point in points]
    if ring[0] != ring[-1]:
        raise Unusable("a ring is not closed")
    if crosses_itself(ring):
        raise Unusable("the boundary crosses itself")
    if _moments(ring)[0] == 0:
        raise Unusable("a ring has no area")
    return ring


def _point(point: object) -> list[float]:
    pair = point[:2] if isinstance(point, list) else []
    if len(pair) < 2 or not all(type(value) in (int, float) for value in pair):
        raise Unusable("a point is not a pair of numbers")
    longitude, latitude = pair
    if not (WEST <= longitude <= EAST and SOUTH <= latitude <= NORTH):
        raise Unusable(
            f"{longitude}, {latitude} is not a longitude and latitude (WGS84) in the Netherlands"
        )
    return [longitude, latitude]


def _moments(ring: Ring) -> tuple[float, float, float]:
    """Area of a ring, and area times centre; measured from its first point, to lose no digits."""
    x0, y0 = ring[0]
    area = x = y = 0.0
    for a, b in itertools.pairwise(ring):
        ax, ay, bx, by = a[0] - x0, a[1] - y0, b[0] - x0, b[1] - y0
        piece = (ax * by - bx * ay) / 2
        area += piece
        x += piece * (ax + bx) / 3
        y += piece * (ay + by) / 3
    sign = -1 if area < 0 else 1
    area *= sign
    return area, x * sign + x0 * area, y * sign + y0 * area


def _centre(polygons: list[list[Ring]]) -> tuple[float, float]:
    moments = [_moments(polygon[0]) for polygon in polygons]
    area, x, y = (sum(values) for values in zip(*moments, strict=True))
    return round(x / area, 5), round(y / area, 5)


def _distance(point: Point, start: Point, end: Point) -> float:
    """Distance of a point to the piece of line from start to end, in degrees."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    along = 0.0
    if length:
        along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length
        along = min(1.0, max(0.0, along))
    away_x, away_y = point[0] - start[0] - along * dx, point[1] - start[1] - along * dy
    return math.hypot(away_x, away_y)


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether the pieces of line a–b and c–d cross between their ends."""
    if max(a[1], b[1]) < min(c[1], d[1]) or max(c[1], d[1]) < min(a[1], b[1]):
        return False
    return (_side(a, b, c) * _side(a, b, d) < 0) and (_side(c, d, a) * _side(c, d, b) < 0)


def _side(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
