"""Trying one mutant: a process in which the module reads differently, and its tests run.

The changed source never reaches the disk: whoever imports the module gets the changed tree.
"""

import ast
import contextlib
import importlib.machinery
import os
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType

import hypothesis
import numpy as np  # noqa: F401, loaded once here instead of in every forked process
import pytest

from tests.mutation.changes import Mutant, mutated

CHECKOUT = Path(__file__).resolve().parents[2]
SECONDS = 60
"""A mutant that has computed so long goes round in circles; waiting for its turn does not count."""

WIDE = ("test_properties.py", "test_overall.py")
"""Tests that walk so much that a trial leaves them out, unless they are the module's own."""


@dataclass(frozen=True)
class Target:
    """A module, and its tests (files or folders): the quickest to notice a change first.

    `is_pure`: neither module nor tests need Django, so that nothing of it is loaded.
    `is_policies`: the module declares policies, so that its top can be executed once more.
    """

    module: Path
    tests: tuple[Path, ...]
    is_pure: bool = False
    is_policies: bool = False


class TooLong(BaseException):
    """The tests of a mutant take longer than anything that is not stuck."""


def survives(target: Target, mutant: Mutant) -> bool:
    """Whether no test of the target fails with this change.

    For a process of its own: afterwards the modules of the project are loaded with the change.
    """
    limit_time()
    be_quick_and_silent()
    tree = mutated(target.module.read_text(encoding="utf-8"), mutant)
    with _imported_as(target.module, tree):
        try:
            return all(_pass(target, tests) for tests in target.tests)
        except Exception:  # noqa: BLE001, whichever it is
            return False  # with the change Django does not even start


def _pass(target: Target, tests: Path) -> bool:
    left_out = [f"--ignore-glob=*/{name}" for name in WIDE] if tests.is_dir() else []
    status = pytest.main([*options(target), *left_out, str(tests)])
    return status == pytest.ExitCode.OK


def options(target: Target) -> Sequence[str]:
    """What pytest is told for the tests of a target: no more than these need, to start quickly."""
    common = ["-x", "-q", "--tb=no", "-p", "no:cacheprovider", "--rootdir", str(CHECKOUT)]
    if not target.is_pure:
        # hypothesis is loaded once for all trials, before pytest could rewrite its assertions.
        quiet = "ignore::pytest.PytestAssertRewriteWarning"
        return [*common, "-p", "no:randomly", "-W", quiet]
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    plain = ["-c", os.devnull, "--import-mode=importlib", "-p", "_hypothesis_pytestplugin"]
    return [*common, *plain, "--confcutdir", str(target.tests[-1])]


def limit_time() -> None:
    """Raise `TooLong` in this process once it has computed for `SECONDS`."""
    signal.signal(signal.SIGPROF, _give_up)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)


def _give_up(_signum: int, _frame: FrameType | None) -> None:
    raise TooLong


def be_quick_and_silent() -> None:
    """Let properties try few examples, always the same, and send what pytest prints nowhere."""
    hypothesis.settings.register_profile(
        "mutation", max_examples=25, deadline=None, derandomize=True, database=None
    )
    hypothesis.settings.load_profile("mutation")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)


@contextlib.contextmanager
def _imported_as(module: Path, tree: ast.Module) -> Iterator[None]:
    """Let an import of this file give the code of the tree."""
    loader = importlib.machinery.SourceFileLoader
    original = loader.get_code

    def get_code(self: importlib.machinery.SourceFileLoader, fullname: str) -> CodeType | None:
        if Path(self.path) == module:
            return compile(tree, self.path, "exec", dont_inherit=True)
        return original(self, fullname)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "get_code", get_code)
        yield
