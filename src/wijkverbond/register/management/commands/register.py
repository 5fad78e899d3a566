"""The public register: register export SLUG."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from wijkverbond.register import export, queries

NOT_DONE, WRONG_CALL = 1, 2


class Command(BaseCommand):
    """Writes the public register of a coalition, for the verifier or any other program."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What one can ask: an export."""
        commands = parser.add_subparsers(dest="asked", required=True)
        written = commands.add_parser("export", help="the register of a coalition as JSON")
        written.add_argument("slug", metavar="SLUG", help="the coalition's name in addresses")

    def handle(self, *_: object, slug: str, **__: object) -> None:
        """Write the register to standard output."""
        try:
            owner = queries.owners().named(slug)
            if owner is None:
                message = f"There is no coalition with the name {slug!r} in its address."
                raise CommandError(message, returncode=WRONG_CALL)
            for chunk in export.chunks(owner):
                self.stdout.write(chunk, ending="")
        except DatabaseError as error:
            raise CommandError(f"The database refused: {error}", returncode=NOT_DONE) from error
