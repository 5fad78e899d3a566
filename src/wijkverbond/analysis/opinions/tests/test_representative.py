"""Which statements are called typical of a group, and how the figures beside them are computed."""

from math import sqrt

import numpy as np
import pytest

from wijkverbond.analysis.opinions.representative import (
    AnswerOfGroup,
    Representative,
    representative,
)

Row = tuple[int, int, int, int, int, int]


def typical(*rows: Row, eligible: list[bool] | None = None) -> tuple[Representative, ...]:
    """Choose from statements with (agree, disagree, n) of the group, then of the others."""
    table = np.array(rows, dtype=np.int64)
    agree, disagree = (
        AnswerOfGroup(answer == 0, table[:, answer], table[:, 2], table[:, answer + 3], table[:, 5])
        for answer in (0, 1)
    )
    marks = np.array(eligible or [True] * len(rows))
    return representative(np.arange(len(rows)) * 10, agree, disagree, marks)


def test_the_figures_are_those_of_the_published_method() -> None:
    (one,) = typical((38, 10, 54, 6, 40, 60))

    assert (one.statement, one.agrees) == (0, True)
    assert one.share == pytest.approx(39 / 56)
    assert one.ratio == pytest.approx((39 / 56) / (7 / 62))
    pooled = (39 + 7) / (55 + 61)
    spread = sqrt(pooled * (1 - pooled) * (1 / 55 + 1 / 61))
    assert one.z == pytest.approx((39 / 55 - 7 / 61) / spread)


def test_agreements_come_before_disagreements() -> None:
    found = typical((1, 30, 31, 20, 5, 30), (30, 0, 31, 5, 20, 30))

    assert [(one.statement, one.agrees) for one in found] == [(10, True), (0, False)]


def test_both_tests_must_be_exceeded() -> None:
    clearly, hardly_more, hardly_half = (
        (25, 0, 30, 5, 9, 30),
        (27, 0, 30, 26, 0, 30),
        (16, 0, 30, 4, 0, 30),
    )

    assert [one.statement for one in typical(clearly, hardly_more, hardly_half)] == [0]


def test_a_group_that_agrees_on_nothing_more_than_others_keeps_its_clearest_agreement() -> None:
    found = typical((28, 0, 30, 30, 0, 31), (20, 5, 30, 22, 0, 31))

    assert [(one.statement, one.agrees) for one in found] == [(0, True)]


def test_without_anything_typical_the_statement_that_most_tells_it_apart_is_named() -> None:
    found = typical((1, 1, 4, 1, 1, 4), (1, 2, 4, 2, 1, 4), (0, 0, 0, 4, 0, 4))

    assert [(one.statement, one.agrees) for one in found] == [(10, False)]


def test_nothing_is_typical_when_nobody_in_the_group_answered() -> None:
    assert typical((0, 0, 0, 4, 0, 4)) == ()


def test_at_most_five_are_chosen_and_only_eligible_ones() -> None:
    rows: list[Row] = [(30 - place, 0, 31, 2, 20, 30) for place in range(8)]

    assert [one.statement for one in typical(*rows)] == [0, 10, 20, 30, 40]
    found = typical(*rows, eligible=[False] + [True] * 7)
    assert [one.statement for one in found] == [10, 20, 30, 40, 50]


def test_equal_statements_go_by_identifier() -> None:
    assert [one.statement for one in typical(*[(30, 0, 31, 2, 20, 30)] * 7)] == [0, 10, 20, 30, 40]
