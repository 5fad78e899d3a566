"""What a reading and a shared urgency look like on a page: figures with their intervals, in words."""

import dataclasses
from collections.abc import Collection

from django.utils.translation import gettext as _

from wijkverbond.coalition.models import Kind
from wijkverbond.ui.charts import Interval
from wijkverbond.urgency.models import Reading, SharedUrgency, Statement, StatementWord
from wijkverbond.urgency.reading_result import (
    GroupResult,
    KindFigures,
    ReadingResult,
    StatementResult,
    TypicalStatement,
)

LEVELS = {
    StatementWord.SHARED: "present",
    StatementWord.DIVIDED: "emerging",
    StatementWord.LEANING: "info",
    StatementWord.NOT_ENOUGH_DATA: "not_enough_data",
}


@dataclasses.dataclass(frozen=True)
class StatementCard:
    """A statement with its word and, per kind, share and interval or "not heard yet"."""

    text: str
    word: StatementWord
    urgent: bool
    rows: list[Interval]
    against: list[tuple[Kind, Kind]]
    not_yet_heard: list[Kind]

    @property
    def level(self) -> str:
        """The level with which a page draws the word."""
        return LEVELS[self.word]


@dataclasses.dataclass(frozen=True)
class ReadingPage:
    """A reading: how many people per kind, and its statements by what they say."""

    respondents: list[tuple[str, int | None]]
    people: int
    not_yet_heard: list[Kind]
    unites: list[StatementCard]
    divides: list[StatementCard]
    others: list[StatementCard]
    groups: list[GroupResult]
    ungrouped: int | None


@dataclasses.dataclass(frozen=True)
class UrgencyCard:
    """A shared urgency with the figures of the statements it rests on."""

    urgency: SharedUrgency
    statements: list[StatementCard]
    endorsed: list[tuple[str, list[str]]]

    @property
    def level(self) -> str:
        """The level with which a page draws how far it is shared."""
        return LEVELS[StatementWord(self.urgency.agreement)]


def reading_page(reading: Reading, hidden: Collection[str]) -> ReadingPage:
    """The reading as the page shows it: only what was published, without the `hidden` sentences."""
    result: ReadingResult = reading.result
    cards = [
        _statement_card(statement, hidden)
        for statement in sorted(result["statements"].values(), key=_strength, reverse=True)
    ]
    return ReadingPage(
        respondents=[(kind, result["respondents"].get(kind)) for kind in Kind.values],
        people=result["people"],
        not_yet_heard=[Kind(kind) for kind in result["not_yet_heard"]],
        unites=[card for card in cards if card.word == StatementWord.SHARED],
        divides=[card for card in cards if card.word == StatementWord.DIVIDED],
        others=[
            card for card in cards if card.word not in (StatementWord.SHARED, StatementWord.DIVIDED)
        ],
        groups=[_group(group, hidden) for group in result["groups"]["groups"]],
        ungrouped=result["groups"]["ungrouped"],
    )


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
            (kind, [str(party) for party in parties if party.kind == kind])
            for kind in Kind.values
            if any(party.kind == kind for party in parties)
        ],
    )


def _strength(statement: StatementResult) -> float:
    strength = statement["strength"]
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


def _statement_card(result: StatementResult, hidden: Collection[str]) -> StatementCard:
    return StatementCard(
        _shown(result["text"], hidden),
        StatementWord(result["word"]),
        result["urgent"],
        [_interval(kind, result["kinds"].get(kind)) for kind in Kind],
        [(Kind(kind), Kind(opposing)) for kind, opposing in result["against"]],
        [Kind(kind) for kind in result["not_yet_heard"]],
    )


def _interval(kind: Kind, figures: KindFigures | None) -> Interval:
    if figures is None:
        return Interval(str(kind.label), kind.value)
    answers = figures["agree"] + figures["disagree"] + figures["passes"]
    return Interval(
        str(kind.label),
        kind.value,
        figures["agree"] / answers,
        figures["lower"],
        figures["upper"],
        answers,
    )
