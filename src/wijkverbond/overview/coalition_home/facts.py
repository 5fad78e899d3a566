"""What the one question about a coalition's front page answers, as PostgreSQL gives it.

Moments and days are in ISO 8601, and keys are text, because they come as JSON.
"""

import uuid
from typing import NotRequired, TypedDict

from wijkverbond.urgency.reading_result import StatementResult


class ConversationFacts(TypedDict):
    """A conversation that is open, with how many people answered how many statements."""

    id: str
    question: str
    closes_at: str
    people: int | None
    statements: int | None


class CovenantFacts(TypedDict):
    """The covenant in force or open for signing; `checks` are the yearly checks that were held.

    `without` are the kinds of party that did not sign it.
    """

    id: str
    title: str
    state: str
    starts: str
    ends: str
    without: list[str]
    checks: list[str]


class ConfirmingParty(TypedDict):
    """A party that confirms a breakthrough."""

    name: str
    kind: str


class BreakthroughFacts(TypedDict):
    """The newest breakthrough that is established."""

    id: str
    title: str
    before: str
    after: str
    happened_on: str
    confirmed: list[ConfirmingParty]


class StatementFacts(TypedDict):
    """A statement; that of an adopted urgency also says which, since when, how far it
    is shared, and on what it rests."""

    text: str
    id: NotRequired[str]
    adopted_at: NotRequired[str]
    agreement: NotRequired[str]
    statements: NotRequired[list[str]]
    figures: NotRequired[dict[str, StatementResult] | None]


class PledgeFacts(TypedDict):
    """A pledge with what was last reported of it and how others judge that."""

    id: str
    what: str
    party: str
    kind: str
    paid: bool
    ends: str
    dues: list[str]
    reported: str | None
    about: str | None
    said: str | None
    judged: list[str]


class OpenDecision(TypedDict):
    """A proposal on which positions are taken."""

    id: str
    title: str
    closes_at: str


class OpenRequest(TypedDict):
    """A request that government has not answered."""

    id: str
    title: str
    due: str


class OtherCoalition(TypedDict):
    """A coalition that works in part of the same area."""

    slug: str
    name: str


class CoalitionRow(TypedDict):
    """What the one query annotates on the coalition, beside the counts of the stages."""

    conversation: ConversationFacts | None
    covenant: CovenantFacts | None
    statements: dict[str, StatementResult] | None
    hidden: list[uuid.UUID]
    urgencies: list[StatementFacts]
    breakthrough: BreakthroughFacts | None
    pledge_facts: list[PledgeFacts]
    decisions_open: list[OpenDecision]
    requests_open: list[OpenRequest]
    overlap: list[OtherCoalition]
