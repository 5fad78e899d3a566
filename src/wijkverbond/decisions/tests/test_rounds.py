"""A proposal from beginning to end."""

import datetime as dt
import threading
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from tests import make
from wijkverbond.coalition import services as coalitions
from wijkverbond.coalition.queries import party_of
from wijkverbond.decisions import services
from wijkverbond.decisions.models import Decision, Position, Resolution, Stance, State, Via
from wijkverbond.decisions.round_status import round_status
from wijkverbond.kernel import actor as actors
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.policy import Refused
from wijkverbond.kernel.registry import DECISION_TYPES, DecisionType

pytestmark = pytest.mark.django_db

CARRIED: list[uuid.UUID] = []
COUNTED = DECISION_TYPES.declare(
    DecisionType(
        name="tests-counted",
        title="Counted",
        propose_at="decisions:propose",
        on_carried=lambda subject, actor: CARRIED.append(subject) or [],  # type: ignore[func-returns-value]
    )
)


def everyone_consents(decision: Decision, world: make.World) -> None:
    for actor in world.parties:
        services.take_position(decision, actor=actor, wording=Position(stance=Stance.CONSENT))


def events(decision: Decision) -> list[str]:
    entries = Entry.objects.filter(stream=decision.coalition_id, event__startswith="decisions.")
    return list(entries.order_by("seq").values_list("event", flat=True))


def test_what_everyone_agrees_to_is_carried_and_recorded(world: make.World) -> None:
    decision = make.decision(world.coalition)
    everyone_consents(decision, world)
    closed = services.close(decision, actor=world.resident)
    assert closed.state == State.CARRIED
    assert events(decision)[-1] == "decisions.closed"
    facts = Entry.objects.get(event="decisions.closed").facts
    assert facts["outcome"] == "carried"
    assert facts["consented"] == {
        "residents": 1, "entrepreneurs": 1, "civil_society": 1, "government": 1,
    }  # fmt: skip


def test_it_closes_early_only_when_every_society_party_has_answered(world: make.World) -> None:
    decision = make.decision(world.coalition)
    services.take_position(decision, actor=world.resident, wording=Position(stance=Stance.CONSENT))
    with pytest.raises(ValidationError):
        services.close(decision, actor=world.resident)
    for actor in (world.shopkeeper, world.corporation):
        services.take_position(decision, actor=actor, wording=Position(stance=Stance.CONSENT))
    assert services.close(decision, actor=world.resident).state == State.CARRIED


def test_on_its_day_the_clock_closes_it_and_names_who_was_silent(world: make.World) -> None:
    decision = make.decision(world.coalition)
    services.take_position(decision, actor=world.resident, wording=Position(stance=Stance.CONSENT))
    closed = make.closed_by_the_clock(decision)
    assert closed.state == State.NOT_CARRIED
    assert set(closed.silent.values_list("id", flat=True)) == {
        world.shopkeeper.party, world.corporation.party, world.municipality.party,
    }  # fmt: skip


def test_the_clock_does_not_close_before_the_day(world: make.World) -> None:
    decision = make.decision(world.coalition)
    with pytest.raises(Refused):
        services.close(decision, actor=actors.system(decision.proposed_at))


def test_an_objection_without_argument_is_refused_and_nothing_is_stored(world: make.World) -> None:
    decision = make.decision(world.coalition)
    with pytest.raises(ValidationError) as refused:
        services.take_position(
            decision,
            actor=world.shopkeeper,
            wording=Position(stance=Stance.OBJECTION, argument="  "),
        )
    assert "argument" in refused.value.message_dict


def test_an_open_objection_of_society_stops_it_however_many_agree(world: make.World) -> None:
    decision = make.decision(world.coalition)
    everyone_consents(decision, world)
    make.objection(decision, by=world.shopkeeper)
    assert services.close(decision, actor=world.resident).state == State.NOT_CARRIED


def test_an_objection_of_government_is_recorded_and_does_not_stop_it(world: make.World) -> None:
    decision = make.decision(world.coalition)
    everyone_consents(decision, world)
    objection = make.objection(decision, by=world.municipality)
    services.answer_objection(objection, actor=world.resident, answer="We houden er rekening mee.")
    assert services.close(decision, actor=world.resident).state == State.CARRIED
    objection.refresh_from_db()
    assert objection.answer


def test_an_objection_of_government_gets_its_answer_also_when_the_proposal_was_carried(
    world: make.World,
) -> None:
    decision = make.decision(world.coalition)
    everyone_consents(decision, world)
    objection = make.objection(decision, by=world.municipality)
    services.close(decision, actor=world.resident)
    for other in (world.municipality, world.shopkeeper):
        with pytest.raises(Refused):
            services.answer_objection(objection, actor=other, answer="Zelf bedacht.")
    services.answer_objection(objection, actor=world.resident, answer="We letten erop.")
    assert events(decision)[-2:] == ["decisions.closed", "decisions.objection_answered"]
    with pytest.raises(ValidationError):
        services.answer_objection(objection, actor=world.resident, answer="Toch anders.")
    objection.refresh_from_db()
    assert objection.answer == "We letten erop."


def test_a_withdrawn_proposal_owes_no_answer(world: make.World) -> None:
    decision = make.decision(world.coalition)
    objection = make.objection(decision, by=world.municipality)
    services.withdraw(decision, actor=world.resident)
    with pytest.raises(Refused):
        services.answer_objection(objection, actor=world.resident, answer="Te laat.")


def test_an_objection_that_was_resolved_takes_no_answer(world: make.World) -> None:
    decision = make.decision(world.coalition)
    objection = make.objection(decision, by=world.shopkeeper)
    services.resolve_objection(objection, actor=world.shopkeeper, how=Resolution.WITHDRAWN)
    with pytest.raises(ValidationError):
        services.answer_objection(objection, actor=world.resident, answer="We letten erop.")


def test_who_agrees_after_all_takes_the_objection_back_for_everyone_to_see(
    world: make.World,
) -> None:
    decision = make.decision(world.coalition)
    objection = make.objection(decision, by=world.shopkeeper)
    services.take_position(
        decision, actor=world.shopkeeper, wording=Position(stance=Stance.CONCERN)
    )
    told = Entry.objects.get(event="decisions.objection_resolved")
    assert told.facts["objection"] == str(objection.id)
    assert told.facts["how"] == "withdrawn"


@pytest.mark.parametrize("argument", ["", " \n ", "\u200b", "\u3164\u2060"])
def test_an_argument_that_shows_nothing_is_none(world: make.World, argument: str) -> None:
    decision = make.decision(world.coalition)
    with pytest.raises(ValidationError) as refused:
        services.take_position(
            decision,
            actor=world.shopkeeper,
            wording=Position(stance=Stance.OBJECTION, argument=argument),
        )
    assert "argument" in refused.value.message_dict
    assert not decision.positions.exists()


def test_who_stands_aside_after_all_does_not_object_any_more(world: make.World) -> None:
    decision = make.decision(world.coalition)
    objection = make.objection(decision, by=world.shopkeeper)
    services.take_position(
        decision, actor=world.shopkeeper, wording=Position(stance=Stance.STAND_ASIDE)
    )
    objection.refresh_from_db()
    assert objection.resolution == Resolution.WITHDRAWN


def test_only_the_objector_says_that_it_is_resolved(world: make.World) -> None:
    decision = make.decision(world.coalition)
    objection = make.objection(decision, by=world.shopkeeper)
    with pytest.raises(Refused):
        services.resolve_objection(objection, actor=world.resident, how=Resolution.ANSWERED)
    services.resolve_objection(objection, actor=world.shopkeeper, how=Resolution.ANSWERED)
    objection.refresh_from_db()
    assert objection.resolution == Resolution.ANSWERED


def test_an_adapted_text_asks_everyone_again(world: make.World) -> None:
    decision = make.decision(world.coalition)
    everyone_consents(decision, world)
    make.objection(decision, by=world.shopkeeper)
    adapted = services.adapt(decision, actor=world.resident, text="We doen het iets anders.")
    assert adapted.revision == 2
    with pytest.raises(ValidationError):
        services.close(adapted, actor=world.resident)
    everyone_consents(adapted, world)
    assert services.close(adapted, actor=world.resident).state == State.CARRIED
    objection = adapted.objections.get()
    assert objection.resolution == Resolution.ADAPTED


def test_after_two_adaptations_it_is_carried_or_withdrawn(world: make.World) -> None:
    decision = make.decision(world.coalition)
    services.adapt(decision, actor=world.resident, text="Twee")
    services.adapt(decision, actor=world.resident, text="Drie")
    with pytest.raises(ValidationError):
        services.adapt(decision, actor=world.resident, text="Vier")


def test_everyone_gets_a_day_to_answer_each_text(world: make.World) -> None:
    soon = world.resident.now + dt.timedelta(hours=23)
    decision = make.decision(world.coalition)
    with pytest.raises(ValidationError) as refused:
        services.adapt(decision, actor=world.resident, text="Twee", closes_at=soon)
    assert set(refused.value.message_dict) == {"closes_at"}
    with pytest.raises(ValidationError):
        services.propose(
            world.coalition, actor=world.resident, kind=COUNTED.name, subject=uuid.uuid4(),
            title="Doen we het?", text="We doen het.", closes_at=soon,
        )  # fmt: skip


def rounds_of_objections(world: make.World, fallback: str) -> Decision:
    """A proposal on its third text, to which the shopkeepers still object and the others agree."""
    type(world.coalition).objects.filter(id=world.coalition.id).update(fallback=fallback)
    world.coalition.refresh_from_db()
    decision = make.decision(world.coalition)
    decision = services.adapt(decision, actor=world.resident, text="Twee")
    decision = services.adapt(decision, actor=world.resident, text="Drie")
    second = make.actor(make.party(world.coalition, "landlord"))
    third = make.actor(make.party(world.coalition, "business"))
    for actor in (*world.parties, second, third):
        services.take_position(decision, actor=actor, wording=Position(stance=Stance.CONSENT))
    make.objection(decision, by=world.shopkeeper)
    return decision


@pytest.mark.parametrize(
    ("fallback", "state"),
    [("withdraw", State.NOT_CARRIED), ("majority", State.CARRIED), ("advice", State.NOT_CARRIED)],
)
def test_after_two_rounds_of_objections_the_agreed_fallback_applies(
    fallback: str, state: str, world: make.World
) -> None:
    decision = rounds_of_objections(world, fallback)
    assert services.close(decision, actor=make.later(world.resident, 1)).state == state
    assert Entry.objects.get(event="decisions.closed").facts["fallback"] == fallback


def test_before_two_rounds_of_objections_no_majority_decides(world: make.World) -> None:
    type(world.coalition).objects.filter(id=world.coalition.id).update(fallback="majority")
    decision = make.decision(world.coalition)
    second = make.actor(make.party(world.coalition, "landlord"))
    third = make.actor(make.party(world.coalition, "business"))
    for actor in (*world.parties, second, third):
        services.take_position(decision, actor=actor, wording=Position(stance=Stance.CONSENT))
    make.objection(decision, by=world.shopkeeper)
    assert services.close(decision, actor=make.later(world.resident, 1)).state == State.NOT_CARRIED
    assert Entry.objects.get(event="decisions.closed").facts["fallback"] == "none"


def test_who_agreed_on_advice_gets_one_last_round(world: make.World) -> None:
    decision = rounds_of_objections(world, "advice")
    decision = services.adapt(decision, actor=world.resident, text="Vier, na advies")
    with pytest.raises(ValidationError):
        services.adapt(decision, actor=world.resident, text="Vijf")


def test_the_secretariat_does_not_replace_what_a_partner_said_itself(world: make.World) -> None:
    decision = make.decision(world.coalition)
    objection = make.objection(decision, by=world.shopkeeper)
    with pytest.raises(ValidationError):
        services.enter_position(
            decision,
            party_of(world.shopkeeper),
            actor=world.coordinator,
            wording=Position(stance=Stance.CONSENT),
            via=Via.PAPER,
        )
    objection.refresh_from_db()
    assert objection.resolved_at is None


def test_from_paper_only_comes_the_answer_of_who_is_asked(world: make.World) -> None:
    decision = make.decision(world.coalition)
    party = party_of(world.shopkeeper)
    coalitions.leave(party, actor=world.shopkeeper, reason="We sluiten.")
    with pytest.raises(ValidationError):
        services.enter_position(
            decision,
            party,
            actor=world.coordinator,
            wording=Position(stance=Stance.CONSENT),
            via=Via.PAPER,
        )
    assert not decision.positions.exists()


def test_who_left_before_the_closing_is_not_in_what_was_decided(world: make.World) -> None:
    decision = make.decision(world.coalition)
    everyone_consents(decision, world)
    party = party_of(world.shopkeeper)
    coalitions.leave(party, actor=world.shopkeeper, reason="We sluiten.")
    closed = services.close(decision, actor=actors.system(decision.closes_at))
    counts = round_status(closed, closed.closed_at or decision.closes_at).counts
    assert (counts["entrepreneurs"].asked, counts["residents"].asked) == (0, 1)


def test_a_voice_from_paper_can_be_corrected_by_its_party(world: make.World) -> None:
    decision = make.decision(world.coalition)
    party = party_of(world.shopkeeper)
    services.enter_position(
        decision,
        party,
        actor=world.coordinator,
        wording=Position(stance=Stance.STAND_ASIDE),
        via=Via.PAPER,
    )
    services.take_position(
        decision, actor=world.shopkeeper, wording=Position(stance=Stance.CONSENT)
    )
    assert events(decision)[-1] == "decisions.corrected"


def test_a_closed_decision_takes_no_answer(world: make.World) -> None:
    decision = make.decision(world.coalition)
    services.withdraw(decision, actor=world.resident)
    with pytest.raises(Refused):
        services.take_position(
            decision, actor=world.shopkeeper, wording=Position(stance=Stance.CONSENT)
        )


def test_government_makes_no_proposal(world: make.World) -> None:
    with pytest.raises(Refused):
        make.decision(world.coalition, by=world.municipality)


def test_a_party_that_sleeps_is_not_asked(world: make.World) -> None:
    for actor in (world.resident, world.corporation):
        make.decision(world.coalition, by=make.later(actor, 170))
    decision = make.decision(world.coalition, by=make.later(world.resident, 200))
    services.take_position(
        decision, actor=make.later(world.resident, 200), wording=Position(stance=Stance.CONSENT)
    )
    services.take_position(
        decision, actor=make.later(world.corporation, 200), wording=Position(stance=Stance.CONSENT)
    )
    closed = services.close(decision, actor=make.later(world.resident, 201))
    facts = Entry.objects.get(event="decisions.closed").facts
    assert facts["asked"]["entrepreneurs"] == 0
    assert closed.without == ["entrepreneurs"]


@pytest.mark.django_db(transaction=True)
def test_two_closings_at_once_have_one_effect() -> None:
    world = make.world()
    decision = make.decision(world.coalition, decision_type=COUNTED)
    everyone_consents(decision, world)
    ready = threading.Barrier(2)
    refusals: list[Refused] = []

    def close() -> None:
        try:
            ready.wait(timeout=10)
            services.close(decision, actor=make.later(world.resident, 1))
        except Refused as refused:
            refusals.append(refused)
        finally:
            connection.close()

    threads = [threading.Thread(target=close) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert len(refusals) == 1
    assert CARRIED.count(decision.subject) == 1
    assert Entry.objects.filter(event="decisions.closed").count() == 1
