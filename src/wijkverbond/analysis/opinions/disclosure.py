"""What may be shown of answers per kind, so that nobody learns what a few people said.

Someone who wants to know can subtract (everyone minus the kinds that are shown, today's figures
minus last week's, one page minus another), and can plant people whose answers they know. So for
each item (a statement, the respondents, a choice of what comes first):

1. Of a kind with at least five answers the word is shown and the interval, rounded outward to tens.
   Counts are shown of a kind with at least twenty: nobody's answer here has an e-mail or letter
   code, and four planted people would read two real ones out of the counts of six.
2. Totals, downloads and opinion groups cover society and who named no kind. Government stands
   beside them and is in no sum, so that a few civil servants hide nothing of the others.
3. Figures of a kind move in steps of at least so many new people: the first time and every time.
4. A step is held back when fewer than that would be left uncounted, counted from the start or from
   any earlier publication. The smallest step is held back first.
5. A step is held back when the number of those few could be reasoned out from these rules.

3 to 5 hold for intervals with five people, as if they were counts, and for counts with twenty.

This holds against someone who also has everyone's answers without their kind as they stood at each
publication (the download, the opinion groups). It does not hold when every single answer leads to a
publication, because then the moment tells: publish at fixed times, and counts when the item closes.

Every channel (page, feed, download, screen, command) shows the same `Publication` and never counts
anew.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import reduce
from math import ceil, floor
from operator import add
from typing import Final

from wijkverbond.analysis.digest import rounded
from wijkverbond.analysis.kinds import GOVERNMENT, KINDS, SOCIETY
from wijkverbond.analysis.opinions.agreement import FLOOR, Agreement, Interval, agreement, interval
from wijkverbond.analysis.opinions.votes import Tally

COUNTS_FLOOR: Final = 20
NOBODY = Tally(0, 0, 0)


class Heard(StrEnum):
    """How much of a kind is shown."""

    COUNTED = "counted"
    ROUGHLY = "roughly"
    HEARD_NOT_SHOWN = "heard_not_shown"
    NOT_YET_HEARD = "not_yet_heard"


@dataclass(frozen=True)
class Figures:
    """What is published of one kind: its interval of agreement and, from twenty on, its counts."""

    interval: Interval
    counts: Tally | None


@dataclass(frozen=True)
class Steps:
    """Figures as they moved in steps of enough new people. Private.

    ``shown`` are the tallies at the last step of each kind; ``steps`` the numbers of people at each
    step; ``past`` the numbers of people per kind, government left out, at each publication.
    """

    shown: Mapping[str, Tally] = field(default_factory=dict)
    steps: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    past: tuple[Mapping[str, int], ...] = ()

    def last(self, kind: str) -> int:
        """Return the number of people of a kind at its last step."""
        return self.steps.get(kind, (0,))[-1]


@dataclass(frozen=True)
class Kept:
    """What is needed to publish an item safely again; empty before the first time. Private."""

    intervals: Steps = Steps()
    counts: Steps = Steps()


@dataclass(frozen=True)
class Publication:
    """The published figures of one item.

    ``heard`` and ``figures`` say what may be seen of each kind, ``total`` counts all but government,
    ``agreement`` is the word. The rest is private.
    """

    heard: Mapping[str, Heard]
    everyone: Tally
    kept: Kept

    @property
    def total(self) -> Tally | None:
        """Return all but government together; None below twenty."""
        return self.everyone if self.everyone.n >= COUNTS_FLOOR else None

    @property
    def counted(self) -> dict[str, Tally]:
        """Return the counts of each kind of which they may be seen."""
        return {kind: self.kept.counts.shown[kind] for kind in self.that_are(Heard.COUNTED)}

    @property
    def figures(self) -> dict[str, Figures]:
        """Return what may be seen of each kind that is shown."""
        counted = self.counted
        return {
            kind: Figures(interval(tally.agree, tally.n), tally)
            if kind in counted
            else Figures(outward(interval(tally.agree, tally.n)), None)
            for kind, tally in self.tallies.items()
        }

    @property
    def agreement(self) -> Agreement:
        """Return the word, resting on the kinds that are shown and on no other."""
        figures = self.figures
        full = agreement(self.tallies)
        if full.strength is None:
            return full
        return replace(full, strength=min(figures[kind].interval.lower for kind in SOCIETY))

    def that_are(self, heard: Heard) -> list[str]:
        """Return the kinds of which so much is shown."""
        return [kind for kind in KINDS if self.heard[kind] is heard]

    @property
    def tallies(self) -> dict[str, Tally]:
        """Return the tallies of the kinds that are shown, on which words rest. Private."""
        shown = (Heard.COUNTED, Heard.ROUGHLY)
        tallies = {**self.kept.intervals.shown, **self.counted}
        return {kind: tallies[kind] for kind in KINDS if self.heard[kind] in shown}


def publish(before: Kept, current: Mapping[str, Tally], *, with_counts: bool) -> Publication:
    """Return what may be shown of an item, given what was kept before and the tallies of now.

    ``current`` maps every kind to its tally, of all its answers so far. People without a kind go
    under a name of their own, such as ``"other"``: they are in the total alone, and count among
    those who are left. Yes-or-no figures are tallies too: who chose a statement agrees, who chose
    others passes; respondents all agree. Without ``with_counts`` no counts are shown, of nobody.
    """
    intervals = _moved(before.intervals, current, FLOOR)
    counts = _moved(before.counts, current, COUNTS_FLOOR) if with_counts else before.counts
    heard = {}
    for kind in KINDS:
        if kind in intervals.shown:
            enough = with_counts and counts.shown.get(kind, NOBODY).n >= COUNTS_FLOOR
            heard[kind] = Heard.COUNTED if enough else Heard.ROUGHLY
        else:
            is_heard = current.get(kind, NOBODY).n >= _least_to_be_heard(kind, intervals, current)
            heard[kind] = Heard.HEARD_NOT_SHOWN if is_heard else Heard.NOT_YET_HEARD
    everyone = reduce(add, _without_government(current).values(), NOBODY)
    return Publication(heard, everyone, Kept(intervals, counts))


def without(
    beside: Mapping[str, Heard],
    others: Mapping[str, Tally],
    cells: Collection[Mapping[str, int]],
) -> Publication:
    """Return what may be shown without answers that were set apart, beside what is shown with them.

    ``beside`` says how much of each kind is shown with them: never more is without. ``others`` are the
    tallies of who is not set apart. ``cells`` are the numbers of people per kind in each of the parts
    into which all that was ever set apart divides people: whatever is subtracted from what, whole
    cells are left. So a kind is shown when each of its cells has nobody or at least five people, and
    counted when each has nobody or twenty. Else only the figures with them stand.
    """
    publication = publish(Kept(), others, with_counts=Heard.COUNTED in beside.values())
    heard = {
        kind: _least_shown(
            beside[kind],
            publication.heard[kind],
            *(_shown_of_cell(cell.get(kind, 0)) for cell in cells),
        )
        for kind in KINDS
    }
    return replace(publication, heard=heard)


def _least_shown(*heard: Heard) -> Heard:
    if not {*heard} <= {Heard.COUNTED, Heard.ROUGHLY}:
        return Heard.HEARD_NOT_SHOWN
    return Heard.ROUGHLY if Heard.ROUGHLY in heard else Heard.COUNTED


def _shown_of_cell(people: int) -> Heard:
    if 0 < people < FLOOR:
        return Heard.HEARD_NOT_SHOWN
    return Heard.ROUGHLY if 0 < people < COUNTS_FLOOR else Heard.COUNTED


def outward(bounds: Interval) -> Interval:
    """Round an interval outward to tens of a per cent."""
    return Interval(floor(rounded(bounds.lower * 10)) / 10, ceil(rounded(bounds.upper * 10)) / 10)


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


def _least_to_be_heard(kind: str, intervals: Steps, current: Mapping[str, Tally]) -> int:
    """Return how many people of a kind that is not shown make that it was heard.

    Where of all society nothing can be shown, one is enough: telling the few apart from the others
    there would say how many they are.
    """
    nothing = kind in SOCIETY and intervals.shown.keys().isdisjoint(SOCIETY)
    any_enough = any(current.get(other, NOBODY).n >= FLOOR for other in SOCIETY)
    return 1 if nothing and any_enough else FLOOR


def _without_government(current: Mapping[str, Tally]) -> dict[str, Tally]:
    return {kind: tally for kind, tally in current.items() if kind != GOVERNMENT}


def _moved(before: Steps, current: Mapping[str, Tally], least: int) -> Steps:
    """Return the steps after those that may be shown now, each of at least ``least`` new people."""
    sizes = {kind: tally.n for kind, tally in _without_government(current).items()}
    fresh = {kind for kind in KINDS if current.get(kind, NOBODY).n >= before.last(kind) + least}
    while (society := fresh.intersection(SOCIETY)) and _gives_away(before, sizes, society, least):
        fresh.remove(
            min(society, key=lambda kind: (sizes[kind] - before.last(kind), KINDS.index(kind)))
        )
    shown = {**before.shown, **{kind: current[kind] for kind in fresh}}
    return Steps(
        shown={kind: shown[kind] for kind in KINDS if kind in shown},
        steps={
            kind: (*before.steps.get(kind, (0,)), *([current[kind].n] if kind in fresh else []))
            for kind in KINDS
        },
        past=before.past if before.past[-1:] == (sizes,) else (*before.past, sizes),
    )


def _gives_away(
    before: Steps, sizes: Mapping[str, int], fresh: Collection[str], least: int
) -> bool:
    """Say whether showing new figures of the ``fresh`` kinds would single out a few people."""
    steps = {
        kind: (*before.steps.get(kind, (0,)), *([sizes[kind]] if kind in fresh else []))
        for kind in SOCIETY
    }
    return any(
        _singled_out(since, sizes, steps, least) for since in ({}, *before.past)
    ) or _reasoned_out({kind: numbers[-1] for kind, numbers in steps.items()}, sizes, least)


def _singled_out(
    since: Mapping[str, int],
    sizes: Mapping[str, int],
    steps: Mapping[str, tuple[int, ...]],
    least: int,
) -> bool:
    """Say whether subtraction leaves a few of the people who answered after ``since``.

    What can be subtracted from them are the steps that began after it.
    """
    new = sum(sizes.values()) - sum(since.values())
    subtractable = 0
    for kind, numbers in steps.items():
        later = [number for number in numbers if number >= since.get(kind, 0)]
        subtractable += later[-1] - later[0] if later else 0
    return subtractable > 0 and 0 < new - subtractable < least


def _reasoned_out(shown_numbers: Mapping[str, int], sizes: Mapping[str, int], least: int) -> bool:
    """Say whether only one number fits a kind below the floor, given those left and the rules.

    Knowing that below the floor is less than ``least``, that a kind held back has at least that and
    comes before every kind that is shown, and that one was held back for a reason.
    """
    if any(0 < number != sizes.get(kind, 0) for kind, number in shown_numbers.items()):
        return False
    if any(size for kind, size in sizes.items() if kind not in shown_numbers):
        return False
    hidden = {kind: sizes.get(kind, 0) for kind, number in shown_numbers.items() if number == 0}
    left = sum(hidden.values())
    held_back = [kind for kind, size in hidden.items() if size >= least]
    few = len(hidden) - len(held_back)
    if left == 0 or few == 0:
        return False
    ceilings = sum(_most_held_back(kind, shown_numbers, left) for kind in held_back)
    fitting = [
        number
        for number in range(1 if few == 1 else 0, least)
        if number + least * len(held_back) <= left <= number + (least - 1) * (few - 1) + ceilings
    ]
    return len(fitting) < 2


def _most_held_back(kind: str, shown_numbers: Mapping[str, int], left: int) -> int:
    """Return how many people a kind has at most of which it is known that it was held back."""
    return min(
        (
            number if KINDS.index(kind) < KINDS.index(shown) else number - 1
            for shown, number in shown_numbers.items()
            if number
        ),
        default=left,
    )
