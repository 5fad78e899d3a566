"""What vision and goals ask: an answer to a proposed change, and what a partner gains by a goal."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterator, Sequence

from django.db.models import F, QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.my_tasks import COALITION, PARTY, PartyRows, Reader, Task, TaskType
from wijkverbond.kernel.registry import TASK_TYPES
from wijkverbond.vision import policies
from wijkverbond.vision.models import Amendment, Goal

LONGEST_QUOTE = 120


@dataclasses.dataclass(frozen=True)
class AmendmentRow:
    """A change that somebody proposed to the party's text of the vision."""

    id: uuid.UUID
    change: str
    answer_by: dt.date
    proposer: str


@dataclasses.dataclass(frozen=True)
class GoalRow:
    """A goal of which the party did not confirm what it gains."""

    id: uuid.UUID
    sentence: str
    gaining: uuid.UUID


def _amendments(_reader: Reader) -> QuerySet[Amendment]:
    waiting = Amendment.objects.waiting().filter(
        version__coalition=COALITION, version__author=PARTY
    )
    return waiting.annotate(proposer=F("party__organisation__name")).order_by("answer_by")


def _goals(_reader: Reader) -> QuerySet[Goal]:
    goals = Goal.objects.without_benefit_of(PARTY).filter(coalition=COALITION)
    return goals.annotate(gaining=PARTY).order_by("set_at")


def _settle_amendment(
    amendments: Sequence[AmendmentRow], _actor: Actor
) -> Iterator[Task[AmendmentRow]]:
    for amendment in amendments:
        change = Truncator(amendment.change).chars(LONGEST_QUOTE)
        yield Task(
            about=amendment,
            title=_("Say what came of a proposed change"),
            why=_("%(whose)s proposes: “%(change)s”")
            % {"whose": amendment.proposer, "change": change},
            button=_("Answer"),
            due=amendment.answer_by,
        )


def _confirm_benefit(goals: Sequence[GoalRow], _actor: Actor) -> Iterator[Task[GoalRow]]:
    title = ngettext(
        "Say what you gain by 1 goal", "Say what you gain by %(many)s goals", len(goals)
    )
    why = _("Who gains by a goal keeps working for it. First: “%(goal)s”.")
    yield Task(
        about=goals[0],
        title=title % {"many": len(goals)},
        why=why % {"goal": goals[0].sentence},
        button=_("Write or confirm it"),
    )


TASK_TYPES.declare(
    TaskType(
        name="vision.settle_amendment",
        rows=PartyRows(name="waiting_amendments", row=AmendmentRow, records=_amendments),
        policy=policies.SETTLE_AMENDMENT,
        tasks=_settle_amendment,
        address="vision:settle",
    )
)
TASK_TYPES.declare(
    TaskType(
        name="vision.confirm_benefit",
        rows=PartyRows(name="goals_without_benefit", row=GoalRow, records=_goals),
        policy=policies.CONFIRM_BENEFIT,
        tasks=_confirm_benefit,
        address="vision:benefit",
        arguments=("id", "gaining"),
    )
)
