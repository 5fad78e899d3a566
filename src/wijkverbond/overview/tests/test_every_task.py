"""No task leads to a page whose button then refuses: whoever is asked may do it."""

import pytest

from tests import make
from tests.tasks import not_offered
from tests.two_hats import two_hats
from wijkverbond.actions.services import requests
from wijkverbond.actions.tests import make as make_actions
from wijkverbond.coalition import services as coalitions
from wijkverbond.coalition.models import Party, PartyRole, Secretariat
from wijkverbond.coalition.queries import party_of
from wijkverbond.coalition.tests.service_cases import not_delivered, off_the_list
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.decisions.models import LaterAnswer
from wijkverbond.decisions.services import own_proposals
from wijkverbond.insights.tests import make as make_insights
from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import Actor, MandateType
from wijkverbond.overview.my_tasks import my_tasks
from wijkverbond.urgency import services as urgency

pytestmark = pytest.mark.django_db


@pytest.fixture
def everything_waits(world: make.World) -> make.World:
    """A coalition in which each sort of thing waits for somebody."""
    conversation = make.conversation(world.coalition)
    urgency.hide_as_host(
        conversation.statements.get(number=1), actor=world.operator, law="Strafrecht, 137c"
    )
    off_the_list(world)
    not_delivered(world)
    answering = urgency.join(
        conversation, actor=world.participant, kind="residents", involvement="lives"
    )
    urgency.add_statement(answering, "Meer bankjes.", actor=world.participant)
    make.urgency(conversation)
    make_insights.signal(world.coalition)
    make.amendment(make.version(world.coalition, by=world.resident), by=world.shopkeeper)
    make.goal(world.coalition)
    for owner in (world.resident, world.corporation):
        make_actions.check_in(make_actions.pledge(world, by=owner), by=owner)
    make_actions.action(make_actions.initiative(world), by=world.resident)
    make.request(world)
    answered = make.request(world)
    requests.answer(
        answered, actor=world.municipality, verdict="granted", text="Ja.", role="facilitate"
    )
    named = [party_of(world.shopkeeper)]
    make.breakthrough(world.coalition, by=world.corporation, named=named)
    make.objection(make.decision(world.coalition, by=world.corporation), by=world.municipality)
    own_proposals.propose_suspension(
        party_of(world.shopkeeper), actor=world.corporation, reason="Al een jaar niets gehoord."
    )
    make_commitments.opened(world)
    make.grant(
        party_of(world.resident),
        make.user(),
        actor=world.resident,
        may=[MandateType.SIGN],
        ground="statutes",
    )
    coalitions.report_name(
        party_of(world.resident), actor=world.shopkeeper, why="Wij heten al dertig jaar zo."
    )
    coalitions.grant_secretariat(world.coalition, make.user(), actor=world.resident)
    organising = Secretariat.objects.current().get(coalition=world.coalition)
    coalitions.revoke_secretariat(organising, actor=world.resident)
    return world


def titles(actor: Actor) -> str:
    """What somebody is asked."""
    assert actor.person
    return "\n".join(task.title for task in my_tasks(actor.person, clock.now()).tasks)


def refused(actor: Actor) -> list[str]:
    """The tasks of somebody that their page does not offer."""
    assert actor.person
    return not_offered(actor.person)


def test_whoever_is_asked_may_do_it(everything_waits: make.World) -> None:
    newcomer = make.actor(make.party(everything_waits.coalition, "shop", confirmed=False))
    for actor in (*everything_waits.parties, newcomer):
        assert titles(actor).count("\n") > 5
        assert refused(actor) == []


def test_who_acts_for_two_is_asked_afterwards_for_one(world: make.World) -> None:
    """Once they answered for the one, somebody else does it for the other."""
    one, other = two_hats(world.shopkeeper, world.resident)
    decision = make.decision(world.coalition, by=world.corporation)
    for actor in (one, world.corporation):
        make.position(decision, by=actor)
    LaterAnswer.objects.create(
        decision=decision,
        party=party_of(other),
        asked_at=other.now,
        answer_by=other.today,
    )
    assert refused(one) == []
    assert refused(world.resident) == []


def test_nor_do_two_hats_make_a_task_that_one_of_them_may_not_do(
    everything_waits: make.World,
) -> None:
    make.party(everything_waits.coalition, "shop", confirmed=False)
    one, _other = two_hats(everything_waits.shopkeeper, everything_waits.resident)
    two_hats(one, everything_waits.corporation)
    assert refused(one) == []


def test_an_adviser_is_asked_nothing_that_needs_a_position(everything_waits: make.World) -> None:
    make.party(everything_waits.coalition, "shop", confirmed=False)
    adviser = make.actor(make.party(everything_waits.coalition, "school"))
    Party.objects.filter(id=party_of(adviser).id).update(role=PartyRole.ADVISER)
    assert refused(adviser) == []


def test_who_organises_is_not_asked_to_end_their_own_work(everything_waits: make.World) -> None:
    Secretariat.objects.current().update(person=everything_waits.shopkeeper.person)
    assert refused(everything_waits.shopkeeper) == []
    words = "werk van iemand in het secretariaat beëindigen"
    assert words in titles(everything_waits.corporation)
    assert words not in titles(everything_waits.shopkeeper)
