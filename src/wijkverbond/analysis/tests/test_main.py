"""The commands that only compute, and the settings under which numbers are computed."""

import importlib
import os
import runpy
import sys

import pytest

from wijkverbond import analysis
from wijkverbond.analysis.opinions import command


def _exit_code(patch: pytest.MonkeyPatch, *arguments: str) -> object:
    patch.setattr(sys, "argv", ["wijkverbond.analysis", *arguments])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("wijkverbond.analysis", run_name="__main__")
    return ended.value.code


@pytest.mark.parametrize("arguments", [(), ("unheard_of",), ("unheard_of", "opinions")])
def test_without_a_command_that_exists_it_says_which_there_are(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _exit_code(monkeypatch, *arguments) == command.WRONG_CALL
    assert capsys.readouterr().err == "one of these: opinions\n"


@pytest.mark.parametrize("arguments", [[], ["DIR", "--kinds", "FILE"]])
def test_a_command_gets_the_arguments_after_its_name_and_decides_how_it_ends(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[list[str]] = []

    def main(call: list[str]) -> int:
        calls.append(call)
        return 7

    monkeypatch.setattr(command, "main", main)
    assert _exit_code(monkeypatch, "opinions", *arguments) == 7
    assert calls == [arguments]


def test_linear_algebra_runs_on_one_thread_unless_somebody_chose_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "4")
    for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        monkeypatch.delenv(name, raising=False)
    importlib.reload(analysis)
    assert os.environ["OMP_NUM_THREADS"] == "4"
    assert os.environ["OPENBLAS_NUM_THREADS"] == os.environ["MKL_NUM_THREADS"] == "1"
    monkeypatch.delenv("OMP_NUM_THREADS")
    importlib.reload(analysis)
    assert os.environ["OMP_NUM_THREADS"] == "1"
