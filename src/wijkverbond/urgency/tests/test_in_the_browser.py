"""Hiding and reviewing in a real browser: for everyone, on every screen."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests import make
from tests.sweeps import browser
from wijkverbond.ui import turns
from wijkverbond.urgency import services
from wijkverbond.urgency.views import responses

Check = Callable[[Page], None]

pytestmark = pytest.mark.django_db(transaction=True)


def sign_in(page: Page, live_server: LiveServer, visitor: Client) -> None:
    page.context.add_cookies(
        [
            {"name": name, "value": cookie.value, "url": live_server.url}
            for name, cookie in visitor.cookies.items()
        ]
    )


def test_hiding_and_reviewing_is_for_everyone(
    page: Page, live_server: LiveServer, for_everyone: Check, world: make.World
) -> None:
    open_conversation = make.conversation(world.coalition)
    first, second = open_conversation.statements.order_by("number")[:2]
    hiding = services.hide_as_host(first, actor=world.operator, law="Strafrecht, artikel 137c")
    slug = world.coalition.slug
    conversation_url = reverse("urgency:conversation", args=[slug, open_conversation.id])
    for actor, address in (
        (world.operator, conversation_url),
        (world.operator, reverse("urgency:hide", args=[slug, second.id])),
        (world.resident, conversation_url),
        (world.resident, reverse("urgency:review", args=[slug, hiding.id])),
    ):
        sign_in(page, live_server, browser(actor))
        page.goto(address)
        for_everyone(page)


def test_who_waits_goes_on_by_themselves_and_the_pages_are_for_everyone(
    page: Page,
    live_server: LiveServer,
    for_everyone: Check,
    world: make.World,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The module wv-wait.js; without it a button does the same (test_many_from_one_network.py)."""
    monkeypatch.setattr(responses, "NEWCOMERS_AT_ONCE", 0)
    monkeypatch.setattr(turns, "STEP", 1)
    make.conversation(world.coalition)
    slug = world.coalition.slug
    page.goto(reverse("urgency:respond", args=[slug]))
    page.get_by_label("Ik woon hier").check()
    page.get_by_role("button", name="Begin met zin 1").click()
    expect(page.get_by_role("heading", name="Een ogenblik")).to_be_visible()
    page.wait_for_url(f"**{reverse('urgency:sentence', args=[slug])}")
    for name in ("sentence", "own_done", "done"):
        page.goto(reverse(f"urgency:{name}", args=[slug]))
        for_everyone(page)


def test_who_supports_words_that_change_reads_both_and_supports_the_new_ones(
    page: Page, live_server: LiveServer, for_everyone: Check, world: make.World
) -> None:
    urgency = make.urgency(make.conversation(world.coalition))
    sign_in(page, live_server, browser(world.shopkeeper))
    page.goto(reverse("urgency:urgency", args=[world.coalition.slug, urgency.id]))
    anew = "Kinderen lopen veilig naar school."
    services.reword(urgency, actor=world.resident, sentence=anew, reason="Korter.")
    page.get_by_role("button", name="Onze organisatie deelt deze urgentie").click()
    expect(page.get_by_text("Dit veranderde terwijl je het las")).to_be_visible()
    for_everyone(page)
    page.get_by_role("button", name="Ja, verstuur opnieuw").click()
    expect(page.get_by_text("Jullie steun is vastgelegd")).to_be_visible()
    assert urgency.endorsements.get().revision == urgency.revision + 1
