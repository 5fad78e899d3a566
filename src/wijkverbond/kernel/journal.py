"""What happened, when, by whom, for which party: written in the transaction of the change itself."""

import dataclasses
import datetime as dt
import itertools
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from wijkverbond.kernel import jobs, merkle, signing
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import Event, Fact, Text, moment
from wijkverbond.kernel.models import INSTALLATION, Entry
from wijkverbond.kernel.registry import FOLLOWERS
from wijkverbond.kernel.text_input import is_blank

LEAF_FORMAT = 1


def record(*events: Event, actor: Actor, stream: uuid.UUID | None = None) -> list[Entry]:
    """Record events in one stream: the given one, else the actor's coalition, else the installation.

    The last call of a service. Raises RuntimeError outside a transaction, and ValueError for a public
    event without a coalition (the clock's and the host's actors have none).
    """
    return record_in({stream or actor.coalition or INSTALLATION: events}, actor=actor)


def record_in(events: Mapping[uuid.UUID, Sequence[Event]], *, actor: Actor) -> list[Entry]:
    """Record events in several streams at once, locking them in sorted order.

    `at` is the actor's moment, or just after the entry before when that is later. Raises
    RuntimeError outside a transaction, ValueError or TypeError for what cannot be a fact,
    ValidationError for a text in which nobody can read anything, and CannotSign for a public event
    while the settings hold another key than that of the newest head.
    """
    return _record_in(events, actor, signing.next_head)


def record_key_change(
    events: Mapping[uuid.UUID, Event], *, actor: Actor, sign: signing.Sign
) -> list[Entry]:
    """Record that these streams go on with another key: `sign` makes the head that says so."""
    return _record_in({stream: [event] for stream, event in events.items()}, actor, sign)


def _record_in(
    events: Mapping[uuid.UUID, Sequence[Event]], actor: Actor, sign: signing.Sign
) -> list[Entry]:
    if not connection.in_atomic_block:
        raise RuntimeError("events are recorded in the transaction of the change")
    _check_readable(itertools.chain(*events.values()))
    streams = sorted(stream for stream in events if events[stream])
    entries: list[Entry] = []
    with connection.cursor() as cursor:
        for stream in streams:
            end = _lock(cursor, stream)
            end.sign = sign
            for event in events[stream]:
                end.add(event, actor)
            _write(cursor, end)
            entries += end.entries
    if streams and len(FOLLOWERS):
        jobs.defer("kernel.follow", streams=[str(stream) for stream in streams])
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


@dataclasses.dataclass
class _End:
    """The end of a stream while this transaction has it locked, and what is added to it."""

    stream: uuid.UUID
    length: int
    leaves: int
    last_at: dt.datetime | None
    frontier: list[bytes]
    newest_head: str
    sign: signing.Sign = signing.next_head
    entries: list[Entry] = dataclasses.field(default_factory=list)
    heads: list[tuple[int, str]] = dataclasses.field(default_factory=list)
    texts: list[tuple[int, str, Text]] = dataclasses.field(default_factory=list)

    def add(self, event: Event, actor: Actor) -> None:
        """Add an event as the next entry, and as the next leaf when it is public."""
        self.length += 1
        self.last_at = _after(self.last_at, actor.now)
        entry = Entry(
            stream_id=self.stream,
            seq=self.length,
            at=self.last_at,
            occurred_at=event.occurred_at,
            event=event.name,
            version=event.version,
            party=actor.party,
            person=actor.person,
            channel=actor.channel,
            facts=event.facts(),
            rests_on=list(event.rests_on),
        )
        self.entries.append(entry)
        self.texts += [(entry.seq, field, text) for field, text in event.texts().items()]
        if event.public:
            self._grow(entry)

    def _grow(self, entry: Entry) -> None:
        if self.stream == INSTALLATION:
            raise ValueError(f"{entry.event} is public: name the coalition's stream")
        entry.leaf = self.leaves
        self.frontier = merkle.grow(self.frontier, self.leaves, canonical(leaf(entry)))
        self.leaves += 1
        root = merkle.root(self.frontier)
        self.newest_head = self.sign(self.newest_head, self.stream, self.leaves, root)
        self.heads.append((self.leaves, self.newest_head))


def _check_readable(events: Iterable[Event]) -> None:
    texts = itertools.chain(*(event.texts().values() for event in events))
    if any(text.text and is_blank(text.text) for text in texts):
        raise ValidationError(_("Write something that others can read."))


def _after(previous: dt.datetime | None, now: dt.datetime) -> dt.datetime:
    return max(previous + dt.timedelta(microseconds=1), now) if previous else now


# Two statements for each stream, however many events: everybody who records in it waits this long.
# Through models it took five, four times as long (bench/journal.py).
_LOCK = """
    SELECT length, leaves, last_at, frontier, CASE WHEN leaves > 0
        THEN (SELECT checkpoint FROM kernel_head WHERE stream_id = %(stream)s AND size = leaves)
        ELSE (SELECT checkpoint FROM kernel_head ORDER BY id DESC LIMIT 1) END
    FROM kernel_stream WHERE id = %(stream)s FOR NO KEY UPDATE
"""
# Who waited for the lock got the stream as it is now, and its heads as they were before.
_HEAD = "SELECT checkpoint FROM kernel_head WHERE stream_id = %(stream)s AND size = %(leaves)s"
_MAKE = """
    INSERT INTO kernel_stream (id, length, leaves, frontier) VALUES (%(stream)s, 0, 0, '{}')
    ON CONFLICT DO NOTHING
"""
_WRITE = """
    WITH grown AS (
        UPDATE kernel_stream
        SET length = %(length)s, leaves = %(leaves)s, last_at = %(last_at)s, frontier = %(frontier)s
        WHERE id = %(stream)s
    ), headed AS (
        INSERT INTO kernel_head (stream_id, size, checkpoint)
        SELECT %(stream)s, size, checkpoint
        FROM jsonb_to_recordset(%(heads)s) AS new (size bigint, checkpoint text)
    ), written AS (
        INSERT INTO kernel_entry (
            stream_id, seq, at, occurred_at, event, version, party, person, channel, facts,
            rests_on, leaf
        )
        SELECT %(stream)s, new.* FROM jsonb_to_recordset(%(entries)s) AS new (
            seq bigint, at timestamptz, occurred_at timestamptz, event text, version smallint,
            party uuid, person uuid, channel text, facts jsonb, rests_on text[], leaf bigint
        ) ORDER BY seq
        RETURNING id, seq
    ), texts_written AS (
        INSERT INTO kernel_entrytext (entry_id, field, salt, text)
        SELECT written.id, new.field, decode(new.salt, 'hex'), new.text
        FROM jsonb_to_recordset(%(texts)s) AS new (seq bigint, field text, salt text, text text)
        JOIN written USING (seq)
    )
    SELECT id FROM written ORDER BY seq
"""
_COLUMNS = (
    "seq", "at", "occurred_at", "event", "version", "party", "person", "channel", "facts",
    "rests_on", "leaf",
)  # fmt: skip


def _lock(cursor: CursorWrapper, stream: uuid.UUID) -> _End:
    cursor.execute(_LOCK, {"stream": stream})
    row = cursor.fetchone()
    if row is None:
        cursor.execute(_MAKE, {"stream": stream})
        cursor.execute(_LOCK, {"stream": stream})
        row = cursor.fetchone()
    length, leaves, last_at, frontier, newest_head = row
    if leaves and newest_head is None:
        cursor.execute(_HEAD, {"stream": stream, "leaves": leaves})
        (newest_head,) = cursor.fetchone()
    return _End(stream, length, leaves, last_at, frontier, newest_head or "")


def _write(cursor: CursorWrapper, end: _End) -> None:
    entries = [{column: getattr(entry, column) for column in _COLUMNS} for entry in end.entries]
    texts = [
        {"seq": seq, "field": field, "salt": text.salt.hex(), "text": text.text}
        for seq, field, text in end.texts
    ]
    parameters: dict[str, Any] = {
        "stream": end.stream,
        "length": end.length,
        "leaves": end.leaves,
        "last_at": end.last_at,
        "frontier": end.frontier,
        "entries": json.dumps(entries, default=str),
        "heads": json.dumps([{"size": size, "checkpoint": text} for size, text in end.heads]),
        "texts": json.dumps(texts),
    }
    cursor.execute(_WRITE, parameters)
    for entry, (identity,) in zip(end.entries, cursor.fetchall(), strict=True):
        entry.id = identity
