"""Breakthroughs realised, at the edges of their thresholds."""

from wijkverbond.analysis.kinds import SOCIETY
from wijkverbond.analysis.vitality.tests.story import Story
from wijkverbond.analysis.vitality.thresholds import State


def test_a_breakthrough_is_claimed_then_confirmed_by_two_kinds() -> None:
    story = Story().circle()
    assert story.state("breakthroughs") is State.NOT_ENOUGH_DATA
    story.claim("b")
    assert story.state("breakthroughs") is State.EMERGING
    story.confirm("b", "e", "entrepreneurs")
    story.establish("b")
    assert story.state("breakthroughs") is State.EMERGING
    story.confirm("b", "s", "civil_society")
    assert story.state("breakthroughs") is State.PRESENT
    story.record("breakthroughs.disputed", by="s", breakthrough="b", party="s")
    assert story.state("breakthroughs") is State.EMERGING


def test_claimant_and_contributors_do_not_confirm_their_own_breakthrough() -> None:
    story = Story().circle()
    story.claim("b", contributors=["e"])
    for party, kind in zip("re", SOCIETY, strict=False):
        story.confirm("b", party, kind)
    story.establish("b")
    assert story.state("breakthroughs") is State.EMERGING


def test_one_kind_and_five_affected_residents_confirm_too() -> None:
    story = Story().circle()
    story.claim("b")
    story.record("breakthroughs.confirmed_by_residents", breakthrough="b", people=4)
    story.confirm("b", "e", "entrepreneurs")
    story.establish("b")
    assert story.state("breakthroughs") is State.EMERGING
    story.record("breakthroughs.confirmed_by_residents", breakthrough="b", people=5)
    assert story.state("breakthroughs") is State.PRESENT


def test_residents_alone_do_not_confirm_a_breakthrough() -> None:
    story = Story().circle()
    story.claim("b")
    story.record("breakthroughs.confirmed_by_residents", breakthrough="b", people=50)
    story.establish("b")
    assert story.measure("breakthroughs.confirmed").value == 0


def test_a_breakthrough_counts_for_two_years() -> None:
    story = Story().circle()
    story.breakthrough("b")
    assert story.later(729).state("breakthroughs") is State.PRESENT
    assert story.later(1).state("breakthroughs") is State.ABSENT


def test_breakthroughs_are_strong_with_three_of_which_one_freed_another_party() -> None:
    story = Story().circle()
    for name in ("b1", "b2"):
        story.breakthrough(name)
    assert story.state("breakthroughs") is State.PRESENT
    story.breakthrough("b3")
    assert story.state("breakthroughs") is State.STRONG


def test_breakthroughs_that_only_freed_their_makers_are_not_strong() -> None:
    story = Story().circle()
    for name in ("b1", "b2", "b3"):
        story.claim(name, claimant="e", contributors=["e"])
        story.confirm(name, "r", "residents")
        story.confirm(name, "s", "civil_society")
        story.establish(name)
    assert story.state("breakthroughs") is State.PRESENT
    story.record("breakthroughs.withdrawn", by="e", breakthrough="b1", claimant="e")
    assert story.read().conditions["breakthroughs"].measures[1].value == 2


def test_a_claim_of_long_ago_counts_as_long_as_it_is_confirmed() -> None:
    story = Story().circle()
    story.claim("b")
    story.later(400)
    story.confirm("b", "e", "entrepreneurs")
    story.confirm("b", "s", "civil_society")
    story.establish("b")
    claimed = story.later(500).read().conditions["breakthroughs"].measures[0]
    assert claimed.value == 1


def test_an_obstacle_of_another_counts_also_when_one_of_its_owners_helped() -> None:
    story = Story().circle()
    story.record(
        "breakthroughs.claimed", by="r", breakthrough="b", claimant="r",
        contributors=["e"], obstacle_owners=["e", "s"],
    )  # fmt: skip
    story.confirm("b", "s", "civil_society")
    story.confirm("b", "g", "government")
    story.establish("b")
    resolved = story.read().conditions["breakthroughs"].measures[2]
    assert resolved.value == 1
