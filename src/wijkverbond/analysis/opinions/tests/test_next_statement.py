"""The next statement: promising, one's own order, the same for the same state."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkverbond.analysis.opinions import next_statement as module
from wijkverbond.analysis.opinions.next_statement import Candidate, next_statement, promise
from wijkverbond.analysis.opinions.votes import Tally

well_known = [Candidate(number, Tally(100, 60, 40), 0.2) for number in range(20)]


def order(participant: str, candidates: list[Candidate]) -> list[int]:
    """Return the statements in the order in which one participant gets them."""
    left, in_order = list(candidates), []
    while (statement := next_statement(participant, left)) is not None:
        in_order.append(statement)
        left = [candidate for candidate in left if candidate.statement != statement]
    return in_order


@given(st.text(), st.permutations(well_known))
def test_the_same_person_in_the_same_state_gets_the_same_statement(
    participant: str, shuffled: list[Candidate]
) -> None:
    assert next_statement(participant, shuffled) == next_statement(participant, well_known)


def test_everyone_gets_every_statement_once_in_an_order_of_their_own() -> None:
    orders = {tuple(order(f"person {number}", well_known)) for number in range(50)}

    assert len(orders) == 50
    assert all(sorted(statements) == list(range(20)) for statements in orders)


def test_nothing_left_gives_nothing() -> None:
    assert next_statement("someone", []) is None


def test_few_answers_uncertainty_and_difference_between_groups_promise_more() -> None:
    usual = Candidate(1, Tally(50, 50, 0), 0.0)

    assert promise(Candidate(1, Tally(5, 5, 0), 0.0)) > promise(usual)
    assert promise(usual) > promise(Candidate(1, Tally(95, 5, 0), 0.0))
    assert promise(Candidate(1, Tally(50, 50, 0), 0.8)) > promise(usual)
    assert promise(Candidate(1, Tally(0, 0, 0))) > promise(Candidate(1, Tally(1, 0, 0)))


def test_a_promising_statement_comes_up_more_often() -> None:
    divided = Candidate(99, Tally(20, 20, 0), 0.9)
    first = Counter(
        next_statement(f"person {number}", [*well_known, divided]) for number in range(400)
    )

    assert first[99] > 3 * max(count for statement, count in first.items() if statement != 99)


def test_a_new_statement_gets_its_first_ten_answers_within_thirty_questions() -> None:
    established = [Candidate(number, Tally(60, 50, 40), 0.9) for number in range(100, 1100)]
    answered = 0
    for number in range(30):
        new = Candidate(99, Tally(answered, 0, 0))
        answered += next_statement(f"person {number}", [*established, new]) == 99

    assert answered >= 10


def test_people_do_not_get_new_statements_only() -> None:
    new = [Candidate(number, Tally(0, 0, 0)) for number in range(100, 105)]
    first_ten = order("someone", [*well_known, *new])[:10]

    assert any(statement < 100 for statement in first_ten)


def times_asked_first(candidate: Candidate) -> int:
    """How many of a hundred people get this statement before those that are well known."""
    return sum(
        next_statement(f"person {number}", [*well_known, candidate]) == candidate.statement
        for number in range(100)
    )


def test_a_statement_is_new_until_it_has_ten_answers() -> None:
    assert times_asked_first(Candidate(99, Tally(9, 0, 0), 0.0)) > 40
    assert times_asked_first(Candidate(99, Tally(10, 0, 0), 0.0)) < 25


def test_only_about_every_second_question_goes_to_a_new_statement() -> None:
    assert times_asked_first(Candidate(99, Tally(9, 0, 0), 0.0)) < 70


def test_the_promise_is_the_squared_width_of_the_interval_up_to_doubled_by_the_groups() -> None:
    unanswered = Tally(0, 0, 0)

    assert promise(Candidate(1, unanswered, 0.0)) == 1
    assert promise(Candidate(1, unanswered, 1.0)) == 4


def test_a_statement_that_no_group_has_seen_counts_as_halfway() -> None:
    assert promise(Candidate(1, Tally(0, 0, 0), None)) == 1.5**2


def test_between_equal_lots_the_lowest_statement_goes_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_lot", lambda _participant, _about: 0.75)

    assert next_statement("someone", reversed(well_known)) == 0


@pytest.mark.parametrize("digest", [bytes(32), b"\xff" * 32], ids=["lowest", "highest"])
def test_a_lot_lies_between_zero_and_one(monkeypatch: pytest.MonkeyPatch, digest: bytes) -> None:
    class Hash:
        def __init__(self, _text: bytes) -> None:
            self.digest = lambda: digest

    monkeypatch.setattr(module, "sha256", Hash)

    assert 0 < module._lot("someone", "a statement") < 1
