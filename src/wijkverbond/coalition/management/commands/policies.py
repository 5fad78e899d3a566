"""Who may do what: the whole table, for people and programs."""

import json

from django.core.management.base import BaseCommand, CommandParser

from wijkverbond.kernel import policy
from wijkverbond.kernel.policy import PolicyRow


class Command(BaseCommand):
    """`policies --json` prints every row; without it, one line for each."""

    help = "The whole table of who may do what."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """For a program, or for people."""
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: str, json: bool, **options: object) -> None:
        """Print the table; it needs no database."""
        rows = policy.table()
        if json:
            self.stdout.write(_document(rows))
            return
        for row in rows:
            answer = "+" if row.allowed else "-"
            which = "/".join(filter(None, [row.action, row.object, row.state]))
            self.stdout.write(f"{answer} {row.actor:14} {which:50} {row.reason}".rstrip())


def _document(rows: list[PolicyRow]) -> str:
    return json.dumps({"rows": [_row(row) for row in rows]}, ensure_ascii=False, indent=1)


def _row(row: PolicyRow) -> dict[str, str | bool]:
    state = {"state": str(row.state)} if row.state else {}
    return {
        "action": row.action,
        "actor": str(row.actor),
        "object": str(row.object),
        **state,
        "allowed": row.allowed,
        "reason": str(row.reason),
    }
