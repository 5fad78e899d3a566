"""The reading of a coalition: its journal, folded up to a date."""

import datetime as dt

from wijkverbond.analysis import vitality
from wijkverbond.analysis.vitality import VitalityReading
from wijkverbond.analysis.vitality_ledger import Happened
from wijkverbond.coalition.models import Coalition
from wijkverbond.kernel import history


def reading(coalition: Coalition, as_of: dt.date) -> VitalityReading:
    """The reading at the end of a date, in Amsterdam."""
    entries = history.entries(coalition.id).values_list(
        "id", "seq", "at", "occurred_at", "event", "party", "facts", "rests_on"
    )
    return vitality.read((Happened(*entry) for entry in entries.iterator()), as_of)
