"""A table of functions that take journal entries into a ledger, and reading the days in facts."""

import datetime as dt
import functools
from collections.abc import Callable
from zoneinfo import ZoneInfo

from wijkverbond.analysis.vitality.ledger import EntryFacts, Ledger

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

Apply = Callable[[Ledger, EntryFacts, int], None]


class Handlers(dict[str, Apply]):
    """Functions by the name of the event they read; called with ledger, entry and day."""

    def on(self, *events: str) -> Callable[[Apply], Apply]:
        """Register a function for these events; a second one for the same event is refused."""

        def register(apply: Apply) -> Apply:
            for event in events:
                if event in self:
                    raise ValueError(f"{event} is read twice")
                self[event] = apply
            return apply

        return register


def day_of(moment: dt.datetime) -> tuple[int, dt.datetime, dt.datetime]:
    """The day of a moment in Amsterdam, as an ordinal, and when that day begins and ends."""
    day = moment.astimezone(AMSTERDAM).date()
    return day.toordinal(), end_of(day - dt.timedelta(days=1)), end_of(day)


def end_of(day: dt.date) -> dt.datetime:
    """The end of a day in Amsterdam, as a moment in UTC."""
    midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), tzinfo=AMSTERDAM)
    return midnight.astimezone(dt.UTC)


@functools.lru_cache(maxsize=4096)
def ordinal(text: str | None) -> int:
    """The ordinal of an ISO date; 0 when there is none."""
    return dt.date.fromisoformat(text).toordinal() if text else 0
