"""What the fields of models hold of people, said once: the export and the erasure follow from it.

Each capability says in its `personal_data.py` what every field with words or addresses holds, and
which rows belong to a person. A start-up check refuses a field of which nobody said so.
"""

import dataclasses
import datetime as dt
import operator
import uuid
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ImproperlyConfigured
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DateField,
    DecimalField,
    Field,
    FloatField,
    IntegerField,
    Model,
    Q,
    QuerySet,
    TextField,
    UUIDField,
    Value,
    When,
)
from django.utils.functional import Promise

from wijkverbond.kernel.events import moment
from wijkverbond.kernel.registry import Registry

M = TypeVar("M", bound=Model)

# Of these nobody has to say what they hold. A kind of field that nobody thought of is asked about.
WITHOUT_WORDS = (BooleanField, IntegerField, DecimalField, FloatField, DateField)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Fields:
    """The fields of a model, by what they hold.

    `people` lead to an account; `personal` say who somebody is or how to reach them; in `free_text`
    people wrote what they wanted, so it may name someone; `plain` are codes, digests, public names.
    """

    people: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    free_text: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()

    @property
    def of_someone(self) -> tuple[str, ...]:
        """What is handed over and erased in the rows of a person."""
        return self.personal + self.free_text

    @property
    def names(self) -> tuple[str, ...]:
        """All of them."""
        return self.people + self.of_someone + self.plain


CLASSIFIED: dict[type[Model], Fields] = {}


def classify(
    model: type[Model],
    *,
    people: Iterable[str] = (),
    personal: Iterable[str] = (),
    free_text: Iterable[str] = (),
    plain: Iterable[str] = (),
) -> None:
    """Say what the fields of a model hold; said of an abstract model, it goes for all its heirs."""
    if model in CLASSIFIED:
        raise ImproperlyConfigured(f"the fields of {model._meta.label} are classified twice")
    CLASSIFIED[model] = Fields(
        people=tuple(people),
        personal=tuple(personal),
        free_text=tuple(free_text),
        plain=tuple(plain),
    )


def fields_of(model: type[Model]) -> Fields:
    """What the fields of a model hold, its own and those that it inherits."""
    declared = [CLASSIFIED[part] for part in model.__mro__ if part in CLASSIFIED]
    return Fields(
        people=tuple(name for part in declared for name in part.people),
        personal=tuple(name for part in declared for name in part.personal),
        free_text=tuple(name for part in declared for name in part.free_text),
        plain=tuple(name for part in declared for name in part.plain),
    )


def to_classify(model: type[Model]) -> set[str]:
    """The fields of a model of which somebody has to say what they hold."""
    fields = (*model._meta.concrete_fields, *model._meta.many_to_many)
    return {field.name for field in fields if _may_hold_words(field)}


def leads_to_account(field: "Field[Any, Any]") -> bool:
    """Whether this is a foreign key, or a list of them, to the accounts of people."""
    related = field.related_model
    return isinstance(related, type) and related._meta.label == settings.AUTH_USER_MODEL


def emptied(model: type[Model], *, but: Iterable[str] = ()) -> dict[str, Any]:
    """The fields of a model that hold something of a person, each with nothing in it."""
    names = {*fields_of(model).of_someone} - {*but}
    return {
        field.name: _empty_value(field)
        for field in model._meta.concrete_fields
        if field.name in names
    }


@dataclasses.dataclass(frozen=True, kw_only=True)
class PartyTexts:
    """The texts in the rows of a model that are one party's own; what partners agreed stays."""

    model: type[Model]
    by: str
    fields: tuple[str, ...]
    agreed: Q

    def erase(self, parties: Iterable[uuid.UUID], *, gone: str) -> None:
        """Write `gone` where these parties had written something."""
        rows = self.model._default_manager.filter(**{f"{self.by}__in": [*parties]})
        texts = {
            name: Case(When(**{name: ""}, then=Value("")), default=Value(gone))
            for name in self.fields
        }
        rows.exclude(self.agreed).update(**texts)


PARTY_TEXTS: list[PartyTexts] = []


def party_texts(
    model: type[Model], *, by: str, fields: Iterable[str] = (), agreed: Q | None = None
) -> None:
    """Say for which party the texts of a model were written: the way to it from a row.

    They are all of its free texts, unless `fields` names some. They stay the party's when whoever
    wrote them is erased; where the party is that one person they go with them. What is `agreed` was
    taken over by all partners, and stays.
    """
    names = tuple(fields) or fields_of(model).free_text
    PARTY_TEXTS.append(PartyTexts(model=model, by=by, fields=names, agreed=agreed or Q(pk=None)))


@dataclasses.dataclass(frozen=True, kw_only=True)
class PersonalRows(Generic[M]):
    """The rows of a model that belong to a person; what is handed over of them, and erased.

    `of` finds them. A row is handed over as a mapping: what `shows` names (a key, and where the value
    stands: "covenant.title"), then each personal field and free text, by its own name unless `shows`
    gave it another. An erasure empties these fields and the links to the person, or `deletes` the
    row. Each exception (`not_exported`, `not_emptied`) has its reason beside it.
    """

    model: type[M]
    of: Callable[[uuid.UUID], QuerySet[M]]
    shows: Mapping[str, str | Callable[[M], object]] = dataclasses.field(default_factory=dict)
    not_exported: tuple[str, ...] = ()
    not_emptied: tuple[str, ...] = ()
    deletes: bool = False

    def export(self, person: uuid.UUID) -> list[dict[str, object]]:
        """What is kept about a person in these rows, as plain values."""
        return [self.row(row) for row in self.of(person)]

    def row(self, row: M) -> dict[str, object]:
        """What is handed over of one row."""
        written_out = (*self.shows.values(), *self.not_exported)
        own = {name: name for name in fields_of(self.model).of_someone if name not in written_out}
        return {key: _shown(row, source) for key, source in (*self.shows.items(), *own.items())}

    def erase(self, person: uuid.UUID) -> None:
        """Take the person out of these rows; they belong to nobody then, or are gone."""
        if self.deletes:
            self.of(person).delete()
            return
        if nothing := emptied(self.model, but=self.not_emptied):
            self.of(person).update(**nothing)
        for name in fields_of(self.model).people:
            self.model._default_manager.filter(**{name: person}).update(**{name: None})


@dataclasses.dataclass(frozen=True, kw_only=True)
class PersonalData:
    """What a capability keeps about a person: what, why, how long; how to hand over and erase it.

    `export` puts what the rows hand over into the form of the file, ready for JSON. `beforehand` is
    done first when a person is erased, as long as the rows are still theirs.
    """

    name: str
    title: str | Promise
    why: str | Promise
    kept: str | Promise
    rows: "tuple[PersonalRows[Any], ...]"
    export: Callable[[uuid.UUID], object]
    beforehand: Callable[[uuid.UUID], None] | None = None

    @property
    def models(self) -> tuple[str, ...]:
        """The labels ("accounts.user") of the models that it answers for."""
        return tuple(rows.model._meta.label_lower for rows in self.rows)

    def erase(self, person: uuid.UUID) -> None:
        """Remove the person, and leave what belongs to a party."""
        if self.beforehand:
            self.beforehand(person)
        for rows in self.rows:
            rows.erase(person)


PERSONAL_DATA: Registry[PersonalData] = Registry("kind of personal data")


def _may_hold_words(field: "Field[Any, Any]") -> bool:
    if field.is_relation:
        return leads_to_account(field)
    if isinstance(field, ArrayField):
        return _may_hold_words(field.base_field)
    own_key = field.primary_key and isinstance(field, UUIDField)
    return not (own_key or field.choices or isinstance(field, WITHOUT_WORDS))


def _empty_value(field: "Field[Any, Any]") -> object:
    """The value of a field in which nothing stands."""
    if field.null:
        return None
    return "" if isinstance(field, CharField | TextField) else field.get_default()


def _shown(row: M, source: str | Callable[[M], object]) -> object:
    """A value of a row as JSON has it; rows that it refers to by their name."""
    value = source(row) if callable(source) else operator.attrgetter(source)(row)
    match value:
        case dt.datetime():
            return moment(value)
        case dt.date() | Decimal() | uuid.UUID() | Model():
            return str(value)
    return value
