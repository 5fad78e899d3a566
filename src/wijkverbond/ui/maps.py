"""Maps from our own GeoJSON (WGS84), drawn as SVG; the list or table beside it says the same.

Longitude is narrowed by the cosine of the middle latitude, so that shapes of a municipality look
as people know them. No tiles, no other host.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypedDict

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
class Area:
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
class Shape:
    """An area as it is drawn."""

    area: Area
    path: str
    css: str


@dataclass(frozen=True)
class Step:
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

    areas: Sequence[Area]
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
        west, _, east, north = self._bounds
        used = (east - west) * self._narrow * self._scale
        x = (WIDTH - used) / 2 + (longitude - west) * self._narrow * self._scale
        return x, MARGIN + (north - latitude) * self._scale

    def _path(self, geometry: Geometry) -> str:
        parts = []
        for ring in _rings(geometry):
            points = [self._place(point[0], point[1]) for point in ring]
            shown = [f"{number(x)} {number(y)}" for x, y in points]
            kept = [one for place, one in enumerate(shown) if place == 0 or one != shown[place - 1]]
            parts.append("M" + " ".join(kept) + "z")
        return "".join(parts)

    @cached_property
    def _limits(self) -> list[float]:
        """The highest value of each class: as many areas in each as the values allow."""
        values = sorted({float(area.value) for area in self.areas if area.value is not None})
        if not values:
            return []
        count = min(CLASSES, len(values))
        return [values[math.ceil(len(values) * place / count) - 1] for place in range(1, count + 1)]

    def _css(self, area: Area) -> str:
        if not self.coloured:
            return "land--sel" if area.chosen else "land--on" if area.value is not None else ""
        if area.value is None:
            return "land--unknown"
        place = next(i for i, limit in enumerate(self._limits) if float(area.value) <= limit)
        return f"{self._class(place)}{' land--edge' if area.chosen else ''}"

    def _class(self, place: int) -> str:
        return f"land--{round(1 + place * (CLASSES - 1) / max(len(self._limits) - 1, 1))}"

    @property
    def shapes(self) -> list[Shape]:
        """The areas; the chosen ones last, so that their outline lies on top."""
        ordered = sorted(self.areas, key=lambda area: area.chosen)
        return [Shape(area, self._path(area.geometry), self._css(area)) for area in ordered]

    @property
    def key(self) -> list[Step]:
        """The classes of the colours, from few to many."""
        if not self.coloured:
            return []
        values = sorted(area.value for area in self.areas if area.value is not None)
        steps = []
        for place, limit in enumerate(self._limits):
            below = self._limits[place - 1] if place else -math.inf
            inside = [value for value in values if below < float(value) <= limit]
            steps.append(Step(self._class(place), inside[0], inside[-1]))
        return steps

    @property
    def some_unknown(self) -> bool:
        """Whether an area has no value, so that the key must explain it."""
        return self.coloured and any(area.value is None for area in self.areas)

    @property
    def drawn_pins(self) -> list[tuple[int, str, str]]:
        """Number and position of each pin."""
        drawn = []
        for pin in self.pins:
            x, y = self._place(pin.longitude, pin.latitude)
            drawn.append((pin.number, number(x), number(y)))
        return drawn
