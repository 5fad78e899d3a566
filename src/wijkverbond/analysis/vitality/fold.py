"""The fold: one journal entry after the other into a ledger, by sequence.

A handler ignores what refers to something it does not know. An entry of an event that no measure
needs is still a sign of life of its party.
"""

from collections.abc import Iterable

from wijkverbond.analysis.vitality.fold_acts import ACTS
from wijkverbond.analysis.vitality.fold_plans import PLANS
from wijkverbond.analysis.vitality.handlers import day_of
from wijkverbond.analysis.vitality.ledger import EntryFacts, Ledger

HANDLERS = {**PLANS, **ACTS}


def fold(ledger: Ledger, entries: Iterable[EntryFacts]) -> None:
    """Take entries into the ledger, in the order given."""
    parties = ledger.parties
    today, begin, end = 0, None, None
    for entry in entries:
        moment = entry.occurred_at or entry.at
        if begin is None or end is None or not begin <= moment < end:
            today, begin, end = day_of(moment)
            if not ledger.first_day:
                ledger.first_day = ledger.last_life = today
        handler = HANDLERS.get(entry.event)
        if handler is not None:
            handler(ledger, entry, today)
        if entry.party is not None:
            if today > ledger.last_life:
                ledger.last_life = today
            party = parties.get(str(entry.party))
            if party is not None and party.last < today:
                party.last = today
