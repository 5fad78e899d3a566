"""Next steps: for each condition the one thing that brings it further, naming the records.

A step never names a volunteers' group as late or silent (product.md, "No harm"); asking a party to
confirm, endorse or sign is an invitation, not a reproach.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from wijkverbond.analysis.kinds import SOCIETY
from wijkverbond.analysis.vitality import commitment as commitment
from wijkverbond.analysis.vitality import conditions as conditions
from wijkverbond.analysis.vitality import proofs as proofs
from wijkverbond.analysis.vitality.measures import LedgerView, Weighed
from wijkverbond.analysis.vitality.thresholds import State

MOST_RECORDS = 5


@dataclass(frozen=True, slots=True)
class Step:
    """What to do next for a condition. `records` are "<thing>:<uuid>"; `kinds` only for inviting."""

    condition: str
    code: str
    records: tuple[str, ...]
    kinds: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """The step as plain JSON values."""
        values: dict[str, object] = {
            "condition": self.condition,
            "step": self.code,
            "records": list(self.records),
        }
        if self.kinds:
            values["kinds"] = list(self.kinds)
        return values


Found = tuple[str, list[str]] | None


def next_step(view: LedgerView, code: str, weighed: Weighed) -> Step | None:
    """The step for one condition; None when it is strong or nothing that exists would help."""
    if weighed.state is State.STRONG:
        return None
    kind_of_step = STEPS[code](view, weighed)
    if kind_of_step is None:
        return None
    step, records = kind_of_step
    kinds: tuple[str, ...] = ()
    if step == "invite_kind":
        kinds, records = tuple(records), []
    references = records[:MOST_RECORDS] or [f"coalition:{view.ledger.coalition}"]
    return Step(code, step, tuple(references), kinds)


def _refs(record_type: str, names: Iterable[str]) -> list[str]:
    return [f"{record_type}:{name}" for name in names]


def _others(view: LedgerView, done: Iterable[str]) -> list[str]:
    """Active parties that are not in `done`, society first."""
    others = [party for party in view.active.values() if party.id not in set(done)]
    return _refs("party", (party.id for party in sorted(others, key=_society_first)))


def _society_first(party: object) -> bool:
    return getattr(party, "kind", "") not in SOCIETY


def _insight(view: LedgerView, weighed: Weighed) -> Found:
    shared = conditions.recognised_insights(view)
    current = view.ledger.insights.items()
    waiting = [
        (len(conditions.recognising(view, insight)), name)
        for name, insight in current
        if name not in shared and insight.sources and not insight.withdrawn
    ]
    measure = weighed["recognised_insights"]
    if State.STRONG in measure.met:
        goals = view.ledger.goals.items()
        loose = [name for name, goal in goals if goal.entry not in _resting(weighed)]
        return "rest_goal_on_insight", _refs("goal", loose)
    if waiting:
        closest = sorted(
            waiting, key=lambda waiting_insight: (-waiting_insight[0], waiting_insight[1])
        )
        return "recognise_insight", _refs("insight", (name for _kinds, name in closest))
    return "publish_insight", []


def _resting(weighed: Weighed) -> tuple[int, ...]:
    return weighed["goals_resting_on_insight"].evidence


def _urgency(view: LedgerView, weighed: Weighed) -> Found:
    urgencies = view.ledger.urgencies
    adopted = [name for name, urgency in urgencies.items() if urgency.adopted]
    if not urgencies:
        talks = list(view.ledger.conversations)
        return ("propose_urgency", _refs("conversation", talks)) if talks else _open_conversation()
    if not adopted:
        return "adopt_urgency", _refs("shared_urgency", urgencies)
    if not weighed["adopted_shared"].value:
        return "ask_again", _refs("shared_urgency", adopted)
    if not weighed["shared_among_direct"].value:
        return "ask_those_directly_involved", _refs("shared_urgency", adopted)
    urgency = conditions.adopted_shared(view)[0]
    name = next(name for name, listed_urgency in urgencies.items() if listed_urgency is urgency)
    society = [
        party.id
        for party in view.active.values()
        if party.kind in SOCIETY and party.id not in conditions.endorsements(view, urgency)
    ]
    return "endorse_urgency", [f"shared_urgency:{name}", *_refs("party", society)]


def _open_conversation() -> Found:
    return "open_conversation", []


def _circle(view: LedgerView, weighed: Weighed) -> Found:
    kinds_at_the_table = {party.kind for party in view.active.values() if party.direct}
    missing = [kind for kind in SOCIETY if kind not in kinds_at_the_table]
    if missing:
        return "invite_kind", missing
    if weighed["open_missing_voices"].value:
        late = weighed["open_missing_voices"].evidence
        voices = view.ledger.missing_voices.items()
        return "answer_missing_voice", _refs(
            "missing_voice", (name for name, voice in voices if voice.entry in late)
        )
    net = conditions.network_at(view, conditions.ties(view))
    if net.isolated:
        return "report_tie", _refs("party", net.isolated)
    return "spread_ties", _refs("party", [net.busiest])


def _benefit(view: LedgerView, weighed: Weighed) -> Found:
    if not view.ledger.goals:
        return "set_goal", []
    waiting = _others(view, conditions.confirmed_benefits(view))
    if waiting:
        return "confirm_benefit", waiting
    return "reconfirm_benefit", _others(view, conditions.reconfirmed_benefits(view))


def _commitment(view: LedgerView, weighed: Weighed) -> Found:
    running = commitment.covenant_at(view)
    if running is None:
        return _towards_covenant(view, weighed)
    name, covenant = running
    reference = f"covenant:{name}"
    level = State.STRONG if weighed.state is State.PRESENT else State.PRESENT
    unsigned = _others(view, covenant.signed)
    if level not in weighed["remaining_days"].met and (step := _towards_successor(view, name)):
        return step
    if unsigned:
        return "sign_covenant", [reference, *unsigned]
    served = commitment.goals_with_signed_pledge(view, covenant)
    unserved = [goal for goal in view.ledger.goals if goal not in served]
    if unserved or not served:
        return "pledge_to_goal", _refs("goal", unserved)
    return ("hold_yearly_check", [reference]) if weighed["yearly_checks_late"].value else None


def _towards_successor(view: LedgerView, name: str) -> Found:
    """Make the covenant that follows, or sign it; once all signed it waits for its first day."""
    following = commitment.successors(view, name)
    if not following:
        return "open_successor", [f"covenant:{name}"]
    for code, covenant in following.items():
        if unsigned := _others(view, covenant.signed):
            return "sign_covenant", [f"covenant:{code}", *unsigned]
    return None


def _towards_covenant(view: LedgerView, weighed: Weighed) -> Found:
    waiting = {
        name: covenant
        for name, covenant in view.ledger.covenants.items()
        if covenant.sort == "covenant" and not covenant.ended and not covenant.in_force
    }
    for name, covenant in waiting.items():
        if covenant.opened:
            return "sign_covenant", [f"covenant:{name}", *_others(view, covenant.signed)]
    if waiting:
        return "open_covenant_for_signing", _refs("covenant", waiting)
    if not weighed["pledges_or_intent"].value:
        return "offer_pledge", _refs("goal", view.ledger.goals)
    return "draft_covenant", _refs("pledge", view.ledger.pledges)


def _results(view: LedgerView, weighed: Weighed) -> Found:
    goals = view.ledger.goals.items()
    if not goals:
        return "set_goal", []
    incomplete = [name for name, goal in goals if not goal.complete]
    if incomplete:
        return "complete_goal", _refs("goal", incomplete)
    measured = weighed["goals_measured"].evidence
    waiting = [
        name
        for name, goal in goals
        if not any(measurement[2] in measured for measurement in goal.measured)
    ]
    return ("measure_goal", _refs("goal", waiting)) if waiting else None


def _facilitation(view: LedgerView, weighed: Weighed) -> Found:
    requests = view.ledger.requests.items()
    if not requests:
        return "ask_request", _refs("obstacle", view.ledger.obstacles)
    waiting = [
        (request.due, name)
        for name, request in requests
        if request.awaiting and not request.withdrawn
    ]
    if waiting:
        return "answer_request", _refs("request", (name for _due, name in sorted(waiting)))
    escalated = [name for name, request in requests if request.escalated]
    return ("settle_escalation", _refs("request", escalated)) if escalated else None


def _energy(view: LedgerView, weighed: Weighed) -> Found:
    if not view.ledger.pledges:
        return "offer_pledge", _refs("goal", view.ledger.goals)
    unjudged = [
        name
        for name, pledge in view.ledger.pledges.items()
        if any(day not in pledge.judged for day in pledge.reported)
    ]
    if unjudged and State.STRONG not in weighed["pledges_kept"].met:
        return "judge_pledge", _refs("pledge", unjudged)
    doing = {deed.party for deed in view.ledger.deeds_after(view.before("deed"))}
    held_pledges = {id(pledge) for pledge in proofs.held_pledges(view)}
    resting = [
        name
        for name, pledge in view.ledger.pledges.items()
        if id(pledge) in held_pledges
        and pledge.party in view.active
        and pledge.party not in doing
        and not view.active[pledge.party].volunteer
    ]
    if resting:
        return "report_on_pledge", _refs("pledge", resting)
    running = [
        name for name, initiative in view.ledger.initiatives.items() if not initiative.closed
    ]
    return "start_something", _refs("initiative", running)


def _breakthroughs(view: LedgerView, weighed: Weighed) -> Found:
    waiting = [
        name
        for name, breakthrough in view.ledger.breakthroughs.items()
        if not breakthrough.withdrawn and not breakthrough.established
    ]
    if waiting:
        return "confirm_breakthrough", _refs("breakthrough", waiting)
    if view.ledger.obstacles:
        return "resolve_obstacle", _refs("obstacle", view.ledger.obstacles)
    return "claim_breakthrough", _refs("initiative", view.ledger.initiatives)


STEPS: Mapping[str, Callable[[LedgerView, Weighed], Found]] = {
    "insight": _insight,
    "urgency": _urgency,
    "circle": _circle,
    "benefit": _benefit,
    "commitment": _commitment,
    "results": _results,
    "facilitation": _facilitation,
    "energy": _energy,
    "breakthroughs": _breakthroughs,
}
