"""The last day of a term of working days."""

import datetime as dt

from django.core.management.base import BaseCommand, CommandError, CommandParser

from wijkverbond.actions import terms

MOST_DAYS = 10_000


class Command(BaseCommand):
    """`term DATE DAYS` prints the last day of the term, as an ISO date."""

    help = "The last day of a term of so many working days asked for on a date."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """DATE as year-month-day, DAYS a whole number."""
        parser.add_argument("date")
        parser.add_argument("days")

    def handle(self, *args: str, date: str, days: str, **options: object) -> None:
        """Print the date; a wrong call ends with status 2."""
        asked_on, length = _date(date), _days(days)
        try:
            self.stdout.write(terms.last_day(asked_on, length).isoformat())
        except OverflowError as error:
            raise CommandError(f"A term from {date} ends after the calendar does") from error


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"DATE: {text!r} is no date like 2026-11-24", returncode=2) from error


def _days(text: str) -> int:
    if text.isdecimal() and 1 <= int(text) <= MOST_DAYS:
        return int(text)
    raise CommandError(f"DAYS: {text!r} is no number from 1 to {MOST_DAYS}", returncode=2)
