"""A second step is asked before somebody acts as host of the site: of the person, and of the session."""

import dataclasses
import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from pytest_django.fixtures import Settings

from tests import make
from tests.sweeps import browser
from wijkverbond.accounts.models import User
from wijkverbond.accounts.tests.make import add_passkey, add_steps, signed_in
from wijkverbond.accounts.tests.test_second_step import OWN, add_app, first_step
from wijkverbond.accounts.tests.visits import ADDRESS
from wijkverbond.coalition.queries import party_of

pytestmark = pytest.mark.django_db

HOSTS = "/beheer/"


@pytest.fixture
def host() -> User:
    """The host of the site, who has no second step yet."""
    return User.objects.create(email=ADDRESS, is_operator=True)


def test_the_host_first_adds_a_second_step_and_goes_on_to_where_they_were(
    host: User, client: Client
) -> None:
    first_step(client)
    refused = client.get(HOSTS)
    assert refused.status_code == 403
    assert "tweede stap" in refused.content.decode()
    way = f"{OWN}?next={HOSTS}"
    assert way in refused.content.decode()
    client.get(way)
    add_app(client)
    assert f'href="{HOSTS}"' in client.get(f"{OWN}noodcodes/").content.decode()
    assert client.get(HOSTS).status_code == 200


def test_what_was_typed_is_on_the_page_that_asks_for_the_step(host: User) -> None:
    client = signed_in(host)
    refused = client.post("/beheer/1/opnieuw/", {"reason": 'Regel één,\n"regel" twee'})
    assert refused.status_code == 403
    page = refused.content.decode()
    assert 'action="/beheer/1/opnieuw/"' in page
    assert 'name="reason" value="Regel één,\n&quot;regel&quot; twee"' in page


def test_a_session_that_did_not_show_the_step_is_asked_for_it(host: User) -> None:
    before = signed_in(host)  # it began before they had one
    add_steps(host)
    assert before.get(HOSTS).status_code == 403
    page = before.get(f"{OWN}?next={HOSTS}").content.decode()
    assert re.search(rf'"({OWN}bevestigen/\?next={HOSTS})"', page)
    assert signed_in(host, shown=True).get(HOSTS).status_code == 200


@pytest.fixture
def asked_of_government(settings: Settings) -> None:
    """The settings of an installation that asks a second step of people of government too."""
    settings.SECOND_STEP_OF = ("operator", "government")


def test_people_of_government_read_everything_and_act_with_a_second_step(
    world: make.World, asked_of_government: None
) -> None:
    official, pledges = browser(world.municipality), f"/w/{world.coalition.slug}/beloften/"
    assert "/tweede-stap/?next=/mijn-werk/" in official.get("/mijn-werk/").content.decode()
    page = official.get(pledges)
    assert page.status_code == 200
    assert f"/tweede-stap/?next={pledges}" in page.content.decode()
    for answer in (
        official.get(f"{pledges}nieuw/"),
        official.post(f"{pledges}nieuw/", {"title": "Bankjes"}),
    ):
        assert answer.status_code == 403
    assert 'name="title" value="Bankjes"' in answer.content.decode()
    add_steps(make.account_of(world.municipality))
    shown = browser(dataclasses.replace(world.municipality, second_step=True))
    assert shown.get(f"{pledges}nieuw/").status_code == 200
    assert "/tweede-stap/?next=" not in shown.get("/mijn-werk/").content.decode()


def test_who_begins_a_coalition_for_government_is_asked_too(
    world: make.World, asked_of_government: None
) -> None:
    answer = browser(world.municipality).post(
        "/w/nieuw/",
        {
            "name": "De nieuwe wijk",
            "area": "Rond de kerk",
            "access": "public",
            "purpose": "Samen",
            "organisation-existing": str(party_of(world.municipality).organisation_id),
            "involvement": "responsible",
            "levels": ["governing"],
        },
    )
    assert answer.status_code == 403
    assert "tweede stap" in answer.content.decode()


def test_who_acts_for_another_partner_is_asked_for_no_second_step(
    world: make.World, asked_of_government: None
) -> None:
    neighbour = browser(world.resident)
    assert neighbour.get(f"/w/{world.coalition.slug}/beloften/nieuw/").status_code == 200
    assert "/tweede-stap/?next=" not in neighbour.get("/mijn-werk/").content.decode()


def test_a_step_that_was_taken_away_since_counts_no_more(host: User) -> None:
    add_steps(host)
    client = signed_in(host, shown=True)
    Authenticator.objects.all().delete()
    assert client.get(HOSTS).status_code == 403
    add_passkey(host)  # another, which this session never showed
    assert client.get(HOSTS).status_code == 403


def test_nobody_is_led_elsewhere_after_their_step(host: User) -> None:
    client = signed_in(host)
    client.get(f"{OWN}?next=https://elders.example/")
    assert "after_second_step" not in client.session


def test_no_step_is_asked_where_the_settings_ask_none(host: User, settings: Settings) -> None:
    settings.SECOND_STEP_OF = ()  # as in the demonstration
    assert signed_in(host).get(HOSTS).status_code == 200
