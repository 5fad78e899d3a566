"""What the sweeps over all addresses share: who comes by, where, and what each of them is answered.

An address is asked once for all sweeps, in a world with one record that it is about: by every role, with
each method, in English, and without the token of a form. Each answer is undone before the next.
"""

import contextlib
import copy
import dataclasses
from collections.abc import Iterable, Iterator, Mapping

from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from tests import database, make, matrices
from tests.ready_world import ReadyWorld
from wijkverbond.accounts.models import User
from wijkverbond.accounts.tests.make import show_second_step
from wijkverbond.coalition.acting import CHOICES, code
from wijkverbond.kernel.actor import Actor

ROLES = (
    "anonymous", "participant", "residents", "entrepreneurs", "civil_society", "government",
    "secretariat", "operator", "stranger",
)  # fmt: skip
METHODS = ("GET", "POST")


def _names(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """The names of all addresses, with their namespaces; the route where there is no name."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _names(pattern.url_patterns, space)
        else:
            yield f"{prefix}{pattern.name or pattern.pattern}"


def _seen_by() -> dict[str, str]:
    """The first role that may see each page."""
    first_roles: dict[str, str] = {}
    for line in LINES:
        role = next((role for role in ROLES if line[role] == "200"), None)
        if line["method"] == "GET" and role:
            first_roles[line["url"]] = role
    return first_roles


ADDRESSES = sorted(set(_names(get_resolver().url_patterns)))
LINES = matrices.lines("access.csv")
ARGUMENTS = matrices.arguments()
SEEN_BY = _seen_by()


def browser(actor: Actor | None) -> Client:
    """A browser in which this person is signed in and acts as this actor."""
    client = Client()
    if actor and actor.person:
        client.force_login(User.objects.get(id=actor.person))
        session = client.session
        session[CHOICES] = {str(actor.coalition): code(actor)}
        if actor.second_step:
            show_second_step(session, make.account_of(actor))
        session.save()
    return client


@contextlib.contextmanager
def undone(client: Client | None = None) -> Iterator[None]:
    """Let something happen, after which the database and the browser are as they were."""
    cookies = copy.deepcopy(client.cookies) if client else None
    undoing = transaction.atomic()
    undoing._from_testcase = True  # type: ignore[attr-defined]  # a durable deed inside it may run
    with undoing:
        yield
        transaction.set_rollback(True)
    if client and cookies is not None:
        client.cookies = cookies


def address_of(world: make.World, name: str) -> str:
    """The address of this name in a world, about a record that is made now."""
    if name in ARGUMENTS:
        return reverse(name, kwargs=ARGUMENTS[name](world))
    try:
        return reverse(name)
    except NoReverseMatch:
        return reverse(name, kwargs={"slug": world.coalition.slug})


class Visitors:
    """A world, with a browser for each role, and an address of each name about one record."""

    def __init__(self, world: make.World, roles: Iterable[str] = ROLES) -> None:
        self.world = world
        actors: list[Actor | None] = [
            None, world.participant, *world.parties, world.coordinator, world.operator,
            world.stranger,
        ]  # fmt: skip
        everyone = dict(zip(ROLES, actors, strict=True))
        self.browsers = {role: browser(everyone[role]) for role in roles}
        self._addresses: dict[str, str] = {}

    def address(self, name: str) -> str:
        """The address of this name in this world; the record it is about is made the first time."""
        if name not in self._addresses:
            self._addresses[name] = address_of(self.world, name)
        return self._addresses[name]


@dataclasses.dataclass(frozen=True)
class PageAnswer:
    """What the site answers: its status, its headers, the cookies that it sets, and the page.

    `text` is empty for what is no page: a download, or a file that is streamed.
    """

    status: int
    headers: Mapping[str, str]
    cookies: frozenset[str]
    text: str

    @classmethod
    def of(cls, response: HttpResponseBase) -> "PageAnswer":
        """The answer that this response is."""
        is_page = not response.streaming and response["Content-Type"].startswith("text/html")
        text = response.content.decode() if is_page else ""  # type: ignore[attr-defined]
        return cls(response.status_code, dict(response.headers), frozenset(response.cookies), text)


@dataclasses.dataclass(frozen=True)
class AddressAnswers:
    """What everyone is answered at one address.

    `by_role` goes by role and method; `head` is for who only asks whether it is there; `english` is
    the page for the first role that may see it, and `without_token` what a partner is answered whose
    form brings no token.
    """

    by_role: Mapping[tuple[str, str], PageAnswer]
    head: PageAnswer
    english: PageAnswer
    without_token: PageAnswer


class PageAnswers:
    """What the site answers at each address, asked the first time that a test wants to know."""

    def __init__(self, ready_world: ReadyWorld) -> None:
        self._by_name: dict[str, AddressAnswers] = {}
        with undone():
            filled = database.filled_tables()
            visitors = Visitors(ready_world.put_back())
            self._world, self._browsers = visitors.world, visitors.browsers
            self._signed_in = database.Snapshot.since(filled)

    def of(self, name: str) -> AddressAnswers:
        """What everyone is answered at the address of this name."""
        if name not in self._by_name:
            with undone(), translation.override("nl"):
                self._signed_in.put_back()
                self._by_name[name] = _ask_everyone(self._world, self._browsers, name)
        return self._by_name[name]

    def page(self, name: str) -> PageAnswer:
        """The page of this name for the first role that may see it."""
        return self.of(name).by_role[SEEN_BY[name], "GET"]


def _ask_everyone(world: make.World, browsers: Mapping[str, Client], name: str) -> AddressAnswers:
    address = address_of(world, name)
    partner = Client(enforce_csrf_checks=True)
    partner.cookies = browsers["residents"].cookies

    def answer(client: Client, method: str, **headers: str) -> PageAnswer:
        with undone(client):
            return PageAnswer.of(client.generic(method, address, headers=headers))

    def answer_without_token() -> PageAnswer:
        with undone(partner):
            return PageAnswer.of(partner.post(address, {"next": "/"}))

    return AddressAnswers(
        {(role, method): answer(browsers[role], method) for role in ROLES for method in METHODS},
        head=answer(browsers["anonymous"], "HEAD"),
        without_token=answer_without_token(),
        english=answer(browsers[SEEN_BY.get(name, "anonymous")], "GET", accept_language="en"),
    )
