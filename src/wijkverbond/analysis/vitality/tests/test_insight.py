"""Insight shared, at the edges of its thresholds."""

import pytest

from wijkverbond.analysis.vitality.tests.story import Story
from wijkverbond.analysis.vitality.thresholds import State


def test_insight_is_unknown_until_one_is_published_and_absent_until_three_kinds_recognise_it() -> (
    None
):
    story = Story().circle()
    assert story.state("insight") is State.NOT_ENOUGH_DATA
    story.insight("i1")
    story.recognise("i1", "r", "residents")
    story.recognise("i1", "e", "entrepreneurs")
    assert story.state("insight") is State.ABSENT
    story.recognise("i1", "g", "government")
    assert story.state("insight") is State.EMERGING


def test_insight_without_a_source_or_withdrawn_does_not_count() -> None:
    story = Story().circle()
    story.recognised("i1")
    story.record("insights.insight_revised", insight="i1", revision=2, sources=0)
    assert story.state("insight") is State.ABSENT
    story.record("insights.insight_revised", insight="i1", revision=3, sources=1)
    assert story.state("insight") is State.EMERGING
    story.record("insights.insight_withdrawn", insight="i1", revision=3)
    assert story.state("insight") is State.ABSENT


def test_a_kind_recognises_when_five_of_its_people_do_with_a_lower_bound_of_a_half() -> None:
    for people, lower, expected in (
        (5, "0.500000", State.EMERGING),
        (4, "0.500000", State.ABSENT),
        (5, "0.499999", State.ABSENT),
    ):
        story = Story().circle()
        story.insight("i1")
        story.recognise("i1", "e", "entrepreneurs")
        story.recognise("i1", "s", "civil_society")
        story.record(
            "insights.recognition_counted",
            insight="i1",
            recognise={"residents": people},
            lower={"residents": lower},
        )
        assert story.state("insight") is expected


def test_a_party_that_sees_it_otherwise_or_left_no_longer_recognises() -> None:
    story = Story().circle()
    story.recognised("i1")
    story.recognise("i1", "s", "civil_society", view="differs")
    assert story.state("insight") is State.ABSENT
    story.recognise("i1", "s", "civil_society")
    story.record("coalition.party_left", by="s", party="s", kind="civil_society")
    assert story.state("insight") is State.ABSENT


@pytest.mark.parametrize(
    ("insights", "expected"),
    [(1, State.EMERGING), (2, State.EMERGING), (3, State.PRESENT), (5, State.PRESENT)],
)
def test_insight_level_follows_the_number_of_recognised_insights(
    insights: int, expected: State
) -> None:
    story = Story().circle()
    for number in range(insights):
        story.recognised(f"i{number}")
    assert story.state("insight") is expected


def test_insight_is_strong_with_six_when_every_goal_rests_on_one() -> None:
    story = Story().circle()
    for number in range(6):
        story.recognised(f"i{number}")
    assert story.state("insight") is State.PRESENT
    story.urgency("u", rests_on=["insight:i1"])
    story.goal("g1", rests_on=["insight:i0"])
    story.goal("g2", rests_on=["shared_urgency:u"])
    assert story.state("insight") is State.STRONG
    story.goal("g3", rests_on=["decision:d"])
    assert story.state("insight") is State.PRESENT
