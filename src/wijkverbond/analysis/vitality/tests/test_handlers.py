"""The table of functions by event, and the day of a moment."""

import datetime as dt

import pytest

from wijkverbond.analysis.vitality.handlers import Handlers, day_of, ordinal
from wijkverbond.analysis.vitality.ledger import EntryFacts, Ledger


def _ignore(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    """Nothing."""


def test_an_event_is_read_by_one_function_only() -> None:
    handlers = Handlers()
    assert handlers.on("first", "second")(_ignore) is _ignore
    assert handlers == {"first": _ignore, "second": _ignore}
    with pytest.raises(ValueError, match="second is read twice"):
        handlers.on("second")(_ignore)


@pytest.mark.parametrize(
    ("moment", "day", "begin", "end"),
    [
        ("2023-07-01T12:00", "2023-07-01", "2023-06-30T22:00", "2023-07-01T22:00"),
        ("2023-01-01T23:00", "2023-01-02", "2023-01-01T23:00", "2023-01-02T23:00"),
        # The day on which the clock goes forward has 23 hours.
        ("2023-03-26T05:00", "2023-03-26", "2023-03-25T23:00", "2023-03-26T22:00"),
    ],
)
def test_a_day_is_that_of_amsterdam_from_midnight_to_midnight(
    moment: str, day: str, begin: str, end: str
) -> None:
    utc = [dt.datetime.fromisoformat(f"{text}+00:00") for text in (moment, begin, end)]
    assert day_of(utc[0]) == (dt.date.fromisoformat(day).toordinal(), utc[1], utc[2])


def test_where_there_is_no_date_there_is_no_day() -> None:
    assert ordinal("2023-01-02") == dt.date(2023, 1, 2).toordinal()
    assert ordinal("") == ordinal(None) == 0
