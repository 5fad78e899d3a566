"""Results-oriented, at the edges of its thresholds."""

import datetime as dt
from typing import Any

from wijkverbond.analysis.vitality.tests.story import Story
from wijkverbond.analysis.vitality.thresholds import State


def test_results_level_follows_complete_and_freshly_measured_goals() -> None:
    story = Story().circle()
    assert story.state("results") is State.NOT_ENOUGH_DATA
    story.goal("g1")
    story.goal("g2", target=None)
    story.goal("g3", due=None)
    assert story.state("results") is State.ABSENT
    story.record("vision.goal_dropped", goal="g3", revision=1)
    assert story.state("results") is State.EMERGING
    story.goal("g2")
    assert story.state("results") is State.EMERGING
    story.record(
        "results.measurement_recorded",
        goal="g1",
        measured_on="2023-01-01",
        fresh_until="2023-12-31",
    )
    assert story.state("results") is State.PRESENT
    assert story.read(dt.date(2023, 12, 31)).conditions["results"].state is State.PRESENT
    assert story.read(dt.date(2024, 1, 1)).conditions["results"].state is State.EMERGING


def test_a_measurement_from_the_baseline_itself_is_no_measurement() -> None:
    story = Story().circle()
    story.goal("g1")
    story.record(
        "results.measurement_recorded",
        goal="g1",
        measured_on="2022-12-31",
        fresh_until="2023-12-31",
    )
    assert story.state("results") is State.EMERGING


def test_a_measurement_that_was_corrected_counts_no_more() -> None:
    story = Story().circle()
    story.goal("g1")
    facts: dict[str, Any] = {"goal": "g1", "fresh_until": "2023-12-31"}
    story.record(
        "results.measurement_recorded", measurement="m1", measured_on="2023-01-01", **facts
    )
    assert story.state("results") is State.PRESENT
    story.record(
        "results.measurement_corrected",
        measurement="m2",
        replaces="m1",
        measured_on="2022-12-31",
        **facts,
    )
    assert story.state("results") is State.EMERGING


def test_the_age_of_the_oldest_measurement_is_told_beside_the_level() -> None:
    story = Story().circle()
    story.goal("g1")
    story.goal("g2")
    for goal, day in (("g1", "2023-01-02"), ("g1", "2023-02-01"), ("g2", "2023-01-12")):
        story.record(
            "results.measurement_recorded", goal=goal, measured_on=day, fresh_until="2023-12-31"
        )
    assert story.measure("results.oldest_measurement_days", dt.date(2023, 2, 11)).value == 30


def test_results_cannot_be_strong_yet_and_the_reading_says_so() -> None:
    story = Story().circle()
    story.goal("g1")
    story.record(
        "results.measurement_recorded",
        goal="g1",
        measured_on="2023-01-01",
        fresh_until="2024-01-01",
    )
    condition = story.read().conditions["results"]
    assert condition.state is State.PRESENT
    assert condition.unreachable == ("strong",)
    figures = {measure.name: measure.as_dict() for measure in condition.measures}
    assert figures["outcomes_reported"]["reachable"] is False
    assert figures["outcomes_reported"]["waits_for"] == "funding and pressure"
    assert figures["goals_complete"]["reachable"] is True
