"""What protects every address of the site alike: headers, tokens, cookies, hosts and ways back."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from tests import make
from tests.test_access import ADDRESSES, Visitors
from wijkverbond.accounts.models import User
from wijkverbond.kernel.actor import Actor

POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'",
    "font-src 'self'", "connect-src 'self'", "manifest-src 'self'", "base-uri 'none'",
    "form-action 'self'", "frame-ancestors 'none'",
}  # fmt: skip
# Changes nothing but how the visitor's own browser shows the site.
WITHOUT_TOKEN = {"ui:preferences"}
ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "javascript:alert(1)",
    "https:evil.example",
    "\thttps://evil.example/",
)


@pytest.fixture(scope="module")
def visitors(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Visitors]:
    """One world for all addresses, because every visit is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Visitors()
        transaction.set_rollback(True)


def person_of(actor: Actor) -> User:
    """The account of whoever acts."""
    assert actor.person
    return User.objects.get(id=actor.person)


def policy(response: HttpResponseBase) -> set[str]:
    """The directives of the content security policy."""
    return {part.strip() for part in str(response.headers["Content-Security-Policy"]).split(";")}


@pytest.mark.django_db  # also tells pytest-django that a database is needed
@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("role", ["anonymous", "residents"])
def test_every_answer_forbids_what_is_not_ours(visitors: Visitors, role: str, name: str) -> None:
    with transaction.atomic():
        response = visitors.browsers[role].get(visitors.address(name))
        transaction.set_rollback(True)
    assert policy(response) == POLICY
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/bestaat-niet/", "/static/bestaat-niet.css"])
def test_what_is_not_there_forbids_it_too(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert policy(response) == POLICY


def test_files_forbid_it_too(client: Client) -> None:
    response = client.head("/static/ui/icon.svg")
    assert response.status_code == 200
    assert policy(response) == POLICY
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_a_page_for_another_host_is_refused(client: Client) -> None:
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert policy(response) == POLICY
    assert "evil.example" not in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(set(ADDRESSES) - WITHOUT_TOKEN))
def test_nothing_is_sent_without_a_token(visitors: Visitors, name: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    with transaction.atomic():
        address = visitors.address(name)
        browser.force_login(person_of(visitors.world.resident))
        response = browser.post(address, {"next": "/"})
        transaction.set_rollback(True)
    assert response.status_code == 403
    assert "wv-" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ADDRESSES)
def test_a_stranger_gets_no_cookie_but_the_token_of_a_form(visitors: Visitors, name: str) -> None:
    with transaction.atomic():
        response = Client().get(visitors.address(name))
        transaction.set_rollback(True)
    expected = (
        {"csrftoken"} if b"csrfmiddlewaretoken" in getattr(response, "content", b"") else set()
    )
    assert set(response.cookies) == expected


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_a_choice_of_display_leads_to_no_other_site(client: Client, elsewhere: str) -> None:
    response = client.post("/weergave/", {"display": "donker", "next": elsewhere})
    assert response["Location"] == "/"


@pytest.mark.django_db
@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_signing_in_leads_to_no_other_site(client: Client, elsewhere: str) -> None:
    client.force_login(make.user())
    assert client.get(f"/inloggen/?next={quote(elsewhere)}")["Location"] == "/"


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_acting_for_another_leads_to_no_other_site(world: make.World, elsewhere: str) -> None:
    browser = Client()
    browser.force_login(person_of(world.resident))
    address = reverse("coalition:switch", args=[world.coalition.slug])
    data = {"act_as": str(world.resident.party), "next": elsewhere}
    response = browser.post(address, data)
    assert response.status_code == 302
    assert response["Location"].startswith(f"/w/{world.coalition.slug}/")


@pytest.mark.django_db
def test_the_mails_of_the_demonstration_are_nowhere_else(
    client: Client, settings: Settings
) -> None:
    settings.DEMO = False
    assert client.get("/post/").status_code == 404
    settings.DEMO = True
    assert client.get("/post/").status_code == 200


def test_what_a_visitor_said_is_remembered_over_https_only(
    world: make.World, settings: Settings
) -> None:
    settings.SECURE_SITE = True
    make.conversation(world.coalition)
    address = reverse("urgency:respond", args=[world.coalition.slug])
    cookie = Client().post(address, {"kind": "residents"}).cookies["meedoen"]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
    assert cookie["path"] == address
