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

FiguresOf = dict[str, dict[int, Decimal]]


@dataclasses.dataclass(frozen=True)
class Area:
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
class Part:
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
    found = Place.objects.filter(code=code).order_by("-year")
    if year is not None:
        found = found.filter(year=year)
    return found.select_related("parent__parent__parent__parent").first()


def newest_year(codes: Collection[str]) -> int | None:
    """The newest division that knows all these codes and has neighbourhoods; None if there is none."""
    known: dict[int, set[str]] = defaultdict(set)
    for year, code in Place.objects.filter(code__in=codes).values_list("year", "code"):
        known[year].add(code)
    divided = Place.objects.filter(level=Level.NEIGHBOURHOOD).order_by()
    for year in sorted(known, reverse=True):
        if known[year] == set(codes) and divided.filter(year=year).exists():
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
    found: dict[int, FiguresOf] = {place: defaultdict(dict) for place in by_id}
    stored = KeyFigure.objects.filter(place__in=by_id).order_by("indicator", "year")
    for place, indicator, year, value in stored.values_list("place", "indicator", "year", "value"):
        if indicator in DEFINITIONS:
            found[place][indicator][year] = value
    for place, own in found.items():
        inhabitants = own.get(INHABITANTS, {}).get(by_id[place].year)
        rates = totals.crime_rates(own, inhabitants)
        if rates:
            own[CRIMES_PER_1000] = rates
    return {place: dict(own) for place, own in found.items()}


def area(codes: Sequence[str], year: int) -> Area:
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
    around = {code for code in map(divisions.municipality_of, codes) if code}
    near = around if len(around) == 1 else set()
    wanted = Q(code__in={*codes, *near}) | Q(level=Level.COUNTRY)
    named = {place.code: place for place in Place.objects.filter(wanted, year=year)}
    single = named.get(codes[0]) if len(codes) == 1 else None
    divide = single is None or single.level == Level.DISTRICT
    known_parts = buurten_of(codes, year) if buurten is None else buurten
    parts = list(known_parts) if divide else []
    known = figures([*named.values(), *parts])
    own = dict(known[single.id]) if single else {}
    whole = _area(codes, year, parts, known)
    together = whole.figures if divide else {}
    computed = {indicator: series for indicator, series in together.items() if indicator not in own}
    municipality = next((named[code] for code in near if code in named), None)
    country = next((place for place in named.values() if place.level == Level.COUNTRY), None)
    return Profile(
        year,
        own | computed,
        frozenset(computed),
        _reference(municipality, single, known),
        _reference(country, single, known),
        {indicator: _unknown(whole, indicator) for indicator in computed},
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


def lies_in(codes: Sequence[str], year: int, longitude: float, latitude: float) -> bool:
    """Whether a point lies in an area, as far as the simplified boundaries can tell."""
    place = place_at(longitude, latitude, year)
    return place is not None and buurten_of(codes, year).filter(pk=place.pk).exists()


def current_year() -> int | None:
    """The newest division with neighbourhoods, else the newest at all; None when there is none."""
    newest = Place.objects.order_by("-year").values_list("year", flat=True)
    return newest.filter(level=Level.NEIGHBOURHOOD).first() or newest.first()


def named(text: str, year: int) -> QuerySet[Place]:
    """The places whose name holds this text, without regard to capitals and accents.

    Without a text: the municipalities.
    """
    found = Place.objects.filter(year=year).select_related("parent__parent")
    if text.strip():
        found = found.filter(search_name__contains=folded(text))
    else:
        found = found.filter(level=Level.MUNICIPALITY)
    return found.order_by("search_name", "code")


def parts(place: Place) -> list[Part]:
    """What a place consists of; for a neighbourhood, which has no parts, those of its district.

    With boundaries and inhabitants, by code.
    """
    whole = place.parent_id if place.level == Level.NEIGHBOURHOOD else place.id
    inhabitants = KeyFigure.objects.filter(
        place=OuterRef("pk"), indicator=INHABITANTS, year=place.year
    )
    found = (
        Place.objects.filter(parent=whole)
        .select_related("boundary")
        .annotate(inhabitants=Subquery(inhabitants.values("value")[:1]))
    )
    return [
        Part(number, part, getattr(part, "boundary", None), part.inhabitants)
        for number, part in enumerate(found.order_by("code"), start=1)
    ]


def _area(
    codes: Sequence[str], year: int, buurten: list[Place], known: dict[int, FiguresOf]
) -> Area:
    together: FiguresOf = defaultdict(dict)
    counted: dict[str, dict[int, int]] = defaultdict(dict)
    for (indicator, when), given in sorted(_given(year, buurten, known).items()):
        whole = totals.total(DEFINITIONS[indicator], given)
        if whole is not None:
            together[indicator][when] = whole
            counted[indicator][when] = len(given)
    inhabitants = together.get(INHABITANTS, {}).get(year)
    rates = totals.crime_rates(together, inhabitants)
    if rates:
        together[CRIMES_PER_1000] = rates
    return Area(year, tuple(codes), buurten, inhabitants, dict(together), dict(counted))


def _given(
    year: int, buurten: list[Place], known: dict[int, FiguresOf]
) -> dict[tuple[str, int], list[tuple[Decimal, Decimal | None]]]:
    """Per indicator and year what the neighbourhoods give: value, and inhabitants as its weight."""
    given: dict[tuple[str, int], list[tuple[Decimal, Decimal | None]]] = defaultdict(list)
    for buurt in buurten:
        people = known[buurt.id].get(INHABITANTS, {}).get(year)
        for indicator, series in known[buurt.id].items():
            for when, value in series.items():
                given[indicator, when].append((value, people))
    return given


def _unknown(area: Area, indicator: str) -> dict[int, int]:
    counted = area.counted[CRIMES if indicator == CRIMES_PER_1000 else indicator]
    return {year: len(area.buurten) - many for year, many in counted.items()}


def _reference(
    place: Place | None, compared: Place | None, known: dict[int, FiguresOf]
) -> Reference | None:
    return Reference(place, known[place.id]) if place and place != compared else None
