"""From a promise to a covenant in force, in a real browser: for everyone, without JavaScript."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from tests import make
from wijkverbond.commitments.models import Covenant
from wijkverbond.commitments.tests import agreed
from wijkverbond.kernel.actor import Actor

Check = Callable[[Page], None]
WalkIn = Callable[[Actor], Page]

pytestmark = pytest.mark.django_db(transaction=True)


def promise(page: Page, here: str) -> None:
    """Write a promise down and offer it."""
    page.goto(f"{here}beloften/")
    page.get_by_role("link", name="Doe een belofte").first.click()
    page.get_by_label("Wat jullie beloven").fill("Drie avonden is de zaal open")
    page.get_by_label("Hoe iedereen kan zien dat het gedaan is").fill("Het rooster hangt er")
    page.get_by_label(make.WORDING.sentence).check()
    page.get_by_role("radio", name="Bindend").check()
    page.locator("[name=resource]").select_option("space")
    page.locator("[name=starts]").fill("2027-01-01")
    page.locator("[name=ends]").fill("2030-12-31")
    page.locator("[name=rhythm]").select_option("monthly")
    page.locator("main form button[type=submit]").last.click()
    page.get_by_role("button", name="Bied deze belofte aan").click()


def compose(page: Page, here: str) -> None:
    """Compose the covenant and open it for signing."""
    page.goto(f"{here}convenant/nieuw/")
    page.locator("[name=title]").fill("Convenant voor de wijk")
    page.locator("[name=starts]").fill("2027-01-01")
    page.locator("[name=ends]").fill("2030-12-31")
    page.get_by_label("Drie avonden is de zaal open").check()
    page.locator("[name=rules]").fill("Iedereen kan meedoen.")
    page.locator("main form button[type=submit]").last.click()
    page.get_by_role("button", name="Open om te tekenen").click()


def sign(page: Page, here: str) -> None:
    """Sign with the code from the mail."""
    page.goto(f"{here}convenant/")
    page.get_by_role("link", name="Teken namens je organisatie").click()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Mail mij een code").click()
    found = re.search(r"\b\d{4} \d{4}\b", str(mail.outbox[-1].body))
    assert found
    page.locator("[name=code]").fill(found[0])
    page.get_by_role("button", name="Tekenen", exact=True).click()


@pytest.mark.browser_context_args(java_script_enabled=False, viewport={"width": 390, "height": 844})
def test_a_promise_becomes_a_covenant_in_force_without_javascript(
    world: make.World, walk_in: WalkIn
) -> None:
    agreed.vision(world)
    agreed.goal(world)
    here = f"/w/{world.coalition.slug}/"
    page = walk_in(world.corporation)
    promise(page, here)
    compose(page, here)
    for actor in (world.resident, world.shopkeeper, world.corporation):
        page.context.clear_cookies()
        sign(walk_in(actor), here)
    expect(page.get_by_text("3 van 4 getekend")).to_be_visible()
    expect(page.get_by_text("Geldt nu", exact=True)).to_be_visible()
    covenant = Covenant.objects.get()
    assert covenant.state == "in_force"
    assert len(agreed.recorded(covenant, "covenant_in_force")) == 1


def addresses(world: make.World) -> list[str]:
    """Each distinct shape of page, filled."""
    old = agreed.in_force(world)
    pledge = agreed.pledge(world, subject_to_approval="de raad van toezicht")
    covenant = agreed.opened(world, pledges=[pledge])
    agreed.sign(covenant, world.resident)
    draft = agreed.draft(world, pledges=[pledge], ends=agreed.STARTS.replace(month=12))
    own = agreed.draft_pledge(world)
    here, paper = f"/w/{world.coalition.slug}/beloften/", f"/w/{world.coalition.slug}/convenant/"
    return [
        here, f"{here}nieuw/", f"{here}{pledge.id}/", f"{here}{own.id}/", f"{here}{pledge.id}/wijzigen/",
        f"{here}{pledge.id}/terugnemen/", paper, f"{paper}nieuw/", f"{paper}{old.id}/",
        f"{paper}{old.id}/terugblik/", f"{paper}{covenant.id}/", f"{paper}{covenant.id}/tekenen/",
        f"{paper}{covenant.id}/tekenen/code/", f"{paper}{covenant.id}/niet-tekenen/",
        f"{paper}{draft.id}/", f"{paper}{draft.id}/wijzigen/",
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
