"""Followers read the journal with cursors of their own.

Sequence numbers of a stream become visible in order, because they are given out under the stream's
lock; so a follower that has read up to a number has missed nothing before it.
"""

import uuid
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from wijkverbond.kernel.models import Cursor, Entry, Stream
from wijkverbond.kernel.registry import FOLLOWERS, Follower

BATCH = 500


def follow(streams: Iterable[uuid.UUID]) -> None:
    """Let every follower read what is new in these streams.

    A follower that fails does not hold up the others; what went wrong is raised after that.
    """
    failures: list[Exception] = []
    to_read = sorted(set(streams))
    for follower in FOLLOWERS:
        try:
            for stream in to_read:
                _read_to_the_end(follower, stream)
        except Exception as failure:  # noqa: BLE001 - raised below, with the others
            failures.append(failure)
    if failures:
        raise ExceptionGroup("followers of the journal failed", failures)


def behind() -> list[uuid.UUID]:
    """The streams that some follower has not read to the end: its worker was killed, or it failed."""
    behind: set[uuid.UUID] = set()
    for follower in FOLLOWERS:
        up_to_date = Cursor.objects.filter(
            stream=OuterRef("id"), follower=follower.name, seq__gte=OuterRef("length")
        )
        unread = Stream.objects.filter(~Exists(up_to_date), length__gt=0)
        behind.update(unread.values_list("id", flat=True))
    return sorted(behind)


@transaction.atomic
def rebuild(name: str) -> None:
    """Let one follower start again from zero, in one transaction; nobody follows meanwhile."""
    follower = FOLLOWERS[name]
    with connection.cursor() as cursor:
        # Waits for whoever is reading: what they wrote is then there to be reset.
        cursor.execute("LOCK TABLE kernel_cursor IN EXCLUSIVE MODE")
    Cursor.objects.filter(follower=name).update(seq=0)
    follower.reset()
    for stream in Stream.objects.order_by("id").values_list("id", flat=True):
        _read_to_the_end(follower, stream)


def _read_to_the_end(follower: Follower, stream: uuid.UUID) -> None:
    while _read_batch(follower, stream):
        pass


@transaction.atomic
def _read_batch(follower: Follower, stream: uuid.UUID) -> bool:
    """Read one batch; whether there may be more."""
    cursor = _locked_cursor(follower, stream)
    entries = list(Entry.objects.filter(stream=stream, seq__gt=cursor.seq).order_by("seq")[:BATCH])
    if entries:
        follower.handle(stream, entries)
        cursor.seq = entries[-1].seq
        cursor.save(update_fields=["seq"])
    return len(entries) == BATCH


def _locked_cursor(follower: Follower, stream: uuid.UUID) -> Cursor:
    """The follower's cursor, for this transaction alone."""
    cursors = Cursor.objects.select_for_update(no_key=True)
    own_cursor = cursors.filter(follower=follower.name, stream_id=stream)
    cursor = own_cursor.first()
    if cursor is None:
        beginning = Cursor(follower=follower.name, stream_id=stream)
        Cursor.objects.bulk_create([beginning], ignore_conflicts=True)
        cursor = own_cursor.get()
    return cursor
