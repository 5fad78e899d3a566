"""The pages of actions in a real browser: for everyone, on every screen, without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests import make
from wijkverbond.actions.services import check_ins, initiatives
from wijkverbond.actions.tests import make as make_actions
from wijkverbond.kernel.actor import Actor

Check = Callable[[Page], None]
WalkIn = Callable[[Actor], Page]

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = ViewportSize(width=390, height=844)


def test_the_pages_are_for_everyone_and_fit(
    world: make.World, walk_in: WalkIn, for_everyone: Check
) -> None:
    obstacle = make_actions.obstacle(world)
    initiative = obstacle.initiative
    assert initiative
    initiatives.start(initiative, actor=world.resident)
    action = make_actions.action(initiative, by=world.shopkeeper)
    reported = make_actions.check_in(make_actions.pledge(world), by=world.resident)
    check_ins.judge(reported, actor=world.corporation, verdict="kept")
    request = make.request(world)
    page = walk_in(world.shopkeeper)
    for path in (
        "doen/", "doen/nieuw/", f"doen/{initiative.id}/", f"doen/{initiative.id}/acties/",
        f"doen/{initiative.id}/acties/{action.id}/gedaan/",
        f"doen/beloften/{reported.pledge_id}/", f"doen/meldingen/{reported.id}/oordeel/",
        "doen/vastgelopen/", f"doen/vastgelopen/{obstacle.id}/", "verzoeken/",
        f"verzoeken/{request.id}/",
    ):  # fmt: skip
        response = page.goto(f"/w/{world.coalition.slug}/{path}")
        assert response
        assert response.status == 200, path
        for_everyone(page)


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_an_idea_is_started_planned_done_and_finished(world: make.World, walk_in: WalkIn) -> None:
    page = walk_in(world.resident)
    page.set_viewport_size(PHONE)
    page.goto(f"/w/{world.coalition.slug}/doen/")
    page.get_by_role("link", name="Begin zelf iets").click()
    page.get_by_label("Wat wil je doen?").fill("Samen koken")
    page.get_by_role("button", name="Schrijf dit idee op").click()
    page.get_by_role("button", name="Wij beginnen").click()
    expect(page.get_by_text("Loopt sinds")).to_be_visible()
    page.get_by_role("link", name="Plan een actie").click()
    page.get_by_label("Wat ga je doen?").fill("Pannen lenen")
    page.get_by_label("Wanneer is het klaar?").fill("2099-01-01")
    page.get_by_role("button", name="Plan een actie").click()
    page.get_by_role("link", name="Dit is gedaan: Pannen lenen").click()
    page.get_by_label("Hoeveel mensen hielpen mee?").fill("4")
    page.get_by_role("button", name="Dit is gedaan").click()
    expect(page.get_by_text("Gedaan op")).to_be_visible()
    page.get_by_role("button", name="Het hele initiatief is klaar").click()
    page.goto(f"/w/{world.coalition.slug}/doen/")
    expect(page.get_by_role("heading", name="Klaar of gestopt")).to_be_visible()


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_a_pledge_is_reported_and_judged_by_another(world: make.World, walk_in: WalkIn) -> None:
    pledge = make_actions.pledge(world)
    page = walk_in(world.resident)
    page.set_viewport_size(PHONE)
    page.goto(f"/w/{world.coalition.slug}/doen/")
    page.get_by_role("link", name="Meld:").click()
    page.get_by_role("radio").first.check()
    page.get_by_label("Hoeveel mensen deden mee?").fill("12")
    page.get_by_role("button", name="Meld dit").click()
    expect(page.get_by_text("nog niet beoordeeld door anderen")).to_be_visible()
    page.context.clear_cookies()
    walk_in(world.shopkeeper)
    page.goto(f"/w/{world.coalition.slug}/doen/beloften/{pledge.id}/")
    page.get_by_role("link", name="Zeg wat wij zien").click()
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Zeg wat wij zien").click()
    expect(page.get_by_text("zeggen anderen").first).to_be_visible()


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_an_obstacle_becomes_a_request_and_gets_its_answer(
    world: make.World, walk_in: WalkIn
) -> None:
    make_actions.initiative(world)
    coalition_url = f"/w/{world.coalition.slug}"
    page = walk_in(world.resident)
    page.set_viewport_size(PHONE)
    page.goto(f"{coalition_url}/doen/vastgelopen/")
    page.get_by_label("Wat zit vast?").fill("Niemand heeft de sleutel.")
    page.get_by_role("radio").first.check()
    page.get_by_label("Welk initiatief zit vast?").select_option("Samen koken")
    page.get_by_role("button", name="Schrijf dit op").click()
    page.get_by_role("link", name="Vraag de overheid om hulp").click()
    page.locator("[name=title]").fill("Mag de zaal open?")
    page.locator("main form button").last.click()
    page.get_by_role("link", name="Mag de zaal open?").click()
    expect(page.get_by_role("link", name="Niemand heeft de sleutel.")).to_be_visible()
    request_url = page.url
    page.context.clear_cookies()
    walk_in(world.municipality)
    page.goto(f"{request_url}antwoord/")
    page.locator("[name=verdict][value=granted]").check()
    page.locator("[name=text]").fill("Ja, elke dinsdag.")
    page.locator("[name=role][value=facilitate]").check()
    page.locator("main form button").last.click()
    page.context.clear_cookies()
    walk_in(world.resident)
    page.goto(f"{request_url}opnieuw/")
    page.locator("[name=reason]").fill("De zaal bleef dicht.")
    page.locator("main form button").last.click()
    expect(page.get_by_text("Antwoord uiterlijk")).to_be_visible()
