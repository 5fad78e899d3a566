"""The vitality reading of a coalition: a pure fold over its journal up to a date (measures.md 4).

Which events and facts are read stands in docs/contributors/events.md. The same journal, date and
thresholds give the same reading on any machine; what is recorded later never changes it.
"""

import bisect
import datetime as dt
import hashlib
import json
import operator
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from wijkverbond.analysis.vitality import commitment as commitment
from wijkverbond.analysis.vitality import conditions as conditions
from wijkverbond.analysis.vitality import facilitation as facilitation
from wijkverbond.analysis.vitality import proofs as proofs
from wijkverbond.analysis.vitality.coherence import Coherence, coherence
from wijkverbond.analysis.vitality.fold import fold
from wijkverbond.analysis.vitality.handlers import end_of
from wijkverbond.analysis.vitality.ledger import EntryFacts, Ledger
from wijkverbond.analysis.vitality.measures import LedgerView, Measure, Weighed, plain, view_on
from wijkverbond.analysis.vitality.network import Network
from wijkverbond.analysis.vitality.overall import Life, by_weakness, overall, unknown
from wijkverbond.analysis.vitality.steps import Step, next_step
from wijkverbond.analysis.vitality.thresholds import CODES, DEFAULTS, LEVELS, State, Thresholds
from wijkverbond.analysis.vitality.warnings import Warned, warnings

QUARTERS = 12
"""How many quarter ends the history of a reading goes back."""

STEPS = 3

History = list[tuple[int, dict[str, State]]]


@dataclass(frozen=True)
class ConditionReading:
    """How one condition or proof stands, why, and since when (to the quarter)."""

    code: str
    state: State
    since: dt.date
    measures: tuple[Measure, ...]
    step: Step | None
    trend: tuple[tuple[dt.date, State], ...]

    @property
    def unreachable(self) -> tuple[str, ...]:
        """The levels that wait for a capability that is not built yet."""
        return tuple(
            level.code
            for level in LEVELS
            if any(level in measure.thresholds and measure.waits_for for measure in self.measures)
        )

    def as_dict(self) -> dict[str, object]:
        """The condition as plain JSON values."""
        return {
            "state": self.state.code,
            "since": self.since.isoformat(),
            "measures": [measure.as_dict() for measure in self.measures],
            "unreachable": list(self.unreachable),
            "next_step": self.step.as_dict() if self.step else None,
            "trend": [{"date": day.isoformat(), "state": state.code} for day, state in self.trend],
        }


@dataclass(frozen=True)
class VitalityReading:
    """The reading of a coalition as of a date. Conditions are in the order of the table."""

    as_of: dt.date
    overall: str
    unknown: tuple[str, ...]
    weakest: str
    next_steps: tuple[Step, ...]
    conditions: Mapping[str, ConditionReading]
    warnings: tuple[Warned, ...]
    dormant: tuple[str, ...]
    dormant_volunteers: int
    network: Network
    coherence: Coherence
    thresholds: Thresholds
    entries: int
    digest: str = ""

    def as_dict(self) -> dict[str, object]:
        """The reading as plain JSON values, as `./wijkverbond vitality --json` prints it."""
        return {**self._body(), "digest": self.digest}

    def _body(self) -> dict[str, object]:
        return {
            "as_of": self.as_of.isoformat(),
            "overall": self.overall,
            "unknown": list(self.unknown),
            "weakest": self.weakest,
            "next_steps": [step.as_dict() for step in self.next_steps],
            "conditions": {
                code: condition.as_dict() for code, condition in self.conditions.items()
            },
            "warnings": [warned.as_dict() for warned in self.warnings],
            "dormant": list(self.dormant),
            "dormant_volunteers": self.dormant_volunteers,
            "network": self.network.as_dict(),
            "coherence": self.coherence.as_dict(),
            "changed_thresholds": {k: plain(v) for k, v in sorted(self.thresholds.changed.items())},
            "entries": self.entries,
        }

    def body_digest(self) -> str:
        """SHA-256 over the canonical JSON of everything but the digest itself."""
        text = json.dumps(self._body(), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def read(
    entry_facts: Iterable[EntryFacts], as_of: dt.date, *, thresholds: Thresholds = DEFAULTS
) -> VitalityReading:
    """The reading at the end of a date in Amsterdam; entries recorded later are left out."""
    ledger, history, entries = _fold(entry_facts, as_of, thresholds)
    view = view_on(ledger, as_of.toordinal(), thresholds)
    weighed = weigh(view, _in_a_row(history))
    states = {code: condition.state for code, condition in weighed.items()}
    trends = {code: [(day, past[code]) for day, past in history] for code in CODES}
    since = {code: _since(view.day, states[code], trends[code]) for code in CODES}
    readings = {
        code: ConditionReading(
            code,
            states[code],
            dt.date.fromordinal(since[code]),
            condition.measures,
            next_step(view, code, condition),
            tuple((dt.date.fromordinal(day), state) for day, state in trends[code]),
        )
        for code, condition in weighed.items()
    }
    order = by_weakness(states, since)
    pairs = conditions.ties(view)
    asleep = [party for party in view.at_table if _dormant(view, party.last)]
    reading = VitalityReading(
        as_of=as_of,
        overall=_overall(view, states),
        unknown=unknown(states),
        weakest=order[0],
        next_steps=_first_steps(readings[code].step for code in order),
        conditions=readings,
        warnings=warnings(view),
        dormant=tuple(sorted(party.id for party in asleep if not party.volunteer)),
        dormant_volunteers=sum(party.volunteer for party in asleep),
        network=conditions.network_at(view, pairs),
        coherence=coherence(view, pairs),
        thresholds=thresholds,
        entries=entries,
    )
    object.__setattr__(reading, "digest", reading.body_digest())
    return reading


def weigh(view: LedgerView, quarters: int) -> dict[str, Weighed]:
    """Every condition and proof at one day, in table order."""
    return {
        "insight": conditions.insight(view),
        "urgency": conditions.urgency(view),
        "circle": conditions.circle(view),
        "benefit": conditions.benefit(view),
        "commitment": commitment.commitment(view),
        "results": conditions.results(view),
        "facilitation": facilitation.facilitation(view),
        "energy": proofs.energy(view, quarters),
        "breakthroughs": proofs.breakthroughs(view),
    }


def _fold(
    entry_facts: Iterable[EntryFacts], as_of: dt.date, limits: Thresholds
) -> tuple[Ledger, History, int]:
    """The ledger at the end of a date, and the states at the quarter ends before it."""
    ledger, history, done = Ledger(), History(), 0
    entries = sorted(entry_facts, key=operator.attrgetter("seq"))
    for end in _quarter_ends(as_of):
        stop = bisect.bisect_left(entries, end_of(end), key=operator.attrgetter("at"))
        fold(ledger, entries[done:stop])
        done = stop
        if ledger.first_day:
            past = view_on(ledger, end.toordinal(), limits, traced=False)
            weighed = weigh(past, _in_a_row(history))
            history.append(
                (end.toordinal(), {code: condition.state for code, condition in weighed.items()})
            )
    stop = bisect.bisect_left(entries, end_of(as_of), key=operator.attrgetter("at"))
    fold(ledger, entries[done:stop])
    return ledger, history, stop


def _quarter_ends(as_of: dt.date) -> Iterator[dt.date]:
    """The last days of the calendar quarters before a date, oldest first."""
    quarter = as_of.year * 4 + (as_of.month - 1) // 3
    for number in range(max(quarter - QUARTERS + 1, 5), quarter + 1):
        yield dt.date(number // 4, number % 4 * 3 + 1, 1) - dt.timedelta(days=1)


def _in_a_row(history: History) -> int:
    count = 0
    for _day, states in reversed(history):
        if states["energy"] < State.PRESENT:
            break
        count += 1
    return count


def _since(today: int, state: State, trend: list[tuple[int, State]]) -> int:
    since = today
    for day, past in reversed(trend):
        if past is not state:
            break
        since = day
    return since


def _dormant(view: LedgerView, last: int) -> bool:
    return view.day - last >= view.limits.days("dormant")


def _overall(view: LedgerView, states: Mapping[str, State]) -> str:
    ledger, settings = view.ledger, view.limits.settings
    adopted = any(urgency.adopted for urgency in ledger.urgencies.values())
    few = len(view.at_table) < settings["overall.parties"]
    recent = view.day - ledger.since < view.limits.days("starting")
    young = not ledger.in_force_ever and not adopted and (few or recent)
    life = Life(young=young, silent=_dormant(view, ledger.last_life))
    return overall(states, life, absent_allowed=int(settings["overall.absent_conditions"]))


def _first_steps(steps: Iterable[Step | None]) -> tuple[Step, ...]:
    """The first few different steps, weakest condition first."""
    first_steps: dict[str, Step] = {}
    for step in steps:
        if step is not None:
            first_steps.setdefault(step.code, step)
    return tuple(first_steps.values())[:STEPS]
