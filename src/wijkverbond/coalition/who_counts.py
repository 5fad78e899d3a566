"""Which parties count once some of them confirmed others: a pure rule, without a database."""

from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

Name = TypeVar("Name")

OF_WHOM_IS_DOUBT = 2


def newly_confirmed(
    confirmed: Collection[Name], said: Sequence[tuple[Name, Name]], doubtful: Collection[Name] = ()
) -> dict[Name, list[Name]]:
    """Who counts from now on, each with those through whom, given who counts and who says so of whom.

    What somebody says who counts makes another count; of whom there is doubt two say it. While nobody
    counts, the first two who say it of each other do.
    """
    newly: dict[Name, list[Name]] = {}
    if not confirmed:
        sure = [pair for pair in said if not {*pair} & {*doubtful}]
        newly = {other: [one] for one, other in sure if (other, one) in sure}
    grew = True
    while grew:
        counting = {*confirmed, *newly}
        heard = said_by(counting, said)
        more = {
            name: by
            for name, by in heard.items()
            if name not in counting and len(by) >= (OF_WHOM_IS_DOUBT if name in doubtful else 1)
        }
        newly.update(more)
        grew = bool(more)
    return newly


def said_by(
    counting: Collection[Name], said: Sequence[tuple[Name, Name]]
) -> Mapping[Name, list[Name]]:
    """Of whom it was said by somebody who counts, each with all who said so."""
    heard: dict[Name, list[Name]] = {}
    for one, other in said:
        if one in counting:
            heard.setdefault(other, []).append(one)
    return heard
