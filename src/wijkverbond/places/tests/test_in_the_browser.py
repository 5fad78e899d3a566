"""The pages about places in a real browser: for everyone, on every screen, without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from wijkverbond.kernel.actor import Actor
from wijkverbond.places import services

Check = Callable[[Page], None]
ADDRESSES = ("/plaats/", "/plaats/BU01060401/", "/plaats/GM0106/", "/plaats/BU01060507/")

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_pages_are_for_everyone_and_fit(page: Page, for_everyone: Check, host: Actor) -> None:
    services.load_assen(actor=host)
    for address in ADDRESSES:
        page.goto(address)
        for_everyone(page)


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_a_neighbourhood_is_found_without_javascript(page: Page, host: Actor) -> None:
    services.load_assen(actor=host)
    page.goto("/plaats/")
    page.get_by_label("Naam van een buurt").fill("pittelo m")
    page.get_by_role("button", name="Zoeken").click()
    page.get_by_role("link", name="Pittelo Midden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pittelo Midden")
    page.get_by_role("link", name="Pittelo Noord").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pittelo Noord")
