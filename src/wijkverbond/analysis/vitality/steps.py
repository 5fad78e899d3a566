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
from wijkverbond.analysis.vitality.measures import View, Weighed
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
        found: dict[str, object] = {
            "condition": self.condition,
            "step": self.code,
            "records": list(self.records),
        }
        if self.kinds:
            found["kinds"] = list(self.kinds)
        return found


Found = tuple[str, list[str]] | None


def next_step(seen: View, code: str, weighed: Weighed) -> Step | None:
    """The step for one condition; None when it is strong or nothing that exists would help."""
    if weighed.state is State.STRONG:
        return None
    found = STEPS[code](seen, weighed)
    if found is None:
        return None
    step, records = found
    kinds: tuple[str, ...] = ()
    if step == "invite_kind":
        kinds, records = tuple(records), []
    named = records[:MOST_RECORDS] or [f"coalition:{seen.ledger.coalition}"]
    return Step(code, step, tuple(named), kinds)


def _refs(thing: str, names: Iterable[str]) -> list[str]:
    return [f"{thing}:{name}" for name in names]


def _others(seen: View, done: Iterable[str]) -> list[str]:
    """Active parties that are not in `done`, society first."""
    found = [party for party in seen.active.values() if party.id not in set(done)]
    return _refs("party", (party.id for party in sorted(found, key=_society_first)))


def _society_first(party: object) -> bool:
    return getattr(party, "kind", "") not in SOCIETY


def _insight(seen: View, weighed: Weighed) -> Found:
    shared = conditions.recognised_insights(seen)
    current = seen.ledger.insights.items()
    waiting = [
        (len(conditions.recognising(seen, insight)), name)
        for name, insight in current
        if name not in shared and insight.sources and not insight.withdrawn
    ]
    measure = weighed["recognised_insights"]
    if State.STRONG in measure.met:
        goals = seen.ledger.goals.items()
        loose = [name for name, goal in goals if goal.entry not in _resting(weighed)]
        return "rest_goal_on_insight", _refs("goal", loose)
    if waiting:
        closest = sorted(waiting, key=lambda found: (-found[0], found[1]))
        return "recognise_insight", _refs("insight", (name for _kinds, name in closest))
    return "publish_insight", []


def _resting(weighed: Weighed) -> tuple[int, ...]:
    return weighed["goals_resting_on_insight"].evidence


def _urgency(seen: View, weighed: Weighed) -> Found:
    urgencies = seen.ledger.urgencies
    adopted = [name for name, urgency in urgencies.items() if urgency.adopted]
    if not urgencies:
        talks = list(seen.ledger.conversations)
        return ("propose_urgency", _refs("conversation", talks)) if talks else _open_talk()
    if not adopted:
        return "adopt_urgency", _refs("shared_urgency", urgencies)
    if not weighed["adopted_shared"].value:
        return "ask_again", _refs("shared_urgency", adopted)
    if not weighed["shared_among_direct"].value:
        return "ask_those_directly_involved", _refs("shared_urgency", adopted)
    urgency = conditions.adopted_shared(seen)[0]
    name = next(name for name, known in urgencies.items() if known is urgency)
    society = [
        party.id
        for party in seen.active.values()
        if party.kind in SOCIETY and party.id not in conditions.endorsements(seen, urgency)
    ]
    return "endorse_urgency", [f"shared_urgency:{name}", *_refs("party", society)]


def _open_talk() -> Found:
    return "open_conversation", []


def _circle(seen: View, weighed: Weighed) -> Found:
    here = {party.kind for party in seen.active.values() if party.direct}
    missing = [kind for kind in SOCIETY if kind not in here]
    if missing:
        return "invite_kind", missing
    if weighed["open_missing_voices"].value:
        late = weighed["open_missing_voices"].evidence
        voices = seen.ledger.missing_voices.items()
        return "answer_missing_voice", _refs(
            "missing_voice", (name for name, voice in voices if voice.entry in late)
        )
    net = conditions.network_at(seen, conditions.ties(seen))
    if net.isolated:
        return "report_tie", _refs("party", net.isolated)
    return "spread_ties", _refs("party", [net.busiest])


def _benefit(seen: View, weighed: Weighed) -> Found:
    if not seen.ledger.goals:
        return "set_goal", []
    confirmed = conditions.confirmed_benefits(seen)
    waiting = _others(seen, confirmed)
    if waiting:
        return "confirm_benefit", waiting
    changed = seen.ledger.goals_changed
    again = [party for party, (seq, _entry) in confirmed.items() if seq > changed]
    return "reconfirm_benefit", _others(seen, again)


def _commitment(seen: View, weighed: Weighed) -> Found:
    running = commitment.covenant_at(seen)
    if running is None:
        return _towards_covenant(seen, weighed)
    name, covenant = running
    reference = f"covenant:{name}"
    level = State.STRONG if weighed.state is State.PRESENT else State.PRESENT
    unsigned = _others(seen, covenant.signed)
    if level not in weighed["remaining_days"].met and (found := _towards_successor(seen, name)):
        return found
    if unsigned:
        return "sign_covenant", [reference, *unsigned]
    served = commitment.goals_with_signed_pledge(seen, covenant)
    unserved = [goal for goal in seen.ledger.goals if goal not in served]
    if unserved or not served:
        return "pledge_to_goal", _refs("goal", unserved)
    return ("hold_yearly_check", [reference]) if weighed["yearly_checks_late"].value else None


def _towards_successor(seen: View, name: str) -> Found:
    """Make the covenant that follows, or sign it; once all signed it waits for its first day."""
    following = commitment.successors(seen, name)
    if not following:
        return "open_successor", [f"covenant:{name}"]
    for code, covenant in following.items():
        if unsigned := _others(seen, covenant.signed):
            return "sign_covenant", [f"covenant:{code}", *unsigned]
    return None


def _towards_covenant(seen: View, weighed: Weighed) -> Found:
    waiting = {
        name: found
        for name, found in seen.ledger.covenants.items()
        if found.sort == "covenant" and not found.ended and not found.in_force
    }
    for name, covenant in waiting.items():
        if covenant.opened:
            return "sign_covenant", [f"covenant:{name}", *_others(seen, covenant.signed)]
    if waiting:
        return "open_covenant_for_signing", _refs("covenant", waiting)
    if not weighed["pledges_or_intent"].value:
        return "offer_pledge", _refs("goal", seen.ledger.goals)
    return "draft_covenant", _refs("pledge", seen.ledger.pledges)


def _results(seen: View, weighed: Weighed) -> Found:
    goals = seen.ledger.goals.items()
    if not goals:
        return "set_goal", []
    incomplete = [name for name, goal in goals if not goal.complete]
    if incomplete:
        return "complete_goal", _refs("goal", incomplete)
    measured = weighed["goals_measured"].evidence
    waiting = [
        name for name, goal in goals if not any(found[2] in measured for found in goal.measured)
    ]
    return ("measure_goal", _refs("goal", waiting)) if waiting else None


def _facilitation(seen: View, weighed: Weighed) -> Found:
    requests = seen.ledger.requests.items()
    if not requests:
        return "ask_request", _refs("obstacle", seen.ledger.obstacles)
    waiting = [
        (request.due, name)
        for name, request in requests
        if request.awaiting and not request.withdrawn
    ]
    if waiting:
        return "answer_request", _refs("request", (name for _due, name in sorted(waiting)))
    escalated = [name for name, request in requests if request.escalated]
    return ("settle_escalation", _refs("request", escalated)) if escalated else None


def _energy(seen: View, weighed: Weighed) -> Found:
    if not seen.ledger.pledges:
        return "offer_pledge", _refs("goal", seen.ledger.goals)
    unjudged = [
        name
        for name, pledge in seen.ledger.pledges.items()
        if any(day not in pledge.judged for day in pledge.reported)
    ]
    if unjudged and State.STRONG not in weighed["pledges_kept"].met:
        return "judge_pledge", _refs("pledge", unjudged)
    doing = {deed.party for deed in seen.ledger.deeds_after(seen.before("deed"))}
    held = {id(pledge) for pledge in proofs.held_pledges(seen)}
    resting = [
        name
        for name, pledge in seen.ledger.pledges.items()
        if id(pledge) in held
        and pledge.party in seen.active
        and pledge.party not in doing
        and not seen.active[pledge.party].volunteer
    ]
    if resting:
        return "report_on_pledge", _refs("pledge", resting)
    running = [name for name, one in seen.ledger.initiatives.items() if not one.closed]
    return "start_something", _refs("initiative", running)


def _breakthroughs(seen: View, weighed: Weighed) -> Found:
    waiting = [
        name
        for name, one in seen.ledger.breakthroughs.items()
        if not one.withdrawn and not one.established
    ]
    if waiting:
        return "confirm_breakthrough", _refs("breakthrough", waiting)
    if seen.ledger.obstacles:
        return "resolve_obstacle", _refs("obstacle", seen.ledger.obstacles)
    return "claim_breakthrough", _refs("initiative", seen.ledger.initiatives)


STEPS: Mapping[str, Callable[[View, Weighed], Found]] = {
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
