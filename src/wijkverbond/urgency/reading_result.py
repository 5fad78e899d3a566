"""What a stored reading holds: `Reading.result`, all that may be shown, and `Reading.kept`, private.

The keys are recorded; a page of today reads the readings of years ago.
"""

from typing import NotRequired, TypedDict

from wijkverbond.analysis.opinions.publication_json import PublicationJson, TalliesJson

# Of readings that are made today. In the first form, which has no `form`, a kind had counts from
# five answers on, government was in the sums, and `not_yet_heard` held all that was not shown. Before
# the third the digests covered texts, and of a question that is closed there was no edition.
FORM = 3


class KindFigures(TypedDict):
    """What the people of one kind said of a statement: the interval of agreeing and, where they may
    be seen, the counts."""

    lower: float
    upper: float
    agree: NotRequired[int]
    disagree: NotRequired[int]
    passes: NotRequired[int]


class StatementResult(TypedDict):
    """What may be shown of a statement; `strength` orders them, `against` are opposing kinds."""

    text: str
    number: int
    word: str
    strength: float | None
    against: list[list[str]]
    not_yet_heard: list[str]
    heard_not_shown: NotRequired[list[str]]
    word_direct: str
    kinds: dict[str, KindFigures]
    chosen: dict[str, int]
    urgent: bool


class Cluster(TypedDict):
    """People of one question who may be one person: what they have in common, and who they are."""

    sort: str
    people: list[int]


class StatementWithout(TypedDict):
    """What may be shown of a statement without the answers that are set apart.

    Of the kinds that are `not_shown` only the figures with them stand.
    """

    number: int
    word: str
    strength: float | None
    against: list[list[str]]
    not_shown: list[str]
    kinds: dict[str, KindFigures]


class ResultWithout(TypedDict):
    """All that may be shown of a conversation without what is set apart; statements by their id."""

    set_apart: list[str]
    statements: dict[str, StatementWithout]


class KeptKind(TypedDict):
    """The tally of who is not set apart of a kind, and at which steps of the figures with them."""

    step: list[int]
    tally: list[int]


class KeptWithout(TypedDict):
    """What is kept of a reading without, for when the same is set apart again; private."""

    keys: list[str]
    statements: dict[str, dict[str, KeptKind]]


class TypicalStatement(TypedDict):
    """A statement that is typical of a group, and whether the group agrees."""

    text: str
    number: NotRequired[int]
    agrees: bool


class GroupResult(TypedDict):
    """An opinion group: its letter, how many people, and what is typical of it."""

    name: str
    people: int
    typical: list[TypicalStatement]


class GroupsResult(TypedDict):
    """The opinion groups; `ungrouped` is None as long as nothing may be shown of them."""

    ungrouped: int | None
    groups: list[GroupResult]


class ReadingResult(TypedDict):
    """All that may be shown of a conversation; statements by their id.

    `people` are all who answered but government; `respondents` how many of each kind, where that may
    be seen.
    """

    form: NotRequired[int]
    respondents: dict[str, int]
    not_yet_heard: list[str]
    heard_not_shown: NotRequired[list[str]]
    people: int
    statements: dict[str, StatementResult]
    groups: GroupsResult


class KeptStatement(TypedDict):
    """What the next publication of a statement needs: of answers, of choices, of those nearby."""

    answers: PublicationJson
    chosen: PublicationJson
    direct: TalliesJson


class KeptGroups(TypedDict):
    """What was last shown of the groups, and of how many people it was."""

    people: int
    shown: GroupsResult


class KeptReading(TypedDict, total=False):
    """What the next reading needs to stay safe; empty before the first."""

    respondents: PublicationJson
    statements: dict[str, KeptStatement]
    groups: dict[str, list[int]]
    grouped: KeptGroups


def answers_in(figures: KindFigures) -> int | None:
    """How many answers they count; None where that is not shown."""
    if "agree" not in figures:
        return None
    return figures["agree"] + figures["disagree"] + figures["passes"]


def share_in(figures: KindFigures) -> float | None:
    """The share that agrees; None where only the interval is shown."""
    answers = answers_in(figures)
    return figures["agree"] / answers if answers else None
