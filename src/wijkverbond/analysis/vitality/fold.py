"""The fold: one journal entry after the other into a ledger, by sequence.

A handler ignores what refers to something it does not know. An entry of an event that no measure
needs is still a sign of life of its party.
"""

import datetime as dt
from collections.abc import Iterable

from wijkverbond.analysis.vitality.fold_acts import ACTS
from wijkverbond.analysis.vitality.fold_plans import PLANS
from wijkverbond.analysis.vitality.handlers import day_of
from wijkverbond.analysis.vitality.ledger import EntryFacts, Ledger

HANDLERS = {**PLANS, **ACTS}

NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)


def fold(ledger: Ledger, entries: Iterable[EntryFacts]) -> None:
    """Take entries into the ledger, in the order given."""
    begin = end = NEVER
    for entry in entries:
        moment = entry.occurred_at or entry.at
        if not begin <= moment < end:  # most entries are of the same day as the one before
            today, begin, end = day_of(moment)
            if not ledger.first_day:
                ledger.first_day = ledger.last_life = today
        if handler := HANDLERS.get(entry.event):
            handler(ledger, entry, today)
        if entry.party is not None:
            ledger.last_life = max(ledger.last_life, today)
            if party := ledger.parties.get(str(entry.party)):
                party.last = max(party.last, today)
