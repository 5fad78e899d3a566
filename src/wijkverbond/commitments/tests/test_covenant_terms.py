"""What time does to a covenant: the yearly check, its end, and the successor that renews it."""

import dataclasses
import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from tests import make
from wijkverbond.commitments import presenters, queries, tasks
from wijkverbond.commitments.services import covenants
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import Refused

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def later(actor: Actor, day: dt.date) -> Actor:
    """The same person at noon on another day."""
    return dataclasses.replace(actor, now=dt.datetime.combine(day, dt.time(11), dt.UTC))


def test_the_yearly_check_is_held_once_on_its_day(world: make.World) -> None:
    covenant, due = make_commitments.in_force(world), dt.date(2028, 1, 1)
    check = covenants.hold_yearly_check(
        covenant, actor=later(world.resident, due), due=due, conclusion="Het ging goed."
    )
    assert check.held_on == due
    (facts,) = make_commitments.recorded(covenant, "yearly_check_held")
    assert (facts["due"], facts["held"]) == ("2028-01-01", "2028-01-01")
    with pytest.raises(ValidationError, match="al vastgelegd"):
        covenants.hold_yearly_check(
            covenant, actor=later(world.shopkeeper, due), due=due, conclusion="Nog een keer."
        )


@pytest.mark.parametrize("due", [dt.date(2028, 1, 2), dt.date(2029, 1, 1), dt.date(2031, 1, 1)])
def test_a_yearly_check_that_is_not_due_is_refused(world: make.World, due: dt.date) -> None:
    actor = later(world.resident, dt.date(2028, 6, 1))
    with pytest.raises(ValidationError) as refused:
        covenants.hold_yearly_check(
            make_commitments.in_force(world), actor=actor, due=due, conclusion="Goed."
        )
    assert list(refused.value.message_dict) == ["due"]


def test_no_yearly_check_before_a_covenant_is_in_force(world: make.World) -> None:
    due = dt.date(2028, 1, 1)
    with pytest.raises(ValidationError, match="geldt niet"):
        covenants.hold_yearly_check(
            make_commitments.opened(world),
            actor=later(world.resident, due),
            due=due,
            conclusion="Goed.",
        )


def test_government_does_not_hold_the_yearly_check(world: make.World) -> None:
    due = dt.date(2028, 1, 1)
    with pytest.raises(Refused, match="leggen de terugblik vast"):
        covenants.hold_yearly_check(
            make_commitments.in_force(world),
            actor=later(world.municipality, due),
            due=due,
            conclusion="x",
        )


def test_the_end_of_a_covenant_is_announced_once_six_months_before(world: make.World) -> None:
    covenant = make_commitments.in_force(world)
    for day in (dt.date(2030, 6, 30), dt.date(2030, 7, 1), dt.date(2030, 7, 2)):
        covenants.keep_time(covenant, actor=make_commitments.clock_on(day))
        assert len(make_commitments.recorded(covenant, "renewal_due")) == int(
            day >= dt.date(2030, 7, 1)
        )


def test_a_covenant_ends_the_day_after_its_last_day(world: make.World) -> None:
    covenant = make_commitments.in_force(world)
    assert (
        covenants.keep_time(covenant, actor=make_commitments.clock_on(make_commitments.ENDS)).state
        == "in_force"
    )
    assert (
        covenants.keep_time(covenant, actor=make_commitments.clock_on(dt.date(2031, 1, 1))).state
        == "ended"
    )
    assert len(make_commitments.recorded(covenant, "covenant_ended")) == 1
    with pytest.raises(Refused, match="vervangen of geëindigd"):
        make_commitments.sign(covenant, world.resident)


def test_a_successor_in_force_renews_its_predecessor(world: make.World) -> None:
    first = make_commitments.in_force(world)
    second = make_commitments.in_force(world, pledges=[make_commitments.pledge(world)])
    first.refresh_from_db()
    assert (first.state, second.state) == ("renewed", "in_force")
    assert second.predecessor == first
    (facts,) = make_commitments.recorded(second, "covenant_renewed")
    assert (facts["covenant"], facts["successor"]) == (str(first.id), str(second.id))


def test_a_successor_waits_for_its_first_day_while_the_predecessor_runs(world: make.World) -> None:
    today = world.resident.today
    first = make_commitments.in_force(world, starts=today, ends=today + 100 * DAY)
    begins = today + 101 * DAY
    pledges = [make_commitments.pledge(world)]
    second = make_commitments.in_force(
        world, starts=begins, ends=begins + 1000 * DAY, pledges=pledges
    )
    first.refresh_from_db()
    assert (first.state, second.state) == ("in_force", "signing")
    (waiting,) = [covenant for covenant in queries.covenants(world.coalition) if covenant == second]
    assert presenters.covenant_page(waiting, [], today).waits_for_its_start
    assert (
        covenants.keep_time(second, actor=make_commitments.clock_on(begins - DAY)).state
        == "signing"
    )
    assert covenants.keep_time(second, actor=make_commitments.clock_on(begins)).state == "in_force"
    first.refresh_from_db()
    assert first.state == "renewed"
    (facts,) = make_commitments.recorded(second, "covenant_renewed")
    assert (facts["covenant"], facts["successor"]) == (str(first.id), str(second.id))


def test_the_daily_task_keeps_the_time_of_every_covenant(world: make.World) -> None:
    covenant = make_commitments.opened(world)
    for actor in (world.resident, world.shopkeeper):
        covenant = make_commitments.sign(covenant, actor)
    left = world.coalition.parties.filter(id=str(world.corporation.party))
    left.update(left_at=world.corporation.now, left_reason="Wij stoppen.")
    assert covenant.state == "signing"
    tasks.keep_time(0)
    covenant.refresh_from_db()
    assert covenant.state == "in_force"
    assert len(make_commitments.recorded(covenant, "covenant_in_force")) == 1
