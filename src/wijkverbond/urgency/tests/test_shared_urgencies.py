"""From a proposed urgency to the words that the coalition adopted, and the answers behind them."""

import csv
import datetime as dt
import io

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from tests.sweeps import browser
from wijkverbond.coalition.models import Party
from wijkverbond.coalition.queries import party_of
from wijkverbond.decisions import services as decisions
from wijkverbond.decisions.models import Decision
from wijkverbond.decisions.round_status import round_status
from wijkverbond.urgency import services
from wijkverbond.urgency.models import Conversation, SharedUrgency
from wijkverbond.urgency.tests import make as make_urgency

pytestmark = pytest.mark.django_db

ADAPTED = "Kinderen en ouderen kunnen veilig over straat."


@pytest.fixture
def proposed(open_conversation: Conversation) -> SharedUrgency:
    return make.urgency(open_conversation)


@pytest.fixture
def decision(proposed: SharedUrgency, world: make.World) -> Decision:
    return services.bring_to_decision(proposed, actor=world.resident)


def test_an_urgency_carried_as_proposed_keeps_its_support(
    proposed: SharedUrgency, decision: Decision, world: make.World
) -> None:
    services.endorse(proposed, actor=world.shopkeeper)
    make.carry(decision, world)
    proposed.refresh_from_db()
    assert (proposed.revision, proposed.state) == (1, "adopted")
    assert proposed.endorsements.filter(revision=1).count() == 1


def test_after_a_withdrawal_an_urgency_can_be_reworded_and_proposed_again(
    proposed: SharedUrgency, decision: Decision, world: make.World
) -> None:
    decisions.withdraw(decision, actor=world.resident)
    services.reword(proposed, actor=world.resident, sentence=ADAPTED, reason="Breder.")
    make.carry(services.bring_to_decision(proposed, actor=world.resident), world)
    proposed.refresh_from_db()
    assert (proposed.sentence, proposed.revision, proposed.state) == (ADAPTED, 2, "adopted")


def test_earlier_supporters_are_asked_again_after_a_new_wording(
    proposed: SharedUrgency, world: make.World
) -> None:
    page = reverse("urgency:urgency", args=[world.coalition.slug, proposed.id])
    support = reverse("urgency:endorse", args=[world.coalition.slug, proposed.id])
    services.endorse(proposed, actor=world.shopkeeper)
    assert support not in browser(world.shopkeeper).get(page).content.decode()
    services.reword(proposed, actor=world.resident, sentence=ADAPTED, reason="Breder.")
    assert support in browser(world.shopkeeper).get(page).content.decode()


def test_after_a_withdrawal_the_page_offers_to_propose_it_again(
    proposed: SharedUrgency, decision: Decision, world: make.World
) -> None:
    page = reverse("urgency:urgency", args=[world.coalition.slug, proposed.id])
    bring = reverse("urgency:decide", args=[world.coalition.slug, proposed.id])
    assert bring not in browser(world.resident).get(page).content.decode()
    decisions.withdraw(decision, actor=world.resident)
    assert bring in browser(world.resident).get(page).content.decode()


def download(conversation: Conversation) -> str:
    return reverse("urgency:download", args=[conversation.coalition.slug, conversation.id])


def test_the_answers_of_fewer_than_twenty_people_are_no_download(
    client: Client, open_conversation: Conversation
) -> None:
    make.answers(open_conversation, "residents", 19, {1: 1})
    make.answers(open_conversation, "government", 5, {1: 1})
    make_urgency.closed(open_conversation)
    assert client.get(download(open_conversation)).status_code == 404
    page = reverse(
        "urgency:conversation", args=[open_conversation.coalition.slug, open_conversation.id]
    )
    assert download(open_conversation) not in client.get(page).content.decode()


def test_the_download_has_no_answers_to_hidden_statements(
    client: Client, open_conversation: Conversation, world: make.World
) -> None:
    make.answers(open_conversation, "residents", 20, {1: 1, 2: -1})
    services.moderate(
        open_conversation.statements.get(number=2),
        actor=world.shopkeeper,
        publish=False,
        why="personal",
    )
    make_urgency.closed(open_conversation)
    rows = list(
        csv.DictReader(io.StringIO(client.get(download(open_conversation)).content.decode()))
    )
    assert [(row["comment-id"], row["vote"]) for row in rows] == [("1", "1")] * 20


def test_a_statement_unread_for_30_days_is_on_a_public_list(
    client: Client, open_conversation: Conversation, world: make.World
) -> None:
    someone = make.someone(coalition=open_conversation.coalition)
    author = services.join(open_conversation, actor=someone, kind="residents", involvement="lives")
    added = services.add_statement(author, "Meer groen.", actor=someone)
    index = reverse("urgency:index", args=[world.coalition.slug])
    assert 'id="late"' not in client.get(index).content.decode()
    long_ago = added.added_at - dt.timedelta(days=31)
    type(added).objects.filter(id=added.id).update(added_at=long_ago)
    page_html = browser(world.shopkeeper).get(index).content.decode()
    assert 'id="late"' in page_html
    assert added.text not in page_html


def test_without_residents_is_decided_only_after_a_closed_question_to_the_neighbourhood(
    world: make.World,
) -> None:
    Party.objects.filter(id=party_of(world.resident).id).update(confirmed_at=None)
    conversation = make.conversation(world.coalition, by=world.corporation)
    decision = make.decision(world.coalition, by=world.corporation)
    for actor in (world.shopkeeper, world.corporation):
        make.position(decision, by=actor)
    assert not round_status(decision, world.corporation.now).verdict.carried
    after_two_weeks = make.later(world.corporation, 15)
    services.close(conversation, actor=after_two_weeks)
    assert round_status(decision, after_two_weeks.now).verdict.carried
