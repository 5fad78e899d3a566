"""What the journal says of the circle, insights, urgency and goals, entry by entry."""

from fractions import Fraction
from typing import Any

import pytest

from wijkverbond.analysis.vitality.tests.story import START, Story, days
from wijkverbond.analysis.vitality.thresholds import State


@pytest.mark.parametrize(
    ("since", "later", "expected"),
    [
        (START - days(89), 0, "starting"),
        (START - days(90), 0, "not_enough_data"),
        (None, 89, "starting"),
        (None, 90, "not_enough_data"),
    ],
)
def test_a_start_counts_from_when_the_parties_began_or_else_from_its_entry(
    since: Any, later: int, expected: str
) -> None:
    story = Story()
    story.start(since=since and since.isoformat())
    for party, kind in (("r", "residents"), ("e", "entrepreneurs"), ("s", "civil_society")):
        story.join(party, kind)
    assert story.later(later).read().overall == expected


def _described(story: Story, party: str, **facts: Any) -> int:
    return story.record(
        "coalition.party_described", by="g", party=party, kind="entrepreneurs",
        **{"involvement": "works", **facts},
    )  # fmt: skip


def test_a_description_changes_neither_since_when_a_party_is_there_nor_its_last_sign_of_life() -> (
    None
):
    story = Story().circle()
    joined = story.entries[2].id
    story.on(START + days(100))
    _described(story, "e")
    silent = [warned for warned in story.read(START + days(120)).warnings if warned.records]
    assert [warned.evidence for warned in silent if warned.records == ("party:e",)] == [(joined,)]


@pytest.mark.parametrize("event", ["coalition.party_left", "coalition.party_suspended"])
def test_a_description_brings_nobody_back(event: str) -> None:
    story = Story().circle()
    story.record(event, by="e", party="e", kind="entrepreneurs")
    _described(story, "e")
    assert story.state("circle") is State.EMERGING


def test_a_description_of_an_unknown_party_makes_it_known() -> None:
    story = Story()
    story.start()
    story.join("r", "residents")
    _described(story, "e")
    assert story.state("circle") is State.EMERGING


def test_a_party_that_left_can_join_again() -> None:
    story = Story().circle()
    story.record("coalition.party_left", by="e", party="e", kind="entrepreneurs")
    joined_again = story.join("e", "entrepreneurs")
    assert story.measure("circle.society_kinds").value == 3
    assert joined_again in story.measure("circle.society_kinds").evidence


@pytest.mark.parametrize(
    "event",
    [
        "coalition.party_left",
        "coalition.party_suspended",
        "coalition.suspension_ended",
        "coalition.secretariat_revoked",
        "coalition.missing_voice_dismissed",
        "insights.insight_withdrawn",
        "insights.insight_recognised",
        "insights.recognition_counted",
        "urgency.shared_urgency_endorsed",
        "urgency.shared_urgency_adopted",
        "vision.goal_dropped",
        "vision.benefit_withdrawn",
    ],
)
def test_what_refers_to_something_unknown_is_left_aside(event: str) -> None:
    unknown: dict[str, Any] = dict.fromkeys(
        ("party", "secretariat", "missing_voice", "insight", "shared_urgency", "goal"), "unknown"
    )
    story = Story().circle()
    before = {code: condition.state for code, condition in story.read().conditions.items()}
    story.record(event, by="r", **unknown, revision=1)
    after = {code: condition.state for code, condition in story.read().conditions.items()}
    assert after == before


def test_a_secretariat_held_by_nobody_at_the_table_leaves_the_busiest_party_what_it_is() -> None:
    story = Story().circle()
    story.record("coalition.secretariat_granted", secretariat="x")
    story.pledge("p", "r", with_parties=["e"])
    assert story.read().network.busiest == "r"


def test_a_kind_of_which_no_lower_bound_is_known_does_not_recognise() -> None:
    story = Story().circle()
    story.insight("i")
    for party, kind in (("e", "entrepreneurs"), ("s", "civil_society")):
        story.recognise("i", party, kind)
    story.record("insights.recognition_counted", insight="i", recognise={"residents": 9}, lower={})
    assert story.measure("insight.recognised_insights").value == 0


def test_a_recognised_insight_rests_on_its_publication_the_parties_and_the_count() -> None:
    story = Story().circle()
    published = story.insight("i")
    by_name = [
        story.recognise("i", party, kind)
        for party, kind in (("e", "entrepreneurs"), ("s", "civil_society"))
    ]
    count = story.record(
        "insights.recognition_counted",
        insight="i",
        recognise={"residents": 9},
        lower={"residents": "0.7"},
    )
    assert story.measure("insight.recognised_insights").evidence == (published, *by_name, count)


def test_a_conversation_with_a_shared_statement_leans_as_much_as_one_that_leans() -> None:
    story = Story().circle()
    read = story.record("urgency.reading_published", conversation="q", shared=["s"], leaning=[])
    assert story.measure("urgency.proposed_or_leaning").evidence == (read,)


def _reworded() -> Story:
    """An urgency, proposed in the sixth entry, of which the second wording holds."""
    story = Story().circle()
    story.urgency()
    story.record(
        "urgency.shared_urgency_worded_anew",
        shared_urgency="u",
        revision=2,
        agreement="shared",
        agreement_direct="shared",
    )
    return story


def test_a_reworded_urgency_rests_on_its_proposal() -> None:
    assert _reworded().measure("urgency.proposed_or_leaning").evidence == (6,)


def test_an_earlier_wording_can_be_neither_endorsed_nor_adopted_any_more() -> None:
    story = _reworded()
    story.adopt(revision=1)
    assert story.measure("urgency.adopted_shared").value == 0
    story.adopt(revision=2)
    for party, kind in (("r", "residents"), ("e", "entrepreneurs"), ("s", "civil_society")):
        story.endorse(party, kind)
    assert story.measure("urgency.adopted_shared").value == 1
    assert story.measure("urgency.endorsed_each_kind").value == 0


@pytest.mark.parametrize("missing", ["indicator", "baseline", "baseline_on", "target", "due"])
def test_a_goal_is_complete_only_with_everything_it_is_measured_by(missing: str) -> None:
    story = Story().circle()
    story.goal("g1")
    facts: dict[str, Any] = {missing: None}
    story.goal("g2", **facts)
    assert story.measure("results.goals_complete").value == Fraction(1, 2)


def test_a_changed_goal_keeps_its_measurements() -> None:
    story = Story().circle()
    story.goal("g1")
    measured = story.record(
        "results.measurement_recorded",
        goal="g1",
        measured_on="2023-01-01",
        fresh_until="2023-12-31",
    )
    story.goal("g1", revision=2)
    assert story.measure("results.goals_measured").evidence == (measured,)


def test_a_dropped_goal_asks_to_confirm_the_benefit_of_the_others_again() -> None:
    story = Story().circle()
    story.goal("g1")
    story.goal("g2")
    for party in "resg":
        story.benefit(party)
    assert story.measure("benefit.reconfirmed").value == 1
    story.record("vision.goal_dropped", goal="g2", revision=1)
    assert story.measure("benefit.reconfirmed").value == 0
