"""A phone that several people use: the next one begins anew, and reads nobody else's answers."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from tests.html import page_html, shown
from wijkverbond.insights.models import PersonalRecognition
from wijkverbond.insights.tests import make as make_insights
from wijkverbond.urgency import services
from wijkverbond.urgency.erasure_codes import code_of
from wijkverbond.urgency.models import AnswerGiven, Conversation, Participant
from wijkverbond.urgency.tests import make as make_urgency

pytestmark = pytest.mark.django_db

ERASE = "/antwoorden-wissen/"


def address(conversation: Conversation, name: str) -> str:
    return reverse(f"urgency:{name}", args=[conversation.coalition.slug])


def take_part(phone: Client, conversation: Conversation, kind: str = "residents") -> Participant:
    """Begin on this phone, and answer the first sentence."""
    phone.post(address(conversation, "respond"), {"kind": kind})
    first = conversation.statements.get(number=1)
    phone.post(address(conversation, "sentence"), {"statement": first.id, "answer": "agree"})
    return Participant.objects.latest("id")


def finish(phone: Client, conversation: Conversation) -> str:
    """Choose what comes first, and see the last page."""
    first = conversation.statements.get(number=1)
    sent = phone.post(address(conversation, "first"), {"statements": [first.id]})
    return page_html(phone, sent["Location"])


@pytest.mark.parametrize("name", ["sentence", "own", "own_done", "first", "done"])
def test_every_page_of_answering_asks_whether_it_is_someone_else_now(
    client: Client, open_conversation: Conversation, name: str
) -> None:
    take_part(client, open_conversation)
    page = page_html(client, address(open_conversation, name))
    assert f'action="{address(open_conversation, "again")}"' in page


def test_who_answered_is_told_of_the_code_and_finds_this_result(
    client: Client, open_conversation: Conversation
) -> None:
    take_part(client, open_conversation)
    page = page_html(client, address(open_conversation, "sentence"))
    assert "krijg je de code waarmee je je antwoorden kunt wissen" in page
    slug = open_conversation.coalition.slug
    result = reverse("urgency:conversation", args=[slug, open_conversation.id])
    assert result in finish(client, open_conversation)
    assert address(open_conversation, "respond") in page_html(client, result)


def test_who_stops_halfway_or_hands_on_the_phone_sees_the_code_first(
    client: Client, open_conversation: Conversation
) -> None:
    code = code_of(take_part(client, open_conversation).token)
    done, again = address(open_conversation, "done"), address(open_conversation, "again")
    for name in ("sentence", "own", "own_done", "first"):
        assert f'href="{done}"' in page_html(client, address(open_conversation, name))
    page = page_html(client, done)
    assert code in page
    assert f'href="{address(open_conversation, "sentence")}"' in page
    assert code in client.post(again).content.decode()
    assert client.post(again)["Location"] == address(open_conversation, "respond")
    assert code not in page_html(client, address(open_conversation, "respond"))


def test_the_next_person_begins_anew_and_the_first_ones_answers_stay(
    client: Client, open_conversation: Conversation
) -> None:
    take_part(client, open_conversation)
    begin = client.get(address(open_conversation, "respond"), follow=True)
    assert "Op deze telefoon deed iemand mee" in begin.content.decode()
    client.post(address(open_conversation, "again"))
    assert client.get(address(open_conversation, "respond")).status_code == 200
    assert client.get(address(open_conversation, "done")).status_code == 302
    take_part(client, open_conversation, "entrepreneurs")
    kinds = Participant.objects.exclude(answers=None).values_list("kind", flat=True)
    assert sorted(kinds) == ["entrepreneurs", "residents"]


def test_the_last_page_shows_answers_only_to_who_asks(
    client: Client, open_conversation: Conversation
) -> None:
    take_part(client, open_conversation)
    first = open_conversation.statements.get(number=1)
    assert first.text not in finish(client, open_conversation)
    asked = page_html(client, address(open_conversation, "done") + "?antwoorden=ja")
    assert first.text in asked


@pytest.mark.parametrize("closed", [False, True])
def test_somebody_erases_their_answers_by_their_code_also_when_it_is_closed(
    client: Client, open_conversation: Conversation, *, closed: bool
) -> None:
    someone = take_part(client, open_conversation)
    client.post(address(open_conversation, "own"), {"text": "Een bankje bij de vijver."})
    code = code_of(someone.token)
    assert code in finish(client, open_conversation)
    assert code.encode() not in bytes(someone.erasure_digest or b"")
    make.answers(open_conversation, "residents", 25, {1: 1})
    if closed:
        make_urgency.closed(open_conversation)
    typed = f" {code.lower().replace('-', ' ')} "
    assert Client().post(ERASE, {"code": typed}).status_code == 302
    assert not Participant.objects.filter(id=someone.id).exists()
    assert not AnswerGiven.objects.filter(participant=someone.id).exists()
    assert not open_conversation.statements.waiting().exists()
    waiting_for_an_edition = open_conversation.editions.values_list("erased", flat=True)
    assert list(waiting_for_an_edition) == ([1] if closed else [])
    again = Client().post(ERASE, {"code": code})
    assert (again.status_code, code in again.content.decode()) == (422, True)


def test_a_sentence_that_others_read_stays_of_somebody_of_whom_nothing_is_known(
    client: Client, open_conversation: Conversation, world: make.World
) -> None:
    someone = take_part(client, open_conversation)
    client.post(address(open_conversation, "own"), {"text": "Een bankje bij de vijver."})
    services.moderate(
        open_conversation.statements.waiting().get(), actor=world.resident, publish=True
    )
    services.erase_answers(code_of(someone.token), actor=make.someone())
    left = Participant.objects.get(id=someone.id)
    assert (left.kind, left.erasure_digest, left.answers.count()) == ("other", None, 0)
    assert left.token != someone.token
    assert open_conversation.statements.filter(author=left, state="published").exists()


def test_codes_are_not_tried_one_after_another(open_conversation: Conversation) -> None:
    answers = [Client().post(ERASE, {"code": f"BCDFG-BCDF{n % 7 + 3}"}) for n in range(21)]
    assert [answer.status_code for answer in answers] == [422] * 20 + [429]


def test_a_view_of_an_insight_of_the_next_person_is_not_that_of_the_first(
    client: Client, world: make.World
) -> None:
    insight = make_insights.insight(world.coalition, by=world.resident)
    slug = world.coalition.slug
    recognise = reverse("insights:recognise", args=[slug, insight.id])
    someone_else = reverse("insights:someone_else", args=[slug])
    assert someone_else not in page_html(client, recognise)
    client.post(recognise, {"view": "recognises", "kind": "residents", **shown(insight)})
    for page in (recognise, reverse("insights:insight", args=[slug, insight.id])):
        assert someone_else in page_html(client, page)
    sent = client.post(someone_else, {"next": recognise})
    assert sent["Location"] == recognise
    client.post(recognise, {"view": "differs", "kind": "entrepreneurs", **shown(insight)})
    views = PersonalRecognition.objects.order_by("id").values_list("kind", "view")
    assert list(views) == [("residents", "recognises"), ("entrepreneurs", "differs")]
