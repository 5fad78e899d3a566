"""`check`: everything that can be said about the code without running it; `format` writes it so."""

import contextlib
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

from wijkverbond.config.launch import environments, processes, system
from wijkverbond.config.launch.homes import CHECKOUT, templates
from wijkverbond.config.launch.processes import Command, say

_BIN = Path(sys.executable).parent
_PYTHON = [sys.executable, "-m"]
_TAGS: Command = [_BIN / "djade", "--target-version", "5.2"]
_MARKUP: Command = [_BIN / "djangofmt", "--quiet"]
_LAYOUT = [*_PYTHON, "wijkverbond.config.launch.layout"]


def _commands() -> dict[str, Command]:
    """Each check's name and command; the slow ones first, because they run side by side."""
    sources = [
        name for name in ("src", "tests", "bench", "conftest.py") if (CHECKOUT / name).exists()
    ]
    return {
        "types": [*_PYTHON, "mypy", *sources],
        "translations": [*_PYTHON, "wijkverbond.config.launch.catalogues", "check"],
        "migrations": [
            sys.executable,
            *("-W", "ignore:Got an error checking:RuntimeWarning"),  # no database is needed here
            *("-m", "django"),
            "makemigrations",
            "--check",
            "--dry-run",
            "--skip-checks",
        ],
        "models": [*_PYTHON, "django", "check", "--fail-level", "WARNING"],
        "import rules": [_BIN / "lint-imports"],
        "lint": [*_PYTHON, "ruff", "check", "--quiet"],
        "format": [*_PYTHON, "ruff", "format", "--check", "--output-format", "concise"],
        "tags": [*_TAGS, "--check", *templates()],
        "markup": [*_MARKUP, "--check", *templates()],
        "layout": [*_LAYOUT, "check"],
        "locks": [*_PYTHON, "wijkverbond.config.launch.locks"],
    }


def write() -> int:
    """Format the code, the templates and the styles in place; 1 when a file could not be read."""
    env, files = environments.plain(), templates()
    processes.call([*_TAGS, *files], env=env, cwd=CHECKOUT)  # ends with 1 when it wrote something
    commands: list[Command] = [
        [*_PYTHON, "ruff", "format", "--quiet"],
        [*_MARKUP, *files],
        [*_LAYOUT, "write"],
    ]
    return max(processes.call(command, env=env, cwd=CHECKOUT) for command in commands)


def run() -> list[str]:
    """Run every check, show what they found, and return the names of those that found something."""
    system.need(system.GETTEXT)
    env = environments.plain()
    with contextlib.ExitStack() as stack:
        running: dict[str, tuple[subprocess.Popen[bytes], IO[bytes]]] = {}
        for name, command in _commands().items():
            output = stack.enter_context(tempfile.TemporaryFile())
            process = processes.start(command, env=env, output=output, cwd=CHECKOUT)
            stack.callback(processes.stop, process)
            running[name] = process, output
        failed = [name for name, parts in running.items() if _finish(name, *parts) != 0]
    if not failed:
        say(f"check found nothing: {', '.join(running)}")
    return failed


def _finish(name: str, process: subprocess.Popen[bytes], output: IO[bytes]) -> int:
    """Wait for a check and show what it said when it found something; its exit status."""
    status = process.wait()
    if status != 0:
        output.seek(0)
        report = output.read().decode(errors="replace").rstrip()
        print(f"── {name}\n{report}\n", file=sys.stderr, flush=True)
    return status
