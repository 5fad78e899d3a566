"""What goes by itself: who was invited, who was asked to act, and accounts that nobody used."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce

from wijkverbond.accounts import services as accounts
from wijkverbond.accounts.models import User
from wijkverbond.coalition.models import Invitation, Mandate, MandateOffer, Secretariat
from wijkverbond.kernel.models import EntryText

ADDRESS_KEPT = dt.timedelta(days=30)
NAME_KEPT = dt.timedelta(days=365)
OFFER_KEPT = dt.timedelta(days=30)
UNUSED_KEPT = dt.timedelta(days=180)


@transaction.atomic
def forget_invited(now: dt.datetime) -> None:
    """Empty the address a month, and the name and reason a year, after an invitation ended.

    It ended when it was answered or withdrawn, or on its last day. Who accepted is a partner now.
    """
    ended = Invitation.objects.alias(
        ended_at=Coalesce("accepted_at", "declined_at", "revoked_at", "expires_at")
    )
    addressed = ended.filter(ended_at__lte=now - ADDRESS_KEPT).exclude(email="")
    addressed.update(email="", channel=Invitation.Route.LINK)
    named = ended.filter(ended_at__lte=now - NAME_KEPT).exclude(addressee="", declined_reason="")
    ids = [str(invitation) for invitation in named.values_list("id", flat=True)]
    named.update(addressee="", declined_reason="")
    reasons = EntryText.objects.filter(entry__event="coalition.invitation_declined")
    reasons.filter(entry__facts__invitation__in=ids).delete()


@transaction.atomic
def forget_offers(now: dt.datetime) -> None:
    """Delete what somebody was asked to do for a party, a month after it ended.

    It ended when it was answered or taken back, or on its last day.
    """
    ended = MandateOffer.objects.alias(last=Coalesce("ended_at", "expires_at"))
    ended.filter(last__lte=now - OFFER_KEPT).delete()


def forget_unused(now: dt.datetime) -> None:
    """Erase accounts made half a year ago for who was asked something, never used to sign in.

    Not in the demonstration: whoever tries it signs in as one of its people only later.
    """
    if settings.DEMO:
        return
    since = Q(since__gt=now - UNUSED_KEPT)
    lately = Mandate.objects.filter(since).values("person")
    organises_lately = Secretariat.objects.filter(since).values("person")
    unused = User.objects.filter(last_login=None, is_operator=False)
    unused = unused.filter(joined_at__lte=now - UNUSED_KEPT)
    unused = unused.exclude(id__in=lately.filter(person__isnull=False))
    asked = MandateOffer.objects.filter(person__isnull=False)
    unused = unused.exclude(id__in=asked.values("person"))
    for person in unused.exclude(id__in=organises_lately.filter(person__isnull=False)):
        accounts.forget(person.id)
