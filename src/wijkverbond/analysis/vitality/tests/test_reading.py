"""The reading as a whole: its JSON form, digest, trend, steps, who is named and who is not."""

import datetime as dt
import hashlib
import json

import pytest

from wijkverbond.analysis.vitality.fold import fold
from wijkverbond.analysis.vitality.ledger import Ledger
from wijkverbond.analysis.vitality.reading import read
from wijkverbond.analysis.vitality.tests.story import START, Story, days, pledged_story, vital_story
from wijkverbond.analysis.vitality.thresholds import CODES, DEFAULTS, State


def steps(story: Story) -> dict[str, tuple[str, tuple[str, ...]]]:
    """The next step of each condition: its code and records."""
    return {
        code: (condition.step.code, condition.step.records)
        for code, condition in story.read().conditions.items()
        if condition.step
    }


def test_the_json_form_has_what_the_interface_promises() -> None:
    reading = json.loads(json.dumps(vital_story().read().as_dict()))
    assert {"as_of", "overall", "weakest", "next_steps", "conditions", "digest"} <= set(reading)
    assert list(reading["conditions"]) == list(CODES)
    assert reading["as_of"] == "2024-05-16"
    assert len(reading["next_steps"]) <= 3
    for condition in reading["conditions"].values():
        assert condition["state"] in {state.code for state in State}
        for measure in condition["measures"]:
            assert {"name", "value", "threshold", "evidence"} <= set(measure)
            assert all(isinstance(entry, int) for entry in measure["evidence"])
    insight = reading["conditions"]["insight"]["measures"][0]
    assert insight["threshold"] == {"emerging": 1, "present": 3, "strong": 6}
    assert reading["conditions"]["insight"]["next_step"] == {
        "condition": "insight",
        "step": "publish_insight",
        "records": ["coalition:c"],
    }
    shares = reading["conditions"]["energy"]["measures"][0]
    assert shares["threshold"]["emerging"] == 0.333333
    assert (shares["value"], type(shares["value"])) == (1, int)


def test_the_same_journal_gives_the_same_digest_and_another_entry_another() -> None:
    story = vital_story()
    assert story.read() == story.read()
    first = story.read().digest
    story.deed("r")
    assert story.read().digest != first


def test_the_digest_is_that_of_the_canonical_json_of_everything_else() -> None:
    story = Story().circle()
    story.join("cafés", "entrepreneurs")
    printed = story.read(START + days(180)).as_dict()
    digest = printed.pop("digest")
    text = json.dumps(printed, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    assert digest == hashlib.sha256(text.encode("ascii")).hexdigest()


def test_entries_count_in_the_order_of_their_sequence_whatever_their_id() -> None:
    story = Story().circle()
    story.record("coalition.party_left", by="e", party="e", kind="entrepreneurs")
    mixed = [entry._replace(id=99 - entry.seq) for entry in reversed(story.entries)]
    assert read(mixed, START).conditions["circle"].state is State.EMERGING


def test_the_day_ends_at_midnight_in_amsterdam() -> None:
    story = Story().circle()
    late = story.entries[-1]._replace(
        id=99, seq=99, event="insights.insight_published",
        facts={"insight": "i", "sources": 1},
        at=dt.datetime(2023, 1, 2, 22, 59, tzinfo=dt.UTC),
    )  # fmt: skip
    after = late._replace(at=dt.datetime(2023, 1, 2, 23, 0, tzinfo=dt.UTC))
    assert read([*story.entries, late], START).entries == 6
    assert read([*story.entries, after], START).entries == 5
    assert read([*story.entries, after], START + days(1)).entries == 6


def test_a_new_day_begins_exactly_at_midnight_in_amsterdam() -> None:
    story = Story().circle()
    for moment in ((2, 22, 59), (2, 23, 0), (3, 22, 59), (3, 23, 0)):
        story.deed("r")
        at = dt.datetime(2023, 1, *moment, tzinfo=dt.UTC)
        story.entries[-1] = story.entries[-1]._replace(at=at)
    ledger = Ledger()
    fold(ledger, story.entries)
    assert [dt.date.fromordinal(deed.day).day for deed in ledger.deeds] == [2, 3, 3, 4]


def test_since_when_and_the_trend_go_by_quarters() -> None:
    story = vital_story()
    benefit = story.read().conditions["benefit"]
    assert [(day.isoformat(), state) for day, state in benefit.trend] == [
        ("2023-03-31", State.NOT_ENOUGH_DATA),
        ("2023-06-30", State.STRONG),
        ("2023-09-30", State.STRONG),
        ("2023-12-31", State.STRONG),
        ("2024-03-31", State.STRONG),
    ]
    assert benefit.since == dt.date(2023, 6, 30)
    assert story.read().conditions["breakthroughs"].since == story.today


def test_the_past_states_of_the_trend_are_the_readings_of_then() -> None:
    story = vital_story()
    for code, condition in story.read().conditions.items():
        for day, state in condition.trend:
            assert story.read(day).conditions[code].state is state


def test_the_trend_goes_back_twelve_quarters() -> None:
    story = Story().circle()
    trend = story.read(dt.date(2027, 4, 1)).conditions["circle"].trend
    assert [trend[0][0], trend[-1][0], len(trend)] == [
        dt.date(2024, 6, 30),
        dt.date(2027, 3, 31),
        12,
    ]
    assert story.read(dt.date(2027, 3, 31)).conditions["circle"].trend[-1][0].year == 2026


def test_three_steps_at_most_start_with_the_weakest_link_and_name_records() -> None:
    reading = vital_story().read()
    assert reading.weakest == reading.next_steps[0].condition
    assert len(reading.next_steps) == 3
    assert all(":" in record for step in reading.next_steps for record in step.records)


def test_an_empty_coalition_is_told_where_to_begin() -> None:
    story = Story()
    story.start()
    first_steps = steps(story)
    assert first_steps["insight"] == ("publish_insight", ("coalition:c",))
    assert first_steps["urgency"] == ("open_conversation", ("coalition:c",))
    assert first_steps["benefit"] == first_steps["results"] == ("set_goal", ("coalition:c",))
    assert first_steps["commitment"] == first_steps["energy"] == ("offer_pledge", ("coalition:c",))
    invite = story.read().conditions["circle"].step
    assert invite is not None
    assert invite.kinds == ("residents", "entrepreneurs", "civil_society")


def test_steps_follow_the_records_that_are_there() -> None:
    story = Story().circle()
    story.insight("i1")
    story.insight("i2")
    story.recognise("i2", "r", "residents")
    assert steps(story)["insight"] == ("recognise_insight", ("insight:i2", "insight:i1"))
    story.record("urgency.conversation_opened", conversation="q")
    assert steps(story)["urgency"] == ("propose_urgency", ("conversation:q",))
    story.urgency()
    assert steps(story)["urgency"] == ("adopt_urgency", ("shared_urgency:u",))
    story.adopt(agreement_direct="leaning")
    assert steps(story)["urgency"] == ("ask_those_directly_involved", ("shared_urgency:u",))
    story.adopt()
    story.endorse("r", "residents")
    assert steps(story)["urgency"] == (
        "endorse_urgency",
        ("shared_urgency:u", "party:e", "party:s"),
    )
    story.goal("g1", target=None)
    story.benefit("e")
    assert steps(story)["benefit"] == ("confirm_benefit", ("party:r", "party:s", "party:g"))
    assert steps(story)["results"] == ("complete_goal", ("goal:g1",))


def test_steps_towards_a_covenant_and_onwards() -> None:
    story = Story().circle()
    story.goal("g1")
    story.pledge("p", "r")
    assert steps(story)["commitment"] == ("draft_covenant", ("pledge:p",))
    until = (START + days(400)).isoformat()
    story.record(
        "commitments.covenant_drafted",
        covenant="k",
        sort="covenant",
        starts=START.isoformat(),
        until=until,
    )
    assert steps(story)["commitment"] == ("open_covenant_for_signing", ("covenant:k",))
    story.open_covenant(until=until)
    story.sign("r")
    assert steps(story)["commitment"] == (
        "sign_covenant",
        ("covenant:k", "party:e", "party:s", "party:g"),
    )
    for party in "esg":
        story.sign(party)
    story.in_force()
    assert steps(story)["commitment"] == ("pledge_to_goal", ("goal:g1",))
    story.on(START + days(320)).awake()
    assert steps(story)["commitment"] == ("open_successor", ("covenant:k",))
    story.open_covenant("next", predecessor="k")
    assert steps(story)["commitment"] == (
        "sign_covenant",
        ("covenant:next", "party:r", "party:e", "party:s", "party:g"),
    )
    for party in "resg":
        story.sign(party, "next")
    assert steps(story)["commitment"] == ("pledge_to_goal", ("goal:g1",))


def test_steps_for_the_proofs_and_for_government() -> None:
    story = pledged_story(1)
    assert steps(story)["energy"] == ("report_on_pledge", ("pledge:p-r",))
    story.on(START + days(30)).record(
        "actions.check_in_reported",
        by="r",
        pledge="p-r",
        party="r",
        due=story.today.isoformat(),
        verdict="kept",
    )
    assert steps(story)["energy"] == ("judge_pledge", ("pledge:p-r",))
    story.record("actions.obstacle_raised", by="e", obstacle="o", party="e")
    assert steps(story)["facilitation"] == ("ask_request", ("obstacle:o",))
    assert steps(story)["breakthroughs"] == ("resolve_obstacle", ("obstacle:o",))
    story.request("q")
    story.claim("b")
    assert steps(story)["facilitation"] == ("answer_request", ("request:q",))
    assert steps(story)["breakthroughs"] == ("confirm_breakthrough", ("breakthrough:b",))
    assert "facilitation" not in {step.condition for step in story.read().next_steps}


def test_taking_the_step_changes_the_state() -> None:
    story = Story().circle()
    story.goal("g1")
    story.benefit("r")
    story.benefit("e")
    before = story.read().conditions["benefit"]
    assert before.step is not None
    for record in before.step.records:
        story.benefit(record.partition(":")[2])
    assert story.state("benefit") > before.state


def _volunteers() -> Story:
    story = Story()
    story.start()
    story.join("v", "residents", effort="volunteer")
    story.join("e", "entrepreneurs")
    story.join("s", "civil_society")
    story.pledge("p-v", "v")
    story.pledge("p-e", "e")
    return story


def test_a_silent_volunteers_group_is_never_named_and_a_paid_party_is() -> None:
    story = _volunteers()
    reading = story.read(START + days(180))
    assert reading.dormant == ("e", "s")
    assert reading.dormant_volunteers == 1
    silent = {warned.code: warned for warned in reading.warnings}
    assert silent["volunteers_silent"].count == 1
    printed = json.dumps([warned.as_dict() for warned in reading.warnings])
    assert "party:e" in printed
    assert "party:v" not in printed


def test_a_step_asks_no_volunteers_group_to_report() -> None:
    story = _volunteers()
    step = story.read().conditions["energy"].step
    assert step is not None
    assert step.records == ("pledge:p-e",)


def test_changed_thresholds_change_the_reading_and_are_told() -> None:
    story = vital_story()
    plain = story.read()
    assert plain.conditions["insight"].state is State.PRESENT
    changes = {"insight.recognised_insights.present": "4"}
    own = story.read(thresholds=DEFAULTS.with_changes(changes))
    assert own.conditions["insight"].state is State.EMERGING
    assert own.as_dict()["changed_thresholds"] == {"insight.recognised_insights.present": 4}
    assert own.digest != plain.digest


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("insight.recognised_insights.splendid", "1"),
        ("insight.unheard_of.present", "1"),
        ("days.unheard_of", "1"),
        ("days.recent", "much"),
        ("days.recent", "-1"),
        ("days.recent", "1/0"),
    ],
)
def test_a_threshold_that_does_not_exist_or_is_no_number_is_refused(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=name):
        DEFAULTS.with_changes({name: value})
