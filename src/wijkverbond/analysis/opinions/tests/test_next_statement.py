"""The next statement: promising, one's own order, the same for the same state."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from wijkverbond.analysis.opinions.next_statement import Candidate, next_statement, promise
from wijkverbond.analysis.opinions.votes import Tally

known = [Candidate(number, Tally(100, 60, 40), 0.2) for number in range(20)]


def order(participant: str, candidates: list[Candidate]) -> list[int]:
    """Return the statements in the order in which one participant gets them."""
    left, shown = list(candidates), []
    while (statement := next_statement(participant, left)) is not None:
        shown.append(statement)
        left = [candidate for candidate in left if candidate.statement != statement]
    return shown


@given(st.text(), st.permutations(known))
def test_the_same_person_in_the_same_state_gets_the_same_statement(
    participant: str, shuffled: list[Candidate]
) -> None:
    assert next_statement(participant, shuffled) == next_statement(participant, known)


def test_everyone_gets_every_statement_once_in_an_order_of_their_own() -> None:
    orders = {tuple(order(f"person {number}", known)) for number in range(50)}

    assert len(orders) == 50
    assert all(sorted(one) == list(range(20)) for one in orders)


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
    first = Counter(next_statement(f"person {number}", [*known, divided]) for number in range(400))

    assert first[99] > 3 * max(count for statement, count in first.items() if statement != 99)


def test_a_new_statement_gets_its_first_ten_answers_within_thirty_questions() -> None:
    many = [Candidate(number, Tally(60, 50, 40), 0.9) for number in range(100, 1100)]
    answered = 0
    for number in range(30):
        new = Candidate(99, Tally(answered, 0, 0))
        answered += next_statement(f"person {number}", [*many, new]) == 99

    assert answered >= 10


def test_people_do_not_get_new_statements_only() -> None:
    new = [Candidate(number, Tally(0, 0, 0)) for number in range(100, 105)]
    first_ten = order("someone", [*known, *new])[:10]

    assert any(statement < 100 for statement in first_ten)
