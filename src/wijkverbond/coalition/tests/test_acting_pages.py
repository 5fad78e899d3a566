"""For whom somebody acts in the browser, and how they change it."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from wijkverbond.accounts.models import User
from wijkverbond.coalition import services
from wijkverbond.coalition.models import (
    Invitation,
    Mandate,
)
from wijkverbond.coalition.queries import acting_for, invitation_links, party_of
from wijkverbond.coalition.tests.pages import (
    ORGANISATION,
    PART,
    SignIn,
    home_url,
    page_url,
    readable,
)
from wijkverbond.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("chosen", [True, False])
def test_somebody_whose_mandate_ended_acts_for_no_other_partner_unasked(
    world: make.World, sign_in: SignIn, client: Client, chosen: bool
) -> None:
    assert world.shopkeeper.person
    person = User.objects.get(id=world.shopkeeper.person)
    make.grant(party_of(world.corporation), person, actor=world.corporation, may=["decide"])
    client.force_login(person)
    browser = sign_in(world.shopkeeper) if chosen else client
    assert f"Je doet mee voor {party_of(world.shopkeeper)}" in readable(
        browser.get(page_url(world.coalition, "who")).content
    )
    colleague = make.user()
    shop = party_of(world.shopkeeper)
    make.grant(shop, colleague, actor=world.shopkeeper, may=[], may_grant=True)
    mandate = Mandate.objects.get(party=shop, person=person, sort="take_part")
    services.end_mandate(mandate, actor=acting_for(colleague.id, shop, now=clock.now()))
    decision = make.decision(world.coalition, by=world.resident)
    position = reverse("decisions:answer", args=[world.coalition.slug, decision.id])
    response = browser.post(position, {"stance": "consent"})
    assert response.status_code == 403
    assert not decision.positions.exists()


def test_somebody_who_joins_acts_for_the_partner_that_joined(
    world: make.World, sign_in: SignIn
) -> None:
    browser = sign_in(world.shopkeeper)
    invitation = services.invite(
        world.coalition, actor=world.resident, wording=Invitation(addressee="Noord")
    )
    page = reverse("coalition:invitation", args=[invitation_links.link_token(invitation)])
    page_text = readable(browser.post(page, ORGANISATION | PART, follow=True).content)
    assert "Je doet mee voor Bewonersgroep Noord" in page_text


def test_people_choose_for_whom_they_act(world: make.World, sign_in: SignIn) -> None:
    browser = sign_in(world.resident)
    page_text = readable(browser.get(page_url(world.coalition, "switch")).content)
    name = party_of(world.resident).name
    assert f"Je doet mee voor {name}" in page_text
    data = {"act_as": "participant", "next": home_url(world.coalition)}
    response = browser.post(page_url(world.coalition, "switch"), data, follow=True)
    assert response.redirect_chain == [(home_url(world.coalition), 302)]
    assert "Je doet mee voor jezelf" in readable(response.content)
    assert browser.get(page_url(world.coalition, "invite")).status_code == 403


def test_a_form_that_was_opened_for_one_partner_is_not_sent_for_another(
    world: make.World, sign_in: SignIn
) -> None:
    browser = sign_in(world.resident)
    browser.handler.enforce_csrf_checks = True

    def token(page: str) -> str:
        page_html = browser.get(page).content.decode()
        return str(re.findall(r'csrfmiddlewaretoken" value="([^"]+)', page_html)[-1])

    switch, ask = page_url(world.coalition, "switch"), page_url(world.coalition, "suggest")
    form_data = {"csrfmiddlewaretoken": token(ask), "sector": "school", "what": "340 leerlingen"}
    chosen = {"csrfmiddlewaretoken": token(switch), "act_as": "participant", "next": ""}
    assert browser.post(switch, chosen).status_code == 302
    refused = browser.post(ask, form_data)
    assert refused.status_code == 403
    assert "voor een ander meedoet" in readable(refused.content)


def test_nobody_acts_for_somebody_else(world: make.World, sign_in: SignIn) -> None:
    browser = sign_in(world.resident)
    data = {"act_as": str(world.corporation.party), "next": ""}
    assert browser.post(page_url(world.coalition, "switch"), data).status_code == 422


@pytest.mark.parametrize("elsewhere", ["https://elders.example/", "no-address"])
def test_after_choosing_one_returns_to_a_page_of_this_site_only(
    world: make.World, sign_in: SignIn, elsewhere: str
) -> None:
    form_data = {"act_as": "participant", "next": elsewhere}
    response = sign_in(world.resident).post(page_url(world.coalition, "switch"), form_data)
    assert response["Location"] == page_url(world.coalition, "who")


def test_somebody_without_mandate_no_longer_acts_for_the_partner(
    world: make.World, sign_in: SignIn
) -> None:
    browser, person = sign_in(world.resident), world.resident.person
    assert browser.get(page_url(world.coalition, "invite")).status_code == 200
    make.grant(party_of(world.resident), make.user(), actor=world.resident, may=[], may_grant=True)
    own = Mandate.objects.get(party=world.resident.party, person=person, sort="take_part")
    services.end_mandate(own, actor=world.resident)
    assert browser.get(page_url(world.coalition, "invite")).status_code == 403
