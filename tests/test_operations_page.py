"""The page about running it is a script: its commands are run in order, on a real database.

A few of them; `./wijkverbond test --long` runs them all, with web server and worker.
"""

import base64
import contextlib
import os
import re
import secrets
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.inbox import HOST, Inbox
from wijkverbond.config.launch import database, homes, ports, processes
from wijkverbond.config.launch.homes import CHECKOUT
from wijkverbond.config.launch.processes import Command

PAGE = CHECKOUT / "docs" / "administrators" / "operations.md"
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.DOTALL | re.MULTILINE)
SAMPLE = 2  # the first look


def commands() -> list[str]:
    """What somebody types who follows the page, but for what changes the system."""
    lines = [line for block in BLOCK.findall(PAGE.read_text()) for line in block.splitlines()]
    return [line for line in lines if not line.startswith("sudo ")]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An empty PostgreSQL with two databases, files with settings for both, and a free port."""
    with (
        Inbox.receiving() as inbox,
        homes.temporary_home("operating") as home,
        home.held("database", seconds=60),
        database.serving(home),
    ):
        with ports.reserved(HOST, 8600, or_next=True) as port:
            pass  # free; the web server keeps it for itself
        first = database.address(home)
        second = first.replace("/wijkverbond?", "/elsewhere?")
        with psycopg.connect(first, autocommit=True) as connection:
            connection.execute("CREATE DATABASE elsewhere TEMPLATE template0 ENCODING 'UTF8'")
        same = {
            "WIJKVERBOND_SECRET_KEY": secrets.token_urlsafe(48),
            "WIJKVERBOND_REGISTER_SEED": base64.b64encode(secrets.token_bytes(32)).decode(),
            "WIJKVERBOND_REGISTER_NAME": "wijk.example.nl",
            "WIJKVERBOND_ADDRESS": f"http://localhost:{port}",
            "WIJKVERBOND_EMAIL_URL": inbox.address,
            "WIJKVERBOND_EMAIL_FROM": "wijk@example.nl",
            "PORT": str(port),
        }
        for file, address in (("wijkverbond.env", first), ("new.env", second)):
            settings = {**same, "DATABASE_URL": address}
            lines = [f'{name}="{value}"\n' for name, value in settings.items()]
            (tmp_path / file).write_text("".join(lines))
        kept = ("PATH", "HOME", "LANG", "PYTHON")
        env = {name: os.environ[name] for name in kept if name in os.environ}
        yield {**env, "WIJKVERBOND_VAR": str(tmp_path / "var"), "PORT_HERE": str(port)}


def here(command: str, port: str, folder: Path) -> str:
    """The command for this place: our file with settings, our port, our launcher."""
    for there, ours in (
        ("/etc/wijkverbond.env", str(folder / "wijkverbond.env")),
        ("127.0.0.1:8000", f"127.0.0.1:{port}"),
        ("./wijkverbond ", f"{CHECKOUT / 'wijkverbond'} "),
    ):
        command = command.replace(there, ours)
    return command


def start_units(running: contextlib.ExitStack, env: dict[str, str]) -> None:
    """What systemd does: the web server and the worker, until everything works."""
    for part in ("web", "worker"):
        command: Command = [CHECKOUT / "wijkverbond", "run", "--only", part]
        running.enter_context(processes.running(command, env=env))

    def works() -> bool:
        with contextlib.suppress(OSError):
            address = f"http://{HOST}:{env['PORT_HERE']}/health"
            with urllib.request.urlopen(address, timeout=5):
                return True
        return False

    processes.wait_until(works, seconds=120, otherwise=lambda: "It does not work.")


def test_who_follows_the_page_gets_where_it_leads(
    place: dict[str, str], tmp_path: Path, is_long: bool
) -> None:
    port = place["PORT_HERE"]
    with contextlib.ExitStack() as running:
        for number, command in enumerate(commands()):
            if number == SAMPLE and not is_long:
                return
            if command.startswith("export "):
                name, _, value = (
                    here(command, port, tmp_path).removeprefix("export ").partition("=")
                )
                place[name] = value
                continue
            if command.startswith("curl "):
                start_units(running, place)
            done = subprocess.run(
                here(command, port, tmp_path), shell=True, env=place, cwd=tmp_path, capture_output=True,
                text=True, timeout=300, check=False,
            )  # fmt: skip
            if "doctor" in command:  # it always says that this database may forget: it is for tests
                has_tables = number > 1
                assert ("not up to date" not in done.stdout) is has_tables, done.stdout
            else:
                assert done.returncode == 0, (command, done.stdout, done.stderr)
