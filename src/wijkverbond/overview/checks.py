"""Start-up checks: what capabilities declare for the pages of overview fits, and leads somewhere."""

import dataclasses
import uuid
from collections.abc import Iterator, Sequence
from typing import Any, get_args, get_type_hints

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import FieldError
from django.urls import NoReverseMatch, reverse

from wijkverbond.kernel import clock, policy
from wijkverbond.kernel.events import DECLARED, Event, Text
from wijkverbond.kernel.my_tasks import PartyRows, Reader, TaskType
from wijkverbond.kernel.registry import RECORD_TYPES, TASK_TYPES, TIMELINE_CHAPTERS, RecordType
from wijkverbond.overview import record_types


@register()
def tasks_can_be_done(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Every type of task has a policy of the table, rows that can be read, and a page."""
    return [
        Error(f"task {task_type.name!r}: {mistake}")
        for task_type in TASK_TYPES
        for mistake in _mistakes_in_task(task_type)
    ]


@register()
def records_can_be_read(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Every type of record has a page, and what its events have to tell."""
    return [
        Error(f"type of record {record_type.name!r}: {mistake}")
        for record_type in RECORD_TYPES
        for mistake in _mistakes_in_record_type(record_type)
    ]


@register()
def public_events_are_told(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Every public event has a chapter of the timeline, and a record to which it leads."""
    return [
        Error(f"event {event.name!r}: {mistake}")
        for event in DECLARED.values()
        if event.public and event.__module__.endswith(".events")  # others are declared by a test
        for mistake in _mistakes_in_event(event)
    ]


def _mistakes_in_task(task_type: TaskType[Any]) -> Iterator[str]:
    if policy.ACTIONS.get(task_type.policy.name) is not task_type.policy:
        yield f"its policy {task_type.policy.name!r} is not in the table"
    same_name = {id(other.rows) for other in TASK_TYPES if other.rows.name == task_type.rows.name}
    if len(same_name) > 1:
        yield f"other rows are called {task_type.rows.name!r} too"
    yield from _mistakes_in_rows(task_type.rows)
    try:
        task_type.sample_url()
    except NoReverseMatch as error:
        yield str(error)


def _mistakes_in_rows(rows: PartyRows[Any]) -> Iterator[str]:
    records = rows.records(Reader(person=uuid.UUID(int=0), now=clock.now()))
    try:
        records.values_list(*rows.names())
    except FieldError as error:
        yield f"{rows.row.__name__}: {error}"


def _mistakes_in_record_type(record_type: RecordType) -> Iterator[str]:
    for event in record_type.events:
        hints = get_type_hints(event)
        for key in sorted({record_type.name, record_type.fact} - {""}):
            if uuid.UUID not in _choices(hints.get(key)):
                yield f"{event.name} has no id {key!r}"
    texts = [get_type_hints(event).get(record_type.text) for event in record_type.events]
    if record_type.text and not any(Text in _choices(hint) for hint in texts):
        yield f"none of its events has a text {record_type.text!r}"
    record = [uuid.UUID(int=0)] if record_type.fact else []
    try:
        reverse(record_type.address, args=["wijk", *record])
    except NoReverseMatch as error:
        yield str(error)


def _mistakes_in_event(event: type[Event]) -> Iterator[str]:
    name = event.name.split(".")[0]
    if name not in TIMELINE_CHAPTERS:
        yield f"there is no chapter {name!r} of the timeline"
        return
    chapter = TIMELINE_CHAPTERS[name]
    facts = {field.name for field in dataclasses.fields(event)}
    record_type = record_types.about(event.name, facts)
    if (record_type is not None) == (event in chapter.without_page):
        yield "it leads to a record, or is without_page in its chapter: one of the two"
    if record_type and event not in chapter.silent and record_type.fact not in {*facts, ""}:
        yield f"it leads to a {record_type.name}, and has no id {record_type.fact!r} for its page"


def _choices(hint: object) -> tuple[object, ...]:
    """What a fact of this type can be."""
    return get_args(hint) or (hint,)
