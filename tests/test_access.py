"""Every address of the site for every role: what the page answers.

Statuses are those of `access.csv` in each capability's tests (see tests/matrices.py). A POST is
sent without fields and undone. 302 is the way to the sign-in page, or to where a deed leads.
"""

import copy
import itertools
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from pytest_django import DjangoDbBlocker

from tests import make, matrices
from wijkverbond.accounts.models import User
from wijkverbond.coalition.acting import CHOICES, code
from wijkverbond.kernel.actor import Actor

ROLES = (
    "anonymous", "participant", "residents", "entrepreneurs", "civil_society", "government",
    "secretariat", "operator", "stranger",
)  # fmt: skip


def names(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """The names of all addresses, with their namespaces; the route where there is no name."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from names(pattern.url_patterns, space)
        else:
            yield f"{prefix}{pattern.name or pattern.pattern}"


ADDRESSES = sorted(set(names(get_resolver().url_patterns)))
LINES = matrices.lines("access.csv")
ARGUMENTS = matrices.arguments()


class Visitors:
    """The world of the tests, with a browser for each role."""

    def __init__(self) -> None:
        self.world = make.world()
        world = self.world
        actors: list[Actor | None] = [
            None, world.participant, *world.parties, world.coordinator, world.operator,
            world.stranger,
        ]  # fmt: skip
        self.browsers = dict(zip(ROLES, map(browser, actors), strict=True))

    def status(self, role: str, name: str, method: str) -> int:
        """What this role is answered at this address, in a transaction that is undone."""
        visitor = self.browsers[role]
        cookies = copy.deepcopy(visitor.cookies)
        with transaction.atomic():
            response = visitor.generic(method, self.address(name))
            transaction.set_rollback(True)
        visitor.cookies = cookies
        return response.status_code

    def address(self, name: str) -> str:
        """The address of this name in this world."""
        if name in ARGUMENTS:
            return reverse(name, kwargs=ARGUMENTS[name](self.world))
        try:
            return reverse(name)
        except NoReverseMatch:
            return reverse(name, kwargs={"slug": self.world.coalition.slug})


def browser(actor: Actor | None) -> Client:
    """A browser in which this person is signed in and acts as this actor."""
    client = Client()
    if actor and actor.person:
        client.force_login(User.objects.get(id=actor.person))
        session = client.session
        session[CHOICES] = {str(actor.coalition): code(actor)}
        session.save()
    return client


@pytest.fixture(scope="module")
def visitors(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Visitors]:
    """One world for all addresses, because visiting changes nothing."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Visitors()
        transaction.set_rollback(True)


def test_every_address_is_in_the_matrix_with_each_method_once() -> None:
    written = sorted((line["url"], line["method"]) for line in LINES)
    assert written == sorted(itertools.product(ADDRESSES, ("GET", "POST")))


@pytest.mark.django_db  # also tells pytest-django that a database is needed
@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line['method']} {line['url']}")
def test_each_role_is_answered_as_expected(visitors: Visitors, line: matrices.Line) -> None:
    answered = {role: visitors.status(role, line["url"], line["method"]) for role in ROLES}
    assert answered == {role: int(line[role]) for role in ROLES}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ADDRESSES)
def test_who_only_asks_whether_a_page_is_there_is_answered_as_its_reader(
    visitors: Visitors, name: str
) -> None:
    assert visitors.status("anonymous", name, "HEAD") == visitors.status("anonymous", name, "GET")
