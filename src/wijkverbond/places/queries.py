"""What pages and other capabilities need to know about places. A place is a code and a year."""

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal

from django.db.models import OuterRef, Q, QuerySet, Subquery

from wijkverbond.places import divisions, geometry, totals
from wijkverbond.places.divisions import Level
from wijkverbond.places.indicators import CRIMES, CRIMES_PER_1000, DEFINITIONS, INHABITANTS
from wijkverbond.places.models import Boundary, KeyFigure, Place, folded
from wijkverbond.places.totals import WeightedValue

FiguresOf = dict[str, dict[int, Decimal]]


@dataclasses.dataclass(frozen=True)
class AreaFigures:
    """A set of places as one: its neighbourhoods and their figures together.

    `figures` gives per indicator and year the sum of counts or the mean weighted by inhabitants,
    over the neighbourhoods that have a value; `counted` says how many those are.
    """

    year: int
    codes: tuple[str, ...]
    buurten: list[Place]
    inhabitants: Decimal | None
    figures: FiguresOf
    counted: dict[str, dict[int, int]]


@dataclasses.dataclass(frozen=True)
class Reference:
    """A place to compare with, and its figures."""

    place: Place
    figures: FiguresOf


@dataclasses.dataclass(frozen=True)
class PlacePart:
    """A part of a place, numbered as on the map, with its boundary and inhabitants when known."""

    number: int
    place: Place
    boundary: Boundary | None
    inhabitants: Decimal | None


@dataclasses.dataclass(frozen=True)
class Profile:
    """The figures of a place or area with those of the municipality and the country around it.

    `computed` names the indicators that were worked out from the neighbourhoods because there is
    no official figure of the whole; `unknown` says of how many neighbourhoods such a figure of a
    year is not known.
    """

    year: int
    figures: FiguresOf
    computed: frozenset[str]
    municipality: Reference | None
    country: Reference | None
    unknown: Mapping[str, Mapping[int, int]] = dataclasses.field(default_factory=dict)

    def latest(self, indicator: str) -> tuple[int, Decimal] | None:
        """The most recent year and value of an indicator."""
        series = self.figures.get(indicator)
        return max(series.items()) if series else None


def years(code: str) -> list[int]:
    """The divisions in which this code occurs, newest first. The same code may be another place."""
    return list(Place.objects.filter(code=code).order_by("-year").values_list("year", flat=True))


def find(code: str, year: int | None = None) -> Place | None:
    """The place with this code in the division of a year, or else in the newest that has it."""
    divisions_of_code = Place.objects.filter(code=code).order_by("-year")
    if year is not None:
        divisions_of_code = divisions_of_code.filter(year=year)
    return divisions_of_code.select_related("parent__parent__parent__parent").first()


def newest_year(codes: Collection[str]) -> int | None:
    """The newest division that knows all these codes and has neighbourhoods; None if there is none."""
    codes_by_year: dict[int, set[str]] = defaultdict(set)
    for year, code in Place.objects.filter(code__in=codes).values_list("year", "code"):
        codes_by_year[year].add(code)
    divided = Place.objects.filter(level=Level.NEIGHBOURHOOD).order_by()
    for year in sorted(codes_by_year, reverse=True):
        if codes_by_year[year] == set(codes) and divided.filter(year=year).exists():
            return year
    return None


def buurten_of(codes: Iterable[str], year: int) -> QuerySet[Place]:
    """The neighbourhoods that these places consist of, each once, in the division of a year."""
    within = Q(pk__in=[])
    for code in codes:
        match divisions.level_of(code):
            case Level.COUNTRY:
                within |= Q(level=Level.NEIGHBOURHOOD)
            case Level.PROVINCE:
                within |= Q(parent__parent__parent__code=code)
            case Level.MUNICIPALITY | Level.DISTRICT | Level.NEIGHBOURHOOD:
                within |= Q(code__startswith="BU" + code[2:])
    return Place.objects.filter(within, year=year, level=Level.NEIGHBOURHOOD)


def figures(places: Iterable[Place]) -> dict[int, FiguresOf]:
    """The official figures of places, by the id of the place, indicator and year.

    Crimes per 1,000 inhabitants are worked out beside the number of crimes, with the inhabitants of
    the year of the division.
    """
    by_id = {place.id: place for place in places}
    by_place: dict[int, FiguresOf] = {place_id: defaultdict(dict) for place_id in by_id}
    stored = KeyFigure.objects.filter(place__in=by_id).order_by("indicator", "year")
    figure_fields = stored.values_list("place", "indicator", "year", "value")
    for place_id, indicator, year, value in figure_fields:
        if indicator in DEFINITIONS:
            by_place[place_id][indicator][year] = value
    for place_id, figures_of in by_place.items():
        inhabitants = figures_of.get(INHABITANTS, {}).get(by_id[place_id].year)
        rates = totals.crime_rates(figures_of, inhabitants)
        if rates:
            figures_of[CRIMES_PER_1000] = rates
    return {place_id: dict(figures_of) for place_id, figures_of in by_place.items()}


def area(codes: Sequence[str], year: int) -> AreaFigures:
    """These places as one area: their neighbourhoods with sums and inhabitant-weighted means."""
    buurten = list(buurten_of(codes, year).order_by("code"))
    return _area(codes, year, buurten, figures(buurten))


def profile(codes: Sequence[str], year: int, *, buurten: Sequence[Place] | None = None) -> Profile:
    """What is known about a place or an area, beside its municipality and country.

    `buurten` are those of `buurten_of`, from whoever has them already.

    One place has its official figures; what those lack below the municipality is worked out from
    its neighbourhoods, as everything of an area of several places is. An area across municipal
    borders has no municipality to compare with.
    """
    municipality_codes = divisions.municipalities_of(codes)
    if len(municipality_codes) > 1:
        municipality_codes = set()
    with_references = Q(code__in={*codes, *municipality_codes}) | Q(level=Level.COUNTRY)
    by_code = {place.code: place for place in Place.objects.filter(with_references, year=year)}
    single = by_code.get(codes[0]) if len(codes) == 1 else None
    # Of a municipality and larger the publishers give what there is; a neighbourhood has no parts.
    divided = single is None or single.level == Level.DISTRICT
    known_parts = buurten_of(codes, year) if buurten is None else buurten
    parts = list(known_parts) if divided else []
    figures_by_place = figures([*by_code.values(), *parts])
    official = dict(figures_by_place[single.id]) if single else {}
    area_figures = _area(codes, year, parts, figures_by_place)
    computed = {
        indicator: series
        for indicator, series in area_figures.figures.items()
        if divided and indicator not in official
    }
    municipality = next((by_code[code] for code in municipality_codes if code in by_code), None)
    country = next((place for place in by_code.values() if place.level == Level.COUNTRY), None)
    return Profile(
        year,
        official | computed,
        frozenset(computed),
        _reference(municipality, single, figures_by_place),
        _reference(country, single, figures_by_place),
        {indicator: _unknown(area_figures, indicator) for indicator in computed},
    )


def place_at(
    longitude: float, latitude: float, year: int, level: Level = Level.NEIGHBOURHOOD
) -> Place | None:
    """The place of a level in which a point lies, as far as the simplified boundaries can tell."""
    boxes = Boundary.objects.filter(
        place__year=year,
        place__level=level,
        west__lte=longitude,
        east__gte=longitude,
        south__lte=latitude,
        north__gte=latitude,
    ).select_related("place")
    for boundary in boxes.order_by("place__code"):
        if geometry.contains(boundary.geometry, longitude, latitude):
            return boundary.place
    return None


def current_year() -> int | None:
    """The newest division with neighbourhoods, else the newest at all; None when there is none."""
    newest = Place.objects.order_by("-year").values_list("year", flat=True)
    return newest.filter(level=Level.NEIGHBOURHOOD).first() or newest.first()


def named(text: str, year: int) -> QuerySet[Place]:
    """The places whose name holds this text, without regard to capitals and accents.

    Without a text: the municipalities.
    """
    matching = (
        Q(search_name__contains=folded(text)) if text.strip() else Q(level=Level.MUNICIPALITY)
    )
    places = Place.objects.filter(matching, year=year).select_related("parent__parent")
    return places.order_by("search_name", "code")


def parts(place: Place) -> list[PlacePart]:
    """What a place consists of; for a neighbourhood, which has no parts, those of its district.

    With boundaries and inhabitants, by code.
    """
    parent_id = place.parent_id if place.level == Level.NEIGHBOURHOOD else place.id
    inhabitants = KeyFigure.objects.filter(
        place=OuterRef("pk"), indicator=INHABITANTS, year=place.year
    )
    children = (
        Place.objects.filter(parent=parent_id)
        .select_related("boundary")
        .annotate(inhabitants=Subquery(inhabitants.values("value")[:1]))
    )
    return [
        PlacePart(number, child, getattr(child, "boundary", None), child.inhabitants)
        for number, child in enumerate(children.order_by("code"), start=1)
    ]


def _area(
    codes: Sequence[str], year: int, buurten: list[Place], figures_by_place: dict[int, FiguresOf]
) -> AreaFigures:
    totals_of: FiguresOf = defaultdict(dict)
    buurten_counted: dict[str, dict[int, int]] = defaultdict(dict)
    for (indicator, figure_year), weighted in sorted(
        _weighted(year, buurten, figures_by_place).items()
    ):
        total = totals.total(DEFINITIONS[indicator], weighted)
        if total is not None:
            totals_of[indicator][figure_year] = total
            buurten_counted[indicator][figure_year] = len(weighted)
    inhabitants = totals_of.get(INHABITANTS, {}).get(year)
    rates = totals.crime_rates(totals_of, inhabitants)
    if rates:
        totals_of[CRIMES_PER_1000] = rates
    return AreaFigures(
        year, tuple(codes), buurten, inhabitants, dict(totals_of), dict(buurten_counted)
    )


def _weighted(
    year: int, buurten: list[Place], figures_by_place: dict[int, FiguresOf]
) -> dict[tuple[str, int], list[WeightedValue]]:
    """By indicator and year, the values of the neighbourhoods with their inhabitants as weight."""
    weighted: dict[tuple[str, int], list[WeightedValue]] = defaultdict(list)
    for buurt in buurten:
        inhabitants = figures_by_place[buurt.id].get(INHABITANTS, {}).get(year)
        for indicator, series in figures_by_place[buurt.id].items():
            for figure_year, value in series.items():
                weighted[indicator, figure_year].append(WeightedValue(value, inhabitants))
    return weighted


def _unknown(area: AreaFigures, indicator: str) -> dict[int, int]:
    """By year, of how many neighbourhoods the figure is not known."""
    buurten_counted = area.counted[CRIMES if indicator == CRIMES_PER_1000 else indicator]
    return {year: len(area.buurten) - count for year, count in buurten_counted.items()}


def _reference(
    place: Place | None, compared: Place | None, figures_by_place: dict[int, FiguresOf]
) -> Reference | None:
    return Reference(place, figures_by_place[place.id]) if place and place != compared else None
