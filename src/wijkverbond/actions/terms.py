"""Terms in working days, after the Algemene termijnenwet.

Free are Saturdays, Sundays, New Year, Good Friday, Easter Monday, King's Day, every 5 May, Ascension
Day, Whit Monday and both Christmas days. The day of asking does not count.
"""

import datetime as dt

import holidays

FREE = holidays.country_holidays("NL", categories=("public", "optional"))
SATURDAY = 5


def is_working_day(day: dt.date) -> bool:
    """Whether a term runs on this day."""
    return day.weekday() < SATURDAY and day not in FREE


def last_day(asked_on: dt.date, days: int) -> dt.date:
    """The last day of a term of so many working days; ValueError when days is less than one.

    OverflowError when the term ends after the calendar does.
    """
    if days < 1:
        raise ValueError("a term has at least one day")
    day = asked_on
    while days:
        day += dt.timedelta(days=1)
        days -= is_working_day(day)
    return day


def days_late(due: dt.date, today: dt.date) -> int:
    """How many working days after the last day of the term it is; 0 when not late."""
    late, day = 0, due
    while day < today:
        day += dt.timedelta(days=1)
        late += is_working_day(day)
    return late
