"""Recording and correcting measurements, and when a goal reads as reached."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from tests import make
from wijkverbond.decisions import services as decisions
from wijkverbond.decisions.models import Position
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.policy import Refused
from wijkverbond.results import goal_attainment, periods, services
from wijkverbond.results.models import Measurement
from wijkverbond.vision import services as visions
from wijkverbond.vision.models import Goal

pytestmark = pytest.mark.django_db


@pytest.fixture
def goal(world: make.World) -> Goal:
    """From 40 to 70 per cent, of the residents' group."""
    return make.goal(world.coalition, by=world.resident)


def is_reached(goal: Goal) -> bool:
    goal.refresh_from_db()
    newest = goal.measurements.filter(replaced_by=None).latest("measured_on")
    return goal_attainment.is_reached(goal, newest, goal.earlier.all())


def correct(
    measurement: Measurement, by: Actor, reason: str = "Verteld.", edition: str = ""
) -> Measurement:
    correction = Measurement(
        edition=edition or measurement.edition,
        measured_on=measurement.measured_on,
        value=Decimal(50),
        source="own",
        source_text="Opnieuw geteld",
    )
    return services.correct(measurement, actor=by, measured=correction, reason=reason)


def recorded_goals_met() -> int:
    return Entry.objects.filter(event="results.goal_met").count()


@pytest.mark.parametrize(("value", "expected"), [(69, False), (70, True), (71, True)])
def test_a_goal_is_reached_by_a_measured_value_only(
    goal: Goal, world: make.World, value: int, expected: bool
) -> None:
    make.measurement(goal, by=world.resident, value=value)
    assert (is_reached(goal), recorded_goals_met()) == (expected, int(expected))


def test_that_a_goal_is_reached_is_recorded_once_per_wording(goal: Goal, world: make.World) -> None:
    make.measurement(goal, by=world.resident, value=70)
    make.measurement(goal, by=world.resident, value=75, edition="2025-Q1")
    assert recorded_goals_met() == 1
    higher = make.changed(make.GOAL, target=Decimal(72))
    decision = visions.propose_goal_change(
        goal, actor=world.resident, wording=higher, reason="Het mag hoger."
    )
    for actor in world.parties:
        decisions.take_position(decision, actor=actor, wording=Position(stance="consent"))
    decisions.close(decision, actor=world.resident)
    goal.refresh_from_db()
    make.measurement(goal, by=world.resident, value=76, edition="2026-Q2")
    assert recorded_goals_met() == 2


def test_lower_is_better_where_the_goal_says_so(world: make.World) -> None:
    wording = make.changed(make.GOAL, direction="down", target=Decimal(20))
    goal = make.goal(world.coalition, by=world.resident, wording=wording)
    make.measurement(goal, by=world.resident, value=21)
    assert not is_reached(goal)
    make.measurement(goal, by=world.resident, value=20, edition="2025-Q1")
    assert recorded_goals_met() == 1


def test_a_value_before_the_baseline_reaches_no_goal(goal: Goal, world: make.World) -> None:
    make.measurement(goal, by=world.resident, value=90, measured_on=dt.date(2024, 1, 1))
    assert not is_reached(goal)


@pytest.mark.parametrize("change", [{"baseline": Decimal(10)}, {"target": Decimal(45)}])
def test_after_a_change_of_start_or_target_only_a_new_measurement_counts(
    goal: Goal, world: make.World, change: dict[str, Decimal]
) -> None:
    make.measurement(goal, by=world.resident, value=80)
    assert is_reached(goal)
    wording = make.changed(make.GOAL, **change)
    decision = visions.propose_goal_change(
        goal, actor=world.resident, wording=wording, reason="Anders geteld."
    )
    for actor in world.parties:
        decisions.take_position(decision, actor=actor, wording=Position(stance="consent"))
    decisions.close(decision, actor=world.resident)
    assert not is_reached(goal)
    goal.refresh_from_db()
    newest = make.measurement(goal, by=world.resident, value=80, edition="2026-Q2")
    assert goal_attainment.is_reached(goal, newest, goal.earlier.all())


def test_a_corrected_measurement_stays_readable_with_the_reason(
    goal: Goal, world: make.World
) -> None:
    first = make.measurement(goal, by=world.resident, value=80)
    correct(first, world.resident, "Dubbel geteld.")
    first.refresh_from_db()
    assert (first.value, first.reason) == (Decimal(80), "Dubbel geteld.")
    assert first.replaced_by
    assert (first.replaced_by.value, is_reached(goal)) == (Decimal(50), False)
    entry = Entry.objects.get(event="results.measurement_corrected")
    assert (entry.facts["replaces"], entry.facts["value"]) == (str(first.id), "50")
    for edition in (first.edition, "2020"):
        with pytest.raises(ValidationError):
            correct(first, world.resident, edition=edition)


def test_only_who_recorded_it_corrects_it_and_says_why(goal: Goal, world: make.World) -> None:
    first = make.measurement(goal, by=world.shopkeeper)
    with pytest.raises(Refused):
        correct(first, world.resident)
    with pytest.raises(ValidationError) as refused:
        correct(first, world.shopkeeper, " ")
    assert "reason" in refused.value.message_dict


def test_a_correction_does_not_move_onto_another_period_that_is_measured(
    goal: Goal, world: make.World
) -> None:
    make.measurement(goal, by=world.resident, edition="2024")
    second = make.measurement(goal, by=world.resident, edition="2025")
    with pytest.raises(ValidationError) as refused:
        correct(second, world.resident, edition="2024")
    assert "year" in refused.value.message_dict


def test_a_period_is_measured_once(goal: Goal, world: make.World) -> None:
    make.measurement(goal, by=world.resident)
    with pytest.raises(ValidationError):
        make.measurement(goal, by=world.shopkeeper)
    assert Entry.objects.filter(event="results.measurement_recorded").count() == 1


@pytest.mark.parametrize(
    "more",
    [{"measured_on": dt.date(9999, 12, 31)}, {"source": "official"}, {"source_text": ""}],
)
def test_an_impossible_measurement_is_refused(
    goal: Goal, world: make.World, more: dict[str, object]
) -> None:
    with pytest.raises(ValidationError) as refused:
        make.measurement(goal, by=world.resident, **more)
    assert set(refused.value.message_dict) == set(more)


@pytest.mark.parametrize("edition", ["de zomer", "2025-13", "", "0000"])
def test_a_period_is_a_year_or_a_part_of_it(goal: Goal, world: make.World, edition: str) -> None:
    with pytest.raises(ValidationError) as refused:
        make.measurement(goal, by=world.resident, edition=edition)
    assert set(refused.value.message_dict) == {"year"}


def test_a_goal_without_a_measure_or_that_was_dropped_is_not_measured(world: make.World) -> None:
    bare = make.changed(make.GOAL, indicator_name="")
    with pytest.raises(ValidationError):
        make.measurement(make.goal(world.coalition, wording=bare), by=world.resident)
    dropped = make.goal(world.coalition)
    Goal.objects.filter(id=dropped.id).update(dropped_at=world.resident.now)
    with pytest.raises(ValidationError):
        make.measurement(dropped, by=world.resident)


@pytest.mark.parametrize("edition", ["2025", "2025-Q3", "2025-11"])
def test_a_period_is_read_back_as_it_was_chosen(edition: str) -> None:
    year, part = periods.split(edition)
    assert year
    assert periods.code(year, part) == edition
