"""The public register: register export SLUG, check, rotate, or break --reason TEXT."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from wijkverbond.kernel import signing
from wijkverbond.kernel.actor import system
from wijkverbond.register import export, queries, services

NOT_DONE, WRONG_CALL = 1, 2


class Command(BaseCommand):
    """Writes the public register of a coalition, and lets all registers go on with another key."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What one can ask: an export, or one of the two ways to another key."""
        commands = parser.add_subparsers(dest="asked", required=True)
        written = commands.add_parser("export", help="the register of a coalition as JSON")
        written.add_argument("slug", metavar="SLUG", help="the coalition's name in addresses")
        commands.add_parser("check", help="whether all can go on with the key of the settings")
        commands.add_parser(
            "rotate",
            help="let the old key (WIJKVERBOND_REGISTER_OLD_SEED) hand over to that of the settings",
        )
        broken = commands.add_parser(
            "break", help="the old key is lost: say so in every register, for good, and go on"
        )
        broken.add_argument("--reason", required=True, help="what happened, for everyone to read")

    def handle(self, *_: object, asked: str, **options: Any) -> None:
        """Do what was asked."""
        try:
            match asked:
                case "export":
                    self._export(options["slug"])
                case "check":
                    self._check()
                case "rotate":
                    self._rotate()
                case _:
                    self._break(options["reason"])
        except DatabaseError as error:
            raise CommandError(f"The database refused: {error}", returncode=NOT_DONE) from error
        except (ValidationError, ValueError) as error:
            words = error.messages if isinstance(error, ValidationError) else [str(error)]
            raise CommandError("; ".join(words), returncode=WRONG_CALL) from error

    def _export(self, slug: str) -> None:
        owner = queries.owners().named(slug)
        if owner is None:
            message = f"There is no coalition with the name {slug!r} in its address."
            raise CommandError(message, returncode=WRONG_CALL)
        if not queries.can_follow(owner):
            self.stderr.write(
                "Without the seed of the register this file has no texts: its seal over them has to be"
                " signed. Entries and heads are complete; check them with --key."
            )
        for chunk in export.chunks(owner):
            self.stdout.write(chunk, ending="")

    def _check(self) -> None:
        if sentence := queries.key_difference():
            raise CommandError(sentence, returncode=NOT_DONE)
        self.stdout.write(signing.signer().verifier_key)

    def _rotate(self) -> None:
        old_seed = settings.REGISTER_OLD_SEED
        if not old_seed:
            message = "Give the old seed in WIJKVERBOND_REGISTER_OLD_SEED, beside the new one."
            raise CommandError(message, returncode=WRONG_CALL)
        self._say(services.rotate(old_seed, actor=system()))

    def _break(self, reason: str) -> None:
        self._say(services.go_on_without_old_key(reason, actor=system()))

    def _say(self, registers: int) -> None:
        """How many registers go on with the key, which people should now write down."""
        self.stderr.write(
            f"{registers} registers go on with this key; those that had it already were left alone."
        )
        self.stdout.write(signing.signer().verifier_key)
