"""Measures of the vitality reading: a value beside its thresholds, and the state they make together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from wijkverbond.analysis.kinds import SOCIETY
from wijkverbond.analysis.vitality.ledger import Ledger, Party
from wijkverbond.analysis.vitality.thresholds import LEVELS, UNREACHABLE, State, Thresholds

Number = int | Fraction


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure, what it must reach per level, and the journal entries it was counted from.

    `value` is None when there is nothing to count yet (0 of 0): it then reaches no level. `waits_for`
    names the capability that has to be built before the figure can be counted at all.
    """

    name: str
    value: Number | None
    thresholds: Mapping[State, Fraction]
    at_most: bool
    evidence: tuple[int, ...]
    met: frozenset[State]
    waits_for: str = ""

    def as_dict(self) -> dict[str, object]:
        """The measure as plain JSON values; shares rounded to 6 decimals."""
        values: dict[str, object] = {
            "name": self.name,
            "value": plain(self.value),
            "threshold": {state.code: plain(value) for state, value in self.thresholds.items()},
            "sense": "at_most" if self.at_most else "at_least",
            "evidence": list(self.evidence),
            "reachable": not self.waits_for,
        }
        if self.waits_for:
            values["waits_for"] = self.waits_for
        return values


@dataclass(frozen=True, slots=True)
class Weighed:
    """The measures of one condition; `countable` is false while nothing could ever be counted."""

    measures: tuple[Measure, ...]
    countable: bool = True

    @property
    def state(self) -> State:
        """The highest level of which every measure is met; strong includes present."""
        if not self.countable:
            return State.NOT_ENOUGH_DATA
        reached = {level for level in LEVELS if self._reaches(level)}
        if State.STRONG in reached and State.PRESENT in reached:
            return State.STRONG
        return max(reached - {State.STRONG}, default=State.ABSENT)

    def _reaches(self, level: State) -> bool:
        measures = [measure for measure in self.measures if level in measure.thresholds]
        return bool(measures) and all(level in measure.met for measure in measures)

    def __getitem__(self, name: str) -> Measure:
        return next(measure for measure in self.measures if measure.name == name)


@dataclass(frozen=True, slots=True)
class LedgerView:
    """A ledger as seen at the end of one day, with these thresholds; evidence only when `traced`."""

    ledger: Ledger
    day: int
    limits: Thresholds
    at_table: tuple[Party, ...]
    active: Mapping[str, Party]
    traced: bool

    def before(self, window: str) -> int:
        """The last day before the named window ending today: what is later lies in it."""
        return self.day - self.limits.days(window)

    def share(self, done: Iterable[str]) -> Fraction | None:
        """The share of active parties that are in `done`; None when there are none."""
        return ratio(len(self.active.keys() & set(done)), len(self.active))

    def each_kind(self, done: Iterable[str]) -> Fraction | None:
        """The smallest share among the society kinds; None when one has no active party."""
        parties_done = set(done)
        shares = []
        for kind in SOCIETY:
            parties = [party.id for party in self.active.values() if party.kind == kind]
            if not parties:
                return None
            shares.append(Fraction(sum(party in parties_done for party in parties), len(parties)))
        return min(shares)

    def measure(
        self,
        name: str,
        value: Number | None,
        evidence: Iterable[int] = (),
        *,
        levels: Mapping[State, Fraction] | None = None,
        also: Iterable[State] = (),
    ) -> Measure:
        """A measure "<condition>.<measure>" with its rule, or with levels worked out for it.

        `also` names levels that are met for another reason than the value.
        """
        rule = self.limits.rules.get(name)
        if levels is None:
            levels = rule.levels if rule else {}
        at_most = rule.at_most if rule else False
        waits_for = UNREACHABLE.get(name, "")
        met = set(also)
        if value is not None and not waits_for:
            met |= {
                level for level, limit in levels.items() if _reached(value, limit, at_most=at_most)
            }
        return Measure(
            name.partition(".")[2],
            value,
            levels,
            at_most,
            tuple(sorted(set(evidence))) if self.traced else (),
            frozenset(met),
            waits_for,
        )


def view_on(ledger: Ledger, day: int, limits: Thresholds, *, traced: bool = True) -> LedgerView:
    """Who is at the table and who is active at the end of a day; only who is confirmed counts."""
    at_table = tuple(
        party for party in ledger.parties.values() if party.confirmed and not party.left
    )
    dormant = limits.days("dormant")
    active = {
        party.id: party
        for party in at_table
        if not party.suspended and not party.adviser and day - party.last < dormant
    }
    return LedgerView(ledger, day, limits, at_table, active, traced)


def ratio(part: int, total: int) -> Fraction | None:
    """A share; None for 0 of 0."""
    return Fraction(part, total) if total else None


def plain(value: Number | None) -> int | float | None:
    """A number for JSON: whole where it is whole, otherwise rounded to 6 decimals."""
    if value is None:
        return None
    return int(value) if value.denominator == 1 else round(float(value), 6)


def _reached(value: Number, limit: Fraction, *, at_most: bool) -> bool:
    return value <= limit if at_most else value >= limit
