"""The demonstration in a real browser: answering on a phone, and every page for everyone."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests import database
from wijkverbond.urgency.views import responses

PAGES = (
    "overview:home", "coalition:who", "decisions:index", "urgency:index", "urgency:respond",
    "actions:requests", "vitality:index", "register:entries",
)  # fmt: skip


@pytest.mark.django_db(transaction=True)
@pytest.mark.browser_context_args(java_script_enabled=False, viewport={"width": 390, "height": 844})
def test_a_resident_answers_on_a_phone_without_javascript(
    page: Page, story: database.Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(responses, "UNREAD", dt.timedelta())  # this finger taps faster than people
    story.put_back()

    page.goto("/w/pittelo/wat-nodig-is/")
    page.get_by_role("link", name="Doe mee in 2 minuten").click()
    page.get_by_label("Ik woon hier").check()
    page.get_by_role("button", name="Begin met zin 1").click()
    for answer in ("Eens", "Oneens", "Weet niet"):
        page.get_by_role("button", name=answer).first.click()
    page.get_by_role("link", name="Zelf een zin schrijven").click()
    page.get_by_label("Jouw zin").fill("x" * 150)
    page.get_by_role("button", name="Verstuur mijn zin").click()
    assert "Maak je zin 10 tekens korter." in page.content()
    page.get_by_label("Jouw zin").fill("Een picknicktafel bij de vijver.")
    page.get_by_role("button", name="Verstuur mijn zin").click()
    page.get_by_role("link", name="Ga verder met de volgende zin").click()
    page.get_by_role("link", name="Ik ben klaar").click()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Dit moet als eerste").click()
    assert "Dank je wel, je antwoorden tellen" in page.content()


@pytest.mark.django_db(transaction=True)
@pytest.mark.browser_context_args(viewport={"width": 390, "height": 844})
def test_its_pages_are_for_everyone(
    page: Page, story: database.Snapshot, for_everyone: Callable[[Page], None]
) -> None:
    story.put_back()
    for address in ("/", *(reverse(name, args=["pittelo"]) for name in PAGES)):
        page.goto(address)
        for_everyone(page)
