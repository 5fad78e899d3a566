"""What the page about a place says: cards, trends and the table of all figures, in words.

A figure is set beside its municipality and country of the same year only. What is not known is
said, and is never zero.
"""

import dataclasses
from collections.abc import Iterable
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from wijkverbond.places.indicators import (
    DEFINITIONS,
    INHABITANTS,
    IndicatorDefinition,
    Source,
    Unit,
)
from wijkverbond.places.models import Place
from wijkverbond.places.queries import FiguresOf, Profile, Reference
from wijkverbond.places.trend_assessment import Course, Judgement, Position, judge
from wijkverbond.ui.charts import Bar, Role, bars
from wijkverbond.ui.templatetags.wv import amount
from wijkverbond.ui.trend import Series, Trend

# Set beside municipality and country as cards, in this order; the table holds every figure.
CARDS = (
    "p_goed_ervaren_gezondheid",
    "misdrijven_per_1000",
    "g_ink_pi",
    "p_ink_li",
    "p_arb_pp",
    "p_hbo_wo",
    "g_woz",
    "p_koopw",
    "p_1gezw",
    "g_hhgro",
    "g_afs_hp",
    "g_afs_gs",
    "g_afs_sc",
)
UNITS = {
    Unit.PERCENT: "%",
    Unit.THOUSAND_EURO: "€",
    Unit.KILOMETRE: "km",
    Unit.HECTARE: "ha",
    Unit.KM2: "km²",
}


@dataclasses.dataclass(frozen=True)
class Card:
    """One figure beside those of municipality and country, with what that says in words."""

    definition: IndicatorDefinition
    year: int
    rows: list[Bar]
    unit: str
    sentence: str


@dataclasses.dataclass(frozen=True)
class Development:
    """One figure over the years, judged by its distance to municipality and country."""

    definition: IndicatorDefinition
    chart: Trend
    label: str
    sentences: list[str]


@dataclasses.dataclass(frozen=True)
class Line:
    """One figure of one year in the table of all figures."""

    definition: IndicatorDefinition
    year: int
    values: list[str]
    computed: bool


@dataclasses.dataclass(frozen=True)
class Portrait:
    """All that the page says about the figures of a place.

    `lines` is the table of the figures that are not drawn over the years; those have their own.
    """

    profile: Profile
    columns: list[str]
    cards: list[Card]
    developments: list[Development]
    lines: list[Line]
    sources: list[Source]


def portrait(place: Place, profile: Profile) -> Portrait:
    """The figures of a place as the page says them."""
    compared = [*_compared(place.name, profile)]
    developments = [*_developments(compared, profile)]
    drawn = {development.definition.code for development in developments}
    cards = [card for card in _cards(compared, profile) if card.definition.code not in drawn]
    lines = [line for line in _lines(compared, profile) if line.definition.code not in drawn]
    told = {code for _label, _role, figures in compared for code in figures}
    sources = dict.fromkeys(DEFINITIONS[code].source for code in DEFINITIONS if code in told)
    columns = [label for label, _role, _figures in compared]
    return Portrait(profile, columns, cards, developments, lines, list(sources))


def shown(definition: IndicatorDefinition, value: Decimal) -> Decimal:
    """A figure in the unit in which people say it: euros instead of thousands of euros."""
    return value * 1000 if definition.unit == Unit.THOUSAND_EURO else value


def in_words(definition: IndicatorDefinition, value: Decimal | None) -> str:
    """A figure with its unit as people write it; "not known" when it is missing."""
    if value is None:
        return _("not known")
    return amount(shown(definition, value), UNITS.get(definition.unit, ""))


Compared = list[tuple[str, Role, FiguresOf]]


def _compared(label: str, profile: Profile) -> Iterable[tuple[str, Role, FiguresOf]]:
    yield label, "area", profile.figures
    around: list[tuple[Role, Reference | None]] = [
        ("municipality", profile.municipality),
        ("country", profile.country),
    ]
    for role, reference in around:
        if reference:
            yield reference.place.name, role, reference.figures


def _cards(compared: Compared, profile: Profile) -> Iterable[Card]:
    if not any(code in compared[0][2] for code in CARDS):
        return
    for code in CARDS:
        years = [max(figures[code]) for _label, _role, figures in compared if figures.get(code)]
        if not years:
            continue
        own = compared[0][2].get(code)
        year = max(own) if own else max(years)
        definition = DEFINITIONS[code]
        values = [
            (label, role, figures.get(code, {}).get(year)) for label, role, figures in compared
        ]
        rows = bars(
            [
                Bar(label, None if value is None else shown(definition, value), role)
                for label, role, value in values
            ]
        )
        sentences = [_standing(definition, year, values), *_worked_out(code, profile)]
        yield Card(definition, year, rows, UNITS.get(definition.unit, ""), " ".join(sentences))


def _worked_out(code: str, profile: Profile) -> list[str]:
    """Said of a figure that nobody published of the whole."""
    return [_("Worked out from the neighbourhoods.")] if code in profile.computed else []


def _standing(
    definition: IndicatorDefinition, year: int, values: list[tuple[str, Role, Decimal | None]]
) -> str:
    (_own, _role, value), *around = values
    if value is None:
        return _("Not known for this place. Not known is not the same as zero.")
    places: dict[Position, list[str]] = {}
    for label, _role, other in around:
        if other is not None:
            judged = judge({year: value}, {year: other}, definition.direction)
            assert judged is not None
            places.setdefault(judged.position, []).append(label)
    told = [
        _beside(position) % {"place": _(" and ").join(labels)}
        for position, labels in places.items()
    ]
    return capfirst(", ".join(told)) + "." if told else ""


def _beside(position: Position) -> str:
    return {
        Position.ABOVE: _("higher than in %(place)s"),
        Position.BELOW: _("lower than in %(place)s"),
        Position.LEVEL: _("about the same as in %(place)s"),
    }[position]


def development(
    definition: IndicatorDefinition, label: str, profile: Profile
) -> Development | None:
    """One figure of a place or area, called `label`, over the years; None before the second year."""
    return _development(definition, [*_compared(label, profile)], profile)


def _developments(compared: Compared, profile: Profile) -> Iterable[Development]:
    for code in CARDS:
        if told := _development(DEFINITIONS[code], compared, profile):
            yield told


def _development(
    definition: IndicatorDefinition, compared: Compared, profile: Profile
) -> Development | None:
    code = definition.code
    (label, _role, own), *around = compared
    series = own.get(code, {})
    if len(series) < 2:
        return None
    chart = Trend(
        [
            Series(name, {y: shown(definition, v) for y, v in figures[code].items()}, role)
            for name, role, figures in compared
            if code in figures
        ],
        unit=UNITS.get(definition.unit, ""),
    )
    sentences = [
        _told(definition, name, judged)
        for name, _role, figures in around
        if (judged := judge(series, figures.get(code, {}), definition.direction))
    ]
    first, last = min(series), max(series)
    if not sentences:
        sentences = [_("There is no municipality or country to compare it with.")]
    sentences += _worked_out(code, profile)
    conclusion = _("%(what)s in %(place)s: %(first)s in %(start)s, %(last)s in %(end)s.") % {
        "what": definition.name,
        "place": label,
        "first": in_words(definition, series[first]),
        "start": first,
        "last": in_words(definition, series[last]),
        "end": last,
    }
    return Development(definition, chart, conclusion, sentences)


def _told(definition: IndicatorDefinition, place: str, judged: Judgement) -> str:
    """The distance to a reference then and now, and what became of it."""
    now = _("Compared with %(place)s: %(last)s in %(end)s.")
    then = _("Compared with %(place)s: %(first)s in %(start)s, %(last)s in %(end)s.")
    sentence = (now if judged.course is None else then) % {
        "place": place,
        "first": _apart(definition, judged.first),
        "start": judged.first_year,
        "last": _apart(definition, judged.last),
        "end": judged.last_year,
    }
    return f"{sentence} {_became(judged.course)}".strip()


def _apart(definition: IndicatorDefinition, distance: Decimal) -> str:
    if not distance:
        return _("the same")
    size = abs(shown(definition, distance))
    if definition.unit == Unit.PERCENT:
        size_in_words = _("%(number)s points") % {"number": amount(size)}
    else:
        size_in_words = amount(size, UNITS.get(definition.unit, ""))
    words = _("%(size)s higher") if distance > 0 else _("%(size)s lower")
    return words % {"size": size_in_words}


def _became(course: Course | None) -> str:
    match course:
        case None:
            return ""
        case Course.BETTER:
            return _("That became better.")
        case Course.WORSE:
            return _("That became worse.")
        case Course.HIGHER:
            return _("So it rose in comparison.")
        case Course.LOWER:
            return _("So it fell in comparison.")
        case Course.STEADY:
            return _("That stayed about the same.")


def _lines(compared: Compared, profile: Profile) -> Iterable[Line]:
    for code, definition in DEFINITIONS.items():
        years = {year for _label, _role, figures in compared for year in figures.get(code, {})}
        for year in sorted(years, reverse=True):
            values = [
                in_words(definition, figures.get(code, {}).get(year))
                for _label, _role, figures in compared
            ]
            yield Line(definition, year, values, code in profile.computed)


def inhabitants(place: Place, profile: Profile) -> str:
    """How many people live in a place, in words."""
    people = profile.figures.get(INHABITANTS, {}).get(place.year)
    if people is None:
        return _("The number of inhabitants is not known.")
    return _("%(number)s inhabitants in %(year)s.") % {"number": amount(people), "year": place.year}
