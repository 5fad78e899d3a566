"""Terms in working days."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from wijkverbond.actions import terms

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1))


@pytest.mark.parametrize(
    ("asked_on", "days", "last"),
    [
        ("2026-11-24", 1, "2026-11-25"),
        ("2026-11-24", 15, "2026-12-15"),
        ("2026-11-27", 1, "2026-11-30"),
        ("2026-04-02", 1, "2026-04-07"),
        ("2026-04-24", 1, "2026-04-28"),
        ("2026-05-04", 1, "2026-05-06"),
        ("2027-05-04", 1, "2027-05-07"),
        ("2026-05-22", 1, "2026-05-26"),
        ("2026-12-24", 1, "2026-12-28"),
        ("2026-12-31", 1, "2027-01-04"),
    ],
)
def test_a_term_skips_weekends_and_the_days_of_the_law(asked_on: str, days: int, last: str) -> None:
    assert terms.last_day(dt.date.fromisoformat(asked_on), days).isoformat() == last


def test_new_years_eve_easter_saturday_and_the_day_after_ascension_are_working_days_or_weekend() -> (
    None
):
    assert terms.is_working_day(dt.date(2026, 12, 31))
    assert terms.is_working_day(dt.date(2026, 5, 15))
    assert not terms.is_working_day(dt.date(2026, 4, 4))


def test_kings_day_moves_when_it_is_a_sunday() -> None:
    assert not terms.is_working_day(dt.date(2025, 4, 26))
    assert terms.is_working_day(dt.date(2025, 4, 28))


@given(DAYS, st.integers(1, 60))
def test_a_term_holds_exactly_its_working_days(asked_on: dt.date, days: int) -> None:
    last = terms.last_day(asked_on, days)
    days_of_term = [
        asked_on + dt.timedelta(days=passed) for passed in range(1, (last - asked_on).days + 1)
    ]
    assert terms.is_working_day(last)
    assert sum(map(terms.is_working_day, days_of_term)) == days


@given(DAYS, st.integers(1, 30))
def test_lateness_is_counted_in_working_days_after_the_term(due: dt.date, days: int) -> None:
    assert terms.days_late(due, due) == 0
    assert terms.days_late(due, terms.last_day(due, days)) == days


def test_the_command_prints_only_the_date() -> None:
    out = StringIO()
    call_command("term", "2026-11-24", "15", stdout=out)
    assert out.getvalue() == "2026-12-15\n"


@pytest.mark.parametrize(
    ("date", "days"),
    [("24-11-2026", "15"), ("2026-02-30", "1"), ("2026-11-24", "0"), ("2026-11-24", "x")],
)
def test_a_usage_error_says_what_is_wrong_and_exits_with_two(date: str, days: str) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("term", date, days)
    assert refused.value.returncode == 2


def test_a_term_beyond_the_calendar_is_reported() -> None:
    with pytest.raises(CommandError, match="after the calendar") as refused:
        call_command("term", "9999-12-01", "100")
    assert refused.value.returncode == 1
