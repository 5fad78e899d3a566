"""What the vitality fold remembers of a coalition while it reads the journal in order.

Plain records keyed by the opaque ids of the journal. Days are ordinals (`date.toordinal()`) of the
day in Europe/Amsterdam; `entry` is the id of the journal entry that put something here, so that
every figure can be traced back.
"""

import bisect
import datetime as dt
import operator
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple

from wijkverbond.analysis.verdicts import KEPT


class EntryFacts(NamedTuple):
    """One journal entry as plain facts (docs/contributors/events.md)."""

    id: int
    seq: int
    at: dt.datetime
    occurred_at: dt.datetime | None
    event: str
    party: object | None
    facts: Mapping[str, Any]
    rests_on: Sequence[str]


class Deed(NamedTuple):
    """Something a party did, in the narrow sense that proves energy."""

    day: int
    party: str
    entry: int


class RequestAnswer(NamedTuple):
    """One answer of government to a request."""

    day: int
    due: int
    verdict: str
    addressee: str
    entry: int


@dataclass(slots=True)
class Party:
    """A party at the table. `last` is the day of its last sign of life.

    It counts once it is `confirmed`, which those are that joined before others confirmed a party.
    """

    id: str
    kind: str
    direct: bool
    volunteer: bool
    adviser: bool
    entry: int
    last: int
    left: bool = False
    suspended: bool = False
    confirmed: bool = True


@dataclass(slots=True)
class Insight:
    """An insight with who recognises it: by name, and counted per kind of people."""

    entry: int
    sources: int
    by_party: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    counted: dict[str, tuple[int, Fraction]] = field(default_factory=dict)
    counted_entry: int = 0
    withdrawn: bool = False


@dataclass(slots=True)
class Urgency:
    """A shared urgency, with endorsements of the current wording."""

    entry: int
    revision: int
    agreement: str
    agreement_direct: str
    rests_on: tuple[str, ...]
    endorsed: dict[str, tuple[int, int]] = field(default_factory=dict)
    adopted: int = 0
    adopted_entry: int = 0
    ask_again_by: int = 0


@dataclass(slots=True)
class Goal:
    """A current goal. `complete`: indicator, baseline, target and date are all there."""

    entry: int
    revision: int
    complete: bool
    baseline_on: int
    due: int
    rests_on: tuple[str, ...]
    places: frozenset[str]
    measured: list[tuple[int, int, int, str]] = field(default_factory=list)
    met: bool = False


@dataclass(slots=True)
class JudgedCheckIn:
    """What others judged of one due day of a pledge: the latest verdict of each judge."""

    verdicts: dict[str, str] = field(default_factory=dict)
    said: int = 0
    kept: int = 0
    entry: int = 0

    def add(self, judge: str, verdict: str, entry: int) -> None:
        """A judge says, or corrects, whether it was kept."""
        self.verdicts[judge] = verdict
        self.said = len(self.verdicts)
        self.kept = sum(each == KEPT for each in self.verdicts.values())
        if verdict == KEPT:
            self.entry = entry

    def without(self, unconfirmed: Set[str]) -> tuple[int, int]:
        """How many judges said something, and how many "kept", of those who count."""
        if unconfirmed.isdisjoint(self.verdicts):
            return self.said, self.kept
        verdicts = [said for judge, said in self.verdicts.items() if judge not in unconfirmed]
        return len(verdicts), verdicts.count(KEPT)


@dataclass(slots=True)
class Pledge:
    """A pledge with the days something is due and what others judged of each."""

    party: str
    entry: int
    goals: frozenset[str]
    with_parties: tuple[str, ...]
    until: int
    dues: list[int]
    judged: dict[int, JudgedCheckIn] = field(default_factory=dict)
    reported: dict[int, int] = field(default_factory=dict)
    withdrawn: bool = False


@dataclass(slots=True)
class Covenant:
    """A covenant or letter of intent on its way from draft to end."""

    sort: str
    starts: int
    until: int
    predecessor: str
    opened: int = 0
    pledges: frozenset[str] = frozenset()
    signed: dict[str, int] = field(default_factory=dict)
    in_force: int = 0
    checks_due: tuple[int, ...] = ()
    checks_held: dict[int, tuple[int, int]] = field(default_factory=dict)
    ended: bool = False


@dataclass(slots=True)
class Initiative:
    """An initiative since its start."""

    entry: int
    lead: str
    origin_kind: str
    parties: set[str]
    goals: frozenset[str]
    places: frozenset[str]
    started: int
    closed: int = 0


@dataclass(slots=True)
class Request:
    """A facilitation request; `awaiting` while an answer is owed by `due`, `late` the worst so far."""

    entry: int
    addressee: str
    asked: int
    due: int
    term: int
    awaiting: bool = True
    answers: list[RequestAnswer] = field(default_factory=list)
    late: int = 0
    helpful: str = ""
    helpful_entry: int = 0
    escalated: int = 0
    withdrawn: bool = False


@dataclass(slots=True)
class Breakthrough:
    """A claimed breakthrough with who confirms it."""

    entry: int
    claimed: int
    claimant: str
    contributors: frozenset[str]
    obstacle_owners: frozenset[str]
    confirmed: dict[str, tuple[str, int]] = field(default_factory=dict)
    residents: int = 0
    residents_entry: int = 0
    established: int = 0
    established_entry: int = 0
    withdrawn: bool = False


@dataclass(slots=True)
class MissingVoice:
    """A voice that is missing at the table, until it is filled or dismissed."""

    entry: int
    day: int
    open: bool = True


@dataclass
class Ledger:
    """Everything the fold remembers."""

    coalition: str = ""
    first_day: int = 0
    since: int = 0
    last_life: int = 0
    hand_over_due: int = 0
    handed_over: bool = False
    start_entry: int = 0
    parties: dict[str, Party] = field(default_factory=dict)
    unconfirmed: set[str] = field(default_factory=set)
    secretariats: dict[str, str] = field(default_factory=dict)
    missing_voices: dict[str, MissingVoice] = field(default_factory=dict)
    ties: dict[tuple[str, str], tuple[int, str, int]] = field(default_factory=dict)
    insights: dict[str, Insight] = field(default_factory=dict)
    conversations: dict[str, int] = field(default_factory=dict)
    leaning: dict[str, int] = field(default_factory=dict)
    urgencies: dict[str, Urgency] = field(default_factory=dict)
    goals: dict[str, Goal] = field(default_factory=dict)
    goals_ever: bool = False
    goals_changed: int = 0
    benefits: dict[tuple[str, str], tuple[int, int, int]] = field(default_factory=dict)
    pledges: dict[str, Pledge] = field(default_factory=dict)
    covenants: dict[str, Covenant] = field(default_factory=dict)
    in_force_ever: bool = False
    initiatives: dict[str, Initiative] = field(default_factory=dict)
    deeds: list[Deed] = field(default_factory=list)
    people: list[tuple[int, int, int]] = field(default_factory=list)
    obstacles: dict[str, int] = field(default_factory=dict)
    requests: dict[str, Request] = field(default_factory=dict)
    breakthroughs: dict[str, Breakthrough] = field(default_factory=dict)

    def add_deed(self, day: int, party: str, entry: int) -> None:
        """Remember a deed, in order of day (paper can be entered later)."""
        bisect.insort(self.deeds, Deed(day, party, entry), key=operator.itemgetter(0))

    def deeds_after(self, day: int) -> list[Deed]:
        """The deeds later than this day."""
        return self.deeds[bisect.bisect_right(self.deeds, day, key=operator.itemgetter(0)) :]
