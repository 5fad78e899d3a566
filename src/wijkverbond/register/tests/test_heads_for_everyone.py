"""Everyone gets a head without asking: in a feed, on paper with a QR code, at the foot of a mail."""

import datetime as dt
import html
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.db import transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests import make
from tests.html import page_html
from wijkverbond.accounts import mail, tasks
from wijkverbond.coalition.models import Coalition
from wijkverbond.kernel import clock, journal, signing
from wijkverbond.kernel.actor import system
from wijkverbond.kernel.models import Head
from wijkverbond.kernel.tests.sample_events import Counted
from wijkverbond.register import qr_code, queries, verify
from wijkverbond.register.views import PER_PAGE

pytestmark = pytest.mark.django_db
FEED = "/register/heads.atom"
ATOM = "{http://www.w3.org/2005/Atom}"
DAY = dt.timedelta(days=1)


def counted(coalition: Coalition, at: dt.datetime) -> None:
    with transaction.atomic():
        journal.record(Counted(number=1), actor=system(at), stream=coalition.id)


def heads_of(coalition: Coalition) -> list[str]:
    """All of its heads, the first one first."""
    heads = Head.objects.filter(stream=coalition.id).order_by("size")
    return [*heads.values_list("checkpoint", flat=True)]


def feed_of(client: Client, address: str = FEED) -> ET.Element:
    response = client.get(address)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)


def heads_in_feed(feed: ET.Element) -> list[str]:
    """The heads as a reader of feeds shows them."""
    shown = [html.unescape(summary.text or "") for summary in feed.iter(f"{ATOM}summary")]
    return [head.text for text in shown for head in verify.heads_in(re.sub("</?pre>", "\n", text))]


@pytest.fixture
def listed() -> Coalition:
    """A coalition that everyone may see."""
    return make.coalition(name="De <wijk>", listed_at=clock.now())


def test_the_feed_has_the_last_head_of_each_day_that_is_over(
    client: Client, listed: Coalition
) -> None:
    today = clock.now()
    with time_machine.travel(today + 5 * DAY, tick=False):
        for at in (today + DAY, today + DAY, today + 3 * DAY, today + 5 * DAY):
            counted(listed, at)
        heads = heads_of(listed)
        feed = feed_of(client)
    assert heads_in_feed(feed) == [heads[-2], heads[-3], heads[-5]]
    titles = [title.text for title in feed.iter(f"{ATOM}title")][1:]
    assert all((title or "").startswith("De <wijk>, ") for title in titles)
    ids = [each.text for each in feed.iter(f"{ATOM}id")]
    assert len({*ids}) == len(ids)


def test_the_feed_has_no_register_that_is_not_listed_and_no_head_of_long_ago(
    client: Client, listed: Coalition
) -> None:
    make.coalition(name="Nog niet op de kaart")
    with time_machine.travel(clock.now() + (queries.DAYS + 2) * DAY):
        assert heads_in_feed(feed_of(client)) == []


def test_the_feed_has_pages_and_takes_as_many_queries_for_many_registers(
    client: Client, listed: Coalition, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with time_machine.travel(clock.now() + DAY):
        assert [link.get("rel") for link in feed_of(client).iter(f"{ATOM}link")][:2] == [
            "alternate",
            "self",
        ]
        Coalition.objects.bulk_create(
            Coalition(
                name=f"Wijk {number}", slug=f"wijk-{number}", place_codes=["BU1"],
                place_year=2024, started_at=clock.now(), listed_at=clock.now(),
            )
            for number in range(PER_PAGE)
        )  # fmt: skip
        with django_assert_max_num_queries(6):
            feed = feed_of(client)
        following = [
            link.get("href") for link in feed.iter(f"{ATOM}link") if link.get("rel") == "next"
        ]
        assert following == [f"http://localhost:8000{FEED}?page=2"]
        feed_of(client, f"{FEED}?page=2")
        feed_of(client, f"{FEED}?page=x")


def test_the_seal_is_printed_with_a_qr_code_of_the_same_text(
    client: Client, coalition: Coalition
) -> None:
    page = page_html(client, f"/w/{coalition.slug}/register/zegel/")
    head = heads_of(coalition)[-1]
    assert html.unescape(page).replace("<br>", "\n").count(head.strip()) == 1
    assert qr_code.qr_code(head).path in page
    assert signing.signer().verifier_key in html.unescape(page)


def test_a_register_without_entries_has_no_seal_to_print(client: Client) -> None:
    Coalition.objects.create(
        name="Leeg", slug="leeg", place_codes=["BU1"], place_year=2024, started_at=clock.now()
    )
    assert client.get("/w/leeg/register/zegel/").status_code == 404


def test_a_qr_code_is_drawn_with_white_around_it() -> None:
    code = qr_code.qr_code("x")
    assert code.size == 21 + 2 * qr_code.BORDER
    finder = f"M{qr_code.BORDER} {qr_code.BORDER}h7v1h-7z"
    assert code.path.startswith(finder)


ABOUT_REGISTERED = re.compile(r'"(?:decisions|vision|commitments)/mail/')
CALL = re.compile(r"mail\.queue\((.*?)\n    (?:    )*\)|mail\.queue\((.*?)\)\n", re.DOTALL)


def test_every_mail_about_decisions_and_covenants_says_of_which_register_it_is() -> None:
    source = Path(queries.__file__).parents[1]
    calls = [
        call[0]
        for file in source.glob("*/**/*.py")
        if "tests" not in file.parts
        for call in CALL.finditer(file.read_text())
    ]
    about = [call for call in calls if ABOUT_REGISTERED.search(call)]
    assert len(about) >= 2
    assert [call for call in about if "register=" not in call] == []


def test_a_mail_that_waits_gets_the_last_head_of_when_it_is_sent(
    coalition: Coalition, mailoutbox: list[EmailMessage]
) -> None:
    template = "accounts/mail/confirmation.txt"
    tasks.send_mail(template, {"code": "1"}, address="a@example.org", register=str(coalition.id))
    sent = verify.heads_in(str(mailoutbox[0].body))
    assert [head.text for head in sent] == heads_of(coalition)[-1:]


def test_a_mail_about_a_coalition_has_its_last_head_at_its_foot(coalition: Coalition) -> None:
    context = {"code": "1234 5678", "about": "tekenen", "minutes": 10}
    template = "accounts/mail/confirmation.txt"
    plain = mail.compose("a@example.org", "nl", template, context)
    sealed = mail.compose("a@example.org", "nl", template, context, register=coalition.id)
    assert str(sealed.body).startswith(str(plain.body))
    assert [head.text for head in verify.heads_in(str(sealed.body))] == heads_of(coalition)[-1:]
    assert "Bewaar deze mail" in sealed.body
    assert verify.heads_in(str(plain.body)) == []
