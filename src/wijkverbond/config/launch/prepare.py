"""What a database and a site need before they are used: `python -m wijkverbond.config.launch.prepare STEP …`."""

import sys

import django
from django.core.management import CommandError, call_command, get_commands


def migrate() -> None:
    """Bring the tables up to date."""
    call_command("migrate", interactive=False, verbosity=0)


def check_migrated() -> None:
    """Refuse a database whose tables are not up to date: an installation migrates when its operator says so."""
    try:
        call_command("migrate", check_unapplied=True, verbosity=0)
    except SystemExit as error:
        message = "The database is not up to date. Type: ./wijkverbond manage migrate"
        raise CommandError(message) from error


def static() -> None:
    """Collect the files that browsers fetch, compressed and with a digest in their names."""
    call_command("collectstatic", interactive=False, verbosity=0)


def seed() -> None:
    """Tell the demonstration through the services."""
    if "seed_demo" in get_commands():
        call_command("seed_demo", stdout=sys.stderr)


STEPS = {"migrate": migrate, "check-migrated": check_migrated, "static": static, "seed": seed}


def main(names: list[str]) -> int:
    """Run the steps in one process; 1 with the reason when one cannot be done."""
    django.setup()
    try:
        for name in names:
            STEPS[name]()
    except CommandError as error:
        print(f"wijkverbond: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
