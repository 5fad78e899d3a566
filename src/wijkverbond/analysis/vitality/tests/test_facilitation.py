"""Government's mirror, at the edges of its thresholds."""

import datetime as dt
from fractions import Fraction

from wijkverbond.analysis.vitality.tests.story import START, Story, days
from wijkverbond.analysis.vitality.thresholds import State


def test_facilitation_is_unknown_without_requests_and_absent_without_answers() -> None:
    story = Story().circle()
    assert story.state("facilitation") is State.NOT_ENOUGH_DATA
    story.request("q")
    assert story.state("facilitation") is State.ABSENT


def _asked(in_term: int, late_by: dict[int, int], *, verdict: str = "granted") -> Story:
    """So many requests answered on the due day, and others so many days late."""
    story = Story().circle()
    due = START + days(20)
    for number in range(in_term + len(late_by)):
        story.request(str(number))
    story.on(due)
    for number in range(in_term):
        story.answer(str(number), due, verdict)
    for number, late in enumerate(sorted(late_by.values()), start=in_term):
        story.on(due + days(late)).answer(str(number), due, verdict)
    return story


def test_facilitation_is_present_with_three_quarters_in_term_and_none_a_term_late() -> None:
    assert _asked(3, {1: 20}).state("facilitation") is State.PRESENT
    assert _asked(3, {1: 21}).state("facilitation") is State.EMERGING
    assert _asked(2, {1: 1}).state("facilitation") is State.EMERGING
    assert _asked(9, {1: 1, 2: 1, 3: 1}).state("facilitation") is State.PRESENT
    assert _asked(9, {1: 1, 2: 1, 3: 1, 4: 1}).state("facilitation") is State.EMERGING


def test_facilitation_is_strong_with_nine_tenths_in_term_and_half_granted() -> None:
    assert _asked(9, {1: 1}).state("facilitation") is State.STRONG
    assert _asked(8, {1: 1, 2: 1}).state("facilitation") is State.PRESENT
    assert _asked(10, {}, verdict="declined").state("facilitation") is State.PRESENT


def test_an_open_request_past_its_term_or_an_open_escalation_is_never_strong() -> None:
    story = _asked(19, {})
    story.request("open", term=10)
    assert story.later(10).state("facilitation") is State.STRONG
    assert story.later(1).state("facilitation") is State.PRESENT
    story.answer("open", story.today)
    assert story.state("facilitation") is State.STRONG
    story.record("actions.request_reopened", by="r", request="open", due="2023-06-01")
    story.record("actions.request_escalated", by="r", request="open", level="conditions")
    assert story.state("facilitation") is State.PRESENT
    story.record("actions.request_accepted", by="r", request="open", helpful="yes")
    assert story.state("facilitation") is State.STRONG


def test_requests_that_nobody_answered_in_term_count_against_it() -> None:
    story = _asked(3, {})
    story.request("open", term=10)
    assert story.state("facilitation") is State.STRONG
    story.later(11)
    assert story.measure("facilitation.in_term").value == 3
    assert story.measure("facilitation.in_term").thresholds[State.PRESENT] == 3
    assert story.measure("facilitation.worst_terms_late").value == Fraction(1, 10)
    story.request("other", term=10)
    story.later(11)
    assert story.state("facilitation") is State.EMERGING


def test_answered_requests_count_for_a_year_after_they_were_asked() -> None:
    story = _asked(1, {})
    assert story.measure("facilitation.worst_terms_late").value == 0
    assert story.on(START + days(364)).measure("facilitation.answered").value == 1
    assert story.later(1).measure("facilitation.answered").value == 0
    assert story.state("facilitation") is State.ABSENT


def test_the_asker_judges_whether_the_answer_helped() -> None:
    story = _asked(3, {})
    for number, helpful in enumerate(("yes", "partly", "no")):
        story.record("actions.request_accepted", by="r", request=str(number), helpful=helpful)
    assert story.measure("facilitation.helpful").value == 2
    ten_requests = _asked(10, {})
    ten_requests.record("actions.request_accepted", by="r", request="0", helpful="no")
    assert ten_requests.measure("facilitation.helpful").value == 0


def test_fewer_than_ten_requests_give_counts_and_ten_give_shares() -> None:
    of_nine = _asked(9, {}).measure("facilitation.in_term")
    assert of_nine.value == 9
    assert of_nine.thresholds == {State.PRESENT: 7, State.STRONG: 9}
    assert _asked(10, {}).measure("facilitation.in_term").value == 1


def test_a_term_that_was_extended_counts_from_the_new_day() -> None:
    story = Story().circle()
    story.request("q", term=10)
    story.record("actions.request_extended", by="g", request="q", due="2023-02-01")
    assert not story.read(dt.date(2023, 2, 1)).warnings
    assert story.measure("facilitation.late_open", dt.date(2023, 2, 1)).value == 0
    assert story.measure("facilitation.late_open", dt.date(2023, 2, 2)).value == 1


def test_a_withdrawn_request_is_left_out() -> None:
    story = Story().circle()
    story.request("q", term=1)
    story.record("actions.request_withdrawn", by="r", request="q")
    assert story.later(10).measure("facilitation.late_open").value == 0


def test_a_request_that_nobody_answers_counts_as_long_as_it_is_open() -> None:
    story = Story().circle()
    story.request("q")
    assert story.later(500).measure("facilitation.late_open").value == 1


def test_before_anything_is_decided_there_is_no_share_and_no_delay() -> None:
    story = Story().circle()
    story.request("q")
    for name in ("in_term", "granted", "worst_terms_late"):
        measure = story.measure(f"facilitation.{name}")
        assert measure.value is None
        assert not measure.met


def test_an_answer_in_part_is_granted_too() -> None:
    story = _asked(1, {}, verdict="partly")
    assert story.measure("facilitation.granted").value == 1


def test_a_request_that_was_withdrawn_after_its_answer_is_left_out_too() -> None:
    story = _asked(2, {})
    story.record("actions.request_withdrawn", by="r", request="0")
    assert story.measure("facilitation.answered").value == 1


def test_a_request_that_is_late_again_is_one_request() -> None:
    story = _asked(1, {})
    story.record("actions.request_reopened", by="r", request="0", due=story.today.isoformat())
    in_term = story.later(1).measure("facilitation.in_term")
    assert in_term.value == 0
    assert in_term.thresholds[State.PRESENT] == 1


def test_the_worst_delay_is_that_of_the_latest_answer_of_all() -> None:
    assert _asked(1, {1: 2, 2: 5}).measure("facilitation.worst_terms_late").value == Fraction(1, 4)


def test_of_many_requests_the_share_of_those_judged_that_helped_is_told() -> None:
    story = _asked(10, {})
    for number, helpful in enumerate(("yes", "no")):
        story.record("actions.request_accepted", by="r", request=str(number), helpful=helpful)
    assert story.measure("facilitation.helpful").value == Fraction(1, 2)
