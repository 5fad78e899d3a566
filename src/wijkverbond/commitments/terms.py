"""Days that follow from a term: when something must have been delivered, when a yearly check is due."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wijkverbond.analysis.months import add_months
from wijkverbond.commitments.models import PledgeText

MONTHS = {PledgeText.Rhythm.WEEKLY: 1, PledgeText.Rhythm.MONTHLY: 1, PledgeText.Rhythm.YEARLY: 12}

FURTHEST = dt.timedelta(days=30 * 365.25)
TIME_TO_SIGN = dt.timedelta(weeks=6)
LEAST_TIME_TO_SIGN = dt.timedelta(weeks=2)
MOST_TIME_TO_SIGN = dt.timedelta(weeks=26)
LAST_REMINDER = dt.timedelta(days=3)


def check_reach(starts: dt.date, ends: dt.date, today: dt.date) -> None:
    """Refuse days that nobody can mean: a vision looks ahead 25 years, an agreement less."""
    for field, day in (("starts", starts), ("ends", ends)):
        if abs(day - today) > FURTHEST:
            raise ValidationError({field: _("Choose a day at most thirty years from today.")})


def check_ahead(ends: dt.date, today: dt.date) -> None:
    """Refuse an end that has passed: what is promised is still to be done."""
    if ends < today:
        raise ValidationError({"ends": _("Choose a day still to come.")})


def last_day_to_sign(chosen: dt.date | None, today: dt.date) -> dt.date:
    """The day that was chosen, or six weeks from now; refused when not everybody could answer by then."""
    last = chosen or today + TIME_TO_SIGN
    if last < today + LEAST_TIME_TO_SIGN:
        raise ValidationError({"sign_until": _("Give partners at least two weeks to sign.")})
    if last > today + MOST_TIME_TO_SIGN:
        raise ValidationError({"sign_until": _("Choose a day within half a year.")})
    return last


def first_reminder(today: dt.date, last: dt.date) -> dt.date:
    """When who did not sign is reminded first, at half-time."""
    return today + (last - today) // 2


def next_reminder(today: dt.date, last: dt.date) -> dt.date | None:
    """When they are reminded again, three days before the last day; None once that has come."""
    day = last - LAST_REMINDER
    return day if today < day else None


def dues(starts: dt.date, ends: dt.date, rhythm: str) -> list[dt.date]:
    """When something must have been delivered: at most once a month, at least on the last day."""
    step = MONTHS.get(PledgeText.Rhythm(rhythm))
    days: list[dt.date] = []
    if step:
        count = 1
        while (day := add_months(starts, step * count)) < ends:
            days.append(day)
            count += 1
    return [*days, ends]


def checks(starts: dt.date, ends: dt.date) -> list[dt.date]:
    """The yearly checks of a covenant: every year after its start, before its end."""
    days: list[dt.date] = []
    count = 1
    while (day := add_months(starts, 12 * count)) < ends:
        days.append(day)
        count += 1
    return days
