"""Every fault has its line in the log, with the number that the page shows, and nothing of people."""

import asyncio
import json
import smtplib
from collections.abc import Iterator
from io import StringIO
from typing import Any

import psycopg
import pytest
from django.conf import settings as site_settings
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.db import DatabaseError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.utils.log import configure_logging, request_logger
from procrastinate import App
from procrastinate.testing import InMemoryConnector
from pytest_django.fixtures import Settings

from tests.elsewhere import elsewhere
from wijkverbond.accounts.models import User
from wijkverbond.config import logs
from wijkverbond.config import urls as site_urls
from wijkverbond.ui import request_log

NAME, ADDRESS, PHONE, SECRET = "Zwanenburg", "zwanenburg@wijk.example", "0612345678", "kW3xQ9"
NETWORK = "203.0.113.77"
OF_PEOPLE = (NAME, ADDRESS.partition("@")[0], PHONE, SECRET, NETWORK)
SENT = {"name": NAME, "email": ADDRESS, "phone": PHONE}


def broken(request: HttpRequest, fault: str, token: str) -> HttpResponse:
    """A page with a fault that has to do with what was sent."""
    return FAULTS[fault](request)


def number(request: HttpRequest) -> HttpResponse:
    """Takes a name for a number."""
    return HttpResponse(int(request.POST["name"]))


def field(request: HttpRequest) -> HttpResponse:
    """Asks for a field that was not sent."""
    return HttpResponse(request.POST[request.POST["email"]])


def account(request: HttpRequest) -> HttpResponse:
    """Stores an address that is there already."""
    User.objects.create(email=request.POST["email"])
    User.objects.create(email=request.POST["email"])
    return HttpResponse()


def type_of_value(request: HttpRequest) -> HttpResponse:
    """Asks the database for a number that is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::integer", [request.POST["phone"] + request.POST["name"]])
    return HttpResponse()


def rule(request: HttpRequest) -> HttpResponse:
    """Refuses a value, and nobody shows it."""
    raise ValidationError({"email": f"{request.POST['email']} is there already"})


def in_two_steps(request: HttpRequest) -> HttpResponse:
    """Fails because of another error."""
    try:
        return number(request)
    except ValueError as error:
        raise RuntimeError(f"about {request.POST['email']}") from error


def unreadable(request: HttpRequest) -> HttpResponse:
    """Cannot be what a browser sends."""
    raise SuspiciousOperation(request.POST["email"])


FAULTS = {
    "number": number,
    "field": field,
    "account": account,
    "type-of-value": type_of_value,
    "rule": rule,
    "in-two-steps": in_two_steps,
    "unreadable": unreadable,
}
urlpatterns = [
    *site_urls.urlpatterns,
    path("broken/<slug:fault>/<str:token>/", broken),
]
handler400, handler500 = site_urls.handler400, site_urls.handler500

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


class Log:
    """What stood in the log since the test began."""

    def __init__(self, stream: StringIO) -> None:
        self._stream = stream

    @property
    def text(self) -> str:
        """All of it."""
        return self._stream.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Its lines, each an object."""
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def log() -> Iterator[Log]:
    """The log as an installation writes it, in JSON."""
    stream = StringIO()
    configuration = logs.configure(as_json=True)
    configuration["handlers"]["stderr"]["stream"] = stream
    configure_logging(site_settings.LOGGING_CONFIG, configuration)
    yield Log(stream)
    configure_logging(site_settings.LOGGING_CONFIG, site_settings.LOGGING)


@pytest.fixture
def visitor() -> Client:
    """Somebody whose cookies, networks and addresses are nobody's business."""
    client = Client(raise_request_exception=False, headers={"x-forwarded-for": NETWORK})
    client.cookies["sessionid"] = SECRET
    return client


def told_of_people(log: Log) -> list[str]:
    """What of people stands in the log."""
    return [word for word in OF_PEOPLE if word.lower() in log.text.lower()]


def page_of(fault: str) -> str:
    """The address of a broken page, with a secret and a name in it."""
    return f"/broken/{fault}/{SECRET}/?naam={NAME}"


@pytest.mark.parametrize(
    ("fault", "cause"),
    [
        ("number", "ValueError"),
        ("field", "MultiValueDictKeyError"),
        ("account", 'UniqueViolation: 23505 duplicate key value violates unique constraint "'),
        ("type-of-value", "InvalidTextRepresentation: 22P02\n"),
        ("rule", "ValidationError"),
        ("in-two-steps", "RuntimeError"),
    ],
)
def test_a_fault_has_a_line_with_the_number_that_its_page_shows(
    log: Log, visitor: Client, fault: str, cause: str
) -> None:
    response = visitor.post(page_of(fault), SENT)
    assert response.status_code == 500
    [line] = [line for line in log.lines if line["level"] == "error"]
    assert line["request_id"] == response["X-Request-ID"]
    assert line["request_id"] in response.content.decode()
    assert line["event"] == "Internal Server Error"
    assert line["path"] == "/broken/…/…/"
    assert cause in line["exception"]
    assert f"in {fault.replace('-', '_')}\n" in line["exception"]
    assert not told_of_people(log)


def test_what_led_to_a_fault_is_told_too(log: Log, visitor: Client) -> None:
    visitor.post(page_of("in-two-steps"), SENT)
    told = log.lines[-1]["exception"]
    assert told.index("ValueError") < told.index("which led to") < told.index("RuntimeError")


def test_the_number_is_never_the_visitors_own(visitor: Client) -> None:
    first, second = (visitor.get("/", headers={"x-request-id": SECRET}) for _ in range(2))
    assert len({SECRET, first["X-Request-ID"], second["X-Request-ID"]}) == 3


def test_a_wrong_host_is_a_warning_with_the_host(
    log: Log, visitor: Client, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["ergens.nl"]
    response = visitor.get(page_of("number"), headers={"host": "elders.nl"})
    visitor.get(page_of("number"), headers={"host": ADDRESS})
    lines = [line for line in log.lines if line["event"] == "site.host_refused"]
    assert [line["host"] for line in lines] == ["elders.nl", "…"]
    assert lines[0]["request_id"] in response.content.decode()
    assert {line["level"] for line in log.lines} == {"warning"}
    assert "exception" not in log.text
    assert not told_of_people(log)


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({}, "CSRF cookie not set."),
        ({"origin": "https://elders.nl"}, "https://elders.nl does not match"),
        ({"origin": ADDRESS}, "failed -  does not match"),
        ({"referer": f"https://elders.nl/?{ADDRESS} {NAME}"}, "https://elders.nl does not match"),
        ({"referer": f"https://{ADDRESS}/"}, "failed -  does not match"),
    ],
)
def test_a_refused_form_is_a_warning_with_the_reason(
    log: Log, headers: dict[str, str], why: str
) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(page_of("number"), SENT, headers=headers, secure="referer" in headers)
    [line] = log.lines
    assert (line["event"], line["level"]) == ("site.form_refused", "warning")
    assert why in line["why"]
    assert line["request_id"] in response.content.decode()
    assert not told_of_people(log)


def test_a_request_that_cannot_be_read_is_a_warning(log: Log, visitor: Client) -> None:
    visitor.post(page_of("unreadable"), SENT)
    line = log.lines[-1]
    assert (line["event"], line["why"]) == ("site.request_refused", "SuspiciousOperation")
    assert not told_of_people(log)


def test_a_page_that_is_not_there_and_a_refusal_are_everyday(log: Log, client: Client) -> None:
    client.get(f"/nergens/{NAME}/")
    client.get("/weergave/")
    assert log.text == ""


def test_a_failed_job_is_told_with_its_cause(log: Log) -> None:
    app = App(connector=InMemoryConnector())

    @app.task(name="mail", retry=1)
    def mail(address: str) -> None:
        words = f"5.1.1 <{address}>: {NAME} unknown".encode()
        raise smtplib.SMTPRecipientsRefused({address: (550, words)})

    elsewhere(lambda: mail.defer(address=ADDRESS))
    elsewhere(
        lambda: app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
    )
    to_retry, failed = log.lines
    assert (to_retry["event"], to_retry["level"]) == ("job_error_retry", "info")
    assert (failed["event"], failed["level"]) == ("job_error", "error")
    assert failed["task"] == "mail"
    assert "SMTPRecipientsRefused: 550 5.1.1" in failed["exception"]
    assert not told_of_people(log)


def test_what_a_library_tells_is_told_without_its_values(log: Log) -> None:
    async def leave_an_error() -> None:
        async def fail() -> None:
            raise ValueError(ADDRESS)

        task = asyncio.create_task(fail())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        del task

    elsewhere(lambda: asyncio.run(leave_an_error()))
    request_logger.error("for %s at %5.1d: %r (%s)", ADDRESS, 3, OSError(2, "none", NAME), [PHONE])
    line, with_values = log.lines
    assert with_values["event"] == "for … at 3: FileNotFoundError: none (…)"
    assert line["logger"] == "asyncio"
    assert "ValueError" in line["exception"]
    assert not told_of_people(log)


def test_who_asked_for_what_is_told_only_when_that_is_wanted(
    log: Log, visitor: Client, settings: Settings
) -> None:
    request_log._warn_of_proxy.cache_clear()
    visitor.get(f"/uitnodiging/{SECRET}/?naam={NAME}")
    assert [line["event"] for line in log.lines] == ["site.proxy_not_counted"]
    settings.ACCESS_LOG = True
    visitor.get(f"/uitnodiging/{SECRET}/?naam={NAME}")
    line = log.lines[-1]
    assert (line["event"], line["method"], line["status"]) == ("site.answered", "GET", 404)
    assert line["path"] == "/uitnodiging/…/"
    assert not told_of_people(log)


def test_a_proxy_that_is_not_counted_is_told_once(
    log: Log, client: Client, settings: Settings
) -> None:
    request_log._warn_of_proxy.cache_clear()
    settings.TRUSTED_PROXIES = 1
    client.get("/", headers={"x-forwarded-for": NETWORK})
    assert log.text == ""
    settings.TRUSTED_PROXIES = 0
    for _ in range(2):
        client.get("/", headers={"x-forwarded-for": NETWORK})
    [line] = log.lines
    assert (line["event"], line["level"]) == ("site.proxy_not_counted", "warning")
    assert NETWORK not in log.text


@pytest.mark.parametrize(("error", "status"), [(DatabaseError, 500), (OperationalError, 503)])
def test_the_page_of_a_fault_needs_no_database(
    log: Log, visitor: Client, error: type[Exception], status: int
) -> None:
    def away(*_statement: object) -> None:
        raise error(ADDRESS)

    with connection.execute_wrapper(away):
        response = visitor.get("/")
    assert response.status_code == status
    assert response["X-Request-ID"] in response.content.decode()
    assert error.__name__ in log.lines[-1]["exception"]
    assert not told_of_people(log)


def test_of_a_database_that_is_away_the_traceback_is_told_once(log: Log, visitor: Client) -> None:
    def away(*_statement: object) -> None:
        raise OperationalError(ADDRESS) from psycopg.OperationalError("connection refused")

    with connection.execute_wrapper(away):
        for _visit in range(3):
            visitor.get("/")
    first, *more = log.lines
    assert "Traceback" not in str(more)
    assert "exception" in first
    assert [line["why"] for line in more] == ["OperationalError: connection refused"] * 2
    assert not told_of_people(log)


def test_what_a_machine_hears_of_a_trouble_is_no_fault(log: Log, client: Client) -> None:
    def away(*_statement: object) -> None:
        raise OperationalError

    with connection.execute_wrapper(away):
        assert client.get("/health").status_code == 503
    assert log.text == ""
