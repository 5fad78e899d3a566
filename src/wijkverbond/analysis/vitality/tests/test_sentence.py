"""The overall sentence of a coalition, as its story goes."""

import datetime as dt

from wijkverbond.analysis.vitality.tests.story import Story, days, vital_story
from wijkverbond.analysis.vitality.thresholds import DEFAULTS


def test_a_coalition_is_starting_with_two_parties_or_for_90_days() -> None:
    story = Story()
    story.start()
    story.join("r", "residents")
    story.join("e", "entrepreneurs")
    assert story.later(100).read().overall == "starting"
    story.join("s", "civil_society")
    assert story.read().overall == "not_enough_data"
    young = Story().circle()
    assert young.later(89).read().overall == "starting"
    assert young.later(1).read().overall == "not_enough_data"


def test_an_adopted_urgency_or_a_covenant_ends_the_start() -> None:
    story = Story().circle()
    story.urgency()
    assert story.read().overall == "starting"
    story.adopt()
    assert story.read().overall == "not_enough_data"
    other = Story().circle()
    other.covenant()
    assert other.read().overall == "not_enough_data"


def test_a_coalition_falls_asleep_after_180_days_without_a_sign_of_life() -> None:
    story = vital_story()
    assert story.read().overall == "vital"
    last = story.today
    assert story.read(last + days(179)).overall != "asleep"
    assert story.read(last + days(180)).overall == "asleep"


def test_nobody_signing_and_everybody_acting_reads_energy_without_anchor() -> None:
    story = vital_story()
    story.record("commitments.covenant_ended", covenant="k", why="decided")
    for party in "res":
        story.record("commitments.pledge_withdrawn", by=party, pledge=f"p-{party}", party=party)
    reading = story.read()
    assert reading.overall == "energy_without_anchor"
    assert reading.weakest == "commitment"


def test_a_signed_covenant_without_deeds_reads_on_paper() -> None:
    story = Story().circle()
    story.urgency()
    story.adopt()
    story.goal("g1")
    story.covenant()
    assert story.read().overall == "on_paper"


def test_of_two_urgencies_one_that_is_adopted_ends_the_start() -> None:
    story = Story().circle()
    story.urgency("waiting")
    story.urgency()
    story.adopt()
    assert story.read().overall == "not_enough_data"


def test_only_a_young_coalition_of_few_parties_is_starting_after_its_covenant_or_not() -> None:
    story = Story()
    story.start()
    story.join("r", "residents")
    story.covenant("r")
    assert story.read().overall == "not_enough_data"


def test_a_coalition_asleep_has_no_party_that_gave_a_sign_of_life_lately() -> None:
    story = Story().circle()
    story.covenant()
    story.later(179)
    assert story.read().overall == "not_enough_data"
    story.record("decisions.position_taken", by="e")
    assert story.later(1).read().overall == "not_enough_data"
    assert story.later(179).read().overall == "asleep"


def test_a_coalition_decides_how_many_conditions_may_be_absent_while_it_becomes_vital() -> None:
    story = vital_story()
    story.record("vision.goal_dropped", goal="g1", revision=1)
    story.later(1)
    strict = DEFAULTS.with_changes({"overall.absent_conditions": "0"})
    assert story.read().overall == "becoming_vital"
    assert story.read(thresholds=strict).overall == "not_vital_yet"


def test_at_the_very_first_date_there_is_no_quarter_to_look_back_on() -> None:
    story = Story(dt.date(1, 2, 1)).circle()
    trend = story.read(dt.date(1, 4, 1)).conditions["circle"].trend
    assert [day.isoformat() for day, _state in trend] == ["0001-03-31"]
