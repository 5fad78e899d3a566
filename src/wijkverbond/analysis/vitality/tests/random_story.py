"""Random journals for the property tests: every event of the fold, in any order, over years."""

import datetime as dt
from collections.abc import Callable

from hypothesis import strategies as st

from wijkverbond.analysis.vitality.tests.story import Story, days

KINDS = {
    "r": "residents",
    "r2": "residents",
    "e": "entrepreneurs",
    "e2": "entrepreneurs",
    "s": "civil_society",
    "g": "government",
}
PARTIES = list(KINDS)
WORDS = ("shared", "leaning", "divided", "not_enough_data")

Act = Callable[[Story, int], object]


def _party(pick: int) -> str:
    return PARTIES[pick % len(PARTIES)]


def _other(pick: int) -> str:
    return PARTIES[(pick // 7) % len(PARTIES)]


def _join(story: Story, pick: int) -> None:
    party = _party(pick)
    confirmed = {"confirmed": "no"} if pick % 6 == 0 else {}
    story.join(party, KINDS[party], effort="volunteer" if pick % 5 == 0 else "paid", **confirmed)


def _others_confirm(story: Story, pick: int) -> None:
    story.others_confirm(_party(pick), KINDS[_party(pick)])


def _leave(story: Story, pick: int) -> None:
    event = ("coalition.party_left", "coalition.party_suspended", "coalition.suspension_ended")
    story.record(event[pick % 3], party=_party(pick), kind=KINDS[_party(pick)])


def _recognise(story: Story, pick: int) -> None:
    party = _party(pick)
    opinion = "differs" if pick % 9 == 0 else "recognises"
    story.recognise(f"i{pick % 2}", party, KINDS[party], opinion)


def _count_recognition(story: Story, pick: int) -> None:
    kind = KINDS[_party(pick)]
    lower = {kind: "0.6" if pick % 2 else "0.4"}
    story.record(
        "insights.recognition_counted", insight="i0", recognise={kind: pick % 12}, lower=lower
    )


def _publish_reading(story: Story, pick: int) -> None:
    leaning = ["s1"] if pick % 2 else []
    story.record("urgency.reading_published", conversation="q", shared=[], leaning=leaning)


def _adopt(story: Story, pick: int) -> None:
    story.adopt(
        agreement=WORDS[pick % 4],
        agreement_direct=WORDS[pick // 4 % 4],
        ask_again_by=(story.today + days(pick % 900)).isoformat(),
    )


def _endorse(story: Story, pick: int) -> None:
    story.endorse(_party(pick), KINDS[_party(pick)])


def _voice(story: Story, pick: int) -> None:
    events = ("suggested", "suggested", "dismissed", "filled")
    story.record(
        f"coalition.missing_voice_{events[pick % 4]}",
        missing_voice=f"v{pick % 3}",
        kind="residents",
    )


def _tie(story: Story, pick: int) -> None:
    strength = ("together", "informs", "none")[pick % 3]
    if _party(pick) != _other(pick):
        story.record(
            "coalition.tie_reported",
            by=_party(pick),
            party=_party(pick),
            other=_other(pick),
            strength=strength,
            year=story.today.year,
        )


def _goal(story: Story, pick: int) -> None:
    story.goal(f"g{pick % 2}", target=None if pick % 3 == 0 else "75", rests_on=["insight:i0"])


def _pledge(story: Story, pick: int) -> None:
    dues = [story.today + days(30 * number) for number in range(1, pick % 8)]
    story.pledge(f"p{pick % 4}", _party(pick), dues=dues, goals=[f"g{pick % 2}"])


def _judge(story: Story, pick: int) -> None:
    for entry in reversed(story.entries):
        if entry.event == "commitments.pledge_offered" and entry.facts["dues"]:
            due = entry.facts["dues"][pick % len(entry.facts["dues"])]
            verdict = ("kept", "kept", "partly", "not")[pick % 4]
            story.judge(
                entry.facts["pledge"],
                entry.facts["party"],
                _other(pick),
                dt.date.fromisoformat(due),
                verdict,
            )
            return


def _answer(story: Story, pick: int) -> None:
    verdict = ("granted", "partly", "declined")[pick % 3]
    story.answer(f"q{pick % 4}", story.today + days(pick % 40 - 20), verdict)


def _after_answer(story: Story, pick: int) -> None:
    events = ("request_accepted", "request_reopened", "request_escalated", "request_withdrawn")
    story.record(
        f"actions.{events[pick % 4]}",
        by="r",
        request=f"q{pick // 4 % 4}",
        helpful="yes",
        due=(story.today + days(10)).isoformat(),
    )


def _measure(story: Story, pick: int) -> None:
    story.record(
        "results.measurement_recorded",
        goal=f"g{pick % 2}",
        measured_on=story.today.isoformat(),
        fresh_until=(story.today + days(pick % 500)).isoformat(),
    )


def _confirm(story: Story, pick: int) -> None:
    story.confirm(f"b{pick % 2}", _party(pick), KINDS[_party(pick)])


def _check(story: Story, pick: int) -> None:
    story.record(
        "commitments.yearly_check_held",
        covenant="k",
        due=(story.today - days(pick % 30)).isoformat(),
        held=story.today.isoformat(),
    )


def _covenant(story: Story, pick: int) -> None:
    story.covenant("res" if pick % 2 else "resg", pledges=["p0", "p1"])


ACTS: dict[str, Act] = {
    "join": _join,
    "leave": _leave,
    "others_confirm": _others_confirm,
    "insight": lambda story, pick: story.insight(f"i{pick % 2}"),
    "recognise": _recognise,
    "count": _count_recognition,
    "open": lambda story, pick: story.record("urgency.conversation_opened", conversation="q"),
    "reading": _publish_reading,
    "urgency": lambda story, pick: story.urgency(),
    "adopt": _adopt,
    "endorse": _endorse,
    "voice": _voice,
    "tie": _tie,
    "goal": _goal,
    "benefit": lambda story, pick: story.benefit(_party(pick), f"g{pick // 7 % 2}"),
    "pledge": _pledge,
    "covenant": _covenant,
    "check": _check,
    "sign": lambda story, pick: story.sign(_party(pick)),
    "deed": lambda story, pick: story.deed(_party(pick)),
    "judge": _judge,
    "request": lambda story, pick: story.request(f"q{pick % 4}"),
    "answer": _answer,
    "after": _after_answer,
    "claim": lambda story, pick: story.claim(f"b{pick % 2}", claimant=_party(pick)),
    "confirm": _confirm,
    "establish": lambda story, pick: story.establish(f"b{pick % 2}"),
    "measure": _measure,
}

acts = st.lists(
    st.tuples(st.integers(0, 45), st.sampled_from(sorted(ACTS)), st.integers(0, 999)),
    min_size=1,
    max_size=60,
)
"""Days to wait, what happens, and a number that picks who and what."""


def tell(written_acts: list[tuple[int, str, int]]) -> Story:
    """The journal of these acts, in a coalition whose circle is there from the start."""
    story = Story().circle()
    for wait, act, pick in written_acts:
        ACTS[act](story.later(wait), pick)
    return story
