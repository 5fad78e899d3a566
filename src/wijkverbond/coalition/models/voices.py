"""Who is somebody else: a person counts once per rule, however many parties they act for."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models.mandates import Mandate
from wijkverbond.coalition.models.parties import Party
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.models import Entry
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


def one_voice_among(voices: Iterable[Any], actor: Actor) -> Permission:
    """As `one_voice`, of rows that a page has read already."""
    given_by_person = (voice for voice in voices if actor.person in {voice.person_id} - {None})
    for_another = any(voice.party_id != actor.party for voice in given_by_person)
    return no(SECOND_VOICE) if for_another else YES


def given_for_others(voices: "QuerySet[Any]", actor: Actor) -> "QuerySet[Any]":
    """Those of these voices that this person gave for another party than they act for now."""
    own = voices.filter(person=actor.person, person__isnull=False)
    return own.exclude(party=actor.party)


def hats_among(actor: Actor, parties: "QuerySet[Party]") -> set[uuid.UUID]:
    """Those of these parties for which this person acts: now, in another hat, or lately."""
    if actor.party is None:
        return set()
    hats = Q(id=actor.party) | Q(id__in=hats_of(actor.person, actor.now).values("party"))
    return set(parties.filter(hats).values_list("id", flat=True))


def somebody_else(hats: Collection[uuid.UUID]) -> Permission:
    """Whether a person is somebody else: with no hat of a party that something is about."""
    return no(INVOLVED) if hats else YES


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


def did_something_in(person: uuid.UUID | None, coalition: uuid.UUID, now: dt.datetime) -> bool:
    """Whether a person who `acts_in` a coalition did something for that party, if only joined for it.

    Who said yes to it did; who was given a mandate before their yes was asked perhaps did not.
    """
    done = Entry.objects.filter(stream=coalition, party=OuterRef("party"), person=person)
    return hats_of(person, now).filter(Exists(done), party__coalition=coalition).exists()
