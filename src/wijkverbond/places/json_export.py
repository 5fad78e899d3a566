"""Places as plain values, ready for JSON: what `places show` and `places area` print."""

from collections.abc import Iterable
from decimal import Decimal
from typing import TypedDict

from wijkverbond.places import queries
from wijkverbond.places.indicators import DEFINITIONS
from wijkverbond.places.models import Boundary, Place
from wijkverbond.places.queries import AreaFigures, FiguresOf, Profile, Reference
from wijkverbond.places.services import ImportReport

Number = int | float
# By indicator and year; JSON has only text for a key.
FiguresDocument = dict[str, dict[str, Number]]


class NamedPlace(TypedDict):
    """Which place it is."""

    code: str
    name: str
    level: str


class ReferenceDocument(NamedPlace):
    """A place to compare with, and its figures."""

    figures: FiguresDocument


class ReferencesDocument(TypedDict):
    """What a place is compared with; None when it is the place itself or is not known."""

    municipality: ReferenceDocument | None
    country: ReferenceDocument | None


class IndicatorDocument(TypedDict):
    """What a figure means, and who publishes it under which licence."""

    name: str
    unit: str
    direction: str
    source: str
    licence: str


class PlaceDocument(NamedPlace):
    """What `places show` prints; centre and box in degrees, as in GeoJSON."""

    year: int
    divisions: list[int]
    parent: NamedPlace | None
    centroid: list[float] | None
    bbox: list[float] | None
    figures: FiguresDocument
    computed: list[str]
    missing: list[str]
    reference: ReferencesDocument
    indicators: dict[str, IndicatorDocument]


class AreaDocument(TypedDict):
    """What `places area` prints."""

    year: int
    places: list[str]
    buurten: int
    inhabitants: Number | None
    figures: FiguresDocument
    buurten_with_value: dict[str, dict[int, int]]
    codes: list[str]
    indicators: dict[str, IndicatorDocument]


class SkippedDocument(TypedDict):
    """Something that was not taken over: where it stands, and why not."""

    where: str
    why: str


class FileDocument(TypedDict):
    """What came of one file: numbers of rows or features."""

    file: str
    read: int
    stored: int
    unchanged: int
    skipped: int


class ImportDocument(TypedDict):
    """What `places import` prints."""

    read: int
    stored: int
    unchanged: int
    skipped: list[SkippedDocument]
    files: list[FileDocument]


def of_place(place: Place, profile: Profile) -> PlaceDocument:
    """One place: who it is, its figures by indicator and year, parent and reference values.

    `missing` names the indicators that the municipality or country has and this place has not.
    """
    boundary = Boundary.objects.filter(place=place).first()
    around = [profile.municipality, profile.country]
    known_around = {code for reference in around if reference for code in reference.figures}
    return {
        **_named(place),
        "year": place.year,
        "divisions": queries.years(place.code),
        "parent": _named(place.parent) if place.parent else None,
        "centroid": [boundary.longitude, boundary.latitude] if boundary else None,
        "bbox": (
            [boundary.west, boundary.south, boundary.east, boundary.north] if boundary else None
        ),
        "figures": _figures(profile.figures),
        "computed": sorted(profile.computed),
        "missing": sorted(known_around - profile.figures.keys()),
        "reference": {
            "municipality": _reference(profile.municipality),
            "country": _reference(profile.country),
        },
        "indicators": _indicators(known_around | profile.figures.keys()),
    }


def of_area(area: AreaFigures) -> AreaDocument:
    """An area: how many neighbourhoods and inhabitants, and its figures by indicator and year."""
    return {
        "year": area.year,
        "places": list(area.codes),
        "buurten": len(area.buurten),
        "inhabitants": None if area.inhabitants is None else number(area.inhabitants),
        "figures": _figures(area.figures),
        "buurten_with_value": area.counted,
        "codes": [place.code for place in area.buurten],
        "indicators": _indicators(area.figures),
    }


def of_import(report: ImportReport) -> ImportDocument:
    """What came of an import: totals, the same per file, and everything skipped with its reason."""
    return {
        "read": report.read,
        "stored": report.stored,
        "unchanged": report.unchanged,
        "skipped": [{"where": skipped.where, "why": skipped.why} for skipped in report.skipped],
        "files": [
            {
                "file": file.file,
                "read": file.read,
                "stored": file.stored,
                "unchanged": file.unchanged,
                "skipped": file.skipped,
            }
            for file in report.files
        ],
    }


def number(value: Decimal) -> Number:
    """A figure as a JSON number: whole where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def _figures(figures: FiguresOf) -> FiguresDocument:
    return {
        indicator: {str(year): number(value) for year, value in sorted(figures[indicator].items())}
        for indicator in DEFINITIONS
        if indicator in figures
    }


def _reference(reference: Reference | None) -> ReferenceDocument | None:
    if reference is None:
        return None
    return {**_named(reference.place), "figures": _figures(reference.figures)}


def _named(place: Place) -> NamedPlace:
    return {"code": place.code, "name": place.name, "level": place.level}


def _indicators(codes: Iterable[str]) -> dict[str, IndicatorDocument]:
    return {
        code: {
            "name": str(DEFINITIONS[code].name),
            "unit": DEFINITIONS[code].unit.value,
            "direction": DEFINITIONS[code].direction.value,
            "source": str(DEFINITIONS[code].source),
            "licence": DEFINITIONS[code].source.licence,
        }
        for code in sorted(codes)
    }
