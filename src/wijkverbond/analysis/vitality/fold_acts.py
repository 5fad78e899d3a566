"""Reading the journal into a ledger, second part: pledges, deeds, requests, breakthroughs."""

from wijkverbond.analysis.vitality.handlers import Handlers, ordinal
from wijkverbond.analysis.vitality.ledger import (
    Breakthrough,
    Covenant,
    EntryFacts,
    Initiative,
    JudgedCheckIn,
    Ledger,
    Pledge,
    Request,
    RequestAnswer,
)

ACTS = Handlers()


@ACTS.on("commitments.pledge_offered", "commitments.pledge_changed")
def _pledge(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    facts = entry.facts
    dues = sorted(ordinal(due) for due in facts["dues"])
    pledge = Pledge(
        party=facts["party"],
        entry=entry.id,
        goals=frozenset(facts["goals"]),
        with_parties=tuple(facts.get("with_parties", ())),
        until=ordinal(facts["until"]),
        dues=dues,
    )
    earlier = ledger.pledges.get(facts["pledge"])
    if earlier is not None:
        came_due = [due for due in earlier.dues if due <= day]
        pledge.dues = came_due + [due for due in dues if due > day]
        pledge.judged, pledge.reported = earlier.judged, earlier.reported
    ledger.pledges[facts["pledge"]] = pledge


@ACTS.on("commitments.pledge_withdrawn")
def _pledge_withdrawn(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    if pledge := ledger.pledges.get(entry.facts["pledge"]):
        pledge.withdrawn = True
        pledge.dues = [due for due in pledge.dues if due <= day]


@ACTS.on("commitments.covenant_drafted", "commitments.covenant_opened_for_signing")
def _covenant(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    facts = entry.facts
    covenant = Covenant(
        sort=facts["sort"],
        starts=ordinal(facts["starts"]),
        until=ordinal(facts["until"]),
        predecessor=facts.get("predecessor", ""),
    )
    if entry.event == "commitments.covenant_opened_for_signing":
        covenant.opened = entry.id
        covenant.pledges = frozenset(facts["pledges"])
    ledger.covenants[facts["covenant"]] = covenant


@ACTS.on("commitments.signed")
def _signed(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    if covenant := ledger.covenants.get(entry.facts["covenant"]):
        covenant.signed[entry.facts["party"]] = entry.id


@ACTS.on("commitments.covenant_in_force")
def _in_force(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    facts = entry.facts
    if facts["sort"] == "covenant":
        ledger.in_force_ever = True
    if covenant := ledger.covenants.get(facts["covenant"]):
        covenant.in_force = entry.id
        covenant.checks_due = tuple(sorted(ordinal(due) for due in facts["checks_due"]))


@ACTS.on("commitments.yearly_check_held")
def _checked(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    facts = entry.facts
    if covenant := ledger.covenants.get(facts["covenant"]):
        covenant.checks_held[ordinal(facts["due"])] = (ordinal(facts["held"]), entry.id)


@ACTS.on("commitments.covenant_ended", "commitments.covenant_renewed")
def _covenant_ended(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    if covenant := ledger.covenants.get(entry.facts["covenant"]):
        covenant.ended = True


@ACTS.on("actions.initiative_started")
def _initiative(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    facts = entry.facts
    ledger.initiatives[facts["initiative"]] = Initiative(
        entry=entry.id,
        lead=facts["lead"],
        origin_kind=facts["origin_kind"],
        parties={facts["lead"], *facts["parties"]},
        goals=frozenset(facts["goals"]),
        places=frozenset(facts.get("places", ())),
        started=day,
    )
    ledger.add_deed(day, facts["lead"], entry.id)


@ACTS.on("actions.initiative_joined")
def _initiative_joined(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    if initiative := ledger.initiatives.get(entry.facts["initiative"]):
        initiative.parties.add(entry.facts["party"])


@ACTS.on("actions.initiative_finished", "actions.initiative_stopped")
def _initiative_closed(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    if initiative := ledger.initiatives.get(entry.facts["initiative"]):
        initiative.closed = day
    if entry.event == "actions.initiative_finished":
        ledger.add_deed(day, entry.facts["lead"], entry.id)


@ACTS.on("actions.action_done")
def _action_done(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    facts = entry.facts
    ledger.add_deed(day, facts["party"], entry.id)
    if "people" in facts:
        ledger.people.append((day, facts["people"], entry.id))


@ACTS.on("actions.check_in_reported")
def _check_in(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    facts = entry.facts
    if facts["verdict"] != "not":
        ledger.add_deed(day, facts["party"], entry.id)
    if "people" in facts:
        ledger.people.append((day, facts["people"], entry.id))
    pledge = ledger.pledges.get(facts.get("pledge", ""))
    if pledge and "due" in facts:
        pledge.reported[ordinal(facts["due"])] = entry.id


@ACTS.on("actions.check_in_judged")
def _judged(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    facts = entry.facts
    pledge = ledger.pledges.get(facts.get("pledge", ""))
    judge = facts["judge"]
    if pledge is None or "due" not in facts or judge == pledge.party:
        return
    due = ordinal(facts["due"])
    if due not in pledge.judged:
        pledge.judged[due] = JudgedCheckIn()
    pledge.judged[due].add(judge, facts["verdict"], entry.id)


@ACTS.on("actions.obstacle_raised")
def _obstacle(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    ledger.obstacles[entry.facts["obstacle"]] = entry.id


@ACTS.on("actions.obstacle_resolved")
def _obstacle_resolved(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    ledger.obstacles.pop(entry.facts["obstacle"], None)
    for party in entry.facts["resolved_by"]:
        ledger.add_deed(day, party, entry.id)


@ACTS.on("actions.request_asked")
def _request(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    facts = entry.facts
    asked_on, due = ordinal(facts["asked_on"]), ordinal(facts["due"])
    ledger.requests[facts["request"]] = Request(
        entry=entry.id,
        addressee=facts["addressee"],
        asked=asked_on,
        due=due,
        term=max(1, due - asked_on),
    )


@ACTS.on("actions.request_extended")
def _extended(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    if request := ledger.requests.get(entry.facts["request"]):
        request.due = ordinal(entry.facts["due"])


@ACTS.on("actions.request_answered")
def _answered(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    facts = entry.facts
    request = ledger.requests.get(facts["request"])
    if request is None:
        return
    on_day, due = ordinal(facts["answered_on"]), ordinal(facts["due"])
    answer = RequestAnswer(on_day, due, facts["verdict"], facts["addressee"], entry.id)
    request.answers.append(answer)
    request.late = max(request.late, on_day - due)
    request.awaiting, request.escalated = False, 0
    if answer.verdict in ("granted", "partly"):
        ledger.add_deed(day, answer.addressee, entry.id)


@ACTS.on("actions.request_accepted")
def _accepted(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    if request := ledger.requests.get(entry.facts["request"]):
        request.awaiting, request.escalated = False, 0
        request.helpful, request.helpful_entry = entry.facts["helpful"], entry.id


@ACTS.on("actions.request_reopened")
def _reopened(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    if request := ledger.requests.get(entry.facts["request"]):
        request.awaiting, request.due = True, ordinal(entry.facts["due"])


@ACTS.on("actions.request_escalated")
def _escalated(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    if request := ledger.requests.get(entry.facts["request"]):
        request.escalated = entry.id


@ACTS.on("actions.request_withdrawn")
def _request_withdrawn(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    if request := ledger.requests.get(entry.facts["request"]):
        request.withdrawn = True


@ACTS.on("breakthroughs.claimed")
def _claimed(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    facts = entry.facts
    ledger.breakthroughs[facts["breakthrough"]] = Breakthrough(
        entry=entry.id,
        claimed=day,
        claimant=facts["claimant"],
        contributors=frozenset(facts["contributors"]),
        obstacle_owners=frozenset(facts["obstacle_owners"]),
    )


@ACTS.on("breakthroughs.worked_on")
def _worked_on(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    if breakthrough := ledger.breakthroughs.get(entry.facts["breakthrough"]):
        party = entry.facts["party"]
        breakthrough.contributors |= {party}
        if breakthrough.established:
            ledger.add_deed(breakthrough.established, party, entry.id)


@ACTS.on("breakthroughs.confirmed")
def _confirmed(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    facts = entry.facts
    breakthrough = ledger.breakthroughs.get(facts["breakthrough"])
    if (
        breakthrough
        and facts["party"] != breakthrough.claimant
        and facts["party"] not in breakthrough.contributors
    ):
        breakthrough.confirmed[facts["party"]] = (facts["kind"], entry.id)


@ACTS.on("breakthroughs.disputed")
def _disputed(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    if breakthrough := ledger.breakthroughs.get(entry.facts["breakthrough"]):
        breakthrough.confirmed.pop(entry.facts["party"], None)


@ACTS.on("breakthroughs.confirmed_by_residents")
def _confirmed_by_residents(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    if breakthrough := ledger.breakthroughs.get(entry.facts["breakthrough"]):
        breakthrough.residents, breakthrough.residents_entry = entry.facts["people"], entry.id


@ACTS.on("breakthroughs.established")
def _established(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    if breakthrough := ledger.breakthroughs.get(entry.facts["breakthrough"]):
        breakthrough.established, breakthrough.established_entry = day, entry.id
        for party in sorted(breakthrough.contributors):
            ledger.add_deed(day, party, entry.id)


@ACTS.on("breakthroughs.withdrawn")
def _breakthrough_withdrawn(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    if breakthrough := ledger.breakthroughs.get(entry.facts["breakthrough"]):
        breakthrough.withdrawn = True


@ACTS.on("results.measurement_recorded", "results.measurement_corrected")
def _measured(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    facts = entry.facts
    if goal := ledger.goals.get(facts.get("goal", "")):
        measured_on, fresh = ordinal(facts["measured_on"]), ordinal(facts["fresh_until"])
        current = [
            measurement for measurement in goal.measured if measurement[3] != facts.get("replaces")
        ]
        measured = (measured_on, fresh, entry.id, facts.get("measurement", ""))
        goal.measured = [*current, measured]


@ACTS.on("results.goal_met")
def _goal_met(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    if goal := ledger.goals.get(entry.facts["goal"]):
        goal.met = True
