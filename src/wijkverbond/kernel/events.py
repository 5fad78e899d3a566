"""Events: declared once per capability, with their facts and wording; turned into leaves.

The form of facts and leaves is decided for good (docs/decisions): the register's verifier needs only
`json.dumps(sort_keys=True, separators=(",", ":"), ensure_ascii=True)` to rebuild what was signed.
"""

import dataclasses
import datetime as dt
import hashlib
import re
import secrets
import uuid
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import ClassVar, TypeVar, dataclass_transform

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

Fact = str | int | list["Fact"] | dict[str, "Fact"]

KEY = re.compile(r"[a-z][a-z0-9_]*")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:/+-]{0,199}")
NAME = re.compile(r"[a-z]+\.[a-z][a-z0-9_]*")


@dataclasses.dataclass(frozen=True)
class Text:
    """Free text of a fact. Only its salted digest is in the journal; the text can be shredded."""

    text: str
    salt: bytes = dataclasses.field(default_factory=lambda: secrets.token_bytes(16))

    @property
    def digest(self) -> str:
        """SHA-256 over salt and UTF-8 text, as "sha256:" and 64 hexadecimal digits."""
        return "sha256:" + hashlib.sha256(self.salt + self.text.encode()).hexdigest()


def shreddable(text: str) -> Text | None:
    """Free text as a fact; nothing when there is no text."""
    return Text(text) if text else None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened. Subclasses are declared with `@event` and list their facts as fields.

    The key of a fact is the field's name, without the underscore that Python's own words need
    (`from_`). A fact is a UUID, a code, an integer, a decimal, a date, a moment, a `Text`, or a list or mapping
    of those; None is left out. `rests_on` names what the event rests on ("insight:<uuid>");
    `occurred_at` says when it happened where that is not when it was recorded.
    """

    name: ClassVar[str]
    version: ClassVar[int]
    public: ClassVar[bool]
    wording: ClassVar[str | Promise]

    rests_on: tuple[str, ...] = ()
    occurred_at: dt.datetime | None = None

    def facts(self) -> dict[str, Fact]:
        """The facts in their canonical form."""
        return {
            key: _fact(value)
            for key, value in self._fields()
            if value is not None and key not in ("rests_on", "occurred_at")
        }

    def texts(self) -> dict[str, Text]:
        """The free texts by the name of their fact."""
        return {key: value for key, value in self._fields() if isinstance(value, Text)}

    def _fields(self) -> Iterator[tuple[str, object]]:
        for field in dataclasses.fields(self):
            yield field.name.removesuffix("_"), getattr(self, field.name)


DECLARED: dict[str, type[Event]] = {}
E = TypeVar("E", bound=Event)


@dataclass_transform(kw_only_default=True, frozen_default=True)
def event(
    name: str, wording: str | Promise, *, public: bool = True, version: int = 1
) -> Callable[[type[E]], type[E]]:
    """Declare an event: its name ("capability.past_tense", for good) and how it reads on a page.

    `wording` may name facts and texts ("%(title)s") and "%(who)s", the party that acted.
    """

    def declare(cls: type[E]) -> type[E]:
        declared = dataclasses.dataclass(frozen=True, kw_only=True)(cls)
        if not NAME.fullmatch(name) or name in DECLARED:
            raise ImproperlyConfigured(f"event {name!r} is misnamed or declared twice")
        for field in dataclasses.fields(declared):
            if not KEY.fullmatch(field.name):
                raise ImproperlyConfigured(f"event {name!r}: {field.name!r} is no ASCII key")
        declared.name, declared.version = name, version
        declared.public, declared.wording = public, wording
        DECLARED[name] = declared
        return declared

    return declare


def moment(at: dt.datetime) -> str:
    """A moment in its canonical form: UTC, microseconds, "Z"."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _fact(value: object) -> Fact:  # noqa: C901 - a table of types
    match value:
        case Text():
            return value.digest
        case bool() | float():
            raise TypeError(f"a fact is never a {type(value).__name__}: use a code or a decimal")
        case int():
            return int(value)
        case str():
            if not CODE.fullmatch(value):
                raise ValueError(f"{value!r} is no code; free text is wrapped by shreddable()")
            return str(value)
        case uuid.UUID():
            return str(value)
        case Decimal():
            return format(value, "f")
        case dt.datetime():
            return moment(value)
        case dt.date():
            return value.isoformat()
        case Mapping():
            return {_key(key): _fact(item) for key, item in value.items()}
        case tuple() | list():
            return [_fact(item) for item in value]
    raise TypeError(f"{type(value).__name__} cannot be a fact")


def _key(key: object) -> str:
    text = str(key)
    if not CODE.fullmatch(text):
        raise ValueError(f"{text!r} is no ASCII key")
    return text
