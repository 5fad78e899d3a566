"""What is recorded of measurements."""

import datetime as dt
import uuid
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from wijkverbond.kernel.events import Event, Text, event
from wijkverbond.kernel.registry import (
    RECORD_TYPES,
    TIMELINE_CHAPTERS,
    RecordType,
    TimelineChapter,
)


@event(
    "results.measurement_recorded",
    _("%(who)s records a measurement over %(edition)s: %(value)s"),
    also_read=("source_text",),
)
class MeasurementRecorded(Event):
    """A measured value of a goal's indicator, with the reference line of the same edition."""

    measurement: uuid.UUID
    indicator: uuid.UUID
    goal: uuid.UUID
    goal_revision: int
    places: list[str]
    edition: str
    measured_on: dt.date
    value: Decimal
    municipality: Decimal | None
    country: Decimal | None
    fresh_until: dt.date
    source: str
    source_text: Text | None


@event(
    "results.measurement_corrected",
    _("%(who)s corrects a measurement: “%(reason)s”"),
    also_read=("source_text",),
)
class MeasurementCorrected(MeasurementRecorded):
    """A corrected value; the earlier one stays readable."""

    replaces: uuid.UUID
    reason: Text | None


@event("results.goal_met", _("A goal is reached: %(value)s, and %(target)s was the target"))
class GoalMet(Event):
    """A measured value reaches the target, against the unchanged baseline."""

    goal: uuid.UUID
    goal_revision: int
    measurement: uuid.UUID
    value: Decimal
    target: Decimal


TIMELINE_CHAPTERS.declare(
    TimelineChapter(
        name="results",
        title=_("Results"),
        order=90,
    )
)
RECORD_TYPES.declare(
    RecordType(
        name="measurement",
        title=_("Measurement"),
        order=190,
        events=(
            MeasurementRecorded,
            MeasurementCorrected,
        ),
        address="results:goal",
        fact="goal",
    )
)
