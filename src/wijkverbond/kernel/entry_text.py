"""What entries say, in the reader's language: the wording of their event with its facts filled in."""

import datetime as dt
import enum
import functools
import re
import typing
import uuid
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from django.db.models import Choices
from django.utils import formats, timezone

from wijkverbond.kernel.events import DECLARED, Event, Fact, Text
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.reading_direction import isolated

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
LEFT_EMPTY = re.compile(r":? “”| \([^():]*: \)")
Names = Mapping[uuid.UUID, str]


class Lost(enum.Enum):
    """Why a text of an entry is not shown: it was shredded, another one stands in its place, or the
    wording of the event leaves it out.
    """

    GONE = "gone"
    REPLACED = "replaced"
    NOT_SHOWN = "not_shown"


def entry_text(entry: Entry, *, who: str, lost: Mapping[Lost, str], names: Names) -> str:
    """What an entry says.

    `who` is the acting party's name; `names` are the names that are known, by id; a text that is not
    shown reads as `lost` says; what the event left out reads as nothing, and its quotes or brackets go too. A
    fact is shown after its declared type: a code by its label when the type is a `TextChoices` or
    `Annotated[str, ThoseChoices]`, dates and numbers as the reader writes them.
    """
    declared = DECLARED.get(entry.event)
    if declared is None:
        return entry.event
    text_by_field = texts(entry)
    values = {"who": who}
    for key in placeholders(declared) - {"who"}:
        match text_by_field.get(key):
            case None:
                values[key] = _fact_text(entry, key, names)
            case Text() as text:
                values[key] = isolated(text.text)
            case why:
                values[key] = lost[why]
    return LEFT_EMPTY.sub("", str(declared.wording) % values)


def texts(entry: Entry) -> dict[str, Text | Lost]:
    """Every free text of an entry, by its field: what was recorded, or why it is not shown."""
    stored = {text.field: Text(text.text, bytes(text.salt)) for text in entry.texts.all()}
    return {
        field: _recorded(stored.get(field), fact)
        for field, fact in entry.facts.items()
        if _is_digest(fact)
    }


def mentioned(entries: Iterable[Entry]) -> set[uuid.UUID]:
    """The ids of which `entry_text` would want to know the name."""
    ids: set[uuid.UUID] = set()
    for entry in entries:
        declared = DECLARED.get(entry.event)
        keys = placeholders(declared) if declared else set()
        for key in keys & entry.facts.keys():
            if uuid.UUID in _types(entry.event, key):
                ids.update(uuid.UUID(str(part)) for part in _parts(entry.facts[key]))
        if entry.party:
            ids.add(entry.party)
    return ids


def placeholders(declared: type[Event]) -> set[str]:
    """The facts that the wording names, in the present language, and `who`."""
    return set(PLACEHOLDER.findall(str(declared.wording)))


def _fact_text(entry: Entry, key: str, names: Names) -> str:
    types = _types(entry.event, key)
    fact = entry.facts.get(key, "")
    if isinstance(fact, dict):
        pairs = [
            f"{_value_text(part, types, names)}: {_value_text(fact[part], types, names)}"
            for part in fact
        ]
        return ", ".join(pairs)
    return ", ".join(_value_text(part, types, names) for part in _parts(fact))


def _value_text(fact: Fact, types: frozenset[type], names: Names) -> str:
    """One value after its type; as it is when it was written by an earlier version of the event."""
    if not isinstance(fact, str):
        return str(formats.localize(fact))
    for value_type, read in _READERS.items():
        if any(issubclass(each, value_type) for each in types):
            try:
                return read(fact, types, names)
            except (ValueError, ArithmeticError):
                continue
    return fact


def _label(fact: str, types: frozenset[type], names: Names) -> str:
    (choices,) = [each for each in types if issubclass(each, Choices)]
    return str(choices(fact).label)


def _name(fact: str, types: frozenset[type], names: Names) -> str:
    return names.get(uuid.UUID(fact), fact)


def _moment(fact: str, types: frozenset[type], names: Names) -> str:
    return str(formats.localize(timezone.localtime(dt.datetime.fromisoformat(fact))))


def _date(fact: str, types: frozenset[type], names: Names) -> str:
    return str(formats.localize(dt.date.fromisoformat(fact)))


def _decimal(fact: str, types: frozenset[type], names: Names) -> str:
    return str(formats.localize(Decimal(fact)))


_READERS = {
    Choices: _label,
    uuid.UUID: _name,
    dt.datetime: _moment,
    dt.date: _date,
    Decimal: _decimal,
}


@functools.cache
def _types(event: str, key: str) -> frozenset[type]:
    """The classes that occur in the declared type of a fact."""
    hints = typing.get_type_hints(DECLARED[event], include_extras=True)
    hint = hints.get(key, hints.get(f"{key}_"))
    return frozenset(_classes(hint))


def _classes(hint: object) -> Iterator[type]:
    if isinstance(hint, type):
        yield hint
    for part in typing.get_args(hint):
        yield from _classes(part)


def _parts(fact: Fact) -> list[Fact]:
    return fact if isinstance(fact, list) else [fact]


def _recorded(stored: Text | None, digest: Fact) -> Text | Lost:
    if stored is None:
        return Lost.GONE
    return stored if stored.digest == digest else Lost.REPLACED


def _is_digest(fact: Fact) -> bool:
    return isinstance(fact, str) and fact.startswith("sha256:")
