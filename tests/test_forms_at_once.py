"""Every form of the site, sent twice at the same instant: nobody gets an error page, and it happens once.

Once from the same showing of its page, as by a finger that taps twice, and once from two showings, as by
somebody with the page open on two screens. `--long` tries all of them; a sample always.
"""

import copy
import dataclasses
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests import database
from tests.ready_world import ReadyWorld
from tests.sweeps import Visitors
from tests.test_every_form import KNOWN_ANEW, TARGETS, swept
from tests.test_every_page import Form
from wijkverbond.ui.http import CSRF_FIELD

# A form that makes something, one that answers, a button, and one of who has no account; and their pages.
SAMPLE = ("actions:propose", "commitments:decline", "urgency:close", "insights:give")
PAGES = {"actions:propose", "commitments:decline", "urgency:conversation", "insights:give"}
# Of these somebody may want two with the same words: each showing of the page makes one.
MAKES_ANOTHER = {
    "actions:ask", "actions:plan", "actions:propose", "actions:raise_obstacle", "breakthroughs:claim",
    "commitments:start", "commitments:write_pledge", "decisions:limit", "insights:give",
    "insights:publish", "urgency:ask", "urgency:propose", "vision:amend", "vision:set_goal",
    "vision:write",
}  # fmt: skip
# What is written whether or not something is done.
BESIDE = {"django_session", "kernel_limit", "kernel_sentform"}


@dataclasses.dataclass(frozen=True)
class Forms:
    """Each form by the address it is sent to, with who sends it; and the rows of the world it is in."""

    by_target: Mapping[str, list[tuple[Client, Form]]]
    rows: database.Snapshot


@pytest.fixture(scope="module")
def forms(ready_world: ReadyWorld, django_db_blocker: DjangoDbBlocker, is_long: bool) -> Forms:
    """All forms of the site, or those on the pages of the sample."""
    with django_db_blocker.unblock(), transaction.atomic():
        filled = database.filled_tables()
        visitors = Visitors(ready_world.put_back())
        sweep = swept(visitors) if is_long else swept(visitors, PAGES)
        rows = database.Snapshot.since(filled)
        transaction.set_rollback(True)
    return Forms(sweep.forms, rows)


def send(client: Client, form: Form, *tokens: str) -> list[HttpResponse]:
    """What the site answers to this form, sent with each of these tokens at the same instant."""
    together = Barrier(len(tokens))

    def answer(token: str) -> HttpResponse:
        finger = Client()
        finger.cookies = copy.deepcopy(client.cookies)
        fields = {**form.fields, CSRF_FIELD: [token]}
        try:
            connection.ensure_connection()
            together.wait(timeout=30)
            return finger.post(form.action, fields)  # type: ignore[return-value]
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tokens)) as fingers:
        return [sent.result() for sent in [fingers.submit(answer, token) for token in tokens]]


def number_of_rows() -> dict[str, int]:
    """How many rows there are in each table that tells what was done."""
    tables = sorted(database.filled_tables() - BESIDE)
    question = " UNION ALL ".join(
        f"SELECT '{table}', count(*) FROM \"{table}\"" for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(question)
        return dict(cursor.fetchall())


Tried = tuple[list[HttpResponse], dict[str, int]]


def tried(forms: Forms, client: Client, form: Form, *tokens: str) -> Tried:
    """What was answered, and what was there afterwards, in a world in which nothing was sent yet."""
    database.empty()
    forms.rows.put_back()
    return send(client, form, *tokens), number_of_rows()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Try each address that a form is sent to; without `--long` those of the sample."""
    metafunc.parametrize("target", TARGETS if metafunc.config.getoption("--long") else SAMPLE)


@pytest.mark.django_db(transaction=True)
def test_a_form_that_is_sent_twice_at_once_is_answered_and_done_once(
    forms: Forms, target: str
) -> None:
    assert forms.by_target[target]
    for client, form in forms.by_target[target]:
        [only], done = tried(forms, client, form, "one")
        twice, done_by_two = tried(forms, client, form, "one", "one")
        two_showings, done_by_two_showings = tried(forms, client, form, "one", "other")
        statuses = {answer.status_code for answer in (*twice, *two_showings)}
        assert statuses == {only.status_code}, form
        if only.status_code == 302 and target not in KNOWN_ANEW:
            assert done_by_two == done, form
            assert done_by_two_showings == done or target in MAKES_ANOTHER, form
