"""One person, one voice: "somebody else" is another person, and not only another party.

Each row that is a voice says for which party it is (`party`) and who gave it (`person`; empty in rows
from before this was kept, and of whoever was erased). Every rule that counts voices, or that asks for
somebody else, asks here.
"""

import datetime as dt
import itertools
import uuid
from collections.abc import Iterable

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet

from wijkverbond.coalition.models import Coalition, Mandate, Party
from wijkverbond.coalition.models.voices import (
    INVOLVED,
    SECOND_VOICE,
    acts_for,
    acts_in,
    did_something_in,
    given_for_others,
    hats_among,
    hats_of,
    one_voice,
    one_voice_among,
    somebody_else,
)

__all__ = [
    "INVOLVED",
    "SECOND_VOICE",
    "acts_for",
    "acts_in",
    "also_act_for",
    "did_something_in",
    "different_people",
    "given_for_others",
    "hats_among",
    "hats_of",
    "one_voice",
    "one_voice_among",
    "people_of",
    "sharing_people",
    "somebody_else",
    "with_people",
]


def with_people(parties: "QuerySet[Party]", at: dt.datetime) -> "QuerySet[Party]":
    """These parties with `people`: the ids of who acts for each at this moment."""
    people = Mandate.objects.current(at).filter(party=OuterRef("id"), person__isnull=False)
    return parties.annotate(people=ArraySubquery(people.values("person").distinct()))


def people_of(party: Party) -> frozenset[uuid.UUID]:
    """Who acts for a party that was read `with_people`."""
    return frozenset(vars(party)["people"])


def different_people(parties: Iterable[Party]) -> bool:
    """Whether two of these, of two kinds, are not of one and the same person alone."""
    return any(
        one.kind != other.kind and len(people_of(one) | people_of(other)) > 1
        for one, other in itertools.combinations(parties, 2)
    )


def sharing_people(party: Party, parties: Iterable[Party]) -> list[Party]:
    """The others of these parties for which one of its people acts too."""
    people = people_of(party)
    return [other for other in parties if other != party and people & people_of(other)]


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
