"""Which parties count once some of them confirmed others: a pure rule, without a database."""

from collections.abc import Collection, Sequence
from typing import TypeVar

Name = TypeVar("Name")


def newly_confirmed(
    confirmed: Collection[Name], said: Sequence[tuple[Name, Name]]
) -> dict[Name, Name]:
    """Who counts from now on, each with the one through whom, given who counts and who says so of whom.

    What somebody says who counts makes another count. While nobody counts, the first two who say it
    of each other do.
    """
    found: dict[Name, Name] = {}
    if not confirmed:
        found = {other: one for one, other in said if (other, one) in said}
    grew = True
    while grew:
        counting = {*confirmed, *found}
        more = {other: one for one, other in said if one in counting and other not in counting}
        found.update(more)
        grew = bool(more)
    return found
