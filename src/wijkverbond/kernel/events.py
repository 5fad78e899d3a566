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
from types import UnionType
from typing import (
    ClassVar,
    TypeVar,
    Union,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

Fact = str | int | list["Fact"] | dict[str, "Fact"]

KEY = re.compile(r"[a-z][a-z0-9_]*")
CODE = re.compile(r"(?!sha256:)[A-Za-z0-9][A-Za-z0-9_.:/+-]{0,199}")
REFERENCE = re.compile(r"[a-z][a-z_]{0,49}:[A-Za-z0-9][A-Za-z0-9_.:/+-]{0,149}")
NAME = re.compile(r"[a-z]+\.[a-z][a-z0-9_]*")
RESERVED = {
    "name", "version", "public", "wording", "facts", "texts", "who", "as_oneself", "not_own",
}  # fmt: skip
LARGEST = 2**53 - 1  # beyond it, other languages read JSON's integers as floats


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
    (`class_`). A fact is a UUID, a code, an integer, a decimal, a date, a moment, or a list or
    mapping of those; or a `Text`, which stands by itself. None is left out. `rests_on` names what the event rests on
    ("insight:<uuid>"); `occurred_at` says when it happened where that is not when it was recorded.
    """

    name: ClassVar[str]
    version: ClassVar[int]
    public: ClassVar[bool]
    wording: ClassVar[str | Promise]
    as_oneself: ClassVar[bool]
    not_own: ClassVar[tuple[str, ...]]
    also_read: ClassVar[tuple[str, ...]]

    rests_on: tuple[str, ...] = ()
    occurred_at: dt.datetime | None = None

    def __post_init__(self) -> None:
        """Refuse what does not belong in a leaf; ValueError says what."""
        for reference in self.rests_on:
            if not REFERENCE.fullmatch(reference):
                raise ValueError(f"{reference!r} is no reference of the form thing:id")
        if self.occurred_at:
            moment(self.occurred_at)

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
    name: str,
    wording: str | Promise,
    *,
    public: bool = True,
    version: int = 1,
    as_oneself: bool = False,
    not_own: tuple[str, ...] = (),
    also_read: tuple[str, ...] = (),
) -> Callable[[type[E]], type[E]]:
    """Declare an event: its name ("capability.past_tense", for good) and how it reads on a page.

    `wording` may name facts and texts ("%(title)s") and "%(who)s", the party that acted. Whose its
    texts are decides what an erasure takes away: those of an event that people bring about for
    themselves (`as_oneself`) are the person's; `not_own` are the words of others, or of all partners
    together, and never of who acted. The register's file holds the texts that `wording` names, and
    those that everyone reads on the page of the record (`also_read`).
    """

    def declare(cls: type[E]) -> type[E]:
        if not NAME.fullmatch(name) or name in DECLARED:
            raise ImproperlyConfigured(f"event {name!r} is misnamed or declared twice")
        declared = dataclasses.dataclass(frozen=True, kw_only=True)(cls)
        _check_keys(name, declared)
        if stray := {*not_own, *also_read} - {field.name for field in dataclasses.fields(declared)}:
            raise ImproperlyConfigured(f"event {name!r}: {min(stray)!r} is none of its texts")
        declared.name, declared.version = name, version
        declared.public, declared.wording = public, wording
        declared.as_oneself, declared.not_own = as_oneself, not_own
        declared.also_read = also_read
        DECLARED[name] = declared
        return declared

    return declare


def _check_keys(name: str, declared: type[Event]) -> None:
    keys = [field.name.removesuffix("_") for field in dataclasses.fields(declared)]
    for key in keys:
        if not KEY.fullmatch(key) or key in RESERVED or keys.count(key) > 1:
            raise ImproperlyConfigured(f"event {name!r}: {key!r} cannot be the key of a fact")
    for key, hint in get_type_hints(declared).items():
        if Text in _inside(hint):
            raise ImproperlyConfigured(f"event {name!r}: a text inside {key!r} would be lost")
    for attribute in vars(declared):
        if not (attribute.startswith("_") or attribute in declared.__annotations__):
            raise ImproperlyConfigured(f"event {name!r}: {attribute!r} has no type")


def _inside(hint: object, *, deep: bool = False) -> Iterator[object]:
    """What can be in the lists and mappings of a type; not the type itself or one of its choices."""
    if deep:
        yield hint
    choice = isinstance(hint, UnionType) or get_origin(hint) is Union
    for part in get_args(hint):
        yield from _inside(part, deep=deep or not choice)


def moment(at: dt.datetime) -> str:
    """A moment in its canonical form: UTC, microseconds, "Z". It has to know its time zone."""
    if at.utcoffset() is None:
        raise ValueError(f"{at} has no time zone")
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def _fact(value: object) -> Fact:  # noqa: C901 - a table of types
    match value:
        case Text():
            return value.digest
        case bool() | float():
            raise TypeError(f"a fact is never a {type(value).__name__}: use a code or a decimal")
        case int():
            if abs(value) > LARGEST:
                raise ValueError(f"{value} is too large for a fact: use a decimal")
            return int(value)
        case str():
            if not CODE.fullmatch(value):
                raise ValueError(f"{value!r} is no code; free text is wrapped by shreddable()")
            return str(value)
        case uuid.UUID():
            return str(value)
        case Decimal():
            if not value.is_finite():
                raise ValueError(f"{value} is no number")
            return format(value or abs(value), "f")
        case dt.datetime():
            return moment(value)
        case dt.date():
            return value.isoformat()
        case Mapping():
            return {_key(key): _item(item) for key, item in value.items()}
        case tuple() | list():
            return [_item(item) for item in value]
    raise TypeError(f"{type(value).__name__} cannot be a fact")


def _item(value: object) -> Fact:
    if isinstance(value, Text):
        raise TypeError("a text stands by itself: inside a list or mapping its words would be lost")
    return _fact(value)


def _key(key: object) -> str:
    if not isinstance(key, str) or not CODE.fullmatch(key):
        raise ValueError(f"{key!r} is no code, so it cannot be a key")
    return str(key)
