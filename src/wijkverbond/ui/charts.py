"""Charts as numbers for SVG attributes: positions and lengths computed here, looks in charts.css.

Every class takes plain figures and gives the strings that a component writes into the drawing.
Coordinates are strings with a point, whatever the reader's language. Nothing here knows Django.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Figure = Decimal | float | int
Role = Literal["area", "municipality", "country"]
ROLE_CSS: dict[str, str] = {"area": "wijk", "municipality": "gem", "country": "nl"}


def number(value: float) -> str:
    """A coordinate: at most one decimal, never a comma."""
    return f"{value:.1f}".removesuffix(".0")


def percent(share: float) -> str:
    """A share (0 to 1) as a percentage of the drawing, kept inside it."""
    return f"{number(100 * min(max(share, 0.0), 1.0))}%"


def _round(share: float) -> int:
    """A share as a whole percentage, half upwards as people round."""
    return math.floor(100 * share + 0.5)


@dataclass(frozen=True)
class Interval:
    """Agreement of one group of people: share with its interval (all 0 to 1).

    `kind` is the code of a kind of party, or empty for another split (neutral mark). Without a
    share the interval stands alone; without an interval nothing is drawn, and `words` say why.
    """

    label: str
    kind: str = ""
    share: float | None = None
    lower: float = 0.0
    upper: float = 0.0
    answers: int | None = None
    words: str = ""

    @property
    def heard(self) -> bool:
        """Whether there is an interval to show."""
        return self.upper > 0

    @property
    def counted(self) -> bool:
        """Whether the share itself is shown, and not the interval alone."""
        return self.share is not None

    @property
    def value(self) -> int:
        """The share in whole per cent."""
        return _round(self.share or 0.0)

    @property
    def low(self) -> int:
        """The lower bound in whole per cent."""
        return _round(self.lower)

    @property
    def high(self) -> int:
        """The upper bound in whole per cent."""
        return _round(self.upper)

    @property
    def x(self) -> str:
        """Where the mark stands."""
        return percent(self.share or 0.0)

    @property
    def x1(self) -> str:
        """Where the pale bar begins."""
        return percent(self.lower)

    @property
    def x2(self) -> str:
        """Where the pale bar ends."""
        return percent(self.upper)


@dataclass(frozen=True)
class Split:
    """How many agreed, disagreed and passed."""

    agree: int
    disagree: int
    passed: int

    @property
    def total(self) -> int:
        """All answers."""
        return self.agree + self.disagree + self.passed

    def _parts(self) -> list[int]:
        """Whole percentages that add up to 100 (largest remainders)."""
        counts = (self.agree, self.disagree, self.passed)
        exact = [100 * count / (self.total or 1) for count in counts]
        parts = [math.floor(value) for value in exact]
        rest = (100 if self.total else 0) - sum(parts)
        for index in sorted(range(3), key=lambda index: (parts[index] - exact[index], index))[
            :rest
        ]:
            parts[index] += 1
        return parts

    @property
    def agree_percent(self) -> int:
        """Agreed, whole per cent."""
        return self._parts()[0]

    @property
    def disagree_percent(self) -> int:
        """Disagreed, whole per cent."""
        return self._parts()[1]

    @property
    def pass_percent(self) -> int:
        """Passed, whole per cent."""
        return self._parts()[2]


@dataclass(frozen=True)
class GoalProgress:
    """From baseline to target; `expected` is where it should stand now if progress were even."""

    baseline: Figure
    target: Figure
    now: Figure | None = None
    expected: Figure | None = None
    unit: str = ""
    baseline_when: str = ""
    target_when: str = ""

    PLACES = (28, 34, 40, 46, 52, 58, 62)

    @property
    def sign(self) -> str:
        """The unit where it is a sign; a unit in words stands with the name of the indicator."""
        return self.unit if self.unit in {"%", "€"} else ""

    def _at(self, value: Figure) -> float:
        span = float(self.target) - float(self.baseline)
        share = (float(value) - float(self.baseline)) / span if span else 1.0
        return 0.01 + 0.98 * min(max(share, 0.0), 1.0)

    @property
    def x(self) -> str:
        """Where the dot of now stands; at the beginning when nothing was measured."""
        return percent(self._at(self.baseline if self.now is None else self.now))

    @property
    def pace(self) -> str:
        """Where the dashes of "should be" stand; empty when not known."""
        return "" if self.expected is None else percent(self._at(self.expected))

    @property
    def place(self) -> int:
        """Which of the fixed places the word "now" takes, near the dot, clear of both ends."""
        if self.now is None:
            return 46
        at = 100 * self._at(self.now)
        return min(self.PLACES, key=lambda place: abs(place - at))


@dataclass(frozen=True)
class Bar:
    """A figure beside those of municipality and country; without a value it is not known."""

    label: str
    value: Figure | None
    role: Role = "area"
    width: str = ""

    @property
    def css(self) -> str:
        """Solid, hatched or outlined."""
        return ROLE_CSS[self.role]


def bars(rows: Sequence[Bar], *, maximum: Figure | None = None) -> list[Bar]:
    """The rows with their lengths: the longest takes 91 % (or its part of `maximum`)."""
    values = [float(row.value) for row in rows if row.value is not None]
    top = float(maximum) if maximum is not None else max(values, default=0.0)
    longest = 1.0 if maximum is not None else 0.91

    def width(value: Figure | None) -> str:
        return "" if value is None else percent(longest * (float(value) / top) if top > 0 else 0)

    return [Bar(row.label, row.value, row.role, width(row.value)) for row in rows]


@dataclass(frozen=True)
class Spark:
    """A small line of values over time (at least one), with an optional threshold."""

    values: Sequence[Figure]
    floor: Figure | None = None

    def _y(self, value: Figure) -> str:
        low, high = self._range()
        return number(32 - 28 * (float(value) - low) / ((high - low) or 1.0))

    def _range(self) -> tuple[float, float]:
        everything = [float(value) for value in self.values]
        if self.floor is not None:
            everything.append(float(self.floor))
        return min(everything), max(everything)

    def _points(self) -> list[tuple[str, str]]:
        step = 104 / max(len(self.values) - 1, 1)
        start = 3 if len(self.values) > 1 else 107
        return [
            (number(start + index * step), self._y(value))
            for index, value in enumerate(self.values)
        ]

    @property
    def path(self) -> str:
        """The line."""
        return "M" + " ".join(f"{x} {y}" for x, y in self._points())

    @property
    def last(self) -> tuple[str, str]:
        """The dot at the end."""
        return self._points()[-1]

    @property
    def floor_path(self) -> str:
        """The dashes of the threshold; empty without one."""
        return "" if self.floor is None else f"M0 {self._y(self.floor)}H112"


@dataclass(frozen=True)
class Term:
    """A term of years: how far it has run, and where each year ends (all 0 to 1)."""

    elapsed: float
    years: int = 0
    ends: Sequence[float] = field(default_factory=tuple)

    @property
    def x(self) -> str:
        """Where the dot of today stands."""
        return percent(0.01 + 0.98 * min(max(self.elapsed, 0.0), 1.0))

    @property
    def marks(self) -> list[str]:
        """Where the lines between the years stand."""
        shares = self.ends or [year / self.years for year in range(1, self.years)]
        return [percent(share) for share in shares]


@dataclass(frozen=True)
class Deadline:
    """A question with a term, both in days: how long it waits, and whether that is too long."""

    waited: int
    term: int

    @property
    def _longest(self) -> float:
        return 2.5 * self.term

    @property
    def x(self) -> str:
        """How far the wait has come, within the term."""
        return percent(min(self.waited, self.term) / self._longest)

    @property
    def due(self) -> str:
        """Where the term ends."""
        return percent(self.term / self._longest)

    @property
    def late(self) -> str:
        """How far it has come past the term; empty when in time."""
        return percent(self.waited / self._longest) if self.waited > self.term else ""


@dataclass(frozen=True)
class Share:
    """A share (0 to 1) with its label: how many of an opinion group agreed."""

    label: str
    share: float

    @property
    def value(self) -> int:
        """Whole per cent."""
        return _round(self.share)

    @property
    def width(self) -> str:
        """The length of the bar."""
        return percent(self.share)
