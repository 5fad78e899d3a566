"""The commands of `./wijkverbond`: what each starts, in which order, and how it ends."""

import ast
import contextlib
import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from wijkverbond.config.launch import checks, database, homes, network, processes, system
from wijkverbond.config.launch.homes import CHECKOUT, DEMONSTRATION, INSTALLATION, Home
from wijkverbond.config.launch.processes import Failure, Misuse, Stopped, say

PACKAGE = CHECKOUT / "src" / "wijkverbond"
PYTHON = sys.executable
DJANGO = (PYTHON, "-m", "django")
PREPARE = (PYTHON, "-m", "wijkverbond.config.launch.prepare")
CATALOGUES = (PYTHON, "-m", "wijkverbond.config.launch.catalogues")
WITHOUT_DATABASE = {"opinions", "policies", "term"}
OWN = {
    "demo": "the demonstration neighbourhood, site and worker on PORT (8000)",
    "test": "every check and test, or the tests named",
    "check": "format, lint, types, import rules, migrations, translations",
    "run": "site and worker of an installation, with settings from the environment",
    "manage": "Django's management commands",
    "bench": "a measurement of bench/, or all",
    "messages": "bring the translation catalogues up to date with the code",
    "help": "this list",
}


def management_commands() -> dict[str, Path]:
    """The project's own management commands by the name one types (`seed-demo` for `seed_demo.py`)."""
    files = sorted(PACKAGE.glob("*/management/commands/[a-z]*.py"))
    return {file.stem.replace("_", "-"): file for file in files}


def settings(**more: str) -> dict[str, str]:
    """The environment of the project's processes."""
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "wijkverbond.config.settings", **more}


def private_settings(home: Home, **more: str) -> dict[str, str]:
    """The environment for a private database; what the person set explicitly stays."""
    mode = {} if home.folder.name == INSTALLATION else {"WIJKVERBOND_DEMO": "1"}
    return {**home.secrets(), **settings(DATABASE_URL=database.address(home), **mode, **more)}


@contextlib.contextmanager
def served(home: Home, *, durable: bool = True) -> Iterator[subprocess.Popen[bytes]]:
    """A home's database, after waiting for a command that is using it for a moment."""
    waiting = "waiting for another command that is using the private database"
    with (
        home.held("database", seconds=600, waiting=waiting),
        database.serving(home, durable=durable) as server,
    ):
        yield server


def prepare(env: Mapping[str, str], *steps: str) -> None:
    """Run steps of the module `prepare`; they have said what went wrong."""
    if processes.call([*PREPARE, *steps], env=env, output=sys.stderr) != 0:
        raise Failure(f"Could not be done: {', '.join(steps)}.")


def tables() -> str:
    """What the present migrations are, to know whether a private database has them all."""
    names = sorted(str(file.relative_to(PACKAGE)) for file in PACKAGE.glob("*/migrations/*.py"))
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


def prepare_once(home: Home, env: Mapping[str, str]) -> None:
    """Tables and example data for a command on a private database that has not had these before."""
    stamp = home.folder / "prepared"
    if not stamp.exists() or stamp.read_text() != tables():
        prepare(env, "migrate", *(["seed"] if "WIJKVERBOND_DEMO" in env else []))
        stamp.write_text(tables())


@contextlib.contextmanager
def serve(
    env: Mapping[str, str], *, host: str, port: int, workers: int
) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The site and the background worker, from the moment that the site answers."""
    options = f"--interface wsgi --no-ws --host {host} --port {port} --workers {workers}"
    options += " --blocking-threads 8 --workers-kill-timeout 5 --log-level error"
    target = "wijkverbond.config.launch.site:application"
    site = [PYTHON, "-m", "granian", *options.split(), target]
    worker = [*DJANGO, "procrastinate", "worker"]
    with contextlib.ExitStack() as stack:
        parts = [processes.running(each, env=env, output=sys.stderr) for each in (site, worker)]
        started = [stack.enter_context(part) for part in parts]
        processes.wait_until(
            lambda: network.answers(host, port) or any(each.poll() is not None for each in started),
            seconds=60,
            otherwise=lambda: "The site does not answer.",
        )
        yield started


def wait(parts: Mapping[str, subprocess.Popen[bytes]]) -> None:
    """Wait until somebody stops the launcher; when a part ends by itself, everything does."""
    while True:
        for name, process in parts.items():
            if process.poll() is not None:
                raise Failure(f"The {name} ended by itself, with status {process.returncode}.")
        time.sleep(0.2)


def demo(arguments: list[str]) -> int:
    """`demo`: private database, demonstration neighbourhood, site and worker."""
    if arguments:
        raise Misuse("demo takes no arguments; PORT=8080 ./wijkverbond demo chooses another port.")
    with (
        homes.serving_home(DEMONSTRATION) as home,
        network.reserved("127.0.0.1", network.wanted_port(), or_next=True) as port,
        served(home) as server,
    ):
        here = f"http://localhost:{port}"
        static = str(home.folder / "static")
        env = private_settings(home, WIJKVERBOND_ADDRESS=here, WIJKVERBOND_STATIC_ROOT=static)
        prepare(env, "migrate", "static", "seed")
        (home.folder / "prepared").write_text(tables())
        with serve(env, host="127.0.0.1", port=port, workers=1) as (site, worker):
            home.ready.write_text(here)
            print(
                f"Wijkverbond: {here}/ (to sign in, choose a role's e-mail address at {here}/post/,"
                f" type it at {here}/inloggen/, and read the code at {here}/post/)",
                flush=True,
            )
            wait({"database": server, "site": site, "worker": worker})
    return 0


def run(arguments: list[str]) -> int:
    """`run`: site and worker for an installation; without DATABASE_URL on a private database that is kept."""
    if arguments:
        raise Misuse("run takes no arguments; its settings come from the environment.")
    with contextlib.ExitStack() as stack:
        home = stack.enter_context(homes.serving_home(INSTALLATION))
        if home.folder.name != INSTALLATION:
            raise Failure("This installation is already running.")
        private = "DATABASE_URL" not in os.environ
        host = "127.0.0.1" if private else os.environ.get("WIJKVERBOND_LISTEN", "127.0.0.1")
        port = stack.enter_context(network.reserved(host, network.wanted_port(), or_next=False))
        here = os.environ.get("WIJKVERBOND_ADDRESS", f"http://localhost:{port}")
        more = {"WIJKVERBOND_ADDRESS": here, "WIJKVERBOND_STATIC_ROOT": str(home.folder / "static")}
        parts = {}
        if private:
            parts["database"] = stack.enter_context(served(home))
            env = private_settings(home, **more)
            say(f"private database in {home.folder}; WIJKVERBOND_PRIVATE=run lets commands use it")
        else:
            env = settings(**more)
            missing = [name for name in homes.SECRETS if name not in env]
            if missing:
                raise Misuse(f"With DATABASE_URL, run also needs {' and '.join(missing)}.")
        prepare(env, "migrate" if private else "check-migrated", "static")
        workers = os.cpu_count() or 1
        serving = serve(env, host=host, port=port, workers=workers)
        parts["site"], parts["worker"] = stack.enter_context(serving)
        home.ready.write_text(here)
        print(f"Wijkverbond: {here}/", flush=True)
        wait(parts)
    return 0


@contextlib.contextmanager
def commands_database(*, prepared: bool) -> Iterator[dict[str, str]]:
    """The environment for a command: the given database, or a private one that runs or is started for the moment."""
    if "DATABASE_URL" in os.environ:
        yield settings()
        return
    name = os.environ.get("WIJKVERBOND_PRIVATE", DEMONSTRATION)
    if name not in (DEMONSTRATION, INSTALLATION):
        raise Misuse(f"WIJKVERBOND_PRIVATE={name} is not one of {DEMONSTRATION}, {INSTALLATION}.")
    home = homes.running_home(name)
    say(f"using the private database in {home.folder} (there is no DATABASE_URL)")
    with contextlib.ExitStack() as stack:
        if home.is_serving():
            yield private_settings(home, WIJKVERBOND_ADDRESS=home.ready.read_text())
            return
        stack.enter_context(served(home))
        env = private_settings(home)
        if prepared:
            prepare_once(home, env)
        yield env


def manage(arguments: list[str]) -> int:
    """`manage …`: Django's management command, on the database as it is."""
    with commands_database(prepared=False) as env:
        return processes.call([*DJANGO, *arguments], env=env)


def management(name: str, arguments: list[str]) -> int:
    """Any of the project's own management commands, on a database that has its tables and example data."""
    command = [*DJANGO, management_commands()[name].stem, *arguments]
    if name in WITHOUT_DATABASE:
        return processes.call(command, env=settings())
    with commands_database(prepared=True) as env:
        return processes.call(command, env=env)


@contextlib.contextmanager
def temporary_database() -> Iterator[dict[str, str]]:
    """The environment for tests and measurements: an empty database that is gone afterwards, no other settings."""
    with homes.temporary_home("test") as home, served(home, durable=False):
        yield {**processes.without_settings(), "DATABASE_URL": database.address(home)}


def test(arguments: list[str]) -> int:
    """`test [args]`: the checks and all tests, or the tests named."""
    system.need({"chromium": "chromium"})
    if not arguments:
        checks.check()
    with temporary_database() as env:
        return processes.call([PYTHON, "-m", "pytest", *arguments], env=env, cwd=CHECKOUT)


def check(arguments: list[str]) -> int:
    """`check`: everything that can be said about the code without running it."""
    if arguments:
        raise Misuse("check takes no arguments.")
    checks.check()
    return 0


def bench(arguments: list[str]) -> int:
    """`bench [NAME]`: a measurement of `bench/`."""
    if not (CHECKOUT / "bench" / "__main__.py").exists():
        raise Failure("There is no measurement in bench/ yet.")
    with temporary_database() as env:
        return processes.call([PYTHON, "-m", "bench", *arguments], env=env, cwd=CHECKOUT)


def messages(arguments: list[str]) -> int:
    """`messages`: bring the translation catalogues up to date with the code."""
    if arguments:
        raise Misuse("messages takes no arguments.")
    system.need({"xgettext": "gettext"})
    return processes.call([*CATALOGUES, "update"], env=settings())


def show_help(_arguments: list[str]) -> int:
    """`help`: the commands, each with one line."""
    print("./wijkverbond COMMAND\n")
    for name, line in OWN.items():
        print(f"  {name:<15} {line}")
    for name, file in management_commands().items():
        docstring = ast.get_docstring(ast.parse(file.read_text())) or ""
        print(f"  {name:<15} {docstring.partition(chr(10))[0]}")
    return 0


HANDLERS = {
    "demo": demo,
    "test": test,
    "check": check,
    "run": run,
    "manage": manage,
    "bench": bench,
    "messages": messages,
    "help": show_help,
}


def compile_catalogues() -> None:
    """Compile the translation catalogues that are newer than what was compiled from them."""
    for source in PACKAGE.glob("*/locale/*/LC_MESSAGES/django.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            if processes.call([*CATALOGUES, "compile"], env=settings()) != 0:
                raise Failure("The translations could not be compiled.")
            return


def dispatch(name: str, arguments: list[str]) -> int:
    """Run the command of that name and return its exit status."""
    if name == "known":  # asked by the shell script before it installs anything
        name, arguments = arguments[0], []
        if name in HANDLERS or name in management_commands():
            return 0
    if name not in HANDLERS and name not in management_commands():
        raise Misuse(f"There is no command {name!r}; ./wijkverbond help lists them.")
    if name != "help":
        compile_catalogues()
    handler = HANDLERS.get(name)
    return handler(arguments) if handler else management(name, arguments)


def main(arguments: list[str]) -> int:
    """Run the launcher: 0 = done, 1 = could not be done, 2 = the call was wrong."""
    processes.raise_on_signals()
    name, *rest = arguments or ["help"]
    try:
        return dispatch(name, rest)
    except Stopped as stopped:
        if name in (DEMONSTRATION, INSTALLATION):  # the way these end
            return 0
        say(f"stopped by {signal.Signals(stopped.signum).name}")
        return 1
    except Misuse as error:
        say(str(error))
        return 2
    except Failure as error:
        say(str(error))
        return 1
