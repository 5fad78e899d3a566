"""Circle complete, at the edges of its thresholds."""

import datetime as dt

from wijkverbond.analysis.vitality.tests.story import START, Story, days
from wijkverbond.analysis.vitality.thresholds import State


def test_circle_counts_society_kinds_with_a_directly_involved_party() -> None:
    story = Story()
    story.start()
    assert story.state("circle") is State.NOT_ENOUGH_DATA
    story.join("g", "government")
    story.join("r", "residents")
    assert story.state("circle") is State.ABSENT
    story.join("e", "entrepreneurs", involvement="distance")
    assert story.state("circle") is State.ABSENT
    story.record(
        "coalition.party_described",
        by="e",
        party="e",
        kind="entrepreneurs",
        involvement="owns",
    )
    assert story.state("circle") is State.EMERGING
    story.join("s", "civil_society", involvement="lives")
    assert story.state("circle") is State.PRESENT


def _tied() -> Story:
    story = Story().circle()
    for party, other in (("r", "e"), ("s", "g")):
        story.record(
            "coalition.tie_reported", by=party, party=party, other=other, strength="informs",
            year=2023,
        )  # fmt: skip
    return story


def test_circle_is_strong_when_nobody_is_isolated() -> None:
    story = _tied()
    assert story.state("circle") is State.STRONG
    story.join("e2", "entrepreneurs")
    assert story.state("circle") is State.PRESENT
    story.pledge("p", "e2", with_parties=["r"])
    assert story.state("circle") is State.STRONG


def test_ties_with_a_party_that_left_no_longer_count() -> None:
    story = _tied()
    story.record("coalition.party_left", by="e", party="e", kind="entrepreneurs")
    assert story.measure("circle.busiest_share").evidence == (story.entries[6].id,)
    assert story.measure("circle.isolated").evidence == (story.entries[1].id,)


def test_a_missing_voice_keeps_the_circle_from_strong_after_90_days_until_answered() -> None:
    story = _tied()
    story.record("coalition.missing_voice_suggested", missing_voice="v", kind="residents")
    story.on(START + days(90)).awake()
    assert story.state("circle") is State.STRONG
    assert story.later(1).state("circle") is State.PRESENT
    story.record("coalition.missing_voice_dismissed", missing_voice="v", kind="residents")
    assert story.state("circle") is State.STRONG


def test_a_reported_tie_counts_in_its_year_and_the_next() -> None:
    story = _tied()
    story.on(dt.date(2024, 12, 31)).awake()
    assert story.state("circle") is State.STRONG
    assert story.later(1).state("circle") is State.PRESENT


def _star(spokes: int) -> Story:
    story = Story().circle()
    for number in range(spokes - 3):
        story.join(f"e{number}", "entrepreneurs")
    others = [party for party in story.read().network.isolated if party != "r"]
    for other in others:
        story.record(
            "coalition.tie_reported", by="r", party="r", other=other, strength="together",
            year=2023,
        )  # fmt: skip
    return story


def test_from_six_parties_on_no_party_but_the_secretariat_has_more_than_half_of_the_ties() -> None:
    assert _star(4).state("circle") is State.STRONG
    story = _star(5)
    assert story.state("circle") is State.PRESENT
    story.record("coalition.secretariat_granted", secretariat="x", party="r")
    assert story.state("circle") is State.STRONG
    story.record("coalition.secretariat_revoked", secretariat="x")
    assert story.state("circle") is State.PRESENT
