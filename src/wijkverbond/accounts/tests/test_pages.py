"""Pages: signing in and out, one's own data, and the demonstration's post."""

import json
import re

import pytest
import time_machine
from django.core import mail
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from tests import make
from wijkverbond.accounts import services
from wijkverbond.accounts.models import KeptMail, Language, User

pytestmark = pytest.mark.django_db
ADDRESS = "voorzitter@example.org"


@pytest.fixture
def demonstration(settings: Settings) -> None:
    """The settings of the demonstration."""
    settings.DEMO = True
    settings.EMAIL_BACKEND = "wijkverbond.accounts.post.Backend"


@pytest.fixture
def person() -> User:
    """Somebody with an account."""
    return User.objects.create(email=ADDRESS)


@pytest.fixture
def signed_in(client: Client, person: User) -> Client:
    """A browser in which they are signed in."""
    client.force_login(person)
    return client


def ask(client: Client, address: str = ADDRESS, **more: str) -> str:
    """Ask for a code; the code that was mailed."""
    response = client.post("/inloggen/", {"email": address, **more})
    assert (response.status_code, response["Location"]) == (302, "/inloggen/code/")
    code = re.search(r"\d{4} \d{4}", str(mail.outbox[-1].body))
    assert code
    return code[0]


def is_signed_in(client: Client) -> bool:
    """Whether this browser sees its own data."""
    return client.get("/mijn-gegevens/").status_code == 200


def test_a_newcomer_signs_in_with_the_code_from_the_mail(client: Client) -> None:
    assert client.get("/inloggen/").status_code == 200
    code = ask(client, " Voorzitter@Example.org ")
    assert ADDRESS in client.get("/inloggen/code/").content.decode()
    response = client.post("/inloggen/code/", {"code": code}, follow=False)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert "Je bent ingelogd" in client.get("/mijn-gegevens/").content.decode()
    assert User.objects.get().email == ADDRESS


def test_signing_in_makes_a_new_session(client: Client) -> None:
    code = ask(client)
    before = client.session.session_key
    client.post("/inloggen/code/", {"code": code})
    assert client.session.session_key != before
    assert "sign_in" not in client.session


def test_an_address_of_somebody_who_does_not_go_on_is_not_kept(
    client: Client, clock: time_machine.Traveller
) -> None:
    ask(client)
    assert ADDRESS not in str(dict(client.session))
    clock.shift(services.CODE_LASTS)
    services.delete_expired()
    assert client.get("/inloggen/code/")["Location"] == "/inloggen/"


def test_a_wrong_code_is_refused_next_to_the_field(client: Client) -> None:
    ask(client)
    response = client.post("/inloggen/code/", {"code": "12"})
    assert response.status_code == 422
    assert 'value="12"' in response.content.decode()
    assert "niet de code uit de nieuwste mail" in response.content.decode()
    assert not is_signed_in(client)


def test_an_expired_code_is_refused(client: Client, clock: time_machine.Traveller) -> None:
    code = ask(client)
    clock.shift(services.CODE_LASTS)
    response = client.post("/inloggen/code/", {"code": code})
    assert response.status_code == 422
    assert "niet meer geldig" in response.content.decode()


def test_a_code_does_not_work_twice(client: Client) -> None:
    code = ask(client)
    client.post("/inloggen/code/", {"code": code})
    client.post("/uitloggen/")
    response = client.post("/inloggen/code/", {"code": code})
    assert response["Location"] == "/inloggen/"
    assert not is_signed_in(client)


def test_the_code_of_one_browser_does_not_work_in_another(client: Client) -> None:
    code = ask(client)
    other = Client()
    ask(other)
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
    client.post("/inloggen/code/", {"code": ask(client, address)})
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
        ask(browser, address)
        page = browser.get("/inloggen/code/").content.decode().replace(address, "")
        pages.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page))
    assert pages[0] == pages[1]
    assert not User.objects.filter(email="niemand@example.org").exists()


def test_asking_too_often_is_refused_with_429(client: Client) -> None:
    for _ in range(services.MAILS_PER_ADDRESS):
        ask(client)
    response = client.post("/inloggen/", {"email": ADDRESS})
    assert response.status_code == 429
    assert "kwartier" in response.content.decode()
    assert len(mail.outbox) == services.MAILS_PER_ADDRESS


def test_trying_too_often_ends_the_code(client: Client) -> None:
    code = ask(client)
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
    code = ask(client, next=next_url)
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
    code = ask(signed_in, "ander@example.org")
    signed_in.post("/inloggen/code/", {"code": code})
    assert "ander@example.org" in signed_in.get("/mijn-gegevens/").content.decode()
    assert "secret" not in signed_in.session


def test_the_site_speaks_the_language_of_whoever_signs_in(client: Client, person: User) -> None:
    User.objects.update(language=Language.ENGLISH)
    client.post("/inloggen/code/", {"code": ask(client)})
    page = client.get("/mijn-gegevens/").content.decode()
    assert "My data" in page
    assert "You are signed in.</" in page


def test_a_language_chosen_before_stays(client: Client, person: User) -> None:
    User.objects.update(language=Language.ENGLISH)
    client.post("/weergave/", {"language": "nl"})
    client.post("/inloggen/code/", {"code": ask(client)})
    assert "Mijn gegevens" in client.get("/mijn-gegevens/").content.decode()


def test_a_newcomer_gets_the_language_of_the_page(client: Client) -> None:
    client.post("/weergave/", {"language": "en"})
    client.post("/inloggen/code/", {"code": ask(client)})
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
    assert person.name == name
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


def test_there_is_no_post_page_outside_the_demonstration(client: Client) -> None:
    KeptMail.objects.create(to=ADDRESS, subject="geheim", body="geheim")
    assert client.get("/post/").status_code == 404


@pytest.mark.usefixtures("demonstration")
def test_the_demonstration_shows_its_mails_and_sends_none(client: Client) -> None:
    client.post("/inloggen/", {"email": ADDRESS})
    client.post("/inloggen/", {"email": "tweede@example.org"})
    assert mail.outbox == []
    page = client.get("/post/").content.decode()
    assert page.index("tweede@example.org") < page.index(ADDRESS)
    newest = re.search(r"\d{4} \d{4}", page)
    assert newest
    client.post("/inloggen/code/", {"code": newest[0]})
    assert is_signed_in(client)


@pytest.mark.usefixtures("demonstration")
def test_the_demonstration_offers_its_roles(client: Client, world: make.World) -> None:
    page = client.get("/post/").content.decode()
    for actor in (*world.parties, world.coordinator, world.operator):
        assert f'name="email" value="{make.account_of(actor).email}"' in page
    assert f"({world.coalition})" in page
    assert make.account_of(world.participant).email not in page


@pytest.mark.usefixtures("demonstration")
def test_trying_every_role_of_the_demonstration_is_not_too_often(client: Client) -> None:
    for _ in range(services.MAILS_PER_ADDRESS * 2):
        assert client.post("/inloggen/", {"email": ADDRESS}).status_code == 302


@pytest.mark.usefixtures("demonstration")
def test_the_pages_ask_the_database_a_fixed_number_of_questions(
    client: Client, world: make.World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(make.account_of(world.resident))
    for number in range(30):
        make.party(world.coalition, "school", name=f"School {number}")
        KeptMail.objects.create(to=ADDRESS, subject=f"Mail {number}", body="…")
    for page in ("/post/", "/mijn-gegevens/", "/mijn-gegevens/wissen/"):
        with django_assert_max_num_queries(8):
            assert client.get(page).status_code == 200
