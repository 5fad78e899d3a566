"""Editions: what everyone may have of a closed question, and what happens when somebody erases answers.

Who lays two editions side by side sees the lines that went. So the next one waits until at least five
people erased their answers, and is made at a fixed time: no line leads to one of them. Meanwhile the
edition stands as it is. The line in it has a number that leads to nobody, and nobody is told whether
anything waits.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from wijkverbond.analysis.digest import digest
from wijkverbond.analysis.opinions import edition as editions
from wijkverbond.analysis.opinions.disclosure import COUNTS_FLOOR
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import Text
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.snapshots import snapshot
from wijkverbond.urgency import events, policies, queries
from wijkverbond.urgency.models import (
    Answer,
    Conversation,
    CountedStatement,
    Edition,
    Participant,
    Statement,
    voter_number,
)
from wijkverbond.urgency.reading_result import FORM


def first_edition(conversation: Conversation, actor: Actor) -> Edition:
    """The answers to a question that has closed, with the texts that were answered; not stored yet."""
    statements = list(conversation.statements.counted())
    answers = queries.anonymous_answers(conversation, statements, form=FORM)
    votes = editions.votes_csv(answers)
    return _edition(conversation, votes, _salted(statements), at=actor.now)


def publish_edition(edition: Edition, actor: Actor) -> None:
    """Seal an edition, store it and tell its digest."""
    edition.digest = digest(queries.edition_contents(edition))
    edition.save(force_insert=True)
    published = events.EditionPublished(
        conversation=edition.conversation_id,
        edition=edition.number,
        form=edition.form,
        digest=edition.digest,
        earlier=edition.earlier or None,
        rests_on=(f"conversation:{edition.conversation_id}",),
    )
    record(published, actor=actor, stream=edition.conversation.coalition_id)


def renew_edition(conversation: Conversation, *, actor: Actor) -> Edition | None:
    """The next edition, without the answers that people erased, once at least five did."""
    require(policies.may_publish(actor, conversation))
    with snapshot():
        before = conversation.editions.first()
        if not before or before.erased < queries.ERASED_BETWEEN:
            return None
        votes = _of_who_stays(conversation, before)
    edition = _edition(conversation, votes, before.statements, at=actor.now)
    edition.number, edition.earlier = before.number + 1, before.digest
    return _publish_instead(edition, before, actor)


@transaction.atomic
def _publish_instead(edition: Edition, before: Edition, actor: Actor) -> Edition | None:
    """Publish an edition instead of the one before; none when somebody erased more meanwhile."""
    conversation = Conversation.objects.select_for_update(no_key=True).get(
        id=edition.conversation_id
    )
    newest = conversation.editions.first()
    if newest != before or newest.erased != before.erased:
        return None
    publish_edition(edition, actor)
    before.votes = b""
    before.save(update_fields=["packed_votes"])
    return edition


def note_erasure(participant: Participant) -> None:
    """Count who erases their answers, before they go, where these stand in what was published.

    To be called within the transaction of the erasure, with the conversation locked.
    """
    conversation = Conversation.objects.get(id=participant.conversation_id)
    if conversation.closed_at is None:
        return
    edition = conversation.editions.first() or _edition_of_before(conversation)
    if edition and voter_number(participant.token) in editions.voters(edition.votes):
        Edition.objects.filter(id=edition.id).update(erased=F("erased") + 1)


def _edition_of_before(conversation: Conversation) -> Edition | None:
    """The first edition of a question that closed before there were any, as it was published then."""
    votes = queries.published_votes(conversation)
    reading = conversation.readings.first()
    if votes is None or reading is None:
        return None
    statements = _salted(queries.statements_of(reading))
    edition = _edition(conversation, votes, statements, at=reading.at)
    edition.form = reading.result.get("form", 1)
    edition.digest = reading.input_digest
    edition.save(force_insert=True)
    return edition


def _edition(
    conversation: Conversation, votes: bytes, statements: list[CountedStatement], *, at: dt.datetime
) -> Edition:
    """An edition of these votes, not stored yet; the first, unless it is said to be another."""
    edition = Edition(
        conversation=conversation,
        number=1,
        form=FORM,
        at=at,
        people=len(editions.voters(votes)),
        statements=statements,
    )
    edition.votes = votes
    return edition


def _salted(statements: Iterable[Statement]) -> list[CountedStatement]:
    texts = [(statement.number, Text(statement.text)) for statement in statements]
    return [
        {"number": number, "digest": text.digest, "salt": text.salt.hex()} for number, text in texts
    ]


def _of_who_stays(conversation: Conversation, before: Edition) -> bytes:
    """The votes of an edition without those of who erased their answers."""
    answered = conversation.participants.filter(
        Exists(Answer.objects.filter(participant=OuterRef("id")))
    )
    staying = set(map(voter_number, answered.values_list("token", flat=True)))
    return editions.votes_of(staying, before.votes, at_least=COUNTS_FLOOR)
