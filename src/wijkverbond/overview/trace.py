"""What a record rests on and what rests on it, walked through the public journal."""

import dataclasses
import uuid
from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from wijkverbond.coalition.models import Coalition
from wijkverbond.insights import presenters
from wijkverbond.insights import queries as insights
from wijkverbond.kernel import entry_text, journal_queries
from wijkverbond.kernel.entry_text import Lost
from wijkverbond.kernel.events import Text
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.registry import RECORD_TYPES, RecordType
from wijkverbond.overview import record_types
from wijkverbond.places.models import Place
from wijkverbond.register import queries as register
from wijkverbond.ui.navigation import TraceStep

SHOWN = 30
LONGEST = 160
FIGURE = "figure"


@dataclasses.dataclass(frozen=True)
class Trace:
    """A record with the chain before it and the chain after it, each in the order of the cycle."""

    record: TraceStep
    before: list[TraceStep]
    after: list[TraceStep]
    more_before: int
    more_after: int

    @property
    def chain(self) -> list[TraceStep]:
        """All steps in one row."""
        return [*self.before, self.record, *self.after]


@dataclasses.dataclass(frozen=True)
class _Graph:
    """The records of a coalition by reference, the entries of each, and what rests on what."""

    entries: Mapping[str, list[int]]
    rests_on: Mapping[str, set[str]]
    carries: Mapping[str, set[str]]


def trace(coalition: Coalition, type_name: str, record_id: uuid.UUID) -> Trace | None:
    """The trace of a record both ways; None when the public journal knows no such record here."""
    graph = _graph(coalition)
    reference = f"{type_name}:{record_id}"
    if reference not in graph.entries:
        return None
    before = _shown(_walk(reference, graph.rests_on))
    after = _shown(_walk(reference, graph.carries) - set(before))
    before, after = _in_order(before, graph), _in_order(after, graph)
    shown_before, shown_after = before[-SHOWN:], after[:SHOWN]
    steps = _steps(coalition, graph, [*shown_before, reference, *shown_after], reference)
    place = len(shown_before)
    return Trace(
        record=steps[place],
        before=steps[:place],
        after=steps[place + 1 :],
        more_before=len(before) - len(shown_before),
        more_after=len(after) - len(shown_after),
    )


def _graph(coalition: Coalition) -> _Graph:
    types = record_types.by_event()
    public = journal_queries.public_entries(coalition.id).filter(event__in=list(types))
    ordered = public.order_by("seq").prefetch_related(None)
    entries: dict[str, list[int]] = {}
    rests_on: dict[str, set[str]] = {}
    carries: dict[str, set[str]] = {}
    for identity, event, facts, rests in ordered.values_list("id", "event", "facts", "rests_on"):
        name = types[event].name
        reference = f"{name}:{facts.get(name)}"
        entries.setdefault(reference, []).append(identity)
        for base in rests:
            rests_on.setdefault(reference, set()).add(base)
            carries.setdefault(base, set()).add(reference)
    return _Graph(entries, rests_on, carries)


def _walk(start: str, edges: Mapping[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    ahead = [start]
    while ahead:
        new = edges.get(ahead.pop(), set()) - reached - {start}
        reached |= new
        ahead += new
    return reached


def _shown(references: Iterable[str]) -> list[str]:
    """Those that a trace shows; the rest is only walked through."""
    return [reference for reference in references if _is_shown(_type_name(reference))]


def _is_shown(type_name: str) -> bool:
    return type_name == FIGURE or (type_name in RECORD_TYPES and RECORD_TYPES[type_name].shown)


def _in_order(references: Iterable[str], graph: _Graph) -> list[str]:
    traceable = [
        reference
        for reference in references
        if reference in graph.entries or _type_name(reference) == FIGURE
    ]
    return sorted(traceable, key=lambda each: (_order(each), graph.entries.get(each, []), each))


def _order(reference: str) -> int:
    """The place of a record in the cycle, which begins with the figures."""
    name = _type_name(reference)
    return -1 if name == FIGURE else RECORD_TYPES[name].order


def _steps(
    coalition: Coalition, graph: _Graph, references: list[str], current: str
) -> list[TraceStep]:
    entry_ids = [entry for reference in references for entry in graph.entries.get(reference, [])]
    with_texts = Entry.objects.filter(id__in=entry_ids).prefetch_related("texts")
    entries = {entry.id: entry for entry in with_texts}
    parties = register.named(entries.values())
    buurten = insights.buurten(coalition)
    steps: list[TraceStep] = []
    for reference in references:
        if reference not in graph.entries:
            steps.append(_figure(reference, buurten))
            continue
        own = [entries[identity] for identity in graph.entries[reference]]
        record_type = RECORD_TYPES[_type_name(reference)]
        text = _text(own, record_type) or register.in_words(own[-1], parties)
        url = record_types.page_of(record_type, coalition.slug, own[-1].facts)
        label = Truncator(text).chars(LONGEST)
        steps.append(TraceStep(record_type.title, label, url, is_current=reference == current))
    return steps


def _text(entries: list[Entry], record_type: RecordType) -> str:
    """The newest words of a record that were not erased; nothing when others stand in their place."""
    texts = [entry_text.texts(entry).get(record_type.text, Lost.GONE) for entry in entries]
    kept = [text for text in texts if text is not Lost.GONE]
    return kept[-1].text if kept and isinstance(kept[-1], Text) else ""


def _figure(reference: str, buurten: Sequence[Place]) -> TraceStep:
    written = reference.removeprefix(f"{FIGURE}:")
    try:
        return TraceStep(
            _("Official figure"),
            presenters.figure_text(written, buurten),
            reverse("places:place", args=[written.split("/")[0]]),
        )
    except (KeyError, ValueError):
        return TraceStep(_("Official figure"), written)


def _type_name(reference: str) -> str:
    return reference.split(":", 1)[0]
