"""Which statements are called typical of a group, and how the figures beside them are computed."""

from math import sqrt

import numpy as np
import pytest

from wijkverbond.analysis.opinions import representative as module
from wijkverbond.analysis.opinions.representative import (
    AnswerOfGroup,
    RepresentativeStatement,
    representative,
)

Row = tuple[int, int, int, int, int, int]


def typical(*rows: Row, eligible: list[bool] | None = None) -> tuple[RepresentativeStatement, ...]:
    """Choose from statements with (agree, disagree, n) of the group, then of the others."""
    table = np.array(rows, dtype=np.int64)
    agree, disagree = (
        AnswerOfGroup(answer == 0, table[:, answer], table[:, 2], table[:, answer + 3], table[:, 5])
        for answer in (0, 1)
    )
    marks = np.array(eligible or [True] * len(rows))
    return representative(np.arange(len(rows)) * 10, agree, disagree, marks)


def statements(chosen: tuple[RepresentativeStatement, ...]) -> list[int]:
    """Their identifiers, in the order in which they are listed."""
    return [answer.statement for answer in chosen]


def answers(*counts: tuple[int, int, int, int]) -> AnswerOfGroup:
    """Agreement with statements: (count, n) of the group, then of the others."""
    return AnswerOfGroup(True, *np.array(counts, dtype=np.int64).T)


def test_the_figures_are_those_of_the_published_method() -> None:
    (answer,) = typical((38, 10, 54, 6, 40, 60))

    assert (answer.statement, answer.agrees) == (0, True)
    assert answer.share == pytest.approx(39 / 56)
    assert answer.ratio == pytest.approx((39 / 56) / (7 / 62))
    pooled = (39 + 7) / (55 + 61)
    spread = sqrt(pooled * (1 - pooled) * (1 / 55 + 1 / 61))
    assert answer.z == pytest.approx((39 / 55 - 7 / 61) / spread)


def test_agreements_come_before_disagreements() -> None:
    chosen = typical((1, 30, 31, 20, 5, 30), (30, 0, 31, 5, 20, 30))

    assert [(answer.statement, answer.agrees) for answer in chosen] == [(10, True), (0, False)]


def test_both_tests_must_be_exceeded() -> None:
    clearly, hardly_more, hardly_half = (
        (25, 0, 30, 5, 9, 30),
        (27, 0, 30, 26, 0, 30),
        (16, 0, 30, 4, 0, 30),
    )

    assert statements(typical(clearly, hardly_more, hardly_half)) == [0]


def test_a_group_that_agrees_on_nothing_more_than_others_keeps_its_clearest_agreement() -> None:
    chosen = typical((28, 0, 30, 30, 0, 31), (20, 5, 30, 22, 0, 31))

    assert [(answer.statement, answer.agrees) for answer in chosen] == [(0, True)]


def test_without_anything_typical_the_statement_that_most_tells_it_apart_is_named() -> None:
    chosen = typical((1, 1, 4, 1, 1, 4), (1, 2, 4, 2, 1, 4), (0, 0, 0, 4, 0, 4))

    assert [(answer.statement, answer.agrees) for answer in chosen] == [(10, False)]


def test_nothing_is_typical_when_nobody_in_the_group_answered() -> None:
    assert typical((0, 0, 0, 4, 0, 4)) == ()


def test_at_most_five_are_chosen_and_only_eligible_ones() -> None:
    rows: list[Row] = [(30 - place, 0, 31, 2, 20, 30) for place in range(8)]

    assert statements(typical(*rows)) == [0, 10, 20, 30, 40]
    chosen = typical(*rows, eligible=[False] + [True] * 7)
    assert statements(chosen) == [10, 20, 30, 40, 50]


def test_equal_statements_go_by_identifier() -> None:
    weighty, lighter = (30, 0, 31, 2, 20, 30), (25, 0, 31, 2, 20, 30)

    assert statements(typical(*[weighty] * 7)) == [0, 10, 20, 30, 40]
    assert statements(typical(*[lighter, weighty] * 30)) == [10, 30, 50, 70, 90]


def test_the_share_is_tested_against_one_half_with_one_answer_added() -> None:
    assert answers((38, 54, 6, 60)).share_z[0] == pytest.approx(2 * sqrt(55) * (39 / 55 - 1 / 2))


def test_where_everyone_everywhere_agrees_a_group_does_not_stand_apart() -> None:
    assert answers(*[(9, 9, 4, 4)] * 20).ratio_z.tolist() == [0.0] * 20


@pytest.mark.parametrize("test", ["share_z", "ratio_z"])
def test_a_test_that_is_just_reached_is_not_exceeded(
    monkeypatch: pytest.MonkeyPatch, test: str
) -> None:
    outcome = answers((9, 10, 5, 10)) if test == "ratio_z" else answers((13, 20, 1, 20))
    lowest = min(outcome.share_z[0], outcome.ratio_z[0])
    assert lowest == getattr(outcome, test)[0]

    monkeypatch.setattr(module, "Z", lowest - 1e-9)
    assert outcome.stands_out[0]
    monkeypatch.setattr(module, "Z", lowest)
    assert not outcome.stands_out[0]


@pytest.mark.parametrize(
    ("counts", "is_clear"),
    [
        ((28, 30, 31, 31), True),
        ((3, 5, 2, 5), True),
        ((1, 1, 1, 2), True),
        ((3, 5, 3, 5), False),
        ((3, 5, 5, 5), False),
        ((2, 4, 0, 4), False),
        ((0, 0, 0, 4), False),
    ],
    ids=[
        "nearly all agree",
        "most agree, and more than others",
        "one person agrees, and more than others",
        "most agree, as others do",
        "most agree, less than others",
        "half agree, more than others",
        "nobody answered",
    ],
)
def test_an_answer_is_clear_when_most_give_it_certainly_or_more_than_others(
    counts: tuple[int, int, int, int], *, is_clear: bool
) -> None:
    assert answers(counts).clear[0] == is_clear


def test_a_share_that_is_just_as_certain_as_asked_is_not_clear(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "Z", 1.0)
    two_of_three = answers((2, 3, 3, 3))

    assert two_of_three.share_z[0] == 1.0
    assert not two_of_three.clear[0]


def test_agreeing_and_disagreeing_that_tell_equally_much_count_as_disagreeing() -> None:
    (answer,) = typical((2, 2, 4, 2, 2, 4))

    assert not answer.agrees


def test_what_one_person_of_the_group_answered_can_tell_it_apart() -> None:
    assert statements(typical((0, 0, 0, 4, 0, 4), (0, 0, 1, 1, 0, 4))) == [10]


def test_the_clearest_agreement_is_one_that_others_share_less_where_there_is_one() -> None:
    unclear, with_everyone, more_than_others, as_others = (
        (10, 10, 30, 10, 10, 30),
        (28, 0, 30, 30, 0, 31),
        (20, 0, 30, 17, 0, 31),
        (25, 0, 30, 25, 0, 30),
    )

    assert statements(typical(unclear, with_everyone, more_than_others)) == [20]
    assert statements(typical(unclear, with_everyone, as_others)) == [10]
