"""What requests ask: an answer of government, and then whether that helps of who asked."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterator, Sequence

from django.db.models import F, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wijkverbond.actions import policies
from wijkverbond.actions.models import FacilitationRequest
from wijkverbond.actions.my_tasks.own_records import OwnRecord
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.my_tasks import PARTY, PartyRows, Reader, Task, TaskType
from wijkverbond.kernel.registry import TASK_TYPES

State = FacilitationRequest.State


@dataclasses.dataclass(frozen=True)
class RequestRow:
    """A request that is not finished, and that the party asked or was asked."""

    id: uuid.UUID
    title: str
    due: dt.date
    state: str
    asker: uuid.UUID
    asker_name: str
    addressee_name: str

    def is_of(self, party: uuid.UUID | None) -> bool:
        """Whether this party asked it; else it was asked of this party."""
        return self.asker == party


def _requests(_reader: Reader) -> QuerySet[FacilitationRequest]:
    unfinished = FacilitationRequest.objects.unfinished().filter(
        Q(asker=PARTY) | Q(addressee=PARTY)
    )
    with_names = unfinished.annotate(
        asker_name=F("asker__organisation__name"), addressee_name=F("addressee__organisation__name")
    )
    return with_names.order_by("due")


REQUESTS = PartyRows(name="unfinished_requests", row=RequestRow, records=_requests)


def own_records(
    requests: Sequence[RequestRow], party: uuid.UUID, today: dt.date
) -> Iterator[OwnRecord]:
    """The requests that a party asked, each with where it stands; never those it was asked."""
    states = {State.ANSWERED.value: _("Answered"), State.ACKNOWLEDGED.value: _("Received")}
    for request in requests:
        if not request.is_of(party):
            continue
        answered = request.state == State.ANSWERED
        late = not answered and request.due < today
        more = _("To %(whom)s. Term: %(day)s")
        yield OwnRecord(
            id=request.id,
            title=request.title,
            address="actions:request",
            level="absent" if late else "present" if answered else "info",
            state=_("Too late") if late else states.get(request.state, _("Asked")),
            more=more % {"whom": request.addressee_name, "day": date_format(request.due, "j F Y")},
        )


def _answer(requests: Sequence[RequestRow], actor: Actor) -> Iterator[Task[RequestRow]]:
    for request in requests:
        if not request.is_of(actor.party) and request.state != State.ANSWERED:
            why = _("%(asker)s asks this. Everyone sees whether you answer in time.")
            yield Task(
                about=request,
                title=request.title,
                why=why % {"asker": request.asker_name},
                button=_("Answer"),
                due=request.due,
            )


def _settle(requests: Sequence[RequestRow], actor: Actor) -> Iterator[Task[RequestRow]]:
    for request in requests:
        if request.is_of(actor.party) and request.state == State.ANSWERED:
            yield Task(
                about=request,
                title=_("Does this answer help? %(what)s") % {"what": request.title},
                why=_("Government answered. You say whether it resolves your request."),
                button=_("Read the answer"),
                urgency="soon",
                when=_("Answered"),
            )


TASK_TYPES.declare(
    TaskType(
        name="actions.answer_request",
        rows=REQUESTS,
        policy=policies.ANSWER_REQUEST,
        state=State.ASKED,
        tasks=_answer,
        address="actions:request",
    )
)
TASK_TYPES.declare(
    TaskType(
        name="actions.settle_request",
        rows=REQUESTS,
        policy=policies.SETTLE_REQUEST,
        state=State.ANSWERED,
        tasks=_settle,
        address="actions:request",
    )
)
