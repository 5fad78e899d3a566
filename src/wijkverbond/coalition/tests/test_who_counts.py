"""Who counts once parties confirm each other: the rule alone."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from wijkverbond.coalition.who_counts import newly_confirmed

PARTIES = "abcde"
SAID = st.lists(
    st.tuples(st.sampled_from(PARTIES), st.sampled_from(PARTIES)).filter(
        lambda pair: pair[0] != pair[1]
    ),
    unique=True,
)


def test_of_the_first_two_both_count_once_each_confirmed_the_other() -> None:
    assert newly_confirmed([], [("a", "b")]) == {}
    assert newly_confirmed([], [("a", "b"), ("b", "a")]) == {"a": ["b"], "b": ["a"]}


def test_three_in_a_ring_do_not_make_each_other_count() -> None:
    assert newly_confirmed([], [("a", "b"), ("b", "c"), ("c", "a")]) == {}


def test_whoever_counts_makes_another_count_and_who_that_one_confirmed_before() -> None:
    assert newly_confirmed(["a"], [("a", "b")]) == {"b": ["a"]}
    assert newly_confirmed(["a"], [("b", "c"), ("a", "b")]) == {"b": ["a"], "c": ["b"]}
    assert newly_confirmed(["a"], [("b", "c"), ("c", "b")]) == {}


def test_of_whom_there_is_doubt_two_say_it_who_count() -> None:
    both = [("a", "b"), ("b", "a")]
    assert newly_confirmed([], both, doubtful=["b"]) == {}
    assert newly_confirmed(["a", "c"], [("a", "b")], doubtful=["b"]) == {}
    said = [("a", "b"), ("c", "b")]
    assert newly_confirmed(["a", "c"], said, doubtful=["b"]) == {"b": ["a", "c"]}
    assert newly_confirmed(["a"], said, doubtful=["b"]) == {}


@given(confirmed=st.sets(st.sampled_from(PARTIES)), said=SAID)
def test_nobody_counts_without_somebody_else_who_counts(
    confirmed: set[str], said: list[tuple[str, str]]
) -> None:
    newly = newly_confirmed(confirmed, said)
    assert not newly.keys() & confirmed
    assert all((one, party) in said for party, through in newly.items() for one in through)
    assert all(one in confirmed | newly.keys() for through in newly.values() for one in through)
    said_of_each_other = {
        pair for pair in combinations(PARTIES, 2) if {pair, pair[::-1]} <= {*said}
    }
    assert bool(newly) <= bool(confirmed or said_of_each_other)


@given(confirmed=st.sets(st.sampled_from(PARTIES)), said=SAID)
def test_all_that_is_said_was_heard(confirmed: set[str], said: list[tuple[str, str]]) -> None:
    counting = confirmed | newly_confirmed(confirmed, said).keys()
    assert all(other in counting for one, other in said if one in counting) or not counting
