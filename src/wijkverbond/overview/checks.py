"""Start-up checks: what capabilities declare for the pages of overview fits, and leads somewhere."""

import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import FieldError
from django.urls import NoReverseMatch

from wijkverbond.kernel import clock, policy
from wijkverbond.kernel.my_tasks import PartyRows, Reader, TaskType
from wijkverbond.kernel.registry import TASK_TYPES


@register()
def tasks_can_be_done(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Every type of task has a policy of the table, rows that can be read, and a page."""
    return [
        Error(f"task {task_type.name!r}: {mistake}")
        for task_type in TASK_TYPES
        for mistake in _mistakes_in_task(task_type)
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
