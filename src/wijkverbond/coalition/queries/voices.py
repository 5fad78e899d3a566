"""One person, one voice: "somebody else" is another person, and not only another party.

Each row that is a voice says for which party it is (`party`) and who gave it (`person`; empty in rows
from before this was kept, and of whoever was erased). Every rule that counts voices, or that asks for
somebody else, asks here.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import Coalition, Mandate, Party
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import YES, Permission, no

SECOND_VOICE = _("You have already done this here for another partner. Now somebody else does it.")
INVOLVED = _(
    "You also act for a partner that this is about, or did so in the last 90 days. Somebody else "
    "does this."
)


def one_voice(voices: "QuerySet[Any]", actor: Actor) -> Permission:
    """Whether this person gave no voice for another party among these; a person counts once.

    `voices` are the rows of the record, and of the version of it, that a rule counts together.
    """
    return no(SECOND_VOICE) if given_for_others(voices, actor).exists() else YES


def given_for_others(voices: "QuerySet[Any]", actor: Actor) -> "QuerySet[Any]":
    """Those of these voices that this person gave for another party than they act for now."""
    own = voices.filter(person=actor.person, person__isnull=False)
    return own.exclude(party=actor.party)


def somebody_else(actor: Actor, parties: "QuerySet[Party]") -> Permission:
    """Whether this person acts for none of the parties that something is about, nor did so lately.

    It does not matter for whom they act now: a person wears several hats, and is one person.
    """
    hats = hats_of(actor.person, actor.now).filter(party__in=parties)
    return no(INVOLVED) if hats.exists() else YES


def acts_for(
    person: uuid.UUID | None, parties: Iterable[uuid.UUID | None], now: dt.datetime
) -> bool:
    """Whether a person acts for one of these parties, or did so in the last ninety days."""
    hats = hats_of(person, now)
    return hats.filter(party__in=[party for party in parties if party]).exists()


def hats_of(person: uuid.UUID | None, now: dt.datetime) -> "QuerySet[Mandate]":
    """The mandates of a person, also those that ended in the last ninety days; nobody has none."""
    return Mandate.objects.lately(now).filter(person=person, person__isnull=False)


def acts_in(person: uuid.UUID | None, coalition: uuid.UUID, now: dt.datetime) -> bool:
    """Whether a person acts for any party of a coalition, or did so in the last ninety days."""
    return hats_of(person, now).filter(party__coalition=coalition).exists()


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
