"""The shell script `wijkverbond`, and what it passes on."""

import subprocess

import pytest

from wijkverbond.config.launch import commands
from wijkverbond.config.launch.homes import CHECKOUT


def say(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Call the script and read what it says."""
    command = [str(CHECKOUT / "wijkverbond"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")


def test_help_lists_every_command() -> None:
    answer = say("help")
    assert answer.returncode == 0
    for name in (*commands.HANDLERS, *commands.management_commands()):
        assert f"\n  {name} " in answer.stdout


def test_without_a_command_there_is_help() -> None:
    assert say().stdout == say("help").stdout


def test_an_unknown_command_is_refused_on_standard_error() -> None:
    answer = say("nonsense")
    assert answer.returncode == 2
    assert "There is no command 'nonsense'" in answer.stderr
    assert answer.stdout == ""


@pytest.mark.parametrize("shell", ["sh", "dash", "bash"])
def test_the_script_is_plain_posix_shell(shell: str) -> None:
    subprocess.run([shell, "-n", str(CHECKOUT / "wijkverbond")], check=True)


def test_ci_runs_exactly_the_tests() -> None:
    lines = (CHECKOUT / ".ci" / "run").read_text().splitlines()
    assert [line for line in lines if not line.startswith("#")] == ["exec ./wijkverbond test"]
