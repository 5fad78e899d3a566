"""The two proofs, weighed at one day: energy released and breakthroughs realised (R7)."""

import bisect
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from wijkverbond.analysis.kinds import SOCIETY
from wijkverbond.analysis.verdicts import is_majority
from wijkverbond.analysis.vitality.ledger import Breakthrough, Pledge
from wijkverbond.analysis.vitality.measures import View, Weighed, ratio


def energy(seen: View, quarters: int) -> Weighed:
    """Energy released: deeds by those who promised, and promises kept in the eyes of others.

    `quarters` is how many full calendar quarters in a row before this day ended with energy
    present or better.
    """
    ledger = seen.ledger
    holders = {pledge.party for pledge in held_pledges(seen)} & seen.active.keys()
    deeds = ledger.deeds_after(seen.before("deed"))
    doing = {deed.party for deed in deeds}
    kept, due = kept_and_due(seen)
    counts = Counter(deed.party for deed in deeds)
    largest = Fraction(max(counts.values()), len(deeds)) if deeds else None
    before = seen.before("recent")
    recent = [one for one in ledger.initiatives.values() if one.started > before]
    society = [one.entry for one in recent if one.origin_kind in SOCIETY]
    now = seen.before("now")
    people = [found for found in ledger.people if found[0] > now]
    return Weighed(
        (
            seen.measure(
                "energy.parties_with_deed",
                ratio(len(holders & doing), len(holders)),
                [deed.entry for deed in deeds if deed.party in holders],
            ),
            seen.measure("energy.pledges_kept", ratio(len(kept), due), kept),
            seen.measure("energy.largest_share_of_deeds", largest, [deed.entry for deed in deeds]),
            seen.measure("energy.quarters_in_a_row", quarters),
            seen.measure(
                "energy.people_active",
                sum(found[1] for found in people),
                [found[2] for found in people],
            ),
            seen.measure("energy.society_initiatives", len(society), society),
        ),
        countable=bool(ledger.pledges) or ledger.in_force_ever,
    )


def held_pledges(seen: View) -> Iterator[Pledge]:
    """Pledges that are current, or ended within the window in which deeds count."""
    before = seen.before("deed")
    for pledge in seen.ledger.pledges.values():
        if not pledge.withdrawn and pledge.until > before:
            yield pledge


def kept_and_due(seen: View) -> tuple[list[int], int]:
    """One judging entry for each promise kept within the last year, and how many came due.

    A due day without a judgement counts once the owner's fortnight to respond has passed. Kept is
    what most judges call so; a large coalition asks two of them.
    """
    before, patient = seen.before("recent"), seen.before("answer_to_judgement")
    large = len(seen.at_table) >= seen.limits.settings["energy.two_judges_from_parties"]
    judges = 2 if large else 1
    kept, due = [], 0
    for pledge in seen.ledger.pledges.values():
        first = bisect.bisect_right(pledge.dues, before)
        last = bisect.bisect_right(pledge.dues, seen.day)
        for day in pledge.dues[first:last]:
            judged = pledge.judged.get(day)
            if judged is not None:
                due += 1
                if judged.said >= judges and is_majority(judged.kept, judged.said):
                    kept.append(judged.entry)
            elif day <= patient:
                due += 1
    return kept, due


def breakthroughs(seen: View) -> Weighed:
    """Breakthroughs realised: claimed, confirmed by others, resolving another's obstacle."""
    found = [one for one in seen.ledger.breakthroughs.values() if not one.withdrawn]
    before = seen.before("breakthrough")
    claimed = [one for one in found if one.claimed > before]
    confirmed = [one for one in found if is_confirmed(seen, one)]
    resolved = [one for one in confirmed if resolved_anothers_obstacle(one)]
    standing = {one.entry for one in (*claimed, *confirmed)}
    return Weighed(
        (
            seen.measure("breakthroughs.claimed", len(standing), standing),
            seen.measure(
                "breakthroughs.confirmed",
                len(confirmed),
                [entry for one in confirmed for entry in _confirming(one)],
            ),
            seen.measure(
                "breakthroughs.resolved_anothers_obstacle",
                len(resolved),
                [one.entry for one in resolved],
            ),
        ),
        countable=bool(seen.ledger.breakthroughs) or seen.ledger.in_force_ever,
    )


def is_confirmed(seen: View, one: Breakthrough) -> bool:
    """Established within the window, and still confirmed by two kinds, or one and residents."""
    settings = seen.limits.settings
    kinds = {kind for kind, _entry in one.confirmed.values()}
    enough = len(kinds) >= settings["breakthroughs.kinds"] or (
        bool(kinds) and one.residents >= settings["breakthroughs.residents"]
    )
    return enough and one.established > seen.before("breakthrough")


def resolved_anothers_obstacle(one: Breakthrough) -> bool:
    """Whether a contributor helped to resolve what blocked somebody else."""
    return any(owner != helper for owner in one.obstacle_owners for helper in one.contributors)


def _confirming(one: Breakthrough) -> Iterator[int]:
    yield one.established_entry
    yield from (entry for _kind, entry in one.confirmed.values())
    if one.residents_entry:
        yield one.residents_entry
