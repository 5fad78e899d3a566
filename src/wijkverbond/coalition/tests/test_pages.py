"""The other pages of the circle: leaving, handover, what is private, the rules."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from tests import make
from tests.html import one_line, shown
from wijkverbond.coalition import services, urls
from wijkverbond.coalition.models import (
    Access,
    Coalition,
    Handover,
    Invitation,
    MissingVoice,
    Secretariat,
)
from wijkverbond.coalition.queries import invitation_links, party_of
from wijkverbond.coalition.queries.handover import handover_reminder
from wijkverbond.coalition.tests.pages import PART, SignIn, home_url, page_url, readable
from wijkverbond.kernel import policy
from wijkverbond.kernel.actor import ActorKind

pytestmark = pytest.mark.django_db

TEMPLATES = Path(__file__).resolve().parent.parent / "templates" / "coalition"


def test_a_partner_describes_itself_and_leaves_in_the_browser(
    world: make.World, sign_in: SignIn
) -> None:
    browser, party = sign_in(world.shopkeeper), party_of(world.shopkeeper)
    describe = page_url(world.coalition, "describe", party_id=party.id)
    data = PART | {"constituency": "17 zaken", "involvement": "owns", "paid": "no"}
    assert browser.post(describe, data).status_code == 302
    page = page_url(world.coalition, "party", party_id=party.id)
    page_text = readable(browser.get(page).content)
    assert "17 zaken" in page_text
    assert "Zij zijn vrijwilligers." in page_text
    leave = page_url(world.coalition, "leave", party_id=party.id)
    browser.post(leave, {"reason": "De winkels gaan dicht."})
    assert "omdat: De winkels gaan dicht." in readable(Client().get(page).content)


def test_a_party_that_left_comes_back_in_the_browser(world: make.World, sign_in: SignIn) -> None:
    browser, party = sign_in(world.shopkeeper), party_of(world.shopkeeper)
    services.leave(party, actor=world.shopkeeper, reason="Even pauze.")
    invitation = services.invite(
        world.coalition, actor=world.resident, wording=Invitation(addressee="De winkels")
    )
    page = reverse("coalition:invitation", args=[invitation_links.link_token(invitation)])
    assert party.name in readable(browser.get(page).content)
    data = PART | {"organisation-existing": party.organisation_id}
    assert browser.post(page, data).status_code == 302
    assert world.coalition.parties.present().filter(organisation=party.organisation).exists()


def test_a_handover_is_proposed_and_confirmed_in_the_browser(
    world: make.World, sign_in: SignIn
) -> None:
    page = page_url(world.coalition, "handover")
    chair = party_of(world.resident)
    data = {"propose": "1", "chair": chair.id, "rules": "Elke maand.", "fallback": "withdraw"}
    assert sign_in(world.municipality).post(page, data).status_code == 403
    assert sign_in(world.resident).post(page, data | {"rules": ""}).status_code == 422
    assert sign_in(world.resident).post(page, data).status_code == 302
    for actor in (world.shopkeeper, world.corporation):
        sign_in(actor).post(page, shown(Handover.objects.get()))
    assert f"{chair.name} is voorzitter." in readable(Client().get(page).content)


def test_leaving_a_private_coalition_leads_to_the_portal(
    world: make.World, sign_in: SignIn
) -> None:
    services.change_access(world.coalition, actor=world.resident, access=Access.PREPARING)
    secretariat = Secretariat.objects.get(coalition=world.coalition)
    stop = page_url(world.coalition, "end_secretariat", secretariat_id=secretariat.id)
    leave = page_url(world.coalition, "leave", party_id=world.shopkeeper.party)
    for actor, address in ((world.coordinator, stop), (world.shopkeeper, leave)):
        response = sign_in(actor).post(address, {"reason": "Geen tijd."}, follow=True)
        assert (response.status_code, response.redirect_chain) == (200, [("/", 302)])


def test_a_private_coalition_is_visible_to_its_own_people_only(
    world: make.World, sign_in: SignIn
) -> None:
    services.change_access(world.coalition, actor=world.resident, access=Access.PREPARING)
    outside = [Client(), *map(sign_in, (world.participant, world.operator, world.stranger))]
    pages = [pattern.name for pattern in urls.coalition_urlpatterns]
    plain = [name for name in pages if name and _needs_only_the_slug(world.coalition, name)]
    assert len(plain) > 8
    for browser in outside:
        for name in plain:
            response = browser.get(page_url(world.coalition, name))
            assert response.status_code in (302, 404, 405), name
            if response.status_code == 302:
                assert response["Location"].startswith("/inloggen/")
    assert sign_in(world.coordinator).get(page_url(world.coalition, "who")).status_code == 200
    sign_in(world.resident).post(page_url(world.coalition, "open_up"))
    assert Client().get(page_url(world.coalition, "who")).status_code == 200


def _needs_only_the_slug(coalition: Coalition, name: str) -> bool:
    route = next(str(p.pattern) for p in urls.coalition_urlpatterns if p.name == name)
    return "<" not in route


def test_queries_stay_few_however_many_take_part(world: make.World, sign_in: SignIn) -> None:
    services.report_tie(
        party_of(world.resident),
        party_of(world.corporation),
        actor=world.resident,
        strength="together",
    )
    services.suggest_missing(
        world.coalition,
        actor=world.resident,
        wording=MissingVoice(sector="sport", what="Zij kennen de jeugd."),
    )
    browser = sign_in(world.resident)
    names = ("who", "invite", "to_confirm", "switch")

    def query_counts() -> list[int]:
        counts = []
        for name in names:
            with CaptureQueriesContext(connection) as captured:
                assert browser.get(page_url(world.coalition, name)).status_code == 200
            counts.append(len(captured))
        return counts

    few = query_counts()
    assert max(few) <= 15  # who sleeps takes three: who acts for whom, also elsewhere
    for sector in ("school", "tenants", "shop", "police", "care", "landlord"):
        make.party(world.coalition, sector)
    assert query_counts() == few


def test_every_form_says_who_sees_it() -> None:
    for template in TEMPLATES.glob("*.html"):
        source = template.read_text()
        for form in source.split("<c-form")[1:]:
            assert "sees" in form.partition("</c-form>")[0], template.name


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_policy_page_shows_every_action_and_every_reason(client: Client, language: str) -> None:
    with translation.override(language):
        page_text = readable(
            client.get("/spelregels/", headers={"accept-language": language}).content
        )
        plain = re.sub(r"\s+", " ", page_text)
        for cell in policy.table():
            assert str(cell.title) in plain
            assert str(cell.reason) in plain


def test_the_policy_page_says_what_the_host_of_the_site_may_do(client: Client) -> None:
    page_text = one_line(client.get("/spelregels/").content)
    allowed = {
        (str(row.title), row.actor)
        for row in policy.table()
        if row.allowed and row.actor in (ActorKind.OPERATOR, ActorKind.SYSTEM)
    }
    assert {actor for _title, actor in allowed} == {ActorKind.OPERATOR, ActorKind.SYSTEM}
    for title, actor in allowed:
        row = page_text[page_text.index(f'<th scope="row">{title}<') :].split("</tr>")[0]
        assert f"<p>{actor.label}: " in row


def test_the_handover_reminder_is_public(client: Client) -> None:
    coalition = make.coalition("municipality")
    for address in (home_url(coalition), page_url(coalition, "who")):
        page_text = readable(client.get(address).content)
        assert "De overheid begon deze wijkcoalitie." in page_text
    assert handover_reminder(coalition, coalition.started_at)
