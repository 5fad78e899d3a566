"""Every event in the code is in the frozen catalogue, docs/contributors/events.md, as it stands there."""

import dataclasses
import re
from pathlib import Path

import pytest

from wijkverbond.analysis.vitality_fold import HANDLERS
from wijkverbond.kernel.events import DECLARED, Event

CATALOGUE = Path(__file__).parents[1] / "docs" / "contributors" / "events.md"
ROW = re.compile(
    r"^\| `([a-z]+\.[a-z_]+)` \| (P|– ?(?:\(installation\))?) \| (.*?) \| ", re.MULTILINE
)


def _catalogue() -> dict[str, tuple[bool, dict[str, bool]]]:
    """Per event: whether it is public, and its facts with whether they can be left out.

    A fact is a name in backticks outside parentheses; the name of another event there stands for
    all facts of that event.
    """
    found: dict[str, tuple[bool, dict[str, bool]]] = {}
    for name, mark, cell in ROW.findall(CATALOGUE.read_text()):
        facts: dict[str, bool] = {}
        for fact in re.findall(r"`([a-z_.]+\??)`", re.sub(r"\([^()]*\)", "", cell)):
            if "." in fact:
                facts |= found[fact][1]
            else:
                facts[fact.rstrip("?")] = fact.endswith("?")
        assert name not in found, f"{name} is in the catalogue twice"
        found[name] = (mark == "P", facts)
    return found


FROZEN = _catalogue()
OURS = {
    name: event
    for name, event in DECLARED.items()
    if event.__module__.startswith("wijkverbond.") and ".tests." not in event.__module__
}


def facts_of(event: type[Event]) -> set[str]:
    """The facts that an event declares."""
    return {field.name for field in dataclasses.fields(event)} - {"rests_on", "occurred_at"}


def test_the_catalogue_is_read_whole() -> None:
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


def test_vitality_reads_only_events_of_the_catalogue() -> None:
    assert HANDLERS.keys() <= FROZEN.keys()
