"""Results in a real browser: for everyone, on every screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests import make
from wijkverbond.places import services as places
from wijkverbond.results import services

Check = Callable[[Page], None]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def results_url(transactional_db: None) -> str:
    """The address of a coalition with an official figure, an own measurement and none."""
    places.load_assen(actor=make.operator())
    coalition = make.coalition(places=["BU01060400", "BU01060401", "BU01060402"], name="Pittelo")
    by = make.first_actor(coalition)
    for figure in ("p_goed_ervaren_gezondheid", "geregistreerde_misdrijven"):
        official = make.changed(make.GOAL, figure=figure)
        services.adopt(make.goal(coalition, wording=official), actor=by)
    make.measurement(make.goal(coalition), by=by, value=72)
    make.goal(coalition)
    return f"/w/{coalition.slug}/resultaten/"


def test_the_pages_are_for_everyone(page: Page, for_everyone: Check, results_url: str) -> None:
    page.goto(results_url)
    first = page.locator(".wv-card h3 a").first.get_attribute("href")
    assert first
    for address in (results_url, first):
        page.goto(address)
        for_everyone(page)


@pytest.mark.browser_context_args(java_script_enabled=False)
@pytest.mark.parametrize("width", [320, 390])
def test_the_pages_are_whole_on_a_phone_without_javascript(
    page: Page, results_url: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(results_url)
    assert page.locator(".wv-state", has_text="Nog niet gemeten").count() == 1
    assert page.locator("table").count() == 3
    assert page.locator("body").bounding_box()["width"] <= width  # type: ignore[index]
