"""A part of a real site ends, is away or is replaced, and visitors are slow: it goes on by itself."""

import contextlib
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoDbBlocker

from wijkverbond.commitments.tests import killed_site
from wijkverbond.commitments.tests.killed_site import HOST, Site
from wijkverbond.config import settings
from wijkverbond.config.launch import processes
from wijkverbond.kernel import jobs

PAGE = "/spelregels/"
UNFINISHED = (
    "POST /inloggen/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nemail=",
    "GET / HTTP/1.1\r\nHost: local",
)


@pytest.fixture(scope="module")
def site(django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    """A site with a database of its own."""
    with django_db_blocker.unblock(), killed_site.serving() as started:
        yield started


def test_a_database_whose_machine_is_gone_is_not_waited_for_long() -> None:
    how = settings.DATABASE["OPTIONS"]
    assert how["connect_timeout"] <= 10  # seconds, to begin
    assert how["tcp_user_timeout"] <= 15_000  # milliseconds, for what was sent and not taken
    assert how["keepalives_idle"] <= 10  # seconds, for an answer that does not come


def soon(holds: Callable[[], bool], otherwise: str) -> None:
    """Wait until something holds, at most a minute and a half."""
    processes.wait_until(holds, seconds=90, otherwise=lambda: otherwise)


def children(process: int) -> set[int]:
    """The processes that a process started."""
    return set(map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split()))


def replaces_all_and_refuses_nobody(site: Site) -> None:
    """All processes of the web server are replaced while somebody visits the site."""
    server = site.parts["web"].pid
    before = children(server)
    answers: list[int] = []
    replaced = threading.Event()

    def visit() -> None:
        while not replaced.is_set():
            answers.append(site.visit(PAGE)[0])

    visitor = threading.Thread(target=visit)
    visitor.start()
    try:
        site.parts["web"].send_signal(signal.SIGHUP)
        soon(lambda: not children(server) & before, "The processes were not replaced.")
    finally:
        replaced.set()
        visitor.join()
    assert set(answers) == {200}


def test_while_the_database_is_away_strangers_read_on_and_everyone_hears_when_it_is_back(
    site: Site,
) -> None:
    assert site.visit(PAGE)[0] == 200
    connection.close()
    site.kill("database")
    try:
        status, page, retry_after = site.visit("/w/nergens/")
        assert (status, retry_after) == (503, "30")
        assert "We zijn zo terug" in page
        assert site.visit("/health?part=web")[:2] == (
            503,
            '{"status": "trouble", "causes": ["database"]}',
        )
    finally:
        site.start("database")
    assert site.visit("/w/nergens/")[0] == 404


def test_the_worker_waits_for_the_database(site: Site) -> None:
    site.start("worker")
    connection.close()
    site.kill("database")
    site.start("database")
    jobs.defer("kernel.catch_up", timestamp=0)
    waiting = ProcrastinateJob.objects.filter(task_name="kernel.catch_up", status="todo")
    soon(lambda: not waiting.exists(), "The worker does nothing any more.")
    assert site.parts["worker"].poll() is None


def test_who_sends_slowly_keeps_nobody_from_an_answer(site: Site) -> None:
    with contextlib.ExitStack() as stack:
        for beginning in UNFINISHED * 30:
            slow = stack.enter_context(socket.create_connection((HOST, site.port)))
            slow.sendall(beginning.encode())
        assert site.visit(PAGE)[0] == 200


def test_a_process_of_the_web_server_that_ends_is_started_again_and_all_can_be_replaced(
    site: Site, is_long: bool
) -> None:
    server = site.parts["web"].pid
    before = children(server)
    ended = max(before)
    os.kill(ended, signal.SIGKILL)
    soon(
        lambda: ended not in children(server) and len(children(server)) == len(before),
        "The process was not started again.",
    )
    if is_long:  # each process gets fifteen seconds to begin
        replaces_all_and_refuses_nobody(site)
