"""A declaration with which a page could not be made is found when the site starts."""

import dataclasses
from typing import Any

import pytest

from wijkverbond.kernel.my_tasks import TaskType
from wijkverbond.kernel.registry import TASK_TYPES, Registry
from wijkverbond.overview import checks

TASK: TaskType[Any] = TASK_TYPES["decisions.take_position"]


@dataclasses.dataclass(frozen=True)
class StrangeRow:
    """A row with something that no query gives."""

    id: str
    colour: str


def task_mistakes(monkeypatch: pytest.MonkeyPatch, *declared: TaskType[Any]) -> list[str]:
    """What the check says of these declarations."""
    registry: Registry[TaskType[Any]] = Registry("type of task")
    for task_type in declared:
        registry.declare(task_type)
    monkeypatch.setattr(checks, "TASK_TYPES", registry)
    return [message.msg for message in checks.tasks_can_be_done(None)]


def test_what_the_capabilities_declare_fits() -> None:
    assert len(TASK_TYPES) > 10
    assert checks.tasks_can_be_done(None) == []


@pytest.mark.parametrize(
    ("changes", "mistake"),
    [
        ({"address": "decisions:nowhere"}, "'nowhere' is not a valid view function"),
        ({"arguments": ("id", "closes_at")}, "Reverse for 'page' with arguments"),
        (
            {"policy": dataclasses.replace(TASK.policy, name="decisions.other")},
            "its policy 'decisions.other' is not in the table",
        ),
        (
            {"rows": dataclasses.replace(TASK.rows, row=StrangeRow)},
            "StrangeRow: Cannot resolve keyword 'colour'",
        ),
    ],
)
def test_a_task_without_page_policy_or_rows_is_an_error(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], mistake: str
) -> None:
    mistakes = task_mistakes(monkeypatch, dataclasses.replace(TASK, **changes))
    assert len(mistakes) == 1
    assert mistakes[0].startswith("task 'decisions.take_position': ")
    assert mistake in mistakes[0]


def test_two_declarations_of_rows_have_two_names(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = dataclasses.replace(TASK.rows)
    other = dataclasses.replace(TASK, name="decisions.other", rows=rows)
    mistakes = task_mistakes(monkeypatch, TASK, other)
    assert len(mistakes) == 2
    assert "other rows are called 'open_proposals' too" in mistakes[0]
