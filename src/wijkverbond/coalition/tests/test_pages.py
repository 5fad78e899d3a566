"""The pages of the circle, as people use them."""

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from tests import make
from tests.html import one_line
from wijkverbond.accounts.models import User
from wijkverbond.coalition import services, tasks, urls
from wijkverbond.coalition.models import (
    Access,
    Coalition,
    Invitation,
    Mandate,
    Organisation,
    Secretariat,
)
from wijkverbond.coalition.queries import acting_for, invitation_links, party_of
from wijkverbond.coalition.queries.handover import handover_reminder
from wijkverbond.coalition.views import invitations
from wijkverbond.kernel import clock, policy
from wijkverbond.kernel.actor import Actor, ActorKind
from wijkverbond.places import services as places
from wijkverbond.places.models import Place

pytestmark = pytest.mark.django_db

SignIn = Callable[[Actor], Client]

TEMPLATES = Path(__file__).resolve().parent.parent / "templates" / "coalition"

ORGANISATION = {
    "organisation-name": "Bewonersgroep Noord",
    "organisation-sector": "residents_group",
    "organisation-legal_form": "informal",
}
PART = {"involvement": "lives", "ground": "Wij wonen hier.", "levels": ["operation", "governing"]}
START = {"name": "Lariks", "place_codes": "BU01060101", "access": "public"} | ORGANISATION | PART


def readable(content: bytes) -> str:
    """The page as people read it."""
    return html.unescape(content.decode())


def page_url(coalition: Coalition, name: str, **more: object) -> str:
    """The address of a page of this coalition."""
    return reverse(f"coalition:{name}", kwargs={"slug": coalition.slug, **more})


def home_url(coalition: Coalition) -> str:
    """The address of its front page."""
    return f"/w/{coalition.slug}/"


def test_somebody_starts_a_coalition_and_sees_who_is_missing(sign_in: SignIn) -> None:
    browser = sign_in(make.someone(make.user()))
    response = browser.post("/w/nieuw/", START, follow=True)
    assert response.redirect_chain == [("/w/lariks/wie-doet-mee/", 302)]
    page_text = readable(response.content)
    assert "Bewonersgroep Noord" in page_text
    assert "Deze wijkcoalitie is in oprichting" in page_text
    assert "Ondernemers" in page_text


def test_what_was_typed_stays_when_something_is_wrong(sign_in: SignIn) -> None:
    browser = sign_in(make.someone(make.user()))
    wrong = START | {"organisation-sector": "political_party"}
    response = browser.post("/w/nieuw/", wrong)
    assert response.status_code == 422
    page_text = readable(response.content)
    assert "Een politieke partij kan geen partner zijn" in page_text
    assert 'value="Bewonersgroep Noord"' in page_text
    assert 'value="Lariks"' in page_text
    assert not Organisation.objects.exists()


def test_an_organisation_that_exists_is_named_at_its_field(sign_in: SignIn) -> None:
    make.coalition("residents_group").parties.get()
    taken = Organisation.objects.get().name
    browser = sign_in(make.someone(make.user()))
    response = browser.post("/w/nieuw/", START | {"organisation-name": taken.upper()})
    assert response.status_code == 422
    assert "Er is al een organisatie met deze naam." in readable(response.content)


def test_somebody_starts_another_coalition_for_the_same_organisation(
    world: make.World, sign_in: SignIn
) -> None:
    organisation = party_of(world.resident).organisation
    data = {"name": "Peelo", "place_codes": "WK010606", "access": "public", **PART}
    browser = sign_in(world.resident)
    response = browser.post("/w/nieuw/", data | {"organisation-existing": str(organisation.id)})
    assert response.status_code == 302
    assert Coalition.objects.get(slug="peelo").parties.get().organisation == organisation


def test_nobody_chooses_an_organisation_of_others(world: make.World, sign_in: SignIn) -> None:
    organisation = party_of(world.corporation).organisation
    data = {"name": "Peelo", "place_codes": "WK010606", "access": "public", **PART}
    browser = sign_in(world.resident)
    response = browser.post("/w/nieuw/", data | {"organisation-existing": str(organisation.id)})
    assert response.status_code == 422


def test_neighbourhoods_are_known_by_name_once_their_figures_are_there(sign_in: SignIn) -> None:
    places.load_assen(actor=make.operator())
    browser = sign_in(make.someone(make.user()))
    response = browser.post("/w/nieuw/", START | {"place_codes": "kloosterveen\nPittelo Noord"})
    assert response.status_code == 302
    coalition = Coalition.objects.get()
    assert coalition.place_codes == ["WK010608", "BU01060402"]
    home = readable(browser.get(home_url(coalition)).content)
    assert '<a href="/plaats/BU01060402/">Pittelo Noord</a>' in home


def test_a_name_that_several_places_have_asks_for_the_code(sign_in: SignIn) -> None:
    for code, level in (("WK010690", "district"), ("BU01069001", "neighbourhood")):
        Place.objects.create(year=2024, code=code, level=level, name="Dorp", search_name="dorp")
    browser = sign_in(make.someone(make.user()))
    response = browser.post("/w/nieuw/", START | {"place_codes": "Dorp"})
    assert response.status_code == 422
    assert "BU01069001 (Buurt)" in readable(response.content)
    assert "WK010690 (Wijk)" in readable(response.content)


@pytest.mark.parametrize("written", ["Nergenshuizen", "BU99999999", "XX12"])
def test_an_unknown_neighbourhood_is_said(sign_in: SignIn, written: str) -> None:
    places.load_assen(actor=make.operator())
    browser = sign_in(make.someone(make.user()))
    response = browser.post("/w/nieuw/", START | {"place_codes": written})
    assert response.status_code == 422
    assert "kennen we niet" in readable(response.content)


def test_from_invitation_by_mail_to_partner(world: make.World, sign_in: SignIn) -> None:
    who_invites = sign_in(world.resident)
    data = {"addressee": "Basisschool", "email": "school@voorbeeld.example", "role": "partner"}
    assert who_invites.post(page_url(world.coalition, "invite"), data).status_code == 302
    invitation = Invitation.objects.get(accepted_at=None)
    tasks.send_invitation(invitation=str(invitation.id))
    [sent] = mail.outbox
    assert sent.to == ["school@voorbeeld.example"]
    link = re.search(r"/uitnodiging/\w+/", str(sent.body))
    assert link
    visitor = Client()
    assert "Doe je mee met" in readable(visitor.get(link[0]).content)
    school = sign_in(make.someone(make.user()))
    data = ORGANISATION | {"organisation-name": "Basisschool", "organisation-sector": "school"}
    response = school.post(link[0], data | PART, follow=True)
    assert "Welkom. Je doet nu mee." in readable(response.content)
    assert "Basisschool" in readable(response.content)
    again = readable(school.get(link[0]).content)
    assert "al aangenomen" in again


def test_an_answered_invitation_is_not_mailed(world: make.World) -> None:
    invitation = services.invite(
        world.coalition, actor=world.resident, addressee="School", email="s@voorbeeld.example"
    )
    services.revoke_invitation(invitation, actor=world.resident)
    tasks.send_invitation(invitation=str(invitation.id))
    assert mail.outbox == []


def test_declining_needs_no_account_and_partners_read_why(
    world: make.World, sign_in: SignIn
) -> None:
    invitation = services.invite(world.coalition, actor=world.resident, addressee="De huisarts")
    secret = invitation_links.link_token(invitation)
    visitor = Client()
    assert visitor.post(f"/uitnodiging/{secret}/nee/", {"reason": ""}).status_code == 422
    response = visitor.post(f"/uitnodiging/{secret}/nee/", {"reason": "Te druk."}, follow=True)
    assert "Dank je wel voor je antwoord." in readable(response.content)
    page_text = readable(sign_in(world.shopkeeper).get(page_url(world.coalition, "invite")).content)
    assert "Zei nee: Te druk." in page_text


def test_a_link_and_address_are_shown_to_who_invited_and_the_secretariat_only(
    world: make.World, sign_in: SignIn
) -> None:
    invitation = services.invite(
        world.coalition, actor=world.resident, addressee="School", email="s@voorbeeld.example"
    )
    secret = invitation_links.link_token(invitation)

    def seen(browser: Client) -> list[bool]:
        page_text = readable(browser.get(page_url(world.coalition, "invite")).content)
        return [secret in page_text, "s@voorbeeld.example" in page_text, "School" in page_text]

    assert seen(sign_in(world.resident)) == [True, True, True]
    assert seen(sign_in(world.coordinator)) == [True, True, True]
    assert seen(sign_in(world.municipality)) == [False, False, True]


def test_a_link_that_does_not_exist_is_not_found(client: Client, db: None) -> None:
    assert client.get("/uitnodiging/" + "0" * 40 + "/").status_code == 404


def test_a_mandate_is_given_and_ended_by_page(world: make.World, sign_in: SignIn) -> None:
    browser, party = sign_in(world.resident), party_of(world.resident)
    page = page_url(world.coalition, "mandates", party_id=party.id)
    data = {"email": "Collega@Voorbeeld.example", "may": ["take_part", "decide"]}
    assert browser.post(page, data).status_code == 302
    mandate = Mandate.objects.get(
        party=party, person__email="collega@voorbeeld.example", sort="decide"
    )
    assert "collega@voorbeeld.example" in readable(browser.get(page).content)
    browser.post(page_url(world.coalition, "end_mandate", mandate_id=mandate.id))
    mandate.refresh_from_db()
    assert mandate.until


def test_signing_without_a_ground_is_said_at_the_field(world: make.World, sign_in: SignIn) -> None:
    page = page_url(world.coalition, "mandates", party_id=world.resident.party)
    data = {"email": "collega@voorbeeld.example", "may": ["take_part", "sign"]}
    response = sign_in(world.resident).post(page, data)
    assert response.status_code == 422
    assert 'href="#id_ground"' in readable(response.content)


def test_a_second_person_confirms_by_page(world: make.World, sign_in: SignIn) -> None:
    signing = services.grant(
        party_of(world.resident), make.user(), actor=world.resident, may=["sign"], ground="statutes"
    )[-1]
    waiting = page_url(world.coalition, "to_confirm")
    assert str(signing.id) not in readable(sign_in(world.municipality).get(waiting).content)
    browser = sign_in(world.shopkeeper)
    assert str(signing.id) in readable(browser.get(waiting).content)
    browser.post(page_url(world.coalition, "confirm", mandate_id=signing.id))
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


def test_people_are_only_named_to_their_own_partner(client: Client, world: make.World) -> None:
    pages = [
        page_url(world.coalition, "who"),
        page_url(world.coalition, "party", party_id=world.resident.party),
    ]
    for page in pages:
        assert "voorbeeld.example" not in readable(client.get(page).content)


@pytest.mark.parametrize("chosen", [True, False])
def test_whose_mandate_ended_acts_for_no_other_partner_unasked(
    world: make.World, sign_in: SignIn, client: Client, chosen: bool
) -> None:
    assert world.shopkeeper.person
    person = User.objects.get(id=world.shopkeeper.person)
    services.grant(party_of(world.corporation), person, actor=world.corporation, may=["decide"])
    client.force_login(person)
    browser = sign_in(world.shopkeeper) if chosen else client
    assert f"Je doet mee voor {party_of(world.shopkeeper)}" in readable(
        browser.get(page_url(world.coalition, "who")).content
    )
    colleague = make.user()
    shop = party_of(world.shopkeeper)
    services.grant(shop, colleague, actor=world.shopkeeper, may=[], may_grant=True)
    mandate = Mandate.objects.get(party=shop, person=person, sort="take_part")
    services.end_mandate(mandate, actor=acting_for(colleague.id, shop, now=clock.now()))
    decision = make.decision(world.coalition, by=world.resident)
    position = reverse("decisions:answer", args=[world.coalition.slug, decision.id])
    response = browser.post(position, {"stance": "consent"})
    assert response.status_code == 403
    assert not decision.positions.exists()


def test_who_joins_acts_for_the_partner_that_joined(world: make.World, sign_in: SignIn) -> None:
    browser = sign_in(world.shopkeeper)
    invitation = services.invite(world.coalition, actor=world.resident, addressee="Noord")
    page = reverse("coalition:invitation", args=[invitation_links.link_token(invitation)])
    page_text = readable(browser.post(page, ORGANISATION | PART, follow=True).content)
    assert "Je doet mee voor Bewonersgroep Noord" in page_text


def test_an_invitation_is_mailed_again_when_the_mail_server_was_away() -> None:
    assert tasks.send_invitation.retry_strategy


def test_one_chooses_for_whom_one_acts(world: make.World, sign_in: SignIn) -> None:
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
    opened = {"csrfmiddlewaretoken": token(ask), "sector": "school", "what": "340 leerlingen"}
    chosen = {"csrfmiddlewaretoken": token(switch), "act_as": "participant", "next": ""}
    assert browser.post(switch, chosen).status_code == 302
    refused = browser.post(ask, opened)
    assert refused.status_code == 403
    assert "voor een ander meedoet" in readable(refused.content)


def test_nobody_acts_for_somebody_else(world: make.World, sign_in: SignIn) -> None:
    browser = sign_in(world.resident)
    data = {"act_as": str(world.corporation.party), "next": ""}
    assert browser.post(page_url(world.coalition, "switch"), data).status_code == 422
    away = {"act_as": "participant", "next": "https://elders.example/"}
    response = browser.post(page_url(world.coalition, "switch"), away)
    assert response["Location"] == page_url(world.coalition, "who")


def test_who_lost_the_mandate_no_longer_acts_for_the_partner(
    world: make.World, sign_in: SignIn
) -> None:
    browser, person = sign_in(world.resident), world.resident.person
    assert browser.get(page_url(world.coalition, "invite")).status_code == 200
    services.grant(
        party_of(world.resident), make.user(), actor=world.resident, may=[], may_grant=True
    )
    own = Mandate.objects.get(party=world.resident.party, person=person, sort="take_part")
    services.end_mandate(own, actor=world.resident)
    assert browser.get(page_url(world.coalition, "invite")).status_code == 403


def test_leaving_and_describing_by_page(world: make.World, sign_in: SignIn) -> None:
    browser, party = sign_in(world.shopkeeper), party_of(world.shopkeeper)
    describe = page_url(world.coalition, "describe", party_id=party.id)
    data = PART | {"constituency": "17 zaken", "involvement": "owns", "paid": "on"}
    assert browser.post(describe, data).status_code == 302
    page = page_url(world.coalition, "party", party_id=party.id)
    assert "17 zaken" in readable(browser.get(page).content)
    leave = page_url(world.coalition, "leave", party_id=party.id)
    browser.post(leave, {"reason": "De winkels gaan dicht."})
    assert "omdat: De winkels gaan dicht." in readable(Client().get(page).content)


def test_who_left_comes_back_by_page(world: make.World, sign_in: SignIn) -> None:
    browser, party = sign_in(world.shopkeeper), party_of(world.shopkeeper)
    services.leave(party, actor=world.shopkeeper, reason="Even pauze.")
    invitation = services.invite(world.coalition, actor=world.resident, addressee="De winkels")
    page = reverse("coalition:invitation", args=[invitation_links.link_token(invitation)])
    assert party.name in readable(browser.get(page).content)
    data = PART | {"organisation-existing": party.organisation_id}
    assert browser.post(page, data).status_code == 302
    assert world.coalition.parties.present().filter(organisation=party.organisation).exists()


def test_the_handover_by_page(world: make.World, sign_in: SignIn) -> None:
    page = page_url(world.coalition, "handover")
    chair = party_of(world.resident)
    data = {"propose": "1", "chair": chair.id, "rules": "Elke maand.", "fallback": "withdraw"}
    assert sign_in(world.municipality).post(page, data).status_code == 403
    assert sign_in(world.resident).post(page, data | {"rules": ""}).status_code == 422
    assert sign_in(world.resident).post(page, data).status_code == 302
    for actor in (world.shopkeeper, world.corporation):
        sign_in(actor).post(page)
    assert f"{chair.name} is voorzitter." in readable(Client().get(page).content)


def test_the_secretariat_by_page(world: make.World, sign_in: SignIn) -> None:
    browser = sign_in(world.resident)
    data = {"email": "Hulp@voorbeeld.example", "lent_by": world.municipality.party}
    assert browser.post(page_url(world.coalition, "secretariat"), data).status_code == 302
    secretariat = Secretariat.objects.get(person__email="hulp@voorbeeld.example")
    assert "Uitgeleend door" in readable(Client().get(page_url(world.coalition, "who")).content)
    browser.post(page_url(world.coalition, "end_secretariat", secretariat_id=secretariat.id))
    secretariat.refresh_from_db()
    assert secretariat.until


def test_nobody_is_flooded_with_invitations(world: make.World, sign_in: SignIn) -> None:
    browser, page = sign_in(world.resident), page_url(world.coalition, "invite")
    data = {"email": "iemand@voorbeeld.example", "role": "partner"}
    for number in range(invitations.MAILS_TO_ONE_A_DAY):
        assert browser.post(page, data | {"addressee": f"Naam {number}"}).status_code == 302
    refused = browser.post(page, data | {"addressee": "Nog een naam"})
    assert refused.status_code == 422
    assert "geef zelf een link door" in readable(refused.content)
    other = sign_in(world.stranger)
    elsewhere = page_url(party_of(world.stranger).coalition, "invite")
    assert other.post(elsewhere, data | {"addressee": "Elders"}).status_code == 422
    assert browser.post(page, {"addressee": "Een link", "role": "partner"}).status_code == 302


def test_one_person_mails_only_so_many_invitations_a_day(
    world: make.World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(invitations, "MAILS_A_DAY", 2)
    browser, page = sign_in(world.resident), page_url(world.coalition, "invite")
    answers = [
        browser.post(
            page,
            {"addressee": f"Naam {number}", "email": f"naam{number}@voorbeeld.example",
             "role": "partner"},
        ).status_code
        for number in range(3)
    ]  # fmt: skip
    assert answers == [302, 302, 422]


def test_somebody_of_the_secretariat_stops_by_page(world: make.World, sign_in: SignIn) -> None:
    secretariat = Secretariat.objects.get(coalition=world.coalition)
    page = page_url(world.coalition, "who")
    stop = page_url(world.coalition, "end_secretariat", secretariat_id=secretariat.id)
    assert stop not in readable(sign_in(world.resident).get(page).content)
    browser = sign_in(world.coordinator)
    assert stop in readable(browser.get(page).content)
    assert browser.post(stop)["Location"] == page
    assert stop not in readable(browser.get(page).content)


def test_who_leaves_what_prepares_in_private_is_not_led_to_what_is_not_there(
    world: make.World, sign_in: SignIn
) -> None:
    services.change_access(world.coalition, actor=world.resident, access=Access.PREPARING)
    secretariat = Secretariat.objects.get(coalition=world.coalition)
    stop = page_url(world.coalition, "end_secretariat", secretariat_id=secretariat.id)
    leave = page_url(world.coalition, "leave", party_id=world.shopkeeper.party)
    for actor, address in ((world.coordinator, stop), (world.shopkeeper, leave)):
        response = sign_in(actor).post(address, {"reason": "Geen tijd."}, follow=True)
        assert (response.status_code, response.redirect_chain) == (200, [("/", 302)])


def test_a_mandate_that_is_refused_makes_no_account(world: make.World, sign_in: SignIn) -> None:
    page = page_url(world.coalition, "mandates", party_id=world.resident.party)
    data = {"email": "iemand.anders@voorbeeld.example", "may": ["sign"], "ground": ""}
    assert sign_in(world.resident).post(page, data).status_code == 422
    assert not User.objects.filter(email=data["email"]).exists()


def test_what_prepares_in_private_is_there_for_its_own_people_only(
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
        world.coalition, actor=world.resident, sector="sport", what="Zij kennen de jeugd."
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
    assert max(few) <= 12
    for sector in ("school", "tenants", "shop", "police", "care", "landlord"):
        make.party(world.coalition, sector)
    assert query_counts() == few


def test_every_form_says_who_sees_it() -> None:
    for template in TEMPLATES.glob("*.html"):
        source = template.read_text()
        for form in source.split("<c-form")[1:]:
            assert "sees" in form.partition("</c-form>")[0], template.name


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_rules_show_every_action_and_every_reason(client: Client, language: str) -> None:
    with translation.override(language):
        page_text = readable(
            client.get("/spelregels/", headers={"accept-language": language}).content
        )
        plain = re.sub(r"\s+", " ", page_text)
        for cell in policy.table():
            assert str(cell.title) in plain
            assert str(cell.reason) in plain


def test_the_rules_say_what_the_host_of_the_site_may_do(client: Client) -> None:
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
