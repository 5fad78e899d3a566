"""One person, one voice: "somebody else" is another person, and not only another party.

Each row that is a voice says for which party it is (`party`) and who gave it (`person`; empty in rows
from before this was kept, and of whoever was erased). Every rule that counts voices, or that asks for
somebody else, asks here.
"""

import datetime as dt
import itertools
import uuid

from django.db.models import Exists, OuterRef

from wijkverbond.coalition.models import Coalition, Mandate, Party
from wijkverbond.coalition.models.voices import (
    INVOLVED,
    SECOND_VOICE,
    acts_for,
    acts_in,
    given_for_others,
    hats_among,
    hats_of,
    one_voice,
    somebody_else,
)

__all__ = [
    "INVOLVED",
    "SECOND_VOICE",
    "acts_for",
    "acts_in",
    "also_act_for",
    "given_for_others",
    "hats_among",
    "hats_of",
    "one_voice",
    "somebody_else",
]


def different_people(parties: Iterable[Party], now: dt.datetime) -> bool:
    """Whether two of these, of two kinds, are not all of one and the same person."""
    candidates = list(parties)
    people: dict[uuid.UUID, set[uuid.UUID]] = {party.id: set() for party in candidates}
    mandates = Mandate.objects.current(now).filter(party__in=candidates, person__isnull=False)
    for party, person in mandates.values_list("party", "person"):
        people[party].add(person)
    pairs = itertools.combinations(candidates, 2)
    return any(
        one.kind != other.kind and len(people[one.id] | people[other.id]) > 1
        for one, other in pairs
    )


def also_act_for(coalition: Coalition, now: dt.datetime) -> dict[uuid.UUID, list[Party]]:
    """Of each party the other present parties here for which one of its people acts too."""
    mandates = Mandate.objects.current(now).present().filter(party__coalition=coalition)
    elsewhere = mandates.filter(person=OuterRef("person")).exclude(party=OuterRef("party"))
    parties_of: dict[uuid.UUID, set[uuid.UUID]] = {}
    for person, party in mandates.filter(Exists(elsewhere)).values_list("person", "party"):
        parties_of.setdefault(person, set()).add(party)
    shared = {frozenset(parties) for parties in parties_of.values()}
    named = Party.objects.filter(id__in=frozenset().union(*shared)).select_related("organisation")
    parties = list(named)
    return {
        party.id: [
            other
            for other in parties
            if other != party and any({party.id, other.id} <= together for together in shared)
        ]
        for party in parties
    }
