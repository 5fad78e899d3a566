"""Followers read the journal with cursors of their own."""

import uuid
from collections.abc import Iterable

from django.db import transaction

from wijkverbond.kernel.models import Cursor, Entry, Stream
from wijkverbond.kernel.registry import FOLLOWERS, Follower

BATCH = 500


def follow(streams: Iterable[uuid.UUID]) -> None:
    """Let every follower read what is new in these streams."""
    for stream in sorted(set(streams)):
        for follower in FOLLOWERS:
            while _read(follower, stream):
                pass


def rebuild(name: str) -> None:
    """Let one follower start again from zero, in one transaction."""
    follower = FOLLOWERS[name]
    with transaction.atomic():
        follower.reset()
        Cursor.objects.filter(follower=name).delete()
        for stream in Stream.objects.order_by("id").values_list("id", flat=True):
            while _read(follower, stream):
                pass


@transaction.atomic
def _read(follower: Follower, stream: uuid.UUID) -> bool:
    Cursor.objects.get_or_create(follower=follower.name, stream_id=stream)
    cursor = Cursor.objects.select_for_update().get(follower=follower.name, stream_id=stream)
    entries = list(Entry.objects.filter(stream=stream, seq__gt=cursor.seq).order_by("seq")[:BATCH])
    if not entries:
        return False
    follower.handle(stream, entries)
    cursor.seq = entries[-1].seq
    cursor.save(update_fields=["seq"])
    return len(entries) == BATCH
