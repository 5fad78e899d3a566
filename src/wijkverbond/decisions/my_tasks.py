"""What a round of consent asks: an answer to the proposal, and one to whoever objects to it."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterator, Sequence

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wijkverbond.decisions import policies
from wijkverbond.decisions.models import Decision, LaterAnswer, Objection, Position, State
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.my_tasks import COALITION, PARTY, PartyRows, Reader, Task, TaskType
from wijkverbond.kernel.registry import TASK_TYPES
from wijkverbond.kernel.subqueries import inward


@dataclasses.dataclass(frozen=True)
class ProposalRow:
    """A proposal to which the party did not answer yet; who has `spoken` for others does not do it.

    `entered`: somebody entered an answer for the party, that it did not confirm.
    """

    id: uuid.UUID
    title: str
    closes_at: dt.datetime
    spoken: list[uuid.UUID]
    entered: bool


@dataclasses.dataclass(frozen=True)
class LaterAnswerRow:
    """What was carried without the kind of the party, before it came."""

    id: uuid.UUID
    proposal: str
    answer_by: dt.date


@dataclasses.dataclass(frozen=True)
class ObjectionRow:
    """An objection to a proposal of the party, without an answer."""

    id: uuid.UUID
    proposal: str
    objector: str


def _proposals(reader: Reader) -> QuerySet[Decision]:
    unanswered = Decision.objects.unanswered_by(PARTY).filter(coalition=COALITION)
    unanswered = unanswered.about_others_than(reader.person, PARTY, reader.now)
    entered = Position.objects.current().filter(decision=OuterRef("id"), party=inward(PARTY))
    with_people = unanswered.with_people_who_spoke().annotate(entered=Exists(entered))
    return with_people.order_by("closes_at")


def _later_answers(reader: Reader) -> QuerySet[LaterAnswer]:
    waiting = LaterAnswer.objects.waiting().for_somebody_else(reader.person).filter(party=PARTY)
    return waiting.annotate(proposal=F("decision__title")).order_by("answer_by")


def _objections(_reader: Reader) -> QuerySet[Objection]:
    unanswered = Objection.objects.unanswered().filter(decision__proposer=PARTY)
    with_names = unanswered.annotate(
        proposal=F("decision__title"), objector=F("party__organisation__name")
    )
    return with_names.order_by("raised_at")


def _take_position(proposals: Sequence[ProposalRow], actor: Actor) -> Iterator[Task[ProposalRow]]:
    for proposal in proposals:
        if actor.person in proposal.spoken:
            continue
        if proposal.entered:
            why = _("Somebody entered your answer. It counts once you confirm it.")
            button = _("Confirm or correct our answer")
        else:
            why = _("Your answer to this proposal is asked.")
            button = _("Give your answer")
        yield Task(
            about=proposal,
            title=proposal.title,
            why=why,
            button=button,
            due=timezone.localdate(proposal.closes_at),
        )


def _answer_afterwards(
    later_answers: Sequence[LaterAnswerRow], _actor: Actor
) -> Iterator[Task[LaterAnswerRow]]:
    for later_answer in later_answers:
        yield Task(
            about=later_answer,
            title=later_answer.proposal,
            why=_("This was carried before you came, without partners like you. What do you say?"),
            button=_("Give your answer"),
            due=later_answer.answer_by,
        )


def _answer_objection(
    objections: Sequence[ObjectionRow], _actor: Actor
) -> Iterator[Task[ObjectionRow]]:
    for objection in objections:
        why = _("%(party)s objects. Whoever objects gets an answer.")
        yield Task(
            about=objection,
            title=_("Answer the objection to: %(what)s") % {"what": objection.proposal},
            why=why % {"party": objection.objector},
            button=_("Answer"),
            urgency="soon",
            when=_("Waits for you"),
        )


TASK_TYPES.declare(
    TaskType(
        name="decisions.take_position",
        rows=PartyRows(name="open_proposals", row=ProposalRow, records=_proposals),
        policy=policies.TAKE_POSITION,
        state=State.OPEN,
        tasks=_take_position,
        address="decisions:page",
    )
)
TASK_TYPES.declare(
    TaskType(
        name="decisions.answer_afterwards",
        rows=PartyRows(name="later_answers_asked", row=LaterAnswerRow, records=_later_answers),
        policy=policies.ANSWER_AFTERWARDS,
        state="waiting",
        tasks=_answer_afterwards,
        address="decisions:answer_afterwards",
    )
)
TASK_TYPES.declare(
    TaskType(
        name="decisions.answer_objection",
        rows=PartyRows(name="unanswered_objections", row=ObjectionRow, records=_objections),
        policy=policies.ANSWER_OBJECTION,
        state=State.OPEN,
        tasks=_answer_objection,
        address="decisions:reply",
    )
)
