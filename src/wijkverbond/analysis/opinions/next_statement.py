"""Which statement someone gets next: the one whose answer promises to tell most.

Few answers so far, an uncertain agreement and a difference between groups make a statement
promising; a lottery with those weights gives everybody an order of their own. The lottery is drawn
from a digest of participant and statement, so that the same person in the same state always gets
the same statement, and no state needs to be kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from math import log
from typing import Final

from wijkverbond.analysis.opinions.agreement import interval
from wijkverbond.analysis.opinions.votes import Tally

FIRST_ANSWERS: Final = 10


@dataclass(frozen=True)
class Candidate:
    """A published statement that the participant has not answered yet.

    ``tally`` counts the answers of everyone so far. ``spread`` is the difference between the
    largest and the smallest share of agreement over the opinion groups, from 0 to 1; ``None`` when
    there are no groups yet.
    """

    statement: int
    tally: Tally
    spread: float | None = None


def next_statement(participant: str, candidates: Iterable[Candidate]) -> int | None:
    """Return the statement to show, or ``None`` when there is nothing left.

    ``participant`` is anything that stays the same for this person in this conversation. About
    every second question goes to a statement with fewer than ten answers, as long as there is one.
    """
    open_ones = sorted(candidates, key=lambda candidate: candidate.statement)
    new = [candidate for candidate in open_ones if candidate.tally.n < FIRST_ANSWERS]
    if new and _lot(participant, f"turn {len(open_ones)}") < 0.5:
        open_ones = new
    drawn = max(open_ones, key=lambda candidate: _rank(participant, candidate), default=None)
    return None if drawn is None else drawn.statement


def promise(candidate: Candidate) -> float:
    """Return the weight of a statement in the lottery, above 0.

    The width of the interval of its agreement (1 without answers), up to doubled where the groups
    differ, squared. A statement that no group has seen counts as halfway.
    """
    bounds = interval(candidate.tally.agree, candidate.tally.n)
    spread = 0.5 if candidate.spread is None else candidate.spread
    return ((bounds.upper - bounds.lower) * (1 + spread)) ** 2


def _rank(participant: str, candidate: Candidate) -> float:
    """Return the lot of a candidate; the highest wins with a chance in proportion to its promise."""
    return log(_lot(participant, str(candidate.statement))) / promise(candidate)


def _lot(participant: str, about: str) -> float:
    """Return a number between 0 and 1 that is always the same for this person and subject."""
    drawn = sha256(f"{participant}\n{about}".encode()).digest()
    return (int.from_bytes(drawn[:6], "big") + 0.5) / 2**48
