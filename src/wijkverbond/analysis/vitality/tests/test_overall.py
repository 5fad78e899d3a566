"""The overall sentence over every combination of states, and the weakest link."""

import itertools

import pytest

from wijkverbond.analysis.vitality.overall import Life, by_weakness, overall, unknown
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
