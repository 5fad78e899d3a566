"""Maps from our own GeoJSON (WGS84), drawn as SVG; the list or table beside it says the same.

Longitude is narrowed by the cosine of the middle latitude, so that shapes of a municipality look
as people know them. No tiles, no other host.
"""

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple, TypedDict

from wijkverbond.ui.charts import Figure, number

WIDTH = 360.0
HIGHEST = 420.0
MARGIN = 10.0
CLASSES = 5

Position = Sequence[float]
Ring = Sequence[Position]


class PolygonGeometry(TypedDict):
    """A GeoJSON Polygon: its outer ring and its holes, each closed, as longitude and latitude."""

    type: Literal["Polygon"]
    coordinates: Sequence[Ring]


class MultiPolygonGeometry(TypedDict):
    """A GeoJSON MultiPolygon: several polygons that are one area together."""

    type: Literal["MultiPolygon"]
    coordinates: Sequence[Sequence[Ring]]


Geometry = PolygonGeometry | MultiPolygonGeometry


@dataclass(frozen=True)
class MapArea:
    """An area to draw: a GeoJSON geometry with its name.

    `value` colours it (class 1 to 5); `chosen` marks the area that the page is about.
    """

    name: str
    geometry: Geometry
    value: Figure | None = None
    chosen: bool = False
    url: str = ""


@dataclass(frozen=True)
class Pin:
    """A numbered place; the same number stands in the list beside the map."""

    number: int
    longitude: float
    latitude: float


@dataclass(frozen=True)
class DrawnArea:
    """An area as it is drawn."""

    area: MapArea
    path: str
    css: str


class DrawnPin(NamedTuple):
    """A pin as it is drawn."""

    number: int
    x: str
    y: str


@dataclass(frozen=True)
class ColourClass:
    """One class of the key: from and to (inclusive)."""

    css: str
    low: Figure
    high: Figure


def _rings(geometry: Geometry) -> Iterator[Ring]:
    if geometry["type"] == "Polygon":
        yield from geometry["coordinates"]
    else:
        for polygon in geometry["coordinates"]:
            yield from polygon


@dataclass(frozen=True)
class AreaMap:
    """The drawing of areas and pins; `coloured` paints each area by its value."""

    areas: Sequence[MapArea]
    pins: Sequence[Pin] = ()
    coloured: bool = False
    unit: str = ""

    @cached_property
    def _bounds(self) -> tuple[float, float, float, float]:
        points = [
            point for area in self.areas for ring in _rings(area.geometry) for point in ring
        ] + [(pin.longitude, pin.latitude) for pin in self.pins]
        longitudes = [point[0] for point in points] or [0.0]
        latitudes = [point[1] for point in points] or [0.0]
        return min(longitudes), min(latitudes), max(longitudes), max(latitudes)

    @cached_property
    def _narrow(self) -> float:
        _, south, _, north = self._bounds
        return math.cos(math.radians((south + north) / 2))

    @cached_property
    def _scale(self) -> float:
        """Units of the drawing for one degree of latitude."""
        west, south, east, north = self._bounds
        wide = (east - west) * self._narrow or 1e-6
        high = (north - south) or 1e-6
        return min((WIDTH - 2 * MARGIN) / wide, (HIGHEST - 2 * MARGIN) / high)

    @property
    def height(self) -> str:
        """The height of the drawing at a width of 360."""
        _, south, _, north = self._bounds
        return number((north - south) * self._scale + 2 * MARGIN)

    def _place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a point stands in the drawing, from its left and top."""
        west, _, east, north = self._bounds
        used = (east - west) * self._narrow * self._scale
        x = (WIDTH - used) / 2 + (longitude - west) * self._narrow * self._scale
        return x, MARGIN + (north - latitude) * self._scale

    def _path(self, geometry: Geometry) -> str:
        outlines = []
        for ring in _rings(geometry):
            points = [self._place(point[0], point[1]) for point in ring]
            written = (f"{number(x)} {number(y)}" for x, y in points)
            # Points that are written alike lie on each other in a drawing of this size.
            distinct = [point for point, _repeated in itertools.groupby(written)]
            outlines.append("M" + " ".join(distinct) + "z")
        return "".join(outlines)

    @cached_property
    def _limits(self) -> list[float]:
        """The highest value of each class: as many areas in each as the values allow."""
        values = sorted({float(area.value) for area in self.areas if area.value is not None})
        if not values:
            return []
        count = min(CLASSES, len(values))
        return [values[math.ceil(len(values) * step / count) - 1] for step in range(1, count + 1)]

    def _css(self, area: MapArea) -> str:
        if not self.coloured:
            return "land--sel" if area.chosen else "land--on" if area.value is not None else ""
        if area.value is None:
            return "land--unknown"
        step = next(i for i, limit in enumerate(self._limits) if float(area.value) <= limit)
        return f"{self._class(step)}{' land--edge' if area.chosen else ''}"

    def _class(self, step: int) -> str:
        """The colour of a step, spread over all colours when there are fewer steps."""
        return f"land--{round(1 + step * (CLASSES - 1) / max(len(self._limits) - 1, 1))}"

    @property
    def shapes(self) -> list[DrawnArea]:
        """The areas; the chosen ones last, so that their outline lies on top."""
        ordered = sorted(self.areas, key=lambda area: area.chosen)
        return [DrawnArea(area, self._path(area.geometry), self._css(area)) for area in ordered]

    @property
    def key(self) -> list[ColourClass]:
        """The classes of the colours, from few to many."""
        if not self.coloured:
            return []
        values = sorted(area.value for area in self.areas if area.value is not None)
        classes = []
        for step, limit in enumerate(self._limits):
            below = self._limits[step - 1] if step else -math.inf
            inside = [value for value in values if below < float(value) <= limit]
            classes.append(ColourClass(self._class(step), inside[0], inside[-1]))
        return classes

    @property
    def some_unknown(self) -> bool:
        """Whether an area has no value, so that the key must explain it."""
        return self.coloured and any(area.value is None for area in self.areas)

    @property
    def drawn_pins(self) -> list[DrawnPin]:
        """The pins where they stand in the drawing."""
        drawn = []
        for pin in self.pins:
            x, y = self._place(pin.longitude, pin.latitude)
            drawn.append(DrawnPin(pin.number, number(x), number(y)))
        return drawn
