"""Early warnings: what is about to go wrong, each with its evidence (measures.md 4)."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from wijkverbond.analysis.kinds import SOCIETY
from wijkverbond.analysis.months import ends_soon
from wijkverbond.analysis.vitality import commitment as commitment
from wijkverbond.analysis.vitality import facilitation as facilitation
from wijkverbond.analysis.vitality.measures import View


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning about some records. `count` is for what is counted without being named."""

    code: str
    records: tuple[str, ...]
    evidence: tuple[int, ...]
    count: int = 1

    def as_dict(self) -> dict[str, object]:
        """The warning as plain JSON values."""
        return {
            "warning": self.code,
            "records": list(self.records),
            "evidence": list(self.evidence),
            "count": self.count,
        }


def warnings(seen: View) -> tuple[Warned, ...]:
    """All early warnings at this day."""
    return tuple(warned for find in FINDERS for warned in find(seen))


def _covenant_ends(seen: View) -> Iterator[Warned]:
    running = commitment.covenant_at(seen)
    if running is None:
        return
    name, covenant = running
    last_day, today = dt.date.fromordinal(covenant.until), dt.date.fromordinal(seen.day)
    soon = ends_soon(last_day, today, int(seen.limits.settings["warning.covenant_months"]))
    if soon and not commitment.successors(seen, name):
        yield Warned("covenant_ends_soon", (f"covenant:{name}",), (covenant.in_force,))


def _silent(seen: View) -> Iterator[Warned]:
    """Paid parties by name; volunteers' groups are only counted."""
    limit = seen.limits.settings["warning.silent_days"]
    silent = [party for party in seen.at_table if seen.day - party.last >= limit]
    for party in silent:
        if not party.volunteer:
            yield Warned("party_silent", (f"party:{party.id}",), (party.entry,))
    volunteers = sum(party.volunteer for party in silent)
    if volunteers:
        yield Warned("volunteers_silent", (), (), volunteers)


def _kind_dropping_out(seen: View) -> Iterator[Warned]:
    here = {party.kind for party in seen.active.values()}
    for kind in SOCIETY:
        joined = tuple(p.entry for p in seen.ledger.parties.values() if p.kind == kind)
        if joined and kind not in here:
            yield Warned(f"{kind}_dropping_out", (f"coalition:{seen.ledger.coalition}",), joined)


def _requests_late(seen: View) -> Iterator[Warned]:
    late: dict[str, list[int]] = {}
    before = seen.before("recent")
    for request in seen.ledger.requests.values():
        for answer in request.answers:
            if answer.day > max(answer.due, before):
                late.setdefault(answer.addressee, []).append(answer.entry)
        if facilitation.overdue(seen, request):
            late.setdefault(request.addressee, []).append(request.entry)
    for party, entries in late.items():
        if len(entries) >= seen.limits.settings["warning.late_requests"]:
            yield Warned("requests_late", (f"party:{party}",), tuple(entries), len(entries))


def _leaning_on_one(seen: View) -> Iterator[Warned]:
    deeds = seen.ledger.deeds_after(seen.before("deed"))
    for party, count in Counter(deed.party for deed in deeds).items():
        if count > seen.limits.settings["warning.share_of_deeds"] * len(deeds):
            own = tuple(deed.entry for deed in deeds if deed.party == party)
            yield Warned("one_party_does_most", (f"party:{party}",), own, count)
    running = [one for one in seen.ledger.initiatives.values() if not one.closed]
    for party, count in Counter(one.lead for one in running).items():
        many = count > seen.limits.settings["warning.share_of_leads"] * len(running)
        if many and count > 1:
            own = tuple(one.entry for one in running if one.lead == party)
            yield Warned("one_party_leads_most", (f"party:{party}",), own, count)


def _goals_past(seen: View) -> Iterator[Warned]:
    for name, goal in seen.ledger.goals.items():
        if 0 < goal.due < seen.day and not goal.met:
            yield Warned("goal_past_its_date", (f"goal:{name}",), (goal.entry,))


def _urgency_old(seen: View) -> Iterator[Warned]:
    for name, urgency in seen.ledger.urgencies.items():
        old = seen.day - urgency.adopted > seen.limits.settings["warning.urgency_days"]
        if urgency.adopted and old:
            yield Warned("urgency_old", (f"shared_urgency:{name}",), (urgency.adopted_entry,))


def _hand_over_due(seen: View) -> Iterator[Warned]:
    ledger = seen.ledger
    if 0 < ledger.hand_over_due < seen.day and not ledger.handed_over:
        yield Warned("hand_over_due", (f"coalition:{ledger.coalition}",), (ledger.start_entry,))


FINDERS: tuple[Callable[[View], Iterator[Warned]], ...] = (
    _covenant_ends,
    _silent,
    _kind_dropping_out,
    _requests_late,
    _leaning_on_one,
    _goals_past,
    _urgency_old,
    _hand_over_due,
)
