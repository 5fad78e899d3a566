"""`check`: everything that can be said about the code without running it."""

import contextlib
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

from wijkverbond.config.launch import processes, system
from wijkverbond.config.launch.homes import CHECKOUT
from wijkverbond.config.launch.processes import Failure, say

_BIN = Path(sys.executable).parent
_PYTHON = [sys.executable, "-m"]


def _commands() -> dict[str, list[str | Path]]:
    """Each check's name and command."""
    sources = [name for name in ("src", "tests", "bench") if (CHECKOUT / name).exists()]
    templates = sorted((CHECKOUT / "src").glob("wijkverbond/*/templates/**/*.html"))
    commands: dict[str, list[str | Path]] = {
        "types": [*_PYTHON, "mypy", *sources],
        "translations": [*_PYTHON, "wijkverbond.config.launch.catalogues", "check"],
        "migrations": [*_PYTHON, "django", "makemigrations", "--check", "--dry-run"],
        "models": [*_PYTHON, "django", "check", "--fail-level", "WARNING"],
        "import rules": [_BIN / "lint-imports"],
        "lint": [*_PYTHON, "ruff", "check", "--quiet", "."],
        "format": [*_PYTHON, "ruff", "format", "--check", "--quiet", "."],
    }
    if templates:
        commands["templates"] = [_BIN / "djade", "--check", "--target-version", "5.2", *templates]
    return commands


def check() -> None:
    """Run every check side by side; fail with the output of those that found something."""
    system.need({"xgettext": "gettext"})
    env = {**processes.without_settings(), "DJANGO_SETTINGS_MODULE": "wijkverbond.config.settings"}
    with contextlib.ExitStack() as stack:
        running: dict[str, tuple[subprocess.Popen[bytes], IO[bytes]]] = {}
        for name, command in _commands().items():
            output = stack.enter_context(tempfile.TemporaryFile())
            process = processes.start(command, env=env, output=output, cwd=CHECKOUT)
            stack.callback(processes.stop, process)
            running[name] = process, output
        found = [name for name, parts in running.items() if _finish(name, *parts) != 0]
    if found:
        raise Failure(f"check found something: {', '.join(found)}")
    say(f"check found nothing: {', '.join(running)}")


def _finish(name: str, process: subprocess.Popen[bytes], output: IO[bytes]) -> int:
    """Wait for a check and show what it said when it found something; its exit status."""
    status = process.wait()
    if status != 0:
        output.seek(0)
        said = output.read().decode(errors="replace").rstrip()
        print(f"── {name}\n{said}\n", file=sys.stderr, flush=True)
    return status
