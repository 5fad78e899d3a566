"""Which records a condition counts, and which entries it then rests on."""

from wijkverbond.analysis.kinds import SOCIETY
from wijkverbond.analysis.vitality.tests.story import Story


def _urgency_of_everyone(story: Story, name: str) -> None:
    story.urgency(name)
    story.adopt(name)
    for party, kind in zip("res", SOCIETY, strict=True):
        story.endorse(party, kind, name)


def test_of_urgencies_endorsed_alike_the_first_is_the_evidence() -> None:
    story = Story().circle()
    _urgency_of_everyone(story, "u1")
    first = story.measure("urgency.endorsed_each_kind")
    _urgency_of_everyone(story, "u2")
    both = story.measure("urgency.endorsed_each_kind")
    assert first.value == both.value == 1
    assert len(first.evidence) == 3
    assert both.evidence == first.evidence


def test_where_a_kind_has_no_party_no_endorsement_is_evidence() -> None:
    story = Story()
    story.start()
    story.join("r", "residents")
    story.urgency()
    story.adopt()
    story.endorse("r", "residents")
    endorsed = story.measure("urgency.endorsed_each_kind")
    assert (endorsed.value, endorsed.evidence) == (None, ())


def test_a_tie_needs_both_parties_at_the_table() -> None:
    story = Story().circle()
    for party, other in (("r", "e"), ("r", "s")):
        tie = story.record(
            "coalition.tie_reported",
            by=party,
            party=party,
            other=other,
            strength="together",
            year=story.today.year,
        )
    story.record("coalition.party_left", by="s", party="s", kind="civil_society")
    assert story.measure("circle.busiest_share").evidence == (tie - 1,)


def test_a_benefit_for_a_goal_that_was_dropped_is_no_longer_confirmed() -> None:
    story = Story().circle()
    story.goal("g1")
    story.goal("g2")
    story.benefit("r", "g1")
    confirmed = story.benefit("e", "g2")
    story.record("vision.goal_dropped", goal="g1", revision=1)
    assert story.measure("benefit.confirmed_share").evidence == (confirmed,)


def test_of_several_confirmations_by_a_party_the_latest_is_the_evidence() -> None:
    story = Story().circle()
    story.goal("g1")
    story.goal("g2")
    story.benefit("r", "g2")
    latest = story.benefit("r", "g1")
    assert story.measure("benefit.confirmed_share").evidence == (latest,)
    assert story.measure("benefit.reconfirmed").evidence == (latest,)


def test_of_several_fresh_measurements_of_a_goal_the_latest_is_the_evidence() -> None:
    story = Story().circle()
    story.goal("g1")
    early, latest, _middle = (
        story.record(
            "results.measurement_recorded",
            goal="g1",
            measured_on=f"2023-01-0{day}",
            fresh_until="2023-12-31",
        )
        for day in (1, 3, 2)
    )
    assert early < latest
    assert story.measure("results.goals_measured").evidence == (latest,)
