"""Mandates and the secretariat in the browser."""

import pytest
from django.test import Client

from tests import make
from tests.html import shown
from wijkverbond.accounts.models import User
from wijkverbond.coalition import policies
from wijkverbond.coalition.models import (
    Mandate,
    Secretariat,
)
from wijkverbond.coalition.queries import party_of
from wijkverbond.coalition.tests.pages import SignIn, page_url, readable
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import no

pytestmark = pytest.mark.django_db


def test_a_mandate_is_granted_and_ended_in_the_browser(world: make.World, sign_in: SignIn) -> None:
    browser, party = sign_in(world.resident), party_of(world.resident)
    page = page_url(world.coalition, "mandates", party_id=party.id)
    data = {"email": "Collega@Voorbeeld.example", "may": ["take_part", "decide"]}
    assert browser.post(page, data).status_code == 302
    assert "Gevraagd, nog geen antwoord" in readable(browser.get(page).content)
    [*_rest, mandate] = make.say_yes(User.objects.get(email="collega@voorbeeld.example"), party)
    assert "Gevraagd, nog geen antwoord" not in readable(browser.get(page).content)
    browser.post(page_url(world.coalition, "end_mandate", mandate_id=mandate.id))
    mandate.refresh_from_db()
    assert mandate.until


def test_a_missing_ground_for_signing_is_reported_at_its_field(
    world: make.World, sign_in: SignIn
) -> None:
    page = page_url(world.coalition, "mandates", party_id=world.resident.party)
    data = {"email": "collega@voorbeeld.example", "may": ["take_part", "sign"]}
    response = sign_in(world.resident).post(page, data)
    assert response.status_code == 422
    assert 'href="#id_ground"' in readable(response.content)


def test_a_second_person_confirms_in_the_browser(world: make.World, sign_in: SignIn) -> None:
    signing = make.grant(
        party_of(world.resident), make.user(), actor=world.resident, may=["sign"], ground="statutes"
    )[-1]
    to_confirm_url = page_url(world.coalition, "to_confirm")
    assert str(signing.id) not in readable(sign_in(world.municipality).get(to_confirm_url).content)
    browser = sign_in(world.shopkeeper)
    assert str(signing.id) in readable(browser.get(to_confirm_url).content)
    browser.post(page_url(world.coalition, "confirm", mandate_id=signing.id), shown(signing))
    signing.refresh_from_db()
    assert signing.confirmed_by_id == world.shopkeeper.person


def test_the_last_granter_reads_why_it_cannot_end(world: make.World, sign_in: SignIn) -> None:
    own = Mandate.objects.get(
        party=world.resident.party, person=world.resident.person, may_grant=True
    )
    response = sign_in(world.resident).post(
        page_url(world.coalition, "end_mandate", mandate_id=own.id), follow=True
    )
    assert "Een partner houdt altijd één persoon die dat kan." in readable(response.content)


def test_only_their_own_partner_sees_the_names_of_people(client: Client, world: make.World) -> None:
    pages = [
        page_url(world.coalition, "who"),
        page_url(world.coalition, "party", party_id=world.resident.party),
    ]
    for page in pages:
        assert "voorbeeld.example" not in readable(client.get(page).content)


def test_partners_appoint_and_dismiss_the_secretariat_in_the_browser(
    world: make.World, sign_in: SignIn
) -> None:
    residents, shop = sign_in(world.resident), sign_in(world.shopkeeper)
    page = page_url(world.coalition, "secretariat")
    data = {"email": "Hulp@voorbeeld.example", "lent_by": world.municipality.party}
    assert residents.post(page, data).status_code == 302
    secretariat = Secretariat.objects.get(person__email="hulp@voorbeeld.example")
    agree, end = (
        page_url(world.coalition, name, secretariat_id=secretariat.id)
        for name in ("agree_secretariat", "end_secretariat")
    )
    assert agree not in readable(residents.get(page).content)
    assert agree in readable(shop.get(page).content)
    shop.post(agree)
    assert "Uitgeleend door" in readable(Client().get(page_url(world.coalition, "who")).content)
    residents.post(end)
    assert f"{party_of(world.resident)} wil dit werk stoppen" in readable(shop.get(page).content)
    shop.post(end)
    secretariat.refresh_from_db()
    assert secretariat.until


def test_somebody_of_the_secretariat_stops_in_the_browser(
    world: make.World, sign_in: SignIn
) -> None:
    secretariat = Secretariat.objects.get(coalition=world.coalition)
    page = page_url(world.coalition, "who")
    stop = page_url(world.coalition, "end_secretariat", secretariat_id=secretariat.id)
    assert stop not in readable(sign_in(world.resident).get(page).content)
    browser = sign_in(world.coordinator)
    assert stop in readable(browser.get(page).content)
    assert browser.post(stop)["Location"] == page
    assert stop not in readable(browser.get(page).content)


def test_a_mandate_that_is_refused_makes_no_account(world: make.World, sign_in: SignIn) -> None:
    page = page_url(world.coalition, "mandates", party_id=world.resident.party)
    data = {"email": "iemand.anders@voorbeeld.example", "may": ["sign"], "ground": ""}
    assert sign_in(world.resident).post(page, data).status_code == 422
    assert not User.objects.filter(email=data["email"]).exists()


OF_THEIR_OWN = {
    "mandates": "may_see_mandates",
    "to_confirm": "may_confirm_mandates",
    "tie": "may_report_tie",
}


@pytest.mark.parametrize(("name", "policy"), OF_THEIR_OWN.items())
def test_the_circle_shows_a_partner_only_what_the_policy_lets_it_do(
    world: make.World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, name: str, policy: str
) -> None:
    more = {"party_id": world.resident.party} if name == "mandates" else {}
    button = f'"{page_url(world.coalition, name, **more)}"'

    def is_seen_by(actor: Actor) -> bool:
        return button in readable(sign_in(actor).get(page_url(world.coalition, "who")).content)

    assert is_seen_by(world.resident)
    assert is_seen_by(make.colleague(world.resident))
    assert not is_seen_by(world.coordinator)
    assert not is_seen_by(world.participant)
    monkeypatch.setattr(policies, policy, lambda *_asked: no("Nu niet."))
    assert not is_seen_by(world.resident)


def test_the_page_of_a_partner_leads_to_its_people_for_whom_may_see_them(
    world: make.World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    party_id = world.resident.party
    page, people, describe, leave = (
        page_url(world.coalition, name, party_id=party_id)
        for name in ("party", "mandates", "describe", "leave")
    )

    def seen_by(actor: Actor) -> list[bool]:
        shown = readable(sign_in(actor).get(page).content)
        return [f'"{button}"' in shown for button in (people, describe, leave)]

    assert seen_by(world.resident) == [True, True, True]
    assert seen_by(make.colleague(world.resident)) == [True, False, False]
    assert seen_by(world.shopkeeper) == [False, False, False]
    monkeypatch.setattr(policies, "may_see_mandates", lambda *_asked: no("Nu niet."))
    assert seen_by(world.resident) == [False, True, True]
    refused = sign_in(world.resident).get(people)
    assert refused.status_code == 403
    assert "Nu niet." in readable(refused.content)
