"""What people do with measurements: recording, taking over an official figure, correcting."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wijkverbond.coalition.queries import party_of
from wijkverbond.kernel import journal_queries, shared_fields
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import Event, shreddable
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.text_input import check_reason
from wijkverbond.results import events, goal_attainment, official_figures, periods, policies
from wijkverbond.results.models import MeasuredValue, Measurement
from wijkverbond.vision.models import Goal

FRESH_FOR = dt.timedelta(days=550)


@transaction.atomic
def measure(goal: Goal, *, actor: Actor, measured: MeasuredValue) -> Measurement:
    """Record a measurement (`measured`, unsaved). Reaching the target is worked out from it, never typed in."""
    goal = _locked(goal)
    require(policies.may_measure(actor, goal))
    _check_own(measured)
    return _store(_new_measurement(goal, actor, measured), actor)


@transaction.atomic
def adopt(goal: Goal, *, actor: Actor) -> Measurement:
    """Take over the newest official figure of the goal's places, with its reference line."""
    goal = _locked(goal)
    require(policies.may_measure(actor, goal))
    today = actor.today
    editions = Measurement.objects.filter(goal=goal, replaced_by=None).values_list(
        "edition", flat=True
    )
    offer = official_figures.offer(
        goal, official_figures.profile_of(goal), today=today, taken=set(editions)
    )
    definition = official_figures.definition_of(goal)
    if not offer.edition or not definition:
        raise ValidationError(offer.why_not)
    edition = offer.edition
    measured = Measurement(
        edition=str(edition.year),
        measured_on=edition.measured_on(today),
        value=edition.value,
        municipality=edition.municipality,
        country=edition.country,
        source=Measurement.Source.OFFICIAL,
        source_text=str(definition.source),
    )
    figures = [f"figure:{code}/{edition.year}/{goal.figure}" for code in goal.place_codes]
    return _store(_new_measurement(goal, actor, measured), actor, figures)


@transaction.atomic
def correct(
    measurement: Measurement, *, actor: Actor, measured: MeasuredValue, reason: str
) -> Measurement:
    """Replace a measurement by a corrected one, with a reason; the earlier one stays readable."""
    goal = _locked(measurement.goal)
    measurement = Measurement.objects.select_for_update(of=("self",), no_key=True).get(
        id=measurement.id
    )
    require(policies.may_correct(actor, measurement))
    if measurement.replaced_by_id:
        raise ValidationError(_("This measurement was already corrected."))
    _check_own(measured)
    check_reason(reason)
    corrected = _new_measurement(goal, actor, measured)
    corrected.goal_revision = measurement.goal_revision
    corrected.full_clean(validate_constraints=False)
    _check_free(corrected, besides=measurement)
    measurement.replaced_by_id = corrected.id
    measurement.reason = reason.strip()
    measurement.full_clean(validate_constraints=False, exclude=["replaced_by"])
    measurement.save(update_fields=["replaced_by", "reason"])
    corrected.save(force_insert=True)
    event = events.MeasurementCorrected(
        **_facts(corrected), replaces=measurement.id, reason=shreddable(measurement.reason)
    )
    record(event, *_goal_met(corrected), actor=actor)
    return corrected


def _locked(goal: Goal) -> Goal:
    goals = Goal.objects.select_for_update(of=("self",), no_key=True).select_related("coalition")
    return goals.get(id=goal.id)


def _store(measurement: Measurement, actor: Actor, figures: Sequence[str] = ()) -> Measurement:
    measurement.full_clean()
    measurement.save(force_insert=True)
    recorded = events.MeasurementRecorded(**_facts(measurement, figures))
    record(recorded, *_goal_met(measurement), actor=actor)
    return measurement


def _new_measurement(goal: Goal, actor: Actor, measured: MeasuredValue) -> Measurement:
    if not goal.stands:
        raise ValidationError(_("This goal was dropped."))
    if not goal.indicator_name:
        raise ValidationError(_("First say how this goal is measured."))
    if measured.measured_on > actor.today:
        raise ValidationError({"measured_on": _("Choose a day that has passed.")})
    begins = periods.begins(measured.edition)
    if not begins:
        raise ValidationError({"year": _("Choose a year, or a part of one.")})
    if begins > measured.measured_on:
        raise ValidationError({"year": _("This year or period had not begun on that day.")})
    return Measurement(
        goal=goal,
        goal_revision=goal.revision,
        place_codes=goal.place_codes,
        fresh_until=measured.measured_on + FRESH_FOR,
        recorded_by=party_of(actor),
        recorded_at=actor.now,
        **shared_fields.values(measured, MeasuredValue),
    )


def _check_own(measured: MeasuredValue) -> None:
    if measured.source == Measurement.Source.OFFICIAL:
        raise ValidationError({"source": _("An official figure is taken over, not typed in.")})


def _check_free(corrected: Measurement, *, besides: Measurement) -> None:
    current_measurements = Measurement.objects.filter(
        goal=corrected.goal, edition=corrected.edition, replaced_by=None
    )
    if current_measurements.exclude(id=besides.id).exists():
        raise ValidationError({"year": _("This year or period is already measured.")})


def _goal_met(measurement: Measurement) -> list[Event]:
    goal = measurement.goal
    if goal.target is None or not goal_attainment.is_reached(goal, measurement, goal.earlier.all()):
        return []
    earlier = journal_queries.entries(goal.coalition_id).filter(
        event="results.goal_met", facts__goal=str(goal.id), facts__goal_revision=goal.revision
    )
    if earlier.exists():
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


def _facts(measurement: Measurement, figures: Sequence[str] = ()) -> dict[str, Any]:
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
        "rests_on": (*figures, f"goal:{goal.id}"),
    }
