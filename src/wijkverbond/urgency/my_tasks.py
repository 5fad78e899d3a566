"""What a conversation asks of partners: to read, to review what was hidden, to share an urgency."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterator, Sequence

from django.db.models import Exists, F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wijkverbond.coalition.models import Party
from wijkverbond.coalition.queries.confirming import is_known
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.my_tasks import COALITION, PARTY, PartyRows, Reader, Task, TaskType
from wijkverbond.kernel.policy import Whose
from wijkverbond.kernel.registry import TASK_TYPES
from wijkverbond.kernel.subqueries import inward
from wijkverbond.urgency import policies
from wijkverbond.urgency.models import HostHiding, SetApart, SharedUrgency, Statement


@dataclasses.dataclass(frozen=True)
class StatementRow:
    """A statement that nobody has read yet."""

    id: uuid.UUID


@dataclasses.dataclass(frozen=True)
class HidingRow:
    """A hiding by the host that the party did not review yet."""

    id: uuid.UUID
    law: str
    review_by: dt.datetime


@dataclasses.dataclass(frozen=True)
class SharedUrgencyRow:
    """A shared urgency that the party does not endorse as it is worded now."""

    id: uuid.UUID
    sentence: str


@dataclasses.dataclass(frozen=True)
class SetApartRow:
    """Answers that a partner proposes to set apart, of which the party said nothing yet."""

    id: uuid.UUID
    kind: str
    question: str


def _statements(_reader: Reader) -> QuerySet[Statement]:
    waiting = Statement.objects.waiting().filter(conversation__coalition=COALITION)
    return waiting.filter(is_known(COALITION, PARTY))


def _hidings(reader: Reader) -> QuerySet[HostHiding]:
    unreviewed = HostHiding.objects.unreviewed_by(PARTY).for_somebody_else(reader.person)
    hidings = unreviewed.filter(statement__conversation__coalition=COALITION)
    return hidings.order_by("review_by")


def _set_apart(reader: Reader) -> QuerySet[SetApart]:
    proposed = SetApart.objects.proposed().without_voice_of(PARTY).for_somebody_else(reader.person)
    confirmed = Party.objects.confirmed().filter(id=inward(PARTY))
    return (
        proposed.filter(Exists(confirmed), conversation__coalition=COALITION)
        .annotate(kind=F("voices__party__organisation__kind"), question=F("conversation__question"))
        .order_by("proposed_at")
    )


def _urgencies(reader: Reader) -> QuerySet[SharedUrgency]:
    urgencies = SharedUrgency.objects.not_endorsed_by(PARTY).filter(coalition=COALITION)
    return urgencies.not_endorsed_by_person(reader.person).order_by("-proposed_at")


def _read_statements(
    statements: Sequence[StatementRow], _actor: Actor
) -> Iterator[Task[StatementRow]]:
    yield Task(
        about=statements[0],
        title=_("New sentences from the neighbourhood"),
        why=_("Somebody wrote a sentence. Read it within two days."),
        button=_("Read them"),
        urgency="soon",
        when=_("Within two days"),
    )


def _review_hiding(hidings: Sequence[HidingRow], _actor: Actor) -> Iterator[Task[HidingRow]]:
    for hiding in hidings:
        yield Task(
            about=hiding,
            title=_("The host of the site has hidden a sentence"),
            why=_("Ground: %(law)s") % {"law": hiding.law},
            button=_("Review it"),
            due=timezone.localdate(hiding.review_by),
        )


def _agree_apart(set_apart: Sequence[SetApartRow], actor: Actor) -> Iterator[Task[SetApartRow]]:
    """Of a partner of another kind: who proposed it, and who is like them, has to wait."""
    for apart in set_apart:
        if apart.kind != actor.kind:
            yield Task(
                about=apart,
                title=_("Do you set look-alike answers apart too? %(what)s")
                % {"what": apart.question},
                why=_("They may be one person’s. The result then stands with and without them."),
                button=_("Have a look"),
            )


def _endorse(
    urgencies: Sequence[SharedUrgencyRow], _actor: Actor
) -> Iterator[Task[SharedUrgencyRow]]:
    for urgency in urgencies:
        yield Task(
            about=urgency,
            title=_("Do you share this urgency? %(what)s") % {"what": urgency.sentence},
            why=_("Say by name that your organisation shares it."),
            button=_("Have a look"),
        )


TASK_TYPES.declare(
    TaskType(
        name="urgency.read_statements",
        rows=PartyRows(name="waiting_statements", row=StatementRow, records=_statements),
        policy=policies.MODERATE,
        whose=Whose.OTHER,
        tasks=_read_statements,
        address="urgency:read_new",
        arguments=(),
        shared=True,
    )
)
TASK_TYPES.declare(
    TaskType(
        name="urgency.review_hiding",
        rows=PartyRows(name="unreviewed_hidings", row=HidingRow, records=_hidings),
        policy=policies.REVIEW_HIDING,
        whose=Whose.OTHER,
        state="open",
        tasks=_review_hiding,
        address="urgency:review",
    )
)
TASK_TYPES.declare(
    TaskType(
        name="urgency.agree_apart",
        rows=PartyRows(name="answers_to_set_apart", row=SetApartRow, records=_set_apart),
        policy=policies.SET_APART,
        whose=Whose.OTHER,
        state=SetApart.State.PROPOSED,
        tasks=_agree_apart,
        address="urgency:apart",
    )
)
TASK_TYPES.declare(
    TaskType(
        name="urgency.endorse",
        rows=PartyRows(name="urgencies_to_share", row=SharedUrgencyRow, records=_urgencies),
        policy=policies.ENDORSE,
        state=SharedUrgency.State.PROPOSED,
        tasks=_endorse,
        address="urgency:urgency",
    )
)
