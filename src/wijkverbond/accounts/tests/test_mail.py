"""Mails: composed as plain text, queued in the transaction, delivered by a real mail server."""

import datetime as dt
import re
from smtplib import SMTPRecipientsRefused

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job
from procrastinate.types import JSONValue

from tests.inbox import Inbox
from wijkverbond.accounts import delivery, mail, services, tasks
from wijkverbond.accounts.models import Language, User
from wijkverbond.kernel import clock

ADDRESS = "voorzitter@example.org"
TEMPLATE = "accounts/mail/confirmation.txt"
CONTEXT: dict[str, JSONValue] = {
    "code": "1234 5678",
    "about": "Café 't Hoekje <b>&amp;</b>",
    "minutes": 10,
}


@pytest.mark.django_db
def test_a_code_arrives_as_plain_text_from_the_site(inbox: Inbox) -> None:
    services.send_sign_in_code(ADDRESS, browser="phone", visitor="192.0.2.1")
    [received] = inbox.mails
    assert received["To"] == ADDRESS
    assert received["From"] == "Wijkverbond <wijkverbond@localhost>"
    assert received["Auto-Submitted"] == "auto-generated"
    assert received.get_content_type() == "text/plain"
    code = re.search(r"\d{4} \d{4}", received.get_content())
    assert code
    assert services.sign_in(ADDRESS, code[0], browser="phone")


@pytest.mark.django_db
@pytest.mark.parametrize("template", [TEMPLATE, "accounts/mail/sign_in.txt"])
@pytest.mark.parametrize("language", Language.values)
def test_a_mail_names_no_address_but_the_sites_own(
    template: str, language: str, inbox: Inbox
) -> None:
    mail.compose(ADDRESS, language, template, CONTEXT).send()
    addresses = re.findall(r"\w+://\S+", inbox.mails[0].get_content())
    assert addresses
    assert all(address.startswith("https://wijkverbond.example") for address in addresses)


def test_a_mail_shows_text_as_it_is() -> None:
    composed = mail.compose(ADDRESS, Language.DUTCH, TEMPLATE, CONTEXT)
    assert "Café 't Hoekje <b>&amp;</b>" in composed.body


def test_a_subject_stays_on_one_line() -> None:
    context = {**CONTEXT, "code": "1\r\nBcc: everyone@example.org"}
    subject = mail.compose(ADDRESS, Language.DUTCH, TEMPLATE, context).subject
    assert "\n" not in subject
    assert "\r" not in subject


@pytest.mark.django_db
def test_a_mail_is_queued_with_the_change_or_not_at_all() -> None:
    with transaction.atomic():
        mail.queue(ADDRESS, TEMPLATE, CONTEXT)
        transaction.set_rollback(True)
    assert not ProcrastinateJob.objects.exists()
    mail.queue(ADDRESS, TEMPLATE, CONTEXT)
    assert ProcrastinateJob.objects.get().task_name == "accounts.send_mail"


@pytest.mark.django_db
def test_a_queued_mail_to_a_person_follows_their_language_and_address(inbox: Inbox) -> None:
    person = User.objects.create(email=ADDRESS)
    mail.queue(person, TEMPLATE, CONTEXT)
    User.objects.update(email="nieuw@example.org", language=Language.ENGLISH)
    tasks.send_mail(**ProcrastinateJob.objects.get().args)
    [received] = inbox.mails
    assert received["To"] == "nieuw@example.org"
    assert "Your code is:" in received.get_content()


@pytest.mark.django_db
def test_a_queued_mail_to_somebody_without_an_account_has_its_own_language(inbox: Inbox) -> None:
    mail.queue(ADDRESS, TEMPLATE, CONTEXT, language=Language.ENGLISH)
    tasks.send_mail(**ProcrastinateJob.objects.get().args)
    assert "Your code is:" in inbox.mails[0].get_content()


@pytest.mark.django_db
def test_nothing_is_sent_to_somebody_who_was_erased_meanwhile(inbox: Inbox) -> None:
    person = User.objects.create(email=ADDRESS)
    mail.queue(person, TEMPLATE, CONTEXT)
    User.objects.all().delete()
    tasks.send_mail(**ProcrastinateJob.objects.get().args)
    assert inbox.mails == []


def after(attempts: int, failure: Exception) -> dt.timedelta | None:
    """How long the worker waits before it tries a mail again; None when it gives it up."""
    job = Job(id=1, queue="", lock=None, queueing_lock=None, task_name="", attempts=attempts)
    decision = delivery.ForTwoDays().get_retry_decision(exception=failure, job=job)
    if decision is None:
        return None
    assert decision.retry_at
    return decision.retry_at - clock.now()


def test_a_mail_is_tried_again_for_two_days() -> None:
    waits = [after(attempts, ConnectionRefusedError()) for attempts in range(1, 40)]
    tried = [wait for wait in waits if wait]
    assert dt.timedelta(hours=48) < sum(tried, dt.timedelta()) < dt.timedelta(hours=54)
    assert waits[len(tried) :] == [None] * (len(waits) - len(tried))


@pytest.mark.django_db
@pytest.mark.parametrize(("answer", "again"), [("550 No such user", False), ("451 Later", True)])
def test_an_address_that_the_server_never_takes_is_given_up_at_once(
    answer: str, again: bool, inbox: Inbox
) -> None:
    inbox.answer = answer
    with pytest.raises(SMTPRecipientsRefused) as refused:
        mail.compose(ADDRESS, Language.DUTCH, TEMPLATE, CONTEXT).send()
    assert bool(after(1, refused.value)) == again


@pytest.mark.django_db
def test_a_mail_that_is_sent_again_is_the_same_to_its_reader(inbox: Inbox) -> None:
    mail.queue(ADDRESS, TEMPLATE, CONTEXT)
    mail.queue(ADDRESS, TEMPLATE, CONTEXT)
    first, second = (job.args for job in ProcrastinateJob.objects.order_by("id"))
    for job in (first, first, second):
        tasks.send_mail(**job)
    ids = [received["Message-ID"] for received in inbox.mails]
    assert ids[0] == ids[1] != ids[2]
    assert all(mail_id.endswith("@wijkverbond.example>") for mail_id in ids)
    assert inbox.greetings == {"wijkverbond.example"}
