"""The pages of the register in a real browser: for everyone, on a phone and on a desk."""

from collections.abc import Callable

from django.db import transaction
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests import make
from wijkverbond.coalition.models import Coalition
from wijkverbond.kernel import clock, journal
from wijkverbond.kernel.events import Text
from wijkverbond.kernel.tests.sample_events import Said

WIDTHS = (320, 390, 1280)


def test_the_register_can_be_read_by_everyone(
    page: Page, live_server: LiveServer, for_everyone: Callable[[Page], None], world: make.World
) -> None:
    Coalition.objects.filter(id=world.coalition.id).update(listed_at=clock.now())
    long = "Eenheelerglangwoordzonderspaties" * 8
    with transaction.atomic():
        journal.record(*[Said(words=Text(long))] * 55, actor=world.shopkeeper)
    for address in ("/register/", f"/w/{world.coalition.slug}/register/?page=2"):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(live_server.url + address)
            for summary in page.locator("main details summary").all()[:2]:
                summary.click()
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width
        for_everyone(page)
