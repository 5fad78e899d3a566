"""A declaration with which a page could not be made is found when the site starts."""

import dataclasses
from typing import Any

import pytest

from wijkverbond.kernel.my_tasks import TaskType
from wijkverbond.kernel.registry import (
    RECORD_TYPES,
    TASK_TYPES,
    TIMELINE_CHAPTERS,
    Named,
    RecordType,
    Registry,
    TimelineChapter,
)
from wijkverbond.overview import checks
from wijkverbond.vision import events

TASK: TaskType[Any] = TASK_TYPES["decisions.take_position"]


@dataclasses.dataclass(frozen=True)
class StrangeRow:
    """A row with something that no query gives."""

    id: str
    colour: str


def declare_only(monkeypatch: pytest.MonkeyPatch, registry: str, *declared: Named) -> None:
    """Let the checks see these declarations instead of those of the capabilities."""
    only: Registry[Named] = Registry("declaration of a test")
    for each in declared:
        only.declare(each)
    monkeypatch.setattr(checks, registry, only)


def task_mistakes(monkeypatch: pytest.MonkeyPatch, *declared: TaskType[Any]) -> list[str]:
    """What the check says of these types of task."""
    declare_only(monkeypatch, "TASK_TYPES", *declared)
    return [message.msg for message in checks.tasks_can_be_done(None)]


def test_the_declarations_of_the_capabilities_are_consistent() -> None:
    assert len(TASK_TYPES) > 10
    assert len(RECORD_TYPES) > 10
    assert len(TIMELINE_CHAPTERS) == 10
    assert checks.tasks_can_be_done(None) == []
    assert checks.records_can_be_read(None) == []
    assert checks.public_events_are_told(None) == []


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


@pytest.mark.parametrize(
    ("changes", "mistake"),
    [
        ({"address": "vision:nowhere"}, "'nowhere' is not a valid view function"),
        ({"fact": ""}, "Reverse for 'goal' with arguments '('wijk',)'"),
        ({"fact": "unit"}, "vision.goal_set has no id 'unit'"),
        ({"text": "figure"}, "none of its events has a text 'figure'"),
        ({"events": (events.VersionAdopted,)}, "vision.version_adopted has no id 'goal'"),
    ],
)
def test_a_type_of_record_that_leads_nowhere_is_an_error(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], mistake: str
) -> None:
    goal: RecordType = dataclasses.replace(RECORD_TYPES["goal"], **changes)
    declare_only(monkeypatch, "RECORD_TYPES", goal)
    mistakes = [error.msg for error in checks.records_can_be_read(None)]
    assert any(
        message.startswith("type of record 'goal': ") and mistake in message for message in mistakes
    )


def test_a_public_event_without_chapter_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    others = [chapter for chapter in TIMELINE_CHAPTERS if chapter.name != "vision"]
    declare_only(monkeypatch, "TIMELINE_CHAPTERS", *others)
    mistakes = [message.msg for message in checks.public_events_are_told(None)]
    assert "event 'vision.goal_set': there is no chapter 'vision' of the timeline" in mistakes
    assert all("vision" in mistake for mistake in mistakes)


def test_a_public_event_that_leads_to_no_record_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    chapters: dict[str, TimelineChapter] = {each.name: each for each in TIMELINE_CHAPTERS}
    of_coalition = chapters.pop("coalition")
    coalition = dataclasses.replace(of_coalition, without_page=())
    vision = dataclasses.replace(chapters.pop("vision"), without_page=(events.GoalSet,))
    declare_only(monkeypatch, "TIMELINE_CHAPTERS", coalition, vision, *chapters.values())
    mistakes = [message.msg for message in checks.public_events_are_told(None)]
    assert any(mistake.startswith("event 'coalition.coalition_started'") for mistake in mistakes)
    assert any(mistake.startswith("event 'vision.goal_set'") for mistake in mistakes)
    assert len(mistakes) == len(of_coalition.without_page) + 1


def test_an_event_that_does_not_say_on_which_page_its_record_is_read_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chapters: dict[str, TimelineChapter] = {each.name: each for each in TIMELINE_CHAPTERS}
    urgency = dataclasses.replace(chapters.pop("urgency"), silent=())
    declare_only(monkeypatch, "TIMELINE_CHAPTERS", urgency, *chapters.values())
    assert [message.msg for message in checks.public_events_are_told(None)] == [
        "event 'urgency.statement_counted': it leads to a reading, and has no id 'conversation' "
        "for its page"
    ]
