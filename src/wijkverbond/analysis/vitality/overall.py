"""The overall sentence and the weakest link, decided by a table (measures.md 4), never by a score."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from wijkverbond.analysis.vitality.thresholds import CODES, State

PROOFS = ("energy", "breakthroughs")
NEEDED = ("urgency", "benefit", "commitment")
ASIDE = "facilitation"
"""Government's mirror: a slow municipality must not make the neighbourhood read as failing."""

CONDITIONS = tuple(code for code in CODES if code not in (*PROOFS, ASIDE))
JUDGED = tuple(code for code in CODES if code != ASIDE)

States = Mapping[str, State]


@dataclass(frozen=True, slots=True)
class Life:
    """What the first two rows look at, besides the states.

    `young`: no covenant, no adopted urgency, and few parties or a recent start.
    `silent`: no sign of life for as long as makes a party dormant.
    """

    young: bool
    silent: bool


def _vital(states: States) -> bool:
    return all(states[code] >= State.PRESENT for code in (*PROOFS, *NEEDED)) and all(
        states[code] >= State.EMERGING for code in CONDITIONS
    )


def _on_paper(states: States) -> bool:
    return (
        all(states[code] == State.ABSENT for code in PROOFS)
        and states["commitment"] >= State.PRESENT
    )


def _without_anchor(states: States) -> bool:
    return (
        any(states[code] >= State.PRESENT for code in PROOFS)
        and states["commitment"] == State.ABSENT
    )


def _becoming(states: States, absent_allowed: int) -> bool:
    absent = sum(states[code] == State.ABSENT for code in CONDITIONS)
    return absent <= absent_allowed and any(states[code] >= State.EMERGING for code in PROOFS)


def unknown(states: States) -> tuple[str, ...]:
    """Which proofs or needed conditions are "not enough data", in table order."""
    needed = (*PROOFS, *NEEDED)
    return tuple(code for code in CODES if code in needed and states[code] is State.NOT_ENOUGH_DATA)


def overall(states: States, life: Life, *, absent_allowed: int = 2) -> str:
    """The code of the first row of the table that holds."""
    rows: Sequence[tuple[str, Callable[[], bool]]] = (
        ("starting", lambda: life.young),
        ("asleep", lambda: life.silent),
        ("not_enough_data", lambda: bool(unknown(states))),
        ("vital", lambda: _vital(states)),
        ("on_paper", lambda: _on_paper(states)),
        ("energy_without_anchor", lambda: _without_anchor(states)),
        ("becoming_vital", lambda: _becoming(states, absent_allowed)),
    )
    return next((code for code, holds in rows if holds()), "not_vital_yet")


def by_weakness(states: States, since: Mapping[str, int]) -> list[str]:
    """Conditions and proofs, weakest first: lowest state, then longest in it, then table order."""
    return sorted(JUDGED, key=lambda code: (states[code], since[code]))  # JUDGED in table order
