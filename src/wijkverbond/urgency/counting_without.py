"""Look-alike answers of a question as numbers, and its reading without those that are set apart."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Count, Min, Q, TextField, Value
from django.db.models.functions import MD5, Cast, Concat

from wijkverbond.analysis.digest import digest, rounded
from wijkverbond.analysis.kinds import KINDS
from wijkverbond.analysis.opinions import disclosure, look_alikes
from wijkverbond.analysis.opinions.disclosure import NOBODY, Heard, Kept, Publication, Steps
from wijkverbond.analysis.opinions.publication_json import kept_from_json
from wijkverbond.analysis.opinions.votes import Tally
from wijkverbond.urgency.aggregation import figures_of
from wijkverbond.urgency.models import (
    Answer,
    AnswerGiven,
    Conversation,
    Participant,
    Reading,
    ReadingWithout,
    SetApart,
)
from wijkverbond.urgency.reading_result import (
    Cluster,
    KeptKind,
    KeptWithout,
    KindFigures,
    ResultWithout,
    StatementWithout,
    answers_in,
)

Tallies = dict[uuid.UUID, dict[str, Tally]]
Cells = dict[uuid.UUID, list[dict[str, int]]]


def clusters(conversation: Conversation) -> list[Cluster]:
    """The people of a question who answered exactly alike, and those who came all at once.

    Answers on paper are entered all at once, so that they tell nothing of when people answered.
    """
    statement, value = Cast("statement_id", TextField()), Cast("value", TextField())
    answer = Concat(statement, Value(":"), value, output_field=TextField())
    patterns = (
        Answer.objects.filter(conversation=conversation)
        .values("participant_id")
        .annotate(
            answers=Count("id"),
            pattern=MD5(StringAgg(answer, delimiter=Value(","), order_by="statement_id")),
        )
        .filter(answers__gte=look_alikes.FEWEST_STATEMENTS)
        .order_by()
    )
    alike = look_alikes.alike(dict(patterns.values_list("participant_id", "pattern")))
    by_phone = AnswerGiven.objects.filter(
        participant__conversation=conversation, participant__entry=Participant.Entry.PHONE
    )
    beginnings = dict(by_phone.values_list("participant").annotate(Min("at")).order_by())
    at_once = look_alikes.at_once(beginnings)
    people_by_type = [(SetApart.Type.ALIKE, people) for people in alike]
    people_by_type += [(SetApart.Type.AT_ONCE, people) for people in at_once]
    return [{"sort": sort.value, "people": people} for sort, people in people_by_type]


def key_of(cluster: Cluster) -> str:
    """What stands for a cluster as it is now."""
    return digest([cluster["sort"], cluster["people"]])


def in_tens(people: int) -> int:
    """How many people there are at least: one who comes or goes hardly ever shows."""
    return people - people % 10


def count_without(
    reading: Reading, standing: Collection[SetApart]
) -> tuple[ResultWithout, KeptWithout]:
    """What may be shown of a reading without all that is set apart, and what is kept of it.

    Figures of a kind move when those with them do, in steps of at least five people: who sets the
    same answers apart again meanwhile gets the same figures.
    """
    conversation = reading.conversation
    set_apart = sorted(str(apart.id) for apart in standing)
    keys = sorted(apart.key for apart in standing)
    before = _kept_before(conversation, keys)
    tallies = _tallies_of_others(conversation, standing)
    cells = _cells(conversation, standing)
    live = _numbers(conversation) if conversation.closed_at else {}
    statements: dict[str, StatementWithout] = {}
    kept: KeptWithout = {"keys": keys, "statements": {}}
    for key, result in reading.result["statements"].items():
        statement = uuid.UUID(key)
        with_them = kept_from_json(reading.kept["statements"][key]["answers"])
        held = _held(with_them, tallies.get(statement, {}), before.get(key, {}))
        erased = _erased(with_them.counts, live.get(statement, {})) if live else {}
        published = disclosure.without(
            {kind: _heard(result["kinds"].get(kind)) for kind in KINDS},
            tallies.get(statement, {}) | {kind: Tally(*at["tally"]) for kind, at in held.items()},
            [*cells.get(statement, []), erased],
        )
        kept["statements"][key] = held
        shown_with = result["kinds"].keys()
        statements[key] = _statement_without(result["number"], published, shown_with)
    return {"set_apart": set_apart, "statements": statements}, kept


def _kept_before(
    conversation: Conversation, keys: Collection[str]
) -> Mapping[str, Mapping[str, KeptKind]]:
    """What was kept when the same answers were set apart before."""
    earlier = ReadingWithout.objects.filter(reading__conversation=conversation, kept__keys=keys)
    last = earlier.first()
    statements: Mapping[str, Mapping[str, KeptKind]] = last.kept["statements"] if last else {}
    return statements


def _held(
    with_them: Kept, others: Mapping[str, Tally], before: Mapping[str, KeptKind]
) -> dict[str, KeptKind]:
    """The tallies of the others per kind: those of before, where the figures with them stand still."""
    held: dict[str, KeptKind] = {}
    for kind in KINDS:
        step = [with_them.intervals.last(kind), with_them.counts.last(kind)]
        tally = others.get(kind, NOBODY)
        fresh: KeptKind = {"step": step, "tally": [tally.agree, tally.disagree, tally.passed]}
        stands = kind in before and before[kind]["step"] == step
        held[kind] = before[kind] if stands else fresh
    return held


def _statement_without(
    number: int, published: Publication, shown_with: Collection[str]
) -> StatementWithout:
    agreement = published.agreement
    figures = published.figures
    not_shown = set(published.that_are(Heard.HEARD_NOT_SHOWN)).intersection(shown_with)
    return {
        "number": number,
        "word": agreement.word.value,
        "strength": None if agreement.strength is None else rounded(agreement.strength),
        "against": [list(pair) for pair in agreement.against],
        "not_shown": [kind for kind in KINDS if kind in not_shown],
        "kinds": {kind: figures_of(figures[kind]) for kind in KINDS if kind in figures},
    }


def _heard(figures: KindFigures | None) -> Heard:
    """How much of a kind a reading shows."""
    if figures is None:
        return Heard.HEARD_NOT_SHOWN
    return Heard.ROUGHLY if answers_in(figures) is None else Heard.COUNTED


def _tallies_of_others(conversation: Conversation, standing: Collection[SetApart]) -> Tallies:
    others = Answer.objects.filter(conversation=conversation).exclude(
        participant__in=Participant.objects.filter(set_apart__in=standing)
    )
    counts = others.values_list("statement_id", "participant__kind").annotate(
        agreed=Count("id", filter=Q(value=Answer.Value.AGREE)),
        disagreed=Count("id", filter=Q(value=Answer.Value.DISAGREE)),
        passed=Count("id", filter=Q(value=Answer.Value.PASS)),
    )
    tallies: Tallies = defaultdict(dict)
    for statement, kind, *numbers in counts.order_by():
        tallies[statement][kind] = Tally(*numbers)
    return tallies


def _cells(conversation: Conversation, standing: Collection[SetApart]) -> Cells:
    """Per statement the numbers of people per kind in each part of what was ever set apart."""
    once = {*conversation.set_apart.once_standing(), *standing}
    memberships: dict[int, frozenset[uuid.UUID]] = defaultdict(frozenset)
    for participant, apart in SetApart.members.through.objects.filter(
        setapart__in=once
    ).values_list("participant_id", "setapart_id"):
        memberships[participant] |= {apart}
    answers = Answer.objects.filter(
        conversation=conversation, participant__in=list(memberships)
    ).values_list("statement_id", "participant_id", "participant__kind")
    sizes: dict[uuid.UUID, dict[frozenset[uuid.UUID], Counter[str]]] = defaultdict(
        lambda: defaultdict(Counter)
    )
    for statement, participant, kind in answers:
        sizes[statement][memberships[participant]][kind] += 1
    return {
        statement: [dict(cell) for cell in cells.values()] for statement, cells in sizes.items()
    }


def _numbers(conversation: Conversation) -> dict[uuid.UUID, dict[str, int]]:
    """How many of each kind answered each statement, who erased that left out."""
    counts = Answer.objects.filter(conversation=conversation).values_list(
        "statement_id", "participant__kind"
    )
    numbers: dict[uuid.UUID, dict[str, int]] = defaultdict(dict)
    for statement, kind, number in counts.annotate(Count("id")).order_by():
        numbers[statement][kind] = number
    return numbers


def _erased(counted: Steps, numbers: Mapping[str, int]) -> dict[str, int]:
    """How many people of each kind that was counted at the closing have erased their answer since.

    They are in the figures with, which stand as they were published, and not among the others: a part
    of their own.
    """
    return {
        kind: counted.last(kind) - numbers.get(kind, 0)
        for kind in KINDS
        if counted.last(kind) > numbers.get(kind, 0)
    }
