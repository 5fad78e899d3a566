"""For whom people may act, as capabilities above this one declare it in their `memberships.py`."""

import dataclasses
import uuid
from collections.abc import Callable, Mapping, Sequence

from django.utils.functional import Promise

from wijkverbond.kernel.registry import Registry


@dataclasses.dataclass(frozen=True, kw_only=True)
class Membership:
    """Somebody's place: for whom they act (of which kind, a code, for its mark) and what they may."""

    whom: str
    kind: str = ""
    may: tuple[str | Promise, ...] = ()


@dataclasses.dataclass(frozen=True, kw_only=True)
class MembershipSource:
    """Answers for everyone who has a standing of this sort, in a fixed number of queries."""

    name: str
    everyone: Callable[[], Mapping[uuid.UUID, Sequence[Membership]]]


MEMBERSHIP_SOURCES: Registry[MembershipSource] = Registry("sort of standing")


def memberships_by_person() -> dict[uuid.UUID, list[Membership]]:
    """Every person with a standing, and all their standings."""
    found: dict[uuid.UUID, list[Membership]] = {}
    for sort in MEMBERSHIP_SOURCES:
        for person, standings in sort.everyone().items():
            found.setdefault(person, []).extend(standings)
    return found
