"""The network of who works with whom: plain graph theory on ties between parties (measures.md 4)."""

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from wijkverbond.analysis.vitality.ledger import Ledger

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Network:
    """Figures of an undirected network. None where the figure does not exist for so few parties."""

    parties: int
    ties: int
    density: Fraction | None
    centralisation: Fraction | None
    isolated: tuple[str, ...]
    busiest: str
    busiest_share: Fraction | None
    cross_kind_share: Fraction | None

    def as_dict(self) -> dict[str, object]:
        """The figures as plain JSON values, rounded to 6 decimals."""
        shares = ("density", "centralisation", "busiest_share", "cross_kind_share")
        values: dict[str, object] = {"parties": self.parties, "ties": self.ties}
        for name in shares:
            value = getattr(self, name)
            values[name] = None if value is None else round(float(value), 6)
        return {**values, "isolated": list(self.isolated)}


def network(
    kinds: Mapping[str, str], pairs: Iterable[Pair], *, aside: Collection[str] = ()
) -> Network:
    """The network of parties (id → kind) and their ties; pairs in any order, doubles count once.

    Density 2E/(n(n-1)); Freeman's degree centralisation (a star of five is 1, a complete graph 0).
    `aside` names parties that are not considered for being the busiest: the secretariat.
    """
    ties = {tuple(sorted(pair)) for pair in pairs if pair[0] != pair[1]}
    ties = {pair for pair in ties if pair[0] in kinds and pair[1] in kinds}
    degrees = Counter(party for pair in ties for party in pair)
    count = len(kinds)
    candidates = [party for party in kinds if party not in aside and degrees[party]]
    busiest = max(candidates, key=lambda party: (degrees[party], party), default="")
    crossing = sum(kinds[pair[0]] != kinds[pair[1]] for pair in ties)
    return Network(
        parties=count,
        ties=len(ties),
        density=Fraction(2 * len(ties), count * (count - 1)) if count > 1 else None,
        centralisation=_centralisation([degrees[party] for party in kinds]),
        isolated=tuple(sorted(party for party in kinds if not degrees[party])),
        busiest=busiest,
        busiest_share=Fraction(degrees[busiest], len(ties)) if busiest else None,
        cross_kind_share=Fraction(crossing, len(ties)) if ties else None,
    )


def ties(ledger: Ledger, day: int, recent: int) -> dict[Pair, list[int]]:
    """Which parties work together at a day, each pair with the entries that say so.

    Reported ties of this or the previous calendar year, pledges carried together, and initiatives
    that run or ended within `recent` days.
    """
    entries_by_pair: dict[Pair, list[int]] = {}
    for parties, entry in _together(ledger, day, recent):
        for pair in itertools.combinations(sorted(set(parties)), 2):
            entries_by_pair.setdefault(pair, []).append(entry)
    return entries_by_pair


def _together(ledger: Ledger, day: int, recent: int) -> Iterator[tuple[Iterable[str], int]]:
    year = dt.date.fromordinal(day).year
    for pair, (reported, strength, entry) in ledger.ties.items():
        if strength != "none" and reported >= year - 1:
            yield pair, entry
    for pledge in ledger.pledges.values():
        if not pledge.withdrawn and day - pledge.until < recent:
            yield (pledge.party, *pledge.with_parties), pledge.entry
    for initiative in ledger.initiatives.values():
        if not initiative.closed or day - initiative.closed < recent:
            yield initiative.parties, initiative.entry


def _centralisation(degrees: list[int]) -> Fraction | None:
    count = len(degrees)
    if count < 3:
        return None
    highest = max(degrees)
    return Fraction(sum(highest - degree for degree in degrees), (count - 1) * (count - 2))
