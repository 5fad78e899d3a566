"""Years, quarters and months as codes (2025, 2025-Q1, 2025-03) and in words. Pure."""

import datetime as dt
import re

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

FORM = re.compile(r"(?P<year>[0-9]{4})(-(?P<part>Q[1-4]|0[1-9]|1[0-2]))?")
QUARTERS = [
    ("Q1", gettext_lazy("1st quarter")),
    ("Q2", gettext_lazy("2nd quarter")),
    ("Q3", gettext_lazy("3rd quarter")),
    ("Q4", gettext_lazy("4th quarter")),
]


def parts() -> list[tuple[str, str | Promise]]:
    """The parts of a year to choose from; empty is the whole year."""
    months = [
        (f"{month:02}", format_lazy("{}", date_format(dt.date(2000, month, 1), "F")))
        for month in range(1, 13)
    ]
    return [("", gettext_lazy("The whole year")), *QUARTERS, *months]


def code(year: int, part: str) -> str:
    """A year, or a part of it, as a code."""
    return f"{year}-{part}" if part else str(year)


def split(edition: str) -> tuple[int | None, str]:
    """A code as its year and part; no year when it has another form."""
    match = FORM.fullmatch(edition)
    return (int(match["year"]), match["part"] or "") if match else (None, "")


def begins(edition: str) -> dt.date | None:
    """The first day of a code; none when it has another form."""
    year, part = split(edition)
    if not year:
        return None
    month = 3 * int(part[1]) - 2 if part.startswith("Q") else int(part or 1)
    return dt.date(year, month, 1)


def words(edition: str) -> str:
    """A code as people write it: 2025, 1st quarter of 2025, March 2025."""
    year, part = split(edition)
    if year is None or not part:
        return edition
    if part.startswith("Q"):
        return _("%(quarter)s of %(year)s") % {"quarter": dict(QUARTERS)[part], "year": year}
    return date_format(dt.date(year, int(part), 1), "F Y")
