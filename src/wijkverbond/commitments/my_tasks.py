"""What a covenant asks: to be signed, of whoever may sign for a partner."""

import dataclasses
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
    """A covenant that the party is asked to sign."""

    id: uuid.UUID
    title: str


def _covenants(_reader: Reader) -> QuerySet[Covenant]:
    return Covenant.objects.waiting_for(PARTY).filter(coalition=COALITION)


def _sign(covenants: Sequence[CovenantRow], _actor: Actor) -> Iterator[Task[CovenantRow]]:
    for covenant in covenants:
        yield Task(
            about=covenant,
            title=_("Sign: %(what)s") % {"what": covenant.title},
            why=_("You have the mandate to sign for your organisation."),
            button=_("Read and sign"),
            urgency="soon",
            when=_("Open for signing"),
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
