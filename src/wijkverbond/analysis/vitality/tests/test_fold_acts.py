"""What the journal says of pledges, covenants, deeds, requests and breakthroughs, entry by entry."""

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest

from wijkverbond.analysis.vitality.tests.story import START, Story, days, pledged_story
from wijkverbond.analysis.vitality.thresholds import DEFAULTS, State


def _initiative(story: Story, name: str, lead: str, parties: Sequence[str] = ()) -> int:
    return story.record(
        "actions.initiative_started",
        by=lead,
        initiative=name,
        lead=lead,
        origin_kind="residents",
        parties=list(parties),
        goals=[],
    )


def test_promises_count_from_their_day_in_whatever_order_they_are_written() -> None:
    story = Story().circle()
    dues = [START + days(count) for count in (300, 2, 200, 1)]
    story.pledge("p", "r", dues=dues)
    story.later(20)
    story.judge("p", "r", "e", START + days(1), "kept")
    assert story.measure("energy.pledges_kept").value == Fraction(1, 2)


def test_what_came_due_up_to_the_day_of_a_change_stays_and_later_days_are_the_new_ones() -> None:
    story = Story().circle()
    first, second, later = (START + days(count) for count in (5, 30, 40))
    story.pledge("p", "r", dues=[first, second, later])
    story.on(first).judge("p", "r", "e", first, "kept")
    story.on(second).pledge("p", "r", dues=[second])
    story.judge("p", "r", "e", second, "not")
    assert story.later(60).measure("energy.pledges_kept").value == Fraction(1, 2)


def test_what_was_reported_before_a_change_still_asks_to_be_judged() -> None:
    story = pledged_story(1)
    story.on(START + days(30)).record(
        "actions.check_in_reported",
        by="r",
        pledge="p-r",
        party="r",
        due=story.today.isoformat(),
        verdict="kept",
    )
    story.pledge("p-r", "r")
    step = story.read().conditions["energy"].step
    assert step is not None
    assert step.code == "judge_pledge"


def test_a_withdrawn_pledge_owes_what_came_due_up_to_that_day_and_nothing_after() -> None:
    story = Story().circle()
    due_days = [START + days(count) for count in (5, 30, 40)]
    story.pledge("p", "r", dues=due_days)
    story.on(due_days[0]).judge("p", "r", "e", due_days[0], "kept")
    story.on(due_days[1]).record("commitments.pledge_withdrawn", by="r", pledge="p", party="r")
    assert story.later(60).measure("energy.pledges_kept").value == Fraction(1, 2)


def test_a_letter_of_intent_in_force_is_no_covenant() -> None:
    story = Story().circle()
    story.open_covenant("i", sort="letter_of_intent")
    story.record("commitments.covenant_in_force", covenant="i", sort="letter_of_intent",
                 checks_due=[])  # fmt: skip
    assert story.state("energy") is State.NOT_ENOUGH_DATA
    assert story.measure("commitment.in_force").value == 0


def test_the_latest_yearly_check_is_the_one_with_the_latest_day() -> None:
    story = Story().circle()
    story.open_covenant()
    first, second = START + days(365), START + days(730)
    story.in_force(checks_due=[second, first])
    story.on(second).record(
        "commitments.yearly_check_held",
        covenant="k",
        due=second.isoformat(),
        held=second.isoformat(),
    )
    assert story.measure("commitment.yearly_checks_late", second + days(31)).value == 0


def test_the_lead_of_an_initiative_works_with_all_its_parties() -> None:
    story = Story().circle()
    _initiative(story, "n", "r", parties=["e", "s"])
    assert story.read().network.ties == 3


def test_a_report_or_judgement_of_an_unknown_pledge_or_of_no_day_is_left_aside() -> None:
    story = pledged_story(1)
    story.later(30)
    due = story.today.isoformat()
    unknown: dict[str, Any] = {"party": "r", "verdict": "kept"}
    story.record("actions.check_in_reported", by="r", pledge="gone", due=due, **unknown)
    story.record("actions.check_in_judged", by="e", judge="e", pledge="gone", due=due, **unknown)
    story.record("actions.check_in_judged", by="e", judge="e", pledge="p-r", **unknown)
    story.record("actions.check_in_judged", by="e", judge="e", due=due, **unknown)
    assert story.measure("energy.pledges_kept").value is None


@pytest.mark.parametrize(
    ("event", "facts"),
    [
        ("commitments.pledge_withdrawn", {"pledge": "gone"}),
        ("commitments.signed", {"covenant": "gone", "party": "r"}),
        ("commitments.yearly_check_held", {"covenant": "gone"}),
        ("commitments.covenant_ended", {"covenant": "gone"}),
        ("actions.initiative_joined", {"initiative": "gone", "party": "r"}),
        ("actions.initiative_stopped", {"initiative": "gone", "lead": "r"}),
        ("actions.obstacle_resolved", {"obstacle": "gone", "resolved_by": []}),
        ("actions.request_answered", {"request": "gone"}),
        ("actions.request_withdrawn", {"request": "gone"}),
        ("breakthroughs.confirmed", {"breakthrough": "gone", "party": "r", "kind": "residents"}),
        ("breakthroughs.disputed", {"breakthrough": "gone", "party": "r"}),
        ("breakthroughs.established", {"breakthrough": "gone"}),
        ("results.measurement_recorded", {"goal": "gone"}),
        ("results.measurement_recorded", {"indicator": "of no goal"}),
        ("results.goal_met", {"goal": "gone"}),
    ],
)
def test_what_refers_to_something_unknown_is_left_aside(event: str, facts: dict[str, Any]) -> None:
    story = pledged_story(1)
    before = {code: condition.state for code, condition in story.read().conditions.items()}
    story.record(event, by="r", **facts)
    after = {code: condition.state for code, condition in story.read().conditions.items()}
    assert after == before


def test_a_term_of_less_than_a_day_is_late_by_a_whole_term_each_day() -> None:
    story = Story().circle()
    story.request("q", term=0)
    story.later(2)
    assert story.measure("facilitation.worst_terms_late").value == 2


def test_the_worst_delay_of_a_request_stays_when_a_later_answer_is_in_time() -> None:
    story = Story().circle()
    story.request("q", term=10)
    story.later(15).answer("q", START + days(10))
    story.record("actions.request_reopened", by="r", request="q", due="2023-06-01")
    assert story.measure("facilitation.worst_terms_late").value == Fraction(1, 2)
    story.answer("q", dt.date(2023, 6, 1))
    assert story.measure("facilitation.worst_terms_late").value == Fraction(1, 2)


@pytest.mark.parametrize("settled_by", ["actions.request_answered", "actions.request_accepted"])
def test_an_answer_or_its_acceptance_settles_an_escalation_and_owes_nothing(
    settled_by: str,
) -> None:
    story = Story().circle()
    story.request("q", term=10)
    escalated = story.record("actions.request_escalated", by="r", request="q", level="talk")
    assert story.measure("facilitation.escalations_open").evidence == (escalated,)
    story.record(
        settled_by,
        by="g",
        request="q",
        addressee="g",
        verdict="declined",
        helpful="no",
        answered_on=story.today.isoformat(),
        due=story.today.isoformat(),
    )
    assert story.measure("facilitation.escalations_open").value == 0
    assert story.later(11).measure("facilitation.late_open").value == 0


def test_a_reopened_request_owes_an_answer_by_its_new_day() -> None:
    story = Story().circle()
    story.request("q", term=10)
    story.answer("q", START + days(10))
    story.record("actions.request_reopened", by="r", request="q", due="2023-06-01")
    assert story.measure("facilitation.late_open", dt.date(2023, 6, 1)).value == 0
    assert story.measure("facilitation.late_open", dt.date(2023, 6, 2)).value == 1


def test_whether_an_answer_helped_rests_on_its_acceptance() -> None:
    story = Story().circle()
    story.request("q")
    story.answer("q", story.today)
    accepted = story.record("actions.request_accepted", by="r", request="q", helpful="yes")
    assert story.measure("facilitation.helpful").evidence == (accepted,)


@pytest.mark.parametrize("verdict", ["granted", "partly"])
def test_an_answer_that_gives_something_is_a_deed_of_government(verdict: str) -> None:
    story = Story().circle()
    story.pledge("p", "g")
    story.request("q")
    answer = story.answer("q", story.today, verdict)
    assert story.measure("energy.parties_with_deed").evidence == (answer,)


@pytest.mark.parametrize(("party", "kind"), [("r", "residents"), ("e", "entrepreneurs")])
def test_neither_claimant_nor_contributor_is_one_of_two_kinds_that_confirm(
    party: str, kind: str
) -> None:
    story = Story().circle()
    story.claim("b", claimant="r", contributors=["e"])
    story.confirm("b", party, kind)
    story.confirm("b", "s", "civil_society")
    story.establish("b")
    assert story.measure("breakthroughs.confirmed").value == 0


def test_a_breakthrough_is_a_deed_of_each_contributor() -> None:
    story = Story().circle()
    for party in "resg":
        story.pledge(f"p-{party}", party)
    story.claim("b", contributors=["s", "e", "r"])
    established = story.establish("b")
    measure = story.measure("energy.parties_with_deed")
    assert (measure.value, measure.evidence) == (Fraction(3, 4), (established,))


def test_deeds_of_one_entry_are_in_the_same_order_on_every_machine() -> None:
    story = Story().circle()
    contributors = [f"p{number}" for number in range(9)]
    story.claim("b", contributors=contributors)
    story.establish("b")
    everyone = DEFAULTS.with_changes({"warning.share_of_deeds": "0"})
    busy = [
        warned.records
        for warned in story.read(thresholds=everyone).warnings
        if warned.code == "one_party_does_most"
    ]
    assert busy == [(f"party:{party}",) for party in contributors]


def test_a_correction_replaces_only_the_measurement_that_it_corrects() -> None:
    story = Story().circle()
    story.goal("g1")
    facts: dict[str, Any] = {"goal": "g1", "fresh_until": "2023-12-31"}
    for name, day in (("m1", "2023-01-01"), ("m2", "2023-01-05")):
        story.record("results.measurement_recorded", measurement=name, measured_on=day, **facts)
    corrected = story.record(
        "results.measurement_corrected",
        measurement="m3",
        replaces="m1",
        measured_on="2023-01-03",
        **facts,
    )
    story.on(dt.date(2023, 1, 10))
    assert story.measure("results.oldest_measurement_days").value == 5
    story.record(
        "results.measurement_corrected",
        measurement="m4",
        replaces="m2",
        measured_on="2023-01-02",
        **facts,
    )
    assert story.measure("results.goals_measured").evidence == (corrected,)
    assert story.measure("results.oldest_measurement_days").value == 7
