"""Turning answers into what may be published of them: numbers in, a reading out."""

import dataclasses
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Q

from wijkverbond.analysis.digest import digest, rounded
from wijkverbond.analysis.opinions import agreement as agreeing
from wijkverbond.analysis.opinions import disclosure
from wijkverbond.analysis.opinions import reading as opinions
from wijkverbond.analysis.opinions.disclosure import Publication
from wijkverbond.analysis.opinions.reading import OpinionReading
from wijkverbond.analysis.opinions.votes import Tally, Votes
from wijkverbond.coalition.models import Involvement
from wijkverbond.urgency import queries
from wijkverbond.urgency.models import Answer, Conversation, Participant, Priority, Statement

Tallies = dict[uuid.UUID, dict[str, Tally]]


@dataclasses.dataclass(frozen=True)
class Counted:
    """What may be shown, what is kept for the next time, and digests of input and output."""

    result: dict[str, Any]
    kept: dict[str, Any]
    input_digest: str
    output_digest: str


def count(conversation: Conversation, kept: Mapping[str, Any]) -> Counted:
    """Count a conversation, given what was kept of the publication before (empty at first)."""
    statements = list(conversation.statements.filter(state=Statement.State.PUBLISHED))
    people = _people(conversation)
    respondents = disclosure.publish(_read(kept.get("respondents")), people)
    answers = _answers(conversation)
    direct = _answers(conversation, directly=True)
    choices = _choices(conversation)
    # A sentence that is hidden now can come back: then it goes on from what was shown of it.
    found, keeping = {}, dict(kept.get("statements", {}))
    begun = _begun(keeping)
    for statement in statements:
        before = keeping.get(str(statement.id), {})
        shown = disclosure.publish(_read(before.get("answers")), answers.get(statement.id, {}))
        chosen = disclosure.publish(
            _read(before.get("chosen", begun)), choices.get(statement.id, {})
        )
        held = disclosure.hold(_tallies(before.get("direct")), direct.get(statement.id, {}))
        found[str(statement.id)] = _statement(statement, shown, chosen, held)
        keeping[str(statement.id)] = {
            "answers": _write(shown),
            "chosen": _write(chosen),
            "direct": _numbers(held),
        }
    urgent = _urgent(keeping, statements)
    for key, statement_found in found.items():
        statement_found["urgent"] = key in urgent
    reading = _opinions(conversation, kept.get("groups", {}))
    groups = _shown_groups(conversation, reading, statements, kept.get("grouped"))
    result = {
        "respondents": {kind: tally.n for kind, tally in respondents.shown.items()},
        "not_yet_heard": list(respondents.not_shown),
        "people": respondents.total.n,
        "statements": found,
        "groups": groups["shown"],
    }
    return Counted(
        result,
        {
            "respondents": _write(respondents),
            "statements": keeping,
            "groups": {group.name: list(group.members) for group in reading.groups},
            "grouped": groups,
        },
        reading.input_digest,
        digest(result),
    )


def _begun(kept: Mapping[str, Any]) -> dict[str, Any] | None:
    """Where the choices of a new sentence begin: at the steps of the others, with nothing shown.

    They are the choices of the same people. Beginning at zero would show whom one newcomer chose.
    """
    if not kept:
        return None
    longest = max((one["chosen"] for one in kept.values()), key=lambda one: len(one["past"]))
    return {**longest, "shown": {}, "held": {}}


def _shown_groups(
    conversation: Conversation,
    reading: OpinionReading,
    statements: list[Statement],
    before: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """What is shown of the groups, and of how many people it is.

    It changes after at least five new people, so that it shows of nobody in which group they are;
    once the question is closed it is what everyone can compute from the download.
    """
    few = before and reading.participants < before["people"] + agreeing.FLOOR
    if before and few and not conversation.closed_at:
        return dict(before)
    return {"people": reading.participants, "shown": _groups(reading, statements)}


def _people(conversation: Conversation) -> dict[str, Tally]:
    counted = (
        Participant.objects.filter(conversation=conversation)
        .exclude(answers=None)
        .values_list("kind")
        .annotate(Count("id", distinct=True))
        .order_by()
    )
    return {kind: Tally(people, 0, 0) for kind, people in counted}


def _answers(conversation: Conversation, *, directly: bool = False) -> Tallies:
    answers = Answer.objects.filter(conversation=conversation)
    if directly:
        answers = answers.exclude(participant__involvement=Involvement.DISTANCE)
    counted = (
        answers.values_list("statement_id", "participant__kind")
        .annotate(
            agreed=Count("id", filter=Q(value=Answer.Value.AGREE)),
            disagreed=Count("id", filter=Q(value=Answer.Value.DISAGREE)),
            passed=Count("id", filter=Q(value=Answer.Value.PASS)),
        )
        .order_by()
    )
    found: Tallies = {}
    for statement, kind, agree, disagree, passed in counted:
        found.setdefault(statement, {})[kind] = Tally(agree, disagree, passed)
    return found


def _choices(conversation: Conversation) -> Tallies:
    made = Priority.objects.filter(participant__conversation=conversation)
    choosers = dict(
        made.values_list("participant__kind")
        .annotate(Count("participant", distinct=True))
        .order_by()
    )
    counted = made.values_list("statement_id", "participant__kind").annotate(Count("id")).order_by()
    found: Tallies = {}
    for statement in conversation.statements.filter(state=Statement.State.PUBLISHED):
        found[statement.id] = {kind: Tally(0, 0, people) for kind, people in choosers.items()}
    for statement_id, kind, chosen in counted:
        if statement_id in found:
            found[statement_id][kind] = Tally(chosen, 0, choosers[kind] - chosen)
    return found


def _statement(
    statement: Statement, shown: Publication, chosen: Publication, direct: Mapping[str, Tally]
) -> dict[str, Any]:
    word = shown.agreement
    return {
        "text": statement.text,
        "number": statement.number,
        "word": word.word.value,
        "strength": None if word.strength is None else rounded(word.strength),
        "against": [list(pair) for pair in word.against],
        "not_yet_heard": list(word.not_yet_heard),
        "word_direct": agreeing.agreement(direct).word.value,
        "kinds": {kind: _figures(tally) for kind, tally in shown.shown.items()},
        "chosen": {kind: tally.agree for kind, tally in chosen.shown.items()},
    }


def _figures(tally: Tally) -> dict[str, Any]:
    bounds = agreeing.interval(tally.agree, tally.n)
    return {
        "agree": tally.agree,
        "disagree": tally.disagree,
        "passes": tally.passed,
        "lower": rounded(bounds.lower),
        "upper": rounded(bounds.upper),
    }


def _urgent(keeping: Mapping[str, Any], statements: Iterable[Statement]) -> set[str]:
    listed = list(statements)
    chosen: dict[str, dict[int, int]] = {}
    for number, statement in enumerate(listed):
        kept = keeping[str(statement.id)]["chosen"]
        for kind, numbers in {**kept["held"], **kept["shown"]}.items():
            chosen.setdefault(kind, {})[number] = numbers[0]
    found = agreeing.urgent(chosen, len(listed))
    return {str(statement.id) for number, statement in enumerate(listed) if number in found}


def _opinions(conversation: Conversation, previous: Mapping[str, list[int]]) -> OpinionReading:
    """The opinion groups; their letters stay with the people who were in them before."""
    votes = Votes.from_answers(queries.anonymous_answers(conversation))
    return opinions.read(votes, previous=previous or None)


def _groups(reading: OpinionReading, statements: list[Statement]) -> dict[str, Any]:
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
                    {"text": texts[found.statement], "agrees": found.agrees}
                    for found in group.representative[:3]
                ],
            }
            for group in reading.groups
        ],
    }


def _write(publication: Publication) -> dict[str, Any]:
    return {
        "shown": _numbers(publication.shown),
        "held": _numbers(publication.held),
        "steps": {kind: list(steps) for kind, steps in publication.steps.items()},
        "past": [dict(past) for past in publication.past],
    }


def _read(kept: Mapping[str, Any] | None) -> Publication | None:
    if kept is None:
        return None
    return Publication(
        _tallies(kept["shown"]),
        _tallies(kept["held"]),
        {kind: tuple(steps) for kind, steps in kept["steps"].items()},
        tuple(kept["past"]),
    )


def _numbers(tallies: Mapping[str, Tally]) -> dict[str, list[int]]:
    return {kind: [tally.agree, tally.disagree, tally.passed] for kind, tally in tallies.items()}


def _tallies(kept: Mapping[str, list[int]] | None) -> dict[str, Tally]:
    return {kind: Tally(*numbers) for kind, numbers in (kept or {}).items()}
