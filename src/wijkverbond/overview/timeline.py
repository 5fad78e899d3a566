"""The timeline: the public entries of the journal in words, newest first."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.functional import Promise

from wijkverbond.coalition.models import Coalition, Party
from wijkverbond.kernel import journal_queries
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.registry import TIMELINE_CHAPTERS, PartyName
from wijkverbond.overview import record_types
from wijkverbond.register import queries as register

PER_PAGE = 40


@dataclasses.dataclass(frozen=True)
class Moment:
    """One thing that happened, as the page tells it."""

    on: dt.date
    words: str
    party: PartyName | None
    url: str
    trace: tuple[str, str] | None

    @property
    def month(self) -> dt.date:
        """The month it happened in."""
        return self.on.replace(day=1)


@dataclasses.dataclass(frozen=True)
class TimelineSelection:
    """What the reader wants to see; what does not exist selects everything."""

    chapter: str
    party: Party | None

    @property
    def query(self) -> str:
        """The same question for the next page."""
        party = f"partner={self.party.id}&" if self.party else ""
        return f"{party}deel={self.chapter}&" if self.chapter else party


def chapters() -> dict[str, str | Promise]:
    """What a reader can choose: the chapters by name, in their order."""
    in_order = sorted(TIMELINE_CHAPTERS, key=lambda chapter: chapter.order)
    return {chapter.name: chapter.title for chapter in in_order}


def selected(chapter: str, party: str, parties: Sequence[Party]) -> TimelineSelection:
    """Read the filters from an address."""
    chosen = next((each for each in parties if str(each.id) == party), None)
    return TimelineSelection(chapter if chapter in TIMELINE_CHAPTERS else "", chosen)


def page(
    coalition: Coalition, selection: TimelineSelection, number: str | None
) -> tuple[Page[Entry], list[Moment]]:
    """A page of the timeline; the nearest one when there is none of that number."""
    silent = [event.name for chapter in TIMELINE_CHAPTERS for event in chapter.silent]
    entries = journal_queries.public_entries(coalition.id).exclude(event__in=silent)
    if selection.chapter:
        entries = entries.filter(event__startswith=f"{selection.chapter}.")
    if selection.party:
        entries = entries.filter(party=selection.party.id)
    entries_page = Paginator(entries, PER_PAGE).get_page(number)
    return entries_page, moments(coalition, list(entries_page))


def moments(coalition: Coalition, entries: Sequence[Entry]) -> list[Moment]:
    """Entries in words, with the page and the trace of the record they are about."""
    parties = register.named(entries)
    return [_moment(coalition, entry, parties) for entry in entries]


def _moment(coalition: Coalition, entry: Entry, parties: Mapping[uuid.UUID, PartyName]) -> Moment:
    record_type = record_types.about(entry.event, entry.facts)
    url, trace = "", None
    if record_type:
        url = record_types.page_of(record_type, coalition.slug, entry.facts)
        if record_types.traced(entry, record_type):
            trace = (record_type.name, str(entry.facts[record_type.name]))
    return Moment(
        on=timezone.localdate(entry.occurred_at or entry.at),
        words=register.in_words(entry, parties),
        party=parties.get(entry.party) if entry.party else None,
        url=url,
        trace=trace,
    )
