"""Boundaries as areas in degrees: checks, simpler lines, centre, point in area.

Shapely does the geometry. Good enough for maps and "in which neighbourhood is this?", not for
parcels.
"""

import itertools
import math
import statistics
from collections.abc import Sequence

import shapely
from django.utils.translation import gettext_noop as _
from shapely import MultiPolygon, Polygon

from wijkverbond.places.reasons import because
from wijkverbond.ui.maps import Geometry, Ring

AreaShape = Polygon | MultiPolygon

# The European part of the Netherlands, with a margin.
WEST, SOUTH, EAST, NORTH = 2.5, 50.0, 8.0, 54.5
SIMPLIFY_ABOVE = 200
FINENESS = 2000


class UnusableGeometry(ValueError):
    """A geometry that cannot be drawn or searched; the message says why."""


def area_of(geometry: object) -> AreaShape:
    """The sound area of a GeoJSON geometry from a file. Raises `UnusableGeometry` with the reason.

    A ring may touch itself and parts may overlap: that is mended. A ring that crosses itself is
    refused, because nobody can tell which side of it was meant.
    """
    polygons = _polygons(geometry)
    area = _joined(polygons)
    if not area.is_valid:
        for ring in itertools.chain(*polygons):
            _refuse_unsound(Polygon(ring))
        mended = shapely.make_valid(area, method="structure", keep_collapsed=False)
        if mended.is_empty or not isinstance(mended, AreaShape):
            raise UnusableGeometry(because(_("the geometry is empty")))
        area = mended
    return area


def simplified(areas: Sequence[AreaShape]) -> list[AreaShape]:
    """The areas of one level with fewer points, in the same order; neighbours keep one border.

    Areas of few points each stay as they are: their publisher made them simpler already.
    """
    rings = shapely.get_rings(shapely.get_parts(areas))
    if shapely.get_num_coordinates(rings).max(initial=0) <= SIMPLIFY_ABOVE:
        return list(areas)
    tolerance = statistics.median(map(_extent, areas)) / FINENESS
    simpler = shapely.coverage_simplify(areas, tolerance)
    # Where a publisher's areas overlap, what comes out may be unsound.
    return [
        new if new.is_valid and not new.is_empty else area
        for area, new in zip(areas, simpler, strict=True)
    ]


def geojson(area: AreaShape) -> Geometry:
    """The area as a GeoJSON geometry, for storage and for the map."""
    polygons = [
        [[*ring.coords] for ring in (part.exterior, *part.interiors)] for part in _parts(area)
    ]
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


def centre(area: AreaShape) -> tuple[float, float]:
    """Longitude and latitude of the centre of what the outer rings enclose, to about a metre."""
    point = MultiPolygon([Polygon(part.exterior) for part in _parts(area)]).centroid
    return round(point.x, 5), round(point.y, 5)


def contains(geometry: Geometry, longitude: float, latitude: float) -> bool:
    """Whether a point lies in a stored geometry or on its border."""
    return bool(shapely.intersects_xy(_stored(geometry), longitude, latitude))


def inner_point(geometry: Geometry, longitude: float, latitude: float) -> tuple[float, float]:
    """The given centre when it lies in the geometry, else a point well inside it.

    For a mark on a map: the centre of a place around another one does not lie in it.
    """
    if contains(geometry, longitude, latitude):
        return longitude, latitude
    point = _stored(geometry).representative_point()
    return point.x, point.y


def _polygons(geometry: object) -> list[list[list[tuple[float, float]]]]:
    """The points of a geometry, by polygon and ring."""
    if not isinstance(geometry, dict) or not isinstance(geometry.get("coordinates"), list):
        raise UnusableGeometry(because(_("the geometry is empty")))
    match geometry.get("type"):
        case "Polygon":
            polygons = [geometry["coordinates"]]
        case "MultiPolygon":
            polygons = geometry["coordinates"]
        case other:
            raise UnusableGeometry(
                because(_("a boundary is a Polygon or MultiPolygon, not %(other)r"), other=other)
            )
    if not polygons or not all(isinstance(polygon, list) and polygon for polygon in polygons):
        raise UnusableGeometry(because(_("the geometry is empty")))
    return [[_ring(ring) for ring in polygon] for polygon in polygons]


def _ring(points: object) -> list[tuple[float, float]]:
    if not isinstance(points, list) or len(points) < 4:
        raise UnusableGeometry(because(_("a ring has fewer than four points")))
    ring = [_point(point) for point in points]
    if ring[0] != ring[-1]:
        raise UnusableGeometry(because(_("a ring is not closed")))
    return ring


def _point(point: object) -> tuple[float, float]:
    pair = point[:2] if isinstance(point, list) else []
    if len(pair) < 2 or not all(type(value) in (int, float) for value in pair):
        raise UnusableGeometry(because(_("a point is not a pair of numbers")))
    longitude, latitude = pair
    if not (WEST <= longitude <= EAST and SOUTH <= latitude <= NORTH):
        raise UnusableGeometry(
            because(
                _(
                    "%(longitude)s, %(latitude)s is not a longitude and latitude (WGS84) in the "
                    "Netherlands"
                ),
                longitude=longitude,
                latitude=latitude,
            )
        )
    return longitude, latitude


def _parts(area: AreaShape) -> Sequence[Polygon]:
    return list(area.geoms) if isinstance(area, MultiPolygon) else [area]


def _stored(geometry: Geometry) -> AreaShape:
    """A geometry that was checked before it was stored."""
    if geometry["type"] == "Polygon":
        return _joined([geometry["coordinates"]])
    return _joined(geometry["coordinates"])


def _joined(polygons: Sequence[Sequence[Ring]]) -> AreaShape:
    parts = [Polygon(outer, holes) for outer, *holes in polygons]
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def _refuse_unsound(ring: Polygon) -> None:
    """Touching itself or running back along itself, a ring encloses as much after mending."""
    mended = shapely.make_valid(ring, method="structure", keep_collapsed=False)
    if not math.isclose(mended.area, ring.area, rel_tol=1e-9):
        raise UnusableGeometry(because(_("the boundary crosses itself")))
    if not ring.area:
        raise UnusableGeometry(because(_("a ring has no area")))


def _extent(area: AreaShape) -> float:
    """The larger of width and height, in degrees."""
    west, south, east, north = area.bounds
    return max(east - west, north - south)
