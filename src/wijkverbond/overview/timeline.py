"""The timeline: the public entries of the journal in words, newest first."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from wijkverbond.coalition.models import Coalition, Party
from wijkverbond.kernel import journal_queries
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.registry import PartyName
from wijkverbond.overview import records
from wijkverbond.register import queries as register

PER_PAGE = 40
SILENT = ("urgency.statement_counted", "insights.recognition_counted")
CHAPTERS: dict[str, str | Promise] = {
    "coalition": gettext_lazy("Who takes part"),
    "insights": gettext_lazy("Insights"),
    "urgency": gettext_lazy("What is needed"),
    "vision": gettext_lazy("Vision and goals"),
    "decisions": gettext_lazy("Decisions"),
    "commitments": gettext_lazy("Covenant and promises"),
    "actions": gettext_lazy("Doing, and requests"),
    "breakthroughs": gettext_lazy("Breakthroughs"),
    "results": gettext_lazy("Results"),
}


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
class Asked:
    """What the reader wants to see; anything that does not exist asks for everything."""

    chapter: str
    party: Party | None

    @property
    def query(self) -> str:
        """The same question for the next page."""
        party = f"partner={self.party.id}&" if self.party else ""
        return f"{party}deel={self.chapter}&" if self.chapter else party


def asked(chapter: str, party: str, parties: Sequence[Party]) -> Asked:
    """Read the filters from an address."""
    known = next((one for one in parties if str(one.id) == party), None)
    return Asked(chapter if chapter in CHAPTERS else "", known)


def page(
    coalition: Coalition, wanted: Asked, number: str | None
) -> tuple[Page[Entry], list[Moment]]:
    """A page of the timeline; the nearest one when there is none of that number."""
    entries = journal_queries.public_entries(coalition.id).exclude(event__in=SILENT)
    if wanted.chapter:
        entries = entries.filter(event__startswith=f"{wanted.chapter}.")
    if wanted.party:
        entries = entries.filter(party=wanted.party.id)
    found = Paginator(entries, PER_PAGE).get_page(number)
    return found, told(coalition, list(found))


def told(coalition: Coalition, entries: Sequence[Entry]) -> list[Moment]:
    """Entries in words, with the page and the trace of the record they are about."""
    parties = register.named(entries)
    return [_told(coalition, entry, parties) for entry in entries]


def _told(coalition: Coalition, entry: Entry, parties: Mapping[uuid.UUID, PartyName]) -> Moment:
    sort = records.about(entry)
    traced = sort.thing if sort and sort.thing in records.BY_THING else ""
    # The first sentences of a question come with it: they have no entry, so no trace, of their own.
    if traced == "statement" and entry.event not in records.BY_EVENT:
        traced = ""
    record = str(entry.facts.get(traced, "")) if traced else ""
    return Moment(
        timezone.localdate(entry.occurred_at or entry.at),
        register.in_words(entry, parties),
        parties.get(entry.party) if entry.party else None,
        records.page_of(sort, coalition.slug, entry.facts) if sort else "",
        (traced, record) if record else None,
    )
