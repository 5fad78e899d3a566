"""The pages of the circle in a real browser: for everyone, on every screen, without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import make
from wijkverbond.coalition import services
from wijkverbond.coalition.models import Invitation, MissingVoice, Party
from wijkverbond.coalition.queries import invitation_links, party_of
from wijkverbond.kernel.actor import Actor

Check = Callable[[Page], None]
WalkIn = Callable[[Actor], Page]

pytestmark = pytest.mark.django_db(transaction=True)


def addresses(world: make.World) -> list[str]:
    """Each distinct shape of page, filled."""
    voice = services.suggest_missing(
        world.coalition,
        actor=world.resident,
        wording=MissingVoice(sector="school", what="Er zijn hier 340 leerlingen."),
    )
    invitation = services.invite(
        world.coalition,
        actor=world.resident,
        wording=Invitation(addressee="De school"),
        missing_voice=voice,
    )
    own = party_of(world.resident)
    others = list(Party.objects.filter(coalition=world.coalition).exclude(id=own.id))
    services.report_tie(own, others[0], actor=world.resident, strength="together")
    services.report_tie(own, others[1], actor=world.resident, strength="informs")
    make.grant(own, make.user(), actor=world.resident, may=["sign"], ground="statutes")
    newcomer = make.party(world.coalition, "shop", name="Gemeente van buren", confirmed=False)
    services.report_name(newcomer, actor=world.corporation, why="Wij heten al dertig jaar zo.")
    home, circle = f"/w/{world.coalition.slug}/", f"/w/{world.coalition.slug}/wie-doet-mee/"
    link = f"/uitnodiging/{invitation_links.link_token(invitation)}/"
    return [
        home, circle, "/w/nieuw/", "/spelregels/", link, f"{link}nee/", f"{home}wissel/",
        f"{circle}uitnodigen/", f"{circle}ontbreekt/", f"{circle}ontbreekt/{voice.id}/",
        f"{circle}samenwerking/", f"{circle}overdracht/", f"{circle}secretariaat/",
        f"{circle}mandaten/", f"{circle}{own.id}/", f"{circle}{own.id}/wijzigen/",
        f"{circle}{own.id}/mandaten/", f"{circle}{own.id}/stoppen/",
        f"{circle}{newcomer.id}/", f"{circle}{newcomer.id}/naam/",
    ]  # fmt: skip


def test_the_pages_are_for_everyone_and_fit(
    world: make.World, walk_in: WalkIn, for_everyone: Check
) -> None:
    page = walk_in(world.resident)
    for address in addresses(world):
        response = page.goto(address)
        assert response
        assert response.status == 200, address
        for_everyone(page)


def test_the_pages_of_a_coalition_in_formation_are_for_everyone_too(page: Page, axe: Check) -> None:
    coalition = make.coalition("municipality")
    for address in (f"/w/{coalition.slug}/", f"/w/{coalition.slug}/wie-doet-mee/"):
        page.goto(address)
        expect(page.get_by_text("Deze wijkcoalitie is in oprichting")).to_be_visible()
        axe(page)


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_a_coalition_is_started_and_joined_without_javascript(db: None, walk_in: WalkIn) -> None:
    page = walk_in(make.someone(make.user()))
    page.goto("/w/nieuw/")
    page.get_by_label("Naam van de wijkcoalitie").fill("Lariks")
    page.get_by_label("Welke buurten of wijken?").fill("WK010601")
    page.get_by_label("Naam van de organisatie").fill("Bewonersgroep Lariks")
    page.get_by_label("Wat voor organisatie is het?").select_option("residents_group")
    page.get_by_label("Rechtsvorm").select_option("informal")
    page.get_by_role("radio", name="Nee, het zijn vrijwilligers").check()
    page.get_by_role("radio", name="Woont hier").check()
    page.get_by_label("Uitvoering", exact=True).check()
    page.get_by_role("button", name="Begin de wijkcoalitie").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wie doet mee?")
    page.get_by_role("link", name="Uitnodigingen").click()
    page.get_by_label("Wie nodig je uit?").fill("De winkels")
    page.get_by_role("button", name="Nodig uit").click()
    link = page.get_by_label("De link, om door te geven").input_value()
    page.context.clear_cookies()
    walk_in(make.someone(make.user()))
    page.goto(link)
    page.get_by_label("Wat voor organisatie is het?").select_option("shopkeepers")
    page.get_by_label("Rechtsvorm").select_option("association")
    page.get_by_role("radio", name="Ja, zij krijgen betaald").check()
    page.get_by_role("radio", name="Werkt hier").check()
    page.get_by_label("Uitvoering", exact=True).check()
    page.get_by_role("button", name="Ja, we doen mee").click()
    expect(page.get_by_role("link", name="De winkels", exact=True)).to_be_visible()
    assert Party.objects.count() == 2
