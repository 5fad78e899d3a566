"""Early warnings, each at its edge and with its evidence."""

import datetime as dt

from wijkverbond.analysis.vitality.tests.story import START, Story, days


def codes(story: Story, day: dt.date | None = None) -> dict[str, tuple[str, ...]]:
    """The warnings of a day with their records."""
    return {warned.code: warned.records for warned in story.read(day).warnings}


def test_a_covenant_that_ends_within_six_calendar_months_without_a_successor_is_warned_of() -> None:
    story = Story().circle()
    story.covenant(until="2024-02-06")
    assert "covenant_ends_soon" not in codes(story, dt.date(2023, 8, 5))
    assert codes(story, dt.date(2023, 8, 6))["covenant_ends_soon"] == ("covenant:k",)
    story.open_covenant("next", predecessor="k")
    assert "covenant_ends_soon" not in codes(story, dt.date(2023, 8, 6))


def test_a_party_that_is_silent_for_120_days_is_warned_of() -> None:
    story = Story().circle()
    assert "party_silent" not in codes(story, START + days(119))
    assert "party_silent" in codes(story, START + days(120))


def test_a_kind_that_drops_out_is_warned_of() -> None:
    story = Story().circle()
    assert "entrepreneurs_dropping_out" not in codes(story)
    story.record("coalition.party_left", by="e", party="e", kind="entrepreneurs")
    assert codes(story)["entrepreneurs_dropping_out"] == ("coalition:c",)


def test_a_kind_that_never_joined_did_not_drop_out() -> None:
    story = Story()
    story.start()
    story.join("r", "residents")
    assert not codes(story)


def test_requests_late_twice_at_the_same_government_party_are_warned_of() -> None:
    story = Story().circle()
    story.request("q1", term=10)
    story.request("q2", term=10)
    story.later(11).answer("q1", START + days(10))
    late = [warned for warned in story.read().warnings if warned.code == "requests_late"]
    assert [(warned.records, warned.count) for warned in late] == [(("party:g",), 2)]
    assert "requests_late" not in codes(story, START + days(10))
    story.answer("q2", story.today)
    assert "requests_late" not in codes(story)


def test_one_party_that_does_more_than_half_or_leads_more_than_two_fifths_is_warned_of() -> None:
    story = Story().circle()
    for party in "rree":
        story.deed(party)
    assert "one_party_does_most" not in codes(story)
    story.deed("r")
    assert codes(story)["one_party_does_most"] == ("party:r",)
    leads = Story().circle()
    for number, lead in enumerate("rress"):
        leads.record(
            "actions.initiative_started", by=lead, initiative=f"n{number}", lead=lead,
            origin_kind="residents", parties=[lead], goals=[],
        )  # fmt: skip
    assert "one_party_leads_most" not in codes(leads)
    leads.record("actions.initiative_stopped", by="e", initiative="n2", lead="e")
    assert codes(leads)["one_party_leads_most"] in {("party:r",), ("party:s",)}


def test_a_goal_past_its_date_is_warned_of_unless_it_was_met() -> None:
    story = Story().circle()
    story.goal("g1", due="2023-06-01")
    assert "goal_past_its_date" not in codes(story, dt.date(2023, 6, 1))
    assert codes(story, dt.date(2023, 6, 2))["goal_past_its_date"] == ("goal:g1",)
    story.record("results.goal_met", goal="g1", goal_revision=1)
    assert "goal_past_its_date" not in codes(story, dt.date(2023, 6, 2))


def test_an_urgency_that_was_never_adopted_does_not_grow_old() -> None:
    story = Story().circle()
    story.urgency()
    assert "urgency_old" not in codes(story, START + days(800))


def test_an_urgency_older_than_two_years_is_warned_of() -> None:
    story = Story().circle()
    story.urgency()
    story.adopt()
    assert "urgency_old" not in codes(story, START + days(730))
    assert codes(story, START + days(731))["urgency_old"] == ("shared_urgency:u",)


def test_a_coalition_started_by_government_is_reminded_until_it_has_its_own_chair() -> None:
    story = Story()
    story.start(hand_over_due="2023-03-01")
    assert "hand_over_due" not in codes(story, dt.date(2023, 3, 1))
    assert codes(story, dt.date(2023, 3, 2))["hand_over_due"] == ("coalition:c",)
    story.record("coalition.chair_and_rules_confirmed", coalition="c", fallback="withdraw")
    assert "hand_over_due" not in codes(story, dt.date(2023, 3, 2))


def test_requests_that_were_withdrawn_are_late_no_more() -> None:
    story = Story().circle()
    for name in ("q1", "q2"):
        story.request(name, term=10)
        story.record("actions.request_withdrawn", by="r", request=name)
    assert "requests_late" not in codes(story, START + days(11))
