"""Goals: how they are set, changed and dropped."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from tests import make
from wijkverbond.decisions import services as decisions
from wijkverbond.decisions.models import Position, Stance
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.policy import Refused
from wijkverbond.vision import presenters, services
from wijkverbond.vision.models import Goal, GoalText
from wijkverbond.vision.tests import make as make_visions

pytestmark = pytest.mark.django_db


def test_a_goal_lists_its_gaps(world: make.World) -> None:
    vague = make.goal(world.coalition, wording=Goal(sentence="Het wordt beter"))
    assert len(presenters.gaps(vague)) == 4
    assert presenters.gaps(make.goal(world.coalition)) == []


def test_a_goal_is_due_after_its_first_measurement(world: make.World) -> None:
    early = make.changed(make.GOAL, due=make.GOAL.baseline_on)
    with pytest.raises(ValidationError):
        make.goal(world.coalition, wording=early)
    goal = make.goal(world.coalition)
    with pytest.raises(ValidationError):
        services.propose_goal_change(goal, actor=world.resident, reason="Eerder.", wording=early)


def test_a_changed_goal_keeps_the_old_words_and_reopens_the_benefits(world: make.World) -> None:
    goal = make.goal(world.coalition, by=world.resident)
    benefit = make_visions.confirmed_benefit(goal, world.shopkeeper)
    decision = services.propose_goal_change(
        goal, actor=world.resident, reason="Het gaat hard.", wording=make_visions.FURTHER
    )
    assert make_visions.benefit_cell(goal, world.shopkeeper).state == "confirmed"
    make.carry(decision, world)
    goal.refresh_from_db()
    assert (goal.target, goal.revision) == (Decimal(80), 2)
    assert (goal.earlier.get().target, goal.earlier.get().reason) == (Decimal(70), "Het gaat hard.")
    assert make_visions.benefit_cell(goal, world.shopkeeper).state == "asked"
    benefit.refresh_from_db()
    assert (benefit.confirmed_at, benefit.confirmed_revision) == (None, None)
    assert [fact["benefit"] for fact in make_visions.recorded(world, "benefit_reopened")] == [
        str(benefit.id)
    ]
    services.confirm_benefit(benefit, actor=world.shopkeeper)
    assert make_visions.benefit_cell(goal, world.shopkeeper).state == "confirmed"


@pytest.mark.parametrize("wording", [make_visions.FURTHER, None])
def test_changing_or_dropping_a_goal_needs_a_reason(
    world: make.World, wording: GoalText | None
) -> None:
    goal = make.goal(world.coalition, by=world.resident)
    with pytest.raises(ValidationError) as refused:
        services.propose_goal_change(goal, actor=world.resident, reason="  ", wording=wording)
    assert set(refused.value.message_dict) == {"reason"}


def test_a_goal_answers_an_urgency_of_its_own_coalition(world: make.World) -> None:
    elsewhere = make.urgency(make.conversation(make.coalition()))
    with pytest.raises(ValidationError) as refused:
        make.goal(world.coalition, by=world.resident, urgency=elsewhere)
    assert set(refused.value.message_dict) == {"urgency"}


def test_an_adapted_change_is_carried_as_adapted(world: make.World) -> None:
    goal = make.goal(world.coalition, by=world.resident)
    decision = services.propose_goal_change(
        goal, actor=world.resident, reason="Verder.", wording=make_visions.FURTHER
    )
    for actor in world.parties:
        decisions.take_position(decision, actor=actor, wording=Position(stance=Stance.CONSENT))
    nearer = make.changed(make_visions.FURTHER, sentence="Iedereen loopt", target=Decimal(75))
    adapted = services.adapt_goal_change(
        goal.changes.get(), actor=world.resident, reason="Iets minder ver.", wording=nearer
    )
    assert "75" in adapted.proposal
    asked_again = Entry.objects.get(event="decisions.adapted").facts["asked_again"]
    assert len(asked_again) == len(world.parties)
    with pytest.raises(ValidationError):
        decisions.close(adapted, actor=world.resident)
    make.carry(adapted, world)
    goal.refresh_from_db()
    assert (goal.sentence, goal.target, goal.revision) == ("Iedereen loopt", Decimal(75), 2)
    assert goal.earlier.get().reason == "Iets minder ver."
    assert make_visions.recorded(world, "goal_changed")[0]["target"] == "75.00"


def test_a_change_of_a_goal_is_not_adapted_by_its_text_alone(world: make.World) -> None:
    goal = make.goal(world.coalition, by=world.resident)
    decision = services.propose_goal_change(
        goal, actor=world.resident, reason="Verder.", wording=make_visions.FURTHER
    )
    with pytest.raises(ValidationError) as refused:
        decisions.adapt(decision, actor=world.resident, text="Toch anders.")
    assert "text" in refused.value.message_dict
    decision.refresh_from_db()
    assert decision.revision == 1


def test_only_the_owner_adapts_its_proposal_while_it_is_open_and_at_most_twice(
    world: make.World,
) -> None:
    goal = make.goal(world.coalition, by=world.resident)
    decision = services.propose_goal_change(goal, actor=world.resident, reason="Bereikt.")
    change = goal.changes.get()
    with pytest.raises(Refused):
        services.adapt_goal_change(change, actor=world.shopkeeper, reason="Niet zo.")
    for reason in ("Bijna bereikt.", "Nu bereikt."):
        decision = services.adapt_goal_change(change, actor=world.resident, reason=reason)
    assert decision.proposal.endswith("Nu bereikt.")
    with pytest.raises(ValidationError):
        services.adapt_goal_change(change, actor=world.resident, reason="Nog eens.")
    change.refresh_from_db()
    assert change.reason == "Nu bereikt."
    make.carry(decision, world)
    goal.refresh_from_db()
    assert goal.dropped_at
    with pytest.raises(Refused):
        services.adapt_goal_change(change, actor=world.resident, reason="Te laat.")


def test_one_change_of_a_goal_at_a_time(world: make.World) -> None:
    goal = make.goal(world.coalition, by=world.resident)
    services.propose_goal_change(
        goal, actor=world.resident, reason="Verder.", wording=make_visions.FURTHER
    )
    with pytest.raises(ValidationError):
        services.propose_goal_change(goal, actor=world.resident, reason="Toch niet.")


def test_a_dropped_goal_is_finished(world: make.World) -> None:
    goal = make.goal(world.coalition, by=world.resident)
    decision = services.propose_goal_change(goal, actor=world.resident, reason="Bereikt.")
    make.carry(decision, world)
    goal.refresh_from_db()
    assert goal.dropped_at
    with pytest.raises(ValidationError):
        services.propose_goal_change(goal, actor=world.resident, reason="Nog eens.")
    with pytest.raises(ValidationError):
        make_visions.confirmed_benefit(goal, world.shopkeeper)


def test_a_change_that_was_not_carried_leaves_the_goal_as_it_is(world: make.World) -> None:
    goal = make.goal(world.coalition, by=world.resident)
    decision = services.propose_goal_change(
        goal, actor=world.resident, reason="Verder.", wording=make_visions.FURTHER
    )
    decisions.withdraw(decision, actor=world.resident)
    goal.refresh_from_db()
    assert (goal.revision, goal.changes.get().settled_at is None) == (1, False)
