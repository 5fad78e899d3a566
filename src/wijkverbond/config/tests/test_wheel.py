"""The wheel: built, installed where nothing of the checkout is, and used there."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from wijkverbond.config.launch.homes import CHECKOUT, PACKAGE
from wijkverbond.config.version import project_version

LEFT_OUT = {"tests", "__pycache__"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([CHECKOUT / "wijkverbond", "wheel", folder], check=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program in an environment of its own, which only borrows the libraries."""
    place = tmp_path_factory.mktemp("installed") / "venv"
    uv = [sys.executable, "-m", "uv", "--quiet", "--offline"]
    subprocess.run([*uv, "venv", "--python", sys.executable, place], check=True)
    python = place / "bin" / "python"
    subprocess.run([*uv, "pip", "install", "--no-deps", "--python", python, wheel], check=True)
    (packages,) = place.glob("lib/python*/site-packages")
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    return place / "bin" / "wijkverbond"


def say(program: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Call the installed program as somebody who has nothing else, and read what it says."""
    ours = ("WIJKVERBOND_", "PYTHON", "DATABASE_URL", "DJANGO")
    env = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    env["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/nothing"
    return subprocess.run(
        [program, *arguments], env=env, cwd="/", capture_output=True, text=True, check=False
    )


def test_everything_that_the_site_reads_is_in_the_wheel(wheel: Path) -> None:
    files = {
        str(file.relative_to(PACKAGE.parent))
        for file in PACKAGE.rglob("*")
        if file.is_file() and not LEFT_OUT & set(file.parts) and file.suffix not in (".po", ".pyc")
    }
    with zipfile.ZipFile(wheel) as opened:
        names = set(opened.namelist())
    assert {name for name in names if name.startswith("wijkverbond/") and name[-1] != "/"} == files
    assert any(name.endswith("/nl/LC_MESSAGES/django.mo") for name in names)


def test_the_installed_program_knows_itself_and_its_commands(installed: Path) -> None:
    assert say(installed, "version").stdout.startswith(f"Wijkverbond {project_version()}\n")
    commands = say(installed, "help").stdout
    assert "\n  run " in commands
    assert "\n  register " in commands
    assert "mutate" not in commands
    assert "./" not in commands


def test_the_installed_program_finds_all_of_itself(installed: Path) -> None:
    answer = say(installed, "manage", "check", "--fail-level", "WARNING")
    assert answer.returncode == 0, answer.stderr


def test_what_needs_a_checkout_says_so(installed: Path) -> None:
    answer = say(installed, "test")
    assert answer.returncode == 2
    assert "it needs a checkout" in answer.stderr
