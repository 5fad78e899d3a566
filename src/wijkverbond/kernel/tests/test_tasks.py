"""What has done its work is removed by the worker, without anybody asking."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from asgiref.sync import async_to_sync
from django.db import connection
from django.db.models import F
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

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


def remove_ended_jobs() -> None:
    """Do it as the worker does: beside whatever runs an event loop here (the tests' browser)."""
    try:
        async_to_sync(tasks.forget_jobs.func)(timestamp=0)
    finally:
        connection.close()


@pytest.mark.parametrize("name", ["kernel.forget", "kernel.forget_jobs"])
def test_the_worker_removes_by_itself(name: str) -> None:
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
    with ThreadPoolExecutor(1) as worker:
        worker.submit(remove_ended_jobs).result()
    assert set(ProcrastinateJob.objects.values_list("id", flat=True)) == stays
