"""A line chart of years: neighbourhood solid, municipality dashes, country dots, ends labelled.

Drawn 360 wide, the same on a phone; positions computed here, looks in charts.css. A year
without a value is a gap, never a zero. Axes start at 0 unless a value lies below it.
"""

import math
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from wijkverbond.ui.charts import ROLE_CSS, Figure, Role, number

WIDTH = 360
TOP, BOTTOM = 18.0, 168.0
LINE = 18.0
SMALLEST = 1e-4  # a smaller range is drawn as flat
CHARACTER = 9.2  # the width of a bold letter on a phone, where text is drawn largest


@dataclass(frozen=True)
class Series:
    """One line: values by year. None is a gap; a year in which nobody measures is left out."""

    label: str
    values: Mapping[int, Figure | None]
    role: Role = "area"

    @property
    def known(self) -> dict[int, float]:
        """The years that have a value."""
        return {year: float(value) for year, value in self.values.items() if value is not None}


@dataclass(frozen=True)
class Tick:
    """A line of the grid with its figure."""

    value: float
    y: str
    text_y: str


@dataclass(frozen=True)
class TrendCurve:
    """A drawn series: its path, its last point and where the lines of its label stand."""

    label: str
    css: str
    path: str
    end: tuple[str, str]
    words: list[tuple[str, str]]
    single: list[tuple[str, str]]


@dataclass(frozen=True)
class Trend:
    """The whole drawing, from series and unit (`%`, `€`, or words)."""

    series: Sequence[Series]
    unit: str = ""

    @cached_property
    def years(self) -> list[int]:
        """The years of the chart: those that any series names, from the first known to the last."""
        known_years = {year for series in self.series for year in series.known}
        named_years = {year for series in self.series for year in series.values}
        return sorted(
            year
            for year in named_years
            if known_years and min(known_years) <= year <= max(known_years)
        )

    @property
    def _drawn(self) -> list[Series]:
        """The series that have a value to draw."""
        return [series for series in self.series if series.known]

    @cached_property
    def _scale(self) -> tuple[float, float, float]:
        """Lowest and highest line of the grid and the step between them (1, 2 or 5 times ten)."""
        values = [value for series in self.series for value in series.known.values()] or [1.0]
        low, high = min(0.0, *values), max(0.0, *values)
        high = high if high - low > SMALLEST else low + 1.0
        rough = (high - low) / 4
        power = 10.0 ** math.floor(math.log10(rough))
        step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough)
        return math.floor(low / step) * step, math.ceil(high / step) * step, step

    @cached_property
    def left(self) -> float:
        """Where the lines begin: right of the widest figure of the axis."""
        low, high, _step = self._scale
        digits = len(f"{max(abs(low), abs(high)):.{self.decimals}f}")
        return 14.0 + 10.0 * max(digits, 2)

    @property
    def decimals(self) -> int:
        """How many decimals the figures of the axis need."""
        step = self._scale[2]
        return max(0, -math.floor(math.log10(step)))

    @cached_property
    def right(self) -> float:
        """Where the lines end: left of the longest word of the labels."""
        longest = max(
            (len(word) for series in self.series for word in self._words(series.label)), default=0
        )
        return WIDTH - 14.0 - min(CHARACTER * longest, 130.0)

    def _words(self, label: str) -> list[str]:
        return textwrap.wrap(label, 13, break_on_hyphens=True) or [""]

    def _x(self, year: int) -> float:
        first, last = self.years[0], self.years[-1]
        share = (year - first) / (last - first) if last > first else 1.0
        return self.left + share * (self.right - self.left)

    def _y(self, value: float) -> float:
        low, high, _ = self._scale
        return BOTTOM - (value - low) / (high - low) * (BOTTOM - TOP)

    @property
    def ticks(self) -> list[Tick]:
        """The grid, from low to high."""
        low, high, step = self._scale
        values = [low + step * count for count in range(round((high - low) / step) + 1)]
        return [
            Tick(round(value, 6), number(self._y(value)), number(self._y(value) + 5))
            for value in values
        ]

    @property
    def x1(self) -> str:
        """The left end of the grid."""
        return number(self.left)

    @property
    def x2(self) -> str:
        """The right end of the grid."""
        return number(self.right)

    @property
    def tick_x(self) -> str:
        """Where the figures of the axis end."""
        return number(self.left - 8)

    @property
    def label_x(self) -> str:
        """Where the labels of the lines begin."""
        return number(self.right + 10)

    def _runs(self, series: Series) -> list[list[int]]:
        """The years with values, cut where a year of the chart is missing."""
        runs: list[list[int]] = [[]]
        for year in self.years:
            if year in series.known:
                runs[-1].append(year)
            elif runs[-1]:
                runs.append([])
        return [run for run in runs if run]

    def _point(self, series: Series, year: int) -> tuple[str, str]:
        return number(self._x(year)), number(self._y(series.known[year]))

    def _label_tops(self) -> list[float]:
        """The height of each label's first line: near its line's end, none over another."""
        line_ends = [self._y(series.known[max(series.known)]) + 5 for series in self._drawn]
        heights = [len(self._words(series.label)) * LINE for series in self._drawn]
        tops = [0.0] * len(line_ends)
        free = TOP
        for index in sorted(range(len(line_ends)), key=lambda index: line_ends[index]):
            tops[index] = max(line_ends[index] - (heights[index] - LINE) / 2, free)
            free = tops[index] + heights[index]
        over = max(0.0, free - LINE - (BOTTOM + 8))
        return [top - over for top in tops]

    @property
    def lines(self) -> list[TrendCurve]:
        """The drawn series, in the order given."""
        tops = self._label_tops()
        return [self._curve(series, top) for series, top in zip(self._drawn, tops, strict=True)]

    def _curve(self, series: Series, label_top: float) -> TrendCurve:
        runs = [[self._point(series, year) for year in run] for run in self._runs(series)]
        words = self._words(series.label)
        return TrendCurve(
            label=series.label,
            css=ROLE_CSS[series.role],
            path="".join(
                "M" + " ".join(f"{x} {y}" for x, y in run) for run in runs if len(run) > 1
            ),
            end=runs[-1][-1],
            words=[(word, number(label_top + LINE * line)) for line, word in enumerate(words)],
            single=[run[0] for run in runs if len(run) == 1],
        )

    @property
    def rows(self) -> list[tuple[int, list[Figure | None]]]:
        """The table twin: each year with the values of all series."""
        return [(year, [series.values.get(year) for series in self.series]) for year in self.years]
