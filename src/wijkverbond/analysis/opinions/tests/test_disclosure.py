"""Nobody can learn what a few people said: not from a page, not by subtracting pages."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, product
from math import ceil, floor
from operator import add

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.examples import at_least
from wijkverbond.analysis.kinds import GOVERNMENT, KINDS, SOCIETY
from wijkverbond.analysis.opinions.agreement import FLOOR, Interval, Word, agreement, interval
from wijkverbond.analysis.opinions.disclosure import (
    COUNTS_FLOOR,
    Heard,
    Kept,
    Publication,
    hold,
    outward,
    publish,
)
from wijkverbond.analysis.opinions.publication_json import kept_from_json, kept_to_json
from wijkverbond.analysis.opinions.votes import Tally

EVERY_NAME = (*SOCIETY, "other")
SHOWN = (Heard.COUNTED, Heard.ROUGHLY)

sizes = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 19, 20, 25, 40])
windows = st.tuples(*[sizes] * len(EVERY_NAME))

Window = tuple[int, ...]
Sets = npt.NDArray[np.float64]


def agreeing(sizes: Iterable[int], government: int = 0) -> dict[str, Tally]:
    """Return as many agreeing people of each society kind and without a kind, in that order."""
    society = {kind: Tally(size, 0, 0) for kind, size in zip(EVERY_NAME, sizes, strict=False)}
    return {**society, GOVERNMENT: Tally(government, 0, 0)}


def once(tallies: dict[str, Tally]) -> Publication:
    """Publish everything at once, counts included: when a question closes."""
    return publish(Kept(), tallies, with_counts=True)


def in_turn(history: Iterable[Window], *, with_counts: bool = False) -> list[Publication]:
    """Publish at each moment, from how many people came since the last."""
    publications: list[Publication] = []
    for counts in accumulated(history):
        before = publications[-1].kept if publications else Kept()
        publications.append(publish(before, agreeing(counts), with_counts=with_counts))
    return publications


def accumulated(history: Iterable[Window]) -> Iterator[Window]:
    """Return how many people there are at each moment, from how many came since the last."""
    return accumulate(history, lambda before, new: tuple(map(add, before, new)))


def rough(publication: Publication) -> dict[str, int]:
    """Return the number of people behind the word and the interval of each kind that is shown."""
    return {kind: tally.n for kind, tally in publication.kept.intervals.shown.items()}


def counted(publication: Publication) -> dict[str, int]:
    """Return the number of people of each kind whose counts are shown."""
    return {kind: tally.n for kind, tally in publication.counted.items()}


def heard(publication: Publication) -> list[str]:
    """Return how much of residents, entrepreneurs, civil society and government is shown."""
    return [publication.heard[kind].value for kind in KINDS]


def test_a_few_answers_of_government_hide_nothing_of_society() -> None:
    publication = once(agreeing([20, 5, 5], government=1))

    assert heard(publication) == ["roughly", "roughly", "roughly", "not_yet_heard"]
    assert publication.agreement.word is Word.SHARED
    assert publication.total == Tally(30, 0, 0)


@pytest.mark.parametrize("government", [0, 1, 4, 5, 12, 20, 100])
def test_government_stands_beside_with_a_floor_of_its_own(government: int) -> None:
    publication = once(agreeing([60, 12, 9, 3], government=government))
    alone = once(agreeing([60, 12, 9, 3]))

    floors = [(5, "not_yet_heard"), (20, "roughly"), (101, "counted")]
    assert publication.heard[GOVERNMENT] == next(word for top, word in floors if government < top)
    assert heard(publication)[:3] == heard(alone)[:3]
    assert publication.total == alone.total == Tally(84, 0, 0)


def test_counts_are_shown_from_twenty_answers_on() -> None:
    publication = once(agreeing([40, 19, 20, 5]))

    assert counted(publication) == {"residents": 40, "civil_society": 20}
    assert publication.figures["entrepreneurs"].counts is None
    assert publication.figures["residents"].counts == Tally(40, 0, 0)
    assert publication.figures["residents"].interval == interval(40, 40)


def test_of_a_small_kind_the_word_and_an_interval_in_tens_are_shown() -> None:
    tallies = {kind: Tally(10, 1, 1) for kind in SOCIETY}
    publication = once(tallies)

    bounds = interval(10, 12)
    assert (round(bounds.lower, 3), round(bounds.upper, 3)) == (0.658, 0.929)
    assert {figures.interval for figures in publication.figures.values()} == {Interval(0.6, 1.0)}
    assert publication.agreement.word is Word.SHARED
    assert publication.agreement.strength == 0.6


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_an_interval_is_rounded_outward_to_tens_and_by_less_than_one(a: int, b: int) -> None:
    bounds = Interval(min(a, b) / 10**6, max(a, b) / 10**6)
    tens = outward(bounds)

    assert tens.lower * 10 == floor(tens.lower * 10)
    assert tens.upper * 10 == ceil(tens.upper * 10)
    assert 0 <= tens.lower <= bounds.lower < tens.lower + 0.1 + 1e-6
    assert tens.upper - 0.1 - 1e-6 < bounds.upper <= tens.upper <= 1


def test_counts_are_held_back_when_fewer_than_twenty_others_would_follow() -> None:
    assert counted(once(agreeing([400, 8, 7, 4]))) == {}
    assert counted(once(agreeing([400, 8, 7, 5]))) == {"residents": 400}
    assert counted(once(agreeing([400, 30, 8]))) == {"residents": 400}
    assert counted(once(agreeing([400, 30, 0]))) == {"residents": 400, "entrepreneurs": 30}


def test_without_counts_nobody_is_counted() -> None:
    publication = publish(Kept(), agreeing([400, 30, 25], government=50), with_counts=False)

    assert heard(publication) == ["roughly"] * 4


def test_a_total_of_fewer_than_twenty_people_is_not_shown() -> None:
    assert once(agreeing([12, 0, 0, 7], government=40)).total is None
    assert once(agreeing([12, 0, 0, 8])).total == Tally(20, 0, 0)


def test_one_kind_below_the_floor_takes_the_next_smallest_along() -> None:
    publication = once(agreeing([30, 4, 8]))

    assert heard(publication)[:3] == ["roughly", "not_yet_heard", "heard_not_shown"]
    assert publication.that_are(Heard.HEARD_NOT_SHOWN) == ["civil_society"]


def test_a_kind_without_any_answer_hides_nobody_else() -> None:
    assert heard(once(agreeing([30, 9, 0])))[:3] == ["roughly", "roughly", "not_yet_heard"]


def test_people_without_a_kind_are_in_the_total_alone_and_hide_a_small_kind() -> None:
    publication = once(agreeing([30, 9, 2, 40]))

    assert rough(publication) == {"residents": 30, "entrepreneurs": 9}
    assert publication.total == Tally(81, 0, 0)


def test_where_nothing_can_be_shown_the_few_are_not_told_apart_from_the_others() -> None:
    publication = once(agreeing([5, 5, 1]))

    assert rough(publication) == {}
    assert heard(publication)[:3] == ["heard_not_shown"] * 3
    assert heard(once(agreeing([5, 5, 0, 1])))[2] == "not_yet_heard"
    assert heard(once(agreeing([4, 4, 1])))[:3] == ["not_yet_heard"] * 3


def test_intervals_stay_until_five_new_people_answered() -> None:
    first, second, third = in_turn([(30, 9, 8, 0), (4, 4, 4, 0), (1, 1, 1, 0)])

    assert rough(second) == rough(first)
    assert list(rough(third).values()) == [35, 14, 13]


def test_counts_stay_until_twenty_new_people_answered() -> None:
    first, second, third = in_turn([(30, 25, 20, 0), (19, 0, 0, 0), (1, 0, 0, 0)], with_counts=True)

    assert counted(second) == counted(first)
    assert counted(third) == {**counted(first), "residents": 50}


def test_a_step_that_leaves_few_people_uncounted_waits() -> None:
    first, second, third = in_turn([(30, 9, 8, 0), (10, 2, 0, 0), (0, 3, 0, 0)])

    assert rough(second) == rough(first)
    assert list(rough(third).values()) == [40, 14, 8]


def test_changed_answers_alone_are_not_shown() -> None:
    first = once(agreeing([30, 29, 28]))
    changed = {**agreeing([30, 29, 28]), "residents": Tally(29, 1, 0)}

    assert publish(first.kept, changed, with_counts=True).figures == first.figures


def test_an_erased_answer_changes_nothing_that_was_published() -> None:
    first = once(agreeing([30, 29, 28]))

    assert publish(first.kept, agreeing([29, 29, 28]), with_counts=True).figures == first.figures


def test_publishing_the_same_counts_again_changes_nothing() -> None:
    first = once(agreeing([30, 4, 8]))

    assert publish(first.kept, agreeing([30, 4, 8]), with_counts=True) == first


@given(windows, st.sampled_from([0, 1, 4, 5, 19, 20]))
def test_what_is_shown_are_the_answers_of_now_of_enough_people(
    window: Window, government: int
) -> None:
    publication = once(agreeing(window, government))
    answered = dict(zip((*EVERY_NAME, GOVERNMENT), (*window, government), strict=True))

    assert publication.everyone.n == sum(window)
    assert all(answered[kind] == n >= FLOOR for kind, n in rough(publication).items())
    assert all(answered[kind] == n >= COUNTS_FLOOR for kind, n in counted(publication).items())
    assert set(publication.figures) == {
        kind for kind, state in publication.heard.items() if state in SHOWN
    }


@given(windows)
def test_everyone_minus_what_is_counted_is_nobody_or_at_least_twenty(window: Window) -> None:
    counts = counted(once(agreeing(window)))
    left = sum(window) - sum(counts.values())

    assert left == 0 or left >= COUNTS_FLOOR or not counts


def test_no_number_below_the_floor_can_be_reasoned_out() -> None:
    """Knowing how many answered, the rules, what is shown, and the two words for what is not."""
    explained = defaultdict(list)
    for window in product(range(17), repeat=len(EVERY_NAME)):
        if sum(window) <= 16:
            explained[sum(window), _seen(once(agreeing(window)))].append(window)

    for (people, seen), worlds in explained.items():
        for place, (state, _) in enumerate(seen):
            if state not in SHOWN:
                possible = {window[place] for window in worlds}
                assert len(possible) > 1 or possible.isdisjoint(range(1, FLOOR)), (people, seen)


def _seen(publication: Publication) -> tuple[tuple[Heard | None, int | None], ...]:
    """Return what is told of each society kind, as if an interval told how many people it is of."""
    numbers = rough(publication)
    return tuple(
        (None if kind in numbers else publication.heard[kind], numbers.get(kind))
        for kind in SOCIETY
    )


@at_least(150)
@given(st.lists(windows, min_size=1, max_size=3))
@example([(5, 6, 9, 0), (4, 2, 5, 0), (1, 1, 2, 0)])
@example([(0, 3, 4, 0), (7, 3, 7, 2)])
def test_no_subtraction_of_intervals_singles_out_fewer_than_five(history: list[Window]) -> None:
    """An interval is taken for the counts behind it, which tells more than it does."""
    publications = in_turn(history)
    _check_subtraction(history, [p.kept.intervals.shown for p in publications], FLOOR)


@at_least(150)
@given(st.lists(windows, min_size=1, max_size=3))
@example([(40, 0, 0, 0), (0, 8, 0, 0)])
def test_no_subtraction_of_counts_singles_out_fewer_than_twenty(history: list[Window]) -> None:
    publications = in_turn(history, with_counts=True)
    _check_subtraction(history, [p.kept.counts.shown for p in publications], COUNTS_FLOOR)


@given(windows)
@example((20, 5, 5, 0))
def test_no_subtraction_of_all_that_is_published_together_singles_out_a_few(
    window: Window,
) -> None:
    """Of one publication: intervals taken for counts, counts, and the download of everyone."""
    publication = once(agreeing(window))
    together = {**publication.kept.intervals.shown, **publication.counted}

    _check_subtraction([window], [together], FLOOR)
    _check_subtraction([window], [publication.counted], COUNTS_FLOOR)


def _check_subtraction(
    history: list[Window], shown: Sequence[Mapping[str, Tally]], least: int
) -> None:
    """Try every set of people that adding and subtracting published figures can give.

    The figures are those of each kind at each publication, and of everyone together, without their
    kind, at each publication. People are told apart by kind and by the publication before which
    they answered. Whole days of everyone are no secret: no kind is known of them.
    """
    atoms = list(product(EVERY_NAME, range(len(history))))
    figures = _published_sets(shown, atoms)
    _, strengths, axes = np.linalg.svd(figures)
    beyond = axes[np.count_nonzero(strengths > 1e-9) :]
    subsets = (np.arange(2 ** len(atoms))[:, None] >> np.arange(len(atoms))) & 1
    derivable = subsets[np.abs(subsets @ beyond.T).max(axis=1, initial=0.0) < 1e-9]
    people = np.array([history[moment][EVERY_NAME.index(kind)] for kind, moment in atoms])
    few = derivable[(derivable @ people > 0) & (derivable @ people < least)]

    for subset in few:
        days = {
            moment
            for (_, moment), inside, n in zip(atoms, subset, people, strict=True)
            if inside and n
        }
        of_those_days = [
            n if moment in days else 0 for (_, moment), n in zip(atoms, people, strict=True)
        ]
        assert (subset * people).tolist() == of_those_days


def _published_sets(shown: Sequence[Mapping[str, Tally]], atoms: list[tuple[str, int]]) -> Sets:
    """Return each published figure as the set of people it counts; shape (figures, atoms)."""
    published = []
    before: dict[str, Tally] = {}
    for moment, tallies in enumerate(shown):
        published.append([float(when <= moment) for _, when in atoms])
        published += [
            [float(name == kind and when <= moment) for name, when in atoms]
            for kind, tally in tallies.items()
            if before.get(kind) != tally
        ]
        before = dict(tallies)
    return np.array(published)


@settings(deadline=None)
@given(st.lists(windows, min_size=1, max_size=8))
def test_every_step_of_a_kind_counts_enough_new_people(history: list[Window]) -> None:
    for least, numbers in (
        (FLOOR, [rough(publication) for publication in in_turn(history)]),
        (
            COUNTS_FLOOR,
            [
                {kind: tally.n for kind, tally in publication.kept.counts.shown.items()}
                for publication in in_turn(history, with_counts=True)
            ],
        ),
    ):
        for before, now in zip([{}, *numbers], numbers, strict=False):
            steps = [size - before.get(kind, 0) for kind, size in now.items()]
            assert all(step == 0 or step >= least for step in steps)


tallies = st.builds(Tally, *[st.integers(0, 12)] * 3)
society = st.fixed_dictionaries(dict.fromkeys(EVERY_NAME, tallies))


@given(society, tallies)
@example(
    dict(zip(SOCIETY, [Tally(20, 0, 0), Tally(5, 0, 0), Tally(5, 0, 0)], strict=True)),
    Tally(0, 1, 0),
)
def test_no_number_of_answers_of_government_changes_what_is_said_of_society(
    counts: dict[str, Tally], government: Tally
) -> None:
    alone = once({**counts, GOVERNMENT: Tally(0, 0, 0)})
    beside = once({**counts, GOVERNMENT: government})

    assert (alone.agreement.word is Word.SHARED) == (beside.agreement.word is Word.SHARED)
    assert (alone.total, alone.agreement.strength) == (beside.total, beside.agreement.strength)
    for kind in SOCIETY:
        assert alone.heard[kind] is beside.heard[kind]
        assert alone.figures.get(kind) == beside.figures.get(kind)


@given(society)
@example(dict(zip(SOCIETY, [Tally(30, 0, 0), Tally(20, 0, 0), Tally(2, 0, 0)], strict=True)))
@example(dict(zip(EVERY_NAME, [Tally(30, 0, 0)] * 3 + [Tally(1, 0, 0)], strict=True)))
def test_shared_is_never_said_beside_a_kind_that_is_not_shown(counts: dict[str, Tally]) -> None:
    publication = once(counts)

    if publication.agreement.word is Word.SHARED:
        assert all(publication.heard[kind] in SHOWN for kind in SOCIETY)


def test_the_word_rests_on_the_kinds_that_are_shown_alone() -> None:
    counts = {
        "residents": Tally(30, 0, 0),
        "entrepreneurs": Tally(0, 20, 0),
        "civil_society": Tally(0, 8, 0),
        "other": Tally(0, 2, 0),
    }
    publication = once(counts)

    assert publication.heard["civil_society"] is Heard.HEARD_NOT_SHOWN
    assert publication.agreement.word is Word.DIVIDED
    assert publication.agreement.against == (("residents", "entrepreneurs"),)
    assert publication.agreement.strength is None


def test_the_strength_says_no_more_than_the_intervals_do() -> None:
    publication = once({kind: Tally(11, 1, 0) for kind in SOCIETY})

    exact = agreement(publication.tallies).strength
    assert exact == pytest.approx(interval(11, 12).lower)
    assert publication.agreement.strength == 0.7


def test_words_without_figures_rest_on_counts_that_move_in_steps_of_five() -> None:
    first = hold({}, {"direct": Tally(5, 0, 0), "distance": Tally(4, 0, 0)})
    second = hold(first, {"direct": Tally(5, 4, 0), "distance": Tally(5, 0, 0)})
    third = hold(second, {"direct": Tally(5, 5, 0), "distance": Tally(0, 5, 0)})

    assert first == {"direct": Tally(5, 0, 0)}
    assert second == {"direct": Tally(5, 0, 0), "distance": Tally(5, 0, 0)}
    assert third == {"direct": Tally(5, 5, 0), "distance": Tally(5, 0, 0)}


def test_of_equal_kinds_the_first_in_the_usual_order_is_held_back() -> None:
    assert rough(once(agreeing([30, 9, 9, 2]))) == {"residents": 30, "civil_society": 9}


def test_the_smallest_step_is_held_back_and_not_the_smallest_kind() -> None:
    first, second = in_turn([(30, 9, 8, 0), (6, 20, 0, 2)])

    assert rough(second) == {**rough(first), "entrepreneurs": 29}


def test_every_change_of_the_number_of_people_is_remembered_once() -> None:
    publications = in_turn([(30, 9, 8, 0), (1, 0, 0, 0), (0, 0, 0, 0)])

    past = publications[-1].kept.intervals.past
    assert [moment["residents"] for moment in past] == [30, 31]
    assert all(GOVERNMENT not in moment for moment in past)


@pytest.mark.parametrize(
    ("moments", "expected"),
    [
        # Below the floor is at most four: of 12 people in two such kinds beside eight, each has two.
        ([(4, 5, 4)], (0, 0, 0)),
        ([(4, 6, 4)], (0, 0, 0)),
        ([(4, 6, 3)], (0, 6, 0)),
        ([(0, 3, 5)], (0, 0, 0)),
        # Who is held back has at least five, and comes before the smallest that is shown.
        ([(1, 5, 7)], (0, 0, 0)),
        ([(1, 6, 7)], (0, 0, 7)),
        ([(2, 6, 5)], (0, 0, 0)),
        ([(6, 2, 7)], (0, 0, 7)),
        # People without a kind hide how many are left.
        ([(5, 6, 0, 2)], (0, 6, 0)),
        ([(1, 0, 6, 4)], (0, 0, 6)),
        # Of all people, and of those since an earlier moment, subtraction leaves none or five.
        ([(0, 5, 4, 1)], (0, 5, 0)),
        ([(1, 0, 2), (1, 0, 9)], (0, 0, 0)),
        ([(0, 3, 4, 0), (7, 3, 7, 2)], (7, 0, 7)),
        # From figures of earlier moments the number of those who are left does not follow.
        ([(0, 0, 5, 0), (4, 5, 9, 6)], (0, 5, 5)),
    ],
)
def test_a_kind_is_held_back_when_few_people_would_follow_from_what_is_left(
    moments: list[Window], expected: Window
) -> None:
    kept = Kept()
    for moment in moments:
        kept = publish(kept, agreeing(moment), with_counts=False).kept

    shown = {kind: tally.n for kind, tally in kept.intervals.shown.items()}
    assert tuple(shown.get(kind, 0) for kind in SOCIETY) == expected


@given(st.lists(windows, max_size=3), st.integers(0, 30))
def test_what_is_kept_comes_back_from_json(history: list[Window], government: int) -> None:
    kept = Kept()
    for counts in accumulated(history):
        kept = publish(kept, agreeing(counts, government), with_counts=True).kept

    assert kept_from_json(kept_to_json(kept)) == kept
    assert kept_from_json(None) == Kept()


def test_what_the_first_form_kept_is_gone_on_from() -> None:
    """Counts of 38 were shown then: now they are shown again after twenty new people, not before."""
    kept = kept_from_json(
        {
            "shown": {
                "residents": [38, 0, 0],
                "entrepreneurs": [12, 0, 0],
                "government": [6, 0, 0],
            },
            "held": {"civil_society": [9, 0, 0]},
            "steps": {"residents": [0, 38], "entrepreneurs": [0, 12], "government": [0, 6]},
            "past": [{"residents": 38, "entrepreneurs": 12, "civil_society": 9, "government": 6}],
        }
    )
    publication = publish(kept, agreeing([40, 12, 29, 18], government=6), with_counts=True)

    assert counted(publication) == {"residents": 38, "civil_society": 29}
    assert heard(publication) == ["counted", "roughly", "counted", "roughly"]
