"""When a goal reads as reached: only by a measured value, against the unchanged baseline. Pure."""

from collections.abc import Iterable

from wijkverbond.results.models import Measurement
from wijkverbond.vision.models import Direction, EarlierGoal, Goal

MEASURE = ("figure", "indicator_name", "direction", "unit", "baseline", "baseline_on", "target")


def is_reached(goal: Goal, measurement: Measurement, earlier: Iterable[EarlierGoal]) -> bool:
    """Whether a measurement reaches the target, taken under the measure that still stands.

    `earlier` are the goal's earlier wordings: after a change of baseline, target or indicator only
    a new measurement counts.
    """
    if goal.target is None or goal.baseline is None or goal.baseline_on is None:
        return False
    if measurement.measured_on <= goal.baseline_on:
        return False
    if any(
        wording.revision >= measurement.goal_revision and _moved(wording, goal)
        for wording in earlier
    ):
        return False
    if goal.direction == Direction.DOWN:
        return measurement.value <= goal.target
    return measurement.value >= goal.target


def _moved(earlier: EarlierGoal, goal: Goal) -> bool:
    return any(getattr(earlier, name) != getattr(goal, name) for name in MEASURE)
