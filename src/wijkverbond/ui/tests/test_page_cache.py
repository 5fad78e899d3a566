"""Pages for strangers are rendered once, until something happens."""

import uuid
from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.views.decorators.cache import never_cache
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from tests import make
from wijkverbond.coalition.models import Coalition
from wijkverbond.kernel.actor import Actor

SignIn = Callable[[Actor], Client]

pytestmark = pytest.mark.django_db


@never_cache
def new_each_time(request: HttpRequest) -> HttpResponse:
    """A page that is different each time."""
    return HttpResponse(uuid.uuid4().hex)


def for_one(request: HttpRequest) -> HttpResponse:
    """A page that remembers its visitor."""
    request.session["seen"] = uuid.uuid4().hex
    return HttpResponse(request.session["seen"])


urlpatterns = [path("new/", new_each_time), path("mine/", for_one)]


@pytest.fixture(autouse=True)
def keeping(settings: Settings) -> Iterator[None]:
    settings.PAGE_SECONDS = 60
    cache.clear()
    yield
    cache.clear()


def page(coalition: Coalition) -> str:
    """The address of a page that anyone may see."""
    return f"/w/{coalition.slug}/wie-doet-mee/"


def test_a_second_stranger_gets_the_same_page_for_one_query(
    coalition: Coalition, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = Client().get(page(coalition))
    with django_assert_num_queries(1):
        second = Client().get(page(coalition))
    assert second.content == first.content
    assert second["Content-Type"] == first["Content-Type"]
    assert "default-src 'none'" in second["Content-Security-Policy"]


def test_every_new_entry_invalidates_the_page_cache(coalition: Coalition) -> None:
    Client().get(page(coalition))
    school = make.party(coalition, "school")
    assert str(school) in Client().get(page(coalition)).content.decode()


def test_a_signed_in_visitor_gets_no_cached_page(world: make.World, sign_in: SignIn) -> None:
    address = page(world.coalition)
    anonymous = Client().get(address).content.decode()
    mine = sign_in(world.resident).get(address).content.decode()
    assert "/uitloggen/" in mine
    assert "/uitloggen/" not in anonymous
    assert "/uitloggen/" not in Client().get(address).content.decode()


def test_each_language_and_display_is_cached_separately(coalition: Coalition) -> None:
    dutch = Client().get(page(coalition)).content.decode()
    english = Client(headers={"accept-language": "en"}).get(page(coalition)).content.decode()
    dark = Client()
    dark.cookies["weergave"] = "donker"
    assert '<html lang="nl"' in dutch
    assert '<html lang="en"' in english
    assert 'data-theme="donker"' in dark.get(page(coalition)).content.decode()
    assert 'data-theme="donker"' not in Client().get(page(coalition)).content.decode()


def test_a_cached_form_has_a_token_of_its_own(client: Client) -> None:
    tokens = {Client().get("/inloggen/").cookies["csrftoken"].value for _ in range(2)}
    assert len(tokens) == 2


@pytest.mark.urls("wijkverbond.ui.tests.test_page_cache")
def test_a_page_that_opts_out_is_not_cached(client: Client) -> None:
    assert client.get("/new/").content != client.get("/new/").content


@pytest.mark.urls("wijkverbond.ui.tests.test_page_cache")
def test_a_cached_page_reveals_nothing_of_another_visitor() -> None:
    assert Client().get("/mine/").content != Client().get("/mine/").content


def test_a_cached_page_has_the_same_headers_and_a_number_of_its_own(coalition: Coalition) -> None:
    first, second = (dict(Client().get(page(coalition)).items()) for _ in range(2))
    assert first.pop("X-Request-ID") != second.pop("X-Request-ID")
    assert second == first
    assert "Cookie" in second["Vary"]
    assert second["X-Frame-Options"] == "DENY"


def test_a_missing_page_is_not_cached(coalition: Coalition) -> None:
    missing = f"/w/{coalition.slug}-twee/"
    assert Client().get(missing).status_code == 404
    make.coalition(name=f"{coalition.name} twee")
    Coalition.objects.filter(name=f"{coalition.name} twee").update(slug=f"{coalition.slug}-twee")
    assert Client().get(missing).status_code == 200
