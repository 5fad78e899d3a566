"""Fill an empty installation with the demonstration."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from wijkverbond.demo import seeding
from wijkverbond.kernel import clock


class Command(BaseCommand):
    """`seed_demo` tells the story of the demonstration, once."""

    help = (
        "Fills an empty installation with the example neighbourhood. Repeating it changes nothing."
    )

    def handle(self, *args: str, **options: object) -> None:
        """Tell the story in a demonstration; refuse anywhere else, and where real coalitions are."""
        if not settings.DEMO:
            raise CommandError("this is an installation, and no demonstration; nothing was changed")
        try:
            was_seeded = seeding.seed(clock.now())
        except seeding.AlreadyInUse as refused:
            raise CommandError("there are real coalitions here; nothing was changed") from refused
        outcome = "the example is there" if was_seeded else "nothing to do"
        self.stderr.write(f"seed_demo: {outcome}", self.style.SUCCESS)
