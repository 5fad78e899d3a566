"""Reading the journal into a ledger, second part: promises, deeds, requests, breakthroughs."""

from wijkverbond.analysis.vitality.handlers import Handlers, ordinal
from wijkverbond.analysis.vitality.ledger import (
    Answer,
    Breakthrough,
    Covenant,
    Happened,
    Initiative,
    Judged,
    Ledger,
    Pledge,
    Request,
)

ACTS = Handlers()


@ACTS.on("commitments.pledge_offered", "commitments.pledge_changed")
def _pledge(ledger: Ledger, happened: Happened, day: int) -> None:
    facts = happened.facts
    dues = sorted(ordinal(due) for due in facts["dues"])
    pledge = Pledge(
        party=facts["party"],
        entry=happened.id,
        goals=frozenset(facts["goals"]),
        with_parties=tuple(facts.get("with_parties", ())),
        until=ordinal(facts["until"]),
        dues=dues,
    )
    known = ledger.pledges.get(facts["pledge"])
    if known is not None:
        came_due = [due for due in known.dues if due <= day]
        pledge.dues = came_due + [due for due in dues if due > day]
        pledge.judged, pledge.reported = known.judged, known.reported
    ledger.pledges[facts["pledge"]] = pledge


@ACTS.on("commitments.pledge_withdrawn")
def _pledge_withdrawn(ledger: Ledger, happened: Happened, day: int) -> None:
    if pledge := ledger.pledges.get(happened.facts["pledge"]):
        pledge.withdrawn = True
        pledge.dues = [due for due in pledge.dues if due <= day]


@ACTS.on("commitments.covenant_drafted", "commitments.covenant_opened_for_signing")
def _covenant(ledger: Ledger, happened: Happened, day: int) -> None:
    facts = happened.facts
    covenant = Covenant(
        sort=facts["sort"],
        starts=ordinal(facts["starts"]),
        until=ordinal(facts["until"]),
        predecessor=facts.get("predecessor", ""),
    )
    if happened.event == "commitments.covenant_opened_for_signing":
        covenant.opened = happened.id
        covenant.pledges = frozenset(facts["pledges"])
    ledger.covenants[facts["covenant"]] = covenant


@ACTS.on("commitments.signed")
def _signed(ledger: Ledger, happened: Happened, day: int) -> None:
    if covenant := ledger.covenants.get(happened.facts["covenant"]):
        covenant.signed[happened.facts["party"]] = happened.id


@ACTS.on("commitments.covenant_in_force")
def _in_force(ledger: Ledger, happened: Happened, day: int) -> None:
    facts = happened.facts
    if facts["sort"] == "covenant":
        ledger.in_force_ever = True
    if covenant := ledger.covenants.get(facts["covenant"]):
        covenant.in_force = happened.id
        covenant.checks_due = tuple(sorted(ordinal(due) for due in facts["checks_due"]))


@ACTS.on("commitments.yearly_check_held")
def _checked(ledger: Ledger, happened: Happened, day: int) -> None:
    facts = happened.facts
    if covenant := ledger.covenants.get(facts["covenant"]):
        covenant.checks_held[ordinal(facts["due"])] = (ordinal(facts["held"]), happened.id)


@ACTS.on("commitments.covenant_ended", "commitments.covenant_renewed")
def _covenant_ended(ledger: Ledger, happened: Happened, day: int) -> None:
    if covenant := ledger.covenants.get(happened.facts["covenant"]):
        covenant.ended = True


@ACTS.on("actions.initiative_started")
def _initiative(ledger: Ledger, happened: Happened, day: int) -> None:
    facts = happened.facts
    ledger.initiatives[facts["initiative"]] = Initiative(
        entry=happened.id,
        lead=facts["lead"],
        origin_kind=facts["origin_kind"],
        parties={facts["lead"], *facts["parties"]},
        goals=frozenset(facts["goals"]),
        places=frozenset(facts.get("places", ())),
        started=day,
    )
    ledger.add_deed(day, facts["lead"], happened.id)


@ACTS.on("actions.initiative_joined")
def _initiative_joined(ledger: Ledger, happened: Happened, day: int) -> None:
    if initiative := ledger.initiatives.get(happened.facts["initiative"]):
        initiative.parties.add(happened.facts["party"])


@ACTS.on("actions.initiative_finished", "actions.initiative_stopped")
def _initiative_closed(ledger: Ledger, happened: Happened, day: int) -> None:
    if initiative := ledger.initiatives.get(happened.facts["initiative"]):
        initiative.closed = day
    if happened.event == "actions.initiative_finished":
        ledger.add_deed(day, happened.facts["lead"], happened.id)


@ACTS.on("actions.action_done")
def _action_done(ledger: Ledger, happened: Happened, day: int) -> None:
    facts = happened.facts
    ledger.add_deed(day, facts["party"], happened.id)
    if "people" in facts:
        ledger.people.append((day, facts["people"], happened.id))


@ACTS.on("actions.check_in_reported")
def _check_in(ledger: Ledger, happened: Happened, day: int) -> None:
    facts = happened.facts
    if facts["verdict"] != "not":
        ledger.add_deed(day, facts["party"], happened.id)
    if "people" in facts:
        ledger.people.append((day, facts["people"], happened.id))
    pledge = ledger.pledges.get(facts.get("pledge", ""))
    if pledge and "due" in facts:
        pledge.reported[ordinal(facts["due"])] = happened.id


@ACTS.on("actions.check_in_judged")
def _judged(ledger: Ledger, happened: Happened, day: int) -> None:
    facts = happened.facts
    pledge = ledger.pledges.get(facts.get("pledge", ""))
    judge = facts["judge"]
    if pledge is None or "due" not in facts or judge == pledge.party:
        return
    due = ordinal(facts["due"])
    if due not in pledge.judged:
        pledge.judged[due] = Judged()
    pledge.judged[due].add(judge, facts["verdict"], happened.id)


@ACTS.on("actions.obstacle_raised")
def _obstacle(ledger: Ledger, happened: Happened, day: int) -> None:
    ledger.obstacles[happened.facts["obstacle"]] = happened.id


@ACTS.on("actions.obstacle_resolved")
def _obstacle_resolved(ledger: Ledger, happened: Happened, day: int) -> None:
    ledger.obstacles.pop(happened.facts["obstacle"], None)
    for party in happened.facts["resolved_by"]:
        ledger.add_deed(day, party, happened.id)


@ACTS.on("actions.request_asked")
def _request(ledger: Ledger, happened: Happened, day: int) -> None:
    facts = happened.facts
    asked, due = ordinal(facts["asked_on"]), ordinal(facts["due"])
    ledger.requests[facts["request"]] = Request(
        entry=happened.id,
        addressee=facts["addressee"],
        asked=asked,
        due=due,
        term=max(1, due - asked),
    )


@ACTS.on("actions.request_extended")
def _extended(ledger: Ledger, happened: Happened, day: int) -> None:
    if request := ledger.requests.get(happened.facts["request"]):
        request.due = ordinal(happened.facts["due"])


@ACTS.on("actions.request_answered")
def _answered(ledger: Ledger, happened: Happened, day: int) -> None:
    facts = happened.facts
    request = ledger.requests.get(facts["request"])
    if request is None:
        return
    on_day, due = ordinal(facts["answered_on"]), ordinal(facts["due"])
    answer = Answer(on_day, due, facts["verdict"], facts["addressee"], happened.id)
    request.answers.append(answer)
    request.late = max(request.late, on_day - due)
    request.awaiting, request.escalated = False, 0
    if answer.verdict in ("granted", "partly"):
        ledger.add_deed(day, answer.addressee, happened.id)


@ACTS.on("actions.request_accepted")
def _accepted(ledger: Ledger, happened: Happened, day: int) -> None:
    if request := ledger.requests.get(happened.facts["request"]):
        request.awaiting, request.escalated = False, 0
        request.helpful, request.helpful_entry = happened.facts["helpful"], happened.id


@ACTS.on("actions.request_reopened")
def _reopened(ledger: Ledger, happened: Happened, day: int) -> None:
    if request := ledger.requests.get(happened.facts["request"]):
        request.awaiting, request.due = True, ordinal(happened.facts["due"])


@ACTS.on("actions.request_escalated")
def _escalated(ledger: Ledger, happened: Happened, day: int) -> None:
    if request := ledger.requests.get(happened.facts["request"]):
        request.escalated = happened.id


@ACTS.on("actions.request_withdrawn")
def _request_withdrawn(ledger: Ledger, happened: Happened, day: int) -> None:
    if request := ledger.requests.get(happened.facts["request"]):
        request.withdrawn = True


@ACTS.on("breakthroughs.claimed")
def _claimed(ledger: Ledger, happened: Happened, day: int) -> None:
    facts = happened.facts
    ledger.breakthroughs[facts["breakthrough"]] = Breakthrough(
        entry=happened.id,
        claimed=day,
        claimant=facts["claimant"],
        contributors=frozenset(facts["contributors"]),
        obstacle_owners=frozenset(facts["obstacle_owners"]),
    )


@ACTS.on("breakthroughs.confirmed")
def _confirmed(ledger: Ledger, happened: Happened, day: int) -> None:
    facts = happened.facts
    found = ledger.breakthroughs.get(facts["breakthrough"])
    if found and facts["party"] != found.claimant and facts["party"] not in found.contributors:
        found.confirmed[facts["party"]] = (facts["kind"], happened.id)


@ACTS.on("breakthroughs.disputed")
def _disputed(ledger: Ledger, happened: Happened, day: int) -> None:
    if found := ledger.breakthroughs.get(happened.facts["breakthrough"]):
        found.confirmed.pop(happened.facts["party"], None)


@ACTS.on("breakthroughs.confirmed_by_residents")
def _confirmed_by_residents(ledger: Ledger, happened: Happened, day: int) -> None:
    if found := ledger.breakthroughs.get(happened.facts["breakthrough"]):
        found.residents, found.residents_entry = happened.facts["people"], happened.id


@ACTS.on("breakthroughs.established")
def _established(ledger: Ledger, happened: Happened, day: int) -> None:
    if found := ledger.breakthroughs.get(happened.facts["breakthrough"]):
        found.established, found.established_entry = day, happened.id
        for party in sorted(found.contributors):
            ledger.add_deed(day, party, happened.id)


@ACTS.on("breakthroughs.withdrawn")
def _breakthrough_withdrawn(ledger: Ledger, happened: Happened, day: int) -> None:
    if found := ledger.breakthroughs.get(happened.facts["breakthrough"]):
        found.withdrawn = True


@ACTS.on("results.measurement_recorded", "results.measurement_corrected")
def _measured(ledger: Ledger, happened: Happened, day: int) -> None:
    facts = happened.facts
    if goal := ledger.goals.get(facts.get("goal", "")):
        measured_on, fresh = ordinal(facts["measured_on"]), ordinal(facts["fresh_until"])
        standing = [one for one in goal.measured if one[3] != facts.get("replaces")]
        measured = (measured_on, fresh, happened.id, facts.get("measurement", ""))
        goal.measured = [*standing, measured]


@ACTS.on("results.goal_met")
def _goal_met(ledger: Ledger, happened: Happened, day: int) -> None:
    if goal := ledger.goals.get(happened.facts["goal"]):
        goal.met = True
