"""What happened, when, by whom, for which party: written in the transaction of the change itself."""

import base64
import dataclasses
import datetime as dt
import functools
import json
import uuid
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.db import connection

from wijkverbond.kernel import jobs, merkle
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import Event, Fact, Text, moment
from wijkverbond.kernel.models import INSTALLATION, Entry, EntryText, Head, Stream
from wijkverbond.kernel.registry import FOLLOWERS

LEAF_FORMAT = 1


def record(*events: Event, actor: Actor, stream: uuid.UUID | None = None) -> list[Entry]:
    """Record events in one stream: the given one, else the actor's coalition, else the installation.

    The last call of a service. Raises RuntimeError outside a transaction.
    """
    return record_in({stream or actor.coalition or INSTALLATION: events}, actor=actor)


def record_in(events: Mapping[uuid.UUID, Sequence[Event]], *, actor: Actor) -> list[Entry]:
    """Record events in several streams at once, locking them in sorted order."""
    if not connection.in_atomic_block:
        raise RuntimeError("events are recorded in the transaction of the change")
    entries: list[Entry] = []
    for stream_id in sorted(events):
        entries += _append(_lock(stream_id), events[stream_id], actor)
    if any(True for _ in FOLLOWERS):
        jobs.defer("kernel.follow", streams=[str(stream_id) for stream_id in sorted(events)])
    return entries


def leaf(entry: Entry) -> dict[str, Fact]:
    """The public form of an entry: what the register shows, signs and exports."""
    assert entry.leaf is not None
    public: dict[str, Fact] = {
        "format": LEAF_FORMAT,
        "stream": str(entry.stream_id),
        "index": entry.leaf,
        "at": moment(entry.at),
        "event": entry.event,
        "version": entry.version,
        "facts": entry.facts,
        "rests_on": list(entry.rests_on),
    }
    if entry.party:
        public["party"] = str(entry.party)
    if entry.occurred_at:
        public["occurred_at"] = moment(entry.occurred_at)
    return public


def canonical(value: Fact) -> bytes:
    """The bytes that are hashed: sorted keys, no spaces, ASCII only."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


@functools.cache
def signer() -> merkle.Signer:
    """The installation's signing key, from the settings."""
    return merkle.Signer(settings.REGISTER_NAME, base64.b64decode(settings.REGISTER_SEED))


def origin(stream: uuid.UUID) -> str:
    """The first line of a stream's signed heads: installation and stream."""
    return f"{settings.REGISTER_NAME}/{stream}"


def _lock(stream_id: uuid.UUID) -> Stream:
    Stream.objects.get_or_create(id=stream_id)
    return Stream.objects.select_for_update().get(id=stream_id)


@dataclasses.dataclass
class _Batch:
    entries: list[Entry] = dataclasses.field(default_factory=list)
    heads: list[Head] = dataclasses.field(default_factory=list)
    texts: list[tuple[Entry, str, Text]] = dataclasses.field(default_factory=list)


def _append(stream: Stream, events: Sequence[Event], actor: Actor) -> list[Entry]:
    batch = _Batch()
    for event in events:
        _add(batch, stream, event, actor)
    Entry.objects.bulk_create(batch.entries)
    Head.objects.bulk_create(batch.heads)
    EntryText.objects.bulk_create(
        EntryText(entry=entry, field=field, salt=text.salt, text=text.text)
        for entry, field, text in batch.texts
    )
    stream.save(update_fields=["length", "leaves", "last_at", "frontier"])
    return batch.entries


def _add(batch: _Batch, stream: Stream, event: Event, actor: Actor) -> None:
    stream.length += 1
    stream.last_at = _after(stream.last_at, actor.now)
    entry = Entry(
        stream=stream,
        seq=stream.length,
        at=stream.last_at,
        occurred_at=event.occurred_at,
        event=event.name,
        version=event.version,
        party=actor.party,
        person=actor.person,
        channel=actor.channel,
        facts=event.facts(),
        rests_on=list(event.rests_on),
    )
    batch.entries.append(entry)
    batch.texts += [(entry, field, text) for field, text in event.texts().items()]
    if event.public:
        batch.heads.append(_grow(stream, entry))


def _grow(stream: Stream, entry: Entry) -> Head:
    entry.leaf = stream.leaves
    before = [bytes(part) for part in stream.frontier]
    frontier = merkle.grow(before, stream.leaves, canonical(leaf(entry)))
    stream.frontier = [*frontier]
    stream.leaves += 1
    checkpoint = signer().checkpoint(origin(stream.id), stream.leaves, merkle.root(frontier))
    return Head(stream=stream, size=stream.leaves, checkpoint=checkpoint)


def _after(previous: dt.datetime | None, now: dt.datetime) -> dt.datetime:
    return max(previous + dt.timedelta(microseconds=1), now) if previous else now
