"""Every event in the code is in the frozen catalogue, docs/contributors/events.md, as it stands there."""

import dataclasses
import datetime as dt
import re
import uuid
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from wijkverbond.analysis.vitality.fold import HANDLERS, fold
from wijkverbond.analysis.vitality.ledger import EntryFacts, Ledger
from wijkverbond.kernel.events import DECLARED, Event, Text

DOCS = Path(__file__).parents[1] / "docs" / "contributors"
CATALOGUE = DOCS / "events.md"
PLANNED = DOCS / "planned-events.md"
ROW = re.compile(
    r"^\| `([a-z]+\.[a-z_]+)` \| (P|– ?(?:\(installation\))?) \| (.*?) \| ", re.MULTILINE
)


def _rows(page: Path) -> dict[str, tuple[bool, dict[str, bool]]]:
    """Per event on a page: whether it is public, and its facts with whether they can be left out.

    A fact is a name in backticks outside parentheses; the name of another event there stands for
    all facts of that event.
    """
    rows: dict[str, tuple[bool, dict[str, bool]]] = {}
    for name, mark, cell in ROW.findall(page.read_text()):
        facts: dict[str, bool] = {}
        for fact in re.findall(r"`([a-z_.]+\??)`", re.sub(r"\([^()]*\)", "", cell)):
            if "." in fact:
                facts |= rows[fact][1]
            else:
                facts[fact.rstrip("?")] = fact.endswith("?")
        assert name not in rows, f"{name} is on {page.name} twice"
        rows[name] = (mark == "P", facts)
    return rows


FROZEN = _rows(CATALOGUE)
OURS = {
    name: event
    for name, event in DECLARED.items()
    if event.__module__.startswith("wijkverbond.") and ".tests." not in event.__module__
}


def facts_of(event: type[Event]) -> set[str]:
    """The facts that an event declares."""
    return {field.name for field in dataclasses.fields(event)} - {"rests_on", "occurred_at"}


def test_every_line_of_the_catalogue_is_read() -> None:
    assert len(FROZEN) == len(re.findall(r"^\| `[a-z]+\.", CATALOGUE.read_text(), re.MULTILINE))
    assert len(FROZEN) > 100


@pytest.mark.parametrize("name", sorted(OURS))
def test_an_event_is_as_the_catalogue_says(name: str) -> None:
    assert name in FROZEN, "the catalogue does not know this event"
    public, facts = FROZEN[name]
    assert OURS[name].public is public
    needed = {fact for fact, optional in facts.items() if not optional}
    assert facts_of(OURS[name]) <= facts.keys()
    assert needed <= facts_of(OURS[name])


def test_every_event_of_the_catalogue_is_recorded_by_the_code() -> None:
    assert FROZEN.keys() - OURS.keys() == set(), "what is only planned has a page of its own"


def test_the_name_of_a_planned_event_is_used_for_nothing_else() -> None:
    planned = _rows(PLANNED)
    assert planned
    assert planned.keys() & (FROZEN.keys() | OURS.keys()) == set()


def test_vitality_reads_only_events_that_the_code_records() -> None:
    assert HANDLERS.keys() <= FROZEN.keys() & OURS.keys()


ID = uuid.UUID(int=1)
SAMPLES: dict[object, object] = {
    uuid.UUID: ID,
    str: "code",
    int: 1,
    dt.date: dt.date(2025, 1, 2),
    dt.datetime: dt.datetime(2025, 1, 2, tzinfo=dt.UTC),
    Decimal: Decimal("1.5"),
    Text: Text("text"),
}


def _sample(annotation: Any, *, full: bool) -> object:
    """A value for a fact of this type; None for what can be left out, unless `full`."""
    if annotation in SAMPLES:
        return SAMPLES[annotation]
    origin, arguments = get_origin(annotation), get_args(annotation)
    if NoneType in arguments:
        return _sample(arguments[0], full=True) if full else None
    if origin is list:
        return [_sample(arguments[0], full=True)] if full else []
    assert issubclass(origin, Mapping), annotation
    return {"residents": _sample(arguments[1], full=True)} if full else {}


@pytest.mark.parametrize("full", [False, True])
def test_vitality_reads_every_event_in_the_form_in_which_the_code_writes_it(*, full: bool) -> None:
    ledger = Ledger()
    at = dt.datetime(2025, 1, 2, tzinfo=dt.UTC)
    read = [name for name in FROZEN if name in OURS and name in HANDLERS]
    assert len(read) > 30
    for seq, name in enumerate([*read, *read]):
        hints = get_type_hints(OURS[name])
        values: dict[str, Any] = {
            fact: _sample(hints[fact], full=full) for fact in facts_of(OURS[name])
        }
        facts = OURS[name](**values).facts()
        fold(ledger, [EntryFacts(seq, seq, at, None, name, ID, facts, ())])
    assert str(ID) in ledger.parties
