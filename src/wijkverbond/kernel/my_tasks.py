"""What asks something of a party: the form in which each capability declares it.

The page with somebody's tasks asks for the rows of all declarations in one query, for any number of
parties and records. Who may do what follows from the same policies as everywhere.
"""

import dataclasses
import datetime as dt
import types
import uuid
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, Literal, TypeVar, get_args, get_origin, get_type_hints

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ImproperlyConfigured
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone

from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import PolicyAction, Whose

MOST = 10
PARTY, COALITION = OuterRef("id"), OuterRef("coalition")
"""In the query of a declaration: the party that it is for, and the coalition of that party."""

Row = TypeVar("Row")
Urgency = Literal["now", "soon", "later"]


@dataclasses.dataclass(frozen=True)
class Reader:
    """Whose page it is, and when."""

    person: uuid.UUID
    now: dt.datetime

    @property
    def today(self) -> dt.date:
        """The day, in the Netherlands."""
        return timezone.localdate(self.now)


@dataclasses.dataclass(frozen=True, kw_only=True)
class PartyRows(Generic[Row]):
    """Records that concern a party, as rows with types; at most ten, so that a page can be finished.

    `records` gives their query, in order, with `PARTY` and `COALITION` for the party it is for. `row`
    is a dataclass: each field has the name of something in that query.
    """

    name: str
    row: type[Row]
    records: Callable[[Reader], QuerySet[Any]]

    def names(self) -> list[str]:
        """What a row takes from the query."""
        return [field.name for field in dataclasses.fields(self.row)]  # type: ignore[arg-type]

    def subquery(self, reader: Reader) -> ArraySubquery:
        """The rows as an annotation of a query of parties; several types of task can share it."""
        row = JSONObject(**{name: name for name in self.names()})
        return ArraySubquery(self.records(reader).values_list(row)[:MOST])

    def read(self, values: Iterable[dict[str, Any]]) -> list[Row]:
        """The rows, from what the database gave for that annotation."""
        types_of = get_type_hints(self.row)
        return [
            self.row(**{name: _read(types_of[name], value) for name, value in row.items()})
            for row in values
        ]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Task(Generic[Row]):
    """One thing that is asked, in the reader's language.

    `about` is the row from which its address follows. `due` is its last day; what has none says in
    `urgency` and `when` how soon it is asked.
    """

    about: Row
    title: str
    why: str
    button: str
    due: dt.date | None = None
    urgency: Urgency = "later"
    when: str = ""


@dataclasses.dataclass(frozen=True, kw_only=True)
class TaskType(Generic[Row]):
    """Something that a capability asks of parties, and where it is done.

    `policy` says who may do it, on their own or another's record in `state`: who may not is not
    asked. `tasks` words what these rows ask of this actor. `address` is the name of the page, of the
    slug and of those fields of the row that `arguments` names. What is `shared` can be done for any
    party of a coalition: somebody who acts for several is asked once.
    """

    name: str
    rows: PartyRows[Row]
    policy: PolicyAction
    whose: Whose = Whose.OWN
    state: str = ""
    tasks: Callable[[Sequence[Row], Actor], Iterable[Task[Row]]]
    address: str
    arguments: tuple[str, ...] = ("id",)
    shared: bool = False

    def __post_init__(self) -> None:
        """Refuse a state that the policy does not know, and an argument that is not in the row."""
        if self.state not in self.policy.states:
            raise ImproperlyConfigured(
                f"task {self.name!r}: {self.state!r} is no state of its policy"
            )
        if missing := set(self.arguments) - get_type_hints(self.rows.row).keys():
            raise ImproperlyConfigured(f"task {self.name!r}: its row has no {', '.join(missing)}")

    def asked_of(self, actor: Actor, rows: Sequence[Row]) -> Iterable[Task[Row]]:
        """What these rows ask of this actor; nothing when they may not do it."""
        own = self.whose == Whose.OWN
        permission = self.policy.permission(
            actor, own=own, coalition=actor.coalition, state=self.state
        )
        return self.tasks(rows, actor) if rows and permission else ()

    def url(self, slug: str, row: Row) -> str:
        """The page on which it is done."""
        return reverse(self.address, args=[slug, *(getattr(row, name) for name in self.arguments)])

    def sample_url(self) -> str:
        """The page of a row that does not exist; `NoReverseMatch` when no page has this address."""
        samples = [uuid.UUID(int=0) for _ in self.arguments]
        return reverse(self.address, args=["wijk", *samples])


READERS: dict[object, Callable[[str], object]] = {
    uuid.UUID: uuid.UUID,
    dt.date: dt.date.fromisoformat,
    dt.datetime: dt.datetime.fromisoformat,
}


def _read(kind: Any, value: Any) -> object:
    """A value of JSON as the type that a row says it is."""
    if value is None:
        return None
    if get_origin(kind) is list:
        return [_read(get_args(kind)[0], item) for item in value]
    if isinstance(kind, types.UnionType):
        return _read(get_args(kind)[0], value)
    return READERS[kind](value) if kind in READERS else value
