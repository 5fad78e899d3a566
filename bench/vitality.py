"""S8: a vitality reading from 10,000 journal events (quality.md: at most 50 ms, aim 20 ms).

The journal is that of a coalition of 25 parties over four years in which everything happens: mostly
check-ins, judgements, actions, requests, statements and positions. Run: ./wijkverbond bench vitality
"""

import datetime as dt
import statistics
import time
from collections.abc import Iterator, Mapping

from wijkverbond.analysis.kinds import KINDS
from wijkverbond.analysis.vitality.ledger import EntryFacts
from wijkverbond.analysis.vitality.reading import read

EVENTS = 10_000
START = dt.datetime(2022, 1, 3, 9, tzinfo=dt.UTC)
DAYS = 4 * 365
PARTIES = [f"party-{number}" for number in range(25)]
GOALS = [f"goal-{number}" for number in range(8)]

JournalLine = tuple[str, str | None, Mapping[str, object]]


def kind(party: str) -> str:
    """The kind of a party of this journal."""
    return KINDS[int(party.rpartition("-")[2]) % 4]


def _day(number: int) -> str:
    return (START + dt.timedelta(days=number)).date().isoformat()


def _beginning() -> Iterator[JournalLine]:
    yield "coalition.coalition_started", None, {"coalition": "coalition", "since": _day(0)}
    for party in PARTIES:
        facts = {"party": party, "kind": kind(party), "involvement": "works", "effort": "paid"}
        yield "coalition.party_joined", party, facts
    for number in range(8):
        insight = f"insight-{number}"
        yield "insights.insight_published", PARTIES[0], {"insight": insight, "sources": 2}
        for party in PARTIES[:12]:
            facts = {"insight": insight, "party": party, "kind": kind(party), "view": "recognises"}
            yield "insights.insight_recognised", party, facts
    urgency = {"shared_urgency": "urgency", "revision": 1, "agreement": "shared"}
    urgency |= {"agreement_direct": "shared", "ask_again_by": _day(1400)}
    yield "urgency.shared_urgency_proposed", PARTIES[0], urgency
    yield "urgency.shared_urgency_adopted", None, urgency
    yield from _plans()


def _plans() -> Iterator[JournalLine]:
    for goal in GOALS:
        facts = {"goal": goal, "revision": 1, "indicator": "i", "baseline": "70", "target": "75"}
        facts |= {"baseline_on": _day(0), "due": _day(2000)}
        yield "vision.goal_set", PARTIES[0], facts
        for party in PARTIES:
            benefit = {"party": party, "goal": goal, "goal_revision": 1}
            yield "vision.benefit_confirmed", party, benefit
    dues = [_day(number) for number in range(40, DAYS, 30)]
    for number in range(50):
        pledge: dict[str, object] = {"pledge": f"pledge-{number}", "dues": dues}
        pledge |= {
            "party": PARTIES[number % 25],
            "goals": [GOALS[number % 8]],
            "with_parties": [],
            "until": _day(DAYS),
        }
        yield "commitments.pledge_offered", PARTIES[number % 25], pledge
    covenant: dict[str, object] = {"covenant": "covenant", "sort": "covenant", "starts": _day(10)}
    covenant |= {"until": _day(2000), "pledges": [f"pledge-{number}" for number in range(50)]}
    yield "commitments.covenant_opened_for_signing", PARTIES[0], covenant
    for party in PARTIES:
        yield "commitments.signed", party, {"covenant": "covenant", "party": party}
    force = {"covenant": "covenant", "sort": "covenant", "checks_due": [_day(375), _day(740)]}
    yield "commitments.covenant_in_force", None, force


def _daily(number: int, day: int) -> JournalLine:
    """The events of every day, in turn."""
    party, other = PARTIES[number % 25], PARTIES[(number + 1) % 25]
    pledge = f"pledge-{number % 25}"
    due = _day(40 + max(0, (day - 40) // 30) * 30)
    request = f"request-{number // 10}"
    lines: tuple[JournalLine, ...] = (
        ("actions.check_in_reported", party,
         {"pledge": pledge, "party": party, "due": due, "verdict": "kept", "people": 4}),
        ("actions.check_in_judged", other,
         {"pledge": pledge, "party": party, "judge": other, "due": due, "verdict": "kept"}),
        ("actions.action_done", party, {"action": f"action-{number}", "party": party}),
        ("actions.request_asked", party,
         {"request": request, "addressee": PARTIES[3], "asked_on": _day(day),
          "due": _day(day + 21)}),
        ("actions.request_answered", PARTIES[3],
         {"request": request, "addressee": PARTIES[3], "verdict": "granted",
          "answered_on": _day(day), "due": _day(day + 21)}),
        ("urgency.statement_moderated", party, {"statement": f"statement-{number}"}),
        ("decisions.position_taken", party, {"decision": "decision", "position": "consent"}),
        ("insights.signal_answered", party, {"signal": f"signal-{number}"}),
        ("coalition.tie_reported", party,
         {"party": party, "other": other, "strength": "together", "year": 2022 + day // 365}),
        ("actions.initiative_started", party,
         {"initiative": f"initiative-{number}", "lead": party, "origin_kind": kind(party),
          "parties": [party, other], "goals": [GOALS[number % 8]]}),
    )  # fmt: skip
    return lines[9] if number % 100 == 99 else lines[min(number % 10, 8)]


def journal(events: int) -> list[EntryFacts]:
    """A journal of so many entries, evenly spread over the years."""
    beginning = list(_beginning())
    entries = []
    for seq in range(events):
        day = seq * DAYS // events
        line = beginning[seq] if seq < len(beginning) else _daily(seq, day)
        at = START + dt.timedelta(days=day, microseconds=seq)
        entries.append(EntryFacts(seq, seq, at, None, line[0], line[1], line[2], ()))
    return entries


def main() -> None:
    """Print the fastest and the median of 15 readings, and the ratio to the 50 ms of S8."""
    entries = journal(EVENTS)
    as_of = (START + dt.timedelta(days=DAYS)).date()
    took = []
    for _ in range(15):
        begin = time.perf_counter()
        reading = read(entries, as_of)
        took.append(time.perf_counter() - begin)
    median = statistics.median(took)
    print(f"vitality: {reading.entries} events, fastest of 15 readings: {min(took) * 1000:.1f} ms")
    print(f"vitality: median: {median * 1000:.1f} ms")
    print(f"vitality: median / 50 ms: {median / 0.050:.2f}")


if __name__ == "__main__":
    main()
