"""What protects every address of the site alike: headers, tokens, cookies, hosts and ways back."""

from collections.abc import Mapping
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from tests import make
from tests.sweeps import ADDRESSES, METHODS, PageAnswers

pytestmark = pytest.mark.django_db

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


def policy(headers: Mapping[str, str]) -> set[str]:
    """The directives of the content security policy."""
    return {part.strip() for part in headers["Content-Security-Policy"].split(";")}


@pytest.mark.parametrize("name", ADDRESSES)
def test_every_address_is_protected(answers: PageAnswers, name: str) -> None:
    answered = answers.of(name)
    for_anyone = answered.by_role["anonymous", "GET"]
    for answer in (for_anyone, answered.by_role["residents", "GET"]):
        assert policy(answer.headers) == POLICY
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Referrer-Policy"] == "same-origin"
    for method in METHODS:
        signed_in = answered.by_role["residents", method]
        assert "no-store" in signed_in.headers["Cache-Control"], "seen by who is signed in"
    token_of_a_form = {"csrftoken"} if "csrfmiddlewaretoken" in for_anyone.text else set()
    assert for_anyone.cookies == token_of_a_form, "no other cookie for a stranger"
    if name not in WITHOUT_TOKEN:
        assert answered.without_token.status == 403
        assert "wv-" in answered.without_token.text


@pytest.mark.parametrize("name", ["coalition:invitation", "coalition:decline", "account_login"])
def test_a_page_with_a_secret_is_stored_nowhere(answers: PageAnswers, name: str) -> None:
    headers = answers.of(name).by_role["anonymous", "GET"].headers
    assert "no-store" in headers["Cache-Control"]


def test_what_a_respondent_answered_is_stored_nowhere_and_what_everyone_sees_may_be(
    world: make.World, client: Client
) -> None:
    make.conversation(world.coalition)
    address = reverse("urgency:respond", args=[world.coalition.slug])
    assert "Cache-Control" not in client.get(address)
    client.post(address, {"kind": "residents"})
    assert "no-store" in client.get(address)["Cache-Control"]


@pytest.mark.parametrize("address", ["/bestaat-niet/", "/static/bestaat-niet.css"])
def test_not_found_pages_have_a_content_security_policy(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert policy(response.headers) == POLICY


def test_static_files_have_a_content_security_policy(client: Client) -> None:
    response = client.head("/static/ui/icon.svg")
    assert response.status_code == 200
    assert policy(response.headers) == POLICY
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_page_for_another_host_is_refused(client: Client) -> None:
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert policy(response.headers) == POLICY
    assert "evil.example" not in response.content.decode()


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_choosing_a_display_never_redirects_to_another_site(client: Client, elsewhere: str) -> None:
    response = client.post("/weergave/", {"display": "donker", "next": elsewhere})
    assert response["Location"] == "/"


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_signing_in_never_redirects_to_another_site(client: Client, elsewhere: str) -> None:
    client.force_login(make.user())
    assert client.get(f"/inloggen/?next={quote(elsewhere)}")["Location"] == "/"


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_choosing_for_whom_to_act_never_redirects_to_another_site(
    world: make.World, elsewhere: str
) -> None:
    browser = Client()
    browser.force_login(make.account_of(world.resident))
    address = reverse("coalition:switch", args=[world.coalition.slug])
    data = {"act_as": str(world.resident.party), "next": elsewhere}
    response = browser.post(address, data)
    assert response.status_code == 302
    assert response["Location"].startswith(f"/w/{world.coalition.slug}/")


def test_only_the_demonstration_has_a_page_of_mails(client: Client, settings: Settings) -> None:
    settings.DEMO = False
    assert client.get("/post/").status_code == 404
    settings.DEMO = True
    assert client.get("/post/").status_code == 200


def test_the_cookie_of_a_respondent_is_sent_over_https_only(
    world: make.World, settings: Settings
) -> None:
    settings.SECURE_SITE = True
    make.conversation(world.coalition)
    address = reverse("urgency:respond", args=[world.coalition.slug])
    cookie = Client().post(address, {"kind": "residents"}).cookies["meedoen"]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
    assert cookie["path"] == address
