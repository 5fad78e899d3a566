"""Places as plain values, ready for JSON: what `places show` and `places area` print."""

import dataclasses
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from wijkverbond.places import queries
from wijkverbond.places.indicators import DEFINITIONS
from wijkverbond.places.models import Boundary, Place
from wijkverbond.places.queries import Area, FiguresOf, Profile, Reference
from wijkverbond.places.services import Report

Document = dict[str, Any]


def of_place(place: Place, profile: Profile) -> Document:
    """One place: who it is, its figures by indicator and year, parent and reference values.

    `missing` names the indicators that the municipality or country has and this place has not.
    """
    boundary = Boundary.objects.filter(place=place).first()
    around = [profile.municipality, profile.country]
    known_around = {code for reference in around if reference for code in reference.figures}
    return {
        "code": place.code,
        "name": place.name,
        "level": place.level,
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


def of_area(area: Area) -> Document:
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


def of_import(report: Report) -> Document:
    """What came of an import: totals, the same per file, and everything skipped with its reason."""
    return {
        "read": report.read,
        "stored": report.stored,
        "unchanged": report.unchanged,
        "skipped": [dataclasses.asdict(skipped) for skipped in report.skipped],
        "files": [dataclasses.asdict(file) for file in report.files],
    }


def number(value: Decimal) -> int | float:
    """A figure as a JSON number: whole where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def _figures(figures: FiguresOf) -> Document:
    return {
        indicator: {str(year): number(value) for year, value in sorted(figures[indicator].items())}
        for indicator in DEFINITIONS
        if indicator in figures
    }


def _reference(reference: Reference | None) -> Document | None:
    if reference is None:
        return None
    return {**_named(reference.place), "figures": _figures(reference.figures)}


def _named(place: Place) -> Document:
    return {"code": place.code, "name": place.name, "level": place.level}


def _indicators(codes: Iterable[str]) -> Document:
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
