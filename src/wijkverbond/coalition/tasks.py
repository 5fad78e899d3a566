"""Tasks of the worker."""

from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from wijkverbond.accounts import mail
from wijkverbond.accounts.delivery import ForTwoDays
from wijkverbond.coalition.models import Invitation
from wijkverbond.coalition.queries.invitation_links import link_token
from wijkverbond.kernel import clock


@app.task(name="coalition.send_invitation", retry=ForTwoDays())
def send_invitation(invitation: str) -> None:
    """Mail an invitation, in Dutch; not when it was answered, withdrawn or erased meanwhile."""
    invitations = Invitation.objects.open(clock.now()).filter(id=invitation).exclude(email="")
    for open_invitation in invitations.select_related("coalition", "sent_by_party__organisation"):
        with translation.override("nl"):
            _send(open_invitation)


def _send(invitation: Invitation) -> None:
    about = {
        "addressee": str(invitation),
        "who": str(invitation.sent_by_party or _("The secretariat")),
        "coalition": invitation.coalition.name,
        "token": link_token(invitation),
    }
    text = "coalition/mail/invitation.txt"
    mail.compose(invitation.email, "nl", text, about, mail_id=invitation.id).send()
