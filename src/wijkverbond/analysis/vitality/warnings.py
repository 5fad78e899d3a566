"""Early warnings: what is about to go wrong, each with its evidence (measures.md 4)."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from wijkverbond.analysis.kinds import SOCIETY
from wijkverbond.analysis.months import ends_soon
from wijkverbond.analysis.vitality import commitment as commitment
from wijkverbond.analysis.vitality import facilitation as facilitation
from wijkverbond.analysis.vitality.measures import LedgerView


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


def warnings(view: LedgerView) -> tuple[Warned, ...]:
    """All early warnings at this day."""
    return tuple(warned for find in FINDERS for warned in find(view))


def _covenant_ends(view: LedgerView) -> Iterator[Warned]:
    running = commitment.covenant_at(view)
    if running is None:
        return
    name, covenant = running
    last_day, today = dt.date.fromordinal(covenant.until), dt.date.fromordinal(view.day)
    soon = ends_soon(last_day, today, int(view.limits.settings["warning.covenant_months"]))
    if soon and not commitment.successors(view, name):
        yield Warned("covenant_ends_soon", (f"covenant:{name}",), (covenant.in_force,))


def _silent(view: LedgerView) -> Iterator[Warned]:
    """Paid parties by name; volunteers' groups are only counted."""
    limit = view.limits.settings["warning.silent_days"]
    silent = [party for party in view.at_table if view.day - party.last >= limit]
    for party in silent:
        if not party.volunteer:
            yield Warned("party_silent", (f"party:{party.id}",), (party.entry,))
    volunteers = sum(party.volunteer for party in silent)
    if volunteers:
        yield Warned("volunteers_silent", (), (), volunteers)


def _kind_dropping_out(view: LedgerView) -> Iterator[Warned]:
    kinds_at_the_table = {party.kind for party in view.active.values()}
    for kind in SOCIETY:
        confirmed = (party for party in view.ledger.parties.values() if party.confirmed)
        joined = tuple(party.entry for party in confirmed if party.kind == kind)
        if joined and kind not in kinds_at_the_table:
            yield Warned(f"{kind}_dropping_out", (f"coalition:{view.ledger.coalition}",), joined)


def _requests_late(view: LedgerView) -> Iterator[Warned]:
    late: dict[str, list[int]] = {}
    before = view.before("recent")
    for request in view.ledger.requests.values():
        for answer in request.answers:
            if answer.day > max(answer.due, before):
                late.setdefault(answer.addressee, []).append(answer.entry)
        if facilitation.overdue(view, request):
            late.setdefault(request.addressee, []).append(request.entry)
    for party, entries in late.items():
        if len(entries) >= view.limits.settings["warning.late_requests"]:
            yield Warned("requests_late", (f"party:{party}",), tuple(entries), len(entries))


def _leaning_on_one(view: LedgerView) -> Iterator[Warned]:
    deeds = view.ledger.deeds_after(view.before("deed"))
    for party, count in Counter(deed.party for deed in deeds).items():
        if count > view.limits.settings["warning.share_of_deeds"] * len(deeds):
            own = tuple(deed.entry for deed in deeds if deed.party == party)
            yield Warned("one_party_does_most", (f"party:{party}",), own, count)
    running = [
        initiative for initiative in view.ledger.initiatives.values() if not initiative.closed
    ]
    for party, count in Counter(initiative.lead for initiative in running).items():
        leads_many = count > view.limits.settings["warning.share_of_leads"] * len(running)
        if leads_many and count > 1:
            own = tuple(initiative.entry for initiative in running if initiative.lead == party)
            yield Warned("one_party_leads_most", (f"party:{party}",), own, count)


def _goals_past(view: LedgerView) -> Iterator[Warned]:
    for name, goal in view.ledger.goals.items():
        if goal.due and goal.due < view.day and not goal.met:
            yield Warned("goal_past_its_date", (f"goal:{name}",), (goal.entry,))


def _urgency_old(view: LedgerView) -> Iterator[Warned]:
    for name, urgency in view.ledger.urgencies.items():
        old = view.day - urgency.adopted > view.limits.settings["warning.urgency_days"]
        if urgency.adopted and old:
            yield Warned("urgency_old", (f"shared_urgency:{name}",), (urgency.adopted_entry,))


def _hand_over_due(view: LedgerView) -> Iterator[Warned]:
    ledger = view.ledger
    if ledger.hand_over_due and ledger.hand_over_due < view.day and not ledger.handed_over:
        yield Warned("hand_over_due", (f"coalition:{ledger.coalition}",), (ledger.start_entry,))


FINDERS: tuple[Callable[[LedgerView], Iterator[Warned]], ...] = (
    _covenant_ends,
    _silent,
    _kind_dropping_out,
    _requests_late,
    _leaning_on_one,
    _goals_past,
    _urgency_old,
    _hand_over_due,
)
