"""Hiding and reviewing in a real browser: for everyone, on every screen."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests import make
from tests.sweeps import browser
from wijkverbond.urgency import services

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
