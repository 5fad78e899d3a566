"""Appends to the journal: how many a second, each in a transaction of its own, against a bare write.

`./wijkverbond bench journal`. The comparison is a transaction that locks a row and inserts one. The
private database of `bench` does not wait for the disk (fsync off), so the figures are the software's.
"""

import statistics
import time
import uuid
from collections.abc import Callable

from django.core.management import call_command
from django.db import connection, transaction

from wijkverbond.kernel.actor import Actor, ActorKind
from wijkverbond.kernel.events import Event, Text, event
from wijkverbond.kernel.journal import record

ROUNDS = 7
APPENDS = 400


@event("bench.happened", "%(who)s did %(number)s")
class SmallEvent(Event):
    """An event of ordinary size."""

    thing: uuid.UUID
    kind: str
    number: int


@event("bench.said", "%(who)s said %(what)s")
class EventWithText(Event):
    """An event with free text."""

    thing: uuid.UUID
    what: Text


def main() -> None:
    """Print appends a second for one public event, one with text, ten in a call, and the bare write."""
    call_command("migrate", verbosity=0)
    stream = uuid.uuid4()
    actor = Actor(kind=ActorKind.RESIDENTS, party=uuid.uuid4(), coalition=stream)
    record_id = uuid.uuid4()
    small_event = SmallEvent(
        thing=record_id, kind="residents", number=1, rests_on=(f"goal:{record_id}",)
    )
    event_with_text = EventWithText(thing=record_id, what=Text("We open the hall on Saturdays."))
    _prepare_bare(stream)
    writes: dict[str, Callable[[], object]] = {
        "bare write": lambda: _bare(stream),
        "one event": lambda: record(small_event, actor=actor),
        "one event with text": lambda: record(event_with_text, actor=actor),
        "ten events in a call": lambda: record(*([small_event] * 10), actor=actor),
    }
    rates_by_name: dict[str, list[float]] = {name: [] for name in writes}
    for _ in range(ROUNDS):
        for name, write in writes.items():
            rates_by_name[name].append(_per_second(write))
    medians = {name: statistics.median(rates) for name, rates in rates_by_name.items()}
    for name, rate in medians.items():
        print(f"journal: {name}: {rate:.0f} transactions/s")
    print(f"journal: one event / bare write: {medians['one event'] / medians['bare write']:.2f}")


def _per_second(write: Callable[[], object]) -> float:
    began = time.perf_counter()
    for _ in range(APPENDS):
        with transaction.atomic():
            write()
    return APPENDS / (time.perf_counter() - began)


def _prepare_bare(stream: uuid.UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare_stream (id uuid PRIMARY KEY, length bigint)")
        cursor.execute(
            "CREATE TABLE bare_entry (id bigserial PRIMARY KEY, stream uuid, facts jsonb)"
        )
        cursor.execute("INSERT INTO bare_stream VALUES (%s, 0)", [stream])


def _bare(stream: uuid.UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT length FROM bare_stream WHERE id = %s FOR NO KEY UPDATE", [stream])
        cursor.execute("INSERT INTO bare_entry (stream, facts) VALUES (%s, '{}')", [stream])
        cursor.execute("UPDATE bare_stream SET length = length + 1 WHERE id = %s", [stream])
