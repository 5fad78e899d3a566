"""Reading the journal into a ledger, first part: circle, insights, urgency, vision, thresholds."""

from fractions import Fraction

from wijkverbond.analysis.vitality.handlers import Handlers, ordinal
from wijkverbond.analysis.vitality.ledger import (
    Goal,
    Happened,
    Insight,
    Ledger,
    MissingVoice,
    Party,
    Urgency,
)

PLANS = Handlers()


@PLANS.on("coalition.coalition_started")
def _started(ledger: Ledger, happened: Happened, day: int) -> None:
    facts = happened.facts
    ledger.coalition = facts["coalition"]
    ledger.start_entry = happened.id
    ledger.since = ordinal(facts.get("since")) or day
    ledger.hand_over_due = ordinal(facts.get("hand_over_due"))


@PLANS.on("coalition.chair_and_rules_confirmed")
def _handed_over(ledger: Ledger, happened: Happened, day: int) -> None:
    ledger.handed_over = True


@PLANS.on("coalition.party_joined", "coalition.party_described")
def _party(ledger: Ledger, happened: Happened, day: int) -> None:
    facts = happened.facts
    known = ledger.parties.get(facts["party"])
    party = Party(
        id=facts["party"],
        kind=facts["kind"],
        direct=facts["involvement"] != "distance",
        volunteer=facts.get("effort") == "volunteer",
        adviser=facts.get("role") == "adviser",
        entry=happened.id,
        last=day,
    )
    if known is not None and happened.event == "coalition.party_described":
        party.entry, party.last = known.entry, known.last
        party.left, party.suspended = known.left, known.suspended
    ledger.parties[party.id] = party


@PLANS.on("coalition.party_left")
def _party_left(ledger: Ledger, happened: Happened, day: int) -> None:
    if party := ledger.parties.get(happened.facts["party"]):
        party.left = True


@PLANS.on("coalition.party_suspended", "coalition.suspension_ended")
def _suspension(ledger: Ledger, happened: Happened, day: int) -> None:
    if party := ledger.parties.get(happened.facts["party"]):
        party.suspended = happened.event == "coalition.party_suspended"


@PLANS.on("coalition.secretariat_granted")
def _secretariat(ledger: Ledger, happened: Happened, day: int) -> None:
    if "party" in happened.facts:
        ledger.secretariats[happened.facts["secretariat"]] = happened.facts["party"]


@PLANS.on("coalition.secretariat_revoked")
def _secretariat_revoked(ledger: Ledger, happened: Happened, day: int) -> None:
    ledger.secretariats.pop(happened.facts["secretariat"], None)


@PLANS.on("coalition.missing_voice_suggested")
def _voice(ledger: Ledger, happened: Happened, day: int) -> None:
    ledger.missing_voices[happened.facts["missing_voice"]] = MissingVoice(happened.id, day)


@PLANS.on("coalition.missing_voice_dismissed", "coalition.missing_voice_filled")
def _voice_settled(ledger: Ledger, happened: Happened, day: int) -> None:
    if voice := ledger.missing_voices.get(happened.facts["missing_voice"]):
        voice.open = False


@PLANS.on("coalition.tie_reported")
def _tie(ledger: Ledger, happened: Happened, day: int) -> None:
    facts = happened.facts
    key = (facts["party"], facts["other"])
    ledger.ties[key] = (facts["year"], facts["strength"], happened.id)


@PLANS.on("insights.insight_published", "insights.insight_revised")
def _insight(ledger: Ledger, happened: Happened, day: int) -> None:
    facts = happened.facts
    known = ledger.insights.get(facts["insight"])
    if known is None:
        ledger.insights[facts["insight"]] = Insight(happened.id, facts["sources"])
    else:
        known.sources = facts["sources"]


@PLANS.on("insights.insight_withdrawn")
def _insight_withdrawn(ledger: Ledger, happened: Happened, day: int) -> None:
    if insight := ledger.insights.get(happened.facts["insight"]):
        insight.withdrawn = True


@PLANS.on("insights.insight_recognised")
def _recognised(ledger: Ledger, happened: Happened, day: int) -> None:
    facts = happened.facts
    if insight := ledger.insights.get(facts["insight"]):
        insight.by_party[facts["party"]] = (facts["kind"], facts["view"], happened.id)


@PLANS.on("insights.recognition_counted")
def _recognition(ledger: Ledger, happened: Happened, day: int) -> None:
    facts = happened.facts
    if insight := ledger.insights.get(facts["insight"]):
        lower = facts["lower"]
        insight.counted = {
            kind: (count, Fraction(lower.get(kind, "0")))
            for kind, count in facts["recognise"].items()
        }
        insight.counted_entry = happened.id


@PLANS.on("urgency.conversation_opened")
def _conversation(ledger: Ledger, happened: Happened, day: int) -> None:
    ledger.conversations[happened.facts["conversation"]] = happened.id


@PLANS.on("urgency.reading_published")
def _opinion(ledger: Ledger, happened: Happened, day: int) -> None:
    facts = happened.facts
    if facts["shared"] or facts["leaning"]:
        ledger.leaning[facts["conversation"]] = happened.id
    else:
        ledger.leaning.pop(facts["conversation"], None)


@PLANS.on("urgency.shared_urgency_proposed", "urgency.shared_urgency_worded_anew")
def _urgency(ledger: Ledger, happened: Happened, day: int) -> None:
    facts = happened.facts
    urgency = Urgency(
        entry=happened.id,
        revision=facts["revision"],
        agreement=facts["agreement"],
        agreement_direct=facts["agreement_direct"],
        rests_on=tuple(happened.rests_on),
    )
    known = ledger.urgencies.get(facts["shared_urgency"])
    if known is not None:
        urgency.entry = known.entry
    ledger.urgencies[facts["shared_urgency"]] = urgency


@PLANS.on("urgency.shared_urgency_endorsed")
def _endorsed(ledger: Ledger, happened: Happened, day: int) -> None:
    facts = happened.facts
    urgency = ledger.urgencies.get(facts["shared_urgency"])
    if urgency and urgency.revision == facts["revision"]:
        urgency.endorsed[facts["party"]] = (day, happened.id)


@PLANS.on("urgency.shared_urgency_adopted")
def _adopted(ledger: Ledger, happened: Happened, day: int) -> None:
    facts = happened.facts
    urgency = ledger.urgencies.get(facts["shared_urgency"])
    if urgency is None or urgency.revision != facts["revision"]:
        return
    urgency.agreement = facts["agreement"]
    urgency.agreement_direct = facts["agreement_direct"]
    urgency.ask_again_by = ordinal(facts["ask_again_by"])
    urgency.adopted, urgency.adopted_entry = day, happened.id


GOAL_FACTS = ("indicator", "baseline", "baseline_on", "target", "due")


@PLANS.on("vision.goal_set", "vision.goal_changed")
def _goal(ledger: Ledger, happened: Happened, day: int) -> None:
    facts = happened.facts
    goal = Goal(
        entry=happened.id,
        revision=facts["revision"],
        complete=all(facts.get(name) for name in GOAL_FACTS),
        baseline_on=ordinal(facts.get("baseline_on")),
        due=ordinal(facts.get("due")),
        rests_on=tuple(happened.rests_on),
        places=frozenset(facts.get("places", ())),
    )
    known = ledger.goals.get(facts["goal"])
    if known is not None:
        goal.measured = known.measured
    ledger.goals[facts["goal"]] = goal
    ledger.goals_ever = True
    ledger.goals_changed = happened.seq


@PLANS.on("vision.goal_dropped")
def _goal_dropped(ledger: Ledger, happened: Happened, day: int) -> None:
    ledger.goals.pop(happened.facts["goal"], None)
    ledger.goals_changed = happened.seq


@PLANS.on("vision.benefit_confirmed")
def _benefit(ledger: Ledger, happened: Happened, day: int) -> None:
    facts = happened.facts
    ledger.benefits[facts["party"], facts["goal"]] = (
        facts["goal_revision"],
        happened.seq,
        happened.id,
    )


@PLANS.on("vision.benefit_reopened", "vision.benefit_withdrawn")
def _benefit_gone(ledger: Ledger, happened: Happened, day: int) -> None:
    ledger.benefits.pop((happened.facts["party"], happened.facts["goal"]), None)
