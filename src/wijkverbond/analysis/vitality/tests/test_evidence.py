"""Every figure and every warning names exactly the entries that it was counted from."""

import datetime as dt
from fractions import Fraction

import pytest

from wijkverbond.analysis.vitality.ledger import Ledger
from wijkverbond.analysis.vitality.measures import Measure, Weighed, view_on
from wijkverbond.analysis.vitality.tests.story import START, Story, days
from wijkverbond.analysis.vitality.thresholds import DEFAULTS, State


def warned(story: Story, code: str, day: dt.date | None = None) -> list[tuple[int, ...]]:
    """The evidence of each warning with this code."""
    return [warning.evidence for warning in story.read(day).warnings if warning.code == code]


def test_a_covenant_in_force_rests_on_the_entry_that_made_it_so_and_on_its_successor() -> None:
    story = Story().circle()
    story.open_covenant(until="2023-06-01")
    in_force = story.in_force()
    assert story.measure("commitment.in_force").evidence == (in_force,)
    assert story.measure("commitment.remaining_days").evidence == (in_force,)
    assert warned(story, "covenant_ends_soon") == [(in_force,)]
    following = story.open_covenant("next", predecessor="k")
    assert story.measure("commitment.remaining_days").evidence == (in_force, following)


def test_a_goal_served_by_several_pledges_rests_on_the_last_of_them_by_name() -> None:
    story = Story().circle()
    story.goal("g1")
    names = [f"p{number}" for number in range(9)]
    entries = {name: story.pledge(name, "r") for name in reversed(names)}
    withdrawn = story.pledge("p9", "r")
    story.record("commitments.pledge_withdrawn", by="r", pledge="p9", party="r")
    story.covenant(pledges=[*names, "p9"])
    evidence = story.measure("commitment.goals_with_signed_pledge").evidence
    assert evidence == (entries["p8"],)
    assert withdrawn not in evidence


def test_a_yearly_check_rests_on_the_entry_that_holds_it_and_on_nothing_until_then() -> None:
    story = Story().circle()
    story.open_covenant()
    story.in_force(checks_due=[START + days(365)])
    late = START + days(396)
    assert story.measure("commitment.yearly_checks_late").evidence == ()
    unheld = story.measure("commitment.yearly_checks_late", late)
    assert (unheld.value, unheld.evidence) == (1, ())
    check = story.on(late).record(
        "commitments.yearly_check_held",
        covenant="k",
        due=(START + days(365)).isoformat(),
        held=late.isoformat(),
    )
    too_late = story.measure("commitment.yearly_checks_late")
    assert (too_late.value, too_late.evidence) == (1, (check,))


def test_without_a_covenant_the_page_says_what_one_would_be_measured_by() -> None:
    measures = Story().circle().read().conditions["commitment"].measures
    assert [(measure.name, measure.value) for measure in measures] == [
        ("pledges_or_intent", 0),
        ("in_force", 0),
        ("remaining_days", None),
        ("signed_each_kind", None),
        ("signed_share", None),
        ("goals_with_signed_pledge", None),
        ("yearly_checks_late", None),
    ]
    assert measures[2].thresholds == {State.PRESENT: 0, State.STRONG: 0}


def test_a_confirmed_breakthrough_rests_on_everything_that_confirms_it() -> None:
    story = Story().circle()
    claimed = story.claim("b")
    confirmed = story.confirm("b", "e", "entrepreneurs")
    residents = story.record("breakthroughs.confirmed_by_residents", breakthrough="b", people=5)
    established = story.establish("b")
    assert story.measure("breakthroughs.claimed").evidence == (claimed,)
    assert story.measure("breakthroughs.confirmed").evidence == (confirmed, residents, established)
    assert story.measure("breakthroughs.resolved_anothers_obstacle").evidence == (claimed,)


def test_without_residents_a_breakthrough_rests_on_the_parties_alone() -> None:
    story = Story().circle()
    story.breakthrough("b")
    assert len(story.measure("breakthroughs.confirmed").evidence) == 3
    assert 0 not in story.measure("breakthroughs.confirmed").evidence


def test_a_silent_party_and_a_kind_that_dropped_out_rest_on_their_joining() -> None:
    story = Story()
    story.start()
    first = story.join("r", "residents")
    entrepreneurs = story.join("e", "entrepreneurs")
    second = story.join("r2", "residents")
    for party in ("r", "r2"):
        story.record("coalition.party_left", by=party, party=party, kind="residents")
    assert warned(story, "residents_dropping_out") == [(first, second)]
    assert warned(story, "party_silent", START + days(120)) == [(entrepreneurs,)]


def test_who_does_or_leads_most_rests_on_its_own_deeds_and_initiatives() -> None:
    story = Story().circle()
    own = [story.deed("r"), story.deed("r")]
    story.deed("e")
    assert warned(story, "one_party_does_most") == [tuple(own)]
    initiatives = [
        story.record(
            "actions.initiative_started",
            by=lead,
            initiative=name,
            lead=lead,
            origin_kind="residents",
            parties=[lead],
            goals=[],
        )
        for name, lead in (("n1", "r"), ("n2", "e"), ("n3", "r"))
    ]
    assert warned(story, "one_party_leads_most") == [(initiatives[0], initiatives[2])]


def test_who_leads_the_only_initiative_is_not_warned_of() -> None:
    story = Story().circle()
    story.record(
        "actions.initiative_started",
        by="r",
        initiative="n",
        lead="r",
        origin_kind="residents",
        parties=["r"],
        goals=[],
    )
    assert warned(story, "one_party_leads_most") == []


def test_what_is_past_its_date_rests_on_the_entry_that_set_the_date() -> None:
    story = Story()
    started = story.start(hand_over_due="2023-03-01")
    story.join("r", "residents")
    goal = story.goal("g", due="2023-03-01")
    story.goal("open", due=None)
    story.urgency()
    adopted = story.adopt()
    day = START + days(731)
    assert warned(story, "goal_past_its_date", day) == [(goal,)]
    assert warned(story, "hand_over_due", day) == [(started,)]
    assert warned(story, "urgency_old", day) == [(adopted,)]


def test_a_warning_counts_one_unless_it_counts_what_it_does_not_name() -> None:
    story = Story().circle()
    for number in range(2):
        story.join(f"v{number}", "residents", effort="volunteer")
    counts = {
        warning.code: warning.as_dict()["count"]
        for warning in story.read(START + days(120)).warnings
    }
    assert (counts["party_silent"], counts["volunteers_silent"]) == (1, 2)


def test_without_any_measure_no_level_is_reached() -> None:
    assert Weighed(()).state is State.ABSENT


def test_strong_without_present_is_not_strong() -> None:
    def met(name: str, asked_for: State, reached: State) -> Measure:
        return Measure(name, 1, {asked_for: Fraction(1)}, False, (), frozenset({reached}))

    weighed = Weighed(
        (
            met("first", State.EMERGING, State.EMERGING),
            met("second", State.PRESENT, State.EMERGING),
            met("third", State.STRONG, State.STRONG),
        )
    )
    assert weighed.state is State.EMERGING


@pytest.mark.parametrize(
    ("name", "sense"),
    [("circle.isolated", "at_most"), ("circle.society_kinds", "at_least")],
)
def test_a_measure_says_in_which_sense_its_threshold_is_meant(name: str, sense: str) -> None:
    assert Story().circle().measure(name).as_dict()["sense"] == sense


def test_history_is_read_without_evidence_as_nobody_is_shown_it() -> None:
    for traced, evidence in ((True, (1, 2)), (False, ())):
        view = view_on(Ledger(), 1, DEFAULTS, traced=traced)
        assert view.measure("insight.recognised_insights", 2, [2, 1, 2]).evidence == evidence
