"""Facilitated optimally: how government answers requests, its mirror beside the house (R3)."""

from collections.abc import Iterable
from fractions import Fraction
from math import ceil

from wijkverbond.analysis.vitality.ledger import Request
from wijkverbond.analysis.vitality.measures import Measure, Number, View, Weighed, ratio

GRANTED = ("granted", "partly")


def facilitation(seen: View) -> Weighed:
    """Facilitated optimally: requests answered in term. Government's mirror, shown beside."""
    before = seen.before("recent")
    asked = [
        request
        for request in seen.ledger.requests.values()
        if not request.withdrawn and (request.awaiting or request.asked > before)
    ]
    answered = [request for request in asked if request.answers]
    late = [request for request in asked if overdue(seen, request)]
    decided = [*answered, *(request for request in late if not request.answers)]
    lateness = {request.entry: days_late(seen, request) for request in decided}
    in_term = [request for request in answered if not lateness[request.entry]]
    terms = {request.entry: request.term for request in decided}
    worst = max(
        (Fraction(days, terms[entry]) for entry, days in lateness.items() if days), default=0
    )
    granted = [one for one in answered if one.answers[-1].verdict in GRANTED]
    judged = [request for request in asked if request.helpful]
    helpful = [request.helpful_entry for request in judged if request.helpful != "no"]
    escalated = [request.escalated for request in asked if request.escalated]
    shares = len(decided) >= seen.limits.settings["facilitation.shares_from_requests"]
    return Weighed(
        (
            seen.measure("facilitation.answered", len(answered), _answers(answered)),
            _part(seen, "in_term", in_term, len(decided), shares=shares),
            seen.measure("facilitation.late_open", len(late), [one.entry for one in late]),
            seen.measure("facilitation.worst_terms_late", worst if decided else None, lateness),
            _part(seen, "granted", granted, len(answered), shares=shares),
            seen.measure(
                "facilitation.helpful",
                ratio(len(helpful), len(judged)) if shares else len(helpful),
                helpful,
            ),
            seen.measure("facilitation.escalations_open", len(escalated), escalated),
        ),
        countable=bool(seen.ledger.requests),
    )


def overdue(seen: View, request: Request) -> bool:
    """Whether an answer is owed and its term has passed."""
    return request.awaiting and not request.withdrawn and request.due < seen.day


def days_late(seen: View, request: Request) -> int:
    """The most days that any answer to a request came, or is, too late."""
    late = request.late
    return max(late, seen.day - request.due) if request.awaiting else late


def _answers(requests: Iterable[Request]) -> list[int]:
    return [answer.entry for request in requests for answer in request.answers]


def _part(seen: View, name: str, part: list[Request], whole: int, *, shares: bool) -> Measure:
    """A share, or for few requests the count with the thresholds as counts."""
    full = f"facilitation.{name}"
    evidence = _answers(part)
    if shares or not whole:
        return seen.measure(full, ratio(len(part), whole), evidence)
    rule = seen.limits.rules[full]
    counts = {state: Fraction(ceil(limit * whole)) for state, limit in rule.levels.items()}
    value: Number = len(part)
    return seen.measure(full, value, evidence, levels=counts)
