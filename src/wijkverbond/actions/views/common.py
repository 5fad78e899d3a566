"""What the pages of doing have in common."""

from collections.abc import Iterable
from functools import partial

from wijkverbond.kernel.models import Entry
from wijkverbond.register import queries as register
from wijkverbond.ui import navigation

Timeline = list[tuple[object, str]]

crumbs = partial(navigation.crumbs, "actions:index")


def timeline(entries: Iterable[Entry]) -> Timeline:
    """When and what happened, with the names of the partners."""
    all_entries = list(entries)
    parties = register.named(all_entries)
    return [(entry.at, register.in_words(entry, parties)) for entry in all_entries]
