"""Every page of the site in a real browser, for everyone: axe (WCAG 2.2 AA), and no sideways scrolling.

The pages are those of the access matrix (tests/sweeps.py) in the first role that may see them:
a page that somebody adds is visited without anyone thinking of it.
One world is made for the whole file, in which there is something of every sort to see.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pytest_django import DjangoDbBlocker

from tests import database
from tests.browser import only_our_server
from tests.ready_world import ReadyWorld
from tests.sweeps import ADDRESSES, SEEN_BY, Visitors

DOWNLOADS = {
    "accounts:export": "what is kept about somebody, as JSON",
    "commitments:document": "a covenant as PDF, whose accessibility its own tests check",
    "commitments:exact_text": "what a covenant says, letter by letter, as JSON",
    "register:document": "the register as JSON",
    "register:heads": "a feed of seals",
    "register:verifier": "a program, as text",
}
PAGES = sorted(set(SEEN_BY) - set(DOWNLOADS))

Check = Callable[[Page], None]


@pytest.fixture(scope="module")
def transactional_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The browser sees what is stored; the database is emptied after the last page, not each."""
    with django_db_blocker.unblock():
        yield
        database.empty()


@pytest.fixture(scope="module")
def visitors(ready_world: ReadyWorld, transactional_db: None) -> Visitors:
    """The world of all pages, with somebody signed in for each role."""
    return Visitors(ready_world.put_back())


@pytest.fixture(scope="module")
def addresses(visitors: Visitors) -> dict[str, str]:
    """The address of each page; making them fills the world, so that no page is visited before."""
    return {name: visitors.address(name) for name in sorted(SEEN_BY)}


@pytest.fixture(scope="module")
def window(browser: Browser, browser_context_args: dict[str, Any], base_url: str) -> Iterator[Page]:
    """One window for all pages: a new one for each would take longer than most pages do."""
    context = browser.new_context(**browser_context_args)
    with only_our_server(context, base_url):
        yield context.new_page()
    context.close()


def test_only_downloads_are_left_out(visitors: Visitors, addresses: dict[str, str]) -> None:
    assert set(DOWNLOADS) <= set(ADDRESSES)
    content_types = {
        name: visitors.browsers[SEEN_BY[name]].get(addresses[name])["Content-Type"].split(";")[0]
        for name in DOWNLOADS
    }
    assert "text/html" not in content_types.values(), content_types


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_for_everyone(
    window: Page,
    base_url: str,
    visitors: Visitors,
    addresses: dict[str, str],
    name: str,
    for_everyone: Check,
) -> None:
    window.context.clear_cookies()
    window.context.add_cookies(
        [
            {"name": key, "value": cookie.value, "url": base_url}
            for key, cookie in visitors.browsers[SEEN_BY[name]].cookies.items()
        ]
    )
    response = window.goto(addresses[name])
    assert response
    assert response.status == 200
    for_everyone(window)
