"""What someone does who answers: no account, no name, only a pseudonym within one conversation."""

import uuid
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wijkverbond.coalition.models import Involvement
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.text_input import on_one_line
from wijkverbond.urgency import erasure_codes, policies
from wijkverbond.urgency.models import (
    MOST_PRIORITIES,
    Answer,
    AnswerGiven,
    Conversation,
    Participant,
    Priority,
    Statement,
)
from wijkverbond.urgency.services.editions import note_erasure

ANSWER = """
    WITH answered AS (
        INSERT INTO urgency_answer (conversation_id, participant_id, statement_id, value)
        SELECT asked.id, %(participant)s, statement.id, %(value)s
        FROM urgency_statement statement JOIN urgency_conversation asked ON asked.id = conversation_id
        WHERE statement.id = %(statement)s AND conversation_id = %(conversation)s
            AND state = 'published' AND closed_at IS NULL
        FOR KEY SHARE OF asked  -- who closes it waits for us, or we for them and read it closed
        ON CONFLICT (participant_id, statement_id) DO UPDATE SET value = EXCLUDED.value
        RETURNING participant_id, statement_id, value
    )
    INSERT INTO urgency_answergiven (participant_id, statement_id, value, at)
    SELECT participant_id, statement_id, value, %(at)s FROM answered
"""


@transaction.atomic
def join(
    conversation: Conversation,
    *,
    actor: Actor,
    kind: str,
    involvement: str,
    entry: str = Participant.Entry.PHONE,
) -> Participant:
    """Begin to answer: as what one speaks, and how one is involved. Nothing else is asked."""
    require(policies.may_respond(actor, conversation))
    participant = Participant(
        conversation=conversation, kind=kind, involvement=involvement, entry=entry
    )
    participant.erasure_digest = _erasure_digest(participant)
    participant.full_clean()
    participant.save(force_insert=True)
    return participant


def answer(participant: Participant, statement: uuid.UUID, *, actor: Actor, value: int) -> None:
    """Agree, disagree or pass. A later answer replaces the earlier one; both stay in the history.

    One statement of SQL, because a hall full of phones answers at the same time.
    """
    require(policies.may_respond(actor, participant.conversation))
    if value not in Answer.Value.values:
        raise ValidationError({"answer": _("Choose agree, disagree or do not know.")})
    with connection.cursor() as cursor:
        cursor.execute(
            ANSWER,
            {
                "conversation": participant.conversation_id,
                "participant": participant.id,
                "statement": statement,
                "value": value,
                "at": actor.now,
            },
        )
        if not cursor.rowcount:
            raise _no_longer_asked()


@transaction.atomic
def choose(participant: Participant, statements: Sequence[Statement], *, actor: Actor) -> None:
    """Say which statements, at most three, must come first. A new choice replaces the last."""
    require(policies.may_respond(actor, participant.conversation))
    if len(statements) > MOST_PRIORITIES or len(set(statements)) < len(statements):
        raise ValidationError({"statements": _("Choose at most three sentences.")})
    for statement in statements:
        _check_open(participant, statement)
    Participant.objects.select_for_update(no_key=True).get(id=participant.id)
    participant.priorities.all().delete()
    Priority.objects.bulk_create(
        Priority(participant=participant, statement=statement, place=place)
        for place, statement in enumerate(statements, start=1)
    )


@transaction.atomic
def finish(participant: Participant, *, actor: Actor) -> None:
    """The participant is done for now."""
    require(policies.may_respond(actor, participant.conversation))
    participant.finished_at = actor.now
    participant.erasure_digest = _erasure_digest(participant)  # who began before there were codes
    participant.save(update_fields=["finished_at", "erasure_digest"])


@transaction.atomic
def add_statement(participant: Participant, text: str, *, actor: Actor) -> Statement:
    """Add a sentence of one's own, of at most 140 characters; read by people before it is shown.

    The same sentence sent twice is one. Whether others wrote it too is said of what everyone sees
    only: nobody learns here what was refused, was hidden or waits to be read.
    """
    conversation = Conversation.objects.select_for_update(no_key=True).get(
        id=participant.conversation_id
    )
    require(policies.may_respond(actor, conversation))
    text = on_one_line(text)
    if len(text) > 140:
        too_many = len(text) - 140
        shorter = ngettext(
            "Make your sentence one character shorter.",
            "Make your sentence %(over)s characters shorter.",
            too_many,
        )
        raise ValidationError({"text": shorter % {"over": too_many}})
    alike = conversation.statements.filter(text__iexact=text)
    if alike.published().exists():
        raise ValidationError({"text": _("This sentence is already there.")})
    if sent_before := alike.filter(author=participant).first():
        return sent_before
    statement = new_statement(conversation, text, actor)
    statement.author = participant
    statement.full_clean()
    statement.save(force_insert=True)
    return statement


@transaction.atomic
def erase_answers(code: str, *, actor: Actor) -> None:
    """Erase everything that whoever was given this code answered, in an open or a closed question.

    A sentence of theirs that others have read stays, as that of somebody of whom nothing is known.
    """
    erased = Participant.objects.filter(erasure_digest=erasure_codes.digest_of(code))
    participant = erased.select_related("conversation").first()
    if not participant:
        raise ValidationError({"code": _("We do not know this code. Look at each sign again.")})
    # Who counts the answers meanwhile counts the same in each of its queries.
    conversation = Conversation.objects.select_for_update(no_key=True).get(
        id=participant.conversation_id
    )
    require(policies.may_erase_answers(actor, conversation))
    note_erasure(participant)
    participant.priorities.all().delete()
    AnswerGiven.objects.filter(participant=participant).delete()
    participant.answers.all().delete()
    participant.statements.waiting().delete()
    participant.set_apart.clear()
    if not participant.statements.exists():
        participant.delete()
        return
    participant.token, participant.erasure_digest = uuid.uuid4(), None
    participant.kind, participant.involvement = Participant.Speaks.OTHER, Involvement.DISTANCE
    participant.save(update_fields=["token", "erasure_digest", "kind", "involvement"])


def new_statement(conversation: Conversation, text: str, actor: Actor) -> Statement:
    """The next statement of a conversation, not stored yet."""
    last = conversation.statements.aggregate(Max("number"))["number__max"] or 0
    return Statement(conversation=conversation, number=last + 1, text=text, added_at=actor.now)


def _erasure_digest(participant: Participant) -> bytes:
    return erasure_codes.digest_of(erasure_codes.code_of(participant.token))


def _check_open(participant: Participant, statement: Statement) -> None:
    if (
        statement.conversation_id != participant.conversation_id
        or statement.state != Statement.State.PUBLISHED
    ):
        raise _no_longer_asked()


def _no_longer_asked() -> ValidationError:
    return ValidationError({"answer": _("This sentence is no longer asked.")})
