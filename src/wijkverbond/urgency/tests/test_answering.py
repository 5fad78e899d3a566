"""Answering as a visitor does, without an account and without JavaScript."""

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests import make
from tests.sweeps import browser
from wijkverbond.kernel import actor as actors
from wijkverbond.kernel import clock
from wijkverbond.urgency import services
from wijkverbond.urgency.models import Conversation, Participant
from wijkverbond.urgency.tests import make as make_urgency

pytestmark = pytest.mark.django_db


def address(conversation: Conversation, name: str) -> str:
    return reverse(f"urgency:{name}", args=[conversation.coalition.slug])


def shown_statement(client: Client, conversation: Conversation) -> str:
    page = client.get(address(conversation, "sentence")).content.decode()
    match = re.search(r'name="statement" value="([0-9a-f-]+)"', page)
    assert match
    return match[1]


def test_someone_answers_every_statement_and_chooses_priorities(
    client: Client, open_conversation: Conversation
) -> None:
    client.post(address(open_conversation, "respond"), {"kind": "residents"})
    for value in ("agree", "disagree", "pass", "agree"):
        statement = shown_statement(client, open_conversation)
        client.post(
            address(open_conversation, "sentence"), {"statement": statement, "answer": value}
        )
    after = client.get(address(open_conversation, "sentence"))
    assert after["Location"] == address(open_conversation, "first")
    chosen = [str(open_conversation.statements.get(number=1).id)]
    client.post(address(open_conversation, "first"), {"statements": chosen})
    participant = Participant.objects.get(conversation=open_conversation)
    assert participant.answers.count() == 4
    assert participant.priorities.count() == 1
    assert participant.finished_at


def test_a_second_tap_is_no_answer_to_the_sentence_that_came_after(
    client: Client, open_conversation: Conversation
) -> None:
    client.post(address(open_conversation, "respond"), {"kind": "residents"})

    def answered_by_a_tap(after: float) -> int:
        page = client.get(address(open_conversation, "sentence")).context
        shown = {"statement": page["statement"].id, "shown_at": page["shown_at"]}
        moment.shift(dt.timedelta(seconds=after))
        client.post(address(open_conversation, "sentence"), {**shown, "answer": "agree"})
        return open_conversation.answers.count()

    with time_machine.travel(clock.now(), tick=False) as moment:
        assert [answered_by_a_tap(seconds) for seconds in (0.7, 0.5, 0.7)] == [1, 1, 2]


def test_somebody_without_a_kind_is_asked_again(
    client: Client, open_conversation: Conversation
) -> None:
    response = client.post(address(open_conversation, "respond"), {"kind": "nobody"})
    assert response.status_code == 422
    assert not Participant.objects.exists()


def test_too_long_a_statement_comes_back_as_it_was_typed(
    client: Client, open_conversation: Conversation
) -> None:
    client.post(address(open_conversation, "respond"), {"kind": "residents"})
    typed = "een heel lange zin " * 9
    response = client.post(address(open_conversation, "own"), {"text": typed})
    assert response.status_code == 422
    assert typed.strip() in response.content.decode()


def test_an_invalid_answer_or_statement_changes_nothing(
    client: Client, open_conversation: Conversation
) -> None:
    client.post(address(open_conversation, "respond"), {"kind": "residents"})
    statement = shown_statement(client, open_conversation)
    for sent in ({"statement": "x", "answer": "agree"}, {"statement": statement, "answer": "9"}):
        assert client.post(address(open_conversation, "sentence"), sent).status_code == 302
    assert not Participant.objects.get().answers.exists()


def test_going_back_to_the_first_page_does_not_count_twice(
    client: Client, open_conversation: Conversation
) -> None:
    client.post(address(open_conversation, "respond"), {"kind": "government"})
    client.post(address(open_conversation, "respond"), {"kind": "residents"})
    client.post(
        address(open_conversation, "sentence"),
        {"statement": shown_statement(client, open_conversation), "answer": "agree"},
    )
    second_response = client.post(address(open_conversation, "respond"), {"kind": "entrepreneurs"})
    assert second_response["Location"] == address(open_conversation, "sentence")
    answered = Participant.objects.exclude(answers=None)
    assert [participant.kind for participant in answered] == ["residents"]


def test_an_invisible_statement_is_refused(client: Client, open_conversation: Conversation) -> None:
    client.post(address(open_conversation, "respond"), {"kind": "residents"})
    response = client.post(address(open_conversation, "own"), {"text": "\u200b\u200b"})
    assert response.status_code == 422
    assert "aria-invalid" in response.content.decode()
    assert open_conversation.statements.filter(author__isnull=False).count() == 0


def test_one_character_too_many_is_in_the_singular(
    client: Client, open_conversation: Conversation
) -> None:
    client.post(address(open_conversation, "respond"), {"kind": "residents"})
    response = client.post(address(open_conversation, "own"), {"text": "x" * 141})
    assert "Maak je zin één teken korter." in response.content.decode()


def test_a_statement_of_another_conversation_takes_no_answer(
    client: Client, open_conversation: Conversation
) -> None:
    elsewhere = make.conversation(make.coalition()).statements.get(number=1)
    client.post(address(open_conversation, "respond"), {"kind": "residents"})
    form_data = {"statement": str(elsewhere.id), "answer": "agree"}
    assert client.post(address(open_conversation, "sentence"), form_data).status_code == 302
    assert not elsewhere.answers.exists()


def test_a_cookie_of_another_coalition_identifies_nobody(
    client: Client, open_conversation: Conversation
) -> None:
    elsewhere = make.conversation(make.coalition())
    client.post(address(elsewhere, "respond"), {"kind": "residents"})
    (strange_cookie,) = (cookie for cookie in client.cookies.values() if cookie.key == "meedoen")
    visitor = Client()
    visitor.cookies["meedoen"] = strange_cookie.value
    assert visitor.get(address(open_conversation, "sentence"))["Location"] == address(
        open_conversation, "respond"
    )


def test_a_conversation_that_closed_meanwhile_says_so(
    client: Client, open_conversation: Conversation
) -> None:
    client.post(address(open_conversation, "respond"), {"kind": "residents"})
    form_data = {"statement": shown_statement(client, open_conversation), "answer": "agree"}
    services.close(open_conversation, actor=actors.system())
    after = client.post(address(open_conversation, "sentence"), form_data, follow=True)
    assert after.status_code == 200
    assert "Er staat nu geen vraag open" in after.content.decode()
    assert not Participant.objects.get().answers.exists()


def test_another_browser_is_another_participant(open_conversation: Conversation) -> None:
    for _ in range(2):
        Client().post(address(open_conversation, "respond"), {"kind": "residents"})
    assert Participant.objects.count() == 2


def test_no_account_is_linked_to_an_answer(
    world: make.World, open_conversation: Conversation
) -> None:
    browser(world.resident).post(address(open_conversation, "respond"), {"kind": "residents"})
    assert not any(field.is_relation and field.related_model._meta.label == "accounts.User"
                   for field in Participant._meta.get_fields() if field.related_model)  # fmt: skip


def test_the_page_takes_as_many_queries_for_many_answers(
    client: Client,
    open_conversation: Conversation,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    make.answers(open_conversation, "residents", 30, {1: 1, 2: -1, 3: 1})
    client.post(address(open_conversation, "respond"), {"kind": "residents"})
    with django_assert_max_num_queries(4):
        client.get(address(open_conversation, "sentence"))
    with django_assert_max_num_queries(12):
        client.get(address(open_conversation, "index"))


def test_the_results_are_readable_in_both_languages(
    client: Client, open_conversation: Conversation
) -> None:
    make.answers(open_conversation, "residents", 12, {1: 1})
    make_urgency.closed(open_conversation)
    page_html = client.get(address(open_conversation, "index")).content.decode()
    assert "Dit zeggen 12 mensen." in page_html
    assert "nog niet gehoord" in page_html
    client.cookies["django_language"] = "en"
    assert (
        "This is what 12 people say."
        in client.get(address(open_conversation, "index")).content.decode()
    )
