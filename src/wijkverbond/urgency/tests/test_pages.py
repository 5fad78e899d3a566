"""What partners do with a conversation in the browser: open it, read new sentences, propose, support."""

import datetime as dt
import html
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import make
from tests.html import shown
from wijkverbond.kernel import actor as actors
from wijkverbond.kernel.actor import Actor
from wijkverbond.urgency import services
from wijkverbond.urgency.models import Conversation, SharedUrgency, Statement
from wijkverbond.urgency.tests import make as make_urgency

pytestmark = pytest.mark.django_db

SignIn = Callable[[Actor], Client]

AGREE = {1: 1, 2: -1}


@pytest.fixture
def counted_conversation(open_conversation: Conversation) -> Conversation:
    """A conversation that each society kind answered, and four people of government."""
    for kind, people in (("residents", 40), ("entrepreneurs", 14), ("civil_society", 12)):
        make.answers(open_conversation, kind, people, AGREE, first=[1])
    make.answers(open_conversation, "government", 4, {1: -1})
    services.publish_reading(open_conversation, actor=actors.system())
    return open_conversation


def address_of(world: make.World, name: str, *more: object) -> str:
    return reverse(f"urgency:{name}", args=[world.coalition.slug, *more])


def page_text_of(client: Client, address: str) -> str:
    """The words of a page as people read them."""
    page = html.unescape(client.get(address).content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def question(**more: object) -> dict[str, object]:
    """What somebody types to open a conversation."""
    seeds = "Meer licht op het plein.\nMinder auto’s bij de school.\nEen bankje bij de vijver."
    closes = dt.date.today() + dt.timedelta(days=30)  # noqa: DTZ011 - a day in the form
    return {"question": "Wat eerst?", "seeds": seeds, "closes": closes.isoformat(), **more}


def test_a_partner_opens_a_conversation_that_everyone_can_answer(
    world: make.World, sign_in: SignIn, client: Client
) -> None:
    response = sign_in(world.shopkeeper).post(address_of(world, "ask"), question())
    assert response["Location"] == address_of(world, "index")
    assert "Wat eerst?" in page_text_of(client, address_of(world, "index"))
    assert client.get(address_of(world, "respond")).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"question": ""},
        {"question": "x" * 141},
        {"seeds": "Eén zin.\nNog een."},
        {"seeds": "Kort.\nOok kort.\n" + "x" * 141},
        {"closes": "2020-01-01"},
        {"closes": "9999-12-31"},
        {"closes": "morgen"},
    ],
)
def test_an_invalid_conversation_comes_back_as_it_was_typed(
    world: make.World, sign_in: SignIn, wrong: dict[str, str]
) -> None:
    form_data = question(**wrong)
    response = sign_in(world.resident).post(address_of(world, "ask"), form_data)
    assert response.status_code == 422
    assert html.escape(str(form_data["seeds"]).splitlines()[0]) in response.content.decode()
    assert "aria-invalid" in response.content.decode()
    assert not Conversation.objects.exists()


def test_a_new_statement_is_moderated_and_the_choice_is_public(
    world: make.World, sign_in: SignIn, open_conversation: Conversation, client: Client
) -> None:
    someone = make.someone(coalition=open_conversation.coalition)
    participant = services.join(
        open_conversation, actor=someone, kind="residents", involvement="lives"
    )
    added = services.add_statement(participant, "Het is hier altijd rommel.", actor=someone)
    reader = sign_in(world.corporation)
    form_data = {"statement": str(added.id), "publish": "no", **shown(added)}
    assert reader.post(address_of(world, "read_new"), form_data).status_code == 422
    reason = {"why": Statement.Why.values[0], "reason": "Dit gaat niet over de vraag."}
    assert reader.post(address_of(world, "read_new"), form_data | reason).status_code == 302
    page_text = page_text_of(client, address_of(world, "conversation", open_conversation.id))
    assert "Dit gaat niet over de vraag." in page_text
    assert "Het is hier altijd rommel." not in page_text


def test_sent_twice_a_choice_decides_on_the_statement_that_was_read_only(
    world: make.World, sign_in: SignIn, open_conversation: Conversation
) -> None:
    someone = make.someone(coalition=open_conversation.coalition)
    participant = services.join(
        open_conversation, actor=someone, kind="residents", involvement="lives"
    )
    was_read, unread = (
        services.add_statement(participant, text, actor=someone)
        for text in ("Meer bankjes.", "Minder regels.")
    )
    reader = sign_in(world.corporation)
    form_data = {"statement": str(was_read.id), "publish": "yes", **shown(was_read)}
    reader.post(address_of(world, "read_new"), form_data)
    response = reader.post(address_of(world, "read_new"), form_data, follow=True)
    assert "Iemand heeft deze zin al gelezen." in response.content.decode()
    assert "Minder regels." in response.content.decode()
    unread.refresh_from_db()
    assert unread.state == Statement.State.WAITING


def test_a_kind_under_five_is_not_heard_and_hides_nobody_else(
    world: make.World, counted_conversation: Conversation, client: Client
) -> None:
    page_text = page_text_of(client, address_of(world, "index"))
    assert "Nog niet gehoord Overheid." in page_text
    assert "Dit zeggen 66 mensen." in page_text
    assert "70 mensen" not in page_text


def test_the_page_names_what_unites_the_three_kinds(
    world: make.World, counted_conversation: Conversation, client: Client
) -> None:
    page_text = page_text_of(client, address_of(world, "index"))
    unites = page_text[page_text.index("Dit verbindt ons") : page_text.index("Dit verdeelt ons")]
    assert make.SEEDS[0] in unites
    assert make.SEEDS[1] not in unites


def test_answers_can_be_downloaded_once_the_conversation_is_closed(
    world: make.World, counted_conversation: Conversation, client: Client
) -> None:
    address = address_of(world, "download", counted_conversation.id)
    assert client.get(address).status_code == 404
    make_urgency.closed(counted_conversation)
    lines = client.get(address).content.decode().split()
    assert lines[0] == "voter-id,comment-id,vote"


def test_a_shared_urgency_goes_from_proposal_to_decision(
    world: make.World, sign_in: SignIn, counted_conversation: Conversation
) -> None:
    proposer, supporter = sign_in(world.resident), sign_in(world.corporation)
    chosen = [str(counted_conversation.statements.get(number=1).id)]
    form_data = {"sentence": "Kinderen lopen veilig naar school", "statements": chosen}
    assert proposer.post(address_of(world, "propose"), {"sentence": "Iets"}).status_code == 422
    assert proposer.post(address_of(world, "propose"), form_data).status_code == 302
    urgency = SharedUrgency.objects.get()
    page = address_of(world, "urgency", urgency.id)
    supporter.post(address_of(world, "endorse", urgency.id), shown(urgency))
    assert str(urgency.endorsements.get().party) in page_text_of(supporter, page)
    word = {"sentence": "Ieder kind loopt veilig naar school", "reason": "Korter."}
    assert proposer.post(address_of(world, "word", urgency.id), word).status_code == 302
    again = page_text_of(supporter, page)
    assert "Kinderen lopen veilig naar school" in again
    assert "Nog geen partner." in again
    proposer.post(address_of(world, "decide", urgency.id))
    assert world.coalition.decisions.get().subject == urgency.id


def test_another_coalitions_conversation_is_not_found(world: make.World, client: Client) -> None:
    elsewhere = make.conversation(make.coalition())
    assert client.get(address_of(world, "conversation", elsewhere.id)).status_code == 404
    assert client.get(address_of(world, "download", elsewhere.id)).status_code == 404


def test_the_page_takes_few_queries_however_many_conversations(
    world: make.World, counted_conversation: Conversation, client: Client
) -> None:
    urgency = make.urgency(counted_conversation)
    services.endorse(urgency, actor=world.corporation)
    pages = [
        address_of(world, "index"),
        address_of(world, "conversation", counted_conversation.id),
        address_of(world, "urgency", urgency.id),
    ]

    def queries() -> list[int]:
        numbers = []
        for page in pages:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(page).status_code == 200
            numbers.append(len(captured))
        return numbers

    few = queries()
    assert max(few) <= 12
    for _ in range(3):
        services.endorse(make.urgency(counted_conversation), actor=world.shopkeeper)
        make.conversation(world.coalition)
    assert queries() == few


def test_an_urgency_rests_on_statements_of_its_conversation(
    world: make.World, sign_in: SignIn, counted_conversation: Conversation
) -> None:
    seeds = ["Er is een plek om te spelen.", "Het is schoon.", "Er is werk."]
    later = make.conversation(world.coalition, seeds=seeds)
    services.publish_reading(later, actor=actors.system(later.opens_at))
    proposer = sign_in(world.resident)
    for question, other in ((counted_conversation, later), (later, counted_conversation)):
        page = page_text_of(proposer, address_of(world, "conversation", question.id))
        assert "Stel een gedeelde urgentie voor" in page
        page_text = page_text_of(proposer, f"{address_of(world, 'propose')}?vraag={question.id}")
        assert question.statements.get(number=1).text in page_text
        assert other.statements.get(number=1).text not in page_text
    form = f"{address_of(world, 'propose')}?vraag={counted_conversation.id}"
    form_data = {
        "sentence": "Kinderen lopen veilig",
        "statements": [counted_conversation.statements.get(number=1).pk],
    }
    assert proposer.post(form, form_data).status_code == 302
    assert SharedUrgency.objects.get(reading__conversation=counted_conversation)
