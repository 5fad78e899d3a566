"""What a page of a coalition is about is found once, with the right to it."""

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from tests import make
from wijkverbond.coalition.acting import find_coalition, find_record
from wijkverbond.coalition.models import Coalition, Party
from wijkverbond.kernel.actor import Actor, ActorKind
from wijkverbond.kernel.policy import YES, Permission, Refused, no


@pytest.fixture
def request_of_anyone() -> HttpRequest:
    """The request of somebody who is not signed in."""
    request = RequestFactory().get("/test/")
    request.user = AnonymousUser()
    request.session = SessionStore()
    return request


def allows(actor: Actor, subject: Coalition | Party) -> Permission:
    """A policy that allows."""
    return YES


def refuses(actor: Actor, subject: Coalition | Party) -> Permission:
    """A policy that refuses."""
    return no("Niet nu.")


def parties(coalition: Coalition) -> QuerySet[Party]:
    """All that the page can be about."""
    return coalition.parties.all()


def test_a_view_gets_the_coalition_and_the_current_actor(
    world: make.World, request_of_anyone: HttpRequest
) -> None:
    coalition, actor = find_coalition(request_of_anyone, world.coalition.slug, allows)
    assert (coalition, actor.kind) == (world.coalition, ActorKind.PARTICIPANT)


def test_a_record_brings_its_coalition_without_another_query(
    world: make.World,
    request_of_anyone: HttpRequest,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    slug, party_id = world.coalition.slug, world.resident.party
    assert party_id
    party, _actor = find_record(request_of_anyone, slug, parties, party_id, allows)
    with django_assert_num_queries(0):
        assert party.coalition == world.coalition


def test_a_refused_visitor_is_told_why(world: make.World, request_of_anyone: HttpRequest) -> None:
    slug, party_id = world.coalition.slug, world.resident.party
    assert party_id
    with pytest.raises(Refused, match=r"Niet nu\."):
        find_coalition(request_of_anyone, slug, refuses)
    with pytest.raises(Refused, match=r"Niet nu\."):
        find_record(request_of_anyone, slug, parties, party_id, refuses)


def test_a_record_of_another_coalition_is_not_found(
    world: make.World, request_of_anyone: HttpRequest
) -> None:
    with pytest.raises(Http404):
        find_coalition(request_of_anyone, "elders", allows)
    with pytest.raises(Http404):
        find_record(request_of_anyone, world.coalition.slug, parties, uuid.uuid4(), allows)
