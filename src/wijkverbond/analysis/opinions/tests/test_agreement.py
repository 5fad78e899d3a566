"""Agreement per kind: intervals, words, what comes first, and that government decides none of it."""

from math import ceil, sqrt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wijkverbond.analysis.kinds import GOVERNMENT, KINDS, SOCIETY
from wijkverbond.analysis.opinions import agreement as module
from wijkverbond.analysis.opinions.agreement import (
    Interval,
    Word,
    agreement,
    coming_first,
    interval,
    urgent,
)
from wijkverbond.analysis.opinions.votes import Tally

tallies = st.builds(Tally, *[st.integers(0, 30)] * 3)
society = st.fixed_dictionaries(dict.fromkeys(SOCIETY, tallies))


def test_the_interval_is_the_score_interval() -> None:
    bounds = interval(40, 50)

    for share in (bounds.lower, bounds.upper):
        assert abs(0.8 - share) / sqrt(share * (1 - share) / 50) == pytest.approx(1.2816)


def test_known_intervals() -> None:
    assert interval(7, 7).lower == pytest.approx(7 / (7 + 1.2816**2))
    assert interval(7, 7).upper == pytest.approx(1)
    assert interval(0, 5).lower == 0.0
    assert (interval(0, 0).lower, interval(0, 0).upper) == (0.0, 1.0)


@given(st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_lies_around_the_share_and_narrows_with_answers(
    counts: tuple[int, int],
) -> None:
    agree, n = counts
    bounds, more = interval(agree, n), interval(2 * agree, 2 * n)

    assert 0 <= bounds.lower <= agree / n + 1e-12
    assert agree / n - 1e-12 <= bounds.upper <= 1
    assert more.upper - more.lower < bounds.upper - bounds.lower


def test_when_all_parties_of_a_kind_answered_there_is_no_margin() -> None:
    everyone, most = interval(7, 7, electorate=7), interval(7, 7, electorate=14)

    assert everyone.lower == everyone.upper
    assert everyone.lower > most.lower > interval(7, 7).lower
    assert most.lower == pytest.approx(
        everyone.lower - (everyone.lower - interval(7, 7).lower) * sqrt(7 / 13)
    )
    assert interval(1, 1, electorate=1).lower == interval(1, 1, electorate=1).upper


@pytest.mark.parametrize(("agree", "n", "electorate"), [(3, 2, None), (-1, 2, None), (2, 3, 2)])
def test_counts_that_cannot_be_are_refused(agree: int, n: int, electorate: int | None) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        interval(agree, n, electorate=electorate)


def test_shared_needs_two_thirds_and_certainty_of_each_society_kind() -> None:
    clear, scarce, tight = Tally(40, 5, 5), Tally(4, 0, 1), Tally(66, 34, 0)

    assert agreement(dict.fromkeys(SOCIETY, clear)).word is Word.SHARED
    assert agreement({**dict.fromkeys(SOCIETY, clear), "entrepreneurs": scarce}).word is Word.SHARED
    assert agreement({**dict.fromkeys(SOCIETY, clear), "entrepreneurs": tight}).word is Word.LEANING
    assert (
        agreement({**dict.fromkeys(SOCIETY, clear), "residents": Tally(3, 2, 0)}).word
        is Word.LEANING
    )


def test_two_thirds_of_few_people_is_not_certain_enough() -> None:
    few = {**dict.fromkeys(SOCIETY, Tally(40, 5, 5)), "residents": Tally(4, 2, 0)}

    assert agreement(few).word is Word.LEANING


def test_two_thirds_exactly_is_enough() -> None:
    assert agreement(dict.fromkeys(SOCIETY, Tally(20, 10, 0))).word is Word.SHARED


def test_a_lower_bound_of_exactly_one_half_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "interval", lambda *_counts, electorate: Interval(0.5, 0.9))

    assert agreement(dict.fromkeys(SOCIETY, Tally(20, 0, 0))).word is Word.SHARED


def test_the_weakest_kind_is_the_strength() -> None:
    outcome = agreement(
        {
            "residents": Tally(90, 10, 0),
            "entrepreneurs": Tally(8, 2, 0),
            "civil_society": Tally(50, 0, 0),
        }
    )

    assert outcome.strength == interval(8, 10).lower


def test_below_the_floor_a_kind_is_not_heard_and_blocks_shared() -> None:
    outcome = agreement(
        {**dict.fromkeys(SOCIETY, Tally(40, 0, 0)), "entrepreneurs": Tally(4, 0, 0)}
    )

    assert outcome.word is Word.NOT_ENOUGH_DATA
    assert outcome.strength is None
    assert outcome.not_yet_heard == ("entrepreneurs",)


def test_divided_names_who_leans_against_whom() -> None:
    outcome = agreement({"residents": Tally(40, 5, 0), "government": Tally(1, 20, 0)})

    assert outcome.word is Word.DIVIDED
    assert outcome.against == (("residents", "government"),)


def test_people_without_a_kind_divide_nobody() -> None:
    outcome = agreement({**dict.fromkeys(SOCIETY, Tally(20, 12, 0)), "other": Tally(0, 40, 0)})

    assert outcome.word is Word.LEANING


def test_a_kind_whose_parties_answer_by_name_needs_no_floor() -> None:
    few = {**dict.fromkeys(SOCIETY, Tally(40, 0, 0)), "entrepreneurs": Tally(4, 0, 0)}

    assert agreement(few, electorates={"entrepreneurs": 4}).word is Word.SHARED


def test_the_same_words_for_direct_involvement() -> None:
    sides = {"direct": Tally(30, 2, 0), "distance": Tally(2, 30, 0)}

    outcome = agreement(sides, deciding=("direct", "distance"))
    assert outcome.word is Word.DIVIDED
    assert outcome.against == (("direct", "distance"),)


@given(society, tallies)
@example(dict.fromkeys(SOCIETY, Tally(10, 0, 0)), Tally(0, 30, 0))
def test_government_neither_makes_nor_blocks_shared(
    three: dict[str, Tally], government: Tally
) -> None:
    without, beside = agreement(three), agreement({**three, GOVERNMENT: government})

    assert (without.word is Word.SHARED) == (beside.word is Word.SHARED)
    assert without.strength == beside.strength


@given(society, st.sampled_from(SOCIETY), st.integers(1, 20))
def test_more_agreement_never_takes_shared_away(
    three: dict[str, Tally], kind: str, more: int
) -> None:
    grown = {**three, kind: three[kind] + Tally(more, 0, 0)}

    before, after = agreement(three), agreement(grown)
    assert before.word is not Word.SHARED or after.word is Word.SHARED
    assert before.strength is None or (after.strength or 0) >= before.strength


@given(society, st.sampled_from(SOCIETY), tallies)
def test_more_answers_never_give_not_enough_data(
    three: dict[str, Tally], kind: str, more: Tally
) -> None:
    heard = all(tally.n >= 5 for tally in three.values())

    assert (
        not heard or agreement({**three, kind: three[kind] + more}).word is not Word.NOT_ENOUGH_DATA
    )


def test_the_top_third_is_rounded_up_and_includes_ties() -> None:
    assert coming_first({1: 9, 2: 7, 3: 7, 4: 1}, statements=4) == {1, 2, 3}
    assert coming_first({1: 9, 2: 7, 3: 3}, statements=3) == {1}
    assert coming_first({1: 2, 2: 0}, statements=9) == {1}
    assert coming_first({}, statements=9) == frozenset()


def test_urgent_is_what_every_society_kind_puts_first() -> None:
    chosen = {
        "residents": {1: 9, 2: 5, 3: 1},
        "entrepreneurs": {1: 3, 2: 4},
        "civil_society": {1: 6, 2: 6, 3: 2},
        "government": {3: 50},
    }

    assert urgent(chosen, statements=6) == {1, 2}
    assert urgent({**chosen, "entrepreneurs": {}}, statements=6) == frozenset()
    assert urgent({kind: chosen[kind] for kind in ("residents", "government")}, 6) == frozenset()


@given(st.dictionaries(st.integers(0, 12), st.integers(0, 6), max_size=12), st.integers(12, 20))
def test_the_top_third_has_at_least_that_many_where_so_many_were_chosen(
    chosen: dict[int, int], statements: int
) -> None:
    first = coming_first(chosen, statements)
    chosen_by_some = [statement for statement, count in chosen.items() if count]

    assert len(first) >= min(ceil(statements / 3), len(chosen_by_some))
    assert all(
        chosen[inside] > chosen[outside]
        for inside in first
        for outside in set(chosen_by_some) - first
    )


def test_the_kinds_are_the_three_of_society_and_government() -> None:
    assert (*SOCIETY, GOVERNMENT) == KINDS


def test_on_rich_data_the_lower_bound_ranks_as_expected(
    uber: dict[int, list[tuple[int, int]]],
) -> None:
    weakest = {
        statement: min(interval(agree, n).lower for agree, n in groups)
        for statement, groups in uber.items()
    }

    assert sorted(weakest, key=lambda statement: -weakest[statement])[:5] == [40, 16, 7, 111, 64]


def test_who_asked_two_parties_and_heard_one_is_as_uncertain_as_one_answer() -> None:
    assert interval(1, 1, electorate=2) == interval(1, 1)


def test_parties_that_were_all_asked_by_name_are_as_certain_as_they_are() -> None:
    all_agree = dict.fromkeys(SOCIETY, Tally(4, 0, 0))
    heard = agreement(all_agree, electorates=dict.fromkeys(SOCIETY, 4))
    assert (heard.word, heard.not_yet_heard) == (Word.SHARED, ())
    assert heard.strength == interval(4, 4, electorate=4).lower
    assert heard.strength > interval(4, 4).lower


def test_a_kind_that_was_asked_by_name_is_heard_from_its_first_answer() -> None:
    electorates = dict.fromkeys(SOCIETY, 3)
    one_each = agreement(dict.fromkeys(SOCIETY, Tally(1, 0, 0)), electorates=electorates)
    assert one_each.not_yet_heard == ()
    none = agreement(dict.fromkeys(SOCIETY, Tally(0, 0, 0)), electorates=electorates)
    assert none.not_yet_heard == SOCIETY


def test_exactly_one_half_is_on_neither_side() -> None:
    half, all_of_them, nobody = Tally(2, 2, 0), Tally(20, 0, 0), Tally(0, 20, 0)
    undecided = {SOCIETY[0]: half, SOCIETY[1]: half, SOCIETY[2]: half}
    electorates = {SOCIETY[0]: 4}
    for other in (all_of_them, nobody):
        divided = agreement({**undecided, SOCIETY[1]: other}, electorates=electorates)
        assert divided.against == ()


def test_who_is_against_whom_does_not_depend_on_the_order_of_the_answers() -> None:
    tallies = {"b": Tally(20, 0, 0), "a": Tally(0, 20, 0), "c": Tally(0, 20, 0)}
    against = agreement(tallies, deciding=("a", "b")).against
    assert against == agreement(dict(sorted(tallies.items())), deciding=("a", "b")).against
    assert against == (("b", "a"), ("b", "c"))
    two_for = {"d": Tally(20, 0, 0), "b": Tally(20, 0, 0), "a": Tally(0, 20, 0)}
    assert agreement(two_for, deciding=("a",)).against == (("b", "a"), ("d", "a"))


def test_nothing_comes_first_where_there_was_nothing_to_choose_from() -> None:
    assert coming_first({1: 3}, 0) == frozenset()
    assert coming_first({1: 3}, 1) == {1}
