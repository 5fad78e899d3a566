"""Coherence: which goals nobody carries, which pledges serve none, which initiatives overlap (R10).

Lists, never a figure.
"""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations

from wijkverbond.analysis.vitality.ledger import Initiative
from wijkverbond.analysis.vitality.measures import LedgerView


@dataclass(frozen=True, slots=True)
class Coherence:
    """Records as "<thing>:<uuid>"; `overlaps` are pairs of running initiatives."""

    goals_without_pledge: tuple[str, ...]
    pledges_without_goal: tuple[str, ...]
    overlaps: tuple[tuple[str, str], ...]

    def as_dict(self) -> dict[str, object]:
        """The lists as plain JSON values."""
        return {
            "goals_without_pledge": list(self.goals_without_pledge),
            "pledges_without_goal": list(self.pledges_without_goal),
            "overlaps": [list(pair) for pair in self.overlaps],
        }


def coherence(view: LedgerView, ties: Collection[tuple[str, str]]) -> Coherence:
    """What does not fit together at this day, given which parties work together."""
    ledger = view.ledger
    current = {
        name: pledge
        for name, pledge in ledger.pledges.items()
        if not pledge.withdrawn and pledge.until >= view.day
    }
    served = {goal for pledge in current.values() for goal in pledge.goals}
    running = [
        (name, initiative)
        for name, initiative in ledger.initiatives.items()
        if not initiative.closed
    ]
    return Coherence(
        tuple(f"goal:{name}" for name in ledger.goals if name not in served),
        tuple(
            f"pledge:{name}"
            for name, pledge in current.items()
            if not pledge.goals & ledger.goals.keys()
        ),
        tuple(
            (f"initiative:{initiative}", f"initiative:{other}")
            for (initiative, first), (other, second) in combinations(running, 2)
            if _overlap(first, second, ties)
        ),
    )


def _overlap(first: Initiative, second: Initiative, ties: Collection[tuple[str, str]]) -> bool:
    """The same goal and place, by parties none of which works with one of the other."""
    same_place = first.places & second.places or first.places == second.places
    if not (first.goals & second.goals and same_place):
        return False
    pairs = {tuple(sorted((party, other))) for party in first.parties for other in second.parties}
    return not first.parties & second.parties and pairs.isdisjoint(ties)
