"""Who is somebody else: a person counts once per rule, however many parties they act for."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models.mandates import Mandate
from wijkverbond.coalition.models.parties import Party
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
