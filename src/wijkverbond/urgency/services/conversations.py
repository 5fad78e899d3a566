"""Asking the neighbourhood: open, read new sentences, take in paper, close."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.queries import party_of
from wijkverbond.kernel import jobs, withheld_texts
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import shreddable
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.shown import require_shown
from wijkverbond.kernel.text_input import on_one_line
from wijkverbond.urgency import events, policies, queries
from wijkverbond.urgency.models import (
    MOST_PRIORITIES,
    Answer,
    AnswerGiven,
    Conversation,
    Participant,
    Priority,
    Statement,
)
from wijkverbond.urgency.services.responses import new_statement

FEWEST_SEEDS = 3
MOST_PEOPLE_ON_PAPER = 2000
LONGEST_IN_THE_HALL = dt.timedelta(hours=12)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Sheet:
    """One person's answers from paper: by number of the statement, and what must come first."""

    kind: str
    involvement: str
    entry: str
    answers: Mapping[int, int]
    priorities: Sequence[int] = ()


@transaction.atomic
def open_conversation(
    coalition: Coalition,
    *,
    actor: Actor,
    question: str,
    seeds: Sequence[str],
    closes_at: dt.datetime,
    opens_at: dt.datetime | None = None,
) -> Conversation:
    """Open a conversation with the neighbourhood, with some first sentences to answer."""
    require(policies.may_open_conversation(actor, coalition))
    seeds = [seed for seed in map(on_one_line, seeds) if seed]
    if len(seeds) < FEWEST_SEEDS or len(set(seeds)) < len(seeds):
        raise ValidationError(
            {
                "seeds": _("Write at least %(fewest)s different sentences.")
                % {"fewest": FEWEST_SEEDS}
            }
        )
    conversation = Conversation(
        coalition=coalition,
        question=question.strip(),
        opened_by=party_of(actor),
        opens_at=opens_at or actor.now,
        closes_at=closes_at,
    )
    conversation.full_clean()
    conversation.save(force_insert=True)
    for seed in seeds:
        statement = new_statement(conversation, seed, actor)
        statement.state, statement.moderated_at = Statement.State.PUBLISHED, actor.now
        _clean_seed(statement)
        statement.save(force_insert=True)
    record(
        events.ConversationOpened(
            conversation=conversation.id,
            places=coalition.place_codes,
            division_year=coalition.place_year,
            opens=conversation.opens_at,
            closes=conversation.closes_at,
            entry=["open_link", "paper"],
            moderation="before",
            seeds=len(seeds),
            question=shreddable(conversation.question),
        ),
        actor=actor,
    )
    return conversation


@transaction.atomic
def expect_in_the_hall(
    conversation: Conversation, *, actor: Actor, starts: dt.datetime, ends: dt.datetime
) -> Conversation:
    """Say when many people answer together in a hall: nobody of one network waits in these hours.

    Saying other hours replaces them.
    """
    conversation = Conversation.objects.select_for_update(no_key=True).get(id=conversation.id)
    require(policies.may_expect_in_the_hall(actor, conversation))
    if (conversation.hall_from, conversation.hall_until) == (starts, ends):
        return conversation
    if not actor.now < ends <= starts + LONGEST_IN_THE_HALL:
        raise ValidationError(
            {"until_time": _("Choose at most twelve hours in a row, that are not over yet.")}
        )
    conversation.hall_from, conversation.hall_until = starts, ends
    conversation.full_clean()
    conversation.save(update_fields=["hall_from", "hall_until"])
    hall = events.HallHoursSet(conversation=conversation.id, starts=starts, ends=ends)
    record(hall, actor=actor)
    return conversation


@transaction.atomic
def moderate(
    statement: Statement,
    *,
    actor: Actor,
    publish: bool,
    why: str = "",
    reason: str = "",
    shown: str | None = None,
) -> Statement:
    """Publish a sentence that waits, or say why not; a published one can be hidden with a reason."""
    statement = (
        Statement.objects.select_for_update(of=("self",), no_key=True)
        .select_related("conversation")
        .get(id=statement.id)
    )
    require(policies.may_moderate(actor, statement))
    require_shown(shown, statement)
    was = statement.state
    if was not in (Statement.State.WAITING, Statement.State.PUBLISHED) or (
        publish and was == Statement.State.PUBLISHED
    ):
        raise ValidationError(_("Somebody has already read this sentence."))
    if not publish and not why:
        raise ValidationError({"why": _("Say why it is not published.")})
    published = statement.conversation.statements.published()
    if publish and published.filter(text__iexact=statement.text).exists():
        raise ValidationError(_("This sentence is already there."))
    hidden = was == Statement.State.PUBLISHED
    refused = Statement.State.HIDDEN if hidden else Statement.State.REFUSED
    statement.state = Statement.State.PUBLISHED if publish else refused
    statement.why, statement.reason = "" if publish else why, reason.strip()
    statement.moderated_at = actor.now
    statement.full_clean()
    statement.save(update_fields=["state", "why", "reason", "moderated_at"])
    if hidden:
        withheld_texts.withhold(queries.entries_with_text_of(statement), "body")
    record(
        events.StatementModerated(
            conversation=statement.conversation_id,
            statement=statement.id,
            origin="participant" if statement.author_id else "seed",
            outcome=statement.state,
            why=statement.why or None,
            reason=shreddable(statement.reason),
            body=shreddable(statement.text) if publish else None,
        ),
        actor=actor,
    )
    return statement


@transaction.atomic
def take_in(conversation: Conversation, sheets: Iterable[Sheet], *, actor: Actor) -> int:
    """Enter the answers of many people from paper at once; how many people they were."""
    require(policies.may_take_in(actor, conversation))
    sheets = list(sheets)
    if len(sheets) > MOST_PEOPLE_ON_PAPER:
        raise ValidationError(_("These are too many sheets at once."))
    statements = {statement.number: statement for statement in conversation.statements.published()}
    if any(
        not {*sheet.answers, *sheet.priorities} <= statements.keys()
        or not {*sheet.answers.values()} <= {*Answer.Value.values}
        or len(sheet.priorities) > MOST_PRIORITIES
        or len({*sheet.priorities}) < len(sheet.priorities)
        for sheet in sheets
    ):
        raise ValidationError(_("A sheet has a number or an answer that does not exist."))
    people = Participant.objects.bulk_create(
        Participant(
            conversation=conversation,
            kind=sheet.kind,
            involvement=sheet.involvement,
            entry=sheet.entry,
            finished_at=actor.now,
        )
        for sheet in sheets
    )
    pairs = list(zip(people, sheets, strict=True))
    answers = [
        (person, statements[number], value)
        for person, sheet in pairs
        for number, value in sheet.answers.items()
    ]
    Answer.objects.bulk_create(
        [
            Answer(conversation=conversation, participant=person, statement=statement, value=value)
            for person, statement, value in answers
        ],
        batch_size=2000,
    )
    AnswerGiven.objects.bulk_create(
        [
            AnswerGiven(participant=person, statement=statement, value=value, at=actor.now)
            for person, statement, value in answers
        ],
        batch_size=2000,
    )
    Priority.objects.bulk_create(
        Priority(participant=person, statement=statements[number], place=place)
        for person, sheet in pairs
        for place, number in enumerate(sheet.priorities, start=1)
    )
    return len(people)


@transaction.atomic
def close(conversation: Conversation, *, actor: Actor) -> Conversation:
    """Close the conversation: by the partner that opened it, or by the clock on its day.

    The answers are counted right after it, by the worker (`publish_closing`).
    """
    # Not `no_key`: an answer that is on its way is stored before this, or finds the question closed.
    conversation = Conversation.objects.select_for_update().get(id=conversation.id)
    require(policies.may_close(actor, conversation))
    if conversation.closed_at:
        raise ValidationError(_("This question is already closed."))
    conversation.closed_at = actor.now
    conversation.save(update_fields=["closed_at"])
    closed = events.ConversationClosed(
        conversation=conversation.id, rests_on=(f"conversation:{conversation.id}",)
    )
    record(closed, actor=actor, stream=conversation.coalition_id)
    jobs.defer("urgency.publish_closing", conversation=str(conversation.id))
    return conversation


def _clean_seed(statement: Statement) -> None:
    try:
        statement.full_clean()
    except ValidationError as error:
        raise ValidationError({"seeds": f"“{statement.text}”: {error.messages[0]}"}) from error
