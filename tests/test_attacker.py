"""Somebody with a session of one coalition tries everything of another, and finds no way in.

The addresses are those of the access matrix (tests/matrices.py): one that needs more than the
coalition's slug is tried with what belongs to the other coalition, below both slugs; all of them are
tried while the other coalition prepares in private. Each address is tried in two roles, which take turns,
so that each role tries a third of them; `./wijkverbond test --long` tries every address in every role.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

import pytest
from django.db import connection, transaction
from django.urls import NoReverseMatch, reverse
from pytest_django import DjangoDbBlocker

from tests import make
from tests.ready_world import ReadyWorld
from tests.sweeps import ADDRESSES, ARGUMENTS, METHODS, Visitors, undone
from wijkverbond.coalition.models import Access, Coalition

# The link of an invitation is a secret that opens what it invites to, also before everyone sees it.
BY_LINK = {"coalition:invitation", "coalition:decline"}
INSIDE = ("residents", "entrepreneurs", "civil_society", "government", "secretariat")
TRYING = ("anonymous", "participant", "residents", "government", "secretariat", "operator")
SOME_ROLES = 2
# Anonymous visitors are sent to sign in before anything is looked up.
REFUSED = (302, 403, 404, 405)


def takes_slug(name: str) -> bool:
    """Whether the address stands below the slug of a coalition."""
    try:
        reverse(name)
    except NoReverseMatch:
        return name not in BY_LINK and not name.startswith(
            ("installation:", "mfa_", "operations:", "places:", "ui:")
        )
    return False


OF_A_COALITION = sorted(name for name in ADDRESSES if takes_slug(name))
# Answering is about the one open question of a coalition: its address has the slug alone.
WITH_ARGUMENTS = sorted(set(OF_A_COALITION) & set(ARGUMENTS) - {"urgency:respond"})


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What the site answered: its status, and what it stored meanwhile."""

    status: int
    stored: int


Attempts = dict[str, Outcome]


@dataclasses.dataclass(frozen=True)
class AttemptsAtAddress:
    """What was answered at one address of the other coalition, by role and method.

    `below_own_slug` is with the slug of one's own coalition, `as_it_is` in the role that one has in
    that, and `preparing` while the other coalition prepares.
    """

    below_own_slug: Attempts
    as_it_is: Attempts
    preparing: Attempts


class Attackers:
    """Two coalitions, and a browser for each role of the one."""

    def __init__(self, mine: make.World, other: make.World, *, in_every_role: bool) -> None:
        self.visitors, self.other = Visitors(mine), other
        self._in_every_role = in_every_role
        self._tried: dict[str, AttemptsAtAddress] = {}

    def at(self, name: str) -> AttemptsAtAddress:
        """What roles are answered at this address of the other coalition; all of it is undone."""
        if name not in self._tried:
            with undone():
                self._tried[name] = self._try_all(name)
        return self._tried[name]

    def _try_all(self, name: str) -> AttemptsAtAddress:
        slug = {"slug": self.other.coalition.slug}
        arguments = ARGUMENTS[name](self.other) if name in ARGUMENTS else slug
        address = reverse(name, kwargs=arguments)
        own = {"slug": self.visitors.world.coalition.slug}
        below_own_slug = (
            self._try(self._roles(TRYING, name), reverse(name, kwargs=arguments | own))
            if name in WITH_ARGUMENTS
            else {}
        )
        as_it_is = self._try(("participant", *self._roles(INSIDE, name)), address)
        hidden = Coalition.objects.filter(id=self.other.coalition.id)
        hidden.update(access=Access.PREPARING)
        preparing = self._try(self._roles(TRYING, name), address)
        return AttemptsAtAddress(below_own_slug, as_it_is, preparing)

    def _roles(self, roles: Sequence[str], name: str) -> Sequence[str]:
        if self._in_every_role:
            return roles
        first = OF_A_COALITION.index(name)
        return [roles[(first + turn) % len(roles)] for turn in range(SOME_ROLES)]

    def _try(self, roles: Iterable[str], address: str) -> Attempts:
        return {
            f"{role} {method}": self._attempt(role, method, address)
            for role in roles
            for method in METHODS
        }

    def _attempt(self, role: str, method: str, address: str) -> Outcome:
        client = self.visitors.browsers[role]
        with undone(client):
            before = count_rows()
            response = client.generic(method, address)
            return Outcome(response.status_code, count_rows() - before)


def count_rows() -> int:
    """How many rows were written in this transaction, whatever became of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables "
            "WHERE relname NOT IN ('django_session', 'kernel_limit')"
        )
        return int(cursor.fetchone()[0])


@pytest.fixture(scope="module")
def attackers(
    ready_world: ReadyWorld, django_db_blocker: DjangoDbBlocker, is_long: bool
) -> Iterator[Attackers]:
    """Two worlds for all attempts, because each attempt is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Attackers(ready_world.put_back(), make.world(), in_every_role=is_long)
        transaction.set_rollback(True)


@pytest.mark.django_db  # also tells pytest-django that a database is needed
@pytest.mark.parametrize("name", WITH_ARGUMENTS)
def test_records_of_another_coalition_are_not_found_under_ones_own_slug(
    attackers: Attackers, name: str
) -> None:
    answered = attackers.at(name).below_own_slug
    assert len(answered) >= SOME_ROLES * len(METHODS)
    assert {key: answer for key, answer in answered.items() if answer.stored} == {}
    assert {key: answer for key, answer in answered.items() if answer.status not in REFUSED} == {}


@pytest.mark.django_db
@pytest.mark.parametrize("name", OF_A_COALITION)
def test_a_mandate_in_one_coalition_gives_no_access_to_another(
    attackers: Attackers, name: str
) -> None:
    answered = attackers.at(name).as_it_is
    for method in METHODS:
        alone = answered[f"participant {method}"]
        answers = {key: answer for key, answer in answered.items() if key.endswith(method)}
        assert len(answers) > SOME_ROLES
        assert answers == dict.fromkeys(answers, alone)


@pytest.mark.django_db
@pytest.mark.parametrize("name", OF_A_COALITION)
def test_a_coalition_that_prepares_is_not_found_by_outsiders(
    attackers: Attackers, name: str
) -> None:
    answered = attackers.at(name).preparing
    assert {key: answer for key, answer in answered.items() if answer.stored} == {}
    assert {
        key: answer for key, answer in answered.items() if answer.status not in (302, 404, 405)
    } == {}
    signed_in = {
        answer.status for key, answer in answered.items() if not key.startswith("anonymous")
    }
    assert 302 not in signed_in


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/register/", "/mijn-werk/", "/spelregels/"])
def test_a_coalition_that_prepares_is_mentioned_nowhere(attackers: Attackers, address: str) -> None:
    browsers = attackers.visitors.browsers.values()
    with undone():
        hidden = Coalition.objects.get(id=attackers.other.coalition.id)
        hidden.access, hidden.name = Access.PREPARING, "Geheime wijk"
        hidden.save()
        pages = [client.get(address, follow=True) for client in browsers]
    assert [page for page in pages if "Geheime wijk" in page.content.decode()] == []


def test_every_address_of_a_coalition_is_tried() -> None:
    assert len(OF_A_COALITION) > 100
    assert set(WITH_ARGUMENTS) <= set(ADDRESSES)
    assert set(ARGUMENTS) - set(WITH_ARGUMENTS) == {
        "mfa_edit_webauthn",
        "mfa_remove_webauthn",
        "installation:begin", "installation:colour", "installation:logo",
        *BY_LINK, "operations:list_again", "operations:try_again", "operations:unlist",
        "places:place", "ui:sent", "urgency:respond",
    }  # fmt: skip
