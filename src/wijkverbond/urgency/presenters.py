"""What a reading and a shared urgency look like on a page: figures with their intervals, in words."""

import dataclasses
from collections.abc import Collection

from django.utils.translation import gettext as _

from wijkverbond.coalition.models import Kind, Party
from wijkverbond.ui.charts import Interval
from wijkverbond.urgency.counting_without import in_tens, key_of
from wijkverbond.urgency.models import (
    Reading,
    ReadingWithout,
    SetApart,
    SharedUrgency,
    Statement,
    StatementWord,
)
from wijkverbond.urgency.models.set_apart import described
from wijkverbond.urgency.reading_result import (
    Cluster,
    GroupResult,
    KindFigures,
    ReadingResult,
    ResultWithout,
    StatementResult,
    StatementWithout,
    TypicalStatement,
    answers_in,
    share_in,
)

LEVELS = {
    StatementWord.SHARED: "present",
    StatementWord.DIVIDED: "emerging",
    StatementWord.LEANING: "info",
    StatementWord.NOT_ENOUGH_DATA: "not_enough_data",
}


@dataclasses.dataclass(frozen=True)
class StatementCard:
    """A statement with its word and, per kind, what may be seen of it.

    `heard_not_shown` are kinds that answered often enough, but whose answers others would give away.
    `without` is the same without the answers that are set apart.
    """

    text: str
    word: StatementWord
    urgent: bool
    rows: list[Interval]
    against: list[tuple[Kind, Kind]]
    not_yet_heard: list[Kind]
    heard_not_shown: list[Kind]
    without: "StatementCard | None" = None

    @property
    def level(self) -> str:
        """The level with which a page draws the word."""
        return LEVELS[self.word]


@dataclasses.dataclass(frozen=True)
class ClusterCard:
    """Answers that may be one person's, as partners see them: what they share, and how many at least."""

    key: str
    sort: SetApart.Type
    people: int

    def __str__(self) -> str:
        return described(self.people, self.sort)


@dataclasses.dataclass(frozen=True)
class ReadingPage:
    """A reading: how many people per kind, or in words that it was heard; statements by word.

    `government_beside` says that government is in no sum, as it was in readings of long ago.
    """

    government_beside: bool
    respondents: list[tuple[str, int | None, str]]
    people: int
    not_yet_heard: list[Kind]
    heard_not_shown: list[Kind]
    unites: list[StatementCard]
    divides: list[StatementCard]
    others: list[StatementCard]
    groups: list[GroupResult]
    ungrouped: int | None


@dataclasses.dataclass(frozen=True)
class UrgencyCard:
    """A shared urgency with the figures of the statements it rests on.

    `endorsed` has, per kind, who supports it by name, and how many of these others confirmed.
    """

    urgency: SharedUrgency
    statements: list[StatementCard]
    endorsed: list[tuple[str, int, list[Party]]]

    @property
    def level(self) -> str:
        """The level with which a page draws how far it is shared."""
        return LEVELS[StatementWord(self.urgency.agreement)]


def reading_page(reading: Reading) -> ReadingPage:
    """The reading as the page shows it: only what was published, without the hidden sentences.

    It comes from `queries.reading_of` or `last_reading`. Beside it stands what it is without the
    answers that are set apart.
    """
    hidden: Collection[str] = vars(reading)["hidden_texts"]
    result_without: ResultWithout | None = vars(reading)["result_without"]
    figures_without = result_without["statements"] if result_without else {}
    result: ReadingResult = reading.result
    cards = [
        dataclasses.replace(
            _statement_card(statement, hidden), without=_without(figures_without.get(key))
        )
        for key, statement in sorted(result["statements"].items(), key=_strength, reverse=True)
    ]
    not_yet_heard, heard_not_shown = _not_shown(result)
    return ReadingPage(
        government_beside=result.get("form", 1) > 1,
        respondents=[
            (kind.value, result["respondents"].get(kind), _how_heard(kind, result)) for kind in Kind
        ],
        people=result["people"],
        not_yet_heard=not_yet_heard,
        heard_not_shown=heard_not_shown,
        unites=[card for card in cards if card.word == StatementWord.SHARED],
        divides=[card for card in cards if card.word == StatementWord.DIVIDED],
        others=[
            card for card in cards if card.word not in (StatementWord.SHARED, StatementWord.DIVIDED)
        ],
        groups=[_group(group, hidden) for group in result["groups"]["groups"]],
        ungrouped=result["groups"]["ungrouped"],
    )


def clusters(reading: Reading | None) -> list[ClusterCard]:
    """The clusters of a reading, the largest of each sort first; in tens, and never who they are."""
    look_alikes: list[Cluster] = reading.clusters if reading else []
    return [
        ClusterCard(
            key_of(cluster), SetApart.Type(cluster["sort"]), in_tens(len(cluster["people"]))
        )
        for cluster in look_alikes
    ]


def with_and_without(counted: ReadingWithout) -> dict[str, object]:
    """Both readings as a file: per statement the word and the figures with, and without.

    Texts are not in it: they can be hidden, and their numbers stand for them.
    """
    reading: ReadingResult = counted.reading.result
    without: ResultWithout = counted.result
    return {
        "format": "wijkverbond-without-1",
        "conversation": str(counted.reading.conversation_id),
        "counted": counted.at.isoformat(),
        "set_apart": without["set_apart"],
        "digest": counted.output_digest,
        "statements": [
            {
                "number": result["number"],
                "with": {"word": result["word"], "kinds": result["kinds"]},
                "without": {
                    "word": without["statements"][key]["word"],
                    "kinds": without["statements"][key]["kinds"],
                    "not_shown": without["statements"][key]["not_shown"],
                },
            }
            for key, result in sorted(
                reading["statements"].items(), key=lambda pair: pair[1]["number"]
            )
            if key in without["statements"]
        ],
    }


def urgency_card(urgency: SharedUrgency) -> UrgencyCard:
    """A shared urgency with its figures at the time and who supports its present wording."""
    results: dict[str, StatementResult] = (
        urgency.reading.result["statements"] if urgency.reading else {}
    )
    parties = [
        endorsement.party
        for endorsement in urgency.endorsements.all()
        if endorsement.revision == urgency.revision
    ]
    return UrgencyCard(
        urgency,
        [
            _statement_card(results[str(statement.id)], _if_hidden(statement))
            for statement in urgency.statements.all()
            if str(statement.id) in results
        ],
        [
            (kind, sum(party.is_confirmed for party in of_kind), of_kind)
            for kind in Kind.values
            if (of_kind := [party for party in parties if party.kind == kind])
        ],
    )


def _strength(statement: tuple[str, StatementResult]) -> float:
    strength = statement[1]["strength"]
    return -1.0 if strength is None else strength


def _if_hidden(statement: Statement) -> set[str]:
    return {statement.text} if statement.state == Statement.State.HIDDEN else set()


def _group(group: GroupResult, hidden: Collection[str]) -> GroupResult:
    typical: list[TypicalStatement] = [
        {**statement, "text": _shown(statement["text"], hidden)} for statement in group["typical"]
    ]
    return {**group, "typical": typical}


def _shown(text: str, hidden: Collection[str]) -> str:
    return _("This sentence is hidden.") if text in hidden else text


def _not_shown(result: ReadingResult | StatementResult) -> tuple[list[Kind], list[Kind]]:
    """The kinds that are not shown: those not heard yet, and those that are held back."""
    held_back = result.get("heard_not_shown", [])
    return [Kind(kind) for kind in result["not_yet_heard"]], [Kind(kind) for kind in held_back]


def _how_heard(kind: Kind, result: ReadingResult | StatementResult) -> str:
    not_yet_heard, heard_not_shown = _not_shown(result)
    if kind in not_yet_heard:
        return _("not heard yet")
    return _("heard, not shown yet") if kind in heard_not_shown else _("heard")


def _statement_card(result: StatementResult, hidden: Collection[str]) -> StatementCard:
    not_yet_heard, heard_not_shown = _not_shown(result)
    return StatementCard(
        _shown(result["text"], hidden),
        StatementWord(result["word"]),
        result["urgent"],
        [_interval(kind, result) for kind in Kind],
        [(Kind(kind), Kind(opposing)) for kind, opposing in result["against"]],
        not_yet_heard,
        heard_not_shown,
    )


def _without(statement: StatementWithout | None) -> StatementCard | None:
    if not statement or not (statement["kinds"] or statement["not_shown"]):
        return None
    not_shown = [Kind(kind) for kind in statement["not_shown"]]
    return StatementCard(
        "",
        StatementWord(statement["word"]),
        urgent=False,
        rows=[_interval_of(Kind(kind), figures) for kind, figures in statement["kinds"].items()],
        against=[(Kind(kind), Kind(opposing)) for kind, opposing in statement["against"]],
        not_yet_heard=[],
        heard_not_shown=not_shown,
    )


def _interval(kind: Kind, result: StatementResult) -> Interval:
    figures = result["kinds"].get(kind)
    if figures is None:
        return Interval(str(kind.label), kind.value, words=_how_heard(kind, result))
    return _interval_of(kind, figures)


def _interval_of(kind: Kind, figures: KindFigures) -> Interval:
    answers = answers_in(figures)
    return Interval(
        str(kind.label),
        kind.value,
        share_in(figures),
        figures["lower"],
        figures["upper"],
        answers,
    )
