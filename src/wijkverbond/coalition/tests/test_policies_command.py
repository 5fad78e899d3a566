"""`./wijkverbond policies`: the table for programs and people."""

import io
import json

from django.core.management import call_command
from django.utils import translation

from wijkverbond.kernel import policy


def printed(*arguments: str) -> str:
    """What the command prints in Dutch."""
    out = io.StringIO()
    with translation.override("nl"):
        call_command("policies", *arguments, stdout=out)
    return out.getvalue()


def test_every_row_is_in_the_json_with_its_reason() -> None:
    rows = json.loads(printed("--json"))["rows"]
    assert len(rows) == len(policy.table())
    [row] = [
        row
        for row in rows
        if (row["action"], row["actor"], row["object"])
        == ("coalition.leave", "government", "other")
    ]
    assert row == {
        "action": "coalition.leave",
        "actor": "government",
        "object": "other",
        "allowed": False,
        "reason": "Alleen een partner zelf stopt. Niemand wordt eruit gezet.",
    }


def test_a_state_is_named_where_it_matters() -> None:
    rows = json.loads(printed("--json"))["rows"]
    assert any("state" in row for row in rows)
    assert all(row["state"] for row in rows if "state" in row)


def test_people_read_one_line_for_each_row() -> None:
    lines = printed().splitlines()
    assert len(lines) == len(policy.table())
    assert any(line.startswith("+ residents") and "coalition.leave/own" in line for line in lines)
