"""One's own data: seen, changed, taken along and erased."""

import datetime as dt
import json

import pytest
import time_machine
from django.test import Client

from wijkverbond.accounts.models import Session, User
from wijkverbond.accounts.tests.visits import ADDRESS, ask_code, is_signed_in
from wijkverbond.kernel.reading_direction import isolated

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Android 14; Mobile; rv:131.0) Gecko/131.0 Firefox/131.0"


def test_everything_that_is_kept_is_listed(signed_in: Client) -> None:
    page = signed_in.get("/mijn-gegevens/").content.decode()
    assert "Om je een inlogcode te sturen" in page
    assert "Tot je je account wist." in page


def test_changing_name_and_language(signed_in: Client, person: User) -> None:
    response = signed_in.post("/mijn-gegevens/", {"name": "Wijkagent", "language": "en"})
    assert (response.status_code, response["Location"]) == (302, "/mijn-gegevens/")
    person.refresh_from_db()
    assert (person.name, person.language) == ("Wijkagent", "en")
    assert "Your details are changed." in signed_in.get("/mijn-gegevens/").content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "a" * 101, "language": "nl"},
        {"name": "x", "language": "xx"},
        {"name": "a\x00b", "language": "nl"},
    ],
)
def test_details_that_do_not_fit_are_refused_and_kept(
    typed: dict[str, str], signed_in: Client, person: User
) -> None:
    assert signed_in.post("/mijn-gegevens/", typed).status_code == 422
    person.refresh_from_db()
    assert (person.name, person.language) == ("", "nl")


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "\u202eomgekeerd", "😀 {{ x }}"])
def test_odd_names_are_kept_and_shown_as_typed(name: str, signed_in: Client, person: User) -> None:
    signed_in.post("/mijn-gegevens/", {"name": name, "language": "nl"})
    person.refresh_from_db()
    assert person.name == isolated(name)  # it turns no text beside it
    assert "<script>alert" not in signed_in.get("/mijn-gegevens/").content.decode()


def test_downloading_everything(signed_in: Client) -> None:
    response = signed_in.get("/mijn-gegevens/alles.json")
    assert response["Content-Disposition"] == 'attachment; filename="mijn-gegevens.json"'
    assert "no-store" in response["Cache-Control"]
    kinds = {kind["name"]: kind["data"] for kind in json.loads(response.content)["kinds"]}
    assert kinds["account"]["email"] == ADDRESS


def test_signing_out_on_all_other_devices(signed_in: Client, person: User) -> None:
    elsewhere = Client()
    elsewhere.force_login(person)
    assert is_signed_in(elsewhere)
    signed_in.post("/mijn-gegevens/overal-uitloggen/")
    assert not is_signed_in(elsewhere)
    assert is_signed_in(signed_in)


def test_signing_out_of_one_session(client: Client, person: User) -> None:
    elsewhere, third = Client(), Client()
    client.post("/inloggen/code/", {"code": ask_code(client)})
    elsewhere.post("/inloggen/code/", {"code": ask_code(elsewhere)}, headers={"user-agent": PHONE})
    third.force_login(person)
    page = client.get("/mijn-gegevens/").content.decode()
    assert page.count('name="session"') == 2
    assert "Firefox, Android" in page
    for browser in (elsewhere, third):
        assert str(browser.session.session_key) not in page  # it would be a key to the account
    handle = Session.objects.get(session_key=elsewhere.session.session_key).handle
    client.post("/mijn-gegevens/uitloggen/", {"session": handle})
    assert [is_signed_in(each) for each in (client, elsewhere, third)] == [True, False, True]
    assert "Firefox, Android" not in client.get("/mijn-gegevens/").content.decode()


def test_nobody_ends_a_session_of_somebody_else(signed_in: Client) -> None:
    other = Client()
    other.force_login(User.objects.create(email="ander@example.org"))
    handle = Session.objects.get(session_key=other.session.session_key).handle
    signed_in.post("/mijn-gegevens/uitloggen/", {"session": handle})
    assert is_signed_in(other)


def test_a_session_ends_two_weeks_after_signing_in_whatever_happens_in_it(
    clock: time_machine.Traveller, signed_in: Client
) -> None:
    for _day in range(14):
        assert is_signed_in(signed_in)
        clock.shift(dt.timedelta(days=1))
    assert not is_signed_in(signed_in)


def test_erasing_ends_every_session(signed_in: Client, person: User) -> None:
    elsewhere = Client()
    elsewhere.force_login(person)
    assert signed_in.get("/mijn-gegevens/wissen/").status_code == 200
    response = signed_in.post("/mijn-gegevens/wissen/", {"typed": ADDRESS.upper()})
    assert (response.status_code, response["Location"]) == (302, "/")
    assert not User.objects.exists()
    assert not is_signed_in(signed_in)
    assert not is_signed_in(elsewhere)


@pytest.mark.parametrize("typed", ["", "ander@example.org", "ja"])
def test_erasing_needs_ones_own_address(typed: str, signed_in: Client) -> None:
    assert signed_in.post("/mijn-gegevens/wissen/", {"typed": typed}).status_code == 422
    assert User.objects.exists()


@pytest.mark.parametrize("page", ["", "alles.json", "wissen/"])
def test_a_stranger_signs_in_first(page: str, client: Client) -> None:
    response = client.get(f"/mijn-gegevens/{page}")
    assert response["Location"] == f"/inloggen/?next=/mijn-gegevens/{page}"


@pytest.mark.parametrize(
    ("method", "page"),
    [
        ("delete", "/inloggen/"),
        ("put", "/inloggen/code/"),
        ("delete", "/uitloggen/"),
        ("post", "/mijn-gegevens/alles.json"),
        ("get", "/mijn-gegevens/overal-uitloggen/"),
        ("delete", "/mijn-gegevens/wissen/"),
    ],
)
def test_other_methods_are_refused(method: str, page: str, signed_in: Client) -> None:
    assert getattr(signed_in, method)(page).status_code == 405


def test_account_pages_are_not_kept_by_browsers(signed_in: Client) -> None:
    for page in ("", "wissen/"):
        assert "no-store" in signed_in.get(f"/mijn-gegevens/{page}")["Cache-Control"]
