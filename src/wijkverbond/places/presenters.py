"""What the page about a place says: cards, trends and the table of all figures, in words.

A figure is set beside its municipality and country of the same year only. What is not known is
said, and is never zero.
"""

import dataclasses
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from wijkverbond.places import figure_text
from wijkverbond.places.indicators import (
    DEFINITIONS,
    INHABITANTS,
    IndicatorDefinition,
    Source,
)
from wijkverbond.places.models import Place
from wijkverbond.places.queries import FiguresOf, Profile, Reference
from wijkverbond.places.trend_assessment import RelativePosition, assess
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


@dataclasses.dataclass(frozen=True)
class IndicatorCard:
    """One figure beside those of municipality and country, with what that says in words."""

    definition: IndicatorDefinition
    year: int
    rows: list[Bar]
    unit: str
    sentence: str


@dataclasses.dataclass(frozen=True)
class IndicatorTrend:
    """One figure over the years, assessed by its distance to municipality and country."""

    definition: IndicatorDefinition
    chart: Trend
    label: str
    sentences: list[str]


@dataclasses.dataclass(frozen=True)
class FigureRow:
    """One figure of one year in the table of all figures."""

    definition: IndicatorDefinition
    year: int
    values: list[str]
    computed: bool


@dataclasses.dataclass(frozen=True)
class Portrait:
    """All that the page says about the figures of a place.

    `rows` is the table of the figures that are not drawn over the years; those have their own.
    """

    profile: Profile
    columns: list[str]
    cards: list[IndicatorCard]
    trends: list[IndicatorTrend]
    rows: list[FigureRow]
    sources: list[Source]


def portrait(place: Place, profile: Profile) -> Portrait:
    """The figures of a place as the page says them."""
    compared = _compared(place.name, profile)
    trends = [*_trends(compared, profile)]
    drawn = {trend.definition.code for trend in trends}
    cards = [card for card in _cards(compared, profile) if card.definition.code not in drawn]
    rows = [row for row in _rows(compared, profile) if row.definition.code not in drawn]
    known_codes = {code for column in compared for code in column.figures}
    sources = dict.fromkeys(DEFINITIONS[code].source for code in DEFINITIONS if code in known_codes)
    columns = [column.label for column in compared]
    return Portrait(profile, columns, cards, trends, rows, list(sources))


class _Column(NamedTuple):
    """The figures of a place, as a column beside those of others."""

    label: str
    role: Role
    figures: FiguresOf

    def value(self, code: str, year: int) -> Decimal | None:
        """The figure of a year; None when it is not known."""
        return self.figures.get(code, {}).get(year)


def _compared(label: str, profile: Profile) -> list[_Column]:
    """The place or area itself, called `label`, then its municipality and the country."""
    around: list[tuple[Role, Reference | None]] = [
        ("municipality", profile.municipality),
        ("country", profile.country),
    ]
    return [
        _Column(label, "area", profile.figures),
        *(
            _Column(reference.place.name, role, reference.figures)
            for role, reference in around
            if reference
        ),
    ]


def _cards(compared: Sequence[_Column], profile: Profile) -> Iterator[IndicatorCard]:
    own, *_around = compared
    if not any(code in own.figures for code in CARDS):
        return
    for code in CARDS:
        latest = [max(column.figures[code]) for column in compared if column.figures.get(code)]
        if not latest:
            continue
        year = max(own.figures[code]) if own.figures.get(code) else max(latest)
        yield _card(DEFINITIONS[code], year, compared, profile)


def _card(
    definition: IndicatorDefinition, year: int, compared: Sequence[_Column], profile: Profile
) -> IndicatorCard:
    rows = []
    for column in compared:
        value = column.value(definition.code, year)
        rows.append(
            Bar(
                column.label,
                None if value is None else figure_text.shown_value(definition, value),
                column.role,
            )
        )
    sentences = [
        _position_text(definition, year, compared),
        *_worked_out(definition.code, profile),
    ]
    unit = figure_text.unit_sign(definition)
    return IndicatorCard(definition, year, bars(rows), unit, " ".join(sentences))


def _worked_out(code: str, profile: Profile) -> list[str]:
    """The sentence about a figure that nobody published of the whole."""
    return [_("Worked out from the neighbourhoods.")] if code in profile.computed else []


def _position_text(definition: IndicatorDefinition, year: int, compared: Sequence[_Column]) -> str:
    """Whether the figure is higher or lower than around it, each position named once."""
    own, *around = compared
    value = own.value(definition.code, year)
    if value is None:
        return _("Not known for this place. Not known is not the same as zero.")
    labels_by_position: dict[RelativePosition, list[str]] = {}
    for column in around:
        reference = column.value(definition.code, year)
        if reference is not None:
            assessment = assess({year: value}, {year: reference}, definition.direction)
            assert assessment is not None
            labels_by_position.setdefault(assessment.position, []).append(column.label)
    phrases = [
        figure_text.position_phrase(position) % {"place": _(" and ").join(labels)}
        for position, labels in labels_by_position.items()
    ]
    return capfirst(", ".join(phrases)) + "." if phrases else ""


def indicator_trend(
    definition: IndicatorDefinition, label: str, profile: Profile
) -> IndicatorTrend | None:
    """One figure of a place or area, called `label`, over the years; None before the second year."""
    return _trend(definition, _compared(label, profile), profile)


def _trends(compared: Sequence[_Column], profile: Profile) -> Iterator[IndicatorTrend]:
    for code in CARDS:
        if trend := _trend(DEFINITIONS[code], compared, profile):
            yield trend


def _trend(
    definition: IndicatorDefinition, compared: Sequence[_Column], profile: Profile
) -> IndicatorTrend | None:
    code = definition.code
    own, *around = compared
    series = own.figures.get(code, {})
    if len(series) < 2:
        return None
    sentences = [
        figure_text.comparison_text(definition, column.label, assessment)
        for column in around
        if (assessment := assess(series, column.figures.get(code, {}), definition.direction))
    ]
    if not sentences:
        sentences = [_("There is no municipality or country to compare it with.")]
    sentences += _worked_out(code, profile)
    first, last = min(series), max(series)
    conclusion = _("%(what)s in %(place)s: %(first)s in %(start)s, %(last)s in %(end)s.") % {
        "what": definition.name,
        "place": own.label,
        "first": figure_text.value_text(definition, series[first]),
        "start": first,
        "last": figure_text.value_text(definition, series[last]),
        "end": last,
    }
    return IndicatorTrend(definition, _chart(definition, compared), conclusion, sentences)


def _chart(definition: IndicatorDefinition, compared: Sequence[_Column]) -> Trend:
    code = definition.code
    lines = [
        Series(
            column.label,
            {
                year: figure_text.shown_value(definition, value)
                for year, value in column.figures[code].items()
            },
            column.role,
        )
        for column in compared
        if code in column.figures
    ]
    return Trend(lines, unit=figure_text.unit_sign(definition))


def _rows(compared: Sequence[_Column], profile: Profile) -> Iterator[FigureRow]:
    for code, definition in DEFINITIONS.items():
        years = {year for column in compared for year in column.figures.get(code, {})}
        for year in sorted(years, reverse=True):
            values = [
                figure_text.value_text(definition, column.value(code, year)) for column in compared
            ]
            yield FigureRow(definition, year, values, code in profile.computed)


def inhabitants(place: Place, profile: Profile) -> str:
    """How many people live in a place, in words."""
    people = profile.figures.get(INHABITANTS, {}).get(place.year)
    if people is None:
        return _("The number of inhabitants is not known.")
    return _("%(number)s inhabitants in %(year)s.") % {"number": amount(people), "year": place.year}
