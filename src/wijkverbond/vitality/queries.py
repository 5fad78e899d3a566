"""The reading of a coalition: its journal, folded up to a date."""

import datetime as dt
import itertools
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import cache

from wijkverbond.analysis.vitality.ledger import EntryFacts
from wijkverbond.analysis.vitality.reading import VitalityReading, read
from wijkverbond.coalition.models import Coalition
from wijkverbond.kernel import journal_queries
from wijkverbond.kernel.models import Entry, Stream

FIELDS = ("id", "seq", "at", "occurred_at", "event", "party", "facts", "rests_on")


@dataclass(frozen=True)
class Outline:
    """What other pages tell of a reading, in codes."""

    overall: str
    weakest: str
    step: str


def reading(coalition: Coalition, as_of: dt.date) -> VitalityReading:
    """The reading at the end of a date, in Amsterdam."""
    entries = journal_queries.entries(coalition.id).values_list(*FIELDS)
    return read((EntryFacts(*entry) for entry in entries.iterator()), as_of)


def outlines(coalitions: Iterable[uuid.UUID], today: dt.date) -> dict[uuid.UUID, Outline]:
    """The outline of each coalition's reading of today, in two queries or one.

    A reading changes only when something is recorded or a day passes, so it is kept by the last
    sequence and the day; what is not kept is folded once.
    """
    ends = Stream.objects.filter(id__in=list(coalitions)).values_list("id", "length")
    keys = {stream: f"vitality:{stream}:{length}:{today}" for stream, length in ends}
    cached: dict[str, Outline] = cache.get_many(keys.values())
    missing = [stream for stream, key in keys.items() if key not in cached]
    if missing:
        folded = {keys[stream]: outline for stream, outline in _folded(missing, today)}
        cache.set_many(folded, timeout=2 * 24 * 3600)
        cached |= folded
    return {stream: cached[key] for stream, key in keys.items() if key in cached}


def _folded(streams: list[uuid.UUID], today: dt.date) -> Iterable[tuple[uuid.UUID, Outline]]:
    entries = Entry.objects.filter(stream__in=streams).order_by("stream", "seq")
    rows = entries.values_list("stream", *FIELDS).iterator()
    for stream, lines in itertools.groupby(rows, key=lambda row: row[0]):
        reading = read((EntryFacts(*line[1:]) for line in lines), today)
        step = reading.conditions[reading.weakest].step
        yield stream, Outline(reading.overall, reading.weakest, step.code if step else "")
