"""The network's figures on graphs whose values are known."""

from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from wijkverbond.analysis.vitality.fold import fold
from wijkverbond.analysis.vitality.ledger import Ledger
from wijkverbond.analysis.vitality.network import network, ties
from wijkverbond.analysis.vitality.tests.story import START, Story

FIVE = dict(zip("abcde", ("x", "x", "y", "y", "z"), strict=True))


def test_a_star_of_five_is_fully_centralised_and_a_complete_graph_not_at_all() -> None:
    star = network(FIVE, [("a", other) for other in "bcde"])
    complete = network(FIVE, combinations("abcde", 2))
    assert (star.centralisation, star.density) == (Fraction(1), Fraction(2, 5))
    assert (complete.centralisation, complete.density) == (Fraction(0), Fraction(1))


def test_isolates_cross_kind_ties_and_the_busiest_party() -> None:
    chain = network(FIVE, [("a", "b"), ("b", "a"), ("b", "c"), ("b", "b"), ("b", "unknown")])
    assert chain.ties == 2
    assert chain.isolated == ("d", "e")
    assert chain.cross_kind_share == Fraction(1, 2)
    assert (chain.busiest, chain.busiest_share) == ("b", Fraction(1))
    aside = network(FIVE, [("a", "b"), ("b", "c")], aside=["b"])
    assert aside.busiest_share == Fraction(1, 2)


def test_three_parties_in_a_row_make_a_star_of_three() -> None:
    star = network({"a": "x", "b": "x", "c": "y"}, [("a", "b"), ("b", "c")])
    assert star.centralisation == Fraction(1)
    triangle = network(FIVE, [("a", "b"), ("b", "c"), ("a", "c")]).as_dict()
    assert triangle["cross_kind_share"] == 0.666667
    assert triangle["centralisation"] == 0.333333


def test_nobody_is_busiest_when_only_the_secretariat_has_ties() -> None:
    pair = network(FIVE, [("a", "b")], aside=["a", "b"])
    assert (pair.busiest, pair.busiest_share) == ("", None)


def test_a_pledge_ties_its_parties_for_a_year_after_it_ended_unless_withdrawn() -> None:
    story = Story().circle()
    story.pledge("p", "e", with_parties=["s"], until="2023-01-02")
    assert story.later(364).awake().read().network.ties == 1
    assert story.later(1).awake().read().network.ties == 0
    other = Story().circle()
    other.pledge("p", "e", with_parties=["s"])
    other.record("commitments.pledge_withdrawn", by="e", pledge="p", party="e")
    assert other.read().network.ties == 0


def test_a_network_without_parties_or_ties_has_no_figures() -> None:
    none = network({}, [])
    assert (none.density, none.centralisation, none.busiest_share) == (None, None, None)
    two = network({"a": "x", "b": "y"}, [])
    assert (two.density, two.centralisation, two.cross_kind_share) == (Fraction(0), None, None)
    assert two.as_dict()["isolated"] == ["a", "b"]


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde"))))
def test_figures_stay_between_nought_and_one(pairs: list[tuple[str, str]]) -> None:
    forwards = network(FIVE, pairs)
    for value in (forwards.density, forwards.centralisation, forwards.busiest_share):
        assert value is None or 0 <= value <= 1
    assert network(FIVE, [(b, a) for a, b in reversed(pairs)]) == forwards


def test_ties_come_from_reports_shared_pledges_and_running_initiatives() -> None:
    story = Story().circle()
    story.record(
        "coalition.tie_reported", by="r", party="r", other="e", strength="informs", year=2023
    )
    story.pledge("p", "e", with_parties=["s"])
    story.record(
        "actions.initiative_started", by="s", initiative="n", lead="s",
        origin_kind="civil_society", parties=["s"], goals=[],
    )  # fmt: skip
    story.record("actions.initiative_joined", by="g", initiative="n", party="g")
    assert story.read().network.ties == 3
    story.record("actions.initiative_stopped", by="s", initiative="n", lead="s")
    assert story.later(364).awake().read().network.ties == 3
    assert story.later(1).awake().read().network.ties == 2


def test_a_network_is_told_with_all_its_figures() -> None:
    assert network(FIVE, [("c", "b"), ("d", "b")]).as_dict() == {
        "parties": 5,
        "ties": 2,
        "density": 0.2,
        "centralisation": 0.5,
        "busiest_share": 1.0,
        "cross_kind_share": 1.0,
        "isolated": ["a", "e"],
    }


def test_a_tie_with_somebody_who_is_not_there_is_none_and_order_does_not_matter() -> None:
    assert network(FIVE, [("0", "a"), ("a", "zzz")]).ties == 0
    backwards = network(dict(reversed(FIVE.items())), [("c", "d")])
    assert backwards.isolated == ("a", "b", "e")
    assert backwards.busiest == network(FIVE, [("c", "d")]).busiest == "d"


def test_parties_that_carry_a_pledge_together_are_paired_in_the_order_of_their_names() -> None:
    parties = [f"p{number}" for number in range(9)]
    story = Story()
    entry = story.pledge("p", parties[4], with_parties=[*parties[5:], *parties[:4]])
    ledger = Ledger()
    fold(ledger, story.entries)
    assert ties(ledger, START.toordinal(), 365) == {
        pair: [entry] for pair in combinations(parties, 2)
    }


def test_a_report_that_two_parties_do_not_work_together_is_no_tie() -> None:
    story = Story().circle()
    story.record("coalition.tie_reported", by="r", party="r", other="e", strength="none", year=2023)
    assert story.read().network.ties == 0
