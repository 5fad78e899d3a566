"""Energy released, at the edges of its thresholds."""

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest

from wijkverbond.analysis.vitality.tests.story import START, Story, days, pledged_story
from wijkverbond.analysis.vitality.thresholds import State


def test_energy_is_unknown_until_a_pledge_or_a_covenant_and_absent_without_deeds() -> None:
    story = Story().circle()
    story.deed("r")
    assert story.state("energy") is State.NOT_ENOUGH_DATA
    story.covenant()
    assert story.state("energy") is State.ABSENT
    assert story.state("breakthroughs") is State.ABSENT
    other = Story().circle()
    other.pledge("p", "r")
    assert other.state("energy") is State.ABSENT
    assert other.state("breakthroughs") is State.NOT_ENOUGH_DATA


def test_energy_emerges_when_a_third_of_those_with_a_pledge_did_something() -> None:
    story = pledged_story(3)
    story.deed("r")
    assert story.state("energy") is State.EMERGING
    assert pledged_story(4).state("energy") is State.ABSENT
    four = pledged_story(4)
    four.deed("r")
    four.deed("g")
    assert four.state("energy") is State.ABSENT


DEEDS: list[tuple[str, dict[str, Any]]] = [
    ("actions.action_done", {"party": "r", "action": "a"}),
    ("actions.check_in_reported", {"party": "r", "pledge": "p-r", "verdict": "kept"}),
    ("actions.check_in_reported", {"party": "r", "pledge": "p-r", "verdict": "partly"}),
    (
        "actions.initiative_started",
        {"initiative": "n", "lead": "r", "origin_kind": "residents", "parties": [], "goals": []},
    ),
    ("actions.initiative_finished", {"initiative": "n", "lead": "r"}),
    ("actions.obstacle_resolved", {"obstacle": "o", "party": "e", "resolved_by": ["r"]}),
]
NO_DEEDS: list[tuple[str, dict[str, Any]]] = [
    ("actions.check_in_reported", {"party": "r", "pledge": "p-r", "verdict": "not"}),
    ("actions.initiative_stopped", {"initiative": "n", "lead": "r"}),
    ("actions.obstacle_resolved", {"obstacle": "o", "party": "r", "resolved_by": ["e"]}),
    ("decisions.position_taken", {"party": "r"}),
    ("commitments.signed", {"party": "r", "covenant": "k"}),
]


@pytest.mark.parametrize(("event", "facts"), DEEDS)
def test_a_deed_releases_energy(event: str, facts: dict[str, Any]) -> None:
    story = pledged_story(1)
    story.record(event, **facts)
    assert story.state("energy") is State.EMERGING


@pytest.mark.parametrize(("event", "facts"), NO_DEEDS)
def test_paperwork_is_no_deed(event: str, facts: dict[str, Any]) -> None:
    story = pledged_story(1)
    story.record(event, **facts)
    assert story.state("energy") is State.ABSENT


def test_a_breakthrough_is_a_deed_of_its_contributors_and_an_answer_one_of_government() -> None:
    story = pledged_story(1)
    story.pledge("p-g", "g")
    story.breakthrough("b")
    assert _parties_with_deed(story) == Fraction(1, 2)
    story.request("q")
    story.answer("q", story.today, "declined")
    assert _parties_with_deed(story) == Fraction(1, 2)
    story.answer("q", story.today, "partly")
    assert _parties_with_deed(story) == 1


def _parties_with_deed(story: Story) -> object:
    return story.measure("energy.parties_with_deed").value


def _beside_the_level(story: Story) -> tuple[object, object]:
    return (
        story.measure("energy.people_active").value,
        story.measure("energy.society_initiatives").value,
    )


def test_people_active_and_initiatives_of_society_are_told_beside_the_level() -> None:
    story = pledged_story(1)
    story.record("actions.action_done", by="r", party="r", action="a", people=12)
    for number, kind in enumerate(("residents", "civil_society", "government")):
        story.record(
            "actions.initiative_started",
            by="r",
            initiative=f"n{number}",
            lead="r",
            origin_kind=kind,
            parties=[],
            goals=[],
        )
    report: dict[str, Any] = {"pledge": "p-r", "party": "r", "verdict": "kept", "people": 3}
    story.later(89).record("actions.check_in_reported", by="r", **report)
    assert _beside_the_level(story) == (15, 2)
    assert _beside_the_level(story.later(1)) == (3, 2)
    assert _beside_the_level(story.later(275)) == (0, 0)


def test_who_pledged_is_asked_for_deeds_until_180_days_after_the_pledge_ended() -> None:
    story = Story().circle()
    story.pledge("p-r", "r", until=START.isoformat())
    story.pledge("p-e", "e")
    story.on(START + days(170)).awake()
    deed = story.deed("e")
    story.deed("s")
    assert story.measure("energy.parties_with_deed").evidence == (deed,)
    assert _parties_with_deed(story.on(START + days(179))) == Fraction(1, 2)
    assert _parties_with_deed(story.later(1)) == 1
    withdrawn = Story().circle()
    withdrawn.pledge("p-r", "r")
    withdrawn.record("commitments.pledge_withdrawn", by="r", pledge="p-r", party="r")
    assert _parties_with_deed(withdrawn) is None


def test_every_promise_that_came_due_counts_once() -> None:
    story = Story().circle()
    dues = [START + days(count) for count in (1, 2, 3)]
    story.pledge("p", "r", dues=dues)
    story.later(30)
    judged = story.judge("p", "r", "e", dues[0], "kept")
    pledges_kept = story.measure("energy.pledges_kept")
    assert (pledges_kept.value, pledges_kept.evidence) == (Fraction(1, 3), (judged,))


def test_a_deed_counts_for_180_days() -> None:
    story = pledged_story(1)
    story.deed("r")
    story.on(START + days(179)).record("decisions.position_taken", by="r")
    assert story.state("energy") is State.EMERGING
    assert story.later(1).state("energy") is State.ABSENT


def _kept(kept_count: int, due_count: int) -> Story:
    """Ten-odd parties that all act; so many of their due pledges are judged kept."""
    story = Story().circle()
    dues = [START + days(30 + number) for number in range(due_count)]
    story.pledge("p", "r", dues=dues)
    story.on(START + days(60)).deed("r")
    for number, day in enumerate(dues):
        story.judge("p", "r", "e", day, "kept" if number < kept_count else "partly")
    return story


def test_energy_is_present_with_seven_tenths_kept_in_the_judgement_of_others() -> None:
    assert _kept(7, 10).state("energy") is State.PRESENT
    assert _kept(6, 10).state("energy") is State.EMERGING


def test_without_any_promise_that_came_due_energy_is_not_present() -> None:
    story = pledged_story(1)
    story.deed("r")
    assert story.measure("energy.pledges_kept").value is None
    assert story.state("energy") is State.EMERGING


def test_a_party_never_judges_its_own_promise() -> None:
    story = pledged_story(1)
    story.on(START + days(30)).deed("r")
    story.judge("p-r", "r", "r", START + days(30), "kept")
    assert story.state("energy") is State.EMERGING
    story.judge("p-r", "r", "e", START + days(30), "kept")
    assert story.state("energy") is State.PRESENT
    story.judge("p-r", "r", "s", START + days(30), "not")
    assert story.state("energy") is State.EMERGING
    story.judge("p-r", "r", "g", START + days(30), "kept")
    assert story.state("energy") is State.PRESENT


def test_a_promise_nobody_judged_counts_as_not_kept_a_fortnight_after_it_was_due() -> None:
    story = pledged_story(1)
    story.on(START + days(30)).deed("r")
    story.record(
        "actions.check_in_reported",
        by="r",
        pledge="p-r",
        party="r",
        due=story.today.isoformat(),
        verdict="kept",
    )
    assert story.measure("energy.pledges_kept", START + days(43)).value is None
    assert story.measure("energy.pledges_kept", START + days(44)).value == 0


def test_in_a_large_coalition_a_promise_needs_two_judges() -> None:
    story = pledged_story(9)
    assert len(story.read().network.isolated) == 12
    story.on(START + days(30))
    for party in ("r", *(f"e{number}" for number in range(8))):
        story.deed(party)
        story.judge(f"p-{party}", party, "s", story.today, "kept")
    assert story.state("energy") is State.EMERGING
    for party in ("r", *(f"e{number}" for number in range(8))):
        story.judge(f"p-{party}", party, "g", story.today, "kept")
    assert story.state("energy") is State.PRESENT


def test_changing_or_withdrawing_a_pledge_does_not_undo_what_came_due() -> None:
    story = pledged_story(1)
    story.on(START + days(60)).deed("r")
    story.pledge("p-r", "r", dues=[])
    assert story.measure("energy.pledges_kept").value == 0
    story.record("commitments.pledge_withdrawn", by="r", pledge="p-r", party="r")
    assert story.measure("energy.pledges_kept").value == 0


def _quarters(count: int) -> Story:
    """Three parties that keep a pledge each month for so many full quarters after the start."""
    story = Story().circle()
    dues = [START + days(30 * number) for number in range(1, 20)]
    for party in "res":
        story.pledge(f"p-{party}", party, dues=dues)
    end = dt.date(2023 + count // 4, count % 4 * 3 + 1, 1)
    for due in dues:
        if due < end:
            story.on(due)
            for party, judge in zip("res", "esr", strict=True):
                story.deed(party)
                story.judge(f"p-{party}", party, judge, due, "kept")
    return story.on(end)


def test_energy_is_strong_after_four_quarters_in_a_row() -> None:
    assert _quarters(3).state("energy") is State.PRESENT
    assert _quarters(4).state("energy") is State.STRONG


def test_only_the_quarters_since_energy_was_last_missing_are_in_a_row() -> None:
    story = Story().circle()
    due = START + days(30)
    story.pledge("p", "r", dues=[due])
    story.on(due).judge("p", "r", "e", due, "kept")
    story.on(START + days(60)).deed("r")
    story.on(START + days(200)).awake()
    story.on(START + days(300)).deed("r")
    last_days = ("2023-06-30", "2023-09-30", "2023-12-31")
    trend = {
        day.isoformat(): state
        for day, state in story.on(dt.date(2024, 1, 2)).read().conditions["energy"].trend
    }
    assert [trend[day] >= State.PRESENT for day in last_days] == [True, False, True]
    assert story.measure("energy.quarters_in_a_row").value == 1


def test_energy_is_not_strong_when_one_party_does_more_than_half() -> None:
    story = _quarters(4)
    deeds = sum(entry.event == "actions.action_done" for entry in story.entries)
    for _ in range(deeds):
        story.deed("r")
    assert story.state("energy") is State.PRESENT
