"""Whom somebody can confirm, and what was said of whom."""

import datetime as dt
import uuid

from django.db.models import Exists, OuterRef, Q, QuerySet

from wijkverbond.coalition.models import Mandate, Party, PartyConfirmation
from wijkverbond.coalition.models.confirmations import whose_word_counts
from wijkverbond.kernel.subqueries import RecordKey, inward


def said_of(party: Party) -> "QuerySet[PartyConfirmation]":
    """What parties that are here say of another, oldest first."""
    said = party.party_confirmations.said_by_present()
    return said.select_related("party__organisation")


def to_be_confirmed(
    coalition: RecordKey, party: RecordKey, person: uuid.UUID, now: dt.datetime
) -> "QuerySet[Party]":
    """The newcomers that this person can confirm for a party, as the policy says of one."""
    acted_for = Mandate.objects.lately(now).filter(person=person)
    said = PartyConfirmation.objects.said_by_present()
    said = said.filter(Q(party=inward(party)) | Q(person=person))
    counts = whose_word_counts(inward(coalition))
    return (
        Party.objects.present()
        .filter(Exists(counts.filter(id=inward(party))) | ~Exists(counts), coalition=coalition)
        .filter(confirmed_at=None)
        .exclude(id=party)
        .exclude(brought_by=person)
        .exclude(id__in=acted_for.values("party"))
        .exclude(Exists(said.filter(about=OuterRef("id"))))
        .order_by("joined_at", "id")
    )
