"""A second step when one signs in: an app, a passkey, emergency codes."""

import datetime as dt
import re
import time
from collections.abc import Callable

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.mails import send_queued
from wijkverbond.accounts.models import User
from wijkverbond.accounts.tests.visits import ADDRESS, ask_code, is_signed_in

OWN = "/mijn-gegevens/tweede-stap/"
HALF_A_MINUTE = 30


def code_of_app(secret: str) -> str:
    """What an app shows now."""
    code: str = format_hotp_value(hotp_value(secret, int(time.time()) // HALF_A_MINUTE))
    return code


def first_step(client: Client) -> str:
    """Sign in with the code from the mail; where that leads."""
    return client.post("/inloggen/code/", {"code": ask_code(client)})["Location"]


def add_app(client: Client) -> tuple[str, list[str]]:
    """Add an app, as somebody who just signed in: its secret, and the emergency codes."""
    page = client.get(f"{OWN}app/").content.decode()
    secret = re.search(r"[A-Z2-7]{32}", page)
    assert secret
    response = client.post(f"{OWN}app/", {"code": code_of_app(secret[0])})
    assert response["Location"] == f"{OWN}noodcodes/"
    codes = re.findall(r"\b\d{8}\b", client.get(f"{OWN}noodcodes/").content.decode())
    assert len(codes) == 10
    return secret[0], codes


@pytest.mark.django_db
def test_whoever_added_an_app_is_asked_for_its_code_once(
    clock: time_machine.Traveller, client: Client
) -> None:
    first_step(client)
    secret, _codes = add_app(client)
    client.post("/uitloggen/")
    clock.shift(dt.timedelta(minutes=3))
    assert first_step(client) == "/inloggen/tweede-stap/"
    assert not is_signed_in(client)
    wrong = client.post("/inloggen/tweede-stap/", {"code": "000000"})
    assert wrong.status_code == 422
    assert "Dit klopt niet" in wrong.content.decode()
    code = code_of_app(secret)
    assert client.post("/inloggen/tweede-stap/", {"code": code})["Location"] == "/"
    assert is_signed_in(client)
    cache.clear()  # as in another process
    second = Client()
    first_step(second)
    assert "al gebruikt" in second.post("/inloggen/tweede-stap/", {"code": code}).content.decode()
    assert not is_signed_in(second)


@pytest.mark.django_db
def test_an_emergency_code_works_once_in_place_of_a_lost_telephone(client: Client) -> None:
    first_step(client)
    _secret, codes = add_app(client)
    for expected in (True, False):
        browser = Client()
        first_step(browser)
        browser.post("/inloggen/tweede-stap/", {"code": codes[0]})
        assert is_signed_in(browser) == expected


@pytest.mark.django_db
def test_tries_of_the_second_step_are_counted(client: Client) -> None:
    first_step(client)
    _secret, codes = add_app(client)
    browser = Client()
    first_step(browser)
    for _try in range(10):
        browser.post("/inloggen/tweede-stap/", {"code": "000000"})
    refused = browser.post("/inloggen/tweede-stap/", {"code": codes[0]})
    assert "te vaak" in refused.content.decode()
    assert not is_signed_in(browser)


@pytest.mark.django_db
def test_a_secret_cannot_be_read_from_the_database(client: Client) -> None:
    first_step(client)
    secret, codes = add_app(client)
    stored = str(Authenticator.objects.values_list("data", flat=True))
    assert secret not in stored
    assert codes[0] not in stored


@pytest.mark.django_db
def test_who_signed_in_a_while_ago_shows_once_more_that_they_read_their_mail(
    clock: time_machine.Traveller, client: Client
) -> None:
    first_step(client)
    clock.shift(dt.timedelta(minutes=16))
    assert client.get(f"{OWN}app/")["Location"] == OWN
    assert client.post(f"{OWN}passkeys/nieuw/")["Location"] == OWN
    assert "Stuur mij een code" in client.get(OWN).content.decode()
    code = ask_code(client, next=OWN)
    assert client.post("/inloggen/code/", {"code": code})["Location"] == OWN
    assert client.get(f"{OWN}app/").status_code == 200


@pytest.mark.django_db
def test_who_changes_their_second_step_shows_it_once_more(
    clock: time_machine.Traveller, client: Client
) -> None:
    first_step(client)
    add_app(client)
    clock.shift(dt.timedelta(minutes=6))
    for page in ("app/weg/", "noodcodes/", "noodcodes/nieuw/", "passkeys/nieuw/"):
        assert client.get(f"{OWN}{page}")["Location"].startswith(f"{OWN}bevestigen/")
    assert Authenticator.objects.count() == 2


@pytest.mark.django_db
def test_the_host_takes_the_second_step_off_for_who_lost_it(client: Client) -> None:
    first_step(client)
    add_app(client)
    call_command("operator", ADDRESS, "--reset-second-step")
    assert not is_signed_in(client)
    assert first_step(Client()) == "/"


@pytest.mark.django_db(transaction=True)
def test_a_change_of_the_second_step_is_mailed(client: Client) -> None:
    first_step(client)
    add_app(client)
    (told,) = send_queued("accounts/mail/second_step.txt")
    assert "De tweede stap van je account" in told.subject
    assert told.to == [ADDRESS]


@pytest.mark.django_db
def test_a_browser_without_passkeys_is_told_so_in_plain_words(client: Client) -> None:
    first_step(client)
    page = client.post(f"{OWN}passkeys/nieuw/", {"name": "Sleutel"}).content.decode()
    assert "Je browser gaf geen passkey" in page
    assert "Verborgen veld" not in page


def add_authenticator(page: Page) -> None:
    """Give the browser what keeps passkeys, with somebody who always says yes."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_in(page: Page, live_server: LiveServer) -> None:
    """The first step in a browser."""
    page.goto(f"{live_server.url}/inloggen/")
    page.get_by_label("Je e-mailadres").fill(ADDRESS)
    page.get_by_role("button", name="Stuur mij een code").click()
    page.wait_for_url("**/code/")
    code = re.search(r"\d{4} \d{4}", str(mail.outbox[-1].body))
    assert code
    page.get_by_label("De code uit de mail").fill(code[0])
    page.get_by_role("button", name="Inloggen").click()


@pytest.mark.django_db(transaction=True)
def test_a_passkey_is_added_used_and_removed(
    page: Page, live_server: LiveServer, for_everyone: Callable[[Page], None]
) -> None:
    add_authenticator(page)
    sign_in(page, live_server)
    page.wait_for_url(f"{live_server.url}/")
    page.goto(f"{live_server.url}{OWN}passkeys/nieuw/")
    for_everyone(page)
    page.get_by_label("Hoe noem je hem?").fill("Mijn telefoon")
    page.get_by_role("button", name="De passkey maken").click()
    page.wait_for_url("**/noodcodes/")
    page.goto(f"{live_server.url}{OWN}")
    page.get_by_role("heading", name="Mijn telefoon").wait_for()
    for_everyone(page)
    page.context.clear_cookies()
    sign_in(page, live_server)
    page.wait_for_url("**/inloggen/tweede-stap/")
    for_everyone(page)
    page.get_by_role("button", name="Mijn passkey gebruiken").click()
    page.wait_for_url(f"{live_server.url}/")
    person = User.objects.get()
    passkey = Authenticator.objects.get(user=person, type=Authenticator.Type.WEBAUTHN)
    removing = f"{OWN}passkeys/{passkey.pk}/weg/"
    page.goto(f"{live_server.url}{OWN}bevestigen/passkey/?next={removing}")
    page.get_by_role("button", name="Mijn passkey gebruiken").click()
    page.wait_for_url(f"**{removing}")
    page.get_by_role("button", name="De passkey verwijderen").click()
    page.wait_for_url(re.compile("passkeys/$"))
    assert not Authenticator.objects.exists()  # nor emergency codes of nothing
