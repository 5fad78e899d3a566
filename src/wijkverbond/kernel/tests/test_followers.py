"""Followers read every entry exactly once, whoever works, whatever failed."""

import threading
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connections, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import TaskNotFound

from wijkverbond.kernel import followers, jobs, registry, tasks
from wijkverbond.kernel.actor import system
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.models import Cursor, Entry, Limit
from wijkverbond.kernel.registry import Follower, Registry
from wijkverbond.kernel.tests.sample_events import Counted

ONE, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)


class Tally:
    """A follower that keeps what it read in a table, as rows of limits (any table would do)."""

    fails = False

    def handle(self, stream: uuid.UUID, entries: Sequence[Entry]) -> None:
        assert not self.fails
        limits = [Limit(key=f"{stream} {entry.seq}", used=0, ends_at=entry.at) for entry in entries]
        Limit.objects.bulk_create(limits)

    def reset(self) -> None:
        Limit.objects.all().delete()

    @property
    def read(self) -> list[str]:
        return sorted(Limit.objects.values_list("key", flat=True))


@pytest.fixture
def tally(monkeypatch: pytest.MonkeyPatch) -> Tally:
    """The only follower of this test."""
    tally = Tally()
    only: Registry[Follower] = Registry("follower of the journal")
    only.declare(Follower(name="tally", handle=tally.handle, reset=tally.reset))
    for module in (followers, registry):
        monkeypatch.setattr(module, "FOLLOWERS", only)
    monkeypatch.setattr("wijkverbond.kernel.journal.FOLLOWERS", only)
    monkeypatch.setattr(followers, "BATCH", 3)
    return tally


def record_events(times: int, stream: uuid.UUID = ONE) -> None:
    with transaction.atomic():
        record(*(Counted(number=number) for number in range(times)), actor=system(), stream=stream)


def keys(stream: uuid.UUID, last: int) -> list[str]:
    return sorted(f"{stream} {seq}" for seq in range(1, last + 1))


@pytest.mark.django_db
@pytest.mark.parametrize("times", [1, 2, 3, 4, 6, 7])
def test_every_entry_is_read_once_in_batches_of_any_size(tally: Tally, times: int) -> None:
    record_events(times)
    followers.follow([ONE, ONE])
    followers.follow([ONE])
    assert tally.read == keys(ONE, times)
    assert Cursor.objects.get().seq == times


@pytest.mark.django_db
def test_a_follower_goes_on_where_it_was_and_knows_streams_apart(tally: Tally) -> None:
    record_events(4)
    followers.follow([ONE])
    record_events(2)
    record_events(1, OTHER)
    followers.follow([OTHER])
    assert tally.read == keys(ONE, 4) + keys(OTHER, 1)
    followers.follow([ONE])
    assert tally.read == keys(ONE, 6) + keys(OTHER, 1)


@pytest.mark.django_db
def test_following_a_stream_without_entries_reads_nothing(tally: Tally) -> None:
    record_events(1)
    followers.follow([])
    assert (tally.read, followers.behind()) == ([], [ONE])


@pytest.mark.django_db
def test_a_rebuild_reads_everything_again_from_zero(tally: Tally) -> None:
    record_events(4)
    record_events(2, OTHER)
    followers.follow([ONE])
    Limit.objects.all().delete()
    followers.rebuild("tally")
    assert tally.read == keys(ONE, 4) + keys(OTHER, 2)


@pytest.mark.django_db
def test_an_unknown_follower_cannot_be_rebuilt(tally: Tally) -> None:
    with pytest.raises(ImproperlyConfigured, match="no follower of the journal 'other'"):
        followers.rebuild("other")


@pytest.mark.django_db(transaction=True)
def test_a_follower_that_fails_loses_nothing_and_does_not_hold_up_the_others(tally: Tally) -> None:
    numbers_read: list[int] = []
    registry.FOLLOWERS.declare(
        Follower(
            name="witness",
            handle=lambda stream, entries: numbers_read.extend(entry.seq for entry in entries),
            reset=numbers_read.clear,
        )
    )
    tally.fails = True
    record_events(4)
    with pytest.raises(ExceptionGroup, match="followers of the journal failed"):
        followers.follow([ONE])
    assert (numbers_read, tally.read, followers.behind()) == ([1, 2, 3, 4], [], [ONE])
    tally.fails = False
    tasks.catch_up(timestamp=0)
    assert (numbers_read, tally.read, followers.behind()) == ([1, 2, 3, 4], keys(ONE, 4), [])


@pytest.mark.django_db(transaction=True)
def test_two_workers_and_a_rebuild_at_once_read_every_entry_exactly_once(tally: Tally) -> None:
    """A row read twice would break the table's primary key; a row missed would be missing."""
    record_events(30)
    start = threading.Barrier(4)

    def repeat(work: Callable[[], None], times: int) -> None:
        try:
            start.wait()
            for _ in range(times):
                work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        working = [
            pool.submit(repeat, lambda: followers.rebuild("tally"), 5),
            pool.submit(repeat, lambda: followers.follow([ONE, OTHER]), 5),
            pool.submit(repeat, lambda: followers.follow([ONE, OTHER]), 5),
            pool.submit(repeat, lambda: record_events(2, OTHER), 10),
        ]
    assert [work.result() for work in working] == [None] * 4
    followers.follow([ONE, OTHER])
    assert tally.read == keys(ONE, 30) + keys(OTHER, 20)


@pytest.mark.django_db(transaction=True)
def test_what_a_reader_commits_while_a_rebuild_begins_is_not_lost(
    tally: Tally, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader is in the middle of its first batch of a new stream when the rebuild starts."""
    record_events(2)
    reading, resetting = threading.Event(), threading.Event()
    readers = ThreadPoolExecutor(1)

    def handle(stream: uuid.UUID, entries: Sequence[Entry]) -> None:
        tally.handle(stream, entries)
        reading.set()
        resetting.wait(0.5)

    def follow() -> None:
        followers.follow([ONE])
        connections.close_all()

    def reset() -> None:
        resetting.set()
        reader.result()
        tally.reset()

    slow: Registry[Follower] = Registry("follower of the journal")
    slow.declare(Follower(name="tally", handle=handle, reset=reset))
    monkeypatch.setattr(followers, "FOLLOWERS", slow)
    reader = readers.submit(follow)
    reading.wait(60)
    followers.rebuild("tally")
    assert tally.read == keys(ONE, 2)


@pytest.mark.django_db(transaction=True)
def test_followers_are_started_by_a_job_of_the_same_transaction(tally: Tally) -> None:
    before = [job.id for job in ProcrastinateJob.objects.all()]
    with transaction.atomic():
        record_events(1)
        transaction.set_rollback(True)
    assert len(before) == ProcrastinateJob.objects.count()
    record_events(1)
    job = ProcrastinateJob.objects.exclude(id__in=before).get()
    assert (job.task_name, job.args) == ("kernel.follow", {"streams": [str(ONE)]})
    tasks.follow(**job.args)
    assert tally.read == keys(ONE, 1)


@pytest.mark.django_db
def test_without_followers_there_is_no_job(monkeypatch: pytest.MonkeyPatch) -> None:
    nobody: Registry[Follower] = Registry("follower of the journal")
    monkeypatch.setattr("wijkverbond.kernel.journal.FOLLOWERS", nobody)
    before = ProcrastinateJob.objects.count()
    record_events(1)
    assert ProcrastinateJob.objects.count() == before


@pytest.mark.django_db
def test_a_job_that_no_task_would_do_is_refused() -> None:
    with pytest.raises(TaskNotFound):
        jobs.defer("kernel.misspelt")
