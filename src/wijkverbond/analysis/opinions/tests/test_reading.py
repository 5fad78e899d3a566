"""Opinion groups: equal to the published method's, the same in any order, complete at the edges."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from wijkverbond.analysis.opinions.clusters import positions
from wijkverbond.analysis.opinions.reading import OpinionReading, group_informed_consensus, read
from wijkverbond.analysis.opinions.tests.conftest import RealCase
from wijkverbond.analysis.opinions.votes import UNSEEN, Tally, Votes


def matrix(*rows: str) -> Votes:
    """Return votes written as letters: a agree, d disagree, p pass, . not seen."""
    values = [[{"a": 1, "d": -1, "p": 0, ".": UNSEEN}[letter] for letter in row] for row in rows]
    width = len(rows[0]) if rows else 0
    return Votes(
        np.arange(len(rows), dtype=np.int64),
        np.arange(width, dtype=np.int64),
        np.array(values, dtype=np.int8).reshape(len(rows), width),
    )


def members(reading: OpinionReading) -> frozenset[frozenset[int]]:
    """Return who is with whom, whatever the groups are called."""
    return frozenset(frozenset(group.members) for group in reading.groups)


def test_a_real_conversation_gives_the_groups_of_the_reference(brexit: RealCase) -> None:
    reading = read(brexit.votes)

    assert members(reading) == brexit.groups
    assert reading.k == 3
    assert reading.silhouette == 0.434651
    assert (reading.participants, reading.votes, reading.statements) == (204, 5303, 50)
    assert reading.ungrouped == 15


def test_what_unites_and_what_is_typical_equal_the_reference(brexit: RealCase) -> None:
    reading = read(brexit.votes)
    products = {one.statement: one.product for one in reading.per_statement}
    largest = reading.groups[0]

    assert [products[statement] for statement in (19, 14, 1)] == [0.761524, 0.760234, 0.731749]
    assert (largest.name, len(largest.members)) == ("A", 92)
    assert [(one.statement, one.agrees, round(one.z, 3)) for one in largest.representative] == [
        (8, True, 8.608),
        (13, True, 5.411),
        (7, False, 9.152),
        (2, False, 7.854),
        (4, False, 7.654),
    ]


def test_the_order_of_people_and_statements_changes_nothing(brexit: RealCase) -> None:
    votes = brexit.votes
    shuffle = np.random.default_rng(7)
    rows, columns = shuffle.permutation(204), shuffle.permutation(50)
    shuffled = Votes.sorted(
        votes.participants[rows], votes.statements[columns], votes.values[rows][:, columns]
    )
    answers = [
        (
            int(votes.participants[row]),
            int(votes.statements[column]),
            int(votes.values[row, column]),
        )
        for row in rows
        for column in columns
        if votes.values[row, column] != UNSEEN
    ]

    assert read(shuffled) == read(votes)
    assert read(Votes.from_answers(answers)) == read(votes)


def test_another_process_gives_the_same_digest(brexit: RealCase) -> None:
    program = (
        "from wijkverbond.analysis.opinions.tests import conftest\n"
        "from wijkverbond.analysis.opinions.reading import read\n"
        "print(read(conftest.brexit.__wrapped__().votes).digest)"
    )
    source = str(Path(__file__).parents[4])
    run = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": source, "PYTHONHASHSEED": "1"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert run.stdout.strip() == read(brexit.votes).digest


def test_the_digest_changes_with_one_answer_and_with_one_moderated_statement(
    brexit: RealCase,
) -> None:
    values = brexit.votes.values.copy()
    values[0, 0] = 1
    changed = Votes(brexit.votes.participants, brexit.votes.statements, values)
    digests = {
        read(brexit.votes).digest,
        read(changed).digest,
        read(brexit.votes, moderated_out=[3]).digest,
        read(brexit.votes, moderated_out=[3], keep_moderated=True).digest,
    }

    assert len(digests) == 4


def test_what_was_moderated_out_counts_as_passes_and_is_never_typical(brexit: RealCase) -> None:
    passes = brexit.votes.values.copy()
    passes[:, 7] = 0
    zeroed = Votes(brexit.votes.participants, brexit.votes.statements, passes)
    reading = read(brexit.votes, moderated_out=[7])
    placed = {person for group in reading.groups for person in group.members}
    expected = {
        person: place for person, place in read(zeroed).positions.items() if person in placed
    }

    assert reading.positions == expected
    assert [
        statement.statement for statement in reading.per_statement if statement.moderated_out
    ] == [7]
    assert reading.per_statement[7].total == read(brexit.votes).per_statement[7].total
    assert 7 not in {
        statement.statement for group in reading.groups for statement in group.representative
    }


def test_moderated_statements_can_be_left_in(brexit: RealCase) -> None:
    reading = read(brexit.votes, moderated_out=[7], keep_moderated=True)

    assert members(reading) == brexit.groups
    assert reading.per_statement[7].moderated_out


def test_group_names_stay_when_people_move(brexit: RealCase) -> None:
    before = {"C": range(1000, 1005), "B": read(brexit.votes).groups[0].members}
    names = {group.name: group.members for group in read(brexit.votes, previous=before).groups}

    assert names["B"] == before["B"]
    assert sorted(names) == ["A", "B", "D"]


def test_people_who_answered_too_little_are_counted_but_not_placed() -> None:
    reading = read(matrix("aaaaaaa", "aaaaaaa", "ddddddd", "ddddddd", "aaaaaa."))

    assert reading.ungrouped == 1
    assert 4 not in reading.positions
    assert reading.per_statement[0].total == Tally(3, 2, 0)
    assert reading.per_statement[0].groups == {"A": Tally(2, 0, 0), "B": Tally(0, 2, 0)}


def test_with_fewer_than_seven_statements_all_must_be_answered() -> None:
    reading = read(matrix("aad", "aad", "dda", "dda", "aa."))

    assert members(reading) == {frozenset({0, 1}), frozenset({2, 3})}
    assert reading.ungrouped == 1


@pytest.mark.parametrize(
    ("rows", "k", "ungrouped"),
    [
        ((), 0, 0),
        (("",), 0, 1),
        (("...",), 0, 1),
        (("apd",), 1, 0),
        (("ppp", "ppp", "ppp"), 1, 0),
        (("aaa", "ddd"), 1, 0),
        (("aaa", "aaa", "ddd"), 2, 0),
        (("a", "a", "d"), 2, 0),
    ],
    ids=[
        "nobody",
        "no statements",
        "no answers",
        "one",
        "all pass",
        "two",
        "three",
        "one question",
    ],
)
def test_the_smallest_conversations_have_a_reading(
    rows: tuple[str, ...], k: int, ungrouped: int
) -> None:
    reading = read(matrix(*rows))

    assert (reading.k, reading.ungrouped) == (k, ungrouped)
    assert len(reading.groups) == k
    assert (reading.silhouette is None) == (k < 2)
    assert len(reading.digest) == 64


def test_without_groups_nothing_is_said_about_what_unites() -> None:
    (statement,) = read(matrix(".")).per_statement

    assert (statement.lower_bound_min, statement.product, statement.spread) == (None, None, None)


def test_a_statement_that_a_group_never_saw_has_no_lower_bound_but_half_a_product() -> None:
    assert group_informed_consensus([Tally(8, 0, 0), Tally(0, 0, 0)]) == pytest.approx(0.9 * 0.5)
    reading = read(matrix("aaaaaaaa", "aaaaaaaa", "ddddddd.", "ddddddd."))
    assert reading.per_statement[7].lower_bound_min == 0.0
    assert reading.per_statement[7].spread == pytest.approx(3 / 4 - 1 / 2)


def test_identifiers_may_have_gaps_and_be_negative() -> None:
    votes = Votes.from_answers(
        [
            (person, statement, 1 if person < 0 else -1)
            for person in (-9, -2, 5, 70)
            for statement in (-4, 3, 99)
        ]
    )

    assert members(read(votes)) == {frozenset({-9, -2}), frozenset({5, 70})}
    assert [one.statement for one in read(votes).per_statement] == [-4, 3, 99]


def test_everyone_who_is_placed_has_their_place_in_the_plane(brexit: RealCase) -> None:
    plane = positions(brexit.votes, np.zeros(50, dtype=bool))
    places = dict(zip(brexit.votes.participants.tolist(), plane.round(6).tolist(), strict=True))

    for person, place in read(brexit.votes).positions.items():
        assert place == pytest.approx(places[person], abs=1e-9)


def test_groups_come_in_the_order_of_their_names() -> None:
    votes = matrix("aaaaaaa", "aaaaaaa", "aaaaaaa", "ddddddd", "ddddddd")
    groups = read(votes, previous={"B": [0, 1, 2], "A": [3, 4]}).groups

    assert [(group.name, group.members) for group in groups] == [("A", (3, 4)), ("B", (0, 1, 2))]


def test_nothing_is_typical_of_the_only_group() -> None:
    (group,) = read(matrix("aaaaaaa", "aaaaaaa", "aaaaaaa")).groups

    assert group.representative == ()


def test_figures_of_what_is_typical_have_six_decimals(brexit: RealCase) -> None:
    answers = [answer for group in read(brexit.votes).groups for answer in group.representative]

    assert answers
    for answer in answers:
        for figure in (answer.share, answer.ratio, answer.z):
            assert figure == round(figure, 6)
