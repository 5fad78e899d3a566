"""Urgency shared, at the edges of its thresholds."""

import datetime as dt

from wijkverbond.analysis.vitality.tests.story import START, Story, days
from wijkverbond.analysis.vitality.thresholds import State


def test_urgency_is_unknown_until_a_conversation_opens_and_then_absent() -> None:
    story = Story().circle()
    assert story.state("urgency") is State.NOT_ENOUGH_DATA
    story.record("urgency.conversation_opened", conversation="q")
    assert story.state("urgency") is State.ABSENT


def test_urgency_emerges_when_agreement_leans_or_an_urgency_is_proposed() -> None:
    story = Story().circle()
    story.record("urgency.reading_published", conversation="q", shared=[], leaning=["s"])
    story.record("urgency.conversation_opened", conversation="q")
    assert story.state("urgency") is State.EMERGING
    story.record("urgency.reading_published", conversation="q", shared=[], leaning=[])
    assert story.state("urgency") is State.ABSENT
    story.urgency()
    assert story.state("urgency") is State.EMERGING


def test_urgency_is_present_only_when_adopted_and_measured_as_shared() -> None:
    story = Story().circle()
    story.urgency()
    story.adopt(agreement="leaning")
    assert story.state("urgency") is State.EMERGING
    story.adopt(agreement="shared", agreement_direct="leaning")
    assert story.state("urgency") is State.PRESENT


def test_urgency_that_was_not_asked_again_in_time_is_no_longer_present() -> None:
    story = Story().circle()
    story.urgency()
    story.adopt(ask_again_by="2024-01-01")
    on_the_day = story.read(dt.date(2024, 1, 1)).conditions["urgency"]
    day_after = story.read(dt.date(2024, 1, 2)).conditions["urgency"]
    assert on_the_day.state is State.PRESENT
    assert day_after.state is State.EMERGING


def _with_entrepreneurs(count: int, endorsing: int) -> Story:
    story = Story()
    story.start()
    story.join("r", "residents")
    story.join("s", "civil_society")
    for number in range(count):
        story.join(f"e{number}", "entrepreneurs")
    story.urgency()
    story.adopt()
    story.endorse("r", "residents")
    story.endorse("s", "civil_society")
    for number in range(endorsing):
        story.endorse(f"e{number}", "entrepreneurs")
    return story


def test_urgency_is_strong_when_four_fifths_of_each_society_kind_endorse_it_within_a_year() -> None:
    assert _with_entrepreneurs(5, 4).state("urgency") is State.STRONG
    assert _with_entrepreneurs(5, 3).state("urgency") is State.PRESENT
    story = _with_entrepreneurs(1, 1)
    for party in ("r", "s", "e0"):
        story.on(START + days(364)).record("decisions.position_taken", by=party)
    assert story.state("urgency") is State.STRONG
    assert story.later(1).state("urgency") is State.PRESENT


def test_urgency_is_not_strong_when_those_directly_involved_do_not_share_it() -> None:
    story = _with_entrepreneurs(1, 1)
    story.adopt(agreement_direct="leaning")
    assert story.state("urgency") is State.PRESENT


def test_the_best_endorsed_of_several_urgencies_decides() -> None:
    story = _with_entrepreneurs(1, 1)
    story.urgency("u2")
    story.adopt("u2")
    endorsed = story.read().conditions["urgency"].measures[3]
    assert endorsed.value == 1
    endorsements = [
        entry.id for entry in story.entries if entry.event == "urgency.shared_urgency_endorsed"
    ]
    assert endorsed.evidence == tuple(endorsements)
    assert story.state("urgency") is State.STRONG


def test_a_new_wording_starts_the_endorsements_and_the_adoption_again() -> None:
    story = _with_entrepreneurs(1, 1)
    story.record(
        "urgency.shared_urgency_worded_anew",
        shared_urgency="u",
        revision=2,
        agreement="shared",
        agreement_direct="shared",
    )
    assert story.state("urgency") is State.EMERGING
    story.endorse("r", "residents")
    measures = story.read().conditions["urgency"].measures
    assert {measure.name: measure.value for measure in measures}["endorsed_each_kind"] is None


def test_government_parties_neither_raise_nor_lower_shared_urgency() -> None:
    story = _with_entrepreneurs(5, 3)
    before = story.state("urgency")
    for number in range(10):
        story.join(f"g{number}", "government")
        story.endorse(f"g{number}", "government")
    assert story.state("urgency") is before is State.PRESENT
