"""The secret part of an invitation's link: derived, never stored, known by its digest."""

import hashlib

from django.utils.crypto import salted_hmac

from wijkverbond.coalition.models import Invitation


def link_token(invitation: Invitation) -> str:
    """The secret part of the link: 160 bits that only this installation can make."""
    mac = salted_hmac("wijkverbond.coalition.invitation", str(invitation.id), algorithm="sha256")
    return mac.hexdigest()[:40]


def token_digest(secret: str) -> str:
    """SHA-256 of the secret part, in hexadecimal: what is stored and looked up."""
    return hashlib.sha256(secret.encode()).hexdigest()


def invitation_for(secret: str) -> Invitation:
    """The invitation of this link; `Invitation.DoesNotExist` when there is none."""
    invitations = Invitation.objects.select_related(
        "coalition", "sent_by_party__organisation", "missing_voice"
    )
    return invitations.get(token_digest=token_digest(secret))
