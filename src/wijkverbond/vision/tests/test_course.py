"""Vision, goals and benefits: from a first draft to what each party confirms."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from tests import make
from wijkverbond.coalition.queries import party_of
from wijkverbond.decisions import services as decisions
from wijkverbond.decisions.models import Decision, Stance
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.policy import Refused
from wijkverbond.vision import presenters, queries, services
from wijkverbond.vision.models import Benefit, Goal, GoalText, VisionVersion

pytestmark = pytest.mark.django_db

FURTHER = make.changed(make.WORDING, target=Decimal(80))


def carried(decision: Decision, world: make.World) -> None:
    for actor in world.parties:
        decisions.take_position(decision, actor=actor, stance=Stance.CONSENT)
    decisions.close(decision, actor=world.resident)


def adopted(world: make.World, body: str = make.VISION, reason: str = "") -> VisionVersion:
    version = make.version(world.coalition, by=world.resident, body=body, reason=reason)
    carried(services.propose_version(version, actor=world.resident), world)
    version.refresh_from_db()
    return version


def confirmed(goal: Goal, actor: Actor) -> Benefit:
    benefit = make.benefit(goal, party_of(actor), by=actor)
    services.confirm_benefit(benefit, actor=actor)
    benefit.refresh_from_db()
    return benefit


def cell(goal: Goal, actor: Actor) -> presenters.BenefitCell:
    goal.refresh_from_db()
    return presenters.benefit_matrix([party_of(actor)], [goal], queries.benefits([goal]))[0].cells[
        0
    ]


def recorded(world: make.World, name: str) -> list[dict[str, object]]:
    entries = Entry.objects.filter(stream=world.coalition.id, event=f"vision.{name}").order_by(
        "seq"
    )
    return list(entries.values_list("facts", flat=True))


def test_adopting_a_version_replaces_the_one_before_and_keeps_it_readable(
    world: make.World,
) -> None:
    first = adopted(world, "Oude woorden.")
    second = adopted(world, "Nieuwe woorden.", "De avond ontbrak.")
    first.refresh_from_db()
    assert (first.state, first.body) == ("replaced", "Oude woorden.")
    assert (second.state, second.body, second.previous) == ("adopted", "Nieuwe woorden.", first)
    assert [fact["number"] for fact in recorded(world, "version_adopted")] == [1, 2]


def test_what_is_adopted_is_the_text_as_it_was_adapted(world: make.World) -> None:
    version = make.version(world.coalition, by=world.resident, body="Eerst.")
    decision = services.propose_version(version, actor=world.resident)
    carried(decisions.adapt(decision, actor=world.resident, text="Beter."), world)
    version.refresh_from_db()
    assert version.body == "Beter."


def test_a_version_that_was_brought_forward_is_not_changed(world: make.World) -> None:
    version = make.version(world.coalition, by=world.resident)
    services.propose_version(version, actor=world.resident)
    with pytest.raises(Refused):
        services.write_version(
            world.coalition,
            actor=world.resident,
            version=version,
            body="Toch anders.",
            horizon=version.horizon,
        )
    with pytest.raises(Refused):
        services.propose_version(version, actor=world.resident)


def test_a_next_version_says_why(world: make.World) -> None:
    adopted(world)
    with pytest.raises(ValidationError) as refused:
        make.version(world.coalition, by=world.resident)
    assert "reason" in refused.value.message_dict


def test_a_draft_from_before_differs_from_the_vision_that_it_replaces(world: make.World) -> None:
    without_why = make.version(world.coalition, by=world.shopkeeper)
    draft = make.version(world.coalition, by=world.corporation, reason="De avond ontbrak.")
    first = adopted(world, "Oude woorden.")
    with pytest.raises(ValidationError) as refused:
        services.propose_version(without_why, actor=world.shopkeeper)
    assert "reason" in refused.value.message_dict
    decision = services.propose_version(draft, actor=world.corporation)
    second = adopted(world, "Nieuwe woorden.", "Ook de ochtend.")
    assert second.previous == first
    for actor in world.parties:
        decisions.take_position(decision, actor=actor, stance=Stance.CONSENT)
    decisions.close(decision, actor=world.corporation)
    draft.refresh_from_db()
    assert (draft.state, draft.previous) == ("adopted", second)


def test_a_proposed_change_gets_one_outcome_with_a_reason(world: make.World) -> None:
    version = make.version(world.coalition, by=world.resident)
    amendment = make.amendment(version, by=world.municipality)
    with pytest.raises(ValidationError):
        services.settle_amendment(amendment, actor=world.resident, outcome="not", reason=" ")
    services.settle_amendment(amendment, actor=world.resident, outcome="partly", reason="Deels.")
    with pytest.raises(ValidationError):
        services.settle_amendment(amendment, actor=world.resident, outcome="not", reason="Nee.")
    assert [fact["outcome"] for fact in recorded(world, "amendment_settled")] == ["partly"]


def test_a_version_that_stands_takes_no_changes(world: make.World) -> None:
    with pytest.raises(ValidationError):
        make.amendment(adopted(world), by=world.shopkeeper)


def test_government_sets_no_goal_and_writes_no_vision(world: make.World) -> None:
    with pytest.raises(Refused):
        make.goal(world.coalition, by=world.municipality)
    with pytest.raises(Refused):
        make.version(world.coalition, by=world.municipality)


def test_a_goal_names_its_gaps(world: make.World) -> None:
    vague = make.goal(world.coalition, wording=Goal(sentence="Het wordt beter"))
    assert len(presenters.gaps(vague)) == 4
    assert presenters.gaps(make.goal(world.coalition)) == []


def test_a_goal_is_due_after_its_first_measurement(world: make.World) -> None:
    early = make.changed(make.WORDING, due=make.WORDING.baseline_on)
    with pytest.raises(ValidationError):
        make.goal(world.coalition, wording=early)
    goal = make.goal(world.coalition)
    with pytest.raises(ValidationError):
        services.propose_goal_change(goal, actor=world.resident, reason="Eerder.", wording=early)


def test_a_changed_goal_keeps_the_old_words_and_reopens_the_benefits(world: make.World) -> None:
    goal = make.goal(world.coalition, by=world.resident)
    benefit = confirmed(goal, world.shopkeeper)
    decision = services.propose_goal_change(
        goal, actor=world.resident, reason="Het gaat hard.", wording=FURTHER
    )
    assert cell(goal, world.shopkeeper).state == "confirmed"
    carried(decision, world)
    goal.refresh_from_db()
    assert (goal.target, goal.revision) == (Decimal(80), 2)
    assert (goal.earlier.get().target, goal.earlier.get().reason) == (Decimal(70), "Het gaat hard.")
    assert cell(goal, world.shopkeeper).state == "asked"
    benefit.refresh_from_db()
    assert (benefit.confirmed_at, benefit.confirmed_revision) == (None, None)
    assert [fact["benefit"] for fact in recorded(world, "benefit_reopened")] == [str(benefit.id)]
    services.confirm_benefit(benefit, actor=world.shopkeeper)
    assert cell(goal, world.shopkeeper).state == "confirmed"


@pytest.mark.parametrize("wording", [FURTHER, None])
def test_who_changes_or_drops_a_goal_says_why(world: make.World, wording: GoalText | None) -> None:
    goal = make.goal(world.coalition, by=world.resident)
    with pytest.raises(ValidationError) as refused:
        services.propose_goal_change(goal, actor=world.resident, reason="  ", wording=wording)
    assert set(refused.value.message_dict) == {"reason"}


def test_a_goal_answers_an_urgency_of_its_own_coalition(world: make.World) -> None:
    elsewhere = make.urgency(make.conversation(make.coalition()))
    with pytest.raises(ValidationError) as refused:
        make.goal(world.coalition, by=world.resident, urgency=elsewhere)
    assert set(refused.value.message_dict) == {"urgency"}


def test_what_is_carried_is_the_change_as_it_was_adapted(world: make.World) -> None:
    goal = make.goal(world.coalition, by=world.resident)
    decision = services.propose_goal_change(
        goal, actor=world.resident, reason="Verder.", wording=FURTHER
    )
    for actor in world.parties:
        decisions.take_position(decision, actor=actor, stance=Stance.CONSENT)
    nearer = make.changed(FURTHER, sentence="Iedereen loopt", target=Decimal(75))
    adapted = services.adapt_goal_change(
        goal.changes.get(), actor=world.resident, reason="Iets minder ver.", wording=nearer
    )
    assert "75" in adapted.proposal
    asked_again = Entry.objects.get(event="decisions.adapted").facts["asked_again"]
    assert len(asked_again) == len(world.parties)
    with pytest.raises(ValidationError):
        decisions.close(adapted, actor=world.resident)
    carried(adapted, world)
    goal.refresh_from_db()
    assert (goal.sentence, goal.target, goal.revision) == ("Iedereen loopt", Decimal(75), 2)
    assert goal.earlier.get().reason == "Iets minder ver."
    assert recorded(world, "goal_changed")[0]["target"] == "75.00"


def test_a_change_of_a_goal_is_not_adapted_by_its_text_alone(world: make.World) -> None:
    goal = make.goal(world.coalition, by=world.resident)
    decision = services.propose_goal_change(
        goal, actor=world.resident, reason="Verder.", wording=FURTHER
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
    carried(decision, world)
    goal.refresh_from_db()
    assert goal.dropped_at
    with pytest.raises(Refused):
        services.adapt_goal_change(change, actor=world.resident, reason="Te laat.")


def test_one_change_of_a_goal_at_a_time(world: make.World) -> None:
    goal = make.goal(world.coalition, by=world.resident)
    services.propose_goal_change(goal, actor=world.resident, reason="Verder.", wording=FURTHER)
    with pytest.raises(ValidationError):
        services.propose_goal_change(goal, actor=world.resident, reason="Toch niet.")


def test_a_dropped_goal_is_finished(world: make.World) -> None:
    goal = make.goal(world.coalition, by=world.resident)
    decision = services.propose_goal_change(goal, actor=world.resident, reason="Bereikt.")
    carried(decision, world)
    goal.refresh_from_db()
    assert goal.dropped_at
    with pytest.raises(ValidationError):
        services.propose_goal_change(goal, actor=world.resident, reason="Nog eens.")
    with pytest.raises(ValidationError):
        confirmed(goal, world.shopkeeper)


def test_a_change_that_was_not_carried_leaves_the_goal_as_it_is(world: make.World) -> None:
    goal = make.goal(world.coalition, by=world.resident)
    decision = services.propose_goal_change(
        goal, actor=world.resident, reason="Verder.", wording=FURTHER
    )
    decisions.withdraw(decision, actor=world.resident)
    goal.refresh_from_db()
    assert (goal.revision, goal.changes.get().settled_at is None) == (1, False)


def test_what_another_party_writes_is_only_a_suggestion(world: make.World) -> None:
    goal = make.goal(world.coalition)
    shopkeepers = party_of(world.shopkeeper)
    benefit = make.benefit(goal, shopkeepers, by=world.municipality)
    assert cell(goal, world.shopkeeper).state == "suggestion"
    assert recorded(world, "benefit_stated")[0]["stated_by"] == "another"
    services.confirm_benefit(benefit, actor=world.shopkeeper)
    assert cell(goal, world.shopkeeper).state == "confirmed"


@pytest.mark.parametrize("other", ["resident", "municipality"])
def test_a_confirmed_suggestion_is_not_overwritten_by_another_party(
    world: make.World, other: str
) -> None:
    goal = make.goal(world.coalition)
    shopkeepers = party_of(world.shopkeeper)
    benefit = make.benefit(goal, shopkeepers, by=world.municipality)
    services.confirm_benefit(benefit, actor=world.shopkeeper)
    with pytest.raises(ValidationError):
        make.benefit(goal, shopkeepers, by=getattr(world, other), own="Heel veel.")
    assert cell(goal, world.shopkeeper).state == "confirmed"


def test_own_words_are_not_overwritten_by_another_party(world: make.World) -> None:
    goal = make.goal(world.coalition)
    benefit = confirmed(goal, world.shopkeeper)
    with pytest.raises(ValidationError):
        make.benefit(goal, benefit.party, by=world.resident, own="Heel veel.")
    benefit.refresh_from_db()
    assert benefit.own == "Minder te laat."


Deed = Callable[..., None]


@pytest.mark.parametrize("deed", [services.confirm_benefit, services.withdraw_benefit])
def test_only_the_party_itself_confirms_and_takes_back(world: make.World, deed: Deed) -> None:
    goal = make.goal(world.coalition)
    shopkeepers = party_of(world.shopkeeper)
    benefit = make.benefit(goal, shopkeepers, by=world.shopkeeper)
    for other in (world.resident, world.corporation, world.municipality, world.coordinator):
        with pytest.raises(Refused):
            deed(benefit, actor=other)
    deed(benefit, actor=world.shopkeeper)
    with pytest.raises(ValidationError):
        deed(benefit, actor=world.shopkeeper)


def test_what_was_taken_back_is_gone_and_can_be_written_anew(world: make.World) -> None:
    goal = make.goal(world.coalition)
    services.withdraw_benefit(confirmed(goal, world.shopkeeper), actor=world.shopkeeper)
    assert cell(goal, world.shopkeeper).state == "none"
    confirmed(goal, world.shopkeeper)
    assert cell(goal, world.shopkeeper).state == "confirmed"
