"""The next step of each condition: which one it is, and exactly which records it names."""

import datetime as dt

from wijkverbond.analysis.kinds import SOCIETY
from wijkverbond.analysis.vitality.tests.story import START, Story, days, pledged_story, vital_story
from wijkverbond.analysis.vitality.thresholds import State


def step(story: Story, condition: str) -> tuple[str, tuple[str, ...]] | None:
    """The next step of a condition today: its code and records."""
    next_step = story.read().conditions[condition].step
    return (next_step.code, next_step.records) if next_step else None


def _tie(story: Story, party: str, other: str) -> None:
    story.record(
        "coalition.tie_reported",
        by=party,
        party=party,
        other=other,
        strength="together",
        year=story.today.year,
    )


def _reported(story: Story, pledge: str, party: str, due: dt.date) -> None:
    story.record(
        "actions.check_in_reported",
        by=party,
        pledge=pledge,
        party=party,
        due=due.isoformat(),
        verdict="kept",
    )


def test_a_strong_condition_has_no_next_step() -> None:
    story = vital_story()
    strong = [
        condition
        for condition in story.read().conditions.values()
        if condition.state is State.STRONG
    ]
    assert strong
    assert not any(condition.step for condition in strong)


def test_a_step_names_five_records_at_most() -> None:
    story = Story().circle()
    for number in range(6):
        story.goal(f"g{number}", target=None)
    assert step(story, "results") == (
        "complete_goal",
        ("goal:g0", "goal:g1", "goal:g2", "goal:g3", "goal:g4"),
    )


def test_only_the_step_that_invites_says_which_kinds() -> None:
    story = Story()
    story.start()
    story.join("r", "residents")
    circle, insight = (story.read().conditions[code].step for code in ("circle", "insight"))
    assert circle is not None
    assert insight is not None
    assert circle.as_dict() == {
        "condition": "circle",
        "step": "invite_kind",
        "records": ["coalition:c"],
        "kinds": ["entrepreneurs", "civil_society"],
    }
    assert insight.as_dict() == {
        "condition": "insight",
        "step": "publish_insight",
        "records": ["coalition:c"],
    }


def test_parties_of_society_are_asked_before_government() -> None:
    story = Story()
    story.start()
    for party, kind in (("g", "government"), ("r", "residents"), ("e", "entrepreneurs")):
        story.join(party, kind)
    story.goal("g1")
    assert step(story, "benefit") == ("confirm_benefit", ("party:r", "party:e", "party:g"))


def test_insights_that_most_kinds_recognise_come_first_and_only_those_that_can_be_recognised() -> (
    None
):
    story = Story().circle()
    story.recognised("shared")
    story.insight("sourceless", sources=0)
    story.insight("withdrawn")
    story.record("insights.insight_withdrawn", insight="withdrawn", revision=1)
    for name in ("b", "a", "c", "most"):
        story.insight(name)
    for name, recognising in (("b", "r"), ("a", "r"), ("most", "re")):
        for party, kind in zip(recognising, SOCIETY, strict=False):
            story.recognise(name, party, kind)
    assert step(story, "insight") == (
        "recognise_insight",
        ("insight:most", "insight:a", "insight:b", "insight:c"),
    )


def test_with_enough_insights_the_goals_that_rest_on_none_are_named() -> None:
    story = Story().circle()
    for number in range(6):
        story.recognised(f"i{number}")
    story.insight("waiting")
    story.goal("g1", rests_on=["insight:i0"])
    story.goal("g2")
    assert step(story, "insight") == ("rest_goal_on_insight", ("goal:g2",))


def test_an_urgency_that_has_to_be_asked_again_is_named_without_those_that_wait() -> None:
    story = Story().circle()
    story.urgency("proposed")
    story.urgency()
    story.adopt(ask_again_by=START.isoformat())
    assert step(story.later(1), "urgency") == ("ask_again", ("shared_urgency:u",))


def test_those_directly_involved_are_asked_about_what_was_adopted_only() -> None:
    story = Story().circle()
    story.urgency("proposed")
    story.urgency()
    story.adopt(agreement_direct="leaning")
    assert step(story, "urgency") == ("ask_those_directly_involved", ("shared_urgency:u",))


def test_parties_of_society_are_asked_to_endorse_the_first_urgency_that_is_shared() -> None:
    story = Story().circle()
    story.urgency("old")
    story.adopt("old", agreement="leaning")
    for name in ("u", "later"):
        story.urgency(name)
        story.adopt(name)
    story.endorse("e", "entrepreneurs")
    assert step(story, "urgency") == (
        "endorse_urgency",
        ("shared_urgency:u", "party:r", "party:s"),
    )


def test_a_kind_that_is_only_there_at_a_distance_is_still_to_be_invited() -> None:
    story = Story()
    story.start()
    for party, kind in zip("re", SOCIETY, strict=False):
        story.join(party, kind)
    story.join("s", "civil_society", involvement="distance")
    invitation = story.read().conditions["circle"].step
    assert invitation is not None
    assert invitation.kinds == ("civil_society",)


def test_a_voice_that_is_missing_too_long_is_answered_before_ties_are_made() -> None:
    story = Story().circle()
    story.record("coalition.missing_voice_suggested", missing_voice="v1", kind="residents")
    story.later(90).record(
        "coalition.missing_voice_suggested", missing_voice="v2", kind="residents"
    )
    assert step(story.later(1), "circle") == ("answer_missing_voice", ("missing_voice:v1",))


def test_parties_without_a_tie_are_named_and_then_the_busiest() -> None:
    story = Story().circle()
    for number in range(2):
        story.join(f"e{number}", "entrepreneurs")
    for party in ("e", "s", "g", "e0"):
        _tie(story, "r", party)
    assert step(story, "circle") == ("report_tie", ("party:e1",))
    _tie(story, "r", "e1")
    assert step(story, "circle") == ("spread_ties", ("party:r",))


def test_a_benefit_confirmed_before_the_goals_changed_is_to_be_confirmed_again() -> None:
    story = Story().circle()
    story.goal("g1")
    for party in "resg":
        story.benefit(party)
    story.goal("g2")
    story.benefit("e", "g2")
    assert step(story, "benefit") == ("reconfirm_benefit", ("party:r", "party:s", "party:g"))


def test_a_covenant_without_any_goal_asks_for_a_pledge_to_one() -> None:
    story = Story().circle()
    story.covenant()
    assert step(story, "commitment") == ("pledge_to_goal", ("coalition:c",))


def test_a_covenant_asks_the_missing_signatures_before_pledges_to_goals() -> None:
    story = Story().circle()
    story.goal("g1")
    story.goal("g2")
    story.pledge("p", "r")
    story.covenant("res", pledges=["p"])
    assert step(story, "commitment") == ("sign_covenant", ("covenant:k", "party:g"))
    story.sign("g")
    assert step(story, "commitment") == ("pledge_to_goal", ("goal:g2",))


def test_a_yearly_check_that_is_late_is_the_last_step_of_a_covenant() -> None:
    story = Story().circle()
    story.goal("g1")
    story.pledge("p", "r")
    story.open_covenant(pledges=["p"])
    for party in "resg":
        story.sign(party)
    story.in_force(checks_due=[START + days(365)])
    story.on(START + days(396)).awake()
    assert step(story, "commitment") == ("hold_yearly_check", ("covenant:k",))


def test_a_covenant_whose_successor_everybody_signed_has_no_next_step() -> None:
    story = Story().circle()
    story.goal("g1")
    story.pledge("p", "r")
    story.covenant(until=(START + days(100)).isoformat(), pledges=["p"])
    story.later(60).open_covenant("next", predecessor="k")
    for party in "resg":
        story.sign(party, "next")
    assert story.state("commitment") is State.PRESENT
    assert step(story, "commitment") is None


def test_a_successor_is_asked_for_when_the_next_level_needs_more_time() -> None:
    story = Story().circle()
    story.goal("g1")
    story.pledge("p", "r")
    story.covenant("e", until=(START + days(1000)).isoformat(), pledges=["p"])
    story.on(START + days(501)).awake()
    # Emerging: what is missing for present is signatures, not time.
    assert step(story, "commitment") == (
        "sign_covenant",
        ("covenant:k", "party:r", "party:s", "party:g"),
    )
    story.sign("r")
    story.sign("s")
    # Present: for strong it needs half of its term.
    assert step(story, "commitment") == ("open_successor", ("covenant:k",))


def test_on_the_way_to_a_covenant_ended_ones_and_letters_of_intent_are_passed_by() -> None:
    story = Story().circle()
    story.goal("g1")
    story.pledge("p", "r")
    for name in ("ended", "next"):
        story.record(
            "commitments.covenant_drafted",
            covenant=name,
            sort="covenant",
            starts=START.isoformat(),
            until="2027-01-01",
        )
    story.record("commitments.covenant_ended", covenant="ended", why="decided")
    story.open_covenant("intent", sort="letter_of_intent")
    story.covenant("resg", "past", until=START.isoformat())
    assert step(story.later(1), "commitment") == (
        "open_covenant_for_signing",
        ("covenant:next",),
    )
    story.open_covenant("opened")
    story.sign("s", "opened")
    assert step(story, "commitment") == (
        "sign_covenant",
        ("covenant:opened", "party:r", "party:e", "party:g"),
    )


def test_without_any_pledge_or_letter_of_intent_a_pledge_to_the_goals_is_asked_for() -> None:
    story = Story().circle()
    story.goal("g1")
    assert step(story, "commitment") == ("offer_pledge", ("goal:g1",))
    assert step(story, "energy") == ("offer_pledge", ("goal:g1",))


def test_goals_without_a_fresh_measurement_are_named_until_all_are_measured() -> None:
    story = Story().circle()
    for name in ("g1", "g2"):
        story.goal(name)
    today = START.isoformat()
    for name, fresh_until in (("g1", today), ("g1", "2023-12-31"), ("g2", today)):
        story.record(
            "results.measurement_recorded",
            goal=name,
            measured_on="2023-01-01",
            fresh_until=fresh_until,
        )
    assert step(story, "results") is None
    assert step(story.later(1), "results") == ("measure_goal", ("goal:g2",))


def test_requests_are_named_by_the_day_their_answer_is_due_then_escalations() -> None:
    story = Story().circle()
    for name, term in (("late", 30), ("withdrawn", 5), ("first", 10), ("answered", 20)):
        story.request(name, term=term)
    story.record("actions.request_withdrawn", by="r", request="withdrawn")
    story.answer("answered", START, "declined")
    assert step(story, "facilitation") == (
        "answer_request",
        ("request:first", "request:late"),
    )
    for name in ("first", "late"):
        story.answer(name, START, "declined")
    story.record("actions.request_escalated", by="r", request="late", level="talk")
    assert step(story, "facilitation") == ("settle_escalation", ("request:late",))


def test_without_anything_owed_by_government_its_mirror_has_no_next_step() -> None:
    story = Story().circle()
    story.request("q")
    story.answer("q", START, "declined")
    assert story.state("facilitation") is State.PRESENT
    assert step(story, "facilitation") is None


def test_a_pledge_with_a_report_that_nobody_judged_is_to_be_judged_until_enough_are_kept() -> None:
    story = Story().circle()
    due_days = [START + days(count) for count in (1, 2)]
    for pledge, party in (("half_judged", "r"), ("judged", "e")):
        story.pledge(pledge, party, dues=due_days)
    story.later(2)
    for due in due_days:
        _reported(story, "half_judged", "r", due)
        _reported(story, "judged", "e", due)
        story.judge("judged", "e", "s", due, "not")
    story.judge("half_judged", "r", "s", due_days[0], "kept")
    assert step(story, "energy") == ("judge_pledge", ("pledge:half_judged",))
    for due in due_days:
        story.judge("judged", "e", "s", due, "kept")
    assert State.STRONG in story.measure("energy.pledges_kept").met
    assert step(story, "energy") == ("start_something", ("coalition:c",))


def test_who_promised_and_rests_is_asked_to_report_unless_it_is_a_volunteers_group() -> None:
    story = Story().circle()
    story.join("v", "residents", effort="volunteer")
    for party in "resgv":
        story.pledge(f"p-{party}", party)
    story.pledge("ended", "e", until=START.isoformat())
    story.deed("r")
    story.record("coalition.party_left", by="s", party="s", kind="civil_society")
    assert step(story, "energy") == (
        "report_on_pledge",
        ("pledge:p-e", "pledge:p-g", "pledge:ended"),
    )
    story.on(START + days(181)).awake()
    assert step(story, "energy") == (
        "report_on_pledge",
        ("pledge:p-r", "pledge:p-e", "pledge:p-g"),
    )


def test_where_everybody_acts_something_new_is_asked_for_beside_what_runs() -> None:
    story = pledged_story(1)
    for name in ("n1", "n2"):
        story.record(
            "actions.initiative_started",
            by="r",
            initiative=name,
            lead="r",
            origin_kind="residents",
            parties=[],
            goals=[],
        )
    story.record("actions.initiative_stopped", by="r", initiative="n1", lead="r")
    assert step(story, "energy") == ("start_something", ("initiative:n2",))
    assert step(story, "breakthroughs") == (
        "claim_breakthrough",
        ("initiative:n1", "initiative:n2"),
    )


def test_only_a_claim_that_waits_for_confirmation_is_to_be_confirmed() -> None:
    story = Story().circle()
    for name in ("withdrawn", "waiting"):
        story.claim(name)
    story.record("breakthroughs.withdrawn", by="r", breakthrough="withdrawn", claimant="r")
    story.breakthrough("established")
    assert step(story, "breakthroughs") == ("confirm_breakthrough", ("breakthrough:waiting",))


def test_only_an_obstacle_that_is_still_there_is_to_be_asked_about_or_resolved() -> None:
    story = Story().circle()
    story.covenant()
    for name in ("there", "resolved"):
        story.record("actions.obstacle_raised", by="e", obstacle=name, party="e")
    story.record("actions.obstacle_resolved", by="r", obstacle="resolved", resolved_by=["r"])
    assert step(story, "facilitation") == ("ask_request", ("obstacle:there",))
    assert step(story, "breakthroughs") == ("resolve_obstacle", ("obstacle:there",))
