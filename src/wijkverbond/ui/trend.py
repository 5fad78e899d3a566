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
        known = {year for one in self.series for year in one.known}
        named = {year for one in self.series for year in one.values}
        return sorted(year for year in named if known and min(known) <= year <= max(known))

    @cached_property
    def _scale(self) -> tuple[float, float, float]:
        """Lowest and highest line of the grid and the step between them (1, 2 or 5 times ten)."""
        values = [value for one in self.series for value in one.known.values()] or [1.0]
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
            (len(word) for one in self.series for word in self._words(one.label)), default=0
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
        values = [low + step * place for place in range(round((high - low) / step) + 1)]
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

    def _runs(self, one: Series) -> list[list[int]]:
        """The years with values, cut where a year of the chart is missing."""
        runs: list[list[int]] = [[]]
        for year in self.years:
            if year in one.known:
                runs[-1].append(year)
            elif runs[-1]:
                runs.append([])
        return [run for run in runs if run]

    def _point(self, one: Series, year: int) -> tuple[str, str]:
        return number(self._x(year)), number(self._y(one.known[year]))

    def _label_tops(self) -> list[float]:
        """The height of each label's first line: near its line's end, none over another."""
        shown = [one for one in self.series if one.known]
        wanted = [self._y(one.known[max(one.known)]) + 5 for one in shown]
        heights = [len(self._words(one.label)) * LINE for one in shown]
        tops = [0.0] * len(shown)
        free = TOP
        for place in sorted(range(len(shown)), key=lambda i: wanted[i]):
            tops[place] = max(wanted[place] - (heights[place] - LINE) / 2, free)
            free = tops[place] + heights[place]
        over = max(0.0, free - LINE - (BOTTOM + 8))
        return [top - over for top in tops]

    @property
    def lines(self) -> list[TrendCurve]:
        """The drawn series, in the order given."""
        drawn = []
        tops = iter(self._label_tops())
        for one in self.series:
            if not one.known:
                continue
            runs = self._runs(one)
            top = next(tops)
            drawn.append(
                TrendCurve(
                    label=one.label,
                    css=ROLE_CSS[one.role],
                    path="".join(
                        "M" + " ".join(f"{x} {y}" for x, y in (self._point(one, y) for y in run))
                        for run in runs
                        if len(run) > 1
                    ),
                    end=self._point(one, runs[-1][-1]),
                    words=[
                        (word, number(top + LINE * place))
                        for place, word in enumerate(self._words(one.label))
                    ],
                    single=[self._point(one, run[0]) for run in runs if len(run) == 1],
                )
            )
        return drawn

    @property
    def rows(self) -> list[tuple[int, list[Figure | None]]]:
        """The table twin: each year with the values of all series."""
        return [(year, [one.values.get(year) for one in self.series]) for year in self.years]
