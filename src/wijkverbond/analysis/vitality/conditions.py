"""Insight, urgency, circle, benefit and results, weighed at one day (measures.md 4)."""

from collections.abc import Iterable

from wijkverbond.analysis.kinds import SOCIETY
from wijkverbond.analysis.vitality import network as networks
from wijkverbond.analysis.vitality.ledger import Insight, Urgency
from wijkverbond.analysis.vitality.measures import View, Weighed, ratio


def recognising(seen: View, insight: Insight) -> dict[str, list[int]]:
    """The kinds that recognise an insight, each with the entries that say so."""
    found: dict[str, list[int]] = {}
    present = {party.id for party in seen.at_table}
    for party, (kind, opinion, entry) in insight.by_party.items():
        if opinion == "recognises" and party in present:
            found.setdefault(kind, []).append(entry)
    settings = seen.limits.settings
    for kind, (people, lower) in insight.counted.items():
        if people >= settings["insight.people"] and lower >= settings["insight.lower_bound"]:
            found.setdefault(kind, []).append(insight.counted_entry)
    return found


def recognised_insights(seen: View) -> dict[str, list[int]]:
    """The insights with a source that enough kinds recognise, each with its evidence."""
    found = {}
    for name, insight in seen.ledger.insights.items():
        if insight.withdrawn or not insight.sources:
            continue
        kinds = recognising(seen, insight)
        if len(kinds) >= seen.limits.settings["insight.kinds"]:
            found[name] = [insight.entry, *(entry for kind in kinds.values() for entry in kind)]
    return found


def insight(seen: View) -> Weighed:
    """Insight shared: insights that several kinds recognise, and goals that rest on them."""
    shared = recognised_insights(seen)
    names = {f"insight:{name}" for name in shared}
    for name, urgency in seen.ledger.urgencies.items():
        if names.intersection(urgency.rests_on):
            names.add(f"shared_urgency:{name}")
    goals = seen.ledger.goals.values()
    resting = [goal.entry for goal in goals if names.intersection(goal.rests_on)]
    return Weighed(
        (
            seen.measure(
                "insight.recognised_insights",
                len(shared),
                [entry for entries in shared.values() for entry in entries],
            ),
            seen.measure(
                "insight.goals_resting_on_insight", ratio(len(resting), len(goals)), resting
            ),
        ),
        countable=bool(seen.ledger.insights),
    )


def adopted_shared(seen: View) -> list[Urgency]:
    """Adopted urgencies whose latest agreement is shared and that need not be asked again yet."""
    return [
        urgency
        for urgency in seen.ledger.urgencies.values()
        if urgency.adopted and urgency.agreement == "shared" and urgency.ask_again_by >= seen.day
    ]


def endorsements(seen: View, urgency: Urgency) -> dict[str, int]:
    """Who endorsed the current wording within the last year, with the entry."""
    before = seen.before("recent")
    return {party: entry for party, (day, entry) in urgency.endorsed.items() if day > before}


def urgency(seen: View) -> Weighed:
    """Urgency shared: proposed or leaning, adopted and shared, endorsed in each society kind."""
    ledger = seen.ledger
    proposed = [urgency.entry for urgency in ledger.urgencies.values()]
    started = [*proposed, *ledger.leaning.values()]
    adopted = adopted_shared(seen)
    direct = [found for found in adopted if found.agreement_direct == "shared"]
    endorsed = [(seen.each_kind(by), by) for by in (endorsements(seen, one) for one in adopted)]
    best, best_by = max(
        ((share, by) for share, by in endorsed if share is not None),
        key=lambda pair: pair[0],
        default=(None, {}),
    )
    return Weighed(
        (
            seen.measure("urgency.proposed_or_leaning", len(started), started),
            seen.measure(
                "urgency.adopted_shared", len(adopted), [one.adopted_entry for one in adopted]
            ),
            seen.measure(
                "urgency.shared_among_direct", len(direct), [one.adopted_entry for one in direct]
            ),
            seen.measure("urgency.endorsed_each_kind", best, best_by.values()),
        ),
        countable=bool(ledger.conversations or ledger.urgencies),
    )


def circle(seen: View) -> Weighed:
    """Circle complete: society kinds directly involved, no missing voice, nobody isolated."""
    here = {
        party.kind: party.entry
        for party in seen.active.values()
        if party.direct and party.kind in SOCIETY
    }
    missing = [
        voice.entry
        for voice in seen.ledger.missing_voices.values()
        if voice.open and seen.day - voice.day > seen.limits.days("missing_voice")
    ]
    pairs = ties(seen)
    evidence = [entry for entries in pairs.values() for entry in entries]
    net = network_at(seen, pairs)
    many = len(seen.active) >= seen.limits.settings["circle.busiest_from_parties"]
    return Weighed(
        (
            seen.measure("circle.society_kinds", len(here), here.values()),
            seen.measure("circle.open_missing_voices", len(missing), missing),
            seen.measure(
                "circle.isolated",
                len(net.isolated),
                [seen.active[party].entry for party in net.isolated],
            ),
            seen.measure(
                "circle.busiest_share", net.busiest_share, evidence, levels=None if many else {}
            ),
        ),
        countable=bool(seen.ledger.parties),
    )


def ties(seen: View) -> dict[tuple[str, str], list[int]]:
    """The ties between active parties, with the entries that show them."""
    found = networks.ties(seen.ledger, seen.day, seen.limits.days("recent"))
    return {
        pair: entries
        for pair, entries in found.items()
        if pair[0] in seen.active and pair[1] in seen.active
    }


def network_at(seen: View, pairs: Iterable[tuple[str, str]]) -> networks.Network:
    """The network that these ties make of the active parties."""
    kinds = {party.id: party.kind for party in seen.active.values()}
    return networks.network(kinds, pairs, aside=seen.ledger.secretariats.values())


def confirmed_benefits(seen: View) -> dict[str, tuple[int, int]]:
    """Parties with a confirmed benefit for a current goal: sequence and entry of the latest."""
    found: dict[str, tuple[int, int]] = {}
    for (party, name), (revision, seq, entry) in seen.ledger.benefits.items():
        goal = seen.ledger.goals.get(name)
        if goal is not None and goal.revision == revision:
            found[party] = max(found.get(party, (0, 0)), (seq, entry))
    return found


def benefit(seen: View) -> Weighed:
    """Benefit for each: parties that confirmed their own benefit for a current goal."""
    confirmed = confirmed_benefits(seen)
    changed = seen.ledger.goals_changed
    again = {party: entry for party, (seq, entry) in confirmed.items() if seq > changed}
    evidence = [entry for party, (_seq, entry) in confirmed.items() if party in seen.active]
    return Weighed(
        (
            seen.measure("benefit.confirmed_share", seen.share(confirmed), evidence),
            seen.measure("benefit.confirmed_each_kind", seen.each_kind(confirmed), evidence),
            seen.measure("benefit.reconfirmed", seen.share(again), again.values()),
        ),
        countable=seen.ledger.goals_ever,
    )


def results(seen: View) -> Weighed:
    """Results-oriented: goals that can be measured and are; freshness shown apart from the level."""
    goals = seen.ledger.goals.values()
    complete = [goal.entry for goal in goals if goal.complete]
    measured = []
    ages = []
    for goal in goals:
        after = [found for found in goal.measured if found[0] > goal.baseline_on]
        if after:
            ages.append(seen.day - max(found[0] for found in after))
        measured += [max(fresh)[2] for fresh in [[f for f in after if f[1] >= seen.day]] if fresh]
    return Weighed(
        (
            seen.measure("results.goals_complete", ratio(len(complete), len(goals)), complete),
            seen.measure("results.goals_measured", ratio(len(measured), len(goals)), measured),
            seen.measure("results.outcomes_reported", None),
            seen.measure("results.oldest_measurement_days", max(ages, default=None)),
        ),
        countable=seen.ledger.goals_ever,
    )
