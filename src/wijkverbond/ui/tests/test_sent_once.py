"""A form that is sent twice does its work once, also when both arrive at the same moment."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.contrib import messages
from django.db import IntegrityError, connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import make
from tests.sweeps import browser
from wijkverbond.actions.models import Initiative
from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.queries import acting_for, party_of
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import MandateType
from wijkverbond.kernel.models import SentForm
from wijkverbond.ui import sent_once
from wijkverbond.ui.http import CSRF_FIELD

IDEA = {"title": "Samen naar school lopen", "description": ""}


@pytest.fixture
def coalition() -> Coalition:
    """A coalition of one partner."""
    return make.coalition("residents_group")


@pytest.fixture
def address(coalition: Coalition) -> str:
    """The page on which a partner writes an idea down: it can have the same one twice."""
    return reverse("actions:propose", args=[coalition.slug])


@pytest.fixture
def partner(coalition: Coalition) -> Client:
    """The browser of that partner."""
    return browser(make.first_actor(coalition))


def shown(partner: Client, address: str) -> dict[str, str]:
    """The form as one showing of the page has it, filled in."""
    token = str(partner.get(address).context["csrf_token"])
    return {**IDEA, CSRF_FIELD: token}


@pytest.mark.django_db
def test_a_form_sent_again_leads_to_the_same_page_and_does_nothing(
    partner: Client, address: str
) -> None:
    form = shown(partner, address)
    first, again = partner.post(address, form), partner.post(address, form)
    assert [first.status_code, again.status_code] == [302, 302]
    assert again["Location"] == first["Location"]
    assert Initiative.objects.count() == 1


@pytest.mark.django_db
def test_what_was_refused_can_be_sent_again_and_a_new_showing_is_a_new_form(
    partner: Client, address: str
) -> None:
    refused = {**shown(partner, address), "title": ""}
    assert [partner.post(address, refused).status_code for _ in range(2)] == [422, 422]
    assert not SentForm.objects.exists()
    assert {partner.post(address, shown(partner, address)).status_code for _ in range(2)} == {302}
    assert Initiative.objects.count() == 2


@pytest.mark.django_db
def test_one_of_which_the_server_fell_over_is_done_by_the_next(
    partner: Client, address: str
) -> None:
    form = shown(partner, address)
    partner.post(address, form)
    Initiative.objects.all().delete()
    SentForm.objects.update(outcome="", sent_at=clock.now() - sent_once.GONE_AFTER)
    assert partner.post(address, form).status_code == 302
    assert Initiative.objects.count() == 1


@pytest.mark.django_db
def test_one_whose_first_is_refused_at_that_moment_is_answered_itself(
    partner: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    look, raced = SentForm.objects.get_or_create, iter([True])

    def forgotten_meanwhile(**row: Any) -> tuple[SentForm, bool]:
        if next(raced, False):
            raise IntegrityError
        return look(**row)

    monkeypatch.setattr(SentForm.objects, "get_or_create", forgotten_meanwhile)
    assert partner.post(address, shown(partner, address)).status_code == 302


@pytest.mark.django_db
def test_who_sends_again_what_takes_long_reads_that_it_is_being_done(
    partner: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sent_once, "LOOKS", 2)
    form = shown(partner, address)
    done = partner.post(address, form)["Location"]
    SentForm.objects.update(outcome="")
    busy = partner.post(address, form)["Location"]
    waiting = partner.get(busy)
    assert (waiting.status_code, waiting["Refresh"]) == (202, "3")
    assert "We zijn er nog mee bezig" in waiting.content.decode()
    assert Initiative.objects.count() == 1
    SentForm.objects.update(outcome=done)
    assert partner.get(busy)["Location"] == done
    SentForm.objects.update(outcome="", sent_at=clock.now() - sent_once.GONE_AFTER)
    assert partner.get(busy).status_code == 404
    SentForm.objects.all().delete()
    assert "niet bewaard" in partner.get(busy).content.decode()


def new_showing(client: Client, page: str) -> dict[str, str]:
    """The form as the page has it now, with a last day for forms that ask for one."""
    return {
        CSRF_FIELD: str(client.get(page).context["csrf_token"]),
        "sign_until": str(timezone.localdate(clock.now()) + dt.timedelta(days=30)),
    }


def draft_to_open(world: make.World) -> tuple[str, str]:
    """A covenant that a partner opens for signing; who does so again is refused."""
    draft = make_commitments.draft(world)
    arguments = [world.coalition.slug, draft.id]
    return reverse("commitments:covenant", args=arguments), reverse(
        "commitments:open", args=arguments
    )


def question_to_close(world: make.World) -> tuple[str, str]:
    """A question that a partner closes with a button; the next page says what is wrong."""
    arguments = [world.coalition.slug, make.conversation(world.coalition).id]
    return reverse("urgency:conversation", args=arguments), reverse("urgency:close", args=arguments)


@pytest.mark.django_db
@pytest.mark.parametrize("act", [draft_to_open, question_to_close])
def test_what_is_done_once_leads_to_its_outcome_from_another_showing_too(
    world: make.World, act: Callable[[make.World], tuple[str, str]]
) -> None:
    page, address = act(world)
    resident = browser(world.resident)
    showings = [new_showing(resident, page) for _ in range(2)]
    first, again = (resident.post(address, showing) for showing in showings)
    assert (again.status_code, again["Location"]) == (302, first["Location"])
    shown = resident.get(first["Location"]).context["messages"]
    assert [str(message) for message in shown if message.level >= messages.ERROR] == []


@pytest.mark.django_db
def test_only_who_did_it_is_led_to_its_outcome(world: make.World) -> None:
    page, address = draft_to_open(world)
    resident = browser(world.resident)
    showing = new_showing(resident, page)
    assert resident.post(address, showing).status_code == 302
    assert browser(world.shopkeeper).post(address, showing).status_code == 403
    person, party = make.account_of(world.resident), party_of(world.shopkeeper)
    make.grant(party, person, actor=world.shopkeeper, may=[MandateType.TAKE_PART])
    in_another_hat = browser(acting_for(person.id, party, now=world.resident.now))
    assert in_another_hat.post(address, new_showing(in_another_hat, page)).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_two_that_arrive_at_the_same_moment_are_one(partner: Client, address: str) -> None:
    form = shown(partner, address)
    together = Barrier(2)

    def send() -> HttpResponse:
        finger = Client()
        finger.cookies = partner.cookies
        together.wait(timeout=30)
        try:
            return finger.post(address, form)  # type: ignore[return-value]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as fingers:
        answers = [fingers.submit(send) for _ in range(2)]
        locations = {answer.result()["Location"] for answer in answers}
    assert len(locations) == 1
    assert Initiative.objects.count() == 1
