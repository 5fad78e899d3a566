"""A real site with a database of its own, of which every part can be killed, and its visitors."""

import contextlib
import http.client
import io
import os
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import urlencode

import environ
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tests.inbox import Inbox
from wijkverbond.config.backup import dump, load
from wijkverbond.config.backup.manifest import Manifest
from wijkverbond.config.launch import database, environments, homes, ports, processes, servers
from wijkverbond.config.launch.homes import Home
from wijkverbond.config.launch.processes import Command

HOST, PORT = "127.0.0.1", 8400
PATIENCE = 4  # seconds that the site waits for its database
LAUNCHER: Command = [sys.executable, "-m", "wijkverbond.config.launch", "run"]

Server = subprocess.Popen[bytes]


@dataclass(frozen=True)
class Page:
    """What somebody got."""

    status: int
    text: str
    where: str
    retry_after: str | None


class Site:
    """The database's server, the web server and the worker; started again after each kill."""

    def __init__(self, home: Home, port: int, inbox: Inbox, logs: Path) -> None:
        self.home, self.port, self.inbox, self._logs = home, port, inbox, logs
        self.parts: dict[str, Server] = {}
        self._ends: dict[str, contextlib.ExitStack] = {}

    def start(self, part: str) -> None:
        """Start a part; all but the worker can be used after that."""
        ends = self._ends[part] = contextlib.ExitStack()
        starting: dict[str, Callable[[], contextlib.AbstractContextManager[Server]]] = {
            "database": lambda: database.serving(self.home),
            "web": lambda: self._answering(servers.web(HOST, self.port, processes=2), part),
            "worker": lambda: self._running(servers.WORKER, part),
            "launcher": lambda: self._launched(part),
        }
        self.parts[part] = ends.enter_context(starting[part]())

    def kill(self, part: str) -> None:
        """End a part and all its processes at once, with no word of warning."""
        assert self.parts[part].poll() is None, f"{part} had ended: {self.log(part)[-2000:]}"
        os.killpg(self.parts[part].pid, signal.SIGKILL)
        self.parts[part].wait()
        if part == "database":
            connection.close()
        elif part != "worker":
            soon(lambda: not self.is_up(), f"The {part} was killed and the site goes on.")
        self._ends.pop(part).close()

    def stop(self) -> None:
        """End what still runs."""
        for part in ("launcher", "web", "worker", "database"):
            if part in self._ends:
                self.kill(part)

    def log(self, part: str) -> str:
        """All that a part wrote in its log; the database has one elsewhere."""
        file = self._log(part)
        return file.read_text() if file.exists() else ""

    def is_up(self) -> bool:
        """Whether somebody answers, whatever."""
        return self.ask("GET", "/health?part=web") is not None

    def ask(
        self, method: str, path: str, fields: dict[str, str] | None = None, **cookies: str
    ) -> Page | None:
        """What a visitor with these cookies gets there; nothing when the connection breaks."""
        token = secrets.token_hex(16)  # of the showing of a form, as its cookie says too
        kept = {"csrftoken": token, **cookies}
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={value}" for name, value in kept.items()),
        }
        body = urlencode({**fields, "csrfmiddlewaretoken": token}) if fields else ""
        with contextlib.closing(http.client.HTTPConnection(HOST, self.port, timeout=30)) as web:
            try:
                web.request(method, path, body, headers)
                answer = web.getresponse()
                text = answer.read().decode()
            except (OSError, http.client.HTTPException):
                return None
            where, retry_after = (answer.getheader(name) for name in ("Location", "Retry-After"))
            return Page(answer.status, text, where or "", retry_after)

    def visit(self, path: str) -> Page:
        """What a stranger gets there, from a site that answers."""
        with contextlib.closing(http.client.HTTPConnection(HOST, self.port, timeout=30)) as web:
            web.request("GET", path)
            answer = web.getresponse()
            text, retry_after = answer.read().decode(), answer.getheader("Retry-After")
            return Page(answer.status, text, "", retry_after)

    def send(self, path: str, fields: dict[str, str], **cookies: str) -> Page | None:
        """The answer to a form in which nothing is wrong: unless a part is killed, it is taken."""
        page = self.ask("POST", path, fields, **cookies)
        assert page is None or not 400 <= page.status < 500, page.status
        return page

    @contextlib.contextmanager
    def _launched(self, part: str) -> Iterator[Server]:
        """Web server and worker, started by the launcher, which keeps a port of its own from others."""
        ours = self.port
        with ports.reserved(HOST, PORT + 100, or_next=True) as free:
            self.port = free
        try:
            with self._answering(LAUNCHER, part) as server:
                yield server
        finally:
            self.port = ours

    @contextlib.contextmanager
    def _answering(self, command: Command, part: str) -> Iterator[Server]:
        with self._running(command, part) as server:
            soon(lambda: self.is_up() or server.poll() is not None, "The site does not answer.")
            assert server.poll() is None, self.log(part)
            yield server

    @contextlib.contextmanager
    def _running(self, command: Command, part: str) -> Iterator[Server]:
        env = {
            **environments.plain(),
            "DATABASE_URL": f"{database.address(self.home)}&connect_timeout={PATIENCE}",
            "PORT": str(self.port),
            "WIJKVERBOND_SECRET_KEY": settings.SECRET_KEY,
            "WIJKVERBOND_REGISTER_SEED": settings.REGISTER_SEED,
            "WIJKVERBOND_EMAIL_URL": self.inbox.address,
            "WIJKVERBOND_VAR": str(self.home.folder / "var"),
            "TMPDIR": str(self.home.folder),  # one disk for all
        }
        with (
            self._log(part).open("a") as log,
            processes.running(command, env=env, output=log) as server,
        ):
            yield server

    def _log(self, part: str) -> Path:
        return self._logs / f"{part}.log"


def soon(holds: Callable[[], bool], otherwise: str, *, seconds: int = 90) -> None:
    """Wait until something holds."""
    processes.wait_until(holds, seconds=seconds, otherwise=lambda: otherwise)


@contextlib.contextmanager
def serving(*, disk_mb: int = 0) -> Iterator[Site]:
    """A site with empty tables; this process uses its database too, in place of that of the tests.

    All of it can stand on a small disk of its own, which only root can make.
    """
    with (
        homes.temporary_home("faults") as home,
        _disk(home.folder, disk_mb) if disk_mb else contextlib.nullcontext(),
        ports.reserved(HOST, PORT, or_next=True) as port,
        home.held("database", seconds=60),
        Inbox.receiving() as inbox,
        tempfile.TemporaryDirectory() as logs,  # not on that disk
    ):
        tables = Tables.known()
        site = Site(home, port, inbox, Path(logs))
        try:
            site.start("database")
            with using(database.address(home)):
                if tables:
                    load.put_back(tables.data, tables.manifest)
                else:
                    call_command("migrate", verbosity=0)
                site.start("worker")
                site.start("web")
                yield site
        finally:
            site.stop()


@contextlib.contextmanager
def _disk(folder: Path, size_mb: int) -> Iterator[None]:
    """A disk in memory of so many megabytes, in that folder."""
    disk: Command = ["mount", "-t", "tmpfs", "-o", f"size={size_mb}m,mode=711", "tmpfs", folder]
    processes.run_quietly(disk, env=os.environ, user=None)
    try:
        yield
    finally:
        processes.run_quietly(["umount", folder], env=os.environ, user=None)


@dataclass(frozen=True)
class Tables:
    """The tables of the tests' database, to put into another: migrating one takes far longer."""

    manifest: Manifest
    data: IO[bytes]

    @classmethod
    def known(cls) -> "Tables | None":
        """The tables; there are none yet when no test asks for a database of the tests."""
        if not connection.introspection.table_names():
            return None
        data = io.BytesIO()
        manifest = dump.write(data, with_seed=False)
        data.seek(len(manifest.line()))
        return cls(manifest, data)


@contextlib.contextmanager
def using(address: str) -> Iterator[None]:
    """Let Django in this process use another database during the block."""
    before = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(environ.Env.db_url_config(address))
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.clear()
        connection.settings_dict.update(before)
