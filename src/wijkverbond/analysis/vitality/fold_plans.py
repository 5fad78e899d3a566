"""Reading the journal into a ledger, first part: circle, insights, urgency, vision, thresholds."""

from fractions import Fraction

from wijkverbond.analysis.vitality.handlers import Handlers, ordinal
from wijkverbond.analysis.vitality.ledger import (
    EntryFacts,
    Goal,
    Insight,
    Ledger,
    MissingVoice,
    Party,
    Urgency,
)

PLANS = Handlers()


@PLANS.on("coalition.coalition_started")
def _started(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    facts = entry.facts
    ledger.coalition = facts["coalition"]
    ledger.start_entry = entry.id
    ledger.since = ordinal(facts.get("since")) or day
    ledger.hand_over_due = ordinal(facts.get("hand_over_due"))


@PLANS.on("coalition.chair_and_rules_confirmed")
def _handed_over(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    ledger.handed_over = True


@PLANS.on("coalition.party_joined", "coalition.party_described")
def _party(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    facts = entry.facts
    earlier = ledger.parties.get(facts["party"])
    party = Party(
        id=facts["party"],
        kind=facts["kind"],
        direct=facts["involvement"] != "distance",
        volunteer=facts.get("effort") == "volunteer",
        adviser=facts.get("role") == "adviser",
        entry=entry.id,
        last=day,
        confirmed=facts.get("confirmed", "yes") == "yes",
    )
    if earlier is not None and entry.event == "coalition.party_described":
        party.entry, party.last = earlier.entry, earlier.last
        party.left, party.suspended = earlier.left, earlier.suspended
        party.confirmed = earlier.confirmed
    ledger.parties[party.id] = party
    if not party.confirmed:
        ledger.unconfirmed.add(party.id)


@PLANS.on("coalition.party_confirmed")
def _party_confirmed(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    if party := ledger.parties.get(entry.facts["party"]):
        party.confirmed = True
        ledger.unconfirmed.discard(party.id)


@PLANS.on("coalition.party_left")
def _party_left(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    if party := ledger.parties.get(entry.facts["party"]):
        party.left = True


@PLANS.on("coalition.party_suspended", "coalition.suspension_ended")
def _suspension(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    if party := ledger.parties.get(entry.facts["party"]):
        party.suspended = entry.event == "coalition.party_suspended"


@PLANS.on("coalition.secretariat_granted")
def _secretariat(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    if "party" in entry.facts:
        ledger.secretariats[entry.facts["secretariat"]] = entry.facts["party"]


@PLANS.on("coalition.secretariat_revoked")
def _secretariat_revoked(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    ledger.secretariats.pop(entry.facts["secretariat"], None)


@PLANS.on("coalition.missing_voice_suggested")
def _voice(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    ledger.missing_voices[entry.facts["missing_voice"]] = MissingVoice(entry.id, day)


@PLANS.on("coalition.missing_voice_dismissed", "coalition.missing_voice_filled")
def _voice_settled(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    if voice := ledger.missing_voices.get(entry.facts["missing_voice"]):
        voice.open = False


@PLANS.on("coalition.tie_reported")
def _tie(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    facts = entry.facts
    key = (facts["party"], facts["other"])
    ledger.ties[key] = (facts["year"], facts["strength"], entry.id)


@PLANS.on("insights.insight_published", "insights.insight_revised")
def _insight(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    facts = entry.facts
    earlier = ledger.insights.get(facts["insight"])
    if earlier is None:
        ledger.insights[facts["insight"]] = Insight(entry.id, facts["sources"])
    else:
        earlier.sources = facts["sources"]


@PLANS.on("insights.insight_withdrawn")
def _insight_withdrawn(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    if insight := ledger.insights.get(entry.facts["insight"]):
        insight.withdrawn = True


@PLANS.on("insights.insight_recognised")
def _recognised(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    facts = entry.facts
    if insight := ledger.insights.get(facts["insight"]):
        insight.by_party[facts["party"]] = (facts["kind"], facts["view"], entry.id)


@PLANS.on("insights.recognition_counted")
def _recognition(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    facts = entry.facts
    if insight := ledger.insights.get(facts["insight"]):
        # Of a small kind no count is told, but how many recognise it at least.
        at_least = facts.get("recognise_at_least", {})
        lower = facts["lower"]
        insight.counted = {
            kind: (count, Fraction(lower.get(kind, "0")))
            for kind, count in {**at_least, **facts["recognise"]}.items()
        }
        insight.counted_entry = entry.id


@PLANS.on("urgency.conversation_opened")
def _conversation(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    ledger.conversations[entry.facts["conversation"]] = entry.id


@PLANS.on("urgency.reading_published")
def _opinion(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    facts = entry.facts
    if facts["shared"] or facts["leaning"]:
        ledger.leaning[facts["conversation"]] = entry.id
    else:
        ledger.leaning.pop(facts["conversation"], None)


@PLANS.on("urgency.shared_urgency_proposed", "urgency.shared_urgency_worded_anew")
def _urgency(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    facts = entry.facts
    urgency = Urgency(
        entry=entry.id,
        revision=facts["revision"],
        agreement=facts["agreement"],
        agreement_direct=facts["agreement_direct"],
        rests_on=tuple(entry.rests_on),
    )
    earlier = ledger.urgencies.get(facts["shared_urgency"])
    if earlier is not None:
        urgency.entry = earlier.entry
    ledger.urgencies[facts["shared_urgency"]] = urgency


@PLANS.on("urgency.shared_urgency_endorsed")
def _endorsed(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    facts = entry.facts
    urgency = ledger.urgencies.get(facts["shared_urgency"])
    if urgency and urgency.revision == facts["revision"]:
        urgency.endorsed[facts["party"]] = (day, entry.id)


@PLANS.on("urgency.shared_urgency_adopted")
def _adopted(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    facts = entry.facts
    urgency = ledger.urgencies.get(facts["shared_urgency"])
    if urgency is None or urgency.revision != facts["revision"]:
        return
    urgency.agreement = facts["agreement"]
    urgency.agreement_direct = facts["agreement_direct"]
    urgency.ask_again_by = ordinal(facts["ask_again_by"])
    urgency.adopted, urgency.adopted_entry = day, entry.id


GOAL_FACTS = ("indicator", "baseline", "baseline_on", "target", "due")


@PLANS.on("vision.goal_set", "vision.goal_changed")
def _goal(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    facts = entry.facts
    goal = Goal(
        entry=entry.id,
        revision=facts["revision"],
        complete=all(facts.get(name) for name in GOAL_FACTS),
        baseline_on=ordinal(facts.get("baseline_on")),
        due=ordinal(facts.get("due")),
        rests_on=tuple(entry.rests_on),
        places=frozenset(facts.get("places", ())),
    )
    earlier = ledger.goals.get(facts["goal"])
    if earlier is not None:
        goal.measured = earlier.measured
    ledger.goals[facts["goal"]] = goal
    ledger.goals_ever = True
    ledger.goals_changed = entry.seq


@PLANS.on("vision.goal_dropped")
def _goal_dropped(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    ledger.goals.pop(entry.facts["goal"], None)
    ledger.goals_changed = entry.seq


@PLANS.on("vision.benefit_confirmed")
def _benefit(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    facts = entry.facts
    ledger.benefits[facts["party"], facts["goal"]] = (
        facts["goal_revision"],
        entry.seq,
        entry.id,
    )


@PLANS.on("vision.benefit_reopened", "vision.benefit_withdrawn")
def _benefit_gone(ledger: Ledger, entry: EntryFacts, day: int) -> None:
    ledger.benefits.pop((entry.facts["party"], entry.facts["goal"]), None)
