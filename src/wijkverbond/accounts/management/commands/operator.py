"""Who hosts the site: operator ADDRESS [--revoke | --reset-second-step]."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from wijkverbond.accounts import services
from wijkverbond.kernel import actor


class Command(BaseCommand):
    """Makes somebody a host of the site: may hide unlawful content, has no say in any coalition."""

    help = "Make the person with this e-mail address a host of the site, or no longer."

    def add_arguments(self, parser: CommandParser) -> None:
        """The address, and whether to take the role away again."""
        parser.add_argument("address")
        parser.add_argument(
            "--reset-second-step",
            action="store_true",
            help="change no role: take the second step off the account of somebody who lost it",
        )
        parser.add_argument("--revoke", action="store_true", help="take the role away again")

    def handle(self, *args: Any, **options: Any) -> None:
        """Change the role and say what is so now."""
        revoke: bool = options["revoke"]
        try:
            if options["reset_second_step"]:
                services.reset_second_step(options["address"], actor=actor.system())
                self.stderr.write(
                    f"{options['address']} signs in with the code from the mail alone."
                )
                return
            person = services.appoint_operator(
                options["address"], is_operator=not revoke, actor=actor.system()
            )
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        role = "does not host the site any more" if revoke else "hosts the site now"
        self.stderr.write(f"{person.email} {role}.")
        if not revoke:
            self.stderr.write(
                "The site asks them for a second step, a passkey or an app, before they act as host."
            )
