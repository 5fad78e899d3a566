"""Facilitated optimally: how government answers requests, its mirror beside the house (R3)."""

from collections.abc import Iterable
from fractions import Fraction
from math import ceil

from wijkverbond.analysis.vitality.ledger import Request
from wijkverbond.analysis.vitality.measures import LedgerView, Measure, Number, Weighed, ratio

GRANTED = ("granted", "partly")


def facilitation(view: LedgerView) -> Weighed:
    """Facilitated optimally: requests answered in term. Government's mirror, shown beside."""
    before = view.before("recent")
    requests = [
        request
        for request in view.ledger.requests.values()
        if not request.withdrawn and (request.awaiting or request.asked > before)
    ]
    answered = [request for request in requests if request.answers]
    late = [request for request in requests if overdue(view, request)]
    decided = [*answered, *(request for request in late if not request.answers)]
    lateness = {request.entry: days_late(view, request) for request in decided}
    in_term = [request for request in answered if not lateness[request.entry]]
    terms = {request.entry: request.term for request in decided}
    worst = max((Fraction(days, terms[entry]) for entry, days in lateness.items()), default=None)
    granted = [request for request in answered if request.answers[-1].verdict in GRANTED]
    judged = [request for request in requests if request.helpful]
    helpful = [request.helpful_entry for request in judged if request.helpful != "no"]
    escalated = [request.escalated for request in requests if request.escalated]
    shares = len(decided) >= view.limits.settings["facilitation.shares_from_requests"]
    return Weighed(
        (
            view.measure("facilitation.answered", len(answered), _answers(answered)),
            _part(view, "in_term", in_term, len(decided), shares=shares),
            view.measure("facilitation.late_open", len(late), [request.entry for request in late]),
            view.measure("facilitation.worst_terms_late", worst, lateness),
            _part(view, "granted", granted, len(answered), shares=shares),
            view.measure(
                "facilitation.helpful",
                ratio(len(helpful), len(judged)) if shares else len(helpful),
                helpful,
            ),
            view.measure("facilitation.escalations_open", len(escalated), escalated),
        ),
        countable=bool(view.ledger.requests),
    )


def overdue(view: LedgerView, request: Request) -> bool:
    """Whether an answer is owed and its term has passed."""
    return request.awaiting and not request.withdrawn and request.due < view.day


def days_late(view: LedgerView, request: Request) -> int:
    """The most days that any answer to a request came, or is, too late."""
    late = request.late
    return max(late, view.day - request.due) if request.awaiting else late


def _answers(requests: Iterable[Request]) -> list[int]:
    return [answer.entry for request in requests for answer in request.answers]


def _part(view: LedgerView, name: str, part: list[Request], total: int, *, shares: bool) -> Measure:
    """A share, or for few requests the count with the thresholds as counts."""
    full = f"facilitation.{name}"
    evidence = _answers(part)
    if shares or not total:
        return view.measure(full, ratio(len(part), total), evidence)
    rule = view.limits.rules[full]
    counts = {state: Fraction(ceil(limit * total)) for state, limit in rule.levels.items()}
    value: Number = len(part)
    return view.measure(full, value, evidence, levels=counts)
