"""Calendar months, and when a covenant asks to be renewed."""

import datetime as dt

import pytest

from wijkverbond.analysis.months import add_months, ends_soon


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-01-15", 1, "2026-02-15"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-07-31", 5, "2026-12-31"),
        ("2026-07-31", 6, "2027-01-31"),
        ("2026-12-31", 24, "2028-12-31"),
        ("2026-01-15", -12, "2025-01-15"),
        ("2026-01-15", -1, "2025-12-15"),
    ],
)
def test_months_are_those_of_the_calendar(day: str, months: int, expected: str) -> None:
    assert add_months(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("today", "last_day", "soon"),
    [
        ("2026-03-01", "2026-09-01", True),
        ("2026-03-01", "2026-09-02", False),
        ("2026-02-28", "2026-08-28", True),
        ("2026-02-28", "2026-08-29", False),
        ("2026-08-31", "2027-02-28", True),
        ("2026-08-31", "2027-03-01", False),
        ("2026-09-02", "2026-09-01", True),
    ],
)
def test_a_covenant_ends_soon_from_six_calendar_months_before(
    today: str, last_day: str, *, soon: bool
) -> None:
    assert ends_soon(dt.date.fromisoformat(last_day), dt.date.fromisoformat(today)) is soon


def test_a_coalition_can_ask_for_another_number_of_months() -> None:
    today, last_day = dt.date(2026, 3, 1), dt.date(2026, 6, 1)
    assert ends_soon(last_day, today, 3)
    assert not ends_soon(last_day, today, 2)
