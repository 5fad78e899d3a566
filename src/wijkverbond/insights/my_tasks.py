"""What signals ask of partners: to be read, so that they can be shown."""

import dataclasses
import uuid
from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wijkverbond.coalition.queries.confirming import is_known
from wijkverbond.insights import policies
from wijkverbond.insights.models import Signal
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.my_tasks import COALITION, PARTY, PartyRows, Reader, Task, TaskType
from wijkverbond.kernel.policy import Whose
from wijkverbond.kernel.registry import TASK_TYPES


@dataclasses.dataclass(frozen=True)
class SignalRow:
    """A signal that nobody has read yet."""

    id: uuid.UUID


def _signals(_reader: Reader) -> QuerySet[Signal]:
    return Signal.objects.waiting().filter(is_known(COALITION, PARTY), coalition=COALITION)


def _read_signals(signals: Sequence[SignalRow], _actor: Actor) -> Iterator[Task[SignalRow]]:
    yield Task(
        about=signals[0],
        title=_("New signals from the neighbourhood"),
        why=_("Somebody said what they see. Read it, so that it can be shown."),
        button=_("Read them"),
        urgency="soon",
        when=_("Within two days"),
    )


TASK_TYPES.declare(
    TaskType(
        name="insights.read_signals",
        rows=PartyRows(name="waiting_signals", row=SignalRow, records=_signals),
        policy=policies.MODERATE_SIGNAL,
        whose=Whose.OTHER,
        tasks=_read_signals,
        address="insights:read_new",
        arguments=(),
        shared=True,
    )
)
