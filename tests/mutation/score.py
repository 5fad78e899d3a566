"""The score of modules: how many small changes their tests notice, and which they do not."""

import csv
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.mutation.changes import Mutant, mutants
from tests.mutation.forks import FORK, PROCESSES, TestsFail, unnoticed
from tests.mutation.trial import CHECKOUT, Target, survives

SOURCE = CHECKOUT / "src" / "wijkverbond"
ANALYSIS = SOURCE / "analysis"
OUTCOME = SOURCE / "decisions" / "outcome.py"
MATRIX = CHECKOUT / "tests" / "test_policy_matrix.py"
PERMISSIONS = CHECKOUT / "tests" / "test_permissions.py"
EQUIVALENT = Path(__file__).with_name("equivalent.csv")
DONE, FAILED, WRONG_CALL = 0, 1, 2

Equivalents = frozenset[tuple[str, str, str]]


@dataclass(frozen=True)
class Score:
    """What became of a module's mutants: noticed, known to compute the same, or neither."""

    noticed: int
    equivalent: int
    survivors: tuple[Mutant, ...]

    def __str__(self) -> str:
        """The share of changes that could be noticed and were; all of them where there is none."""
        noticeable = self.noticed + len(self.survivors)
        share = self.noticed / noticeable if noticeable else 1
        return f"{share:.1%} ({self.noticed} of {noticeable}; {self.equivalent} equivalent)"


def main(arguments: Sequence[str]) -> int:
    """Print the score of the modules named, or of all that `default_modules` lists.

    Returns 0 when done, 1 when tests fail without any change, 2 when a module is not there.
    """
    modules = [Path(argument).resolve() for argument in arguments] or default_modules()
    missing = [str(module) for module in modules if not module.is_file()]
    if missing:
        sys.stderr.write(f"wijkverbond: no such module: {', '.join(missing)}\n")
        return WRONG_CALL
    scores = []
    for module in modules:
        try:
            scores.append(score(target_of(module), known_equivalents()))
        except TestsFail:
            sys.stderr.write(f"wijkverbond: the tests of {module} fail without any change\n")
            return FAILED
        _print(module, scores[-1])
    survivors = tuple(mutant for result in scores for mutant in result.survivors)
    noticed, equivalent = (
        sum(result.noticed for result in scores),
        sum(result.equivalent for result in scores),
    )
    print(f"all: {Score(noticed, equivalent, survivors)}")
    return DONE


def default_modules() -> list[Path]:
    """The modules that hold rules and can be tried without a database."""
    pure = [file for file in ANALYSIS.rglob("*.py") if "tests" not in file.parts]
    policies = [*SOURCE.glob("*/policies.py"), *SOURCE.glob("*/policies/*.py")]
    return sorted(
        file for file in (*pure, OUTCOME, *policies) if mutants(file.read_text(encoding="utf-8"))
    )


def target_of(module: Path) -> Target:
    """A module with its tests: those of its own name first, then those of its folder.

    The policies of a capability have its tests of that name, and those of all policies: what each
    asks the table, and the table; without tests of its own name another module has the whole folder
    of its capability.
    """
    folder = next(parent / "tests" for parent in module.parents if (parent / "tests").is_dir())
    is_policies = "policies" in (module.stem, module.parent.name)
    own = folder / f"test_{'policies' if is_policies else module.stem}.py"
    first = (own,) if own.is_file() else ()
    if ANALYSIS in module.parents:
        return Target(module, (*first, folder), is_pure=True)
    if is_policies:
        return Target(module, (*first, PERMISSIONS, MATRIX), is_policies=True)
    return Target(module, first or (folder,))


def score(target: Target, equivalents: Equivalents) -> Score:
    """Try every mutant of a module but those that are known to compute the same.

    First in a fork, then what was not noticed there in a process that starts anew. Raises
    `TestsFail`.
    """
    source = target.module.read_text(encoding="utf-8")
    lines = source.splitlines()
    module = _name(target.module)
    every = mutants(source)
    tried = [
        mutant
        for mutant in every
        if (module, lines[mutant.line - 1].strip(), mutant.change) not in equivalents
    ]
    survivors = _survivors(target, unnoticed(target, tried))
    return Score(
        noticed=len(tried) - len(survivors),
        equivalent=len(every) - len(tried),
        survivors=tuple(survivors),
    )


def known_equivalents() -> Equivalents:
    """Module, line and change of each mutant of which it is known why it computes the same."""
    with EQUIVALENT.open(newline="", encoding="utf-8") as opened:
        return frozenset(
            (row["module"], row["line"], row["change"]) for row in csv.DictReader(opened)
        )


def _survivors(target: Target, tried: Sequence[Mutant]) -> list[Mutant]:
    """The mutants with which no test fails, each tried in a process of its own."""
    with FORK.Pool(PROCESSES, maxtasksperchild=1) as pool:
        outcomes = pool.starmap(survives, [(target, mutant) for mutant in tried], chunksize=1)
    return [mutant for mutant, survived in zip(tried, outcomes, strict=True) if survived]


def _name(module: Path) -> str:
    return str(module.relative_to(CHECKOUT) if module.is_relative_to(CHECKOUT) else module)


def _print(module: Path, result: Score) -> None:
    print(f"{_name(module)}: {result}")
    lines = module.read_text(encoding="utf-8").splitlines()
    for mutant in result.survivors:
        print(f"  {mutant.line}: {lines[mutant.line - 1].strip()}  [{mutant.change}]")
    sys.stdout.flush()
