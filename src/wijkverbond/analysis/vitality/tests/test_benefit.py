"""Benefit for each, at the edges of its thresholds."""

from wijkverbond.analysis.vitality.tests.story import Story
from wijkverbond.analysis.vitality.thresholds import State


def test_benefit_is_unknown_without_a_goal_and_absent_below_half() -> None:
    story = Story().circle()
    assert story.state("benefit") is State.NOT_ENOUGH_DATA
    story.goal("g1")
    story.benefit("g")
    assert story.state("benefit") is State.ABSENT
    story.benefit("r")
    assert story.state("benefit") is State.EMERGING


def test_benefit_is_present_with_four_fifths_of_each_society_kind_and_strong_with_all() -> None:
    story = Story().circle()
    for number in range(4):
        story.join(f"r{number}", "residents")
    story.goal("g1")
    for party in ("r", "r0", "r1", "e", "s"):
        story.benefit(party)
    assert story.state("benefit") is State.EMERGING
    story.benefit("r2")
    assert story.state("benefit") is State.PRESENT
    story.benefit("r3")
    assert story.state("benefit") is State.PRESENT
    story.benefit("g")
    assert story.state("benefit") is State.STRONG


def test_a_changed_goal_reopens_the_benefit_and_a_new_goal_asks_to_confirm_again() -> None:
    story = Story().circle()
    story.goal("g1")
    for party in "resg":
        story.benefit(party)
    story.goal("g2")
    assert story.state("benefit") is State.PRESENT
    story.record("vision.goal_changed", goal="g1", revision=2, places=[])
    assert story.state("benefit") is State.ABSENT
    for party in "resg":
        story.benefit(party, revision=2)
    assert story.state("benefit") is State.STRONG
    story.record("vision.benefit_withdrawn", by="r", party="r", goal="g1")
    assert story.state("benefit") is State.EMERGING


def test_evidence_names_the_confirmations_of_active_parties() -> None:
    story = Story().circle()
    story.goal("g1")
    story.benefit("r")
    confirmation = story.benefit("e")
    story.record("coalition.party_left", by="r", party="r", kind="residents")
    assert story.measure("benefit.confirmed_share").evidence == (confirmation,)


def test_goals_that_were_all_dropped_leave_benefit_absent_not_unknown() -> None:
    story = Story().circle()
    story.goal("g1")
    story.record("vision.goal_dropped", goal="g1", revision=1)
    assert story.state("benefit") is State.ABSENT
    assert story.state("results") is State.ABSENT
