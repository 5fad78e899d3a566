"""Inviting, answering and declining in the browser and by mail."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import make
from wijkverbond.coalition import services, tasks
from wijkverbond.coalition.models import (
    Invitation,
)
from wijkverbond.coalition.queries import invitation_links, party_of
from wijkverbond.coalition.tests.pages import ORGANISATION, PART, SignIn, page_url, readable
from wijkverbond.coalition.views import common

pytestmark = pytest.mark.django_db


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


def test_who_may_not_join_for_an_organisation_reads_why_and_loses_nothing(
    world: make.World, sign_in: SignIn
) -> None:
    invitation = services.invite(
        world.coalition, actor=world.resident, wording=Invitation(addressee="Buren")
    )
    link = f"/uitnodiging/{invitation_links.link_token(invitation)}/"
    refused = sign_in(world.municipality).post(link, ORGANISATION | PART)
    assert refused.status_code == 403
    page_text = readable(refused.content)
    assert "Je handelt in deze wijk ook voor de overheid" in page_text
    assert ORGANISATION["organisation-name"] in page_text
    assert "Wij wonen hier." in page_text


def test_an_answered_invitation_is_not_mailed(world: make.World) -> None:
    invitation = services.invite(
        world.coalition,
        actor=world.resident,
        wording=Invitation(addressee="School", email="s@voorbeeld.example"),
    )
    services.revoke_invitation(invitation, actor=world.resident)
    tasks.send_invitation(invitation=str(invitation.id))
    assert mail.outbox == []


def test_who_invited_hears_that_the_mail_did_not_arrive_and_sends_it_again(
    world: make.World, sign_in: SignIn
) -> None:
    invitation = services.invite(
        world.coalition,
        actor=world.resident,
        wording=Invitation(addressee="De school", email="schol@voorbeeld.example"),
    )
    queued = ProcrastinateJob.objects.filter(args__invitation=str(invitation.id))
    first_id = queued.get().args["mail_id"]
    queued.update(status="failed")
    resident = sign_in(world.resident)
    assert "Je uitnodiging kwam niet aan: De school" in resident.get("/mijn-werk/").content.decode()
    assert "Je uitnodiging" not in sign_in(world.shopkeeper).get("/mijn-werk/").content.decode()
    page = reverse("coalition:invite", args=[world.coalition.slug])
    assert "schol@voorbeeld.example kwam niet aan" in readable(resident.get(page).content)
    resident.post(reverse("coalition:invite_again", args=[world.coalition.slug, invitation.id]))
    again = queued.get()
    assert (again.status, again.args["mail_id"] != first_id) == ("todo", True)
    assert "kwam niet aan" not in readable(resident.get(page).content)


def test_declining_needs_no_account_and_partners_read_why(
    world: make.World, sign_in: SignIn
) -> None:
    invitation = services.invite(
        world.coalition, actor=world.resident, wording=Invitation(addressee="De huisarts")
    )
    secret = invitation_links.link_token(invitation)
    visitor = Client()
    assert visitor.post(f"/uitnodiging/{secret}/nee/", {"reason": ""}).status_code == 422
    response = visitor.post(f"/uitnodiging/{secret}/nee/", {"reason": "Te druk."}, follow=True)
    assert "Dank je wel voor je antwoord." in readable(response.content)
    page_text = readable(sign_in(world.shopkeeper).get(page_url(world.coalition, "invite")).content)
    assert "Zei nee: Te druk." in page_text


def test_only_the_inviter_and_the_secretariat_see_link_and_address(
    world: make.World, sign_in: SignIn
) -> None:
    invitation = services.invite(
        world.coalition,
        actor=world.resident,
        wording=Invitation(addressee="School", email="s@voorbeeld.example"),
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


def test_an_invitation_is_mailed_again_when_the_mail_server_was_away() -> None:
    assert tasks.send_invitation.retry_strategy


def test_nobody_is_flooded_with_invitations(world: make.World, sign_in: SignIn) -> None:
    browser, page = sign_in(world.resident), page_url(world.coalition, "invite")
    data = {"email": "iemand@voorbeeld.example", "role": "partner"}
    for number in range(common.MAILS_TO_ONE_A_DAY):
        assert browser.post(page, data | {"addressee": f"Naam {number}"}).status_code == 302
    refused = browser.post(page, data | {"addressee": "Nog een naam"})
    assert refused.status_code == 422
    assert "geef zelf een link door" in readable(refused.content)
    people = page_url(world.coalition, "mandates", party_id=world.resident.party)
    assert browser.post(people, data | {"may": ["take_part"]}).status_code == 422
    other = sign_in(world.stranger)
    elsewhere = page_url(party_of(world.stranger).coalition, "invite")
    assert other.post(elsewhere, data | {"addressee": "Elders"}).status_code == 422
    assert browser.post(page, {"addressee": "Een link", "role": "partner"}).status_code == 302


def test_one_person_mails_only_so_many_invitations_a_day(
    world: make.World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(common, "MAILS_A_DAY", 2)
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
