"""Two people press a button at the same instant: each gets an answer, and it happens once.

What one of them does keeps nobody waiting who does something else.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction
from psycopg.errors import LockNotAvailable

from tests import make
from wijkverbond.accounts import services as accounts
from wijkverbond.accounts.models import User
from wijkverbond.actions.services import check_ins
from wijkverbond.actions.tests import make as make_actions
from wijkverbond.breakthroughs import services as breakthroughs
from wijkverbond.coalition import services as coalitions
from wijkverbond.coalition.models import Invitation, MandateOffer, MissingVoice
from wijkverbond.coalition.queries import acting_for, party_of
from wijkverbond.commitments.services import pledges
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.decisions import services as decisions
from wijkverbond.decisions.models import Decision, Position, Stance
from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import system
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.policy import Refused
from wijkverbond.kernel.races import refused_races
from wijkverbond.urgency import counting_without
from wijkverbond.urgency import services as urgencies
from wijkverbond.urgency.erasure_codes import code_of
from wijkverbond.urgency.models import Conversation, Participant
from wijkverbond.vision import services as visions

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(first: Callable[[], object], second: Callable[[], object] | None = None) -> list[str]:
    """How what two people did ended, each with a connection of their own; the same one twice."""
    together = Barrier(2)

    def tried(service: Callable[[], object]) -> str:
        try:
            connection.ensure_connection()
            together.wait(timeout=30)
            service()
        except (Refused, ValidationError):
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as people:
        trying = [people.submit(tried, service) for service in (first, second or first)]
        return sorted(ended.result() for ended in trying)


def waits(service: Callable[[], object]) -> bool:
    """Whether somebody else who does this has to wait until our transaction ends."""

    def tried() -> bool:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '500ms'")
            service()
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable):
                raise
            return True
        finally:
            connection.close()
        return False

    with ThreadPoolExecutor(1) as other:
        return other.submit(tried).result()


def recorded(name: str) -> int:
    """How often this is in the journal."""
    return Entry.objects.filter(event=name).count()


def everyone_consents(world: make.World, decision: Decision) -> None:
    """Every partner agrees."""
    for actor in world.parties:
        decisions.take_position(decision, actor=actor, wording=Position(stance=Stance.CONSENT))


def test_a_proposal_is_closed_once(world: make.World) -> None:
    decision = make.decision(world.coalition, by=world.corporation)
    everyone_consents(world, decision)
    ended = at_once(lambda: decisions.close(decision, actor=world.corporation))
    assert ended == ["done", "refused"]
    assert recorded("decisions.closed") == 1


def test_a_breakthrough_is_confirmed_once_for_a_partner(world: make.World) -> None:
    claimed = make.breakthrough(world.coalition, by=world.corporation)
    ended = at_once(lambda: breakthroughs.confirm(claimed, actor=world.shopkeeper, confirms=True))
    assert ended == ["done", "refused"]
    assert recorded("breakthroughs.confirmed") == 1
    assert claimed.confirmations.count() == 1


def test_of_two_visions_carried_at_the_same_moment_the_last_one_stands(world: make.World) -> None:
    first = make.version(world.coalition, by=world.resident)
    second = make.version(world.coalition, by=world.shopkeeper, body="Iedereen kent elkaar.")
    proposed = [
        visions.propose_version(first, actor=world.resident),
        visions.propose_version(second, actor=world.shopkeeper),
    ]
    for decision in proposed:
        everyone_consents(world, decision)
    ended = at_once(
        lambda: decisions.close(proposed[0], actor=world.resident),
        lambda: decisions.close(proposed[1], actor=world.shopkeeper),
    )
    assert ended == ["done", "done"]
    states = world.coalition.vision_versions.values_list("state", flat=True)
    assert sorted(states) == ["adopted", "replaced"]


def test_a_draft_that_is_changed_while_it_is_brought_forward_is_decided_on_as_it_reads(
    world: make.World,
) -> None:
    version = make.version(world.coalition, by=world.resident)
    own = type(version).objects.get(id=version.id)
    ended = at_once(
        lambda: visions.propose_version(version, actor=world.resident),
        lambda: visions.write_version(
            world.coalition,
            actor=world.resident,
            body="Iedereen komt veilig thuis.",
            horizon=own.horizon,
            version=own,
        ),
    )
    assert ended[0] == "done"
    version.refresh_from_db()
    assert version.state == "proposed"
    assert world.coalition.decisions.get().proposal == version.body


def test_a_change_of_a_goal_is_adapted_or_closed_and_nobody_waits_for_the_other(
    world: make.World,
) -> None:
    goal = make.goal(world.coalition, by=world.resident)
    decision = visions.propose_goal_change(
        goal, actor=world.resident, reason="Later.", wording=make.GOAL
    )
    everyone_consents(world, decision)
    change = goal.changes.get()
    ended = at_once(
        lambda: visions.adapt_goal_change(
            change, actor=world.resident, reason="Nog later.", wording=make.GOAL
        ),
        lambda: decisions.close(decision, actor=world.resident),
    )
    assert ended == ["done", "refused"]


def test_an_urgency_is_worded_anew_or_adopted_and_nobody_waits_for_the_other(
    world: make.World,
) -> None:
    urgency = make.urgency(make.conversation(world.coalition))
    decision = urgencies.bring_to_decision(urgency, actor=world.resident)
    everyone_consents(world, decision)
    ended = at_once(
        lambda: urgencies.reword(
            urgency, actor=world.resident, sentence="Veilig naar school.", reason="Korter."
        ),
        lambda: decisions.close(decision, actor=world.resident),
    )
    assert ended == ["done", "refused"]


def test_what_a_partner_says_of_a_day_it_says_once(world: make.World) -> None:
    pledge = make_actions.pledge(world)
    ended = at_once(
        lambda: check_ins.check_in(pledge, actor=world.resident, verdict="kept", due=pledge.due[0])
    )
    assert ended == ["done", "refused"]
    assert recorded("actions.check_in_reported") == 1


def test_a_voice_is_missed_once_and_a_tie_is_reported_again(world: make.World) -> None:
    missing = at_once(
        lambda: coalitions.suggest_missing(
            world.coalition,
            actor=world.resident,
            wording=MissingVoice(sector="school", what="340 leerlingen"),
        )
    )
    outcomes = at_once(
        lambda: coalitions.report_tie(
            party_of(world.resident),
            party_of(world.shopkeeper),
            actor=world.resident,
            strength="coordinates",
        )
    )
    assert missing == ["done", "refused"]
    assert outcomes == ["done", "done"]


def test_a_person_is_asked_for_the_secretariat_once(world: make.World) -> None:
    person = make.user()
    ended = at_once(
        lambda: coalitions.grant_secretariat(world.coalition, person, actor=world.resident)
    )
    assert ended == ["done", "refused"]
    assert world.coalition.secretariat.filter(person=person).count() == 1


def test_a_person_whose_mandate_is_ended_can_be_erased_at_the_same_moment(
    world: make.World,
) -> None:
    party = party_of(world.resident)
    leaving = make.user()
    make.grant(party, leaving, actor=world.resident, may=["take_part"])
    mandate = party.mandates.get(person=leaving)
    ended = at_once(
        lambda: coalitions.end_mandate(mandate, actor=world.resident),
        lambda: coalitions.forget(leaving.id),
    )
    assert ended in (["done", "done"], ["done", "refused"])
    assert not party.mandates.current(clock.now()).filter(person=leaving).exists()


def test_a_yes_is_said_once_and_stands_or_not_while_who_asked_may_ask_no_more(
    world: make.World,
) -> None:
    party, asker = party_of(world.resident), make.user()
    [asking] = make.grant(party, asker, actor=world.resident, may=[], may_grant=True)
    offers = []
    for person in (make.user(), make.user()):
        as_asker = acting_for(asker.id, party, now=clock.now())
        coalitions.grant(party, person, actor=as_asker, may=[])
        offers.append(MandateOffer.objects.select_related("person").get(person=person))
    first, second = offers
    assert at_once(lambda: says_yes(first)) == ["done", "done"]
    ended = at_once(
        lambda: says_yes(second), lambda: coalitions.end_mandate(asking, actor=world.resident)
    )
    current = party.mandates.current(clock.now())
    assert current.filter(person=first.person).count() == 1
    assert current.filter(person=second.person).count() == ended.count("done") - 1


def says_yes(offer: MandateOffer) -> object:
    """Who is asked says yes."""
    return coalitions.accept_mandate(offer, actor=make.someone(offer.person))


def test_who_is_erased_while_they_say_yes_acts_for_nobody(world: make.World) -> None:
    for _round in range(3):
        person = make.user()
        coalitions.grant(party_of(world.resident), person, actor=world.resident, may=[])
        offer = MandateOffer.objects.select_related("person").get(person=person)
        ended = at_once(
            lambda person=person: accounts.forget(person.id),  # type: ignore[misc]
            lambda offer=offer: says_yes(offer),  # type: ignore[misc]
        )
        assert ended in (["done", "done"], ["done", "refused"])
        assert not User.objects.filter(id=person.id).exists()


WHILE_ERASED: dict[str, Callable[[make.World, User], object]] = {
    "a question to act for another partner": lambda world, person: coalitions.grant(
        party_of(world.shopkeeper), person, actor=world.shopkeeper, may=["sign"], ground="statutes"
    ),
    "a mandate for the same partner": lambda world, person: make.grant(
        party_of(world.resident), person, actor=world.resident, may=["decide"]
    ),
    "the secretariat": lambda world, person: coalitions.grant_secretariat(
        world.coalition, person, actor=world.shopkeeper
    ),
    "another name": lambda _world, person: accounts.change_details(
        person, name="Iemand", language="nl", actor=make.someone(person)
    ),
    "an erasure": lambda _world, person: accounts.forget(person.id),
}


@pytest.mark.parametrize("gets", WHILE_ERASED)
def test_whoever_is_erased_gets_nothing_more_and_nobody_waits_for_the_other(
    world: make.World, gets: str
) -> None:
    for _round in range(3):
        person = make.user()
        make.grant(party_of(world.resident), person, actor=world.resident, may=[])
        ended = at_once(
            lambda person=person: accounts.forget(person.id),  # type: ignore[misc]
            lambda person=person: refused_races()(WHILE_ERASED[gets])(world, person),  # type: ignore[misc]
        )
        assert ended in (["done", "done"], ["done", "refused"])
        assert not User.objects.filter(id=person.id).exists()


def test_who_signs_while_they_are_erased_signed_or_did_not(world: make.World) -> None:
    covenant = make_commitments.opened(world)
    signer = make.account_of(world.resident)
    ended = at_once(
        lambda: accounts.forget(signer.id),
        lambda: refused_races()(make_commitments.sign)(covenant, world.resident),
    )
    assert ended in (["done", "done"], ["done", "refused"])
    assert covenant.signatures.count() == ended.count("done") - 1


IN_A_COALITION: dict[str, Callable[[make.World], object]] = {
    "the vision is written": lambda world: make.version(world.coalition, by=world.corporation),
    "the vision is proposed": lambda world: visions.propose_version(
        make.version(world.coalition, by=world.corporation), actor=world.corporation
    ),
    "a request is numbered": lambda world: make.request(world, by=world.corporation),
    "a partner is invited": lambda world: coalitions.invite(
        world.coalition, actor=world.corporation, wording=Invitation(addressee="De moskee")
    ),
    "a person gets a mandate for the same partner": lambda world: make.grant(
        party_of(world.resident), make.user(), actor=world.resident, may=[]
    ),
    "a figure of the goal is measured": lambda world: make.measurement(
        world.coalition.goals.get(), by=world.corporation
    ),
}


@pytest.mark.parametrize("meanwhile", IN_A_COALITION)
def test_whoever_writes_a_pledge_waits_for_nobody(world: make.World, meanwhile: str) -> None:
    make.goal(world.coalition, by=world.corporation)
    with transaction.atomic():
        IN_A_COALITION[meanwhile](world)
        assert not waits(lambda: make_commitments.draft_pledge(world, by=world.resident))
    assert world.coalition.pledges.count() == 1


def answering(world: make.World) -> tuple[Conversation, Participant]:
    """An open question, and somebody who answers it."""
    conversation = make.conversation(world.coalition)
    return conversation, joins(conversation)


def joins(conversation: Conversation) -> Participant:
    """Somebody begins to answer."""
    actor = make.someone(coalition=conversation.coalition)
    return urgencies.join(conversation, actor=actor, kind="residents", involvement="lives")


def test_while_somebody_adds_a_sentence_and_chooses_everyone_goes_on_answering(
    world: make.World,
) -> None:
    conversation, participant = answering(world)
    statement = conversation.statements.get(number=1)
    actor = make.someone(coalition=world.coalition)
    with transaction.atomic():
        urgencies.add_statement(participant, "Meer bankjes.", actor=actor)
        urgencies.choose(participant, [statement], actor=actor)
        assert not waits(lambda: joins(conversation))
        assert not waits(lambda: urgencies.answer(participant, statement.id, actor=actor, value=1))
    assert conversation.participants.count() == 2
    assert conversation.answers.count() == 1


def test_an_answer_on_its_way_finds_the_question_closed(world: make.World) -> None:
    conversation, participant = answering(world)
    statement = conversation.statements.get(number=1)
    actor = make.someone(coalition=world.coalition)

    def answer() -> None:
        urgencies.answer(participant, statement.id, actor=actor, value=1)

    with transaction.atomic():
        urgencies.close(conversation, actor=make.first_actor(world.coalition))
        assert waits(answer)
    assert participant.conversation.closed_at is None
    with pytest.raises(ValidationError):
        answer()
    assert not conversation.answers.exists()


def while_counting(monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], None]) -> None:
    """Let something happen in the middle of the next count."""
    clusters = counting_without.clusters

    def counted(conversation: Conversation) -> object:
        monkeypatch.undo()
        meanwhile()
        return clusters(conversation)

    monkeypatch.setattr(counting_without, "clusters", counted)


def test_while_the_answers_are_counted_everyone_goes_on(
    world: make.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation, participant = answering(world)
    statement = conversation.statements.get(number=1)
    actor = make.someone(coalition=world.coalition)

    def everyone_goes_on() -> None:
        assert not waits(lambda: joins(conversation))
        assert not waits(lambda: urgencies.answer(participant, statement.id, actor=actor, value=1))
        assert not waits(lambda: urgencies.add_statement(participant, "Bankjes.", actor=actor))

    while_counting(monkeypatch, everyone_goes_on)
    reading = urgencies.publish_reading(conversation, actor=system())
    assert conversation.answers.count() == 1
    assert reading.result["people"] == 0


def test_a_question_that_closes_while_it_is_counted_is_counted_anew(
    world: make.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation, _participant = answering(world)

    def closes() -> None:
        closing = make.first_actor(world.coalition)
        assert not waits(lambda: urgencies.close(conversation, actor=closing))

    while_counting(monkeypatch, closes)
    with pytest.raises(ValidationError):
        urgencies.publish_reading(conversation, actor=system())
    assert not conversation.readings.exists()
    closing = urgencies.publish_closing(conversation, actor=system())
    assert urgencies.publish_closing(conversation, actor=system()) == closing
    assert recorded("urgency.reading_published") == recorded("urgency.edition_published") == 1


def test_who_erases_while_the_closed_question_is_counted_stands_in_no_edition(
    world: make.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation, participant = answering(world)
    statement = conversation.statements.get(number=1)
    actor = make.someone(coalition=world.coalition)
    urgencies.answer(participant, statement.id, actor=actor, value=1)
    urgencies.close(conversation, actor=make.first_actor(world.coalition))
    code = code_of(participant.token)

    def erases() -> None:
        assert not waits(lambda: urgencies.erase_answers(code, actor=actor))

    while_counting(monkeypatch, erases)
    with pytest.raises(ValidationError):
        urgencies.publish_closing(conversation, actor=system())
    assert not conversation.editions.exists()
    urgencies.publish_closing(conversation, actor=system())
    assert conversation.editions.get().people == 0


def test_a_pledge_that_is_taken_back_waits_for_the_draft_that_takes_it_in(
    world: make.World,
) -> None:
    make_commitments.vision(world)
    pledge = make_commitments.pledge(world)
    with transaction.atomic():
        draft = make_commitments.draft(world, pledges=[pledge])
        assert waits(lambda: pledges.withdraw(pledge, actor=world.corporation, reason="Te duur."))
    pledges.withdraw(pledge, actor=world.corporation, reason="Te duur.")
    assert not draft.pledges.exists()


def test_a_pledge_that_was_taken_back_a_moment_ago_gets_into_no_draft(world: make.World) -> None:
    make_commitments.vision(world)
    as_it_was = make_commitments.pledge(world)
    pledges.withdraw(as_it_was, actor=world.corporation, reason="Te duur.")
    with pytest.raises(ValidationError) as refused:
        make_commitments.draft(world, pledges=[as_it_was])
    assert "pledges" in refused.value.message_dict
    assert not world.coalition.covenants.exists()
