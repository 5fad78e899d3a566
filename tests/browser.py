"""A real browser for tests: Debian's Chromium on the live server, with axe.

    def test_the_page_is_for_everyone(page, for_everyone):
        page.goto("/ui/")
        for_everyone(page)

Without JavaScript: `@pytest.mark.browser_context_args(java_script_enabled=False)`.
Dark: `page.emulate_media(color_scheme="dark")`. A request to another host fails the test.
"""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

# Playwright's own loop runs in this thread; the ORM would refuse to work beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

# The narrowest phone, the phone of the design, and a desk.
NARROW, PHONE, DESK = 320, 390, 1280
HEIGHT = 900
FIND_PROBLEMS = "async options => (await axe.run(options)).violations"
# Stylesheets are not asked for once more: no rule of ours reads them.
ONLY_PROBLEMS = {"resultTypes": ["violations"], "preload": False}
QUIET = (
    "--no-sandbox",  # tests may run as root
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Chromium of the system."""
    return {
        **browser_type_launch_args,
        "executable_path": shutil.which("chromium"),
        "args": list(QUIET),
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A Dutch reader on a desk."""
    return {
        **browser_context_args,
        "locale": "nl-NL",
        "viewport": {"width": DESK, "height": HEIGHT},
    }


@contextlib.contextmanager
def only_our_server(context: BrowserContext, address: str) -> Iterator[None]:
    """Fail afterwards when this browser session asked for something elsewhere meanwhile."""
    outside: list[str] = []
    ours = (address, "data:", "blob:", "about:")
    context.on(
        "request",
        lambda request: None if request.url.startswith(ours) else outside.append(request.url),
    )
    yield
    assert outside == []


@pytest.fixture
def context(context: BrowserContext, live_server: LiveServer) -> Iterator[BrowserContext]:
    """A browser session that may only talk to our own server."""
    with only_our_server(context, live_server.url):
        yield context


@pytest.fixture
def axe() -> Callable[..., None]:
    """Fail with what stands in the way of somebody's use of this page (axe, WCAG 2.2 AA).

    With names of axe's tags (`axe(page, "cat.color")`) only those rules are looked at. The size of
    what one presses is a rule that axe leaves out by itself.
    """

    def check(page: Page, *tags: str) -> None:
        chosen = {"runOnly": list(tags)} if tags else {"rules": {"target-size": {"enabled": True}}}
        if not page.evaluate(
            "'axe' in window"
        ):  # reading its script takes longer than a small page
            page.evaluate(AXE_SCRIPT)
        problems = page.evaluate(FIND_PROBLEMS, {**ONLY_PROBLEMS, **chosen})
        assert [
            f"{problem['id']}: {node['html'][:160]} ({node['failureSummary'][:300]})"
            for problem in problems
            for node in problem["nodes"]
        ] == []

    return check


@pytest.fixture
def fits() -> Callable[[Page], None]:
    """Fail when the page scrolls sideways."""

    def check(page: Page) -> None:
        root = "document.documentElement"
        assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") <= 0

    return check


@pytest.fixture
def for_everyone(axe: Callable[..., None], fits: Callable[[Page], None]) -> Callable[[Page], None]:
    """Fail when not everyone can use this page, on a desk, on a phone, or in the dark.

    axe looks at everything on a phone, and in the dark at the colours, which are all that changes.
    The page must fit every width, down to the narrowest phone.
    """

    def check(page: Page) -> None:
        for width in (DESK, NARROW, PHONE):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            fits(page)
        axe(page)
        page.emulate_media(color_scheme="dark")
        axe(page, "cat.color")
        page.emulate_media(color_scheme="light")

    return check
