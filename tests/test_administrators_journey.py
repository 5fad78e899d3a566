"""An administrator's whole journey, in `test --long`: from an empty folder to a restored site elsewhere.

With real processes, as somebody who is not root: the program is installed from the wheel, and does not
know the checkout; it only borrows the libraries, so that no network is needed.
"""

import base64
import contextlib
import http.cookiejar
import lzma
import os
import pwd
import re
import secrets
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urljoin

import psycopg
import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.inbox import HOST, Inbox
from tests.real_site import soon
from tests.test_upgrades import FOLDER, SEED
from wijkverbond.coalition.tests.pages import START
from wijkverbond.config.launch import database, homes, ports
from wijkverbond.config.launch.homes import CHECKOUT
from wijkverbond.config.version import project_version

LINK = re.compile(r"https?://\S+/inrichten/begin/\S+/")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
ADDRESS = "beheerder@wijk.example"
PASSPHRASE = "vier woorden achter elkaar"
HALF_A_MINUTE = 30
VERIFY = CHECKOUT / "src" / "wijkverbond" / "register" / "verify.py"
# Ours may stand where only we can read it.
PYTHONS = (
    Path(sys.executable),
    Path(f"/usr/bin/python{sys.version_info[0]}.{sys.version_info[1]}"),
)


class Browser:
    """Somebody who visits the site, with cookies and without scripts."""

    def __init__(self, site: str) -> None:
        self.site = site
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(cookies)
        self.page = ""

    def open(self, path: str, fields: Mapping[str, object] | None = None) -> str:
        """The page that this leads to."""
        address = urljoin(self.site, path)
        data = urlencode(fields, doseq=True).encode() if fields else None
        asked = urllib.request.Request(address, data, {"Referer": address})
        with self._opener.open(asked, timeout=60) as answer:
            self.page = answer.read().decode()
        return self.page

    def send(self, path: str, at: str = "", **fields: object) -> str:
        """Fill in the form of a page, or of another that leads there, and send it."""
        self.open(at or path)
        return self.submit(path, **fields)

    def submit(self, path: str, **fields: object) -> str:
        """Send a form of the page that is open."""
        token = TOKEN.search(self.page)
        assert token, self.page
        return self.open(path, {**fields, "csrfmiddlewaretoken": token[1]})


class Machine:
    """A machine with PostgreSQL and mail, and on it somebody with an empty folder of their own."""

    def __init__(self, folder: Path, port: int, address: str, inbox: Inbox) -> None:
        self.folder, self.address, self.inbox = folder, address, inbox
        self.site = f"http://localhost:{port}"
        self._user = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        self._give(folder)
        self._env = {
            "PATH": os.defpath,
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "PORT": str(port),
        }

    def _give(self, file: Path) -> None:
        if self._user:
            os.chown(file, self._user.pw_uid, self._user.pw_gid)

    def can_run(self, python: Path) -> bool:
        """Whether they can use this Python."""
        try:
            self.does(python, "-c", "")
        except (OSError, AssertionError):
            return False
        return True

    def start(self, *command: object, log: str) -> "subprocess.Popen[bytes]":
        """Start a program, which writes to this file."""
        with (self.folder / log).open("ab") as output:
            started: subprocess.Popen[bytes] = subprocess.Popen(
                [str(part) for part in command], cwd=self.folder, env=self._env, stdout=output,
                stderr=subprocess.STDOUT, **self._as_user(),
            )  # fmt: skip
        return started

    def does(self, *command: object) -> str:
        """What a program says that does what it is asked."""
        done = subprocess.run(
            [str(part) for part in command], cwd=self.folder, env=self._env, capture_output=True,
            text=True, timeout=300, check=False, **self._as_user(),
        )  # fmt: skip
        assert done.returncode == 0, (command, done.stdout, done.stderr)
        return f"{done.stdout}{done.stderr}"

    def write(self, name: str, text: str) -> Path:
        """A file of theirs that nobody else reads."""
        file = self.folder / name
        file.touch(mode=0o600)
        file.write_text(text)
        self._give(file)
        return file

    def settings(self, name: str, database_name: str = "wijkverbond", **more: str) -> Path:
        """A file with settings for this database."""
        values = {
            "DATABASE_URL": self.address.replace("/wijkverbond?", f"/{database_name}?"),
            "WIJKVERBOND_ADDRESS": self.site,
            "WIJKVERBOND_EMAIL_URL": self.inbox.address,
            **more,
        }
        return self.write(name, "".join(f'{key}="{value}"\n' for key, value in values.items()))

    def _as_user(self) -> dict[str, Any]:
        if not self._user:
            return {}
        return {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []}


@pytest.fixture
def machine(is_long: bool) -> Iterator[Machine]:
    """A machine with two more empty databases."""
    if not is_long:
        pytest.skip("only with --long; each of its steps has tests of its own")
    with ports.reserved(HOST, 8700, or_next=True) as port:
        pass  # the site itself keeps it from others
    with (
        Inbox.receiving() as inbox,
        homes.temporary_home("journey") as home,
        home.held("database", seconds=60),
        database.serving(home),
        tempfile.TemporaryDirectory() as folder,
    ):
        address = database.address(home)
        with psycopg.connect(address, autocommit=True) as connection:
            for name in ("elsewhere", "before"):
                connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        yield Machine(Path(folder), port, address, inbox)


def install(machine: Machine) -> Path:
    """The program, in an environment of its own."""
    subprocess.run([CHECKOUT / "wijkverbond", "wheel", machine.folder], check=True)
    shutil.copy(Path(sys.executable).with_name("uv"), machine.folder)
    python = next(python for python in PYTHONS if machine.can_run(python))
    uv = (machine.folder / "uv", "--quiet", "--offline")
    machine.does(*uv, "venv", "--python", python, "venv")
    ours = machine.folder / "venv" / "bin" / "python"
    wheel, *_ = machine.folder.glob("*.whl")
    machine.does(*uv, "pip", "install", "--no-deps", "--python", ours, wheel)
    (packages,) = machine.folder.glob("venv/lib/python*/site-packages")
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    program = ours.with_name("wijkverbond")
    assert f"Wijkverbond {project_version()}\n" in machine.does(program, "version")
    return program


@contextlib.contextmanager
def running(machine: Machine, *program: object) -> Iterator[Path]:
    """The site, as two units of the system; the log of its web server."""
    parts = [
        machine.start(*program, "run", "--only", part, log=f"{part}.log")
        for part in ("web", "worker")
    ]
    try:
        log = machine.folder / "web.log"
        soon(lambda: LINK.search(log.read_text()) is not None, "There is no link in the log.")
        soon(lambda: is_well(machine.site), "The site does not work.")
        yield log
    finally:
        for part in parts:
            part.terminate()
            part.wait(60)


def is_well(site: str) -> bool:
    """Whether everything works."""
    with contextlib.suppress(OSError), urllib.request.urlopen(f"{site}/health", timeout=30):
        return True
    return False


def first_run(machine: Machine, log: Path) -> Browser:
    """Set up the site with the link of the log; the browser of its host."""
    browser = Browser(machine.site)
    link = LINK.search(log.read_text())
    assert link
    browser.send(link[0])
    browser.send("/inrichten/naam/", name="Samen in Veldhoek", organisation="Gemeente Veldhoek")
    browser.send("/inrichten/mail/", sender="wijk@veldhoek.example", to=ADDRESS)
    assert "nam de mail aan" in browser.page
    assert machine.inbox.mails[-1]["To"] == ADDRESS
    browser.send("/inloggen/?next=/inrichten/beheerder/", email=ADDRESS)
    code = re.search(r"\d{4} \d{4}", machine.inbox.mails[-1].get_content())
    assert code
    browser.send("/inloggen/code/", code=code[0])
    browser.send("/inrichten/beheerder/")
    add_app(browser)
    browser.send("/inrichten/contact/", address="Markt 1, 1234 AB Veldhoek", email=ADDRESS)
    browser.send("/inrichten/klaar/", at="/inrichten/")
    assert "De site is ingericht" in browser.page
    return browser


def add_app(browser: Browser) -> None:
    """Add an app with codes, which who hosts the site needs."""
    page = "/mijn-gegevens/tweede-stap/app/"
    secret = re.search(r"[A-Z2-7]{32}", browser.open(page))
    assert secret
    code = hotp_value(secret[0], int(time.time()) // HALF_A_MINUTE)
    browser.submit(page, code=format_hotp_value(code))


def first_coalition(browser: Browser) -> str:
    """Start a coalition; its name in addresses."""
    browser.open("/w/nieuw/")
    browser.submit("/w/nieuw/", **START)
    assert "is begonnen" in browser.page
    slug = re.search(r'href="/w/([\w-]+)/"', browser.page)
    assert slug
    return slug[1]


def restore_elsewhere(
    machine: Machine, program: Path, slug: str, passphrase: tuple[object, ...]
) -> None:
    """Put the back-up into another database, with nothing but its file and its passphrase."""
    new = machine.settings("new.env", "elsewhere", WIJKVERBOND_SECRET_KEY=secrets.token_urlsafe(48))
    restore = (program, "--env-file", new, "restore", "wijk.backup", *passphrase)
    machine.does(*restore, "--seed-to", "seed.env")
    with new.open("a") as file:
        file.write((machine.folder / "seed.env").read_text())
    assert "Every register matches" in machine.does(*restore)
    machine.does(program, "--env-file", new, "register", "check")
    exported = machine.does(program, "--env-file", new, "register", "export", slug)
    register = machine.write("register.json", exported)
    python = program.with_name("python")
    assert "Everything matches" in machine.does(python, VERIFY, register)


def upgrade_from_the_version_before(machine: Machine, program: Path) -> None:
    """The database of the version before: `migrate`, and its registers go on."""
    newest = max(FOLDER.glob("v*.sql.xz"))
    old = machine.settings(
        "before.env", "before",
        WIJKVERBOND_SECRET_KEY=secrets.token_urlsafe(48), WIJKVERBOND_REGISTER_SEED=SEED,
    )  # fmt: skip
    with psycopg.connect(machine.address, dbname="before") as connection:
        connection.execute(lzma.decompress(newest.read_bytes()).decode())
    machine.does(program, "--env-file", old, "manage", "migrate")
    machine.does(program, "--env-file", old, "register", "check")
    machine.does(program, "--env-file", old, "backup", "upgraded.backup")


def test_from_an_empty_folder_to_a_restored_site_elsewhere(machine: Machine) -> None:
    program = install(machine)
    settings = machine.settings(
        "wijk.env",
        WIJKVERBOND_SECRET_KEY=secrets.token_urlsafe(48),
        WIJKVERBOND_REGISTER_SEED=base64.b64encode(secrets.token_bytes(32)).decode(),
        WIJKVERBOND_REGISTER_NAME="wijk.example.nl",
    )
    wijkverbond = (program, "--env-file", settings)
    machine.does(*wijkverbond, "manage", "migrate")
    with running(machine, *wijkverbond) as log:
        host = first_run(machine, log)
        slug = first_coalition(host)
    passphrase = ("--passphrase-file", machine.write("passphrase", f"{PASSPHRASE}\n"))
    machine.does(*wijkverbond, "backup", "wijk.backup", "--with-seed", *passphrase)
    restore_elsewhere(machine, program, slug, passphrase)
    upgrade_from_the_version_before(machine, program)
