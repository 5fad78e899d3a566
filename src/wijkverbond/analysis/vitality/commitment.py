"""Commitment recorded for longer: pledges, then a covenant in force with time to go (R6)."""

from collections.abc import Iterator
from fractions import Fraction

from wijkverbond.analysis.vitality.ledger import Covenant
from wijkverbond.analysis.vitality.measures import Measure, View, Weighed, ratio
from wijkverbond.analysis.vitality.thresholds import State


def covenant_at(seen: View) -> tuple[str, Covenant] | None:
    """The covenant in force with the latest end, with its id."""
    running = [
        (found.until, name, found)
        for name, found in seen.ledger.covenants.items()
        if _runs(seen, found) and found.sort == "covenant"
    ]
    return max(running)[1:] if running else None


def _runs(seen: View, covenant: Covenant) -> bool:
    return (
        bool(covenant.in_force)
        and not covenant.ended
        and covenant.starts <= seen.day <= covenant.until
    )


def successors(seen: View, name: str) -> dict[str, Covenant]:
    """The successors of a covenant that were opened for signing."""
    return {
        code: found
        for code, found in seen.ledger.covenants.items()
        if found.predecessor == name and found.opened and not found.ended
    }


def goals_with_signed_pledge(seen: View, covenant: Covenant) -> dict[str, int]:
    """Current goals that a pledge in the covenant serves, with the entry of such a pledge."""
    found: dict[str, int] = {}
    for name in sorted(covenant.pledges):
        pledge = seen.ledger.pledges.get(name)
        if pledge and not pledge.withdrawn:
            found.update(dict.fromkeys(pledge.goals & seen.ledger.goals.keys(), pledge.entry))
    return found


def yearly_checks_late(seen: View, covenant: Covenant) -> tuple[int, list[int]]:
    """1 when the latest yearly check that was due was not held in time, with its entry if held."""
    grace = seen.limits.days("yearly_check_grace")
    past = [due for due in covenant.checks_due if due + grace < seen.day]
    if not past:
        return 0, []
    held, entry = covenant.checks_held.get(past[-1], (0, 0))
    return int(not 0 < held <= past[-1] + grace), [entry] if entry else []


def commitment(seen: View) -> Weighed:
    """Commitment for longer: pledges, then a covenant in force with time to go. Never unknown."""
    ledger = seen.ledger
    offered = [
        pledge.entry
        for pledge in ledger.pledges.values()
        if not pledge.withdrawn and pledge.until >= seen.day
    ]
    intents = [
        found.opened
        for found in ledger.covenants.values()
        if found.sort == "letter_of_intent"
        and found.opened
        and not found.ended
        and found.until >= seen.day
    ]
    running = covenant_at(seen)
    started = [*offered, *intents] or ([running[1].in_force] if running else [])
    first = seen.measure("commitment.pledges_or_intent", len(started), started)
    if running is None:
        return Weighed((first, *_no_covenant(seen)))
    return Weighed((first, *_covenant_measures(seen, *running)))


def _no_covenant(seen: View) -> Iterator[Measure]:
    yield seen.measure("commitment.in_force", 0)
    yield seen.measure("commitment.remaining_days", None, levels=_remaining(seen, 0))
    for name in ("signed_each_kind", "signed_share", "goals_with_signed_pledge"):
        yield seen.measure(f"commitment.{name}", None)
    yield seen.measure("commitment.yearly_checks_late", None)


def _covenant_measures(seen: View, name: str, covenant: Covenant) -> Iterator[Measure]:
    signed = covenant.signed
    evidence = [entry for party, entry in signed.items() if party in seen.active]
    served = goals_with_signed_pledge(seen, covenant)
    following = [found.opened for found in successors(seen, name).values()]
    late, held = yearly_checks_late(seen, covenant)
    yield seen.measure("commitment.in_force", 1, [covenant.in_force])
    yield seen.measure(
        "commitment.remaining_days",
        covenant.until - seen.day,
        [covenant.in_force, *following],
        levels=_remaining(seen, covenant.until - covenant.starts),
        also=[State.PRESENT] if following else [],
    )
    yield seen.measure("commitment.signed_each_kind", seen.each_kind(signed), evidence)
    yield seen.measure("commitment.signed_share", seen.share(signed), evidence)
    yield seen.measure(
        "commitment.goals_with_signed_pledge",
        ratio(len(served), len(seen.ledger.goals)),
        served.values(),
    )
    yield seen.measure("commitment.yearly_checks_late", late, held)


def _remaining(seen: View, term: int) -> dict[State, Fraction]:
    settings = seen.limits.settings
    return {
        state: min(
            settings[f"commitment.remaining_days.{state.code}"],
            settings[f"commitment.remaining_share.{state.code}"] * term,
        )
        for state in (State.PRESENT, State.STRONG)
    }
