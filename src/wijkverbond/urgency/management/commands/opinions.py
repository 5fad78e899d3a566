"""Opinion groups and agreement of an export in Polis' form, as JSON (DIR [--kinds FILE])."""

import sys
from typing import Never

from django.core.management.base import BaseCommand

from wijkverbond.analysis.opinions import command


class Command(BaseCommand):
    """`opinions DIR [--kinds FILE.csv] [--keep-moderated]`; it needs no database."""

    help = __doc__
    requires_system_checks = ()

    def run_from_argv(self, argv: list[str]) -> Never:
        """Hand everything after the name over to the computation, and end with its status."""
        sys.exit(command.main(argv[2:]))
