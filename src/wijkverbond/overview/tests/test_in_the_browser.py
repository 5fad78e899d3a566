"""The composed pages in a real browser: for everyone, on every screen, without JavaScript, dark."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import make
from wijkverbond.breakthroughs import services as breakthroughs
from wijkverbond.insights.tests import make as make_insights
from wijkverbond.kernel.actor import Actor

Check = Callable[[Page], None]
WalkIn = Callable[[Actor], Page]

pytestmark = pytest.mark.django_db(transaction=True)


def addresses(world: make.World) -> list[str]:
    """Each distinct shape of page, filled, and the front page of a coalition in formation."""
    make_insights.insight(world.coalition)
    conversation = make.conversation(world.coalition)
    make.answers(conversation, "residents", 6, {1: 1, 2: -1})
    urgency = make.urgency(conversation)
    goal = make.goal(world.coalition, urgency=urgency)
    make.decision(world.coalition)
    make.request(world)
    breakthrough = make.breakthrough(world.coalition, by=world.corporation)
    breakthroughs.confirm(breakthrough, actor=world.resident, confirms=True)
    breakthroughs.confirm(breakthrough, actor=world.shopkeeper, confirms=True)
    formation = make.coalition("municipality")
    home = f"/w/{world.coalition.slug}/"
    return [
        "/", "/mijn-werk/", home, f"{home}tijdlijn/", f"{home}spoor/goal/{goal.id}/",
        f"/w/{formation.slug}/",
    ]  # fmt: skip


def look(page: Page, addresses: list[str], *checks: Check) -> None:
    """Visit these pages and check each."""
    for address in addresses:
        response = page.goto(address)
        assert response
        assert response.status == 200, address
        for check in checks:
            check(page)


def test_the_pages_are_for_everyone(
    world: make.World, walk_in: WalkIn, for_everyone: Check
) -> None:
    look(walk_in(world.resident), addresses(world), for_everyone)


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_the_pages_work_without_javascript(world: make.World, walk_in: WalkIn, fits: Check) -> None:
    page = walk_in(world.municipality)
    page.set_viewport_size({"width": 390, "height": 900})
    look(page, addresses(world), fits)
    page.goto(f"/w/{world.coalition.slug}/tijdlijn/")
    page.get_by_label("Gaat over").select_option("breakthroughs")
    page.get_by_role("button", name="Toon").click()
    expect(page.get_by_text("meldt een doorbraak")).to_be_visible()
    expect(page.get_by_text("vraagt de wijk")).to_have_count(0)
    page.get_by_role("link", name="Volg het spoor").first.click()
    expect(page.get_by_role("heading", name="Hier rust het op")).to_be_visible()


def test_the_pages_fit_the_narrowest_phone(world: make.World, walk_in: WalkIn, fits: Check) -> None:
    page = walk_in(world.shopkeeper)
    page.set_viewport_size({"width": 320, "height": 900})
    look(page, addresses(world), fits)
