"""What pages and tasks need to know about conversations and shared urgencies."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator

from django.db import connection
from django.db.models import Count, F, Prefetch, Q, QuerySet

from wijkverbond.analysis.opinions.agreement import FLOOR
from wijkverbond.analysis.opinions.disclosure import COUNTS_FLOOR
from wijkverbond.analysis.opinions.next_statement import Candidate, next_statement
from wijkverbond.analysis.opinions.votes import Tally
from wijkverbond.coalition.models import Coalition, Kind
from wijkverbond.urgency.models import (
    Answer,
    Conversation,
    Endorsement,
    HostHiding,
    Participant,
    Reading,
    SharedUrgencyQuerySet,
    Statement,
    voter_number,
)
from wijkverbond.urgency.reading_result import FORM

LATE_AFTER = dt.timedelta(days=30)
# Written out, because a hall full of phones asks for it at the same time: making this statement
# with the ORM takes as long as storing an answer.
WHO_ANSWERS = """
    SELECT who.id, who.token, asked.id, coalition.id, asked.opens_at, asked.closes_at,
        asked.closed_at, coalition.id, coalition.slug, coalition.access
    FROM urgency_participant who
    JOIN urgency_conversation asked ON asked.id = who.conversation_id
    JOIN coalition_coalition coalition ON coalition.id = asked.coalition_id
    WHERE who.token = %s AND coalition.slug = %s
"""


def open_now(coalition: Coalition, now: dt.datetime) -> Conversation | None:
    """The conversation that can be answered at this moment; the one that opened last."""
    return coalition.conversations.open_at(now).order_by("-opens_at").first()


def running(now: dt.datetime) -> list[Conversation]:
    """Every conversation of the installation that is open."""
    return list(Conversation.objects.open_at(now))


def due(now: dt.datetime) -> list[Conversation]:
    """Every conversation whose day has come."""
    return list(Conversation.objects.filter(closed_at=None, closes_at__lte=now))


def participant(slug: str, token: uuid.UUID, now: dt.datetime) -> Participant | None:
    """Who answers an open conversation of this coalition with this token."""
    with connection.cursor() as cursor:
        row = cursor.execute(WHO_ANSWERS, [token, slug]).fetchone()
    if not row:
        return None
    respondent = Participant.from_db("default", ["id", "token", "conversation_id"], row[:3])
    question = ["id", "coalition_id", "opens_at", "closes_at", "closed_at"]
    respondent.conversation = Conversation.from_db("default", question, row[2:7])
    respondent.conversation.coalition = Coalition.from_db(
        "default", ["id", "slug", "access"], row[7:]
    )
    return respondent if respondent.conversation.is_open(now) else None


def answers_of(participant: Participant) -> dict[uuid.UUID, int]:
    """What a participant has answered so far."""
    return dict(participant.answers.values_list("statement_id", "value"))


def counted_answers(conversation: Conversation, *, form: int) -> QuerySet[Answer]:
    """The answers from which the opinion groups follow, in this form of a reading.

    Those to sentences that are published. Since the second form: not those of government, and to a
    sentence only from twenty people on.
    """
    answers = Answer.objects.filter(
        conversation=conversation, statement__state=Statement.State.PUBLISHED
    )
    if form == 1:
        return answers
    society = answers.exclude(participant__kind=Kind.GOVERNMENT)
    enough = society.values("statement").annotate(many=Count("id")).filter(many__gte=COUNTS_FLOOR)
    return society.filter(statement__in=enough.values("statement"))


def anonymous_answers(conversation: Conversation, *, form: int) -> Iterator[tuple[int, int, int]]:
    """Those answers as everyone may have them: number of who answered, of the sentence, answer."""
    people = conversation.participants.values_list("id", "token")
    numbers = {participant_id: voter_number(token) for participant_id, token in people}
    answers = counted_answers(conversation, form=form).values_list(
        "participant_id", "statement__number", "value"
    )
    return (
        (numbers[participant_id], statement, value)
        for participant_id, statement, value in answers.iterator()
    )


def downloadable_form(conversation: Conversation) -> int | None:
    """In which form everyone may have the answers; None as long as they may not.

    Once closed, in the form in which it was counted: from five people on in the first, since then
    to each sentence from twenty on.
    """
    if conversation.closed_at is None:
        return None
    reading = conversation.readings.first()
    form: int = reading.result.get("form", 1) if reading else FORM
    people = counted_answers(conversation, form=form).values("participant").distinct()
    return form if people.count() >= (FLOOR if form == 1 else COUNTS_FLOOR) else None


def next_for(participant: Participant) -> Statement | None:
    """The statement that someone gets next; None when they have answered everything."""
    unanswered = _unanswered(participant)
    chosen = next_statement(
        str(participant.token),
        (Candidate(statement.number, _tally(statement)) for statement in unanswered),
    )
    return next((statement for statement in unanswered if statement.number == chosen), None)


def waits_longer(statements: Iterable[Statement], now: dt.datetime) -> list[Statement]:
    """Those of the waiting sentences that nobody has read within 30 days."""
    return [statement for statement in statements if statement.added_at < now - LATE_AFTER]


def waiting(coalition: Coalition) -> list[Statement]:
    """The sentences that nobody has read yet, oldest first."""
    return list(
        Statement.objects.waiting()
        .filter(conversation__coalition=coalition)
        .select_related("conversation")
        .order_by("added_at")
    )


def _unanswered(participant: Participant) -> list[Statement]:
    answered = participant.answers.values("statement_id")
    return list(
        Statement.objects.filter(
            conversation=participant.conversation_id, state=Statement.State.PUBLISHED
        )
        .exclude(id__in=answered)
        .annotate(
            agreed=Count("answers", filter=Q(answers__value=Answer.Value.AGREE)),
            disagreed=Count("answers", filter=Q(answers__value=Answer.Value.DISAGREE)),
            passed=Count("answers", filter=Q(answers__value=Answer.Value.PASS)),
        )
    )


def _tally(statement: Statement) -> Tally:
    counts = vars(statement)
    return Tally(counts["agreed"], counts["disagreed"], counts["passed"])


def urgencies(coalition: Coalition) -> SharedUrgencyQuerySet:
    """The shared urgencies with what their cards show."""
    supported = Endorsement.objects.select_related("party__organisation")
    return coalition.shared_urgencies.select_related(
        "reading", "proposer__organisation"
    ).prefetch_related("statements", Prefetch("endorsements", supported))


def last_reading(coalition: Coalition, question: uuid.UUID | None = None) -> Reading | None:
    """The last reading of this conversation; else of the one that closed last, or else of any."""
    readings = Reading.objects.filter(conversation__coalition=coalition)
    if question:
        readings = readings.filter(conversation=question)
    return (
        readings.select_related("conversation")
        .order_by(F("conversation__closed_at").desc(nulls_last=True), "-at")
        .first()
    )


def hidden_texts(coalition: Coalition) -> set[str]:
    """The sentences that are hidden now; a reading of before still holds them."""
    hidden = Statement.objects.hidden().filter(conversation__coalition=coalition)
    return set(hidden.values_list("text", flat=True))


def unreviewed(coalition: Coalition) -> QuerySet[HostHiding]:
    """What the host of the site hid and partners have not settled yet, the most urgent first."""
    hidings = HostHiding.objects.filter(statement__conversation__coalition=coalition, outcome="")
    return hidings.select_related("statement").order_by("review_by")
