"""For whom people may act, as capabilities above this one declare it in their `memberships.py`."""

import dataclasses
import uuid
from collections.abc import Callable, Mapping, Sequence

from django.utils.functional import Promise

from wijkverbond.kernel.registry import Registry


@dataclasses.dataclass(frozen=True, kw_only=True)
class Membership:
    """For whom somebody acts (of which kind, a code, for its mark), and what they may do for them."""

    whom: str
    kind: str = ""
    may: tuple[str | Promise, ...] = ()


@dataclasses.dataclass(frozen=True, kw_only=True)
class MembershipSource:
    """Says who has memberships of one type: everyone, in a fixed number of queries."""

    name: str
    everyone: Callable[[], Mapping[uuid.UUID, Sequence[Membership]]]


MEMBERSHIP_SOURCES: Registry[MembershipSource] = Registry("source of memberships")


def memberships_by_person() -> dict[uuid.UUID, list[Membership]]:
    """Everyone who acts for somebody, with all their memberships."""
    by_person: dict[uuid.UUID, list[Membership]] = {}
    for source in MEMBERSHIP_SOURCES:
        for person, memberships in source.everyone().items():
            by_person.setdefault(person, []).extend(memberships)
    return by_person
