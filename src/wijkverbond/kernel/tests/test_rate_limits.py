"""Limits count every use, also at the same moment, and start again when their window has ended."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.db import connections
from django.test import RequestFactory
from pytest_django import Settings

from wijkverbond.kernel import rate_limits
from wijkverbond.kernel.clock import now
from wijkverbond.kernel.models import Limit

MINUTE = dt.timedelta(minutes=1)
START = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


@pytest.mark.django_db
def test_uses_beyond_the_limit_are_refused_until_the_window_has_ended() -> None:
    with time_machine.travel(START, tick=False) as clock:
        assert [rate_limits.allow("letter", 2, MINUTE) for _ in range(4)] == [
            True,
            True,
            False,
            False,
        ]
        clock.shift(dt.timedelta(seconds=59))
        assert not rate_limits.allow("letter", 2, MINUTE)
        clock.shift(dt.timedelta(seconds=1))
        assert [rate_limits.allow("letter", 2, MINUTE) for _ in range(3)] == [True, True, False]


@pytest.mark.django_db
def test_keys_are_counted_apart_and_not_stored_as_they_are() -> None:
    assert rate_limits.allow("sign-in:192.0.2.1", 1, MINUTE)
    assert rate_limits.allow("sign-in:192.0.2.2", 1, MINUTE)
    assert not rate_limits.allow("sign-in:192.0.2.1", 1, MINUTE)
    assert not Limit.objects.filter(key__contains="192.0.2").exists()


@pytest.mark.django_db
def test_a_limit_of_zero_allows_nothing() -> None:
    assert not rate_limits.allow("letter", 0, MINUTE)


@pytest.mark.django_db
def test_windows_that_ended_are_deleted() -> None:
    with time_machine.travel(START, tick=False) as clock:
        rate_limits.allow("short", 1, MINUTE)
        rate_limits.allow("long", 1, 3 * MINUTE)
        clock.shift(2 * MINUTE)
        rate_limits.delete_expired(now())
        assert not rate_limits.allow("long", 1, MINUTE)
    assert Limit.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_simultaneous_uses_are_all_counted() -> None:
    def use(_: int) -> bool:
        try:
            return rate_limits.allow("rush", 10, MINUTE)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        allowed = list(threads.map(use, range(40)))
    assert allowed.count(True) == 10


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote_address", "expected"),
    [
        (0, "", "192.0.2.7", "192.0.2.7/32"),
        (0, "198.51.100.9", "192.0.2.7", "192.0.2.7/32"),
        (1, "10.0.0.1, 198.51.100.9", "192.0.2.7", "198.51.100.9/32"),
        (2, "203.0.113.5, 198.51.100.9", "192.0.2.7", "203.0.113.5/32"),
        (1, "", "192.0.2.7", "192.0.2.7/32"),
        (0, "", "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        (0, "", "not an address", "unknown"),
        (1, "<script>", "192.0.2.7", "unknown"),
    ],
)
def test_a_visitor_is_the_address_that_our_outermost_proxy_saw(
    proxies: int, forwarded: str, remote_address: str, expected: str, settings: Settings
) -> None:
    settings.TRUSTED_PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote_address)
    assert rate_limits.visitor(request) == expected
