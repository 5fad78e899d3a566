"""Tasks of the worker."""

import uuid

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from wijkverbond.accounts import mail
from wijkverbond.accounts.delivery import ForTwoDays
from wijkverbond.coalition import services
from wijkverbond.coalition.models import Invitation, MandateOffer, Unlisting
from wijkverbond.coalition.queries.invitation_links import link_token
from wijkverbond.kernel import actor, clock


@app.task(name="coalition.send_invitation", retry=ForTwoDays())
def send_invitation(invitation: str, mail_id: str = "") -> None:
    """Mail an invitation, in Dutch; not when it was answered, withdrawn or erased meanwhile."""
    invitations = Invitation.objects.open(clock.now()).filter(id=invitation).exclude(email="")
    for open_invitation in invitations.select_related("coalition", "sent_by_party__organisation"):
        with translation.override("nl"):
            _send(open_invitation, uuid.UUID(mail_id) if mail_id else open_invitation.id)


@app.task(name="coalition.send_mandate_offer", retry=ForTwoDays())
def send_mandate_offer(offer: str, by: str = "") -> None:
    """Mail somebody that a partner asks them to act for it; not when that ended or went meanwhile.

    `by` is for whom it goes out (`mail.queue`).
    """
    related = ("person", "offered_by", "party__organisation", "party__coalition")
    offers = MandateOffer.objects.open(clock.now()).filter(id=offer, person__isnull=False)
    for open_offer in offers.select_related(*related):
        person, asker = open_offer.person, open_offer.offered_by
        assert person
        about = open_offer.party
        with translation.override(person.language):
            context = {
                "who": asker.email if asker else "",
                "party": about.name,
                "coalition": about.coalition.name,
                "what": [str(line) for line in open_offer.what],
                "slug": about.coalition.slug,
                "offer": str(open_offer.id),
                "last_day": date_format(timezone.localdate(open_offer.expires_at), "j F Y"),
            }
        message = mail.compose(
            person.email,
            person.language,
            "coalition/mail/mandate_offer.txt",
            context,
            register=about.coalition_id,
            mail_id=open_offer.id,
        )
        message.send()


def _send(invitation: Invitation, mail_id: uuid.UUID) -> None:
    about = {
        "addressee": str(invitation),
        "who": str(invitation.sent_by_party or _("The secretariat")),
        "coalition": invitation.coalition.name,
        "token": link_token(invitation),
    }
    text = "coalition/mail/invitation.txt"
    mail.compose(invitation.email, "nl", text, about, mail_id=mail_id).send()


@app.periodic(cron="*/10 * * * *")
@app.task(name="coalition.keep_unlisting_times")
def keep_unlisting_times(timestamp: int) -> None:
    """Settle the reviews of coalitions off the list, and list what nobody could review in time."""
    clock_actor = actor.system()
    for unlisting in Unlisting.objects.unsettled():
        services.keep_unlisting_time(unlisting, actor=clock_actor)
