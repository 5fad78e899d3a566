"""The vote matrix keeps the last answer and refuses what is no answer."""

import numpy as np
import pytest

from wijkverbond.analysis.opinions.votes import UNSEEN, Tally, Votes


def test_the_last_answer_counts() -> None:
    votes = Votes.from_answers([(1, 10, 1), (2, 10, 0), (1, 10, -1), (1, 11, 1)])

    assert votes.participants.tolist() == [1, 2]
    assert votes.statements.tolist() == [10, 11]
    assert votes.values.tolist() == [[-1, 1], [0, UNSEEN]]
    assert votes.answered.tolist() == [2, 1]
    assert votes.everyone.tolist() == [[0, 1], [1, 0], [1, 0]]


def test_people_and_statements_without_answers_are_there_too() -> None:
    votes = Votes.from_answers([(2, 10, 1)], participants=[1, 3], statements=[12])

    assert votes.values.tolist() == [[UNSEEN, UNSEEN], [1, UNSEEN], [UNSEEN, UNSEEN]]


def test_identifiers_are_whole_numbers_and_an_answer_takes_one_byte() -> None:
    for votes in (Votes.from_answers([], participants=[1]), Votes.from_answers([(1, 10, 1)])):
        assert votes.participants.dtype == votes.statements.dtype == np.int64
        assert votes.values.dtype == np.int8


def test_tallies_come_in_the_order_of_the_alphabet() -> None:
    names = dict(enumerate("hgfedcba"))
    tallies = Votes.from_answers([(1, 10, 1)]).tallies_by(names)

    assert list(tallies[10]) == [*"abcdefgh", "other"]


def test_answers_are_tallied_per_name() -> None:
    votes = Votes.from_answers([(1, 10, 1), (2, 10, 0), (3, 10, -1), (3, 11, 1)])

    assert votes.tallies_by({1: "residents", 2: "residents", 9: "government"}) == {
        10: {
            "residents": Tally(1, 0, 1),
            "government": Tally(0, 0, 0),
            "other": Tally(0, 1, 0),
        },
        11: {
            "residents": Tally(0, 0, 0),
            "government": Tally(0, 0, 0),
            "other": Tally(1, 0, 0),
        },
    }


def test_answers_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match="an answer is"):
        Votes.from_answers([(1, 1, 2)])
    with pytest.raises(ValueError, match="an answer is"):
        Votes(np.array([1]), np.array([1]), np.array([[3]], dtype=np.int8))


def test_a_matrix_out_of_order_or_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="participants must be in increasing order"):
        Votes(np.array([2, 1]), np.array([1]), np.zeros((2, 1), dtype=np.int8))
    with pytest.raises(ValueError, match="participants must be in increasing order"):
        Votes(np.array([1, 3, 2]), np.array([1]), np.zeros((3, 1), dtype=np.int8))
    with pytest.raises(ValueError, match="statements must be in increasing order, each once"):
        Votes(np.array([1]), np.array([4, 4]), np.zeros((1, 2), dtype=np.int8))
    with pytest.raises(ValueError, match="one row per participant"):
        Votes(np.array([1]), np.array([1]), np.zeros((2, 1), dtype=np.int8))


def test_counts_of_people_add_up_and_are_never_negative() -> None:
    assert (Tally(1, 2, 3) + Tally(1, 0, 1)).n == 8
    with pytest.raises(ValueError, match="negative"):
        Tally(-1, 0, 0)
