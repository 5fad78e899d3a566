"""The properties of measures.md 5, over random journals."""

import random

from hypothesis import assume, example, given
from hypothesis import strategies as st

from tests.examples import at_least
from wijkverbond.analysis.vitality.ledger import EntryFacts
from wijkverbond.analysis.vitality.overall import PROOFS
from wijkverbond.analysis.vitality.reading import VitalityReading, read
from wijkverbond.analysis.vitality.tests.random_story import ACTS, acts, tell
from wijkverbond.analysis.vitality.tests.story import START, Story, days, vital_story
from wijkverbond.analysis.vitality.thresholds import CODES, State

BALANCE = {"circle": "busiest_share", "energy": "largest_share_of_deeds"}
"""Measures of balance between parties: less of the busiest one rightly improves them."""


def states(reading: VitalityReading) -> dict[str, State]:
    return {code: condition.state for code, condition in reading.conditions.items()}


def is_positive(entry: EntryFacts) -> bool:
    """Whether an entry counts in numerators only."""
    facts = entry.facts
    match entry.event:
        case "insights.insight_recognised":
            return bool(facts["view"] == "recognises")
        case "urgency.reading_published":
            return bool(facts["leaning"])
        case "urgency.shared_urgency_adopted":
            return bool(facts["agreement"] == facts["agreement_direct"] == "shared")
        case "coalition.tie_reported":
            return bool(facts["strength"] != "none")
        case "actions.check_in_judged":
            return bool(facts["verdict"] == "kept")
        case "actions.request_answered":
            return bool(facts["verdict"] == "granted" and facts["answered_on"] <= facts["due"])
    return entry.event in {
        "urgency.shared_urgency_endorsed",
        "coalition.missing_voice_dismissed",
        "coalition.missing_voice_filled",
        "vision.benefit_confirmed",
        "commitments.signed",
        "commitments.yearly_check_held",
        "actions.action_done",
        "breakthroughs.claimed",
        "breakthroughs.confirmed",
        "breakthroughs.established",
        "results.measurement_recorded",
    }


def without(story: Story, gone: EntryFacts) -> list[EntryFacts]:
    """The journal without one entry; the party stays awake, so that only the evidence goes."""
    sign_of_life = gone._replace(event="decisions.position_taken", facts={})
    return [sign_of_life if entry is gone else entry for entry in story.entries]


@at_least(150)
@given(acts, st.data())
def test_removing_positive_evidence_never_raises_a_state(
    written_acts: list[tuple[int, str, int]], data: st.DataObject
) -> None:
    story = tell(written_acts)
    positive = [entry for entry in story.entries if is_positive(entry)]
    assume(positive)
    day = story.today + days(data.draw(st.integers(0, 200)))
    before = read(story.entries, day)
    after = read(without(story, data.draw(st.sampled_from(positive))), day)
    for code in CODES:
        if code in BALANCE and _improved(before, after, code):
            continue
        assert after.conditions[code].state <= before.conditions[code].state, code


def _improved(before: VitalityReading, after: VitalityReading, code: str) -> bool:
    met = [
        next(
            measure
            for measure in reading.conditions[code].measures
            if measure.name == BALANCE[code]
        )
        for reading in (before, after)
    ]
    return not met[1].thresholds.keys() <= met[0].met


def test_removing_any_evidence_of_a_vital_coalition_never_raises_a_state() -> None:
    story = vital_story()
    before = story.read()
    for gone in story.entries:
        if is_positive(gone):
            after = read(without(story, gone), story.today)
            for code in CODES:
                assert after.conditions[code].state <= before.conditions[code].state


@at_least(150)
@given(acts, st.sampled_from(sorted(ACTS)), st.integers(0, 999))
def test_more_evidence_never_gives_not_enough_data(
    written_acts: list[tuple[int, str, int]], act: str, pick: int
) -> None:
    story = tell(written_acts)
    before = states(story.read())
    ACTS[act](story, pick)
    after = states(story.read())
    for code in CODES:
        if after[code] is State.NOT_ENOUGH_DATA:
            assert before[code] is State.NOT_ENOUGH_DATA


@at_least(100)
@given(acts, st.integers(0, 3000))
def test_time_alone_never_gives_not_enough_data(
    written_acts: list[tuple[int, str, int]], later: int
) -> None:
    story = tell(written_acts)
    before, after = states(story.read()), states(story.read(story.today + days(later)))
    for code in CODES:
        if after[code] is State.NOT_ENOUGH_DATA:
            assert before[code] is State.NOT_ENOUGH_DATA


@at_least(100)
@given(acts, st.integers(0, 60), st.integers(0, 400))
def test_the_reading_of_a_past_date_never_changes_through_later_records(
    written_acts: list[tuple[int, str, int]], first: int, back: int
) -> None:
    story, past = tell(written_acts), tell(written_acts[:first])
    day = past.today
    later = [entry for entry in story.entries if entry.at.date() > day]
    paper = [entry._replace(occurred_at=entry.at - days(back)) for entry in later]
    earlier = [entry for entry in story.entries if entry.at.date() <= day]
    before = read(earlier, day)
    assert read([*earlier, *later], day) == before
    assert read([*earlier, *paper], day).digest == before.digest


@at_least(100)
@given(acts, st.integers(1, 6))
def test_adding_government_parties_never_raises_shared_urgency(
    written_acts: list[tuple[int, str, int]], count: int
) -> None:
    story = tell(written_acts)
    before = story.state("urgency")
    for number in range(count):
        story.join(f"government-{number}", "government")
        story.endorse(f"government-{number}", "government")
    assert story.state("urgency") is before


@at_least(150)
@given(acts, st.integers(0, 400))
@example([], 0)
def test_no_coalition_reads_vital_without_both_proofs(
    written_acts: list[tuple[int, str, int]], later: int
) -> None:
    story = tell(written_acts)
    reading = story.read(story.today + days(later))
    if reading.overall == "vital":
        assert all(reading.conditions[code].state >= State.PRESENT for code in PROOFS)


@at_least(100)
@given(acts, st.randoms(use_true_random=False))
def test_the_reading_follows_the_sequence_not_the_order_in_which_entries_are_handed_over(
    written_acts: list[tuple[int, str, int]], chance: random.Random
) -> None:
    story = tell(written_acts)
    shuffled = list(story.entries)
    chance.shuffle(shuffled)
    assert read(shuffled, story.today).digest == story.read().digest


@at_least(100)
@given(acts, st.data())
def test_any_entry_can_be_missing(
    written_acts: list[tuple[int, str, int]], data: st.DataObject
) -> None:
    story = tell(written_acts)
    gone = data.draw(st.sampled_from(story.entries))
    reading = read([entry for entry in story.entries if entry is not gone], story.today)
    assert set(reading.conditions) == set(CODES)
    assert read([], START).overall == "starting"


@at_least(100)
@given(acts)
def test_evidence_names_only_entries_of_the_journal_and_shares_stay_within_one(
    written_acts: list[tuple[int, str, int]],
) -> None:
    story = tell(written_acts)
    reading = story.read()
    for condition in reading.conditions.values():
        for measure in condition.measures:
            assert set(measure.evidence) <= {entry.id for entry in story.entries}
            if "share" in measure.name or measure.name.endswith(("_kind", "_kept", "_deed")):
                assert measure.value is None or 0 <= measure.value <= 1
