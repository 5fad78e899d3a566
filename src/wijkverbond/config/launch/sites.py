"""The commands that serve a site: `demo` and `run`."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import NoReturn
from urllib.parse import urlsplit

from wijkverbond.config.doctor import environment
from wijkverbond.config.launch import environments, homes, ports, processes, servers
from wijkverbond.config.launch.homes import DEMONSTRATION, INSTALLATION, PROGRAM
from wijkverbond.config.launch.processes import Failure, Misuse, say

Parts = dict[str, subprocess.Popen[bytes]]

LOCAL = "127.0.0.1"


@contextlib.contextmanager
def serving(env: Mapping[str, str], *, host: str, port: int, workers: int) -> Iterator[Parts]:
    """The site and the background worker, from the moment that the site answers."""
    commands = {"site": servers.web(host, port, workers), "worker": servers.WORKER}
    with contextlib.ExitStack() as stack:
        parts: Parts = {}
        for name, command in commands.items():
            part = processes.running(command, env=env, output=sys.stderr)
            parts[name] = stack.enter_context(part)

        name = urlsplit(env["WIJKVERBOND_ADDRESS"]).netloc

        def answers() -> bool:
            _refuse_ended(parts)
            status = ports.status(host, port, name=name)
            if status is not None and status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                raise Failure("The site answers with an error. The log above says which.")
            return status is not None

        processes.wait_until(answers, seconds=120, otherwise=lambda: "The site does not answer.")
        yield parts


def _refuse_ended(parts: Parts) -> None:
    """Fail when one of the parts has ended by itself: the others are no use without it."""
    for name, process in parts.items():
        if process.poll() is not None:
            raise Failure(f"The {name} ended by itself, with status {process.returncode}.")


def _wait(parts: Parts) -> None:
    """Wait until somebody stops the launcher."""
    while True:
        _refuse_ended(parts)
        time.sleep(0.2)


def demo(arguments: list[str]) -> int:
    """`demo`: private database, demonstration neighbourhood, site and worker."""
    if arguments:
        raise Misuse(f"demo takes no arguments; PORT=8080 {PROGRAM} demo chooses another port.")
    with (
        homes.serving_home(DEMONSTRATION) as home,
        ports.reserved(LOCAL, ports.wanted_port(), or_next=True) as port,
        environments.served(home) as database,
    ):
        address = f"http://localhost:{port}"
        static = {"WIJKVERBOND_STATIC_ROOT": str(home.folder / "static")}
        env = environments.private(home, WIJKVERBOND_ADDRESS=address, **static)
        environments.prepare_database(home, env, "key", "static")
        with serving(env, host=LOCAL, port=port, workers=1) as parts:
            home.ready.write_text(address)
            print(
                f"Wijkverbond: {address}/ (to sign in, choose a role's e-mail address at {address}/post/,"
                f" type it at {address}/inloggen/, and read the code at {address}/post/)",
                flush=True,
            )
            _wait({"database": database, **parts})
    return 0


def run(arguments: list[str]) -> int:
    """`run`: site and worker of an installation, whose settings come from the environment.

    `run --only web` and `run --only worker` become one of the two, for a service manager that starts
    each again by itself, also on several machines.
    """
    match arguments:
        case [] | ["--only", "web" | "worker"]:
            pass
        case _:
            raise Misuse("run takes no arguments but --only web or --only worker.")
    if "WIJKVERBOND_DEMO" in os.environ:
        raise Misuse("WIJKVERBOND_DEMO shows everybody's mail: it is not for an installation.")
    _look_at_settings()
    if arguments:
        _become(arguments[1])
    has_own_database = "DATABASE_URL" in os.environ
    host = os.environ.get("WIJKVERBOND_LISTEN", LOCAL) if has_own_database else LOCAL
    with (
        homes.serving_home(INSTALLATION, alone=True) as home,
        ports.reserved(host, ports.wanted_port(), or_next=False) as port,
    ):
        address = os.environ.get("WIJKVERBOND_ADDRESS", f"http://localhost:{port}")
        more = {
            "WIJKVERBOND_ADDRESS": address,
            "WIJKVERBOND_STATIC_ROOT": str(home.folder / "static"),
        }
        database = _own_database(**more) if has_own_database else _private_database(home, **more)
        with database as (env, parts):
            workers = os.cpu_count() or 1
            with serving(env, host=host, port=port, workers=workers) as more_parts:
                home.ready.write_text(address)
                print(f"Wijkverbond: {address}/", flush=True)
                _wait({**parts, **more_parts})
    return 0


def _become(part: str) -> NoReturn:
    """Become the web server or the worker of an installation with a database of its own."""
    if "DATABASE_URL" not in os.environ:
        raise Misuse(f"run --only {part} needs DATABASE_URL.")
    host, port = os.environ.get("WIJKVERBOND_LISTEN", LOCAL), ports.wanted_port()
    if part == "web":  # it would share the port, and visitors come to either
        with ports.reserved(host, port, or_next=False):
            pass
    home = homes.Home.named(INSTALLATION)
    env = environments.inherited(WIJKVERBOND_STATIC_ROOT=str(home.folder / "static"))
    with home.held("static", seconds=600):
        shown = ["first-run"] if part == "web" else []
        environments.prepare(env, "check-migrated", "key", "static", *shown)
    web = servers.web(host, port, os.cpu_count() or 1)
    processes.become(web if part == "web" else servers.WORKER, env=env)


def _look_at_settings() -> None:
    """Refuse settings that cannot be right; say what is doubtful."""
    environments.refuse(environment.mistakes(os.environ, homes.secrets_of_examples()))
    for doubt in environment.doubts(os.environ):
        say(str(doubt))


@contextlib.contextmanager
def _own_database(**more: str) -> Iterator[tuple[dict[str, str], Parts]]:
    """The environment for the installation's own database, which its operator migrates."""
    env = environments.inherited(**more)
    environments.prepare(env, "check-migrated", "key", "static", "first-run")
    yield env, {}


@contextlib.contextmanager
def _private_database(home: homes.Home, **more: str) -> Iterator[tuple[dict[str, str], Parts]]:
    """The environment for a private database of the installation, which is kept."""
    say(f"private database in {home.folder}; with WIJKVERBOND_PRIVATE=run commands use it too")
    with environments.served(home) as server:
        env = environments.private(home, **more)
        environments.prepare_database(home, env, "key", "static", "first-run")
        yield env, {"database": server}
