"""Signing in with a code from the mail, and signing out."""

import re

import pytest
import time_machine
from django.core import mail
from django.test import Client

from wijkverbond.accounts import services
from wijkverbond.accounts.models import Language, User
from wijkverbond.accounts.tests.visits import ADDRESS, ask_code, is_signed_in
from wijkverbond.kernel.clock import now

pytestmark = pytest.mark.django_db


def test_a_newcomer_signs_in_with_the_code_from_the_mail(client: Client) -> None:
    assert client.get("/inloggen/").status_code == 200
    code = ask_code(client, " Voorzitter@Example.org ")
    assert ADDRESS in client.get("/inloggen/code/").content.decode()
    response = client.post("/inloggen/code/", {"code": code}, follow=False)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert "Je bent ingelogd" in client.get("/mijn-gegevens/").content.decode()
    assert User.objects.get().email == ADDRESS


def test_signing_in_makes_a_new_session(client: Client) -> None:
    code = ask_code(client)
    before = client.session.session_key
    client.post("/inloggen/code/", {"code": code})
    assert client.session.session_key != before
    assert "sign_in" not in client.session


def test_an_address_of_somebody_who_does_not_go_on_is_not_kept(
    client: Client, clock: time_machine.Traveller
) -> None:
    ask_code(client)
    assert ADDRESS not in str(dict(client.session))
    clock.shift(services.CODE_LASTS)
    services.delete_codes(now())
    assert client.get("/inloggen/code/")["Location"] == "/inloggen/"


def test_a_wrong_code_is_refused_next_to_the_field(client: Client) -> None:
    ask_code(client)
    response = client.post("/inloggen/code/", {"code": "12"})
    assert response.status_code == 422
    assert 'value="12"' in response.content.decode()
    assert "niet de code uit de nieuwste mail" in response.content.decode()
    assert not is_signed_in(client)


def test_an_expired_code_is_refused(client: Client, clock: time_machine.Traveller) -> None:
    code = ask_code(client)
    clock.shift(services.CODE_LASTS)
    response = client.post("/inloggen/code/", {"code": code})
    assert response.status_code == 422
    assert "niet meer geldig" in response.content.decode()


def test_a_code_does_not_work_twice(client: Client) -> None:
    code = ask_code(client)
    client.post("/inloggen/code/", {"code": code})
    client.post("/uitloggen/")
    response = client.post("/inloggen/code/", {"code": code})
    assert response["Location"] == "/inloggen/"
    assert not is_signed_in(client)


def test_the_code_of_one_browser_does_not_work_in_another(client: Client) -> None:
    code = ask_code(client)
    other = Client()
    ask_code(other)
    assert other.post("/inloggen/code/", {"code": code}).status_code == 422


@pytest.mark.parametrize("address", ["", "geen adres", "a@b@c.nl", f"{'a' * 250}@example.org"])
def test_what_is_no_address_is_refused_and_kept(address: str, client: Client) -> None:
    response = client.post("/inloggen/", {"email": address})
    assert response.status_code == 422
    assert address in response.content.decode()
    assert mail.outbox == []


@pytest.mark.parametrize(
    "address",
    [
        '"<b>bold</b>"@example.org',
        '"a\\"quote"@example.org',
        "o'brien+tag@example.org",
        "iemand@[127.0.0.1]",
        "iemand@bücher.example",
        f"{'a' * 64}@{'b' * 60}.example",
    ],
)
def test_odd_addresses_get_a_code_like_all_others(address: str, client: Client) -> None:
    client.post("/inloggen/code/", {"code": ask_code(client, address)})
    person = User.objects.get()
    page = client.get("/mijn-gegevens/wissen/").content.decode()
    assert "<b>bold</b>" not in page
    client.post("/mijn-gegevens/wissen/", {"typed": person.email})
    assert not User.objects.exists()


@pytest.mark.parametrize("field", ["email", "next"])
@pytest.mark.parametrize(
    "odd", ["a\x00b", "\u202e", "😀" * 2000, "<script>", "%0d%0aSet-Cookie: a=b"]
)
def test_odd_input_is_refused_or_harmless(field: str, odd: str, client: Client) -> None:
    response = client.post("/inloggen/", {"email": ADDRESS, field: odd})
    assert response.status_code in (302, 422)
    assert "a" not in response.cookies
    assert "<script>" not in response.content.decode().replace("<script src", "")


def test_known_and_unknown_addresses_get_the_same_pages(client: Client, person: User) -> None:
    pages = []
    for address in (person.email, "niemand@example.org"):
        browser = Client()
        ask_code(browser, address)
        page = browser.get("/inloggen/code/").content.decode().replace(address, "")
        pages.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page))
    assert pages[0] == pages[1]
    assert not User.objects.filter(email="niemand@example.org").exists()


def test_asking_too_often_is_refused_with_429(client: Client) -> None:
    for _ in range(services.MAILS_PER_ADDRESS):
        ask_code(client)
    response = client.post("/inloggen/", {"email": ADDRESS})
    assert response.status_code == 429
    assert "kwartier" in response.content.decode()
    assert len(mail.outbox) == services.MAILS_PER_ADDRESS


def test_trying_too_often_ends_the_code(client: Client) -> None:
    code = ask_code(client)
    for _ in range(services.TRIES):
        client.post("/inloggen/code/", {"code": "0"})
    assert client.post("/inloggen/code/", {"code": code}).status_code == 422
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("next_url", "destination"),
    [
        ("/mijn-gegevens/?a=b", "/mijn-gegevens/?a=b"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("no-address", "/"),
        ("accounts:my_data", "/"),
        ("", "/"),
    ],
)
def test_one_returns_to_a_page_of_this_site_only(
    next_url: str, destination: str, client: Client, person: User
) -> None:
    code = ask_code(client, next=next_url)
    assert client.post("/inloggen/code/", {"code": code})["Location"] == destination
    response = client.get("/inloggen/", {"next": next_url})
    assert (response.status_code, response["Location"]) == (302, destination)


def test_a_page_that_needs_a_person_leads_back_after_signing_in(client: Client) -> None:
    response = client.get("/mijn-gegevens/wissen/")
    assert response["Location"] == "/inloggen/?next=/mijn-gegevens/wissen/"
    assert 'value="/mijn-gegevens/wissen/"' in client.get(response["Location"]).content.decode()


def test_without_an_address_there_is_no_page_for_the_code(client: Client) -> None:
    assert client.get("/inloggen/code/")["Location"] == "/inloggen/"
    assert client.post("/inloggen/code/", {"code": "1"})["Location"] == "/inloggen/"


def test_signing_in_as_somebody_else_leaves_nothing_of_the_first(signed_in: Client) -> None:
    session = signed_in.session
    session["secret"] = "of the first"
    session.save()
    code = ask_code(signed_in, "ander@example.org")
    signed_in.post("/inloggen/code/", {"code": code})
    assert "ander@example.org" in signed_in.get("/mijn-gegevens/").content.decode()
    assert "secret" not in signed_in.session


def test_the_site_speaks_the_language_of_whoever_signs_in(client: Client, person: User) -> None:
    User.objects.update(language=Language.ENGLISH)
    client.post("/inloggen/code/", {"code": ask_code(client)})
    page = client.get("/mijn-gegevens/").content.decode()
    assert "My data" in page
    assert "You are signed in.</" in page


def test_a_language_chosen_before_stays(client: Client, person: User) -> None:
    User.objects.update(language=Language.ENGLISH)
    client.post("/weergave/", {"language": "nl"})
    client.post("/inloggen/code/", {"code": ask_code(client)})
    assert "Mijn gegevens" in client.get("/mijn-gegevens/").content.decode()


def test_a_newcomer_gets_the_language_of_the_page(client: Client) -> None:
    client.post("/weergave/", {"language": "en"})
    client.post("/inloggen/code/", {"code": ask_code(client)})
    assert "Your code to sign in" in mail.outbox[-1].body
    assert User.objects.get().language == Language.ENGLISH


def test_signing_out_takes_a_button(signed_in: Client) -> None:
    assert "Uitloggen" in signed_in.get("/uitloggen/").content.decode()
    assert is_signed_in(signed_in)
    assert signed_in.post("/uitloggen/")["Location"] == "/"
    assert not is_signed_in(signed_in)


def test_forms_from_another_site_are_refused(person: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person)
    for page in ("inloggen", "inloggen/code", "uitloggen", "mijn-gegevens", "mijn-gegevens/wissen"):
        assert browser.post(f"/{page}/", {"email": ADDRESS}).status_code == 403
    assert User.objects.exists()
