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
from wijkverbond.kernel import journal_queries
from wijkverbond.kernel.models import Entry
from wijkverbond.overview import records
from wijkverbond.places.models import Place
from wijkverbond.register import queries as register
from wijkverbond.ui.navigation import TraceStep

SHOWN = 30
LONGEST = 160
UNSEEN = ("reading", "check_in")
"""Walked through, and not shown: they stand with the sentences and the promises."""


@dataclasses.dataclass(frozen=True)
class Trace:
    """A record with the chain before it and the chain after it, each in the order of the cycle."""

    here: TraceStep
    before: list[TraceStep]
    after: list[TraceStep]
    more_before: int
    more_after: int

    @property
    def chain(self) -> list[TraceStep]:
        """All steps in one row."""
        return [*self.before, self.here, *self.after]


@dataclasses.dataclass(frozen=True)
class _Graph:
    """The records of a coalition by reference, the entries of each, and what rests on what."""

    entries: Mapping[str, list[int]]
    rests_on: Mapping[str, set[str]]
    carries: Mapping[str, set[str]]


def trace(coalition: Coalition, thing: str, record: uuid.UUID) -> Trace | None:
    """The trace of a record both ways; None when the public journal knows no such record here."""
    graph = _graph(coalition)
    reference = f"{thing}:{record}"
    if reference not in graph.entries:
        return None
    before = _seen(_walk(reference, graph.rests_on))
    after = _seen(_walk(reference, graph.carries) - set(before))
    before, after = _in_order(before, graph), _in_order(after, graph)
    shown_before, shown_after = before[-SHOWN:], after[:SHOWN]
    steps = _steps(coalition, graph, [*shown_before, reference, *shown_after], reference)
    place = len(shown_before)
    return Trace(
        here=steps[place],
        before=steps[:place],
        after=steps[place + 1 :],
        more_before=len(before) - len(shown_before),
        more_after=len(after) - len(shown_after),
    )


def _graph(coalition: Coalition) -> _Graph:
    public = journal_queries.public_entries(coalition.id).filter(event__in=list(records.BY_EVENT))
    entries_in_order = public.order_by("seq").prefetch_related(None)
    entries: dict[str, list[int]] = {}
    rests_on: dict[str, set[str]] = {}
    carries: dict[str, set[str]] = {}
    for identity, event, facts, rests in entries_in_order.values_list(
        "id", "event", "facts", "rests_on"
    ):
        thing = records.BY_EVENT[event].thing
        reference = f"{thing}:{facts.get(thing)}"
        entries.setdefault(reference, []).append(identity)
        for base in rests:
            rests_on.setdefault(reference, set()).add(base)
            carries.setdefault(base, set()).add(reference)
    return _Graph(entries, rests_on, carries)


def _walk(start: str, edges: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    ahead = [start]
    while ahead:
        new = edges.get(ahead.pop(), set()) - seen - {start}
        seen |= new
        ahead += new
    return seen


def _seen(references: Iterable[str]) -> list[str]:
    return [
        reference
        for reference in references
        if _thing(reference) not in UNSEEN and _known(_thing(reference))
    ]


def _known(thing: str) -> bool:
    return thing == "figure" or thing in records.BY_THING


def _in_order(references: Iterable[str], graph: _Graph) -> list[str]:
    known = [
        reference
        for reference in references
        if reference in graph.entries or _thing(reference) == "figure"
    ]
    return sorted(
        known,
        key=lambda reference: (
            records.ORDER.get(_thing(reference), -1),
            graph.entries.get(reference, []),
            reference,
        ),
    )


def _steps(
    coalition: Coalition, graph: _Graph, references: list[str], here: str
) -> list[TraceStep]:
    wanted = [entry for one in references for entry in graph.entries.get(one, [])]
    entries = {one.id: one for one in Entry.objects.filter(id__in=wanted).prefetch_related("texts")}
    parties = register.named(entries.values())
    buurten = insights.buurten(coalition)
    steps: list[TraceStep] = []
    for reference in references:
        if reference not in graph.entries:
            steps.append(_figure(reference, buurten))
            continue
        told = [entries[one] for one in graph.entries[reference]]
        sort = records.BY_THING[_thing(reference)]
        label = Truncator(_text(told, sort) or register.in_words(told[-1], parties)).chars(LONGEST)
        url = records.page_of(sort, coalition.slug, told[-1].facts)
        steps.append(TraceStep(sort.name, label, url, here=reference == here))
    return steps


def _text(entries: list[Entry], sort: records.Sort) -> str:
    """The newest words of a record that were not erased."""
    texts = [
        text.text for entry in entries for text in entry.texts.all() if text.field == sort.field
    ]
    return texts[-1] if texts else ""


def _figure(reference: str, buurten: Sequence[Place]) -> TraceStep:
    written = reference.removeprefix("figure:")
    try:
        return TraceStep(
            _("Official figure"),
            presenters.figure_text(written, buurten),
            reverse("places:place", args=[written.split("/")[0]]),
        )
    except (KeyError, ValueError):
        return TraceStep(_("Official figure"), written)


def _thing(reference: str) -> str:
    return reference.split(":", 1)[0]
