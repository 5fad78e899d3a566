"""The two proofs, weighed at one day: energy released and breakthroughs realised (R7)."""

import bisect
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from wijkverbond.analysis.kinds import SOCIETY
from wijkverbond.analysis.verdicts import is_majority
from wijkverbond.analysis.vitality.ledger import Breakthrough, Pledge
from wijkverbond.analysis.vitality.measures import LedgerView, Weighed, ratio


def energy(view: LedgerView, quarters: int) -> Weighed:
    """Energy released: deeds by those who promised, and pledges kept in the eyes of others.

    `quarters` is how many full calendar quarters in a row before this day ended with energy
    present or better.
    """
    ledger = view.ledger
    holders = {pledge.party for pledge in held_pledges(view)} & view.active.keys()
    deeds = [
        deed
        for deed in ledger.deeds_after(view.before("deed"))
        if deed.party not in ledger.unconfirmed
    ]
    doing = {deed.party for deed in deeds}
    kept_entries, due = kept_and_due(view)
    counts = Counter(deed.party for deed in deeds)
    largest = Fraction(max(counts.values()), len(deeds)) if deeds else None
    before = view.before("recent")
    recent = [
        initiative for initiative in ledger.initiatives.values() if initiative.started > before
    ]
    society = [initiative.entry for initiative in recent if initiative.origin_kind in SOCIETY]
    now = view.before("now")
    people = [count for count in ledger.people if count[0] > now]
    return Weighed(
        (
            view.measure(
                "energy.parties_with_deed",
                ratio(len(holders & doing), len(holders)),
                [deed.entry for deed in deeds if deed.party in holders],
            ),
            view.measure("energy.pledges_kept", ratio(len(kept_entries), due), kept_entries),
            view.measure("energy.largest_share_of_deeds", largest, [deed.entry for deed in deeds]),
            view.measure("energy.quarters_in_a_row", quarters),
            view.measure(
                "energy.people_active",
                sum(count[1] for count in people),
                [count[2] for count in people],
            ),
            view.measure("energy.society_initiatives", len(society), society),
        ),
        countable=bool(ledger.pledges) or ledger.in_force_ever,
    )


def held_pledges(view: LedgerView) -> Iterator[Pledge]:
    """Pledges that are current, or ended within the window in which deeds count."""
    before = view.before("deed")
    for pledge in view.ledger.pledges.values():
        if not pledge.withdrawn and pledge.until > before:
            yield pledge


def kept_and_due(view: LedgerView) -> tuple[list[int], int]:
    """One judging entry for each pledge kept within the last year, and how many came due.

    A due day without a judgement counts once the owner's fortnight to respond has passed. Kept is
    what most judges call so; a large coalition asks two of them.
    """
    before, patient = view.before("recent"), view.before("answer_to_judgement")
    large = len(view.at_table) >= view.limits.settings["energy.two_judges_from_parties"]
    judges = 2 if large else 1
    kept_entries, due = [], 0
    unconfirmed = view.ledger.unconfirmed
    for pledge in view.ledger.pledges.values():
        if pledge.party in unconfirmed:
            continue
        first = bisect.bisect_right(pledge.dues, before)
        last = bisect.bisect_right(pledge.dues, view.day)
        for day in pledge.dues[first:last]:
            judged = pledge.judged.get(day)
            if judged is not None:
                due += 1
                said, kept = judged.without(unconfirmed)
                if said >= judges and is_majority(kept, said):
                    kept_entries.append(judged.entry)
            elif day <= patient:
                due += 1
    return kept_entries, due


def breakthroughs(view: LedgerView) -> Weighed:
    """Breakthroughs realised: claimed, confirmed by others, resolving another's obstacle."""
    current = [
        breakthrough
        for breakthrough in view.ledger.breakthroughs.values()
        if not breakthrough.withdrawn
    ]
    before = view.before("breakthrough")
    claimed = [breakthrough for breakthrough in current if breakthrough.claimed > before]
    confirmed = [breakthrough for breakthrough in current if is_confirmed(view, breakthrough)]
    resolved = [
        breakthrough for breakthrough in confirmed if resolved_anothers_obstacle(breakthrough)
    ]
    entries = {breakthrough.entry for breakthrough in (*claimed, *confirmed)}
    return Weighed(
        (
            view.measure("breakthroughs.claimed", len(entries), entries),
            view.measure(
                "breakthroughs.confirmed",
                len(confirmed),
                [entry for breakthrough in confirmed for entry in _confirming(view, breakthrough)],
            ),
            view.measure(
                "breakthroughs.resolved_anothers_obstacle",
                len(resolved),
                [breakthrough.entry for breakthrough in resolved],
            ),
        ),
        countable=bool(view.ledger.breakthroughs) or view.ledger.in_force_ever,
    )


def is_confirmed(view: LedgerView, breakthrough: Breakthrough) -> bool:
    """Established within the window, and still confirmed by two kinds, or one and residents."""
    settings = view.limits.settings
    kinds = {kind for kind, _entry in _confirmations(view, breakthrough)}
    enough = len(kinds) >= settings["breakthroughs.kinds"] or (
        bool(kinds) and breakthrough.residents >= settings["breakthroughs.residents"]
    )
    return enough and breakthrough.established > view.before("breakthrough")


def resolved_anothers_obstacle(breakthrough: Breakthrough) -> bool:
    """Whether a contributor helped to resolve what blocked somebody else."""
    return any(
        owner != helper
        for owner in breakthrough.obstacle_owners
        for helper in breakthrough.contributors
    )


def _confirmations(view: LedgerView, breakthrough: Breakthrough) -> Iterator[tuple[str, int]]:
    for party, confirmation in breakthrough.confirmed.items():
        if party not in view.ledger.unconfirmed:
            yield confirmation


def _confirming(view: LedgerView, breakthrough: Breakthrough) -> Iterator[int]:
    yield breakthrough.established_entry
    yield from (entry for _kind, entry in _confirmations(view, breakthrough))
    if breakthrough.residents_entry:
        yield breakthrough.residents_entry
