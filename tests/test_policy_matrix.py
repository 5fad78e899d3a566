"""Who may do what: the declared table against what was written by hand from R1 to R13."""

import pytest
from django.utils import translation

from tests import matrices
from wijkverbond.kernel import policy
from wijkverbond.kernel.actor import SOCIETY, ActorKind
from wijkverbond.kernel.policy import PolicyRow, Whose

Cell = tuple[str, str, str]

DECLARED: dict[Cell, dict[str, PolicyRow]] = {}
for row in policy.table():
    DECLARED.setdefault((row.action, row.object, row.state), {})[row.actor] = row

EXPECTED: dict[Cell, matrices.Line] = {
    (line["action"], line["object"], line["state"] or ""): line
    for line in matrices.lines("expected_policies.csv")
}

# What R2 lets government do with what is another's, with the reason. Nothing else.
GOVERNMENT_WITH_OTHERS = {
    "vision.state_benefit",  # a proposal to another party, which counts only once that confirms it
    "actions.join_initiative",  # it joins with its own work; the initiative stays its lead's
    "actions.judge_check_in",  # its own judgement, as one of the others, never of its own promise
    "breakthroughs.confirm",  # its own confirmation, beside that of another kind
    "results.record_measurement",  # a figure with its source, beside the reference line
}

# What the host does for the whole installation, in no coalition, and with their own account.
HOST = {
    "installation.set_up",
    "places.import",
    "accounts.change",
    "accounts.export",
    "accounts.erase",
    "operations.look_after",
    "urgency.hide_as_host",
    "coalition.unlist",
}

# What everybody with an account does for themselves, the host included.
OWN_ACCOUNT = {"accounts.change", "accounts.erase", "accounts.export"}


def test_no_line_is_written_twice() -> None:
    assert len(EXPECTED) == len(matrices.lines("expected_policies.csv"))


def as_lines(cells: set[Cell]) -> str:
    """The cells as the CSV has them, each on a line of its own."""
    return "\n".join(",".join(cell) for cell in sorted(cells))


def test_every_declared_cell_has_an_expectation() -> None:
    unexpected = set(DECLARED) - set(EXPECTED)
    assert unexpected == set(), f"not in expected_policies.csv:\n{as_lines(unexpected)}"


def test_every_expectation_is_declared() -> None:
    undeclared = set(EXPECTED) - set(DECLARED)
    assert undeclared == set(), (
        f"in expected_policies.csv, and no longer in policies.py:\n{as_lines(undeclared)}"
    )


@pytest.mark.parametrize("cell", sorted(set(DECLARED) & set(EXPECTED)), ids=" ".join)
def test_the_table_says_what_was_expected(cell: Cell) -> None:
    action, whose, state = cell
    rows = [
        row for row in policy.ACTIONS[action].rows() if (row.object, row.state) == (whose, state)
    ]
    expected = EXPECTED[cell]
    assert {row.actor: "y" if row.allowed else "n" for row in rows} == {
        kind: expected[kind] for kind in ActorKind
    }
    assert {row.mandate or "" for row in rows} == {expected["needs"] or ""}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_refusal_has_its_reason(language: str) -> None:
    with translation.override(language):
        silent = [
            (row.action, row.actor)
            for row in policy.table()
            if not (row.allowed or str(row.reason))
        ]
    assert silent == []


def test_government_changes_nothing_of_others_but_what_r2_names() -> None:
    changed = {
        row.action
        for row in policy.table()
        if row.actor == ActorKind.GOVERNMENT and row.object == Whose.OTHER and row.allowed
    }
    assert changed - GOVERNMENT_WITH_OTHERS == set()


def test_the_host_of_the_site_has_no_say_in_a_coalition() -> None:
    allowed = {
        row.action for row in policy.table() if row.actor == ActorKind.OPERATOR and row.allowed
    }
    assert allowed == HOST | OWN_ACCOUNT


def test_the_three_society_kinds_have_the_same_rights() -> None:
    for cell, rows in DECLARED.items():
        assert len({rows[kind].allowed for kind in SOCIETY}) == 1, cell
