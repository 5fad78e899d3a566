"""`./wijkverbond bench [NAME]`: one measurement, or all of them, on an empty database."""

import importlib
import os
import sys
from pathlib import Path

import django
from django.core.management import call_command

NAMES = sorted(file.stem for file in Path(__file__).parent.glob("[a-z]*.py"))


def main(wanted: list[str]) -> int:
    """Run the named measurements; each prints its figures, one a line, the ratio last."""
    unknown = [name for name in wanted if name not in NAMES]
    if unknown:
        print(
            f"no such measurement: {', '.join(unknown)}; there are {', '.join(NAMES)}",
            file=sys.stderr,
        )
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wijkverbond.config.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    for name in wanted or NAMES:
        importlib.import_module(f"bench.{name}").main()
    return 0


sys.exit(main(sys.argv[1:]))
