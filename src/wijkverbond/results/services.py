"""What people do with measurements."""

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wijkverbond.coalition.queries import party_of
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import Event, shreddable
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require
from wijkverbond.results import events, policies
from wijkverbond.results.models import Measurement
from wijkverbond.vision.models import Direction, Goal

FRESH = dt.timedelta(days=550)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Measured:
    """A value with its edition, day, source and, where known, the reference line."""

    edition: str
    measured_on: dt.date
    value: Decimal
    source: str
    source_text: str
    municipality: Decimal | None = None
    country: Decimal | None = None


@transaction.atomic
def measure(goal: Goal, *, actor: Actor, measured: Measured) -> Measurement:
    """Record a measurement. Reaching the target is worked out from it, never typed in."""
    goal = Goal.objects.select_for_update().get(id=goal.id)
    require(policies.may_measure(actor, goal))
    measurement = _new(goal, actor, measured)
    measurement.full_clean()
    measurement.save(force_insert=True)
    recorded = events.MeasurementRecorded(**_facts(measurement))
    record(recorded, *_met(measurement), actor=actor)
    return measurement


@transaction.atomic
def correct(
    measurement: Measurement, *, actor: Actor, measured: Measured, reason: str
) -> Measurement:
    """Replace a measurement by a corrected one, with a reason; the earlier one stays readable."""
    measurement = (
        Measurement.objects.select_for_update(of=("self",))
        .select_related("goal")
        .get(id=measurement.id)
    )
    require(policies.may_correct(actor, measurement))
    if measurement.replaced_by_id:
        raise ValidationError(_("This measurement was already corrected."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why, in a few words.")})
    corrected = _new(measurement.goal, actor, measured)
    corrected.full_clean(validate_constraints=False)
    measurement.replaced_by_id = corrected.id
    corrected.goal_revision = measurement.goal_revision
    measurement.save(update_fields=["replaced_by"])
    corrected.save(force_insert=True)
    event = events.MeasurementCorrected(
        **_facts(corrected), replaces=measurement.id, reason=shreddable(reason.strip())
    )
    record(event, *_met(corrected), actor=actor)
    return corrected


def _new(goal: Goal, actor: Actor, measured: Measured) -> Measurement:
    if not goal.indicator_name:
        raise ValidationError(_("First say how this goal is measured."))
    if measured.measured_on > actor.now.date():
        raise ValidationError({"measured_on": _("Choose a day that has passed.")})
    return Measurement(
        goal=goal,
        goal_revision=goal.revision,
        place_codes=goal.place_codes,
        fresh_until=measured.measured_on + FRESH,
        recorded_by=party_of(actor),
        recorded_at=actor.now,
        **dataclasses.asdict(measured),
    )


def _met(measurement: Measurement) -> list[Event]:
    goal = measurement.goal
    if goal.target is None or goal.baseline_on is None:
        return []
    better = measurement.value >= goal.target
    if goal.direction == Direction.DOWN:
        better = measurement.value <= goal.target
    if not better or measurement.measured_on <= goal.baseline_on:
        return []
    met = events.GoalMet(
        goal=goal.id,
        goal_revision=goal.revision,
        measurement=measurement.id,
        value=measurement.value,
        target=goal.target,
        rests_on=(f"goal:{goal.id}", f"measurement:{measurement.id}"),
    )
    return [met]


def _facts(measurement: Measurement) -> dict[str, Any]:
    goal = measurement.goal
    return {
        "measurement": measurement.id,
        "indicator": goal.indicator,
        "goal": goal.id,
        "goal_revision": measurement.goal_revision,
        "places": list(measurement.place_codes),
        "edition": measurement.edition,
        "measured_on": measurement.measured_on,
        "value": measurement.value,
        "municipality": measurement.municipality,
        "country": measurement.country,
        "fresh_until": measurement.fresh_until,
        "source": measurement.source,
        "source_text": shreddable(measurement.source_text),
        "rests_on": (f"goal:{goal.id}",),
    }
