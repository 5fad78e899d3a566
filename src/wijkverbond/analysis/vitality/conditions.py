"""Insight, urgency, circle, benefit and results, weighed at one day (measures.md 4)."""

from collections.abc import Iterable

from wijkverbond.analysis.kinds import SOCIETY
from wijkverbond.analysis.vitality import network as networks
from wijkverbond.analysis.vitality.ledger import Insight, Urgency
from wijkverbond.analysis.vitality.measures import LedgerView, Weighed, ratio


def recognising(view: LedgerView, insight: Insight) -> dict[str, list[int]]:
    """The kinds that recognise an insight, each with the entries that say so."""
    entries_by_kind: dict[str, list[int]] = {}
    present = {party.id for party in view.at_table}
    for party, (kind, opinion, entry) in insight.by_party.items():
        if opinion == "recognises" and party in present:
            entries_by_kind.setdefault(kind, []).append(entry)
    settings = view.limits.settings
    for kind, (people, lower) in insight.counted.items():
        if people >= settings["insight.people"] and lower >= settings["insight.lower_bound"]:
            entries_by_kind.setdefault(kind, []).append(insight.counted_entry)
    return entries_by_kind


def recognised_insights(view: LedgerView) -> dict[str, list[int]]:
    """The insights with a source that enough kinds recognise, each with its evidence."""
    recognised = {}
    for name, insight in view.ledger.insights.items():
        if insight.withdrawn or not insight.sources:
            continue
        kinds = recognising(view, insight)
        if len(kinds) >= view.limits.settings["insight.kinds"]:
            recognised[name] = [
                insight.entry,
                *(entry for kind in kinds.values() for entry in kind),
            ]
    return recognised


def insight(view: LedgerView) -> Weighed:
    """Insight shared: insights that several kinds recognise, and goals that rest on them."""
    shared = recognised_insights(view)
    names = {f"insight:{name}" for name in shared}
    for name, urgency in view.ledger.urgencies.items():
        if names.intersection(urgency.rests_on):
            names.add(f"shared_urgency:{name}")
    goals = view.ledger.goals.values()
    resting = [goal.entry for goal in goals if names.intersection(goal.rests_on)]
    return Weighed(
        (
            view.measure(
                "insight.recognised_insights",
                len(shared),
                [entry for entries in shared.values() for entry in entries],
            ),
            view.measure(
                "insight.goals_resting_on_insight", ratio(len(resting), len(goals)), resting
            ),
        ),
        countable=bool(view.ledger.insights),
    )


def adopted_shared(view: LedgerView) -> list[Urgency]:
    """Adopted urgencies whose latest agreement is shared and that need not be asked again yet.

    Until it is adopted, an urgency has no day by which to ask again.
    """
    return [
        urgency
        for urgency in view.ledger.urgencies.values()
        if urgency.agreement == "shared" and urgency.ask_again_by >= view.day
    ]


def endorsements(view: LedgerView, urgency: Urgency) -> dict[str, int]:
    """Who endorsed the current wording within the last year, with the entry."""
    before = view.before("recent")
    return {party: entry for party, (day, entry) in urgency.endorsed.items() if day > before}


def urgency(view: LedgerView) -> Weighed:
    """Urgency shared: proposed or leaning, adopted and shared, endorsed in each society kind."""
    ledger = view.ledger
    proposed = [urgency.entry for urgency in ledger.urgencies.values()]
    started = [*proposed, *ledger.leaning.values()]
    adopted = adopted_shared(view)
    direct = [each for each in adopted if each.agreement_direct == "shared"]
    endorsed = [
        (view.each_kind(by), by)
        for by in (endorsements(view, shared_urgency) for shared_urgency in adopted)
    ]
    best, best_by = max(
        ((share, by) for share, by in endorsed if share is not None),
        key=lambda pair: pair[0],
        default=(None, {}),
    )
    return Weighed(
        (
            view.measure("urgency.proposed_or_leaning", len(started), started),
            view.measure(
                "urgency.adopted_shared",
                len(adopted),
                [shared_urgency.adopted_entry for shared_urgency in adopted],
            ),
            view.measure(
                "urgency.shared_among_direct",
                len(direct),
                [shared_urgency.adopted_entry for shared_urgency in direct],
            ),
            view.measure("urgency.endorsed_each_kind", best, best_by.values()),
        ),
        countable=bool(ledger.conversations or ledger.urgencies),
    )


def circle(view: LedgerView) -> Weighed:
    """Circle complete: society kinds directly involved, no missing voice, nobody isolated."""
    kinds_at_the_table = {
        party.kind: party.entry
        for party in view.active.values()
        if party.direct and party.kind in SOCIETY
    }
    missing = [
        voice.entry
        for voice in view.ledger.missing_voices.values()
        if voice.open and view.day - voice.day > view.limits.days("missing_voice")
    ]
    pairs = ties(view)
    evidence = [entry for entries in pairs.values() for entry in entries]
    net = network_at(view, pairs)
    is_large = len(view.active) >= view.limits.settings["circle.busiest_from_parties"]
    return Weighed(
        (
            view.measure(
                "circle.society_kinds", len(kinds_at_the_table), kinds_at_the_table.values()
            ),
            view.measure("circle.open_missing_voices", len(missing), missing),
            view.measure(
                "circle.isolated",
                len(net.isolated),
                [view.active[party].entry for party in net.isolated],
            ),
            view.measure(
                "circle.busiest_share", net.busiest_share, evidence, levels=None if is_large else {}
            ),
        ),
        countable=bool(view.ledger.parties),
    )


def ties(view: LedgerView) -> dict[tuple[str, str], list[int]]:
    """The ties between active parties, with the entries that show them."""
    entries_by_pair = networks.ties(view.ledger, view.day, view.limits.days("recent"))
    return {
        pair: entries
        for pair, entries in entries_by_pair.items()
        if pair[0] in view.active and pair[1] in view.active
    }


def network_at(view: LedgerView, pairs: Iterable[tuple[str, str]]) -> networks.Network:
    """The network that these ties make of the active parties."""
    kinds = {party.id: party.kind for party in view.active.values()}
    return networks.network(kinds, pairs, aside=view.ledger.secretariats.values())


def confirmed_benefits(view: LedgerView) -> dict[str, tuple[int, int]]:
    """Parties with a confirmed benefit for a current goal: sequence and entry of the latest."""
    confirmed: dict[str, tuple[int, int]] = {}
    for (party, name), (revision, seq, entry) in view.ledger.benefits.items():
        goal = view.ledger.goals.get(name)
        if goal is not None and goal.revision == revision:
            latest = (seq, entry)
            confirmed[party] = max(confirmed.get(party, latest), latest)
    return confirmed


def reconfirmed_benefits(view: LedgerView) -> dict[str, int]:
    """Parties that confirmed a benefit since the goals last changed, with the entry of the latest."""
    changed = view.ledger.goals_changed
    confirmed = confirmed_benefits(view)
    return {party: entry for party, (seq, entry) in confirmed.items() if seq > changed}


def benefit(view: LedgerView) -> Weighed:
    """Benefit for each: parties that confirmed their own benefit for a current goal."""
    confirmed = confirmed_benefits(view)
    again = reconfirmed_benefits(view)
    evidence = [entry for party, (_seq, entry) in confirmed.items() if party in view.active]
    return Weighed(
        (
            view.measure("benefit.confirmed_share", view.share(confirmed), evidence),
            view.measure("benefit.confirmed_each_kind", view.each_kind(confirmed), evidence),
            view.measure("benefit.reconfirmed", view.share(again), again.values()),
        ),
        countable=view.ledger.goals_ever,
    )


def results(view: LedgerView) -> Weighed:
    """Results-oriented: goals that can be measured and are; freshness shown apart from the level."""
    goals = view.ledger.goals.values()
    complete = [goal.entry for goal in goals if goal.complete]
    measured = []
    ages = []
    for goal in goals:
        after = [measurement for measurement in goal.measured if measurement[0] > goal.baseline_on]
        if after:
            ages.append(view.day - max(measurement[0] for measurement in after))
        fresh = [measurement for measurement in after if measurement[1] >= view.day]
        if fresh:
            measured.append(max(fresh)[2])
    return Weighed(
        (
            view.measure("results.goals_complete", ratio(len(complete), len(goals)), complete),
            view.measure("results.goals_measured", ratio(len(measured), len(goals)), measured),
            view.measure("results.outcomes_reported", None),
            view.measure("results.oldest_measurement_days", max(ages, default=None)),
        ),
        countable=view.ledger.goals_ever,
    )
