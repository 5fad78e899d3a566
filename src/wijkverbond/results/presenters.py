"""How goals and their measurements are told on a page."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from wijkverbond.places.indicators import IndicatorDefinition
from wijkverbond.places.queries import Profile
from wijkverbond.results import goal_attainment, official_figures, periods
from wijkverbond.results.models import Measurement
from wijkverbond.results.official_figures import Offer
from wijkverbond.ui import charts
from wijkverbond.ui.charts import Figure
from wijkverbond.ui.templatetags.wv import amount
from wijkverbond.ui.trend import Series, Trend
from wijkverbond.vision import presenters as vision
from wijkverbond.vision.models import Direction, Goal
from wijkverbond.vision.queries import Measured


@dataclasses.dataclass(frozen=True)
class TrendLine:
    """A trend with its conclusion and what it says beside the reference line."""

    chart: Trend
    label: str
    sentences: Sequence[str]
    source: str = ""

    @property
    def reference(self) -> bool:
        """Whether municipality or country stand beside it."""
        return len(self.chart.series) > 1


@dataclasses.dataclass(frozen=True)
class MeasurementRow:
    """A measurement in a table, with its period in words."""

    measurement: Measurement
    period: str
    stale: bool


@dataclasses.dataclass(frozen=True)
class GoalResults:
    """A goal on the results pages: its measure, measurements, trend and what can be taken over."""

    number: int
    goal: Goal
    chart: charts.GoalProgress | None
    gaps: Sequence[str | Promise]
    rows: Sequence[MeasurementRow]
    line: TrendLine | None
    official: IndicatorDefinition | None
    offer: Offer
    reached: bool

    @property
    def newest(self) -> MeasurementRow | None:
        """The newest measurement; None as long as nothing was measured."""
        return self.rows[0] if self.rows else None

    @property
    def has_worsened(self) -> bool:
        """Whether the newest value lies on the wrong side of the start."""
        if not self.newest or self.goal.baseline is None:
            return False
        value = self.newest.measurement.value
        rising = self.goal.direction == Direction.UP
        return value < self.goal.baseline if rising else value > self.goal.baseline


def goal_results(
    number: int, goal: Goal, measured: Sequence[Measurement], profile: Profile | None, now: dt.date
) -> GoalResults:
    """One goal with the measurements that stand, the newest first.

    `profile` is what is known of its places, for a goal that an official figure measures.
    """
    newest = measured[0] if measured else None
    offer = Offer()
    if profile:
        editions = {measurement.edition for measurement in measured}
        offer = official_figures.offer(goal, profile, today=now, taken=editions)
    return GoalResults(
        number,
        goal,
        vision.goal_line(goal, Measured(newest.value, newest.measured_on) if newest else None, now),
        vision.gaps(goal),
        [measurement_row(measurement, now) for measurement in measured],
        _official(goal, profile) if profile else _own(goal, measured),
        official_figures.definition_of(goal),
        offer,
        newest is not None and goal_attainment.is_reached(goal, newest, goal.earlier.all()),
    )


def measurement_row(measurement: Measurement, now: dt.date) -> MeasurementRow:
    """A measurement as it stands in a table."""
    return MeasurementRow(
        measurement, periods.words(measurement.edition), measurement.fresh_until < now
    )


def _official(goal: Goal, profile: Profile) -> TrendLine | None:
    trend = official_figures.indicator_trend(goal, profile, goal.coalition.name)
    if not trend:
        return None
    sentences = list(trend.sentences)
    if not trend.definition.comparable:
        sentences = [
            _("A number cannot be set beside a larger place. A figure per inhabitant can be.")
        ]
    return TrendLine(trend.chart, trend.label, sentences, str(trend.definition.source))


def _own(goal: Goal, measured: Sequence[Measurement]) -> TrendLine | None:
    """What was measured here over the years, from the start on; without it no line is drawn."""
    values: dict[int, Figure | None] = {}
    if goal.baseline is not None and goal.baseline_on:
        values[goal.baseline_on.year] = goal.baseline
    values |= {
        measurement.measured_on.year: measurement.value for measurement in reversed(measured)
    }
    if len(values) < 2:
        return None
    unit = goal.unit if goal.unit in ("%", "€") else ""
    first, last = min(values), max(values)
    label = _("%(what)s: %(first)s in %(start)s, %(last)s in %(end)s.") % {
        "what": goal.indicator_name,
        "first": amount(values[first], unit),
        "start": first,
        "last": amount(values[last], unit),
        "end": last,
    }
    explanation = _(
        "We measure this ourselves, so there is no municipality or country to compare with."
    )
    return TrendLine(Trend([Series(goal.coalition.name, values)], unit), label, [explanation])
