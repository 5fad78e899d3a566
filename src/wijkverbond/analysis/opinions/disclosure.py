"""What may be shown of answers per kind, so that nobody learns what fewer than five people said.

Someone who wants to know can subtract: everyone minus the kinds that are shown, today's figures
minus last week's, one page minus another. So for each item (a statement, the respondents, a choice
of what comes first):

1. The figures of a kind move in steps of at least five new people: the first time and every time.
2. A step is held back when the people left uncounted would be one to four, counted from the start
   or from any earlier publication. The smallest step is held back first.
3. A step is held back when the number of those few could be reasoned out from these rules.

This holds against someone who also has everyone's answers without their kind as they stood at each
publication (the download, the opinion groups). It does not hold when every single answer leads to a
publication, because then the moment tells: publish at fixed times, or when the item closes.

Every channel (page, feed, download, screen, command) shows the same `Publication` and never counts
anew.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add

from wijkverbond.analysis.kinds import KINDS, SOCIETY
from wijkverbond.analysis.opinions.agreement import FLOOR, Agreement, Word, agreement
from wijkverbond.analysis.opinions.votes import Tally

NOBODY = Tally(0, 0, 0)


@dataclass(frozen=True)
class Publication:
    """The published figures of one item, and what is needed to publish it safely again.

    ``shown`` (kind → tally) is all that may be seen. The rest is private: ``held`` are counts of
    kinds that were heard but cannot be shown without giving away another kind, used for the word
    alone; ``steps`` the numbers of people at which the figures of a kind were published; ``past``
    the numbers of people per kind, of all kinds, at each publication.
    """

    shown: Mapping[str, Tally]
    held: Mapping[str, Tally]
    steps: Mapping[str, tuple[int, ...]]
    past: tuple[Mapping[str, int], ...]

    @property
    def counted(self) -> dict[str, Tally]:
        """Return what words may rest on: shown and held. Private, as it includes what is held."""
        return {**self.held, **self.shown}

    @property
    def total(self) -> Tally:
        """Return everyone together, as far as shown: totals cover the shown kinds only."""
        return reduce(add, self.shown.values(), NOBODY)

    @property
    def not_shown(self) -> tuple[str, ...]:
        """Return the kinds that read *not yet heard*, including the few that are held back."""
        return tuple(kind for kind in KINDS if kind not in self.shown)

    @property
    def agreement(self) -> Agreement:
        """Return the word, with as much of its grounds as may be shown.

        The word counts a kind that was heard and is held back, otherwise a handful of answers of
        government could keep a statement from being called shared (R2). Its strength and its place
        in ``against`` would give that kind away: they are left out.
        """
        if not self.shown:
            return Agreement(Word.NOT_ENOUGH_DATA, None, (), self.not_shown)
        full = agreement(self.counted)
        visible = all(kind in self.shown for kind in SOCIETY)
        return Agreement(
            full.word,
            full.strength if visible else None,
            tuple(pair for pair in full.against if self.shown.keys() >= set(pair)),
            self.not_shown,
        )


UNPUBLISHED = Publication({}, {}, {}, ())


def publish(previous: Publication | None, current: Mapping[str, Tally]) -> Publication:
    """Return what may be shown of an item, given what was shown before and the counts of now.

    ``current`` maps every kind to its tally, of all its answers so far. People without a kind go
    under a name of their own, such as ``"other"``: they are never shown, and count among those who
    are left. Yes-or-no figures are tallies too: who chose a statement agrees, who chose others
    passes; respondents all agree.
    """
    before = previous or UNPUBLISHED
    sizes = {kind: tally.n for kind, tally in current.items()}
    steps = {kind: before.steps.get(kind, (0,)) for kind in KINDS}
    fresh = {kind for kind in KINDS if sizes.get(kind, 0) >= steps[kind][-1] + FLOOR}
    while fresh and _gives_away(before, sizes, fresh):
        fresh.remove(
            min(fresh, key=lambda kind: (sizes[kind] - steps[kind][-1], KINDS.index(kind)))
        )
    now_shown = {**before.shown, **{kind: current[kind] for kind in fresh}}
    unseen = {
        kind: tally for kind, tally in current.items() if kind in KINDS and kind not in now_shown
    }
    return Publication(
        shown={kind: now_shown[kind] for kind in KINDS if kind in now_shown},
        held=hold(
            {kind: before.held[kind] for kind in before.held if kind not in now_shown}, unseen
        ),
        steps={**steps, **{kind: (*steps[kind], sizes[kind]) for kind in fresh}},
        past=before.past if before.past[-1:] == (sizes,) else (*before.past, sizes),
    )


def hold(previous: Mapping[str, Tally], current: Mapping[str, Tally]) -> dict[str, Tally]:
    """Return the counts on which a word may rest: they move in steps of at least five new people.

    For words that are published without figures, such as the agreement among those directly
    involved. What has fewer than five answers is left out.
    """
    fresh = {
        name: tally
        for name, tally in current.items()
        if tally.n >= FLOOR + previous.get(name, NOBODY).n
    }
    return {**previous, **fresh}


def _gives_away(before: Publication, sizes: Mapping[str, int], fresh: Collection[str]) -> bool:
    """Say whether showing new figures of the ``fresh`` kinds would single out one to four people."""
    steps = {
        kind: (*before.steps.get(kind, (0,)), *([sizes[kind]] if kind in fresh else []))
        for kind in KINDS
    }
    return any(_singled_out(since, sizes, steps) for since in ({}, *before.past)) or _reasoned_out(
        {kind: numbers[-1] for kind, numbers in steps.items()}, sizes
    )


def _singled_out(
    since: Mapping[str, int], sizes: Mapping[str, int], steps: Mapping[str, tuple[int, ...]]
) -> bool:
    """Say whether subtraction leaves one to four of the people who answered after ``since``.

    What can be subtracted from them are the steps that began after it.
    """
    new = sum(sizes.values()) - sum(since.values())
    subtractable = 0
    for kind, numbers in steps.items():
        later = [number for number in numbers if number >= since.get(kind, 0)]
        subtractable += later[-1] - later[0] if later else 0
    return subtractable > 0 and 0 < new - subtractable < FLOOR


def _reasoned_out(shown_numbers: Mapping[str, int], sizes: Mapping[str, int]) -> bool:
    """Say whether only one number fits a kind below the floor, given those left and the rules.

    Knowing that below the floor is at most four, that a kind held back has at least five and at
    most as many as the smallest that is shown, and that one was held back for a reason.
    """
    if any(0 < number != sizes.get(kind, 0) for kind, number in shown_numbers.items()):
        return False
    if any(size for kind, size in sizes.items() if kind not in shown_numbers):
        return False
    hidden = [sizes.get(kind, 0) for kind, number in shown_numbers.items() if number == 0]
    left = sum(hidden)
    few = sum(size < FLOOR for size in hidden)
    if left == 0 or few == 0:
        return False
    held_back = len(hidden) - few
    ceiling = min((number for number in shown_numbers.values() if number), default=left)
    fitting = [
        number
        for number in range(1 if few == 1 else 0, FLOOR)
        if number + FLOOR * held_back
        <= left
        <= number + (FLOOR - 1) * (few - 1) + ceiling * held_back
    ]
    return len(fitting) < 2
