"""Counting the answers: every day as they come in, and once when the question has closed.

Counting hundreds of thousands of answers takes a while. So they are read as they were at one moment,
without a lock, and others wait only while what they came to is stored.
"""

import dataclasses
import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import Event
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.snapshots import snapshot
from wijkverbond.urgency import aggregation, counting_without, events, policies, queries
from wijkverbond.urgency.models import Conversation, Reading, ReadingWithout, StatementWord
from wijkverbond.urgency.reading_result import FORM, StatementResult
from wijkverbond.urgency.services.editions import first_edition, publish_edition
from wijkverbond.urgency.services.set_apart import (
    count_without_set_apart,
    publish_without,
)


@dataclasses.dataclass(frozen=True)
class _Counted:
    """What so many answers came to at one moment, not stored yet.

    `before` is the reading that it goes on from; `without` is None where nothing is set apart.
    """

    answers: int
    before: Reading | None
    reading: Reading
    without: ReadingWithout | None


def publish_reading(conversation: Conversation, *, actor: Actor) -> Reading:
    """Count the answers to an open question and publish what may be shown of them."""
    require(policies.may_publish(actor, conversation))
    with snapshot():
        counted = _count(conversation, actor)
    with transaction.atomic():
        return _store(counted, actor)


def publish_closing(conversation: Conversation, *, actor: Actor) -> Reading:
    """Count the answers to a question that closed, and publish them with their first edition.

    Asked again once they are published: the same reading.
    """
    require(policies.may_publish(actor, conversation))
    with snapshot():
        conversation = Conversation.objects.get(id=conversation.id)
        if (published := conversation.readings.of_closing().first()) is not None:
            return published
        counted = _count(conversation, actor)
        edition = first_edition(conversation, actor)
    with transaction.atomic():
        reading = _store(counted, actor)
        # Nobody answers a closed question: somebody erased, and is not to stand in the edition.
        if queries.number_of_answers(conversation) != counted.answers:
            raise _counted_anew()
        publish_edition(edition, actor)
        return reading


def _count(conversation: Conversation, actor: Actor) -> _Counted:
    conversation = Conversation.objects.get(id=conversation.id)
    before = conversation.readings.first()
    aggregate = aggregation.count(conversation, before.kept if before else {})
    reading = Reading(
        conversation=conversation,
        at=actor.now,
        input_digest=aggregate.input_digest,
        output_digest=aggregate.output_digest,
        result=aggregate.result,
        kept=aggregate.kept,
        clusters=counting_without.clusters(conversation),
    )
    without = count_without_set_apart(reading, actor) if conversation.closed_at else None
    answers = queries.number_of_answers(conversation)
    return _Counted(answers, before, reading, without)


def _store(counted: _Counted, actor: Actor) -> Reading:
    """Store and tell what was counted, unless the question closed or was counted meanwhile."""
    reading = counted.reading
    conversation = Conversation.objects.select_for_update(no_key=True).get(
        id=reading.conversation_id
    )
    closed_meanwhile = conversation.closed_at != reading.conversation.closed_at
    if closed_meanwhile or conversation.readings.first() != counted.before:
        raise _counted_anew()
    reading.save(force_insert=True)
    statements = reading.result["statements"]
    happened = [_published(reading, statements), *_counted(reading, statements)]
    happened += publish_without(counted.without) if counted.without else []
    record(*happened, actor=actor, stream=conversation.coalition_id)
    return reading


def _counted_anew() -> ValidationError:
    return ValidationError(_("The answers changed while they were counted. They are counted anew."))


def _published(reading: Reading, statements: Mapping[str, StatementResult]) -> Event:
    def with_word(
        word: str, key: Literal["word", "word_direct"] = "word", *, urgent: bool = False
    ) -> list[uuid.UUID]:
        return sorted(
            uuid.UUID(statement)
            for statement, result in statements.items()
            if result[key] == word and (result["urgent"] or not urgent)
        )

    return events.ReadingPublished(
        reading=reading.id,
        conversation=reading.conversation_id,
        form=FORM,
        input_digest=reading.input_digest,
        output_digest=reading.output_digest,
        respondents=reading.result["respondents"],
        not_yet_heard=reading.result["not_yet_heard"],
        heard_not_shown=reading.result["heard_not_shown"] or None,
        statements=len(statements),
        shared=with_word(StatementWord.SHARED),
        shared_urgent=with_word(StatementWord.SHARED, urgent=True),
        divided=with_word(StatementWord.DIVIDED),
        leaning=with_word(StatementWord.LEANING),
        shared_direct=with_word(StatementWord.SHARED, "word_direct"),
        rests_on=(f"conversation:{reading.conversation_id}",),
    )


def _counted(reading: Reading, statements: Mapping[str, StatementResult]) -> list[Event]:
    return [
        events.StatementCounted(
            reading=reading.id,
            statement=uuid.UUID(statement),
            word=result["word"],
            word_direct=result["word_direct"],
            agree=_counts(result, "agree"),
            disagree=_counts(result, "disagree"),
            passes=_counts(result, "passes"),
            chosen=result["chosen"],
            lower={
                kind: Decimal(str(figures["lower"])) for kind, figures in result["kinds"].items()
            },
            upper={
                kind: Decimal(str(figures["upper"])) for kind, figures in result["kinds"].items()
            },
            rests_on=(f"statement:{statement}",),
        )
        for statement, result in statements.items()
    ]


def _counts(
    result: StatementResult, answer: Literal["agree", "disagree", "passes"]
) -> dict[str, int]:
    return {kind: figures[answer] for kind, figures in result["kinds"].items() if answer in figures}
