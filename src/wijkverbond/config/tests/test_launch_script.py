"""The shell script `wijkverbond`, and what it passes on."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from wijkverbond.config.launch import commands
from wijkverbond.config.launch.homes import CHECKOUT
from wijkverbond.config.launch.processes import Misuse

OTHER = 65534


def say(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Call the script and read what it says."""
    command = [str(CHECKOUT / "wijkverbond"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")


def test_help_lists_every_command() -> None:
    answer = say("help")
    assert answer.returncode == 0
    for name in {*commands.HANDLERS, *commands.management_commands()} - commands.NOT_IN_HELP:
        assert f"\n  {name} " in answer.stdout
    assert "seed-demo" not in answer.stdout


def test_without_a_command_there_is_help() -> None:
    assert say().stdout == say("help").stdout


def test_an_unknown_command_is_refused_on_standard_error() -> None:
    answer = say("nonsense")
    assert answer.returncode == 2
    assert "There is no command 'nonsense'" in answer.stderr
    assert answer.stdout == ""


def test_an_installation_is_not_filled_with_the_demonstration(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WIJKVERBOND_DEMO", "1")
    assert "DATABASE_URL" in os.environ
    with pytest.raises(Misuse, match="demonstration"):
        commands.management("seed-demo", [])


@pytest.mark.parametrize("shell", ["sh", "dash", "bash"])
def test_the_script_is_plain_posix_shell(shell: str) -> None:
    subprocess.run([shell, "-n", str(CHECKOUT / "wijkverbond")], check=True)


def test_ci_runs_exactly_the_tests() -> None:
    lines = (CHECKOUT / ".ci" / "run").read_text().splitlines()
    assert [line for line in lines if not line.startswith("#")] == ["exec ./wijkverbond test"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the script, which takes whatever it installs for installed."""
    for name in ("src", *(file.name for file in CHECKOUT.glob("*.lock"))):
        (tmp_path / name).symlink_to(CHECKOUT / name)
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f"""#!/bin/sh
[ "$1" = -V ] && exec {sys.executable} -V
[ "$3" = config ] && exec echo "$CONFIGURED"
echo "${{PIP_NO_INDEX-}} ${{PIP_FIND_LINKS-}} ${{UV_FIND_LINKS-}} ${{PIP_INDEX_URL-}} ${{UV_DEFAULT_INDEX-}} ${{UV_NO_CACHE-}}" >{tmp_path}/sources
exit 0
""")
    python.chmod(0o755)
    (tmp_path / "script").write_bytes((CHECKOUT / "wijkverbond").read_bytes())
    return tmp_path


def prepare(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Let the script there install what a command needs."""
    places = ("PIP_", "UV_", "XDG_")
    env = {name: value for name, value in os.environ.items() if not name.startswith(places)}
    env |= {"PYTHON": sys.executable, "CONFIGURED": "", "HOME": str(folder), **more}
    command = ["sh", str(folder / "script"), *arguments]
    return subprocess.run(command, env=env, check=True, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("arguments", "prepared"),
    [
        (["demo"], ["requirements.lock"]),
        (["manage", "migrate"], ["requirements.lock"]),
        (["manage", "makemigrations"], ["requirements-dev.lock", "requirements.lock"]),
        (["test"], ["requirements-dev.lock", "requirements.lock"]),
    ],
)
def test_developer_commands_install_what_they_need(
    folder: Path, arguments: list[str], prepared: list[str]
) -> None:
    prepare(folder, *arguments)
    stamps = (folder / ".venv").glob("*.stamp")
    assert sorted(file.name.removesuffix(".stamp") for file in stamps) == prepared


@pytest.mark.parametrize(
    ("setting", "sources"),
    [
        ({}, ["", "", "", "", "", ""]),
        ({"PIP_INDEX_URL": "mirror"}, ["", "", "", "mirror", "mirror", ""]),
        ({"UV_DEFAULT_INDEX": "mirror"}, ["", "", "", "mirror", "mirror", ""]),
        ({"CONFIGURED": "global.index-url='mirror'"}, ["", "", "", "mirror", "mirror", ""]),
        ({"HOME": "/nowhere"}, ["", "", "", "", "", "1"]),
        ({"WIJKVERBOND_WHEELS": "/usr"}, ["1", "/usr", "/usr", "", "", ""]),
    ],
)
def test_both_installers_take_packages_from_one_place(
    folder: Path, setting: dict[str, str], sources: list[str]
) -> None:
    prepare(folder, "version", **setting)
    assert (folder / "sources").read_text() == " ".join(sources) + "\n"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can do something for another")
def test_what_root_installs_in_the_folder_of_another_becomes_theirs(folder: Path) -> None:
    os.chown(folder, OTHER, OTHER)
    answer = prepare(folder, "version")
    assert "Type: sudo -u" in answer.stderr
    made = [folder / "var", *(folder / "var").iterdir(), *(folder / ".venv").rglob("*")]
    assert {file.stat().st_uid for file in made} == {OTHER}


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGKILL])
def test_preparing_ends_with_the_script_and_its_children(
    signum: signal.Signals,
) -> None:
    child = "echo here; sleep 99 & wait"
    tied = f"{sys.executable} -m wijkverbond.config.launch.tied sh -c '{child}'; true"
    env = {**os.environ, "PYTHONPATH": str(CHECKOUT / "src")}
    with subprocess.Popen(["sh", "-c", tied], env=env, stdout=subprocess.PIPE) as script:
        assert script.stdout
        script.stdout.readline()
        script.send_signal(signum)
        # The pipe closes when the last of them is gone.
        assert script.communicate(timeout=30)[0] == b""
