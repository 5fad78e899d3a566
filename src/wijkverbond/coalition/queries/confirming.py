"""Whom somebody can confirm, what was said of whom, and whose name somebody can settle."""

import datetime as dt
import uuid

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import Mandate, NameReport, Party, PartyConfirmation
from wijkverbond.coalition.models.confirmations import whose_word_counts
from wijkverbond.coalition.models.names import NameJudgement
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import YES, Permission, no
from wijkverbond.kernel.subqueries import RecordKey, inward

NOT_CONFIRMED = _("Others have not confirmed your partner yet. Until then it does not count.")


def once_confirmed(actor: Actor, coalition: uuid.UUID | None) -> Permission:
    """Whether others confirmed for whom the actor acts, where any partner was confirmed.

    For what a partner does to what people say: a newcomer that nobody knows neither hides it nor
    enters it for them. Who acts for no partner is not asked.
    """
    if actor.party is None or coalition is None:
        return YES
    confirmed = _confirmed(coalition)
    counts = confirmed.filter(id=actor.party).exists() or not confirmed.exists()
    return YES if counts else no(NOT_CONFIRMED)


def is_known(coalition: RecordKey, party: RecordKey) -> Q:
    """Whether others confirmed a party, where any of its coalition was: as `once_confirmed` says."""
    confirmed = _confirmed(inward(coalition))
    return Q(Exists(confirmed.filter(id=inward(party)))) | Q(~Exists(confirmed))


def _confirmed(coalition: RecordKey) -> "QuerySet[Party]":
    """The parties of society in a coalition that others confirmed."""
    return Party.objects.present().society().confirmed().filter(coalition=coalition)


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
        .filter(Exists(Party.objects.deciding().filter(id=inward(party))), confirmed_at=None)
        .exclude(id=party)
        .exclude(brought_by=person)
        .exclude(id__in=acted_for.values("party"))
        .exclude(Exists(said.filter(about=OuterRef("id"))))
        .order_by("joined_at", "id")
    )


def names_to_settle(
    coalition: RecordKey, party: RecordKey, person: uuid.UUID, now: dt.datetime
) -> "QuerySet[NameReport]":
    """The names of which this person can say for a party whose they are, as the policy says of one."""
    acted_for = Mandate.objects.lately(now).filter(person=person).values("party")
    judged = NameJudgement.objects.filter(Q(party=inward(party)) | Q(person=person))
    own_kind = Party.objects.filter(id=inward(party)).values("organisation__kind")
    counts = whose_word_counts(inward(coalition)).filter(id=inward(party))
    return (
        NameReport.objects.waiting()
        .filter(Exists(counts), about__coalition=coalition)
        .exclude(about__organisation__kind__in=own_kind)
        .exclude(reported_by=party)
        .exclude(Q(about__in=acted_for) | Q(reported_by__in=acted_for))
        .exclude(Exists(judged.filter(report=OuterRef("id"))))
        .order_by("reported_at", "id")
    )
