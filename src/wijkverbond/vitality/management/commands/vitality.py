"""The vitality reading of a coalition, on a date."""

import datetime as dt
import json

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from wijkverbond.coalition.models import Coalition
from wijkverbond.kernel import clock
from wijkverbond.vitality import labels, queries


class Command(BaseCommand):
    """`vitality SLUG [--as-of DATE] [--json]`."""

    help = "The vitality reading of a coalition as of a date, with the evidence of every figure."

    def add_arguments(self, parser: CommandParser) -> None:
        """The coalition, the date and the form."""
        parser.add_argument("slug")
        parser.add_argument("--as-of", default="")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: str, slug: str, as_of: str, **options: object) -> None:
        """Print the reading."""
        coalition = Coalition.objects.filter(slug=slug).first()
        if not coalition:
            raise CommandError(f"SLUG: there is no coalition {slug!r}", returncode=2)
        reading = queries.reading(coalition, _date(as_of))
        if options["json"]:
            self.stdout.write(json.dumps(reading.as_dict(), indent=1))
            return
        self.stdout.write(f"{coalition}, {reading.as_of}: {labels.OVERALL[reading.overall]}")
        for code, condition in reading.conditions.items():
            self.stdout.write(f"  {labels.CONDITIONS[code]}: {condition.state.code}")


def _date(text: str) -> dt.date:
    today = timezone.localdate(clock.now())
    try:
        day = dt.date.fromisoformat(text) if text else today
    except ValueError as error:
        raise CommandError(f"--as-of: {text!r} is no date like 2026-11-24", returncode=2) from error
    if day > today:
        raise CommandError(f"--as-of: {text} is still to come", returncode=2)
    return day
