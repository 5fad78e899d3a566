"""What a database and a site need before use: `python -m …config.launch.prepare STEP …`."""

import sys
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command, get_commands
from django.db import Error

from wijkverbond.config.launch.homes import PROGRAM


def migrate() -> None:
    """Bring the tables up to date."""
    call_command("migrate", interactive=False, verbosity=0)


def check_migrated() -> None:
    """Refuse a database whose tables are not up to date: an installation's operator migrates."""
    try:
        call_command("migrate", check_unapplied=True, verbosity=0)
    except SystemExit as error:
        message = f"The database is not up to date. Type: {PROGRAM} manage migrate"
        raise CommandError(message) from error


def key() -> None:
    """Refuse to go on with another key than that of the registers; keep which key it is."""
    # What needs the apps of Django cannot be imported before they are there.
    from wijkverbond.kernel.actor import system  # noqa: PLC0415
    from wijkverbond.register import queries, services  # noqa: PLC0415

    if sentence := queries.key_difference():
        raise CommandError(sentence)
    services.note_key(actor=system())


def first_run() -> None:
    """Show the link with which an empty installation is set up in the browser, if it still has to be."""
    from django.urls import reverse  # noqa: PLC0415

    from wijkverbond.installation import services  # noqa: PLC0415
    from wijkverbond.kernel.actor import system  # noqa: PLC0415

    if token := services.show_link(actor=system()):
        address = settings.SITE_ADDRESS + reverse("installation:begin", args=[token])
        print(
            f"wijkverbond: set up this site, with a link that works once: {address}",
            file=sys.stderr,
        )


def static() -> None:
    """Collect the files for browsers, compressed and named by digest, when any changed."""
    source_files = (
        (path, storage) for finder in get_finders() for path, storage in finder.list([])
    )
    statuses = sorted((path, Path(storage.path(path)).stat()) for path, storage in source_files)
    facts = "\n".join(f"{path} {file.st_size} {file.st_mtime_ns}" for path, file in statuses)
    stamp = Path(settings.STATIC_ROOT, ".collected")
    if not stamp.exists() or stamp.read_text() != facts:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(facts)


def seed() -> None:
    """Tell the demonstration through the services."""
    if "seed_demo" in get_commands():
        call_command("seed_demo", stdout=sys.stderr)


STEPS = {
    "migrate": migrate,
    "check-migrated": check_migrated,
    "key": key,
    "static": static,
    "first-run": first_run,
    "seed": seed,
}


def main(names: list[str]) -> int:
    """Run the steps in one process; 1 with the reason when one cannot be done."""
    try:
        django.setup()
        for name in names:
            STEPS[name]()
    except (CommandError, Error, ImproperlyConfigured, OSError) as error:
        print(f"wijkverbond: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
