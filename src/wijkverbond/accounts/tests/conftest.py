"""Fixtures for the tests of accounts."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from wijkverbond.accounts.models import User
from wijkverbond.accounts.tests.visits import ADDRESS

START = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands still until a test moves it."""
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def person() -> User:
    """Somebody with an account."""
    return User.objects.create(email=ADDRESS)


@pytest.fixture
def signed_in(client: Client, person: User) -> Client:
    """A browser in which they are signed in."""
    client.force_login(person)
    return client
