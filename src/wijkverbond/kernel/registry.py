"""What capabilities declare at import time, so that the layers below can call them by name."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.utils.functional import Promise

from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import Event
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.my_tasks import TaskType


class Named(Protocol):
    """Something with a name of its own."""

    @property
    def name(self) -> str:
        """The name under which it is found."""


T = TypeVar("T", bound=Named)


class Registry(Generic[T]):
    """Declarations by name; declaring a name twice, or asking for an unknown one, fails."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._declared: dict[str, T] = {}

    def declare(self, declaration: T) -> T:
        """Add a declaration and give it back."""
        if declaration.name in self._declared:
            raise ImproperlyConfigured(f"{self._what} {declaration.name!r} is declared twice")
        self._declared[declaration.name] = declaration
        return declaration

    def __getitem__(self, name: str) -> T:
        try:
            return self._declared[name]
        except KeyError:
            raise ImproperlyConfigured(f"no {self._what} {name!r} is declared") from None

    def __contains__(self, name: str) -> bool:
        return name in self._declared

    def __iter__(self) -> Iterator[T]:
        return iter(self._declared.values())

    def __len__(self) -> int:
        return len(self._declared)


@dataclasses.dataclass(frozen=True, kw_only=True)
class DecisionType:
    """A type of decision that a capability brings before the coalition.

    `decisions` calls `on_carried(subject, actor)` inside its own transaction when a proposal is
    carried (`on_withdrawn` when it is not, or is withdrawn) and records the events it returns with its own.

    `on_objection_afterwards(subject, actor, argument)` opens a change of what was carried without the
    kind of whoever objects; without it the proposer owes them an answer. `stands` says whether what was
    carried still holds, so that who came later is asked about it.

    What is carried is the text of the proposal. Where it is more than a text, `adapt_at` is the
    name of the address (of slug and subject) where subject and text are adapted together.
    `propose_at` is the name of the address (of slug) of the page where such a proposal begins.
    """

    name: str
    title: str | Promise
    on_carried: Callable[[uuid.UUID, Actor], Sequence[Event]]
    on_withdrawn: Callable[[uuid.UUID, Actor], Sequence[Event]] | None = None
    on_objection_afterwards: Callable[[uuid.UUID, Actor, str], Sequence[Event]] | None = None
    stands: Callable[[uuid.UUID], bool] = lambda _subject: True
    adapt_at: str = ""
    propose_at: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Follower:
    """Something that follows the journal with a cursor of its own, and can be rebuilt from zero.

    `handle` gets the new entries of one stream in order, in the transaction that moves the cursor.
    """

    name: str
    handle: Callable[[uuid.UUID, Sequence[Entry]], None]
    reset: Callable[[], None]


class StreamOwner(Protocol):
    """Whose stream it is, under the same id; what its pages are called."""

    @property
    def id(self) -> uuid.UUID:
        """The id of the stream."""

    @property
    def slug(self) -> str:
        """Its name in addresses."""

    @property
    def name(self) -> str:
        """Its name on pages."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class PartyName:
    """What a party is called, and of which of the four kinds it is."""

    name: str
    kind: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class StreamType:
    """Streams that have pages: for capabilities below the one that owns them, such as the register.

    `listed` are those that everyone may see; `of_page` is the one with this slug, or `Http404` when
    this visitor may not see it; `named` is the one with this slug for a command, or None; `parties`
    are the names of the parties with these ids, where they are parties.
    """

    name: str
    listed: Callable[[], Iterable[StreamOwner]]
    of_page: Callable[[HttpRequest, str], StreamOwner]
    named: Callable[[str], StreamOwner | None]
    parties: Callable[[Collection[uuid.UUID]], Mapping[uuid.UUID, PartyName]]


@dataclasses.dataclass(frozen=True, kw_only=True)
class RecordType:
    """A type of record in the journal: which events bring it about, and where it is read.

    `name` stands for it in facts and references ("goal:<id>"). `text` is the free text of its events
    that says what it is. `address` is the name of the page that tells of it: of the slug, and of the
    id that the facts have under `fact` (its own, or that of what it is told with) unless that is
    empty. `order` is its place in the cycle. One that is not `shown` in a trace is walked through,
    and stands elsewhere. `each_recorded` says whether every record has an entry of its own, so that
    it has a trace.
    """

    name: str
    title: str | Promise
    order: int
    events: tuple[type[Event], ...] = ()
    text: str = ""
    address: str
    fact: str = ""
    shown: bool = True
    each_recorded: bool = True


@dataclasses.dataclass(frozen=True, kw_only=True)
class TimelineChapter:
    """What happened in one capability, which gives it its `name`, as a chapter of the timeline.

    `silent` events are not told there. Those `without_page` are told, and lead to no record.
    """

    name: str
    title: str | Promise
    order: int
    silent: tuple[type[Event], ...] = ()
    without_page: tuple[type[Event], ...] = ()


@dataclasses.dataclass(frozen=True, kw_only=True)
class LimitLift:
    """When a coalition expects many people from one network, so that nobody waits for it.

    `holds` says it of the coalition with this id, at a moment.
    """

    name: str
    holds: Callable[[uuid.UUID, dt.datetime], bool]


DECISION_TYPES: Registry[DecisionType] = Registry("type of decision")
FOLLOWERS: Registry[Follower] = Registry("follower of the journal")
STREAM_TYPES: Registry[StreamType] = Registry("type of stream")
RECORD_TYPES: Registry[RecordType] = Registry("type of record")
TIMELINE_CHAPTERS: Registry[TimelineChapter] = Registry("chapter of the timeline")
LIMIT_LIFTS: Registry[LimitLift] = Registry("lift of the limits of a network")
TASK_TYPES: Registry[TaskType[Any]] = Registry("type of task")
