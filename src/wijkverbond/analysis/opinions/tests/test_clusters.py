"""Components, k-means, silhouettes and names, each against its definition."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkverbond.analysis.opinions import clusters
from wijkverbond.analysis.opinions.clusters import grouped, named, positions, silhouettes
from wijkverbond.analysis.opinions.votes import UNSEEN, Floats, Votes

coordinates = st.integers(-20, 20).map(lambda number: number / 4)
clouds = st.lists(st.tuples(coordinates, coordinates), min_size=4, max_size=24).map(np.array)


def silhouette_by_definition(points: Floats, labels: list[int]) -> float:
    """Return the mean silhouette, person by person."""
    scores = []
    for person, own in enumerate(labels):
        means = {
            label: np.mean(
                [
                    np.hypot(*(points[person] - points[neighbour]))
                    for neighbour, other in enumerate(labels)
                    if other == label and neighbour != person
                ]
                or [np.nan]
            )
            for label in set(labels)
        }
        inside = means.pop(own)
        outside = min(means.values())
        widest = max(inside, outside)
        alone = labels.count(own) == 1
        scores.append(0.0 if alone or widest == 0 else (outside - inside) / widest)
    return float(np.mean(scores))


@settings(deadline=None)
@given(clouds, st.data())
def test_silhouettes_follow_their_definition(points: Floats, data: st.DataObject) -> None:
    labels = data.draw(st.lists(st.integers(0, 2), min_size=len(points), max_size=len(points)))
    labels[:3] = [0, 1, 2]

    (score,) = silhouettes(points, [np.array(labels)])

    assert score == pytest.approx(silhouette_by_definition(points, labels))


def test_silhouettes_of_a_part_are_close_to_those_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = np.random.default_rng(3)
    points = np.concatenate([draw.normal(middle, 1.0, (1500, 2)) for middle in (0.0, 4.0)])
    labels = np.repeat([0, 1], 1500)
    (exact,) = silhouettes(points, [labels])
    monkeypatch.setattr(clusters, "COMPARISONS", 600 * 3000)

    (part,) = silhouettes(points, [labels])

    assert part != exact
    assert part == pytest.approx(exact, abs=0.02)


def test_groups_that_stand_apart_are_found() -> None:
    draw = np.random.default_rng(5)
    middles = [(0.0, 0.0), (9.0, 0.0), (0.0, 9.0), (9.0, 9.0)]
    points = np.concatenate([draw.normal(middle, 1.0, (40, 2)) for middle in middles])

    grouping = grouped(points)

    assert grouping.k == 4
    assert all(len(set(grouping.labels[start : start + 40])) == 1 for start in range(0, 160, 40))
    assert grouping.silhouette == pytest.approx(silhouettes(points, [grouping.labels])[0])


@settings(deadline=None)
@given(clouds)
def test_no_group_is_ever_empty(points: Floats) -> None:
    grouping = grouped(points)

    assert sorted(set(grouping.labels.tolist())) == list(range(grouping.k))
    assert 1 <= grouping.k <= 5


def test_a_centre_that_loses_everyone_takes_the_farthest_point() -> None:
    points = np.array([[0.0, 0.0], [0.0, 1.0], [10.0, 0.0], [30.0, 0.0]])

    labels = clusters._nearest(points, np.array([[0.0, 0.0], [-50.0, 0.0], [10.0, 0.0]]))

    assert labels.tolist() == [0, 0, 2, 1]


def test_nobody_is_taken_from_a_group_of_one() -> None:
    points = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 0.0]])

    labels = clusters._nearest(points, np.array([[0.0, 0.0], [1.0, 0.0], [5.0, 0.0]]))

    assert labels.tolist() == [0, 2, 1]


def test_positions_are_components_stretched_for_who_answered_little() -> None:
    values = np.array([[1, 1, 1, 1], [1, 1, UNSEEN, UNSEEN], [-1, -1, -1, -1]], dtype=np.int8)
    votes = Votes(np.arange(3), np.arange(4), values)

    places = positions(votes, np.zeros(4, dtype=bool))

    means = np.array([1 / 3, 1 / 3, 0, 0])
    centred = np.where(values == UNSEEN, 0, values - means)
    axis = np.linalg.svd(centred)[2][0]
    axis *= np.sign(axis[np.argmax(np.abs(axis))])
    assert places[:, 0] == pytest.approx(centred @ axis * np.sqrt([1, 2, 1]))


def test_whoever_answered_one_statement_is_stretched_most() -> None:
    values = np.array([[1, UNSEEN], [1, 1], [-1, UNSEEN], [-1, UNSEEN], [1, UNSEEN]], dtype=np.int8)

    places = positions(Votes(np.arange(5), np.arange(2), values), np.zeros(2, dtype=bool))

    assert places[0, 0] == pytest.approx(np.sqrt(2) * places[1, 0])


def test_a_statement_with_one_answer_sets_nobody_apart() -> None:
    draw = np.random.default_rng(5)
    agreed = draw.integers(-1, 2, (12, 4)).astype(np.int8)
    agreed[:, 3], agreed[0, 3] = UNSEEN, 1
    disagreed = agreed.copy()
    disagreed[0, 3] = -1
    people, statements, all_shown = np.arange(12), np.arange(4), np.zeros(4, dtype=bool)

    assert positions(Votes(people, statements, agreed), all_shown) == pytest.approx(
        positions(Votes(people, statements, disagreed), all_shown)
    )


def test_people_who_all_stand_together_are_in_group_number_zero() -> None:
    assert ["A"][grouped(np.zeros((3, 2))).labels[0]] == "A"


def test_statements_that_nobody_saw_change_nothing() -> None:
    draw = np.random.default_rng(4)
    some = draw.integers(-1, 3, (30, 8)).astype(np.int8)
    more = np.column_stack([some, np.full((30, 2), UNSEEN, dtype=np.int8)])
    zeroed = np.array([True] + [False] * 7)

    without = positions(Votes(np.arange(30), np.arange(8), some), zeroed)
    with_more = positions(
        Votes(np.arange(30), np.arange(10), more), np.append(zeroed, [True, False])
    )

    assert with_more == pytest.approx(without)


def test_each_axis_points_where_its_largest_loading_is_positive() -> None:
    draw = np.random.default_rng(11)
    votes = Votes(np.arange(60), np.arange(9), draw.integers(-1, 2, (60, 9)).astype(np.int8))
    mirrored = Votes(votes.participants, votes.statements, -votes.values)

    assert positions(mirrored, np.zeros(9, dtype=bool)) == pytest.approx(
        -positions(votes, np.zeros(9, dtype=bool))
    )


def test_people_with_the_same_answers_have_exactly_the_same_place() -> None:
    draw = np.random.default_rng(2)
    some = draw.integers(-1, 2, (40, 12)).astype(np.int8)
    votes = Votes(np.arange(120), np.arange(12), np.concatenate([some, some, some]))

    places = positions(votes, np.zeros(12, dtype=bool))

    assert np.array_equal(places, np.round(places, 9))
    assert all(
        np.array_equal(part, next_part)
        for part, next_part in pairwise([places[:40], places[40:80], places[80:]])
    )


def test_names_follow_the_people() -> None:
    before = {"A": [1, 2, 3, 4], "B": [5, 6, 7]}

    assert named([[5, 6, 7, 1], [2, 3, 4]], before) == ["B", "A"]
    assert named([[2, 3], [5, 6], [8, 9]], before) == ["A", "B", "C"]
    assert named([[8], [9]], before) == ["C", "D"]
    assert named([[3], [1]]) == ["A", "B"]
    assert named([[1, 2, 3, 4, 5, 6, 7]], before) == ["A"]


def test_names_are_given_so_that_most_people_keep_theirs() -> None:
    before = {"A": range(10), "B": range(10, 16)}

    assert named([range(4, 16), range(4)], before) == ["B", "A"]


def test_of_six_groups_that_stand_apart_at_most_five_are_told() -> None:
    angles = np.arange(6) * np.pi / 3
    middles = np.column_stack([np.cos(angles), np.sin(angles)]) * 100
    points = np.concatenate([middles, middles + 1, middles - 1])

    assert grouped(points).k <= 5


def test_a_usual_start_is_kept_unless_the_other_has_less_than_a_third_of_its_spread() -> None:
    points = np.array([[0.0, 0.0], [2.0, 0.0], [10.0, 0.0], [12.0, 0.0]])
    good, stuck = np.array([0, 0, 1, 1]), np.array([0, 1, 1, 1])

    assert clusters._spread(points, good) == 4.0
    assert clusters._tighter(points, stuck, good) is good
    assert clusters._tighter(points, good, stuck) is good
    assert clusters._tighter(points, good, good.copy()) is good


def test_a_third_of_the_spread_exactly_is_not_less(monkeypatch: pytest.MonkeyPatch) -> None:
    usual, other, better = (np.array([label]) for label in range(3))
    monkeypatch.setattr(clusters, "_spread", lambda _points, labels: (9.0, 3.0, 2.5)[labels[0]])

    assert clusters._tighter(np.zeros((1, 2)), usual, other) is usual
    assert clusters._tighter(np.zeros((1, 2)), usual, better) is better


def test_the_farthest_points_are_those_farthest_from_all_that_were_chosen() -> None:
    points = np.array([[0.0, 0.0], [0.4, 0.3], [0.0, 0.9], [0.6, 0.0]])

    assert clusters._farthest_apart(points, 3).tolist() == [[0, 0], [0, 0.9], [0.6, 0]]


def test_names_of_an_earlier_reading_may_come_in_any_order() -> None:
    assert named([[1, 5]], {"B": [5], "A": [1]}) == named([[1, 5]], {"A": [1], "B": [5]})


def test_points_that_are_all_the_same_stand_no_wider_apart_than_nothing() -> None:
    points = np.zeros((30, 2))
    labels = np.arange(30) % 2

    assert silhouettes(points, [labels]).tolist() == [0.0]


def test_there_is_no_negative_zero_among_the_places() -> None:
    values = np.array([[1, 1], [-1, -1], [0, 0]], dtype=np.int8)
    places = positions(Votes(np.arange(3), np.arange(2), values), np.zeros(2, dtype=bool))

    assert not np.signbit(places[places == 0]).any()


def test_one_direction_of_difference_has_no_second_axis() -> None:
    values = np.array([[1, 1], [-1, -1], [1, 1], [-1, -1]], dtype=np.int8)
    places = positions(Votes(np.arange(4), np.arange(2), values), np.zeros(2, dtype=bool))

    assert places[:, 0] == pytest.approx(np.array([1, -1, 1, -1]) * np.sqrt(2))
    assert places[:, 1].tolist() == [0.0] * 4
