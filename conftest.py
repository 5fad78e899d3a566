"""Fixtures for all tests: database, browser, and the named cast of a coalition of four kinds."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Page
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from tests import make
from wijkverbond.accounts.models import User
from wijkverbond.coalition.acting import CHOICES, code
from wijkverbond.coalition.models import Coalition
from wijkverbond.kernel.actor import Actor

# How long an example takes says something about the machine, not about the code.
hypothesis_settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("any machine")

pytest_plugins = ["tests.browser"]

SignIn = Callable[[Actor], Client]

EMPTY_BETWEEN_TESTS = """
ALTER TABLE kernel_entry DISABLE TRIGGER entry_is_not_emptied;
ALTER TABLE kernel_head DISABLE TRIGGER head_is_not_emptied;
"""
# A browser that was closed may still be answered; its connection would keep the database from going.
SEND_AWAY = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid();
"""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The tests' database, whose journal may be emptied between tests that commit."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(EMPTY_BETWEEN_TESTS)
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(SEND_AWAY)


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    """Every test starts in Dutch: a page asked for in English leaves its thread in English."""
    with translation.override("nl"):
        yield


@pytest.fixture(autouse=True)
def nothing_kept(settings: Settings) -> None:
    """Pages show what is there now; the tests of keeping them turn it on."""
    settings.PAGE_SECONDS = 0


@pytest.fixture(scope="session")
def base_url(live_server: LiveServer) -> str:
    """Addresses in browser tests begin with a slash."""
    return live_server.url


@pytest.fixture
def world(db: None) -> make.World:
    """A coalition with one party of each kind; every person may do everything for their party."""
    return make.world()


@pytest.fixture
def coalition(world: make.World) -> Coalition:
    """The coalition of the cast."""
    return world.coalition


@pytest.fixture
def resident(world: make.World) -> Actor:
    """Acts for the residents' group, which started the coalition."""
    return world.resident


@pytest.fixture
def shopkeeper(world: make.World) -> Actor:
    """Acts for the shopkeepers' association."""
    return world.shopkeeper


@pytest.fixture
def corporation(world: make.World) -> Actor:
    """Acts for the housing corporation."""
    return world.corporation


@pytest.fixture
def municipality(world: make.World) -> Actor:
    """Acts for the municipality."""
    return world.municipality


@pytest.fixture
def coordinator(world: make.World) -> Actor:
    """Is the coalition's secretariat."""
    return world.coordinator


@pytest.fixture
def participant(world: make.World) -> Actor:
    """Signed in, speaks for themselves."""
    return world.participant


@pytest.fixture
def operator(world: make.World) -> Actor:
    """Hosts the site."""
    return world.operator


@pytest.fixture
def stranger(world: make.World) -> Actor:
    """Acts for a party of another coalition."""
    return world.stranger


@pytest.fixture
def sign_in(db: None) -> SignIn:
    """Gives a browser in which this person is signed in and acts as this actor."""

    def signed_in(actor: Actor) -> Client:
        client = Client()
        if actor.person:
            client.force_login(User.objects.get(id=actor.person))
        if actor.coalition:
            session = client.session
            session[CHOICES] = {str(actor.coalition): code(actor)}
            session.save()
        return client

    return signed_in


@pytest.fixture
def walk_in(page: Page, base_url: str, sign_in: SignIn) -> Callable[[Actor], Page]:
    """Gives a page of a real browser in which this person is signed in and acts as this actor."""

    def walked_in(actor: Actor) -> Page:
        session = sign_in(actor).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": base_url}])
        return page

    return walked_in
