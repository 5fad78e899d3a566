"""A part of a real site is killed, away or replaced, and visitors are slow: it goes on by itself.

Nothing that was confirmed is lost, and nothing is there twice. One site for all, because it takes long
to start; `./wijkverbond test --long` kills it hundreds of times.
"""

import concurrent.futures
import contextlib
import os
import random
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest
from django.core.management import call_command
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoDbBlocker

from tests import make, mixed_load, real_site
from tests.real_site import HOST, Site, soon
from wijkverbond.config import settings
from wijkverbond.kernel import jobs
from wijkverbond.register import verify

PAGE = "/spelregels/"
PARTS, LONG_ROUNDS, LAUNCHER_ROUNDS = ("web", "worker", "database"), 60, 20
MORE_THAN_THREADS = 40
VISITS_TO_ALL = 20  # one of two processes answers each
UNFINISHED = (
    "POST /inloggen/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nemail=",
    "GET / HTTP/1.1\r\nHost: local",
)


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    """A site with a database of its own."""
    with django_db_blocker.unblock(), real_site.serving() as started:
        yield started


def test_a_database_whose_machine_is_gone_is_not_waited_for_long() -> None:
    how = settings.DATABASE["OPTIONS"]
    assert how["connect_timeout"] <= 10  # seconds, to begin
    assert how["tcp_user_timeout"] <= 15_000  # milliseconds, for what was sent and not taken
    assert how["keepalives_idle"] <= 10  # seconds, for an answer that does not come


def works(site: Site) -> None:
    """The worker does what it is asked."""
    jobs.defer("kernel.catch_up", timestamp=0)
    waiting = ProcrastinateJob.objects.filter(task_name="kernel.catch_up", status="todo")
    soon(lambda: not waiting.exists(), f"The worker does nothing: {site.log('worker')[-2000:]}")


def children(process: int) -> set[int]:
    """The processes that a process started."""
    return set(map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split()))


def descendants(process: int) -> list[int]:
    """A process and all that it started, and they started."""
    return [process, *(one for child in children(process) for one in descendants(child))]


def replaces_all_and_refuses_nobody(site: Site) -> None:
    """All processes of the web server are replaced while somebody visits the site."""
    server = site.parts["web"].pid
    before = children(server)
    answers: list[int] = []
    replaced = threading.Event()

    def visit() -> None:
        while not replaced.is_set():
            answers.append(site.visit(PAGE).status)

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
    site: Site, is_long: bool
) -> None:
    assert site.visit(PAGE).status == 200
    site.kill("database")
    back_at = time.monotonic() + (60 if is_long else 0)
    try:
        while True:
            away = site.visit("/w/nergens/")
            assert (away.status, away.retry_after) == (503, "30")
            assert "We zijn zo terug" in away.text
            health = site.visit("/health?part=web")
            assert (health.status, health.text) == (
                503,
                '{"status": "trouble", "causes": ["database"]}',
            )
            if time.monotonic() > back_at:
                break
        assert "Service Unavailable" in site.log("web")
        assert {site.parts[part].poll() for part in ("web", "worker")} == {None}
    finally:
        site.start("database")
    assert site.visit("/w/nergens/").status == 404


def test_a_database_that_hangs_while_its_machine_answers_holds_nobody(site: Site) -> None:
    """It is stopped, so it ends no statement, and what is sent to it is taken all the same."""
    assert site.visit("/w/nergens/").status == 404
    hanging = descendants(site.parts["database"].pid)
    for process in hanging:
        os.kill(process, signal.SIGSTOP)
    try:
        with concurrent.futures.ThreadPoolExecutor(MORE_THAN_THREADS) as visitors:
            visits = [*visitors.map(site.visit, ["/w/nergens/"] * MORE_THAN_THREADS)]
        assert {visit.status for visit in visits} == {503}
        assert site.visit("/health?part=web").status == 503
    finally:
        for process in hanging:
            os.kill(process, signal.SIGCONT)
    soon(
        lambda: {site.visit("/w/nergens/").status for _visit in range(VISITS_TO_ALL)} == {404},
        "Not all of its processes find the database back.",
    )


def test_the_worker_waits_for_the_database(site: Site) -> None:
    works(site)
    site.kill("database")
    soon(lambda: "Connection refused" in site.log("worker"), "The worker notices nothing.")
    site.start("database")
    works(site)
    assert "worker.database_away" in site.log("worker")
    assert site.parts["worker"].poll() is None


def test_who_sends_slowly_keeps_nobody_from_an_answer(site: Site) -> None:
    with contextlib.ExitStack() as stack:
        for beginning in UNFINISHED * 30:
            slow = stack.enter_context(socket.create_connection((HOST, site.port)))
            slow.sendall(beginning.encode())
        assert site.visit(PAGE).status == 200


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


@contextlib.contextmanager
def launched(site: Site) -> Iterator[None]:
    """The launcher runs web server and worker during the block."""
    for part in ("worker", "web"):
        site.kill(part)
    site.start("launcher")
    yield
    site.kill("launcher")
    for part in ("worker", "web"):
        site.start(part)


def test_whatever_is_killed_nothing_confirmed_is_lost_and_nothing_is_there_twice(
    site: Site, tmp_path: Path, is_long: bool
) -> None:
    world = make.world()
    signing = mixed_load.Signing(site, world)
    mailing = mixed_load.Mailing(site)
    works = [signing, mixed_load.Answering(site, world), mixed_load.Importing(tmp_path), mailing]

    def survive(kills: Sequence[str]) -> None:
        for part in kills:
            mixed_load.everyone_at_once(works, partial(site.kill, part))
            site.start(part)
            for work in works:
                work.check()

    rounds = LONG_ROUNDS if is_long else 1
    survive(random.sample([*PARTS] * rounds, len(PARTS) * rounds))
    if is_long:  # its start takes long; config/tests/test_launch_processes.py kills it once
        with launched(site):
            survive(["launcher"] * LAUNCHER_ROUNDS)
    sys.stdout.write(
        f"kills by signatures after it: {sorted(signing.rounds_by_signatures.items())}\n"
    )
    mailing.check_all_arrived(at_once=not is_long)
    register = tmp_path / "register.json"
    with register.open("w") as out:
        call_command("register", "export", world.coalition.slug, stdout=out)
    assert verify.main([str(register)]) == 0
