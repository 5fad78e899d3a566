"""A form that is sent twice does its work once, also when both arrive at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests import make
from tests.sweeps import browser
from wijkverbond.actions.models import Initiative
from wijkverbond.coalition.models import Coalition
from wijkverbond.kernel.models import SentForm
from wijkverbond.ui import sent_once
from wijkverbond.ui.sent_once import CSRF_FIELD

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
    partner: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sent_once, "LOOKS", 2)
    form = shown(partner, address)
    partner.post(address, form)
    Initiative.objects.all().delete()
    SentForm.objects.update(outcome="")
    assert partner.post(address, form).status_code == 302
    assert Initiative.objects.count() == 1


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
