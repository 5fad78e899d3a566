"""Tasks of the worker."""

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from wijkverbond.accounts.tasks import RETRY
from wijkverbond.coalition.models import Invitation
from wijkverbond.coalition.queries.invitation_links import link_token
from wijkverbond.kernel import clock
from wijkverbond.kernel.reading_direction import each_set_apart


@app.task(name="coalition.send_invitation", retry=RETRY)
def send_invitation(invitation: str) -> None:
    """Mail an invitation, in Dutch; not when it was answered, withdrawn or erased meanwhile."""
    invitations = Invitation.objects.open(clock.now()).filter(id=invitation).exclude(email="")
    for open_invitation in invitations.select_related("coalition", "sent_by_party__organisation"):
        with translation.override("nl"):
            _send(open_invitation)


def _send(invitation: Invitation) -> None:
    link = settings.SITE_ADDRESS + reverse("coalition:invitation", args=[link_token(invitation)])
    sender = str(invitation.sent_by_party or _("The secretariat"))
    facts = each_set_apart(
        {
            "addressee": str(invitation),
            "who": sender,
            "coalition": invitation.coalition.name,
            "link": link,
        }
    )
    send_mail(
        _("Will you join %(coalition)s?") % facts,
        _(
            "Hello %(addressee)s,\n\n"
            "%(who)s invites you to take part in the neighbourhood coalition %(coalition)s.\n"
            "Read what it is about, and say yes or no:\n\n%(link)s\n\n"
            "The link works for 30 days and for one organisation.\n"
            "You did not expect this? Then you do not need to do anything."
        )
        % facts,
        None,
        [invitation.email],
    )
