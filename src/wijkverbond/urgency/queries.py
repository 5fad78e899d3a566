"""What pages and tasks need to know about conversations and shared urgencies."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from wijkverbond.analysis.opinions import edition as editions
from wijkverbond.analysis.opinions.agreement import FLOOR
from wijkverbond.analysis.opinions.disclosure import COUNTS_FLOOR
from wijkverbond.analysis.opinions.next_statement import Candidate, next_statement
from wijkverbond.analysis.opinions.votes import Tally
from wijkverbond.coalition.models import Coalition, Kind
from wijkverbond.kernel.models import Entry
from wijkverbond.urgency import events
from wijkverbond.urgency.models import (
    Answer,
    Conversation,
    Edition,
    Endorsement,
    HostHiding,
    Participant,
    Reading,
    ReadingWithout,
    SetApart,
    SharedUrgencyQuerySet,
    Statement,
    voter_number,
)

# So many people erase their answers between two editions of a closed question.
ERASED_BETWEEN = 5
LATE_AFTER = dt.timedelta(days=30)
# Written out, because a hall full of phones asks for it at the same time: making this statement
# with the ORM takes as long as storing an answer.
WHO_ANSWERS = """
    SELECT who.id, who.token, asked.id, coalition.id, asked.question, asked.opens_at,
        asked.closes_at, asked.closed_at,
        coalition.id, coalition.name, coalition.slug, coalition.access, coalition.unlisted_at
    FROM urgency_participant who
    JOIN urgency_conversation asked ON asked.id = who.conversation_id
    JOIN coalition_coalition coalition ON coalition.id = asked.coalition_id
    WHERE who.token = %s AND coalition.slug = %s
"""


def open_now(coalition: Coalition, now: dt.datetime) -> Conversation | None:
    """The conversation that can be answered at this moment; the one that opened last."""
    return coalition.conversations.open_at(now).order_by("-opens_at").first()


def in_the_hall(coalition: uuid.UUID, now: dt.datetime) -> bool:
    """Whether many people answer a question of this coalition together at this moment."""
    return Conversation.objects.in_the_hall_at(now).filter(coalition=coalition).exists()


def running(now: dt.datetime) -> list[Conversation]:
    """Every conversation of the installation that is open."""
    return list(Conversation.objects.open_at(now))


def due(now: dt.datetime) -> list[Conversation]:
    """Every conversation whose day has come."""
    return list(Conversation.objects.filter(closed_at=None, closes_at__lte=now))


def conversation(conversation_id: uuid.UUID | str) -> Conversation:
    """The conversation with this id."""
    return Conversation.objects.get(id=conversation_id)


def closing_to_publish() -> list[Conversation]:
    """The closed questions of which the last count is not published yet."""
    counted = Reading.objects.of_closing().filter(conversation=OuterRef("id"))
    return list(Conversation.objects.filter(~Exists(counted), closed_at__isnull=False))


def to_be_renewed() -> list[Conversation]:
    """The closed questions of which enough people erased their answers for a new edition."""
    newest = Edition.objects.filter(conversation=OuterRef("id")).order_by("-number")
    erased = Subquery(newest.values("erased")[:1])
    closed = Conversation.objects.filter(closed_at__isnull=False).annotate(erased=erased)
    return list(closed.filter(erased__gte=ERASED_BETWEEN))


def participant(slug: str, token: uuid.UUID, now: dt.datetime) -> Participant | None:
    """Who answers an open conversation of this coalition with this token."""
    with connection.cursor() as cursor:
        row = cursor.execute(WHO_ANSWERS, [token, slug]).fetchone()
    if not row:
        return None
    respondent = Participant.from_db("default", ["id", "token", "conversation_id"], row[:3])
    question = ["id", "coalition_id", "question", "opens_at", "closes_at", "closed_at"]
    respondent.conversation = Conversation.from_db("default", question, row[2:8])
    coalition = ["id", "name", "slug", "access", "unlisted_at"]
    respondent.conversation.coalition = Coalition.from_db("default", coalition, row[8:])
    return respondent if respondent.conversation.is_open(now) else None


def number_of_answers(conversation: Conversation) -> int:
    """How many answers there are to a question."""
    return Answer.objects.filter(conversation=conversation).count()


def answers_of(participant: Participant) -> dict[uuid.UUID, int]:
    """What a participant has answered so far."""
    return dict(participant.answers.values_list("statement_id", "value"))


def counted_answers(
    conversation: Conversation, statements: Iterable[Statement], *, form: int
) -> QuerySet[Answer]:
    """The answers to these sentences from which the opinion groups follow, in this form of a reading.

    Since the second form: not those of government, and to a sentence only from twenty people on.
    """
    answers = Answer.objects.filter(conversation=conversation, statement__in=statements)
    if form == 1:
        return answers
    society = answers.exclude(participant__kind=Kind.GOVERNMENT)
    enough = society.values("statement").annotate(many=Count("id")).filter(many__gte=COUNTS_FLOOR)
    return society.filter(statement__in=enough.values("statement"))


def anonymous_answers(
    conversation: Conversation, statements: Iterable[Statement], *, form: int
) -> Iterator[tuple[int, int, int]]:
    """Those answers as everyone may have them: number of who answered, of the sentence, answer."""
    people = conversation.participants.values_list("id", "token")
    numbers = {participant_id: voter_number(token) for participant_id, token in people}
    answers = counted_answers(conversation, statements, form=form).values_list(
        "participant_id", "statement__number", "value"
    )
    return (
        (numbers[participant_id], statement, value)
        for participant_id, statement, value in answers.iterator()
    )


def current_edition(conversation: Conversation) -> Edition | None:
    """The newest edition of a closed question, without its votes; questions of before have none."""
    return conversation.editions.defer("packed_votes").first()


def may_be_downloaded(conversation: Conversation, edition: Edition | None) -> bool:
    """Whether there are answers that everyone may have: once closed, and when enough people answered."""
    if edition or conversation.closed_at is None:
        return edition is not None and edition.people > 0
    reading = conversation.readings.of_closing().first()
    return reading is not None and _enough_before_editions(reading)


def published_votes(conversation: Conversation) -> bytes | None:
    """The `votes.csv` of a closed question; None as long as nobody may have it.

    A question that closed before there were editions has the answers that it closed with, in the form
    in which it was counted.
    """
    edition = conversation.editions.first()
    if edition:
        return edition.votes if edition.people else None
    reading = conversation.readings.of_closing().first()
    if conversation.closed_at is None or not reading or not _enough_before_editions(reading):
        return None
    form = reading.result.get("form", 1)
    return editions.votes_csv(anonymous_answers(conversation, statements_of(reading), form=form))


def edition_contents(edition: Edition) -> editions.Contents:
    """What the digest of an edition covers."""
    digests = {counted["number"]: counted["digest"] for counted in edition.statements}
    return editions.contents(
        str(edition.conversation_id), edition.number, edition.earlier, edition.votes, digests
    )


def edition_json(edition: Edition) -> editions.EditionJson:
    """The file beside the votes: what the digest covers, and the texts that are not hidden."""
    statements = edition.conversation.statements.published()
    texts = dict(statements.values_list("number", "text"))
    return {
        **edition_contents(edition),
        "digest": edition.digest,
        "texts": {
            str(counted["number"]): {"text": texts[counted["number"]], "salt": counted["salt"]}
            for counted in edition.statements
            if counted["number"] in texts
        },
    }


def statements_of(reading: Reading) -> QuerySet[Statement]:
    """The sentences that a reading counted, whatever became of them since."""
    return reading.conversation.statements.filter(id__in=reading.result["statements"])


def _enough_before_editions(reading: Reading) -> bool:
    """Whether enough people answered for a download: five in the first form, then twenty."""
    form = reading.result.get("form", 1)
    answers = counted_answers(reading.conversation, statements_of(reading), form=form)
    people = answers.values("participant").distinct()
    return people.count() >= (FLOOR if form == 1 else COUNTS_FLOOR)


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
    newest_first = readings.order_by(F("conversation__closed_at").desc(nulls_last=True), "-at")
    return _to_be_shown(newest_first.select_related("conversation")).first()


def reading_of(conversation: Conversation) -> Reading | None:
    """The last reading of a conversation, as its page shows it."""
    return _to_be_shown(conversation.readings.all()).first()


def _to_be_shown(readings: QuerySet[Reading]) -> QuerySet[Reading]:
    """Readings with what their pages need beside them: `hidden_texts`, `result_without`.

    The texts are of sentences that are hidden now, which a reading of before still holds. The result
    is that without what is set apart now, counted `without_at`; None where nothing is.
    """
    hidden = Statement.objects.hidden().filter(conversation=OuterRef("conversation"))
    standing = SetApart.objects.standing().filter(conversation=OuterRef("reading__conversation"))
    without = ReadingWithout.objects.filter(
        Exists(standing), reading__conversation=OuterRef("conversation")
    )
    return readings.annotate(
        hidden_texts=ArraySubquery(hidden.order_by().values("text")),
        result_without=Subquery(without.values("result")[:1]),
        without_at=Subquery(without.values("at")[:1]),
    )


def reading_without(conversation: Conversation) -> ReadingWithout | None:
    """The reading without what is set apart from a question now; nothing when nothing is."""
    readings = ReadingWithout.objects.filter(
        Exists(conversation.set_apart.standing()), reading__conversation=conversation
    )
    return readings.select_related("reading").first()


def unreviewed(coalition: Coalition) -> QuerySet[HostHiding]:
    """What the host of the site hid and partners have not settled yet, the most urgent first."""
    hidings = HostHiding.objects.filter(statement__conversation__coalition=coalition, outcome="")
    return hidings.select_related("statement").order_by("review_by")


def entries_with_text_of(statement: Statement) -> QuerySet[Entry]:
    """The entries of the journal in which the text of a sentence stands."""
    return Entry.objects.filter(
        stream=statement.conversation.coalition_id,
        event=events.StatementModerated.name,
        facts__statement=str(statement.id),
    )


def unsettled_hidings() -> list[HostHiding]:
    """Every hiding by the host that is not settled yet."""
    return list(HostHiding.objects.unsettled().select_related("statement"))
