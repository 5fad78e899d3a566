"""Who answers alike or comes all at once, and what stands with and without them."""

import datetime as dt
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from wijkverbond.analysis.kinds import KINDS
from wijkverbond.analysis.opinions import disclosure, look_alikes
from wijkverbond.analysis.opinions.disclosure import Kept
from wijkverbond.analysis.opinions.votes import Tally

NOON = dt.datetime(2026, 11, 3, 12, tzinfo=dt.UTC)


def test_twenty_who_answer_the_same_are_alike_and_nineteen_are_not() -> None:
    patterns = dict.fromkeys(range(20), "agree")
    patterns |= dict.fromkeys(range(20, 39), "disagree")
    assert look_alikes.alike(patterns) == [list(range(20))]


def test_a_burst_lasts_as_long_as_twenty_begin_every_ten_minutes() -> None:
    minutes = [*[1] * 20, *[12] * 25, *[23] * 3, *[45] * 20]
    beginnings = {person: NOON + dt.timedelta(minutes=at) for person, at in enumerate(minutes)}
    assert [len(burst) for burst in look_alikes.at_once(beginnings)] == [45, 20]


PEOPLE = st.lists(
    st.tuples(st.sampled_from([*KINDS, "other"]), st.booleans(), st.booleans()), max_size=200
)


def _tallies(kinds: list[str]) -> dict[str, Tally]:
    return {kind: Tally(number, 0, 0) for kind, number in Counter(kinds).items()}


@given(PEOPLE)
def test_whatever_is_subtracted_nobody_or_enough_people_are_left(
    people: list[tuple[str, bool, bool]],
) -> None:
    """With, without one cluster, and later without another: the differences of each kind."""
    with_them = disclosure.publish(
        Kept(), _tallies([kind for kind, *_ in people]), with_counts=True
    )
    one = [Counter(kind for kind, first, _ in people if first)]
    two = [
        Counter(kind for kind, *in_each in people if in_each == cell)
        for cell in ([True, False], [False, True], [True, True])
    ]
    publications = [
        with_them,
        disclosure.without(
            with_them.heard, _tallies([kind for kind, first, _ in people if not first]), one
        ),
        disclosure.without(
            with_them.heard, _tallies([kind for kind, _, second in people if not second]), two
        ),
    ]
    for kind in KINDS:
        counted = [
            publication.counted[kind].n
            for publication in publications
            if kind in publication.counted
        ]
        differences = {abs(number - other) for number in counted for other in counted}
        assert all(difference == 0 or difference >= 20 for difference in differences)
        shown = [kind in publication.figures for publication in publications[1:]]
        few = [any(0 < cell.get(kind, 0) < 5 for cell in cells) for cells in (one, two)]
        assert not any(is_shown and is_few for is_shown, is_few in zip(shown, few, strict=True))
