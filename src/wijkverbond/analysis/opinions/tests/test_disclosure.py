"""Nobody can learn what one to four people said: not from a page, not by subtracting pages."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import accumulate, product
from operator import add

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.examples import at_least
from wijkverbond.analysis.kinds import GOVERNMENT, KINDS, SOCIETY
from wijkverbond.analysis.opinions.agreement import FLOOR, Word, agreement
from wijkverbond.analysis.opinions.disclosure import Publication, hold, publish
from wijkverbond.analysis.opinions.votes import Tally

EVERY_NAME = (*KINDS, "other")

sizes = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 30])
windows = st.tuples(*[sizes] * len(EVERY_NAME))


def agreeing(sizes: Iterable[int]) -> dict[str, Tally]:
    """Return as many agreeing people of each kind, in the usual order."""
    return {kind: Tally(size, 0, 0) for kind, size in zip(EVERY_NAME, sizes, strict=False)}


def accumulated(history: Iterable[tuple[int, ...]]) -> Iterable[tuple[int, ...]]:
    """Return how many people there are at each moment, from how many came since the last."""
    return accumulate(history, lambda before, new: tuple(map(add, before, new)))


def shown(publication: Publication) -> dict[str, int]:
    """Return the number of people of each kind that is shown."""
    return {kind: tally.n for kind, tally in publication.shown.items()}


def test_kinds_with_five_answers_are_shown() -> None:
    publication = publish(None, agreeing([30, 5, 8, 6]))

    assert shown(publication) == {
        "residents": 30,
        "entrepreneurs": 5,
        "civil_society": 8,
        "government": 6,
    }
    assert publication.total == Tally(49, 0, 0)
    assert publication.not_shown == ()


def test_one_kind_below_the_floor_takes_the_next_smallest_along() -> None:
    publication = publish(None, agreeing([30, 4, 8, 16]))

    assert shown(publication) == {"residents": 30, "government": 16}
    assert publication.total.n == 46
    assert publication.not_shown == ("entrepreneurs", "civil_society")


def test_a_kind_without_any_answer_hides_nobody_else() -> None:
    assert len(publish(None, agreeing([30, 9, 8, 0])).shown) == 3


def test_two_small_kinds_that_together_are_few_take_a_third_along() -> None:
    assert shown(publish(None, agreeing([30, 9, 1, 2]))) == {"residents": 30}


def test_two_small_kinds_that_together_are_enough_hide_each_other() -> None:
    assert len(publish(None, agreeing([30, 9, 3, 3])).shown) == 2


def test_people_without_a_kind_are_never_shown_and_hide_a_small_kind() -> None:
    publication = publish(None, agreeing([30, 9, 8, 2, 40]))

    assert set(publication.shown) == set(SOCIETY)


def test_figures_stay_until_five_new_people_answered() -> None:
    first = publish(None, agreeing([30, 9, 8, 7]))
    second = publish(first, agreeing([34, 13, 12, 11]))
    third = publish(second, agreeing([35, 14, 13, 12]))

    assert shown(second) == shown(first)
    assert list(shown(third).values()) == [35, 14, 13, 12]


def test_a_step_that_leaves_few_people_uncounted_waits() -> None:
    first = publish(None, agreeing([30, 9, 8, 7]))
    second = publish(first, agreeing([40, 9, 8, 9]))
    third = publish(second, agreeing([40, 9, 8, 12]))

    assert shown(second) == shown(first)
    assert list(shown(third).values()) == [40, 9, 8, 12]


def test_changed_answers_alone_are_not_shown() -> None:
    first = publish(None, agreeing([30, 9, 8, 7]))
    changed = {**agreeing([30, 9, 8, 7]), "residents": Tally(29, 1, 0)}

    assert publish(first, changed).shown == first.shown


def test_an_erased_answer_changes_nothing_that_was_published() -> None:
    first = publish(None, agreeing([30, 9, 8, 7]))

    assert publish(first, agreeing([29, 9, 8, 7])).shown == first.shown


def test_publishing_the_same_counts_again_changes_nothing_that_is_shown() -> None:
    first = publish(None, agreeing([30, 4, 8, 16]))

    assert publish(first, agreeing([30, 4, 8, 16])) == first


@given(windows)
def test_totals_cover_the_shown_kinds_only_and_no_shown_kind_is_small(
    window: tuple[int, ...],
) -> None:
    publication = publish(None, agreeing(window))

    assert publication.total.n == sum(shown(publication).values())
    assert all(size >= FLOOR for size in shown(publication).values())
    assert shown(publication).items() <= dict(zip(EVERY_NAME, window, strict=True)).items()


@given(windows)
def test_everyone_minus_what_is_shown_is_nobody_or_at_least_five(window: tuple[int, ...]) -> None:
    publication = publish(None, agreeing(window))
    left = sum(window) - publication.total.n

    assert left == 0 or left >= FLOOR or not publication.shown


def test_no_count_below_the_floor_can_be_reasoned_out() -> None:
    explained = defaultdict(list)
    for counts in product(range(21), repeat=4):
        if sum(counts) <= 20:
            visible = shown(publish(None, agreeing(counts)))
            explained[sum(counts), tuple(visible.items())].append(counts)

    for (_, figures), worlds in explained.items():
        for place, kind in enumerate(KINDS):
            if kind not in dict(figures):
                possible = {counts[place] for counts in worlds}
                assert len(possible) > 1 or possible.isdisjoint(range(1, FLOOR)), worlds


@at_least(150)
@given(st.lists(windows, min_size=1, max_size=3))
@example([(5, 6, 9, 7, 0), (4, 2, 5, 0, 0), (1, 1, 2, 0, 0)])
def test_no_subtraction_of_any_publications_singles_out_few_people(
    history: list[tuple[int, ...]],
) -> None:
    """Try every set of people that adding and subtracting published figures can give.

    The figures are those of each kind at each publication, and of everyone together, without their
    kind, at each publication. People are told apart by kind and by the publication before which
    they answered. Whole days of everyone are no secret: no kind is known of them.
    """
    atoms = list(product(EVERY_NAME, range(len(history))))
    figures = _published_sets(history, atoms)
    _, strengths, axes = np.linalg.svd(figures)
    beyond = axes[np.count_nonzero(strengths > 1e-9) :]
    subsets = (np.arange(2 ** len(atoms))[:, None] >> np.arange(len(atoms))) & 1
    derivable = subsets[np.abs(subsets @ beyond.T).max(axis=1, initial=0.0) < 1e-9]
    people = np.array([history[moment][EVERY_NAME.index(kind)] for kind, moment in atoms])
    few = derivable[(derivable @ people > 0) & (derivable @ people < FLOOR)]

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


def _published_sets(
    history: list[tuple[int, ...]], atoms: list[tuple[str, int]]
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return each published figure as the set of people it counts; shape (figures, atoms)."""
    publication: Publication | None = None
    published = []
    for moment, counts in enumerate(accumulated(history)):
        before = {} if publication is None else dict(publication.shown)
        publication = publish(publication, agreeing(counts))
        published.append([float(when <= moment) for _, when in atoms])
        published += [
            [float(name == kind and when <= moment) for name, when in atoms]
            for kind, tally in publication.shown.items()
            if before.get(kind) != tally
        ]
    return np.array(published)


@settings(deadline=None)
@given(st.lists(windows, min_size=1, max_size=8))
def test_every_step_of_a_kind_counts_at_least_five_new_people(
    history: list[tuple[int, ...]],
) -> None:
    publication: Publication | None = None
    for counts in accumulated(history):
        before = {} if publication is None else shown(publication)
        publication = publish(publication, agreeing(counts))
        steps = [size - before.get(kind, 0) for kind, size in shown(publication).items()]
        assert all(step == 0 or step >= FLOOR for step in steps)


society = st.fixed_dictionaries(
    {kind: st.builds(Tally, *[st.integers(3, 30)] * 3) for kind in SOCIETY}
)
answers = st.builds(Tally, *[st.integers(0, 9)] * 3)


@given(society, answers)
@example(
    dict(zip(SOCIETY, [Tally(30, 3, 3), Tally(9, 3, 3), Tally(8, 3, 3)], strict=True)),
    Tally(0, 3, 0),
)
def test_no_number_of_answers_of_government_makes_or_blocks_shared(
    three: dict[str, Tally], government: Tally
) -> None:
    """Three equally small kinds cannot hide four people of a fourth: then nothing is shown."""
    assume(len({tally.n for tally in three.values()}) > 1)
    alone = publish(None, {**three, GOVERNMENT: Tally(0, 0, 0)}).agreement
    beside = publish(None, {**three, GOVERNMENT: government}).agreement

    assert (alone.word is Word.SHARED) == (beside.word is Word.SHARED)


@given(st.fixed_dictionaries(dict.fromkeys(EVERY_NAME, answers)), answers)
def test_government_never_raises_shared(counts: dict[str, Tally], government: Tally) -> None:
    without = publish(None, {**counts, GOVERNMENT: Tally(0, 0, 0)}).agreement
    beside = publish(None, {**counts, GOVERNMENT: government}).agreement

    assert without.word is Word.SHARED or beside.word is not Word.SHARED


def test_what_is_held_back_counts_for_the_word_but_gives_nothing_else_away() -> None:
    counts = {
        "residents": Tally(30, 0, 0),
        "entrepreneurs": Tally(20, 0, 0),
        "civil_society": Tally(8, 0, 0),
        "government": Tally(0, 2, 0),
    }
    publication = publish(None, counts)

    assert publication.agreement.word is Word.SHARED
    assert publication.agreement.strength is None
    assert publication.not_shown == ("civil_society", "government")
    assert agreement(counts).strength is not None


def test_who_leans_against_whom_names_shown_kinds_only() -> None:
    publication = publish(
        None,
        {
            "residents": Tally(30, 0, 0),
            "entrepreneurs": Tally(0, 20, 0),
            "civil_society": Tally(0, 8, 0),
            "government": Tally(0, 2, 0),
        },
    )

    assert publication.agreement.word is Word.DIVIDED
    assert publication.agreement.against == (("residents", "entrepreneurs"),)


def test_when_nothing_is_shown_nothing_is_said() -> None:
    publication = publish(None, agreeing([5, 5, 5, 1]))

    assert publication.shown == {}
    assert publication.agreement.word is Word.NOT_ENOUGH_DATA


def test_words_without_figures_rest_on_counts_that_move_in_steps_of_five() -> None:
    first = hold({}, {"direct": Tally(5, 0, 0), "distance": Tally(4, 0, 0)})
    second = hold(first, {"direct": Tally(5, 4, 0), "distance": Tally(5, 0, 0)})
    third = hold(second, {"direct": Tally(5, 5, 0), "distance": Tally(0, 5, 0)})

    assert first == {"direct": Tally(5, 0, 0)}
    assert second == {"direct": Tally(5, 0, 0), "distance": Tally(5, 0, 0)}
    assert third == {"direct": Tally(5, 5, 0), "distance": Tally(5, 0, 0)}


@pytest.mark.parametrize("government", range(5))
def test_the_word_of_what_is_shown_equals_the_word_of_the_counts(government: int) -> None:
    counts = {
        "residents": Tally(30, 5, 0),
        "entrepreneurs": Tally(9, 2, 0),
        "civil_society": Tally(8, 0, 2),
        "government": Tally(0, government, 0),
    }

    assert publish(None, counts).agreement.word is agreement(counts).word


def held(publication: Publication) -> dict[str, int]:
    """Return the number of people of each kind that was heard and is not shown."""
    return {kind: tally.n for kind, tally in publication.held.items()}


def test_of_equal_kinds_the_first_in_the_usual_order_is_held_back() -> None:
    assert shown(publish(None, agreeing([30, 9, 9, 2]))) == {"residents": 30, "civil_society": 9}


def test_the_smallest_step_is_held_back_and_not_the_smallest_kind() -> None:
    first = publish(None, agreeing([30, 9, 8, 7]))
    second = publish(first, agreeing([36, 29, 8, 9]))

    assert shown(second) == {**shown(first), "entrepreneurs": 29}


def test_only_kinds_that_were_heard_and_are_not_shown_are_held() -> None:
    publication = publish(None, agreeing([30, 4, 8, 16, 40]))
    assert held(publication) == {}

    publication = publish(None, agreeing([30, 4, 8, 16]))
    assert held(publication) == {"civil_society": 8}
    later = publish(publication, agreeing([30, 20, 8, 16]))
    assert held(later) == {}


def test_every_change_of_the_number_of_people_is_remembered_once() -> None:
    moments = [agreeing([30, 9, 8, 7, 0]), agreeing([31, 9, 8, 7, 0])]
    publication = publish(publish(publish(None, moments[0]), moments[1]), moments[1])

    assert [sizes["residents"] for sizes in publication.past] == [30, 31]


@pytest.mark.parametrize(
    ("moments", "expected"),
    [
        # Below the floor is at most four: of 12 people in three such kinds, each has four.
        ([(4, 5, 4, 4)], (0, 0, 0, 0)),
        ([(4, 4, 6, 4)], (0, 0, 0, 0)),
        ([(4, 4, 6, 3)], (0, 0, 6, 0)),
        ([(2, 4, 4, 5)], (0, 0, 0, 5)),
        ([(0, 3, 5, 3)], (0, 0, 5, 0)),
        # Who is held back has at least five, and at most as many as the smallest that is shown.
        ([(1, 5, 7, 5)], (0, 0, 0, 0)),
        ([(5, 1, 7, 5)], (0, 0, 0, 0)),
        ([(5, 2, 7, 5)], (0, 0, 7, 0)),
        ([(1, 6, 7, 5)], (0, 0, 7, 0)),
        ([(1, 5, 0, 5)], (0, 0, 0, 5)),
        ([(0, 5, 2, 5)], (0, 0, 0, 5)),
        # People without a kind hide how many are left.
        ([(5, 6, 0, 0, 2)], (0, 6, 0, 0)),
        ([(1, 0, 6, 0, 4)], (0, 0, 6, 0)),
        # Of all people, and of those since an earlier moment, subtraction leaves none or five.
        ([(0, 5, 4, 1)], (0, 5, 0, 0)),
        ([(1, 0, 2, 0), (1, 0, 9, 0)], (0, 0, 0, 0)),
        ([(0, 0, 4, 0), (8, 0, 6, 1)], (0, 0, 0, 0)),
        ([(4, 4, 0, 2), (5, 4, 0, 2)], (5, 0, 0, 0)),
        ([(0, 0, 0, 1), (4, 0, 8, 8)], (0, 0, 0, 8)),
        ([(0, 2, 0, 0), (4, 2, 8, 1)], (0, 0, 8, 0)),
        ([(0, 3, 4, 0), (7, 3, 7, 2)], (7, 0, 7, 0)),
        # From figures of earlier moments the number of those who are left does not follow.
        ([(0, 0, 5, 0), (4, 5, 9, 6)], (0, 5, 5, 6)),
        ([(4, 0, 4, 7), (5, 5, 6, 14)], (0, 0, 6, 14)),
    ],
)
def test_a_kind_is_held_back_when_few_people_would_follow_from_what_is_left(
    moments: list[tuple[int, ...]], expected: tuple[int, ...]
) -> None:
    publication: Publication | None = None
    for moment in moments:
        publication = publish(publication, agreeing(moment))

    assert publication is not None
    assert tuple(shown(publication).get(kind, 0) for kind in KINDS) == expected
