"""What a covenant asks: to be signed, of whoever may sign for a partner."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterator, Sequence

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from wijkverbond.commitments import policies
from wijkverbond.commitments.models import Covenant, LaterSigner
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


@dataclasses.dataclass(frozen=True)
class LaterSignerRow:
    """A covenant that holds without the kind of the party, which came later."""

    covenant: uuid.UUID
    title: str
    answer_by: dt.date
    answered_by: list[uuid.UUID]


def _covenants(_reader: Reader) -> QuerySet[Covenant]:
    waiting = Covenant.objects.waiting_for(PARTY).filter(coalition=COALITION)
    return waiting.with_people_who_answered().order_by("sign_until")


def _later_signers(_reader: Reader) -> QuerySet[LaterSigner]:
    waiting = LaterSigner.objects.waiting().filter(party=PARTY).with_people_who_answered()
    return waiting.annotate(title=F("covenant__title")).order_by("answer_by")


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


def _sign_afterwards(
    later_signers: Sequence[LaterSignerRow], actor: Actor
) -> Iterator[Task[LaterSignerRow]]:
    for later_signer in later_signers:
        if actor.person in later_signer.answered_by:
            continue
        yield Task(
            about=later_signer,
            title=_("Sign: %(what)s") % {"what": later_signer.title},
            why=_("This came into force before you came, without partners like you."),
            button=_("Read and sign"),
            due=later_signer.answer_by,
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
TASK_TYPES.declare(
    TaskType(
        name="commitments.sign_afterwards",
        rows=PartyRows(name="covenants_afterwards", row=LaterSignerRow, records=_later_signers),
        policy=policies.SIGN,
        state=Covenant.State.IN_FORCE,
        tasks=_sign_afterwards,
        address="commitments:covenant",
        arguments=("covenant",),
    )
)
