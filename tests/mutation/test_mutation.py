"""The runner of mutants notices what tests notice, and says what they do not."""

import ast
import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutation.changes import mutants, mutated
from tests.mutation.forks import declare_once_more, unnoticed
from tests.mutation.score import EQUIVALENT, default_modules, target_of
from tests.mutation.trial import CHECKOUT, Target
from wijkverbond.kernel import policy
from wijkverbond.places import policies

PRICE = '''
LARGE = 10
GIFTS = 1


def price(count: int) -> int:
    """Nothing is free, and from ten on one is given away."""
    assert count > 0
    return count - GIFTS if count >= LARGE else count


def refund(count: int) -> int:
    """Nothing asks for it."""
    return -count
'''
TESTS = """
from price import price


def test_a_price() -> None:
    assert price(9) == 9
    assert price(12) == 11
"""


def changed(source: str) -> set[str]:
    """What a module of this source reads like after each change."""
    return {ast.unparse(mutated(source, mutant)) for mutant in mutants(source)}


def mutate(module: Path, *paths: Path) -> subprocess.CompletedProcess[str]:
    """The command, in a process that also imports from these paths."""
    return subprocess.run(
        [sys.executable, "-m", "tests.mutation", str(module)],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": ":".join(map(str, (CHECKOUT, *paths)))},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = a < 2", {"x = a <= 2", "x = a < 3"}),
        (
            "x = a and (not b)",
            {"x = a or not b", "x = not b and (not b)", "x = a and a", "x = a and (not not b)"},
        ),
        ("x = [a for a in b if a]", {"x = [a for a in b]"}),
        ("x = a if b else c", {"x = a if True else c", "x = a if False else c"}),
        ("x = -a + b", {"x = +a + b", "x = -a - b"}),
        ("x = any(a)", {"x = all(a)"}),
        ("x = sorted(a, key=b)", {"x = list(a)", "x = sorted(a)"}),
        ("x = allow(A, *B)", {"x = allow(*B)", "x = allow(A)"}),
        ("x = (a, b)", {"x = (b,)", "x = (a,)"}),
        ("x = {'days': '3/4'}", {"x = {'days': '7/4'}"}),
        ("x = True", {"x = False"}),
        ("if a:\n    b(c)", {"if not a:\n    b(c)", "if a:\n    pass"}),
        ("a.b = c", {"pass"}),
        ("x = f'{a} 3'", set()),
        ("Pair = tuple[int, 3]", set()),
        ("@cache(size=3)\ndef f(a: Literal[1]) -> Literal[2]:\n    pass", set()),
        ("x = zip(a, strict=True)", set()),
    ],
)
def test_every_mutant_changes_one_thing(source: str, expected: set[str]) -> None:
    assert changed(source) == expected


def test_what_no_test_notices_is_reported_and_no_file_is_written(tmp_path: Path) -> None:
    module = tmp_path / "price.py"
    module.write_text(PRICE)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_price.py").write_text(TESTS)

    run = mutate(module, tmp_path)

    assert run.returncode == 0
    assert run.stdout.splitlines() == [
        f"{module}: 44.4% (4 of 9; 0 equivalent)",
        "  2: LARGE = 10  [10 → 11]",
        "  8: assert count > 0  [Gt → GtE]",
        "  8: assert count > 0  [0 → 1]",
        "  9: return count - GIFTS if count >= LARGE else count  [GtE → Gt]",
        "  14: return -count  [without minus]",
        "all: 44.4% (4 of 9; 0 equivalent)",
    ]
    assert module.read_text() == PRICE


def test_a_fork_tries_what_runs_and_leaves_what_ran_at_import(tmp_path: Path) -> None:
    module = tmp_path / "price.py"
    module.write_text(PRICE)
    (tmp_path / "test_price.py").write_text(TESTS)
    tried = {mutant.change: mutant for mutant in mutants(PRICE)}

    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(tmp_path)
        left = unnoticed(Target(module, (tmp_path,), is_pure=True), list(tried.values()))

    assert {mutant.change for mutant in left} == {
        "10 → 11", "1 → 2", "Gt → GtE", "0 → 1", "GtE → Gt", "without minus",
    }  # fmt: skip


def test_tests_that_fail_anyway_say_nothing(tmp_path: Path) -> None:
    module = tmp_path / "price.py"
    module.write_text(PRICE.replace("GIFTS = 1", "GIFTS = 2"))
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_price.py").write_text(TESTS)

    run = mutate(module, tmp_path)

    assert run.returncode == 1
    assert "fail without any change" in run.stderr


def test_policies_are_declared_once_more_in_the_actions_that_are_there() -> None:
    module, held = str(policies.__file__), policy.ACTIONS["places.import"]
    tree = ast.parse(Path(module).read_text(encoding="utf-8"))
    rows = list(held.rows())

    nobody = ast.parse(ast.unparse(tree).replace("ActorKind.OPERATOR", "ActorKind.SYSTEM"))
    try:
        declare_once_more(module, compile(nobody, module, "exec"))
        assert policy.ACTIONS["places.import"] is held
        assert list(held.rows()) != rows
    finally:
        declare_once_more(module, compile(tree, module, "exec"))
    assert list(held.rows()) == rows


def test_a_missing_module_is_a_usage_error() -> None:
    run = mutate(Path("nothing.py"))
    assert run.returncode == 2
    assert "nothing.py" in run.stderr


def test_every_module_of_rules_has_tests() -> None:
    targets = [target_of(module) for module in default_modules()]
    assert len(targets) > 30
    assert all(tests.exists() for target in targets for tests in target.tests)


def test_every_known_equivalent_is_still_a_mutant_and_has_a_reason() -> None:
    with EQUIVALENT.open(newline="", encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    for row in rows:
        source = (CHECKOUT / row["module"]).read_text(encoding="utf-8")
        lines = source.splitlines()
        assert (row["line"], row["change"]) in {
            (lines[mutant.line - 1].strip(), mutant.change) for mutant in mutants(source)
        }, row
        assert row["why"]
