"""Turning answers into what may be published of them: numbers in, a reading out."""

import dataclasses
import uuid
from collections.abc import Mapping, Sequence

from django.db.models import Count, Exists, OuterRef, Q

from wijkverbond.analysis.digest import digest, rounded
from wijkverbond.analysis.opinions import agreement as agreeing
from wijkverbond.analysis.opinions import disclosure
from wijkverbond.analysis.opinions import reading as opinions
from wijkverbond.analysis.opinions.agreement import Word
from wijkverbond.analysis.opinions.disclosure import Figures, Heard, Kept, Publication
from wijkverbond.analysis.opinions.publication_json import (
    kept_from_json,
    kept_to_json,
    tallies_from_json,
    tallies_to_json,
)
from wijkverbond.analysis.opinions.reading import OpinionReading
from wijkverbond.analysis.opinions.votes import Tally, Votes
from wijkverbond.coalition.models import Involvement
from wijkverbond.urgency import queries
from wijkverbond.urgency.models import Answer, Conversation, Participant, Priority, Statement
from wijkverbond.urgency.reading_result import (
    FORM,
    GroupsResult,
    KeptGroups,
    KeptReading,
    KeptStatement,
    KindFigures,
    ReadingResult,
    StatementResult,
)

KindTallies = dict[str, Tally]
StatementTallies = dict[uuid.UUID, KindTallies]
TYPICAL_STATEMENTS = 3


@dataclasses.dataclass(frozen=True)
class Aggregate:
    """What may be shown, what is kept for the next time, and digests of input and output."""

    result: ReadingResult
    kept: KeptReading
    input_digest: str
    output_digest: str


@dataclasses.dataclass(frozen=True)
class _StatementPublications:
    """What is published of a statement: its answers, how often it was chosen, and those nearby."""

    answers: Publication
    chosen: Publication
    direct: KindTallies


def count(conversation: Conversation, kept_reading: KeptReading) -> Aggregate:
    """Count a conversation, given what was kept of the publication before (empty at first).

    Counts are shown once, when it is closed: between two of them one could subtract.
    """
    statements = list(conversation.statements.counted())
    respondents = disclosure.publish(
        kept_from_json(kept_reading.get("respondents")),
        _respondents(conversation),
        with_counts=_is_closed(conversation),
    )
    kept_statements = kept_reading.get("statements", {})
    publications = _publications(conversation, statements, kept_statements)
    # A statement that is hidden now can come back: then it goes on from what was shown of it.
    now_kept = {
        **kept_statements,
        **{key: _kept_statement(published) for key, published in publications.items()},
    }
    urgent = _urgent(publications, statements)
    reading = _opinions(conversation, statements, kept_reading.get("groups", {}))
    groups = _shown_groups(conversation, reading, statements, kept_reading.get("grouped"))
    result: ReadingResult = {
        "form": FORM,
        "respondents": {kind: tally.n for kind, tally in respondents.counted.items()},
        "not_yet_heard": respondents.that_are(Heard.NOT_YET_HEARD),
        "heard_not_shown": respondents.that_are(Heard.HEARD_NOT_SHOWN),
        "people": respondents.everyone.n,
        "statements": {
            str(statement.id): _statement_result(
                statement, publications[str(statement.id)], urgent=str(statement.id) in urgent
            )
            for statement in statements
        },
        "groups": groups["shown"],
    }
    keeping: KeptReading = {
        "respondents": kept_to_json(respondents.kept),
        "statements": now_kept,
        "groups": {group.name: list(group.members) for group in reading.groups},
        "grouped": groups,
    }
    return Aggregate(result, keeping, reading.input_digest, digest(_without_texts(result)))


def _publications(
    conversation: Conversation,
    statements: Sequence[Statement],
    kept_statements: Mapping[str, KeptStatement],
) -> dict[str, _StatementPublications]:
    answers = _answers(conversation)
    direct = _answers(conversation, directly=True)
    choices = _choices(conversation, statements)
    new_choices = _choices_of_a_new_statement(kept_statements)
    publications = {}
    for statement in statements:
        before = kept_statements.get(str(statement.id))
        publications[str(statement.id)] = _StatementPublications(
            answers=disclosure.publish(
                kept_from_json(before and before["answers"]),
                answers.get(statement.id, {}),
                with_counts=_is_closed(conversation),
            ),
            chosen=disclosure.publish(
                kept_from_json(before["chosen"]) if before else new_choices,
                choices.get(statement.id, {}),
                with_counts=_is_closed(conversation),
            ),
            direct=disclosure.hold(
                tallies_from_json(before and before["direct"]), direct.get(statement.id, {})
            ),
        )
    return publications


def _is_closed(conversation: Conversation) -> bool:
    return conversation.closed_at is not None


def _kept_statement(published: _StatementPublications) -> KeptStatement:
    return {
        "answers": kept_to_json(published.answers.kept),
        "chosen": kept_to_json(published.chosen.kept),
        "direct": tallies_to_json(published.direct),
    }


def _choices_of_a_new_statement(kept_statements: Mapping[str, KeptStatement]) -> Kept:
    """Where the choices of a new statement begin: at the steps of the others, with nothing shown.

    They are the choices of the same people. Beginning at zero would show whom one newcomer chose.
    """
    choices = [kept_from_json(statement["chosen"]) for statement in kept_statements.values()]
    longest = max(choices, key=lambda kept: len(kept.intervals.past), default=Kept())
    return Kept(
        dataclasses.replace(longest.intervals, shown={}),
        dataclasses.replace(longest.counts, shown={}),
    )


def _shown_groups(
    conversation: Conversation,
    reading: OpinionReading,
    statements: Sequence[Statement],
    before: KeptGroups | None,
) -> KeptGroups:
    """What is shown of the groups, and of how many people it is.

    It changes after at least five new people, so that it shows of nobody in which group they are;
    once the conversation is closed it is what everyone can compute from the download.
    """
    few = before and reading.participants < before["people"] + agreeing.FLOOR
    if before and few and not _is_closed(conversation):
        return before
    return {"people": reading.participants, "shown": _groups(reading, statements)}


def _respondents(conversation: Conversation) -> KindTallies:
    people_per_kind = (
        Participant.objects.filter(
            Exists(Answer.objects.filter(participant=OuterRef("id"))), conversation=conversation
        )
        .values_list("kind")
        .annotate(Count("id", distinct=True))
        .order_by()
    )
    return {kind: Tally(people, 0, 0) for kind, people in people_per_kind}


def _answers(conversation: Conversation, *, directly: bool = False) -> StatementTallies:
    answers = Answer.objects.filter(conversation=conversation)
    if directly:
        answers = answers.exclude(participant__involvement=Involvement.DISTANCE)
    counts = (
        answers.values_list("statement_id", "participant__kind")
        .annotate(
            agreed=Count("id", filter=Q(value=Answer.Value.AGREE)),
            disagreed=Count("id", filter=Q(value=Answer.Value.DISAGREE)),
            passed=Count("id", filter=Q(value=Answer.Value.PASS)),
        )
        .order_by()
    )
    tallies: StatementTallies = {}
    for statement, kind, agree, disagree, passed in counts:
        tallies.setdefault(statement, {})[kind] = Tally(agree, disagree, passed)
    return tallies


def _choices(conversation: Conversation, statements: Sequence[Statement]) -> StatementTallies:
    """Of everyone who chose what comes first: who chose this agrees, who chose others passes."""
    priorities = Priority.objects.filter(participant__conversation=conversation)
    choosers = dict(
        priorities.values_list("participant__kind")
        .annotate(Count("participant", distinct=True))
        .order_by()
    )
    counts = (
        priorities.values_list("statement_id", "participant__kind").annotate(Count("id")).order_by()
    )
    tallies: StatementTallies = {
        statement.id: {kind: Tally(0, 0, people) for kind, people in choosers.items()}
        for statement in statements
    }
    for statement_id, kind, chosen in counts:
        if statement_id in tallies:
            tallies[statement_id][kind] = Tally(chosen, 0, choosers[kind] - chosen)
    return tallies


def _statement_result(
    statement: Statement, published: _StatementPublications, *, urgent: bool
) -> StatementResult:
    agreement = published.answers.agreement
    return {
        "text": statement.text,
        "number": statement.number,
        "word": agreement.word.value,
        "strength": None if agreement.strength is None else rounded(agreement.strength),
        "against": [list(pair) for pair in agreement.against],
        "not_yet_heard": published.answers.that_are(Heard.NOT_YET_HEARD),
        "heard_not_shown": published.answers.that_are(Heard.HEARD_NOT_SHOWN),
        "word_direct": _word_direct(published).value,
        "kinds": {kind: figures_of(figures) for kind, figures in published.answers.figures.items()},
        "chosen": {kind: tally.agree for kind, tally in published.chosen.counted.items()},
        "urgent": urgent,
    }


def _word_direct(published: _StatementPublications) -> Word:
    """What those directly involved say; never "shared" beside a kind that is not shown."""
    word = agreeing.agreement(published.direct).word
    if word is Word.SHARED and published.answers.agreement.strength is None:
        return Word.NOT_ENOUGH_DATA
    return word


def figures_of(figures: Figures) -> KindFigures:
    """What is stored of the figures of a kind: the interval and, where they may be seen, the counts."""
    bounds = figures.interval
    interval: KindFigures = {"lower": rounded(bounds.lower), "upper": rounded(bounds.upper)}
    if figures.counts is None:
        return interval
    tally = figures.counts
    return {
        **interval,
        "agree": tally.agree,
        "disagree": tally.disagree,
        "passes": tally.passed,
    }


def _urgent(
    publications: Mapping[str, _StatementPublications], statements: Sequence[Statement]
) -> set[str]:
    """The ids of the statements that enough people of each kind put first."""
    chosen: dict[str, dict[int, int]] = {}
    for position, statement in enumerate(statements):
        for kind, tally in publications[str(statement.id)].chosen.tallies.items():
            chosen.setdefault(kind, {})[position] = tally.agree
    positions = agreeing.urgent(chosen, len(statements))
    return {str(statements[position].id) for position in positions}


def _without_texts(result: object) -> object:
    """What the digest of a result covers: sentences by their number, so that the text of any can go."""
    if isinstance(result, dict):
        return {key: _without_texts(value) for key, value in result.items() if key != "text"}
    if isinstance(result, list):
        return [_without_texts(item) for item in result]
    return result


def _opinions(
    conversation: Conversation, statements: Sequence[Statement], previous: Mapping[str, list[int]]
) -> OpinionReading:
    """The opinion groups; their letters stay with the people who were in them before."""
    votes = Votes.from_answers(queries.anonymous_answers(conversation, statements, form=FORM))
    return opinions.read(votes, previous=previous or None)


def _groups(reading: OpinionReading, statements: Sequence[Statement]) -> GroupsResult:
    """What may be shown of the groups: nothing as long as one has fewer than five people."""
    texts = {statement.number: statement.text for statement in statements}
    if any(len(group.members) < agreeing.FLOOR for group in reading.groups):
        return {"ungrouped": None, "groups": []}
    return {
        "ungrouped": reading.ungrouped,
        "groups": [
            {
                "name": group.name,
                "people": len(group.members),
                "typical": [
                    {
                        "text": texts[typical.statement],
                        "number": typical.statement,
                        "agrees": typical.agrees,
                    }
                    for typical in group.representative[:TYPICAL_STATEMENTS]
                ],
            }
            for group in reading.groups
        ],
    }
