"""Fixtures for all tests: database, browser, and the named cast of a coalition of four kinds."""

import math
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client, TransactionTestCase, override_settings
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Page
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer
from whitenoise.middleware import WhiteNoiseMiddleware
from xdist.scheduler import LoadScopeScheduling

from tests import database, make
from tests.ready_world import ReadyWorld
from tests.sweeps import PageAnswers
from wijkverbond.accounts.models import User
from wijkverbond.accounts.tests.make import show_second_step
from wijkverbond.coalition.acting import CHOICES, code
from wijkverbond.coalition.models import Coalition
from wijkverbond.kernel import site
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.models import SiteDetails
from wijkverbond.ui.staticfiles import STYLESHEET, joined

# How long an example takes says something about the machine, not about the code.
ANY_MACHINE = hypothesis_settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.register_profile("any machine", ANY_MACHINE)
hypothesis_settings.register_profile("long", ANY_MACHINE, max_examples=2000)

# The sweeps that read the same answers (tests/sweeps.py): asked in one worker, they are asked once.
ASK_ANSWERS = ("tests/test_access.py", "tests/test_every_page.py", "tests/test_protection.py")
# What looks at the story of the demonstration: in one worker, it is told once.
LOOK_AT_THE_STORY = "src/wijkverbond/demo/tests/"
# These take longest: whoever is free begins with them. What else is in a file stays together.
FIRST = (
    "tests/test_for_everyone.py",
    *ASK_ANSWERS,
    "tests/test_attacker.py",
    "tests/test_every_form.py",
    "tests/test_queries.py",
    "src/wijkverbond/config/tests/test_launch_processes.py",
    "tests/test_outages.py",
)

NOTHING_FILLED_IN = SiteDetails(), math.inf

pytest_plugins = ["tests.browser", "tests.inbox", "tests.personal_story", "tests.publisher"]

SignIn = Callable[[Actor], Client]

# A browser that was closed may still be answered; its connection would keep the database from going.
SEND_AWAY = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid();
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `--long` be asked for."""
    parser.addoption("--long", action="store_true", help="do the heavy proofs too")


def pytest_configure(config: pytest.Config) -> None:
    """Choose how many examples hypothesis tries."""
    hypothesis_settings.load_profile("long" if config.getoption("--long") else "any machine")


class Scheduling(LoadScopeScheduling):  # type: ignore[misc]  # it has no types
    """Gives the tests of a file to one worker, and of files that share something costly too."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        if file in ASK_ANSWERS:
            return "answers"
        return "story" if file.startswith(LOOK_AT_THE_STORY) else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Scheduling:
    """Let workers share the tests as `Scheduling` says."""
    return Scheduling(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that take longest, so that no worker waits for another in the end."""
    items.sort(key=lambda item: item.nodeid.partition("::")[0] not in FIRST)


@pytest.fixture(scope="session")
def is_long(pytestconfig: pytest.Config) -> bool:
    """Whether the heavy proofs are asked for, instead of a small sample of each."""
    return bool(pytestconfig.getoption("--long"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The tests' database, which is emptied quickly after a test that commits."""
    with django_db_blocker.unblock():
        database.keep_no_statistics()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: database.empty())
        yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(SEND_AWAY)


@pytest.fixture(scope="session", autouse=True)
def static_files_found_once() -> Iterator[None]:
    """Look for static files once: each test client would do so again with its own middleware."""
    find = WhiteNoiseMiddleware.add_files_from_finders
    files: dict[str, object] = {}

    def add_files(middleware: WhiteNoiseMiddleware) -> None:
        if not files:
            find(middleware)
            files.update(middleware.files)
        middleware.files.update(files)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", add_files)
        yield


@pytest.fixture(scope="session", autouse=True)
def one_stylesheet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Serve the stylesheet in one piece, as an installation does: a new browser asks for all of it."""
    source = finders.find(STYLESHEET)
    assert source
    served = tmp_path_factory.mktemp("static")
    stylesheet = served / STYLESHEET
    stylesheet.parent.mkdir(parents=True)
    stylesheet.write_text(joined(lambda name: Path(source).with_name(name).read_text()))
    with override_settings(STATICFILES_DIRS=[served]):
        yield


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    """Every test starts in Dutch: a page asked for in English leaves its thread in English."""
    with translation.override("nl"):
        yield


@pytest.fixture(autouse=True)
def no_page_cache(settings: Settings) -> None:
    """Pages show what is there now; the tests of the page cache turn it on."""
    settings.PAGE_SECONDS = 0


@pytest.fixture(scope="session", autouse=True)
def read_once() -> Iterator[None]:
    """What the host filled in is read anew when that changes, not by whatever page comes seconds later."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site, "_kept", NOTHING_FILLED_IN)
        patch.setattr(site, "SECONDS", math.inf)
        yield


@pytest.fixture(autouse=True)
def nothing_filled_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test begins as a process that read a moment ago that the host filled in nothing about the site."""
    monkeypatch.setattr(site, "_kept", NOTHING_FILLED_IN)


@pytest.fixture(scope="session")
def base_url(live_server: LiveServer) -> str:
    """Addresses in browser tests begin with a slash."""
    return live_server.url


@pytest.fixture(scope="session")
def ready_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> ReadyWorld:
    """What the fixture `world` puts back for each test."""
    with django_db_blocker.unblock():
        return ReadyWorld()


@pytest.fixture(scope="session")
def answers(ready_world: ReadyWorld, django_db_blocker: DjangoDbBlocker) -> PageAnswers:
    """What everyone is answered at each address, for all sweeps; a test that asks needs `db`."""
    with django_db_blocker.unblock():
        return PageAnswers(ready_world)


@pytest.fixture
def world(ready_world: ReadyWorld, db: None) -> make.World:
    """A coalition with one party of each kind; every person may do everything for their party."""
    return ready_world.put_back()


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
        session = client.session
        if actor.coalition:
            session[CHOICES] = {str(actor.coalition): code(actor)}
        if actor.second_step:
            show_second_step(session, make.account_of(actor))
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
