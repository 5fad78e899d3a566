"""The types of record that capabilities declare: which of them an entry is about, and its page."""

from collections.abc import Iterable, Mapping

from django.urls import reverse

from wijkverbond.kernel.events import DECLARED
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.registry import RECORD_TYPES, RecordType


def by_event() -> Mapping[str, RecordType]:
    """The types of record by the names of the events that bring them about."""
    return {event.name: each for each in RECORD_TYPES for event in each.events}


def about(event: str, facts: Iterable[str]) -> RecordType | None:
    """What an event with these facts is about: the record that it brings about, or names.

    Of several that it names, the one that comes last in the cycle.
    """
    if brought_about := by_event().get(event):
        return brought_about
    if event not in DECLARED:
        return None
    named_types = [each for each in RECORD_TYPES if each.fact and each.name in facts]
    return max(named_types, key=lambda each: each.order, default=None)


def page_of(record_type: RecordType, slug: str, facts: Mapping[str, object]) -> str:
    """The page on which a record is told; empty when these facts do not say of which."""
    if not record_type.fact:
        return reverse(record_type.address, args=[slug])
    if record_type.fact not in facts:
        return ""
    return reverse(record_type.address, args=[slug, facts[record_type.fact]])


def traced(entry: Entry, record_type: RecordType) -> bool:
    """Whether the record that an entry is about has a trace: it is brought about by an entry."""
    if record_type.name not in entry.facts:
        return False
    has_entry = record_type.each_recorded and record_type.events
    return bool(has_entry) or entry.event in by_event()
