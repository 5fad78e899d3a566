"""`backup` and `restore`: 0 when all went well, 1 with a sentence when it could not be done.

Also 1 when all was put back and does not match; 2 when the call was wrong.
"""

import argparse
import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import Error, ProgrammingError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.version import get_version_tuple

from wijkverbond.config.backup import dump, encryption, files, load, passphrases, registers
from wijkverbond.config.backup.manifest import Manifest
from wijkverbond.config.backup.refusals import Refused
from wijkverbond.config.launch.homes import PROGRAM
from wijkverbond.config.launch.processes import Failure, say
from wijkverbond.kernel import backups, signing
from wijkverbond.kernel.error_text import cause
from wijkverbond.register import queries

MB = 2**20
LEAST_ROOM = 1 / 4  # of the size of the database: compressed, without indexes, it takes far less


def main(arguments: list[str]) -> int:
    """Make a back-up, or put one back; the exit status."""
    options = _options(arguments)
    try:
        if options.asked == "backup":
            return _backup(options)
        if options.seed_to:
            return _write_seed(options)
        return _restore(options)
    except (Refused, Failure, CommandError) as error:
        say(str(error))
    except (Error, psycopg.Error) as error:
        say(f"The database cannot be reached, or refuses ({cause(error.__cause__ or error)}).")
    except OSError as error:
        say(f"{error.filename or options.file}: {error.strerror or error}.")
    except (EOFError, ValueError) as error:  # a forged file, a passphrase that is no text
        say(f"What was read makes no sense ({cause(error)}).")
    except KeyboardInterrupt:
        say("stopped")
    return 1


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=PROGRAM)
    commands = parser.add_subparsers(dest="asked", required=True)
    made = commands.add_parser("backup", help="write all that people wrote into one file")
    restored = commands.add_parser("restore", help="put a back-up into an empty database")
    for command in (made, restored):
        command.add_argument("file", type=Path, metavar="FILE")
        command.add_argument(
            "--passphrase-file",
            type=Path,
            metavar="FILE",
            help="whose first line is the passphrase",
        )
    made.add_argument("--encrypt", action="store_true", help="with a passphrase, asked for twice")
    made.add_argument(
        "--with-seed", action="store_true", help="with the seed of the register, encrypted"
    )
    restored.add_argument(
        "--seed-to",
        type=Path,
        metavar="FILE",
        help="only write the seed's lines of settings into this new file",
    )
    return parser.parse_args(arguments)


def _backup(options: argparse.Namespace) -> int:
    if options.with_seed:
        signing.signer()
    is_locked = options.encrypt or options.with_seed or options.passphrase_file is not None
    passphrase = passphrases.new(options.passphrase_file) if is_locked else ""
    _refuse_full_disk(options.file)
    first_line = files.ENCRYPTED if is_locked else files.PLAIN
    with files.written(options.file, first_line) as content:
        if is_locked:
            with tempfile.TemporaryFile(dir=options.file.parent) as plain:
                made = dump.write(plain, with_seed=options.with_seed)
                plain.seek(0)
                encryption.encrypt(plain, content, passphrase)
        else:
            made = dump.write(content, with_seed=False)
    with contextlib.suppress(ProgrammingError):  # its tables are of before there was a place for it
        backups.note(made.made_at)
    locked = "encrypted" if is_locked else "not encrypted: it holds e-mail addresses"
    size = options.file.stat().st_size / MB
    print(f"{options.file}: {_told(made)}; {size:.1f} MB, {locked}.")
    return 0


def _refuse_full_disk(file: Path) -> None:
    needed, free = dump.size() * LEAST_ROOM, shutil.disk_usage(file.parent).free
    if free < needed:
        raise Refused(
            f"The disk of {file.parent} has {free / MB:.0f} MB left, and the back-up may need"
            f" {needed / MB:.0f} MB. Make room, or write it elsewhere."
        )


def _told(made: Manifest) -> str:
    counts = ", ".join(f"{count} {name}" for name, count in made.counts.items())
    return f"{counts}, of {made.made_at:%Y-%m-%d %H:%M} UTC"


@contextlib.contextmanager
def _read(options: argparse.Namespace) -> Iterator[tuple[Manifest, IO[bytes]]]:
    """The manifest of a back-up that is whole, and its data."""
    with files.whole(options.file) as (content, is_encrypted), contextlib.ExitStack() as stack:
        if is_encrypted:
            passphrase = passphrases.known(options.passphrase_file)
            plain = stack.enter_context(tempfile.TemporaryFile())
            encryption.decrypt(content, plain, passphrase)
            plain.seek(0)
            content = plain
        yield Manifest.read(content.readline()), content


def _write_seed(options: argparse.Namespace) -> int:
    with _read(options) as (made, _):
        if not made.seed:
            raise Refused("The seed of the register is not in this back-up.")
    lines = f"WIJKVERBOND_REGISTER_SEED={made.seed}\nWIJKVERBOND_REGISTER_NAME={made.key_name}\n"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with open(os.open(options.seed_to, flags, 0o600), "w") as file:  # noqa: PTH123
        file.write(lines)
    print(f"{options.seed_to}: two lines for the settings. Nothing was put back yet.")
    return 0


def _restore(options: argparse.Namespace) -> int:
    with _read(options) as (made, data):
        _refuse_newer(made)
        load.refuse_unfit()
        load.put_back(data, made)
    print(f"Put back: {_told(made)}.", flush=True)
    if _waiting():
        say(
            f"the back-up is of an earlier version ({made.version}): bringing its tables up to date"
        )
        call_command("migrate", interactive=False, verbosity=0)
    backups.note(made.made_at)
    faults = [*registers.faults(made.key)]
    if difference := queries.key_difference():
        faults.append(difference)
        if made.seed:
            faults.append("The back-up has its seed: restore --seed-to FILE writes it.")
    for fault in faults:
        say(fault)
    if not faults:
        print(f"Every register matches its heads. It goes on with {signing.signer().verifier_key}")
    return 1 if faults else 0


def _refuse_newer(made: Manifest) -> None:
    """Refuse what this version does not know. Parts that it no longer has are no sign of a newer one."""
    present = {app.label for app in apps.get_app_configs()}
    known = {".".join(name) for name in MigrationExecutor(connection).loader.disk_migrations}
    of_later = {name for name in made.migrations if name.partition(".")[0] in present} - known
    if of_later or get_version_tuple(made.version) > get_version_tuple(settings.VERSION):
        raise Refused(
            f"The back-up is of a newer version of Wijkverbond ({made.version}, this is"
            f" {settings.VERSION}). Take that version first."
        )


def _waiting() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
