"""The commands of `./wijkverbond`."""

import ast
import importlib.metadata
import os
import platform
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from wijkverbond.config.doctor import environment
from wijkverbond.config.launch import (
    code_checks,
    env_file,
    environments,
    ports,
    processes,
    releases,
    sites,
    system,
)
from wijkverbond.config.launch.homes import (
    CHECKOUT,
    DEMONSTRATION,
    INSTALLATION,
    IS_CHECKOUT,
    PACKAGE,
    PROGRAM,
    base,
    run_as,
)
from wijkverbond.config.launch.processes import Command, Failure, Misuse, Stopped, say
from wijkverbond.config.version import project_version

CATALOGUES = (sys.executable, "-m", "wijkverbond.config.launch.catalogues")
BACKUP = (sys.executable, "-m", "wijkverbond.config.backup")
DOCTOR = (sys.executable, "-m", "wijkverbond.config.doctor")
WITHOUT_DATABASE = {"opinions", "policies", "term"}
# All tests run side by side, those that share something costly in one place (conftest.py). A few tests
# start sooner without: each worker makes a database of its own.
WORKERS = ("--numprocesses=2", "--dist=loadscope", "--no-loadscope-reorder")
LONG = "--long"


def test(arguments: list[str]) -> int:
    """`test [ARGS]`: the checks and all tests, or the tests named; pytest's exit status.

    `test --long` is all of it with the heavy proofs: far more kills, growth, imports and examples, of
    which there is a small sample otherwise, and every rule is changed to see whether a test notices.
    """
    is_whole = not set(arguments) - {LONG}
    system.need(*system.FOR_TESTS, or_fail=is_whole)
    failed_checks = code_checks.run() if is_whole else []
    status = _pytest([], [*(WORKERS if is_whole else ()), *arguments])
    if failed_checks:
        say(f"check found something, see above: {', '.join(failed_checks)}")
    if arguments == [LONG]:
        status = mutate([]) or status
    return status or (1 if failed_checks else 0)


def coverage(arguments: list[str]) -> int:
    """`coverage [ARGS]`: the lines and branches that no test reaches, or none of the tests named.

    Measured are the tests' own processes and those that they start; what each of them saw stands in
    `var/coverage/` until it is put together. Pytest's exit status.
    """
    system.need(*system.FOR_TESTS, or_fail=not arguments)
    (CHECKOUT / "var" / "coverage").mkdir(parents=True, exist_ok=True)

    def measured(*step: str) -> None:
        processes.call(
            [sys.executable, "-m", "coverage", *step], env=environments.plain(), cwd=CHECKOUT
        )

    measured("erase")
    status = _pytest(["-m", "coverage", "run"], arguments or WORKERS)
    measured("combine", "--quiet")
    measured("report")
    return status


def _pytest(runner: Sequence[str], arguments: Sequence[str]) -> int:
    """Run pytest, with a program around it, on a database that is gone afterwards."""
    with environments.temporary() as env:
        command = [sys.executable, *runner, "-m", "pytest", *arguments]
        return processes.call(command, env=env, cwd=CHECKOUT)


def check(arguments: list[str]) -> int:
    """`check`: everything that can be said about the code without running it."""
    if arguments:
        raise Misuse("check takes no arguments.")
    failed_checks = code_checks.run()
    if failed_checks:
        raise Failure(f"check found something: {', '.join(failed_checks)}.")
    return 0


def write_format(arguments: list[str]) -> int:
    """`format`: write code, templates and styles as `check` wants them."""
    if arguments:
        raise Misuse("format takes no arguments.")
    return code_checks.write()


def doctor(arguments: list[str]) -> int:
    """`doctor [--mail ADDRESS]`: what is wrong with an installation; with an address a mail goes there."""
    if arguments and (arguments[0] != "--mail" or len(arguments) != 2):
        raise Misuse("doctor takes no arguments but --mail and an e-mail address.")
    _need_installation("doctor looks at")
    with environments.for_command(prepared=False) as env:
        env.setdefault("WIJKVERBOND_ADDRESS", f"http://localhost:{ports.wanted_port()}")
        return processes.call([*DOCTOR, *arguments], env=env)


def _need_installation(what: str) -> None:
    if "DATABASE_URL" not in os.environ and os.environ.get("WIJKVERBOND_PRIVATE") != INSTALLATION:
        raise Misuse(f"{what} an installation: give DATABASE_URL, or --env-file FILE.")


def backup(arguments: list[str]) -> int:
    """`backup FILE …`: an installation's database in one file."""
    return _with_backup("backup", arguments)


def restore(arguments: list[str]) -> int:
    """`restore FILE …`: the same, into an empty database."""
    return _with_backup("restore", arguments)


def _with_backup(name: str, arguments: list[str]) -> int:
    _need_installation(f"{name} is about")
    environments.refuse(environment.unreadable(os.environ))
    with environments.for_command(prepared=False) as env:
        return processes.call([*BACKUP, name, *arguments], env=env)


def manage(arguments: list[str]) -> int:
    """`manage …`: Django's management command, on the database as it is."""
    environments.refuse(environment.unreadable(os.environ))
    with environments.for_command(prepared=False) as env:
        return processes.call([*environments.DJANGO, *arguments], env=env)


def management(name: str, arguments: list[str]) -> int:
    """A management command of the project, on a database that has its tables."""
    environments.refuse(environment.unreadable(os.environ))
    if name in NOT_IN_HELP and "DATABASE_URL" in os.environ:
        raise Misuse(f"{name} is for the database of a demonstration: type {PROGRAM} demo.")
    command = [*environments.DJANGO, management_commands()[name].stem, *arguments]
    if name in WITHOUT_DATABASE:
        return processes.call(command, env=environments.inherited())
    with environments.for_command(prepared=True) as env:
        return processes.call(command, env=env)


def bench(arguments: list[str]) -> int:
    """`bench [NAME]`: the measurement of that name in `bench/`, or all, on its own database."""
    if not (CHECKOUT / "bench" / "__main__.py").exists():
        raise Failure("There is no measurement in bench/ yet.")
    with environments.temporary() as env:
        env["PYTHONPATH"] += f":{CHECKOUT}"
        return processes.call([sys.executable, "-m", "bench", *arguments], env=env)


def mutate(arguments: list[str]) -> int:
    """`mutate [PATHS]`: which small changes of these modules, or of all rules, no test notices."""
    with environments.temporary() as env:
        env["PYTHONPATH"] += f":{CHECKOUT}"
        return processes.call([sys.executable, "-m", "tests.mutation", *arguments], env=env)


def messages(arguments: list[str]) -> int:
    """`messages`: bring the translation catalogues up to date with the code."""
    if arguments:
        raise Misuse("messages takes no arguments.")
    system.need(system.GETTEXT)
    return processes.call([*CATALOGUES, "update"], env=environments.plain())


def show_help(_arguments: list[str]) -> int:
    """`help`: the commands, each with one line."""
    print(f"{PROGRAM} COMMAND\n")
    for name, line in HELP.items():
        if IS_CHECKOUT or name.split()[0] not in FOR_DEVELOPERS:
            print(f"  {name:<15} {line}")
    for name, file in management_commands().items():
        if name not in NOT_IN_HELP:
            docstring = ast.get_docstring(ast.parse(file.read_text())) or ""
            print(f"  {name:<15} {docstring.partition(chr(10))[0].rstrip('.')}")
    print("\nWithout DATABASE_URL, commands use the demonstration's private database.")
    print(f"{PROGRAM} --env-file FILE COMMAND takes the settings from a file.")
    return 0


def _commit() -> str:
    """What says more than the number of the newest release, in a checkout that git knows."""
    if not (CHECKOUT / ".git").exists() or not (git := shutil.which("git")):
        return ""
    asked: Command = [git, "-C", CHECKOUT, "describe", "--always", "--dirty", "--exclude=*"]
    known = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
    return known and f" (commit {known})"


def version(_arguments: list[str]) -> int:
    """`version`: which one this is, also of what it runs on."""
    print(f"Wijkverbond {project_version()}{_commit()}")
    print(f"Python {platform.python_version()}")
    for library in ("Django", "psycopg", "granian"):
        print(f"{library} {importlib.metadata.version(library)}")
    return 0


HANDLERS = {
    "demo": sites.demo,
    "test": test,
    "coverage": coverage,
    "check": check,
    "format": write_format,
    "run": sites.run,
    "doctor": doctor,
    "backup": backup,
    "restore": restore,
    "manage": manage,
    "bench": bench,
    "mutate": mutate,
    "messages": messages,
    "wheel": releases.wheel,
    "sbom": releases.sbom,
    "audit": releases.audit,
    "version": version,
    "help": show_help,
}
HELP = {
    "demo": "The demonstration neighbourhood: site and worker on PORT (8000)",
    "test [ARGS]": "The checks and all tests, or the tests named; --long: the heavy proofs too",
    "coverage [ARGS]": "Which lines and branches all tests reach, or the tests named",
    "check": "Format, lint, types, import rules, migrations, translations",
    "format": "Write code, templates and styles as check wants them",
    "run": "Site and worker of an installation, with settings from the environment",
    "doctor": "What is wrong with an installation; --mail ADDRESS sends a mail to try",
    "backup FILE": "All that people wrote in one file; --encrypt, --with-seed",
    "restore FILE": "A back-up into an empty database, and whether its registers match",
    "manage …": "Django's management commands",
    "bench [NAME]": "The measurement of that name in bench/, or all",
    "mutate [PATHS]": "Which small changes of these modules, or of all rules, no test notices",
    "messages": "Bring the translation catalogues up to date with the code",
    "wheel [FOLDER]": "What is installed elsewhere, built from this checkout, in dist/",
    "sbom FILE": "What an installation consists of, in the form of CycloneDX",
    "audit": "Which packages have known vulnerabilities; fails when that cannot be known",
    "version": "Which version this is",
    "help": "This list",
}
FOR_DEVELOPERS = {
    "test", "coverage", "check", "format", "bench", "mutate", "messages", "wheel", "sbom", "audit",
}  # fmt: skip
NOT_IN_HELP = {"seed-demo"}  # it fills demonstrations, which do so themselves


def management_commands() -> dict[str, Path]:
    """The project's own management commands, by the name that one types (`-` for `_`)."""
    files = sorted(PACKAGE.glob("*/management/commands/[a-z]*.py"))
    return {file.stem.replace("_", "-"): file for file in files}


def compile_catalogues() -> None:
    """Compile the translation catalogues when one is newer than what was compiled from it.

    A wheel holds only what was compiled.
    """
    for source in PACKAGE.glob("*/locale/*/LC_MESSAGES/django.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            if not os.access(source.parent, os.W_OK):
                raise Failure(run_as(source.parent))
            if processes.call([*CATALOGUES, "compile"], env=environments.plain()) != 0:
                raise Failure("The translations could not be compiled.")
            return


def dispatch(name: str, arguments: list[str]) -> int:
    """Run the command of that name and return its exit status."""
    command = arguments[0] if name == "is-command" else name
    if command not in HANDLERS and command not in management_commands():
        raise Misuse(f"There is no command {command!r}; {PROGRAM} help lists them.")
    if name == "is-command":  # the shell script asks this before it installs anything
        return 0
    if name in FOR_DEVELOPERS and not IS_CHECKOUT:
        raise Misuse(f"{name} is for who works on the code: it needs a checkout of the project.")
    if name != "help":
        compile_catalogues()
    handler = HANDLERS.get(name)
    return handler(arguments) if handler else management(name, arguments)


def main() -> int:
    """Run the launcher: 0 = done, 1 = it could not be done, 2 = the call was wrong."""
    processes.raise_on_signals()
    arguments = sys.argv[1:]
    if arguments[:1] == ["--env-file"]:
        os.environ["WIJKVERBOND_ENV_FILE"] = str(Path(*arguments[1:2]).absolute())
        del arguments[:2]
    name, *rest = arguments or ["help"]
    try:
        env_file.load()
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
    except PermissionError as error:
        say(run_as(Path(error.filename or base())))
        return 1
