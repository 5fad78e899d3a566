"""From a pledge to a covenant in force, in a real browser: for everyone, without JavaScript."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from tests import make
from wijkverbond.commitments.models import Covenant
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.kernel.actor import Actor

Check = Callable[[Page], None]
WalkIn = Callable[[Actor], Page]

pytestmark = pytest.mark.django_db(transaction=True)


def offer_pledge(page: Page, coalition_url: str) -> None:
    """Write a pledge down and offer it."""
    page.goto(f"{coalition_url}beloften/")
    page.get_by_role("link", name="Doe een belofte").first.click()
    page.get_by_label("Wat jullie beloven").fill("Drie avonden is de zaal open")
    page.get_by_label("Hoe iedereen kan zien dat het gedaan is").fill("Het rooster hangt er")
    page.get_by_label(make.GOAL.sentence).check()
    page.get_by_role("radio", name="Bindend").check()
    page.locator("[name=resource]").select_option("space")
    page.locator("[name=starts]").fill("2027-01-01")
    page.locator("[name=ends]").fill("2030-12-31")
    page.locator("[name=rhythm]").select_option("monthly")
    page.locator("main form button[type=submit]").last.click()
    page.get_by_role("button", name="Bied deze belofte aan").click()


def open_covenant(page: Page, coalition_url: str) -> None:
    """Compose the covenant and open it for signing."""
    page.goto(f"{coalition_url}convenant/nieuw/")
    page.locator("[name=title]").fill("Convenant voor de wijk")
    page.locator("[name=starts]").fill("2027-01-01")
    page.locator("[name=ends]").fill("2030-12-31")
    page.get_by_label("Drie avonden is de zaal open").check()
    page.locator("[name=rules]").fill("Iedereen kan meedoen.")
    page.locator("main form button[type=submit]").last.click()
    page.get_by_role("link", name="Open om te tekenen").click()
    page.get_by_role("button", name="Open om te tekenen").click()


def sign(page: Page, coalition_url: str) -> None:
    """Sign with the code from the mail."""
    page.goto(f"{coalition_url}convenant/")
    page.get_by_role("link", name="Teken namens je organisatie").click()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Mail mij een code").click()
    match = re.search(r"\b\d{4} \d{4}\b", str(mail.outbox[-1].body))
    assert match
    page.locator("[name=code]").fill(match[0])
    page.get_by_role("button", name="Tekenen", exact=True).click()


@pytest.mark.browser_context_args(java_script_enabled=False, viewport={"width": 390, "height": 844})
def test_a_pledge_becomes_a_covenant_in_force_without_javascript(
    world: make.World, walk_in: WalkIn
) -> None:
    make_commitments.vision(world)
    make_commitments.goal(world)
    coalition_url = f"/w/{world.coalition.slug}/"
    page = walk_in(world.corporation)
    offer_pledge(page, coalition_url)
    open_covenant(page, coalition_url)
    for actor in (world.resident, world.shopkeeper, world.corporation):
        page.context.clear_cookies()
        sign(walk_in(actor), coalition_url)
    expect(page.get_by_text("3 van 4 getekend")).to_be_visible()
    expect(page.get_by_text("Geldt nu", exact=True)).to_be_visible()
    covenant = Covenant.objects.get()
    assert covenant.state == "in_force"
    assert len(make_commitments.recorded(covenant, "covenant_in_force")) == 1


def addresses(world: make.World) -> list[str]:
    """Each distinct shape of page, filled."""
    old = make_commitments.in_force(world)
    pledge = make_commitments.pledge(world, subject_to_approval="de raad van toezicht")
    covenant = make_commitments.opened(world, pledges=[pledge])
    make_commitments.sign(covenant, world.resident)
    draft = make_commitments.draft(
        world, pledges=[pledge], ends=make_commitments.STARTS.replace(month=12)
    )
    own = make_commitments.draft_pledge(world)
    pledges_url, covenants_url = (
        f"/w/{world.coalition.slug}/beloften/",
        f"/w/{world.coalition.slug}/convenant/",
    )
    return [
        pledges_url, f"{pledges_url}nieuw/", f"{pledges_url}{pledge.id}/", f"{pledges_url}{own.id}/", f"{pledges_url}{pledge.id}/wijzigen/",
        f"{pledges_url}{pledge.id}/terugnemen/", covenants_url, f"{covenants_url}nieuw/", f"{covenants_url}{old.id}/",
        f"{covenants_url}{old.id}/terugblik/", f"{covenants_url}{covenant.id}/", f"{covenants_url}{covenant.id}/tekenen/",
        f"{covenants_url}{covenant.id}/tekenen/code/", f"{covenants_url}{covenant.id}/niet-tekenen/",
        f"{covenants_url}{draft.id}/", f"{covenants_url}{draft.id}/wijzigen/",
    ]  # fmt: skip


def test_the_pages_are_for_everyone_and_fit(
    world: make.World, walk_in: WalkIn, for_everyone: Check
) -> None:
    page = walk_in(world.corporation)
    for address in addresses(world):
        response = page.goto(address)
        assert response
        assert response.status == 200, address
        for_everyone(page)
