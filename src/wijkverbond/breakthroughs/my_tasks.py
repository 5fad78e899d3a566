"""What a breakthrough asks: whether it is so, of partners that did not work on it."""

import dataclasses
import uuid
from collections.abc import Iterator, Sequence

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from wijkverbond.breakthroughs import policies
from wijkverbond.breakthroughs.models import Breakthrough
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.my_tasks import COALITION, PARTY, PartyRows, Reader, Task, TaskType
from wijkverbond.kernel.policy import Whose
from wijkverbond.kernel.registry import TASK_TYPES
from wijkverbond.kernel.subqueries import inward


@dataclasses.dataclass(frozen=True)
class BreakthroughRow:
    """A breakthrough that others reported, and of which the party said nothing yet.

    `names_us`: who reported it says that the party worked on it.
    """

    id: uuid.UUID
    title: str
    names_us: bool


def _breakthroughs(reader: Reader) -> QuerySet[Breakthrough]:
    reported = Breakthrough.objects.to_confirm_by(PARTY).filter(coalition=COALITION)
    by_others = reported.for_somebody_else(reader.person, reader.now)
    named = Breakthrough.named.through.objects.filter(
        breakthrough=OuterRef("id"), party=inward(PARTY)
    )
    return by_others.annotate(names_us=Exists(named)).order_by("claimed_at")


def _confirm(
    breakthroughs: Sequence[BreakthroughRow], _actor: Actor
) -> Iterator[Task[BreakthroughRow]]:
    for breakthrough in breakthroughs:
        why = _("Partners that did not work on it say whether it is so.")
        if breakthrough.names_us:
            why = _("You were named. Say whether you worked on it, or whether it is so.")
        yield Task(
            about=breakthrough,
            title=_("Is this a breakthrough? %(what)s") % {"what": breakthrough.title},
            why=why,
            button=_("Have a look"),
        )


TASK_TYPES.declare(
    TaskType(
        name="breakthroughs.confirm",
        rows=PartyRows(name="reported_breakthroughs", row=BreakthroughRow, records=_breakthroughs),
        policy=policies.CONFIRM,
        whose=Whose.OTHER,
        state=Breakthrough.State.CLAIMED,
        tasks=_confirm,
        address="breakthroughs:page",
    )
)
