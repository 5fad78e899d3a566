"""Who is in the denominators, and from when something counts."""

from fractions import Fraction

from wijkverbond.analysis.vitality.tests.story import START, Story, days, pledged_story
from wijkverbond.analysis.vitality.thresholds import DEFAULTS, State


def test_a_dormant_party_leaves_the_denominators_until_it_wakes() -> None:
    story = Story().circle()
    story.join("e2", "entrepreneurs")
    story.goal("g1")
    for party in "resg":
        story.on(START + days(170)).benefit(party)
    assert story.on(START + days(179)).state("benefit") is State.EMERGING
    assert story.on(START + days(180)).state("benefit") is State.STRONG
    story.record("decisions.position_taken", by="e2", party="e2")
    assert story.state("benefit") is State.EMERGING


def test_suspended_parties_advisers_and_those_who_left_are_no_denominator() -> None:
    for event in ("coalition.party_suspended", "coalition.party_left"):
        story = Story().circle()
        story.join("e2", "entrepreneurs")
        story.join("a", "entrepreneurs", role="adviser")
        story.goal("g1")
        for party in "resg":
            story.benefit(party)
        assert story.state("benefit") is State.EMERGING
        story.record(event, party="e2", kind="entrepreneurs")
        assert story.state("benefit") is State.STRONG
    story = Story().circle()
    story.record("coalition.party_suspended", party="e", kind="entrepreneurs")
    assert story.state("circle") is State.EMERGING
    story.record("coalition.suspension_ended", party="e", kind="entrepreneurs")
    assert story.state("circle") is State.PRESENT


def test_a_party_is_in_no_numerator_and_no_denominator_before_it_is_confirmed() -> None:
    story = Story()
    story.start()
    for party, kind in (("r", "residents"), ("s", "civil_society"), ("g", "government")):
        story.join(party, kind)
    story.join("e", "entrepreneurs", confirmed="no")
    story.join("e2", "entrepreneurs", confirmed="no")
    story.goal("g1")
    for party in "resg":
        story.benefit(party)
    assert story.measure("circle.society_kinds").value == 2
    assert story.measure("benefit.confirmed_share").value == 1
    assert story.measure("benefit.confirmed_each_kind").value is None
    assert "entrepreneurs_dropping_out" not in {warned.code for warned in story.read().warnings}
    story.record(
        "coalition.party_described", by="e", party="e", kind="entrepreneurs", involvement="lives"
    )
    assert story.measure("circle.society_kinds").value == 2
    story.others_confirm("e", "entrepreneurs")
    assert story.measure("circle.society_kinds").value == 3
    assert story.measure("benefit.confirmed_each_kind").value == 1
    assert story.read().network.parties == 4


def test_what_an_unconfirmed_party_judged_and_confirmed_counts_once_others_confirm_it() -> None:
    story = pledged_story(1)
    story.join("s2", "civil_society", confirmed="no")
    story.pledge("p-s2", "s2", dues=[START + days(30)])
    story.claim("b")
    story.confirm("b", "e", "entrepreneurs")
    story.confirm("b", "s2", "civil_society")
    story.establish("b")
    story.on(START + days(30))
    story.judge("p-r", "r", "s2", story.today, "kept")
    story.judge("p-s2", "s2", "e", story.today, "kept")
    story.deed("s2")
    assert story.measure("energy.pledges_kept").value == 0
    assert story.measure("energy.largest_share_of_deeds").value == 1
    assert story.measure("breakthroughs.confirmed").value == 0
    story.others_confirm("s2", "civil_society")
    assert story.measure("energy.pledges_kept").value == 1
    assert story.measure("energy.largest_share_of_deeds").value == Fraction(1, 2)
    assert story.measure("breakthroughs.confirmed").value == 1


def test_dormant_are_those_alone_who_gave_no_sign_of_life_in_the_order_of_their_names() -> None:
    story = Story().circle()
    story.join("a", "government")
    story.on(START + days(179)).record("decisions.position_taken", by="e")
    assert story.read().dormant == ()
    assert story.later(1).read().dormant == ("a", "g", "r", "s")


def test_changed_thresholds_are_changed_in_the_order_of_their_names() -> None:
    changes = {"insight.recognised_insights.present": "4", "days.recent": "364"}
    reading = Story().circle().read(thresholds=DEFAULTS.with_changes(changes))
    changed = reading.as_dict()["changed_thresholds"]
    assert isinstance(changed, dict)
    assert list(changed) == ["days.recent", "insight.recognised_insights.present"]


def test_paper_entered_later_counts_from_the_day_it_happened() -> None:
    story = pledged_story(1)
    story.on(START + days(200)).record(
        "actions.action_done", by="r", occurred_on=START + days(10), party="r", action="a"
    )
    story.record("decisions.position_taken", by="r")
    assert story.state("energy") is State.ABSENT
