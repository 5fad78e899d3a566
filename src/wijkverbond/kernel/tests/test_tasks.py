"""What has done its work is removed by the worker, without anybody asking."""

import datetime as dt
from collections.abc import Coroutine
from typing import Any

import pytest
import time_machine
from asgiref.sync import async_to_sync
from django.db import connection
from django.db.models import F
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob
from procrastinate.periodic import PeriodicDeferrer
from procrastinate.tasks import Task

from tests.elsewhere import elsewhere
from wijkverbond.kernel import jobs, rate_limits, tasks
from wijkverbond.kernel.models import Limit

START = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
WEEK = dt.timedelta(days=7)
HOUR = dt.timedelta(hours=1)


def ended_job(status: str, ago: dt.timedelta) -> int:
    """A job that came to this end that long ago, or has waited since then."""
    jobs.defer("kernel.follow", streams=[])
    job: int = ProcrastinateJob.objects.latest("id").id
    ProcrastinateJob.objects.filter(id=job).update(status=status)
    ProcrastinateEvent.objects.filter(job=job).update(at=F("at") - ago)
    return job


def worker_seen(*, seconds_ago: int) -> int:
    """A worker that gave its last sign of life so long ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - make_interval(secs => %s)) RETURNING id",
            [seconds_ago],
        )
        return int(cursor.fetchone()[0])


def as_the_worker(task: Task[[int], Coroutine[Any, Any, None], []]) -> None:
    """Do it as the worker does: beside whatever runs an event loop here (the tests' browser)."""

    def do() -> None:
        try:
            async_to_sync(task.func)(0)
        finally:
            connection.close()

    elsewhere(do)


@pytest.mark.parametrize("name", ["kernel.forget", "kernel.forget_jobs", "kernel.take_up_jobs"])
def test_the_worker_does_it_by_itself(name: str) -> None:
    periodic = {task.task.name for task in app.periodic_registry.periodic_tasks.values()}
    assert name in periodic


@pytest.mark.django_db
def test_a_window_that_ended_is_removed_and_a_running_one_stays() -> None:
    with time_machine.travel(START, tick=False) as clock:
        rate_limits.allow("ended", 1, HOUR)
        rate_limits.allow("running", 1, 2 * HOUR)
        clock.shift(HOUR)
        tasks.forget(timestamp=0)
        assert Limit.objects.count() == 1
        assert not rate_limits.allow("running", 1, HOUR)


@pytest.mark.django_db(transaction=True)
def test_a_job_goes_a_week_after_it_came_to_an_end_and_a_waiting_one_stays() -> None:
    for end in ("succeeded", "failed", "cancelled", "aborted"):
        ended_job(end, WEEK + HOUR)
    stays = {ended_job("succeeded", WEEK - HOUR), ended_job("todo", 52 * WEEK)}
    as_the_worker(tasks.forget_jobs)
    assert set(ProcrastinateJob.objects.values_list("id", flat=True)) == stays


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_died_begins_again_and_one_that_is_being_done_goes_on() -> None:
    alive, dead = worker_seen(seconds_ago=20), worker_seen(seconds_ago=90)
    jobs_of = {worker: ended_job("todo", HOUR) for worker in (alive, dead, None)}
    for worker, job in jobs_of.items():
        ProcrastinateJob.objects.filter(id=job).update(status="doing", worker_id=worker)
    as_the_worker(tasks.take_up_jobs)
    begins_again = set(ProcrastinateJob.objects.filter(status="todo").values_list("id", flat=True))
    assert begins_again == {jobs_of[dead], jobs_of[None]}


def test_what_was_due_while_no_worker_ran_is_done_once() -> None:
    deferrer = PeriodicDeferrer(app.periodic_registry, **app.periodic_defaults)
    at_noon = dt.datetime(2026, 3, 2, 12, 30, tzinfo=dt.UTC).timestamp()
    due = [task.task.name for task, _at in deferrer.get_previous_tasks(at_noon)]
    assert due.count("urgency.count") == due.count("kernel.catch_up") == 1
