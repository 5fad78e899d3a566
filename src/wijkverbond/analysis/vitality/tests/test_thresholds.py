"""The default thresholds are those of measures.md 4, and each holds exactly at its edge."""

from fractions import Fraction

import pytest

from wijkverbond.analysis.vitality.ledger import Ledger
from wijkverbond.analysis.vitality.measures import view_on
from wijkverbond.analysis.vitality.tests.story import START, Story, days, pledged_story
from wijkverbond.analysis.vitality.thresholds import CODES, DEFAULTS, UNREACHABLE, State

# Written by hand from the table: condition, emerging, present, strong.
TABLE = """
insight.recognised_insights               1    3    6
insight.goals_resting_on_insight          -    -    1
urgency.proposed_or_leaning               1    -    -
urgency.adopted_shared                    -    1    -
urgency.shared_among_direct               -    -    1
urgency.endorsed_each_kind                -    -    80/100
circle.society_kinds                      2    3    -
circle.open_missing_voices                -    -    0
circle.isolated                           -    -    0
circle.busiest_share                      -    -    50/100
benefit.confirmed_share                   1/2  -    -
benefit.confirmed_each_kind               -    80/100  -
benefit.reconfirmed                       -    -    1
commitment.pledges_or_intent              1    -    -
commitment.in_force                       -    1    -
commitment.signed_each_kind               -    75/100  -
commitment.signed_share                   -    -    1
commitment.goals_with_signed_pledge       -    -    1
commitment.yearly_checks_late             -    -    0
results.goals_complete                    1/2  1    -
results.goals_measured                    -    1/2  1
results.outcomes_reported                 -    -    1
facilitation.answered                     1    -    -
facilitation.in_term                      -    75/100  90/100
facilitation.worst_terms_late             -    1    -
facilitation.late_open                    -    -    0
facilitation.granted                      -    -    1/2
facilitation.escalations_open             -    -    0
energy.parties_with_deed                  1/3  2/3  80/100
energy.pledges_kept                       -    70/100  85/100
energy.quarters_in_a_row                  -    -    4
energy.largest_share_of_deeds             -    -    1/2
breakthroughs.claimed                     1    -    -
breakthroughs.confirmed                   -    1    3
breakthroughs.resolved_anothers_obstacle  -    -    1
"""
ROWS = {name: cells for name, *cells in (line.split() for line in TABLE.split("\n") if line)}
AT_MOST = {
    "circle.open_missing_voices",
    "circle.isolated",
    "circle.busiest_share",
    "commitment.yearly_checks_late",
    "facilitation.worst_terms_late",
    "facilitation.late_open",
    "facilitation.escalations_open",
    "energy.largest_share_of_deeds",
}
A_LITTLE = Fraction(1, 1000)


def test_every_rule_is_one_of_the_table() -> None:
    assert DEFAULTS.rules.keys() == ROWS.keys()
    assert {name.partition(".")[0] for name in ROWS} == set(CODES)
    assert DEFAULTS.rules.keys() >= UNREACHABLE.keys()
    assert not DEFAULTS.changed


@pytest.mark.parametrize("name", sorted(ROWS))
def test_a_level_is_met_exactly_from_its_threshold_on(name: str) -> None:
    levels = (State.EMERGING, State.PRESENT, State.STRONG)
    limits = {
        level: Fraction(cell) for level, cell in zip(levels, ROWS[name], strict=True) if cell != "-"
    }
    view = view_on(Ledger(), 1, DEFAULTS)
    assert view.measure(name, None).thresholds == limits
    assert not view.measure(name, None).met
    for level, limit in limits.items():
        beyond = limit + A_LITTLE if name in AT_MOST else limit - A_LITTLE
        assert (level in view.measure(name, limit).met) is (name not in UNREACHABLE)
        assert level not in view.measure(name, beyond).met


def test_thresholds_can_be_changed_one_by_one_without_touching_the_defaults() -> None:
    name = "urgency.endorsed_each_kind"
    changed = DEFAULTS.with_changes({f"{name}.strong": "0.5", "days.recent": "0"})
    assert changed.rules[name].levels == {State.STRONG: Fraction(1, 2)}
    assert changed.days("recent") == 0
    assert DEFAULTS.rules[name].levels == {State.STRONG: Fraction(4, 5)}


def test_the_windows_are_those_of_the_table() -> None:
    windows = {
        "recent": 365,
        "now": 90,
        "dormant": 180,
        "deed": 180,
        "starting": 90,
        "missing_voice": 90,
        "yearly_check_grace": 30,
        "answer_to_judgement": 14,
        "breakthrough": 730,
    }
    assert {name: DEFAULTS.days(name) for name in windows} == windows


def _energy_of(parties: int, active_count: int, kept_count: int = 100) -> State:
    """So many parties with a pledge, so many that act, so many pledges in a hundred kept."""
    story = pledged_story(parties)
    dues = [START + days(31 + count) for count in range(100)]
    story.pledge("many", "r", dues=dues)
    story.on(START + days(140)).awake()
    for party in ("r", *(f"e{number}" for number in range(active_count - 1))):
        story.deed(party)
    for number in range(parties - 1):
        story.record("decisions.position_taken", by=f"e{number}")
        story.judge(f"p-e{number}", f"e{number}", "s", START + days(30), "kept")
    story.judge("p-r", "r", "s", START + days(30), "kept")
    for count, due in enumerate(dues, start=parties):
        story.judge("many", "r", "s", due, "kept" if count < kept_count else "not")
    return story.state("energy")


def test_energy_is_present_when_two_thirds_of_those_who_pledged_act() -> None:
    assert _energy_of(6, 4) is State.PRESENT
    assert _energy_of(6, 3) is State.EMERGING


def test_a_large_share_of_kept_promises_is_judged_over_all_of_them() -> None:
    assert _energy_of(1, 1, kept_count=71) is State.PRESENT
    assert _energy_of(1, 1, kept_count=70) is State.EMERGING


def test_half_of_all_ties_is_not_more_than_half() -> None:
    story = Story().circle()
    story.join("e2", "entrepreneurs")
    story.join("s2", "civil_society")
    for pair in (("r", "e"), ("r", "s"), ("r", "g"), ("e2", "s2"), ("e2", "s"), ("s2", "g")):
        story.record(
            "coalition.tie_reported",
            by=pair[0],
            party=pair[0],
            other=pair[1],
            strength="together",
            year=2023,
        )
    assert story.state("circle") is State.STRONG
    story.record(
        "coalition.tie_reported", by="r", party="r", other="e2", strength="together", year=2023
    )
    assert story.state("circle") is State.PRESENT


def test_the_states_are_five_from_unknown_to_strong() -> None:
    assert [(state.value, state.code) for state in State] == [
        (0, "not_enough_data"),
        (1, "absent"),
        (2, "emerging"),
        (3, "present"),
        (4, "strong"),
    ]


def test_the_counts_that_measures_are_made_with_are_those_of_the_table() -> None:
    settings = {
        "insight.kinds": 3,
        "insight.people": 5,
        "insight.lower_bound": Fraction(1, 2),
        "circle.busiest_from_parties": 6,
        "commitment.remaining_days.present": 365,
        "commitment.remaining_share.present": Fraction(1, 4),
        "commitment.remaining_days.strong": 730,
        "commitment.remaining_share.strong": Fraction(1, 2),
        "facilitation.shares_from_requests": 10,
        "energy.two_judges_from_parties": 12,
        "breakthroughs.kinds": 2,
        "breakthroughs.residents": 5,
        "overall.parties": 3,
        "overall.absent_conditions": 2,
        "warning.covenant_months": 6,
        "warning.silent_days": 120,
        "warning.late_requests": 2,
        "warning.share_of_deeds": Fraction(1, 2),
        "warning.share_of_leads": Fraction(2, 5),
        "warning.urgency_days": 730,
    }
    days_apart = {name: v for name, v in DEFAULTS.settings.items() if not name.startswith("days.")}
    assert days_apart == settings
