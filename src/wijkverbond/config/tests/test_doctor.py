"""What the doctor finds: at the database, the mail server and the public address."""

import base64
import datetime as dt
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import _ntuple_diskusage as usage
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from wijkverbond.coalition.models import Coalition
from wijkverbond.config.doctor import __main__ as doctor
from wijkverbond.config.doctor import address, database, mail
from wijkverbond.config.launch.homes import CHECKOUT
from wijkverbond.config.tests.test_mistaken_settings import GOOD
from wijkverbond.config.wsgi import application
from wijkverbond.kernel import backups, clock
from wijkverbond.ui import arrival

HOUR = dt.timedelta(hours=1)
MB = 2**20
ADDRESS = "beheerder@wijk.example"


def told(findings: Any) -> str:
    """All that was found."""
    return "\n".join(str(finding) for finding in findings)


@pytest.mark.django_db
def test_a_good_database_is_found_good_but_for_what_tests_switch_off() -> None:
    notes = [finding for finding in database.look() if " off: " not in finding.what]
    assert all(note.is_note for note in notes)
    seed, backup, nobody = notes
    assert "Is it kept apart from the back-ups" in seed.remedy
    assert "No back-up was ever made" in backup.what
    assert "Nobody hosts this site yet" in nobody.what


@pytest.mark.django_db
def test_a_backup_that_is_more_than_two_days_old_is_told() -> None:
    backups.note(clock.now() - 47 * HOUR)
    assert "back-up is of" not in told(database.look())
    backups.note(clock.now() - 49 * HOUR)
    assert "more than two days ago" in told(database.look())


@pytest.mark.django_db
def test_a_seed_that_everyone_knows_and_a_key_that_is_not_the_registers(
    settings: Settings, coalition: Coalition
) -> None:
    settings.REGISTER_SEED = base64.b64encode(bytes(32)).decode()
    assert "everyone can sign with it" in told(database.look())
    settings.REGISTER_SEED = GOOD["WIJKVERBOND_REGISTER_SEED"]
    assert "register rotate" in told(database.look())


@pytest.mark.django_db
def test_a_database_that_is_not_up_to_date() -> None:
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied(
        "kernel", max(n for app, n in recorder.applied_migrations() if app == "kernel")
    )
    assert "changes of its tables wait. Type: ./wijkverbond manage migrate" in told(database.look())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "answer", "sentence"),
    [
        ("SHOW server_version_num", "140009", "is PostgreSQL 14, which is too old"),
        ("SHOW server_encoding", "SQL_ASCII", "stores text as SQL_ASCII"),
        ("SHOW fsync", "off", "has fsync off"),
    ],
)
def test_a_database_that_cannot_do(
    monkeypatch: pytest.MonkeyPatch, asked: str, answer: str, sentence: str
) -> None:
    really = database._asked
    monkeypatch.setattr(database, "_asked", lambda sql: answer if sql == asked else really(sql))
    assert sentence in told(database.look())


def test_clocks_and_time_zones_that_differ() -> None:
    now = clock.now()
    here = timezone.make_naive(now)
    assert told(database.compared(now, here)) == ""
    assert "3600 seconds apart" in told(database.compared(now + HOUR, here + HOUR))
    assert "disagree on what time it is" in told(database.compared(now, here + HOUR))


@pytest.mark.parametrize(
    ("total", "free", "is_full"),
    [(100_000, 50_000, False), (100_000, 4_000, True), (10_000, 900, True)],
)
def test_a_disk_that_is_nearly_full(total: int, free: int, is_full: bool) -> None:
    found = database.room(Path("/var"), usage(total * MB, (total - free) * MB, free * MB))
    assert told(found).startswith(f"The disk of /var has {free} MB left") == is_full


class Postman:
    """A mail server that knows one password and one mailbox."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take mail for the one mailbox."""
        if address != ADDRESS:
            return "550 5.1.1 nobody here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep a mail."""
        assert isinstance(envelope.content, bytes)
        self.texts.append(envelope.content.decode())
        return "250 OK"


@pytest.fixture
def postman(settings: Settings) -> Iterator[Postman]:
    """A real mail server, to which the settings lead with the right password."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "wijk", "right"
    settings.SITE = {"sender": ADDRESS}
    postman = Postman()

    def knows(
        _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any
    ) -> AuthResult:
        return AuthResult(success=data.password == b"right", handled=False)

    server = Controller(
        postman, hostname="127.0.0.1", port=port, authenticator=knows, auth_require_tls=False
    )
    server.start()
    yield postman
    server.stop()


def test_mail_that_goes_is_tried_by_a_mail(postman: Postman) -> None:
    assert told(mail.look()) == ""
    assert postman.texts == []
    assert told(mail.look(ADDRESS)) == ""
    assert "./wijkverbond doctor" in postman.texts[0]


def test_mail_that_nobody_can_answer(postman: Postman, settings: Settings) -> None:
    settings.SITE = {}
    assert "an address that nobody can answer" in told(mail.look())


def test_mail_that_goes_nowhere() -> None:
    [note] = mail.look()
    assert note.is_note


def test_mail_that_does_not_go(postman: Postman, settings: Settings) -> None:
    assert "takes no mail from us (SMTPRecipientsRefused: 550 5.1.1)" in told(
        mail.look("elders@wijk.example")
    )
    settings.EMAIL_HOST_PASSWORD = "wrong"
    assert "refuses our user and password" in told(mail.look())
    settings.EMAIL_USE_TLS = True
    assert "does not answer well" in told(mail.look())
    settings.EMAIL_PORT = 1
    assert "Connection refused" in told(mail.look())


class Quiet(WSGIRequestHandler):
    """Tells nobody of its requests."""

    def log_message(self, format: str, *args: Any) -> None:
        """Tell nothing."""


@contextmanager
def served(answer: Callable[..., Any]) -> Iterator[str]:
    """The address of a web server with this application."""
    with make_server("127.0.0.1", 0, answer, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def behind(*, host: str = "", forwarded: str = "", protocol: str = "") -> Callable[..., Any]:
    """The site behind a proxy that sends these."""

    def answer(environ: dict[str, Any], start_response: Any) -> Any:
        environ |= {"HTTP_X_FORWARDED_FOR": forwarded, "HTTP_X_FORWARDED_PROTO": protocol}
        environ["HTTP_HOST"] = host or environ["HTTP_HOST"]
        return application(environ, start_response)

    return answer


@pytest.mark.parametrize(
    ("proxy", "proxies", "sentence"),
    [
        (behind(), 0, ""),
        (behind(forwarded="203.0.113.7", protocol="http"), 1, ""),
        (behind(forwarded="203.0.113.7"), 0, "visitors together have the limits of one"),
        (behind(protocol="http"), 1, "a visitor can pretend to be another"),
        (behind(forwarded="203.0.113.7"), 1, "does not say that visitors come by http"),
        (behind(host="127.0.0.1:8000"), 0, "asks for 127.0.0.1:8000 instead of"),
        (behind(host="127.0.0.1"), 0, "proxy_set_header Host $http_host"),  # without the port
    ],
)
def test_what_proxies_send_is_held_against_the_settings(
    settings: Settings, proxy: Callable[..., Any], proxies: int, sentence: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    with served(proxy) as settings.SITE_ADDRESS:
        found = [*address.look()]
    assert sentence in told(found)
    assert len(found) == bool(sentence)


def elsewhere(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """Another site."""
    start_response("404 Not Found" if environ["PATH_INFO"] == "/gone/" else "200 OK", [])
    return [b"Welkom"]


def test_an_address_that_leads_elsewhere_or_nowhere(settings: Settings) -> None:
    with served(elsewhere) as place:
        settings.SITE_ADDRESS = place
        assert "another site answers" in told(address.look())
        settings.SITE_ADDRESS = f"{place}/gone"
        assert "answers with an error (404)" in told(address.look())
        settings.SITE_ADDRESS = place.replace("http:", "https:")
        assert "Browsers do not trust" in told(address.look())
    settings.SITE_ADDRESS = place
    [found] = address.look()
    assert "does not answer this machine (ConnectionRefusedError" in found.what
    assert found.is_note


@pytest.mark.django_db
def test_only_who_has_the_key_reads_how_a_request_arrives(
    client: Client, settings: Settings
) -> None:
    ours, forged = arrival.ticket(), arrival.ticket()[:-1]
    assert client.get("/", headers={arrival.HEADER: ours}).json()["forwarded"] == 0
    assert client.get("/", headers={arrival.HEADER: forged})["Content-Type"].startswith("text")
    settings.SECRET_KEY = "another"
    assert client.get("/", headers={arrival.HEADER: ours})["Content-Type"].startswith("text")


def test_what_cannot_be_looked_at_is_a_finding_and_no_traceback() -> None:
    def broken() -> list[Any]:
        raise RuntimeError(ADDRESS)

    assert told(doctor._found(broken)).startswith("This could not be looked at (RuntimeError).")


def test_the_doctor_tells_all_and_ends_with_a_status(tmp_path: Path) -> None:
    file = tmp_path / "settings.env"
    away = f"postgresql://wijkverbond:x@/wijkverbond?host={tmp_path}"
    near = {
        "WIJKVERBOND_ADDRESS": "http://127.0.0.1:1",
        "WIJKVERBOND_EMAIL_URL": "smtp://127.0.0.1:1",
    }
    lines = {**GOOD, "DATABASE_URL": away, **near}
    file.write_text("".join(f"{name}={value}\n" for name, value in lines.items()))
    ours = ("WIJKVERBOND_", "DATABASE_URL")
    env = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    command = [str(CHECKOUT / "wijkverbond"), "--env-file", str(file), "doctor"]
    answer = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    beginnings = [line.split(": ")[:2] for line in answer.stdout.splitlines()]
    assert beginnings[0] == ["ok     settings"]
    assert beginnings[1][0] == "wrong  database"
    assert beginnings[2][0] == "wrong  mail"
    assert beginnings[3] == ["ok     sign-in"]
    assert beginnings[4][0] == "note   address"
    assert "Traceback" not in answer.stderr


def test_who_reads_the_beginning_of_what_the_doctor_says_hears_no_fault() -> None:
    read, write = os.pipe()
    os.close(read)
    doctors = [sys.executable, "-m", "wijkverbond.config.doctor"]
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(CHECKOUT / "src")}
    answer = subprocess.run(doctors, env=env, stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert answer.stderr == b""
