"""What a covenant asks: to be signed, of whoever may sign for a partner."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wijkverbond.commitments import policies
from wijkverbond.commitments.models import Covenant
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.my_tasks import COALITION, PARTY, PartyRows, Reader, Task, TaskType
from wijkverbond.kernel.registry import TASK_TYPES


@dataclasses.dataclass(frozen=True)
class CovenantRow:
    """A covenant that the party is asked to sign; who answered for others (`answered_by`) does not."""

    id: uuid.UUID
    title: str
    sign_until: dt.date
    answered_by: list[uuid.UUID]


def _covenants(_reader: Reader) -> QuerySet[Covenant]:
    waiting = Covenant.objects.waiting_for(PARTY).filter(coalition=COALITION)
    return waiting.with_people_who_answered().order_by("sign_until")


def _sign(covenants: Sequence[CovenantRow], actor: Actor) -> Iterator[Task[CovenantRow]]:
    for covenant in covenants:
        if actor.person in covenant.answered_by:
            continue
        yield Task(
            about=covenant,
            title=_("Sign: %(what)s") % {"what": covenant.title},
            why=_("You have the mandate to sign for your organisation."),
            button=_("Read and sign"),
            due=covenant.sign_until,
        )


TASK_TYPES.declare(
    TaskType(
        name="commitments.sign",
        rows=PartyRows(name="covenants_to_sign", row=CovenantRow, records=_covenants),
        policy=policies.SIGN,
        state=Covenant.State.SIGNING,
        tasks=_sign,
        address="commitments:covenant",
    )
)
