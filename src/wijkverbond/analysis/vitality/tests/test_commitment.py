"""Commitment recorded for longer, at the edges of its thresholds."""

import datetime as dt
from typing import Any

from wijkverbond.analysis.vitality.tests.story import START, Story, days
from wijkverbond.analysis.vitality.thresholds import State


def test_commitment_is_never_unknown_and_emerges_with_a_pledge_or_a_letter_of_intent() -> None:
    story = Story()
    assert story.state("commitment") is State.ABSENT
    story.circle()
    story.pledge("p", "r")
    assert story.state("commitment") is State.EMERGING
    story.record("commitments.pledge_withdrawn", by="r", pledge="p", party="r")
    assert story.state("commitment") is State.ABSENT
    story.open_covenant("intent", sort="letter_of_intent")
    assert story.state("commitment") is State.EMERGING


def test_commitment_is_present_when_three_quarters_of_each_society_kind_signed() -> None:
    for signing, expected in ((3, State.PRESENT), (2, State.EMERGING)):
        story = Story().circle()
        for number in range(3):
            story.join(f"e{number}", "entrepreneurs")
        story.open_covenant()
        for party in ("r", "s", "e", *(f"e{number}" for number in range(signing - 1))):
            story.sign(party)
        assert story.state("commitment") is State.ABSENT
        story.in_force()
        assert story.state("commitment") is expected


def _covenant(term: int) -> Story:
    story = Story().circle()
    story.goal("g1")
    story.pledge("p", "r")
    story.covenant(until=(START + days(term)).isoformat(), pledges=["p"])
    return story


def _after(story: Story, count: int) -> State:
    story.on(START + days(count)).awake()
    return story.state("commitment")


def test_commitment_needs_a_year_to_go_or_a_quarter_of_a_short_term() -> None:
    assert _after(_covenant(1460), 1460 - 365) is State.PRESENT
    assert _after(_covenant(1460), 1460 - 364) is State.EMERGING
    assert _after(_covenant(800), 600) is State.PRESENT
    assert _after(_covenant(800), 601) is State.EMERGING


def test_commitment_is_strong_with_half_the_term_or_two_years_to_go() -> None:
    assert _after(_covenant(1000), 500) is State.STRONG
    assert _after(_covenant(1000), 501) is State.PRESENT
    assert _after(_covenant(3650), 3650 - 730) is State.STRONG
    assert _after(_covenant(3650), 3650 - 729) is State.PRESENT


def test_a_successor_open_for_signing_keeps_commitment_present_to_the_last_day() -> None:
    story = _covenant(1000)
    story.on(START + days(990)).open_covenant("next", predecessor="k")
    assert _after(story, 1000) is State.PRESENT
    assert _after(story, 1001) is State.EMERGING


def test_commitment_is_strong_only_when_all_signed_and_every_goal_has_a_signed_pledge() -> None:
    story = _covenant(1460)
    assert story.state("commitment") is State.STRONG
    story.goal("g2")
    assert story.state("commitment") is State.PRESENT
    story.record("vision.goal_dropped", goal="g2", revision=1)
    assert story.state("commitment") is State.STRONG
    story.join("g2", "government")
    assert story.state("commitment") is State.PRESENT
    story.sign("g2")
    assert story.state("commitment") is State.STRONG


def test_commitment_is_strong_only_when_the_latest_yearly_check_was_on_time() -> None:
    story = Story().circle()
    story.goal("g1")
    story.pledge("p", "r")
    story.open_covenant(pledges=["p"])
    for party in "resg":
        story.sign(party)
    due = START + days(365)
    story.in_force(checks_due=[due])
    assert _after(story, 395) is State.STRONG
    assert _after(story, 396) is State.PRESENT
    story.record(
        "commitments.yearly_check_held",
        covenant="k",
        due=due.isoformat(),
        held=(due + days(31)).isoformat(),
    )
    assert story.state("commitment") is State.PRESENT
    story.record(
        "commitments.yearly_check_held",
        covenant="k",
        due=due.isoformat(),
        held=(due + days(30)).isoformat(),
    )
    assert story.state("commitment") is State.STRONG


def test_pledges_and_letters_of_intent_count_up_to_their_last_day() -> None:
    pledged, intent = Story().circle(), Story().circle()
    pledged.pledge("p", "r", until="2023-01-02")
    intent.open_covenant("i", sort="letter_of_intent", until="2023-01-02")
    for story in (pledged, intent):
        assert story.state("commitment") is State.EMERGING
        assert story.later(1).state("commitment") is State.ABSENT


def test_a_covenant_in_force_is_counted_as_no_promise_more() -> None:
    assert _covenant(1460).measure("commitment.pledges_or_intent").value == 1


def test_commitment_tells_what_it_counted() -> None:
    before = Story().circle()
    assert before.measure("commitment.in_force").value == 0
    assert before.measure("commitment.remaining_days").value is None
    story = _covenant(1460)
    story.record("coalition.party_left", by="g", party="g", kind="government")
    assert story.measure("commitment.in_force").value == 1
    assert story.measure("commitment.remaining_days").value == 1460
    signed = [entry.id for entry in story.entries if entry.event == "commitments.signed"]
    assert story.measure("commitment.signed_share").evidence == tuple(signed[:3])
    assert story.measure("commitment.goals_with_signed_pledge").evidence == (7,)


def test_a_covenant_that_ended_leaves_only_the_pledges() -> None:
    story = _covenant(1460)
    story.record("commitments.covenant_ended", covenant="k", why="decided")
    assert story.state("commitment") is State.EMERGING


def test_of_several_covenants_in_force_the_one_that_lasts_longest_counts() -> None:
    story = Story().circle()
    for name, term in (("short", 400), ("long", 900), ("middle", 600)):
        story.covenant(name=name, until=(START + days(term)).isoformat())
    assert story.measure("commitment.remaining_days").value == 900


def test_only_a_successor_that_is_open_for_signing_and_goes_on_follows() -> None:
    story = Story().circle()
    story.covenant(until=(START + days(100)).isoformat())

    def follows() -> bool:
        return "covenant_ends_soon" not in {warned.code for warned in story.read().warnings}

    term: dict[str, Any] = {"starts": "2023-04-13", "until": "2027-04-13", "predecessor": "k"}
    story.record("commitments.covenant_drafted", covenant="next", sort="covenant", **term)
    assert not follows()
    story.open_covenant("next", **term)
    assert follows()
    story.record("commitments.covenant_ended", covenant="next", ended_on="2023-01-02")
    assert not follows()


def test_a_pledge_in_a_covenant_that_the_journal_does_not_know_serves_no_goal() -> None:
    story = Story().circle()
    story.goal("g1")
    story.covenant(pledges=["unknown"])
    assert story.measure("commitment.goals_with_signed_pledge").value == 0


def test_a_letter_of_intent_counts_once_opened_until_it_ends() -> None:
    story = Story().circle()
    facts: dict[str, Any] = {"starts": "2023-01-02", "until": "2023-06-01"}
    story.record("commitments.covenant_drafted", covenant="i", sort="letter_of_intent", **facts)
    assert story.state("commitment") is State.ABSENT
    story.open_covenant("i", sort="letter_of_intent", **facts)
    assert story.read(dt.date(2023, 6, 1)).conditions["commitment"].state is State.EMERGING
    assert story.read(dt.date(2023, 6, 2)).conditions["commitment"].state is State.ABSENT
    story.record("commitments.covenant_ended", covenant="i", ended_on="2023-01-02")
    assert story.state("commitment") is State.ABSENT
