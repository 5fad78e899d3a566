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
    """

    module: Path
    tests: tuple[Path, ...]
    is_pure: bool


class TooLong(BaseException):
    """The tests of a mutant take longer than anything that is not stuck."""


def survives(target: Target, mutant: Mutant | None) -> bool:
    """Whether no test of the target fails with this change (or, for None, without any).

    For a process of its own: afterwards the modules of the project are loaded with the change.
    """
    signal.signal(signal.SIGPROF, _give_up)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    _take_few_examples()
    _keep_silent()
    tree = mutated(target.module.read_text(encoding="utf-8"), mutant) if mutant else None
    with _imported_as(target.module, tree):
        try:
            return all(_pass(target, tests) for tests in target.tests)
        except Exception:
            if not mutant:
                raise
            return False  # with the change Django does not even start


def _pass(target: Target, tests: Path) -> bool:
    left_out = [f"--ignore-glob=*/{name}" for name in WIDE] if tests.is_dir() else []
    status = pytest.main([*_options(target), *left_out, str(tests)])
    return status == pytest.ExitCode.OK


def _options(target: Target) -> Sequence[str]:
    common = ["-x", "-q", "--tb=no", "-p", "no:cacheprovider", "--rootdir", str(CHECKOUT)]
    if not target.is_pure:
        # hypothesis is loaded once for all trials, before pytest could rewrite its assertions.
        quiet = "ignore::pytest.PytestAssertRewriteWarning"
        return [*common, "-p", "no:randomly", "-W", quiet]
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    plain = ["-c", os.devnull, "--import-mode=importlib", "-p", "_hypothesis_pytestplugin"]
    return [*common, *plain, "--confcutdir", str(target.tests[-1])]


def _give_up(_signum: int, _frame: FrameType | None) -> None:
    raise TooLong


def _take_few_examples() -> None:
    hypothesis.settings.register_profile(
        "mutation", max_examples=25, deadline=None, derandomize=True, database=None
    )
    hypothesis.settings.load_profile("mutation")


def _keep_silent() -> None:
    """Send what pytest prints nowhere; only the outcome counts."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)


@contextlib.contextmanager
def _imported_as(module: Path, tree: ast.Module | None) -> Iterator[None]:
    """Let an import of this file give the code of the tree; of None: its own."""
    loader = importlib.machinery.SourceFileLoader
    original = loader.get_code

    def get_code(self: importlib.machinery.SourceFileLoader, fullname: str) -> CodeType | None:
        if tree is not None and Path(self.path) == module:
            return compile(tree, self.path, "exec", dont_inherit=True)
        return original(self, fullname)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "get_code", get_code)
        yield
