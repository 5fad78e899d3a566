"""Terms in calendar months, as people agree on them: from the 31st to the last day of a month."""

import calendar
import datetime as dt
from typing import Final

NOTICE: Final = 6
"""So many months before its end a covenant asks to be renewed, everywhere."""


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months later; the last day of the month where it has no such day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def ends_soon(last_day: dt.date, today: dt.date, months: int = NOTICE) -> bool:
    """Whether what holds up to and including `last_day` ends within so many calendar months.

    Also true of what has ended already. Calendar months, because "half a year before the end" is
    agreed by date: 182 or 183 days would be another day in four of five cases.
    """
    return last_day <= add_months(today, months)
