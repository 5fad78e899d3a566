"""The network of a coalition against the figures that are known of simple networks."""

from itertools import combinations

import pytest

from wijkverbond.analysis.network import network

FIVE = dict.fromkeys("abcde", "residents")


def test_a_star_is_fully_centralised() -> None:
    star = network(FIVE, [("a", other) for other in "bcde"])

    assert star.centralisation == 1.0
    assert star.density == 0.4
    assert star.busiest_share == 1.0


def test_a_complete_network_is_not_centralised() -> None:
    complete = network(FIVE, combinations("abcde", 2))

    assert (complete.centralisation, complete.density) == (0.0, 1.0)
    assert complete.ties == 10
    assert complete.busiest_share == 0.4


def test_a_tie_counts_once_however_often_and_by_whom_it_is_named() -> None:
    assert network(FIVE, [("a", "b"), ("b", "a"), ("a", "b")]).ties == 1


def test_parties_without_a_tie_are_named() -> None:
    assert network(FIVE, [("a", "b"), ("b", "d")]).isolates == ("c", "e")


def test_ties_across_kinds_are_a_share_of_all_ties() -> None:
    kinds = {"a": "residents", "b": "residents", "c": "government", "d": "civil_society"}

    assert network(kinds, [("a", "b"), ("a", "c"), ("c", "d"), ("b", "d")]).across_kinds == 0.75


def test_more_than_forty_percent_of_the_leads_is_too_much() -> None:
    exactly, more = network(FIVE, [], "aabbc"), network(FIVE, [], "aab")

    assert (exactly.leads_share, exactly.leads_too_much) == (0.4, ())
    assert more.leads_too_much == ("a",)


def test_the_secretariat_is_not_judged_for_being_busy() -> None:
    ties = [("a", "b"), ("a", "c"), ("a", "d"), ("b", "c")]

    assert network(FIVE, ties).busiest_share == 0.75
    assert network(FIVE, ties, aside={"a"}).busiest_share == 0.5


def test_where_nothing_can_be_measured_there_is_no_figure() -> None:
    nobody, one, two = (
        network({}, []),
        network({"a": "residents"}, []),
        network(dict.fromkeys("ab", "residents"), []),
    )

    assert (nobody.density, nobody.centralisation, nobody.busiest_share) == (None, None, None)
    assert (one.density, one.isolates) == (None, ("a",))
    assert (two.density, two.centralisation, two.across_kinds, two.leads_share) == (
        0.0,
        None,
        None,
        None,
    )


@pytest.mark.parametrize(("ties", "leads"), [([("a", "z")], ""), ([("a", "a")], ""), ([], "z")])
def test_unknown_parties_are_refused(ties: list[tuple[str, str]], leads: str) -> None:
    with pytest.raises(ValueError, match="names a party"):
        network(FIVE, ties, leads)
