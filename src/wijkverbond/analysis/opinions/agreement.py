"""Agreement per kind of party: how sure it is, and the one word a statement gets.

Shares are shares of those who answered (a pass is an answer), from 0 to 1. The interval is Wilson's
score interval with z = 1.2816 (one-sided 90 %). The three society kinds decide; what government
says stands beside them and can neither make nor block the word "shared".
"""

import itertools
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, sqrt
from typing import Final

from wijkverbond.analysis.kinds import SOCIETY
from wijkverbond.analysis.opinions.votes import OTHER, Tally

Z: Final = 1.2816
FLOOR: Final = 5


class Word(StrEnum):
    """What the figures say of a statement."""

    SHARED = "shared"
    DIVIDED = "divided"
    LEANING = "leaning"
    NOT_ENOUGH_DATA = "not_enough_data"


@dataclass(frozen=True)
class Interval:
    """Between which shares the true share of agreement lies, each side with 90 % certainty."""

    lower: float
    upper: float


@dataclass(frozen=True)
class Agreement:
    """What the kinds together say of one statement.

    ``strength`` is the smallest lower bound of the deciding kinds, so that the weakest kind decides
    and never the average; ``None`` as long as one of them is not heard. ``against`` names who leans
    against whom: (for, against). ``not_yet_heard`` names the deciding kinds below the floor.
    """

    word: Word
    strength: float | None
    against: tuple[tuple[str, str], ...]
    not_yet_heard: tuple[str, ...]


def interval(agree: int, n: int, *, electorate: int | None = None) -> Interval:
    """Return the Wilson score interval of ``agree`` out of ``n`` answers.

    ``electorate`` is the number of parties that were asked, only where parties answer by name, never
    for open responses of people: it narrows the margin by √((N − n)/(N − 1)). Without an answer
    nothing is known: 0 to 1. Raises ``ValueError`` unless 0 ≤ agree ≤ n ≤ electorate.
    """
    if not 0 <= agree <= n or (electorate is not None and electorate < n):
        raise ValueError(f"{agree} agree of {n} answers of {electorate} cannot be")
    if n == 0:
        return Interval(0.0, 1.0)
    share, weight = agree / n, Z * Z / n
    centre = (share + weight / 2) / (1 + weight)
    margin = Z * sqrt(share * (1 - share) / n + weight / (4 * n)) / (1 + weight)
    if electorate is not None:
        margin *= sqrt((electorate - n) / max(1, electorate - 1))
    return Interval(max(0.0, centre - margin), min(1.0, centre + margin))


def agreement(
    tallies: Mapping[str, Tally],
    *,
    deciding: Collection[str] = SOCIETY,
    electorates: Mapping[str, int] | None = None,
) -> Agreement:
    """Say in one word what the kinds in ``tallies`` think of a statement.

    - shared: of every deciding kind at least ⅔ agree, with a lower bound of at least 0.5;
    - divided: one kind's lower bound is above 0.5 and another's upper bound below it;
    - leaning: neither, and every deciding kind is heard;
    - not enough data: otherwise.

    A kind with fewer than five answers is not heard: it is left out, and so are people without a
    kind (``"other"``). The exception is a kind in
    ``electorates`` (kind → number of parties asked), whose parties answer by name. With other
    ``deciding`` names the same says how those directly involved and those at a distance agree.
    """
    electorate_sizes = electorates or {}
    heard = {
        kind: tally
        for kind, tally in tallies.items()
        if kind != OTHER and (tally.n >= FLOOR or (kind in electorate_sizes and tally.n > 0))
    }
    bounds = {
        kind: interval(tally.agree, tally.n, electorate=electorate_sizes.get(kind))
        for kind, tally in sorted(heard.items())
    }
    silent = tuple(kind for kind in deciding if kind not in heard)
    against = tuple(
        (above, below)
        for above, below in itertools.permutations(bounds, 2)
        if bounds[above].lower > 0.5 and bounds[below].upper < 0.5
    )
    strength = None if silent else min(bounds[kind].lower for kind in deciding)
    if not silent and all(_agrees(heard[kind], bounds[kind]) for kind in deciding):
        word = Word.SHARED
    elif against:
        word = Word.DIVIDED
    else:
        word = Word.NOT_ENOUGH_DATA if silent else Word.LEANING
    return Agreement(word, strength, against, silent)


def _agrees(tally: Tally, bounds: Interval) -> bool:
    return 3 * tally.agree >= 2 * tally.n and bounds.lower >= 0.5


def coming_first(chosen: Mapping[int, int], statements: int) -> frozenset[int]:
    """Return the statements among the top third of one kind's choices.

    ``chosen`` says how many people of the kind chose each statement as one that must come first;
    ``statements`` is how many there were to choose from. The top third is the first
    ⌈statements / 3⌉, ties included; what nobody chose is never in it.
    """
    counts = sorted((count for count in chosen.values() if count > 0), reverse=True)
    if not counts or statements <= 0:
        return frozenset()
    least = counts[min(ceil(statements / 3), len(counts)) - 1]
    return frozenset(statement for statement, count in chosen.items() if count >= least)


def urgent(chosen: Mapping[str, Mapping[int, int]], statements: int) -> frozenset[int]:
    """Return the statements that every society kind has among its top third.

    ``chosen`` maps each kind to its counts per statement, kinds below the floor left out: a society
    kind without counts makes that nothing is urgent yet. A shared urgency is a statement in this
    set with the word *shared*.
    """
    tops = [coming_first(chosen.get(kind, {}), statements) for kind in SOCIETY]
    return frozenset.intersection(*tops)
