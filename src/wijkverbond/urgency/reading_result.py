"""What a stored reading holds: `Reading.result`, all that may be shown, and `Reading.kept`, private.

The keys are recorded; a page of today reads the readings of years ago.
"""

from typing import TypedDict

from wijkverbond.analysis.opinions.publication_json import PublicationJson, TalliesJson


class KindFigures(TypedDict):
    """What the people of one kind said of a statement: numbers, and the interval of agreeing."""

    agree: int
    disagree: int
    passes: int
    lower: float
    upper: float


class StatementResult(TypedDict):
    """What may be shown of a statement; `strength` orders them, `against` are opposing kinds."""

    text: str
    number: int
    word: str
    strength: float | None
    against: list[list[str]]
    not_yet_heard: list[str]
    word_direct: str
    kinds: dict[str, KindFigures]
    chosen: dict[str, int]
    urgent: bool


class TypicalStatement(TypedDict):
    """A statement that is typical of a group, and whether the group agrees."""

    text: str
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
    """All that may be shown of a conversation; statements by their id."""

    respondents: dict[str, int]
    not_yet_heard: list[str]
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
