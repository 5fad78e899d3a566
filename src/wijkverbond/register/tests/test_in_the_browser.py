"""The pages of the register in a real browser: for everyone, on a phone and on a desk."""

import base64
from collections.abc import Callable

from django.db import transaction
from playwright.sync_api import Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests import make
from wijkverbond.coalition.models import Coalition
from wijkverbond.kernel import clock, journal
from wijkverbond.kernel.actor import system
from wijkverbond.kernel.events import Text
from wijkverbond.kernel.tests.sample_events import Said
from wijkverbond.register import services

WIDTHS = (320, 390, 1280)


def test_the_register_can_be_read_by_everyone(
    page: Page, live_server: LiveServer, for_everyone: Callable[[Page], None], world: make.World,
    settings: Settings,
) -> None:  # fmt: skip
    Coalition.objects.filter(id=world.coalition.id).update(listed_at=clock.now())
    long = "Eenheelerglangwoordzonderspaties" * 8
    with transaction.atomic():
        journal.record(*[Said(words=Text(long))] * 55, actor=world.shopkeeper)
    old_seed = settings.REGISTER_SEED
    settings.REGISTER_SEED = base64.b64encode(b"n" * 32).decode()
    services.rotate(old_seed, actor=system())
    settings.REGISTER_SEED = base64.b64encode(b"o" * 32).decode()
    services.go_on_without_old_key(long, actor=system())
    for address in ("/register/", f"/w/{world.coalition.slug}/register/?page=2"):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(live_server.url + address)
            for summary in page.locator("main details summary").all()[:2]:
                summary.click()
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width
        for_everyone(page)
    assert page.locator("main .wv-alert").count() == 2
