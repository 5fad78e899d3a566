"""How far small kinds hold against people who are planted among them (docs/contributors/opinions.md).

Somebody plants people whose answers they know, and wants to read the real ones from what is shown.
Every figure in the documentation comes from here.
"""

import random
from collections.abc import Iterable

import pytest

from wijkverbond.analysis.kinds import RESIDENTS
from wijkverbond.analysis.opinions.agreement import FLOOR, Interval, interval
from wijkverbond.analysis.opinions.disclosure import COUNTS_FLOOR, Figures, Kept, outward, publish
from wijkverbond.analysis.opinions.votes import Tally

TIMES = 400
SMALL = range(FLOOR, COUNTS_FLOOR)
# Sizes of a kind by what is shown of it: which numbers of those who agree give it.
SHOWN_OF: dict[Interval, list[tuple[int, int]]] = {}
for size in SMALL:
    for agreeing in range(size + 1):
        SHOWN_OF.setdefault(outward(interval(agreeing, size)), []).append((size, agreeing))


def shown(agree: int, n: int) -> Figures:
    """Return what is published of a kind of n beside enough others, at the close."""
    of_kind = {RESIDENTS: Tally(agree, n - agree, 0), "other": Tally(30, 30, 0)}
    return publish(Kept(), of_kind, with_counts=True).figures[RESIDENTS]


def fitting(figures: Figures, sizes: Iterable[int]) -> set[tuple[int, int]]:
    """Return each (size, agreeing) that fits what is shown, of the sizes that are thought possible."""
    if figures.counts:
        return {(figures.counts.n, figures.counts.agree)}
    return {world for world in SHOWN_OF[figures.interval] if world[0] in sizes}


def share_read(planted: int, real: int, *, knows_size: bool) -> float:
    """Return how often it follows from one sentence how many of the real people agree.

    The planted answer at random, before they know what the others say; so do the real ones.
    """
    chance, n, read = random.Random(f"{planted} of {planted + real}"), planted + real, 0
    for _ in range(TIMES):
        agree = chance.randint(0, planted) + sum(chance.random() < 0.5 for _ in range(real))
        possible = fitting(shown(agree, n), [n] if knows_size else SMALL)
        read += len({world for world in possible if world[0] >= planted}) == 1
    return read / TIMES


def share_of_sizes_found(n: int, sentences: int) -> float:
    """Return how often the size of a kind follows from the intervals of several sentences.

    All of them answered each sentence; people agree with some sentences more than with others.
    """
    chance, guessed = random.Random(f"{n} of {sentences}"), 0
    for _ in range(TIMES):
        sizes = set(SMALL)
        for _ in range(sentences):
            likely = chance.random()
            agree = sum(chance.random() < likely for _ in range(n))
            sizes &= {size for size, _ in fitting(shown(agree, n), SMALL)}
        guessed += sizes == {n}
    return guessed / TIMES


def test_counts_would_always_be_read() -> None:
    """What is not done below twenty: the real ones are the counts less the planted."""
    assert share_read(18, 2, knows_size=False) == 1
    assert shown(9, 19).counts is None


@pytest.mark.parametrize(
    ("planted", "real", "percent"),
    [(3, 2, 54), (4, 2, 0), (10, 2, 0), (17, 2, 0), (4, 4, 0), (6, 6, 0), (9, 10, 0)],
)
def test_who_does_not_know_the_size_of_a_kind_seldom_reads_the_others(
    planted: int, real: int, percent: int
) -> None:
    read = 100 * share_read(planted, real, knows_size=False)
    assert read == pytest.approx(percent, abs=3)


@pytest.mark.parametrize(
    ("planted", "real", "percent"),
    [(3, 2, 100), (4, 2, 100), (10, 2, 100), (6, 6, 100), (17, 2, 22), (9, 10, 11)],
)
def test_who_knows_the_size_of_a_kind_reads_a_small_one(
    planted: int, real: int, percent: int
) -> None:
    read = 100 * share_read(planted, real, knows_size=True)
    assert read == pytest.approx(percent, abs=3)


@pytest.mark.parametrize(
    ("n", "sentences", "percent"),
    [(5, 1, 29), (6, 1, 0), (6, 3, 44), (6, 12, 100), (10, 12, 0), (12, 12, 76), (19, 12, 0)],
)
def test_the_size_of_a_kind_can_follow_from_many_sentences(
    n: int, sentences: int, percent: int
) -> None:
    share = 100 * share_of_sizes_found(n, sentences)
    assert share == pytest.approx(percent, abs=3)
