"""What pages need to know about measurements."""

import uuid
from collections import defaultdict

from django.db.models import QuerySet

from wijkverbond.coalition.models import Coalition
from wijkverbond.results.models import Measurement
from wijkverbond.vision import queries as vision
from wijkverbond.vision.models import Goal


def goals(coalition: Coalition) -> QuerySet[Goal]:
    """The goals that stand, with their earlier wordings, in the order in which they were set."""
    return vision.goals(coalition).standing().prefetch_related("earlier")


def measurements(coalition: Coalition) -> dict[uuid.UUID, list[Measurement]]:
    """The measurements that stand, per goal, the newest first."""
    by_goal: dict[uuid.UUID, list[Measurement]] = defaultdict(list)
    current_measurements = Measurement.objects.filter(goal__coalition=coalition, replaced_by=None)
    for measurement in current_measurements.order_by("-measured_on", "-recorded_at"):
        by_goal[measurement.goal_id].append(measurement)
    return by_goal


def history(goal: Goal) -> list[Measurement]:
    """Every measurement, also those that were corrected, the newest first."""
    measurements = goal.measurements.select_related("recorded_by__organisation")
    return list(measurements.order_by("-measured_on", "-recorded_at"))
