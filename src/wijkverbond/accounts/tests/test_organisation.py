"""Signing in at one's organisation: with a real provider of OpenID Connect, in a process of its own."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from tests import make
from tests.mails import send_queued
from wijkverbond.accounts.models import KnownFromOrganisation, User
from wijkverbond.accounts.tests import organisation
from wijkverbond.accounts.tests.make import add_steps
from wijkverbond.accounts.tests.visits import is_signed_in
from wijkverbond.coalition.models import Mandate, MandateOffer, Party
from wijkverbond.coalition.queries import party_of
from wijkverbond.config.doctor import sign_in
from wijkverbond.kernel import rate_limits

pytestmark = pytest.mark.django_db

START = "/inloggen/organisatie/"
BACK = f"{START}terug/"
GROUP = "CN=Wijkteam,OU=Assen"
OFFICIAL = {"person": "p-1", "email": "medewerker@gemeente.example", "groups": [GROUP, "Iedereen"]}

Sits = Callable[..., None]


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of an organisation's sign-in, and the file that says who sits at the browser."""
    file = tmp_path_factory.mktemp("organisation") / "person.json"
    file.write_text(json.dumps(OFFICIAL))
    command = [sys.executable, organisation.__file__, str(file), f"http://testserver{BACK}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield process.stdout.readline().strip(), file
        process.terminate()


@pytest.fixture
def sits(provider: tuple[str, Path], settings: Settings, world: make.World) -> Sits:
    """Let the settings name the organisation, and somebody sit at the browser there."""
    issuer, file = provider
    settings.OIDC_ISSUER = issuer
    settings.OIDC_CLIENT_ID, settings.OIDC_SECRET = organisation.CLIENT, organisation.SECRET
    settings.OIDC_MANDATES = f"{GROUP} > {municipality(world).name} > decide"
    settings.ALLOWED_HOSTS = ["testserver"]

    def sit(**changed: object) -> None:
        file.write_text(json.dumps({**OFFICIAL, **changed}))

    sit()
    return sit


def municipality(world: make.World) -> Party:
    return party_of(world.municipality)


def come_back(client: Client, onward: str = "") -> HttpResponse:
    """Go to the organisation and come back from it: what our side answers then."""
    there = client.get(f"{START}?next={onward}")["Location"]
    back = requests.get(there, allow_redirects=False, timeout=5).headers["Location"]
    return client.get(back)  # type: ignore[return-value]


def first_time(client: Client) -> HttpResponse:
    """Come back for the first time, and show with the code from the mail whose account it is."""
    assert come_back(client)["Location"] == "/inloggen/code/"
    assert not is_signed_in(client)
    code = re.search(r"\d{4} \d{4}", str(mail.outbox[-1].body))
    assert code
    return client.post("/inloggen/code/", {"code": code[0]})  # type: ignore[return-value]


def test_who_comes_for_the_first_time_shows_whose_account_it_is_and_never_again(
    sits: Sits, client: Client
) -> None:
    assert "Alleen deze ene keer" not in client.get("/inloggen/").content.decode()
    assert f'href="{START}?next="' in client.get("/inloggen/").content.decode()
    assert first_time(client)["Location"] == "/mijn-werk/"
    assert mail.outbox[-1].to == [OFFICIAL["email"]]
    again = Client()
    sits(email="iets-anders@elders.example")
    assert come_back(again, "/register/")["Location"] == "/register/"
    assert again.get("/mijn-gegevens/").context["person"].email == OFFICIAL["email"]
    assert not User.objects.filter(email="iets-anders@elders.example").exists()
    assert not SocialToken.objects.exists()
    assert not SocialAccount.objects.exists()
    assert KnownFromOrganisation.objects.count() == 1


def test_who_is_known_by_it_reads_so_once_and_ends_it_by_signing_out_everywhere(
    sits: Sits, client: Client
) -> None:
    first_time(client)
    assert come_back(Client())["Location"] == "/mijn-werk/"
    (told,) = send_queued("accounts/mail/known_from_organisation.txt")
    assert told.to == [OFFICIAL["email"]]
    assert "/mijn-gegevens/" in str(told.body)
    client.post("/mijn-gegevens/overal-uitloggen/")
    assert come_back(Client())["Location"] == "/inloggen/code/"


def test_an_address_that_the_organisation_tells_opens_no_account_of_that_address(
    sits: Sits, client: Client, world: make.World
) -> None:
    victim = make.account_of(world.resident)
    sits(email=victim.email, email_verified=True)
    assert come_back(client)["Location"] == "/inloggen/code/"
    assert not is_signed_in(client)
    client.post("/inloggen/code/", {"code": "0000 0000"})
    assert not is_signed_in(client)
    assert not KnownFromOrganisation.objects.exists()


def test_who_signs_in_otherwise_in_that_browser_is_not_known_by_it(
    sits: Sits, client: Client
) -> None:
    come_back(client)
    client.post("/inloggen/", {"email": "buur@voorbeeld.example"})
    code = re.search(r"\d{4} \d{4}", str(mail.outbox[-1].body))
    assert code
    client.post("/inloggen/code/", {"code": code[0]})
    assert is_signed_in(client)
    assert not KnownFromOrganisation.objects.exists()


def test_what_comes_from_nowhere_or_twice_signs_nobody_in(sits: Sits, client: Client) -> None:
    assert client.get(f"{BACK}?code=abc&state=abc").status_code == 403
    there = client.get(START)["Location"]
    sent = parse_qs(urlsplit(there).query)
    assert sent["code_challenge_method"] == ["S256"]
    back = requests.get(there, allow_redirects=False, timeout=5).headers["Location"]
    assert Client().get(back).status_code == 403  # a link that somebody sends
    assert client.get(back).status_code == 302
    assert client.get(back).status_code == 403
    assert client.get(f"{BACK}?error=access_denied&state=abc").status_code == 403


def test_a_second_step_is_asked_and_nobody_becomes_host(sits: Sits, client: Client) -> None:
    first_time(client)
    person = User.objects.get(email=OFFICIAL["email"])
    assert not person.is_operator
    add_steps(person)
    assert come_back(Client())["Location"] == "/inloggen/tweede-stap/"


def test_a_group_asks_for_a_yes_gives_a_mandate_and_takes_it_away(
    sits: Sits, client: Client, world: make.World
) -> None:
    first_time(client)
    person = User.objects.get(email=OFFICIAL["email"])
    offer = MandateOffer.objects.get(person=person)
    assert (offer.party, offer.types) == (municipality(world), ["take_part", "decide"])
    work = client.get("/mijn-werk/").content.decode()
    address = re.search(rf'/w/{world.coalition.slug}/[^"]*{offer.id}/', work)
    assert address
    shown = client.get(address[0])
    assert "Je organisatie zegt" in shown.content.decode()
    token = re.search(r'name="shown" value="([^"]+)"', shown.content.decode())
    assert token
    client.post(address[0], {"shown": token[1]})
    mandates = Mandate.objects.filter(person=person, until=None)
    assert {*mandates.values_list("sort", flat=True)} == {"take_part", "decide"}
    come_back(Client())
    assert mandates.count() == 2
    sits(groups=[])
    come_back(Client())
    assert not mandates.exists()
    sits()
    come_back(Client())
    assert MandateOffer.objects.get(person=person).outcome == ""


def test_an_organisation_that_does_not_answer_costs_no_error(
    sits: Sits, client: Client, settings: Settings
) -> None:
    there = client.get(START)["Location"]
    back = requests.get(there, allow_redirects=False, timeout=5).headers["Location"]
    settings.OIDC_ISSUER = "http://localhost:9"
    for answer in (client.get(back), client.get(START)):
        assert answer.status_code == 503
        assert "antwoordt nu niet" in answer.content.decode()


def test_the_doctor_looks_at_it(sits: Sits, settings: Settings, world: make.World) -> None:
    [taken_by_others] = sign_in.look()
    assert taken_by_others.is_note
    assert str(municipality(world).organisation_id) in taken_by_others.remedy
    settings.OIDC_MANDATES = f"{GROUP} > {municipality(world).organisation_id} > decide"
    assert [*sign_in.look()] == []
    settings.OIDC_ISSUER = "http://localhost:9"
    settings.OIDC_MANDATES = "Wijkteam > Gemeente Nergens > decide"
    nobody, away = sign_in.look()
    assert "of which there are 0 of government here" in nobody.what
    assert "does not answer" in away.what


def test_the_doctor_says_which_organisations_may_be_meant(
    sits: Sits, settings: Settings, world: make.World
) -> None:
    meant = municipality(world)
    namesake = make.namesake(meant)
    [unclear] = sign_in.look()
    assert "of which there are 2 of government here" in unclear.what
    assert str(meant.organisation_id) in unclear.remedy
    assert f"{namesake.id} (Elders)" in unclear.remedy
    settings.OIDC_MANDATES = f"{GROUP} > {party_of(world.resident).organisation_id} > decide"
    [of_society] = sign_in.look()
    assert "of which there are 0 of government here" in of_society.what


def test_it_is_asked_no_more_than_it_can_take(
    sits: Sits, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_limits, "allow", lambda *_asked: False)
    assert client.get(START)["Location"] == "/inloggen/"


def test_without_the_settings_there_is_no_such_page(client: Client) -> None:
    assert client.get(START).status_code == 404
    assert client.get(BACK).status_code == 404
    assert START not in client.get("/inloggen/").content.decode()
