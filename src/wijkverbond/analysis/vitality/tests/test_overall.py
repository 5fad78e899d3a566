"""The overall sentence over every combination of states, and the weakest link."""

import itertools

import pytest

from wijkverbond.analysis.vitality.overall import Life, by_weakness, overall, unknown
from wijkverbond.analysis.vitality.tests.story import Story, days, vital_story
from wijkverbond.analysis.vitality.thresholds import CODES, State

N, A, E, P, S = State
WALKED = (
    "insight",
    "urgency",
    "circle",
    "benefit",
    "commitment",
    "results",
    "energy",
    "breakthroughs",
)
AWAKE = Life(young=False, silent=False)


def rows(i: State, u: State, c: State, b: State, k: State, r: State, e: State, d: State) -> str:
    """Rows 3 to 8 of the table in measures.md 4, written out once more by hand."""
    if N in (e, d, u, b, k):
        return "not_enough_data"
    if min(e, d, u, b, k) >= P and min(i, c, r) >= E:
        return "vital"
    if e == A and d == A and k >= P:
        return "on_paper"
    if (e >= P or d >= P) and k == A:
        return "energy_without_anchor"
    if (e >= E or d >= E) and (i, u, c, b, k, r).count(A) <= 2:
        return "becoming_vital"
    return "not_vital_yet"


def test_exactly_the_row_of_the_table_applies_to_every_combination_of_states() -> None:
    readings = set()
    for combination in itertools.product(State, repeat=len(WALKED)):
        # Facilitation is not handed over at all: it cannot be part of the sentence.
        read = overall(dict(zip(WALKED, combination, strict=True)), AWAKE)
        if read != rows(*combination):
            pytest.fail(f"{combination} reads {read}")
        if read == "vital" and min(combination[-2:]) < P:
            pytest.fail(f"{combination} reads vital without both proofs")
        readings.add(read)
    assert readings == {
        "not_enough_data",
        "vital",
        "on_paper",
        "energy_without_anchor",
        "becoming_vital",
        "not_vital_yet",
    }


def test_starting_comes_before_asleep_and_asleep_before_everything_else() -> None:
    for state in State:
        states = dict.fromkeys(WALKED, state)
        assert overall(states, Life(young=True, silent=True)) == "starting"
        assert overall(states, Life(young=False, silent=True)) == "asleep"


def test_not_enough_data_names_which() -> None:
    states = {**dict.fromkeys(CODES, P), "benefit": N, "energy": N, "insight": N}
    assert unknown(states) == ("benefit", "energy")


def test_the_weakest_link_is_the_lowest_then_the_longest_then_the_first_of_the_table() -> None:
    states = {**dict.fromkeys(CODES, P), "circle": E, "results": E, "benefit": E}
    since = {**dict.fromkeys(CODES, 700), "circle": 90, "results": 80, "benefit": 90}
    order = by_weakness(states, since)
    assert order[:3] == ["results", "circle", "benefit"]
    assert "facilitation" not in order


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
