"""What an initiative asks: the actions that a partner said it would do."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wijkverbond.actions import policies
from wijkverbond.actions.models import Action
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.my_tasks import PARTY, PartyRows, Reader, Task, TaskType
from wijkverbond.kernel.registry import TASK_TYPES


@dataclasses.dataclass(frozen=True)
class ActionRow:
    """An action of the party that is still to be done."""

    what: str
    due: dt.date
    initiative: uuid.UUID


def _actions(_reader: Reader) -> QuerySet[Action]:
    return Action.objects.to_do().filter(party=PARTY).order_by("due")


def _settle_actions(actions: Sequence[ActionRow], _actor: Actor) -> Iterator[Task[ActionRow]]:
    for action in actions:
        yield Task(
            about=action,
            title=_("Do this: %(what)s") % {"what": action.what},
            why=_("You said that you would. Say so when it is done, or drop it with a reason."),
            button=_("To the initiative"),
            due=action.due,
        )


TASK_TYPES.declare(
    TaskType(
        name="actions.settle_action",
        rows=PartyRows(name="actions_to_do", row=ActionRow, records=_actions),
        policy=policies.SETTLE_ACTION,
        tasks=_settle_actions,
        address="actions:initiative",
        arguments=("initiative",),
    )
)
