"""Commitment recorded for longer: pledges, then a covenant in force with time to go (R6)."""

from collections.abc import Iterator
from fractions import Fraction

from wijkverbond.analysis.vitality.ledger import Covenant
from wijkverbond.analysis.vitality.measures import LedgerView, Measure, Weighed, ratio
from wijkverbond.analysis.vitality.thresholds import State


def covenant_at(view: LedgerView) -> tuple[str, Covenant] | None:
    """The covenant in force with the latest end, with its id."""
    running = [
        (covenant.until, name, covenant)
        for name, covenant in view.ledger.covenants.items()
        if _runs(view, covenant) and covenant.sort == "covenant"
    ]
    return max(running)[1:] if running else None


def _runs(view: LedgerView, covenant: Covenant) -> bool:
    return (
        bool(covenant.in_force)
        and not covenant.ended
        and covenant.starts <= view.day <= covenant.until
    )


def successors(view: LedgerView, name: str) -> dict[str, Covenant]:
    """The successors of a covenant that were opened for signing."""
    return {
        code: covenant
        for code, covenant in view.ledger.covenants.items()
        if covenant.predecessor == name and covenant.opened and not covenant.ended
    }


def goals_with_signed_pledge(view: LedgerView, covenant: Covenant) -> dict[str, int]:
    """Current goals that a pledge in the covenant serves, with the entry of such a pledge."""
    goals: dict[str, int] = {}
    for name in sorted(covenant.pledges):
        pledge = view.ledger.pledges.get(name)
        if pledge and not pledge.withdrawn:
            goals.update(dict.fromkeys(pledge.goals & view.ledger.goals.keys(), pledge.entry))
    return goals


def yearly_checks_late(view: LedgerView, covenant: Covenant) -> tuple[int, list[int]]:
    """1 when the latest yearly check that was due was not held in time, with its entry if held."""
    grace = view.limits.days("yearly_check_grace")
    past = [due for due in covenant.checks_due if due + grace < view.day]
    if not past:
        return 0, []
    held_on, entry = covenant.checks_held.get(past[-1], (view.day, 0))  # not yet: today at best
    return int(held_on > past[-1] + grace), [entry] if entry else []


def commitment(view: LedgerView) -> Weighed:
    """Commitment for longer: pledges, then a covenant in force with time to go. Never unknown."""
    ledger = view.ledger
    offered = [
        pledge.entry
        for pledge in ledger.pledges.values()
        if not pledge.withdrawn and pledge.until >= view.day
    ]
    intents = [
        covenant.opened
        for covenant in ledger.covenants.values()
        if covenant.sort == "letter_of_intent"
        and covenant.opened
        and not covenant.ended
        and covenant.until >= view.day
    ]
    running = covenant_at(view)
    started = [*offered, *intents] or ([running[1].in_force] if running else [])
    first = view.measure("commitment.pledges_or_intent", len(started), started)
    if running is None:
        return Weighed((first, *_no_covenant(view)))
    return Weighed((first, *_covenant_measures(view, *running)))


def _no_covenant(view: LedgerView) -> Iterator[Measure]:
    yield view.measure("commitment.in_force", 0)
    yield view.measure("commitment.remaining_days", None, levels=_remaining(view, 0))
    for name in ("signed_each_kind", "signed_share", "goals_with_signed_pledge"):
        yield view.measure(f"commitment.{name}", None)
    yield view.measure("commitment.yearly_checks_late", None)


def _covenant_measures(view: LedgerView, name: str, covenant: Covenant) -> Iterator[Measure]:
    signed = covenant.signed
    evidence = [entry for party, entry in signed.items() if party in view.active]
    served = goals_with_signed_pledge(view, covenant)
    following = [successor.opened for successor in successors(view, name).values()]
    late, checks = yearly_checks_late(view, covenant)
    yield view.measure("commitment.in_force", 1, [covenant.in_force])
    yield view.measure(
        "commitment.remaining_days",
        covenant.until - view.day,
        [covenant.in_force, *following],
        levels=_remaining(view, covenant.until - covenant.starts),
        also=[State.PRESENT] if following else [],
    )
    yield view.measure("commitment.signed_each_kind", view.each_kind(signed), evidence)
    yield view.measure("commitment.signed_share", view.share(signed), evidence)
    yield view.measure(
        "commitment.goals_with_signed_pledge",
        ratio(len(served), len(view.ledger.goals)),
        served.values(),
    )
    yield view.measure("commitment.yearly_checks_late", late, checks)


def _remaining(view: LedgerView, term: int) -> dict[State, Fraction]:
    settings = view.limits.settings
    return {
        state: min(
            settings[f"commitment.remaining_days.{state.code}"],
            settings[f"commitment.remaining_share.{state.code}"] * term,
        )
        for state in (State.PRESENT, State.STRONG)
    }
