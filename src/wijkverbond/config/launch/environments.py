"""The environments in which the project's processes run: settings and a running database."""

import contextlib
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence

from wijkverbond.config.doctor.findings import Finding
from wijkverbond.config.launch import database, homes, processes
from wijkverbond.config.launch.homes import DEMONSTRATION, INSTALLATION, PACKAGE, Home
from wijkverbond.config.launch.processes import Failure, Misuse, say

DJANGO = (sys.executable, "-m", "django")
PREPARE = (sys.executable, "-m", "wijkverbond.config.launch.prepare")
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "wijkverbond.config.settings",
    "PYTHONSAFEPATH": "1",  # no module from the folder in which somebody types
}


def inherited(**more: str) -> dict[str, str]:
    """The environment of this process."""
    return {**os.environ, **SETTINGS, **more}


def refuse(mistakes: Sequence[Finding]) -> None:
    """Refuse settings that cannot be right, all of them at once."""
    if mistakes:
        raise Misuse("\n".join(["these settings cannot be right:", *map(str, mistakes)]))


def plain() -> dict[str, str]:
    """The environment without any setting of an installation, for checks and tests."""
    ours = ("WIJKVERBOND_", "PG", "DATABASE_URL")
    return {name: value for name, value in inherited().items() if not name.startswith(ours)}


def private(home: Home, **more: str) -> dict[str, str]:
    """The environment for the private database of a home; settings that were given stay."""
    settings = {name: value for name, value in inherited().items() if not name.startswith("PG")}
    mode = {} if home.is_kept else {"WIJKVERBOND_DEMO": "1"}
    return {**home.secrets(), **settings, "DATABASE_URL": database.address(home), **mode, **more}


@contextlib.contextmanager
def served(home: Home) -> Iterator[subprocess.Popen[bytes]]:
    """A home's database, after waiting for a command that is using it for the moment."""
    with home.held("database", seconds=600), database.serving(home) as server:
        yield server


def prepare(env: Mapping[str, str], *steps: str) -> None:
    """Run steps of the module `prepare`."""
    if processes.call([*PREPARE, *steps], env=env, output=sys.stderr) != 0:
        raise Failure("Nothing was begun; the reason is above.")


def _tables() -> str:
    """What the present migrations are, to know whether a private database has had them all."""
    names = sorted(str(file.relative_to(PACKAGE)) for file in PACKAGE.glob("*/migrations/*.py"))
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


def is_prepared(home: Home) -> bool:
    """Whether the home's database has the present tables and, in the demonstration, the example."""
    return home.prepared.exists() and home.prepared.read_text() == _tables()


def prepare_database(home: Home, env: Mapping[str, str], *more: str) -> None:
    """Bring a private database up to date, and its example; `more` are other steps."""
    example = "WIJKVERBOND_DEMO" in env
    if not is_prepared(home):
        say(f"preparing the {'demonstration' if example else 'database'}")
    prepare(env, "migrate", *more, *(["seed"] if example else []))
    home.prepared.write_text(_tables())


@contextlib.contextmanager
def for_command(*, prepared: bool) -> Iterator[dict[str, str]]:
    """The environment for a command: the database given, or a private one (started if need be)."""
    if "DATABASE_URL" in os.environ:
        yield inherited()
        return
    name = os.environ.get("WIJKVERBOND_PRIVATE", DEMONSTRATION)
    if name not in (DEMONSTRATION, INSTALLATION):
        raise Misuse(f"WIJKVERBOND_PRIVATE={name} is not one of {DEMONSTRATION}, {INSTALLATION}.")
    home = homes.running_home(name)
    say(f"using the private database in {home.folder} (there is no DATABASE_URL)")
    with home.joined() as address:
        if address is not None:
            yield private(home, WIJKVERBOND_ADDRESS=address)
            return
        with database.serving(home):
            env = private(home)
            if prepared and not is_prepared(home):
                prepare_database(home, env)
            yield env


@contextlib.contextmanager
def temporary() -> Iterator[dict[str, str]]:
    """The environment for tests and measurements: an empty database that is gone afterwards."""
    with homes.temporary_home("test") as home, database.serving(home):
        yield {**plain(), **home.secrets(), "DATABASE_URL": database.address(home)}
