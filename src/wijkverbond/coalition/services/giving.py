"""What a yes brings about: the mandates that were offered, of which the person has none yet."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition import events
from wijkverbond.coalition.models import Mandate, MandateOffer
from wijkverbond.kernel.actor import MandateType


def give(offer: MandateOffer, at: dt.datetime) -> list[Mandate]:
    """Store the mandates of an offer, to be recorded; refused when the person has them all."""
    changed = []
    for mandate_type in MandateType:
        if mandate_type in offer.types:
            signing = mandate_type == MandateType.SIGN
            mandate = current(offer, at).filter(sort=mandate_type).first() or Mandate(
                party=offer.party,
                person=offer.person,
                sort=mandate_type,
                ground=offer.ground if signing else "",
                jointly=offer.jointly and signing,
                granted_by_id=offer.offered_by_id,
                by_sign_in=offer.by_sign_in,
                since=at,
                until=offer.until,
            )
            grants = offer.may_grant and mandate_type == MandateType.TAKE_PART
            changed += _store(mandate, may_grant=grants)
    if not changed:
        raise ValidationError(_("This person already has this mandate."))
    return changed


def current(offer: MandateOffer, at: dt.datetime) -> "QuerySet[Mandate]":
    """What the person may do for the party already."""
    return Mandate.objects.current(at).filter(party=offer.party, person=offer.person)


def granted(mandate: Mandate, *, rests_on: tuple[str, ...] = ()) -> events.MandateGranted:
    """That a person may do something, to be recorded."""
    return events.MandateGranted(
        mandate=mandate.id,
        party=mandate.party_id,
        may=[mandate.sort],
        ground=mandate.ground or None,
        jointly="yes" if mandate.jointly else "no",
        starts=timezone.localdate(mandate.since),
        until=timezone.localdate(mandate.until) if mandate.until else None,
        rests_on=rests_on,
    )


def _store(mandate: Mandate, *, may_grant: bool) -> list[Mandate]:
    if not mandate._state.adding and (mandate.may_grant or not may_grant):
        return []
    mandate.may_grant = may_grant
    mandate.full_clean()
    mandate.save()
    return [mandate]
