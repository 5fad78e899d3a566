"""Goals nobody carries, pledges for no goal, initiatives that overlap unknowingly."""

from collections.abc import Sequence

from wijkverbond.analysis.vitality.tests.story import Story


def begin(story: Story, name: str, lead: str, places: Sequence[str] = ("BU01060101",)) -> None:
    """An initiative for the first goal starts."""
    story.record(
        "actions.initiative_started",
        by=lead,
        initiative=name,
        lead=lead,
        origin_kind="residents",
        parties=[lead],
        goals=["g1"],
        places=list(places),
    )


def test_goals_without_a_pledge_and_pledges_without_a_goal_are_listed() -> None:
    story = Story().circle()
    story.goal("g1")
    story.goal("g2")
    story.pledge("p1", "r")
    story.pledge("p2", "e", goals=["gone"])
    coherence = story.read().coherence
    assert coherence.goals_without_pledge == ("goal:g2",)
    assert coherence.pledges_without_goal == ("pledge:p2",)
    story.record("commitments.pledge_withdrawn", by="r", pledge="p1", party="r")
    assert story.read().coherence.goals_without_pledge == ("goal:g1", "goal:g2")


def test_a_pledge_that_ended_carries_no_goal() -> None:
    story = Story().circle()
    story.goal("g1")
    story.pledge("p1", "r", until="2023-01-02")
    assert story.read().coherence.goals_without_pledge == ()
    assert story.later(1).read().coherence.goals_without_pledge == ("goal:g1",)


def test_initiatives_on_the_same_goal_and_place_by_strangers_overlap() -> None:
    story = Story().circle()
    begin(story, "n1", "r")
    begin(story, "n2", "e")
    begin(story, "n3", "s", places=["BU01060102"])
    assert story.read().coherence.overlaps == (("initiative:n1", "initiative:n2"),)
    assert story.read().as_dict()["coherence"] == {
        "goals_without_pledge": [],
        "pledges_without_goal": [],
        "overlaps": [["initiative:n1", "initiative:n2"]],
    }


def test_initiatives_for_other_goals_or_partly_elsewhere_are_told_apart() -> None:
    story = Story().circle()
    begin(story, "n1", "r", places=["BU01060101", "BU01060102"])
    begin(story, "n2", "e", places=["BU01060102", "BU01060103"])
    story.record(
        "actions.initiative_started",
        by="s",
        initiative="other-goal",
        lead="s",
        origin_kind="civil_society",
        parties=["s"],
        goals=["g2"],
        places=["BU01060102"],
    )
    assert story.read().coherence.overlaps == (("initiative:n1", "initiative:n2"),)


def test_a_party_does_not_overlap_with_itself() -> None:
    story = Story().circle()
    begin(story, "n1", "r")
    begin(story, "n2", "r")
    assert story.read().coherence.overlaps == ()


def test_initiatives_without_a_place_are_everywhere_together() -> None:
    story = Story().circle()
    begin(story, "n1", "r", places=[])
    begin(story, "n2", "e", places=[])
    begin(story, "n3", "s")
    assert story.read().coherence.overlaps == (("initiative:n1", "initiative:n2"),)


def test_parties_that_work_together_or_stopped_do_not_overlap() -> None:
    tied = Story().circle()
    begin(tied, "n1", "r")
    begin(tied, "n2", "e")
    tied.record(
        "coalition.tie_reported", by="r", party="r", other="e", strength="informs", year=2023
    )
    assert tied.read().coherence.overlaps == ()
    joined = Story().circle()
    begin(joined, "n1", "r")
    begin(joined, "n2", "e")
    joined.record("actions.initiative_joined", by="e", initiative="n1", party="e")
    assert joined.read().coherence.overlaps == ()
    stopped = Story().circle()
    begin(stopped, "n1", "r")
    begin(stopped, "n2", "e")
    stopped.record("actions.initiative_stopped", by="r", initiative="n1", lead="r")
    assert stopped.read().coherence.overlaps == ()
