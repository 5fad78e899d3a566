"""Invitations: a link with which one organisation joins."""

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models.choices import PartyRole
from wijkverbond.coalition.models.missing_voices import MissingVoice
from wijkverbond.coalition.models.parties import LONGEST_REASON, Coalition, Party
from wijkverbond.kernel.kinds import Kind


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Which invitations."""

    def open(self, at: dt.datetime) -> "InvitationQuerySet":
        """Those that can still be answered at a moment."""
        return self.filter(accepted_at=None, declined_at=None, revoked_at=None, expires_at__gt=at)


class InvitationText(models.Model):
    """Whom to invite and as what, and the address that the link is mailed to, if any."""

    addressee = models.CharField(_("who do you invite"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    role = models.CharField(_("role"), max_length=20, choices=PartyRole, default=PartyRole.PARTNER)

    class Meta:
        abstract = True


class Invitation(InvitationText):
    """A link that lets one organisation join. Only the digest of its secret part is kept."""

    class Route(models.TextChoices):
        """How the link reaches the invited."""

        EMAIL = "email", _("by e-mail")
        LINK = "link", _("as a link that you pass on yourself")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="invitations")
    token_digest = models.CharField(max_length=64, unique=True)
    channel = models.CharField(_("how"), max_length=10, choices=Route)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, blank=True)
    missing_voice = models.ForeignKey(
        MissingVoice, on_delete=models.PROTECT, related_name="invitations", null=True, blank=True
    )
    sent_by_party = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_reason = models.CharField(_("reason"), max_length=LONGEST_REASON, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    party = models.OneToOneField(
        Party, on_delete=models.PROTECT, related_name="invitation", null=True, blank=True
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None, party=None)
                | Q(accepted_at__isnull=False, party__isnull=False),
                name="accepted_invitation_has_a_party",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(declined_at=None, revoked_at=None),
                name="invitation_ends_once",
            ),
        ]
        ordering = ["-sent_at", "id"]

    def __str__(self) -> str:
        return self.addressee or str(_("(removed)"))

    @property
    def why_declined(self) -> str:
        """In what words the invited said no, unless they had themselves erased."""
        return self.declined_reason or str(_("(removed)"))

    def clean(self) -> None:
        """An invitation by e-mail has an address; nobody is invited as the one who started."""
        if self.channel == self.Route.EMAIL and not self.email:
            raise ValidationError({"email": _("Fill in an e-mail address.")})
        if self.role == PartyRole.INITIATOR:
            raise ValidationError({"role": _("Choose partner, funder or adviser.")})

    def why_closed(self, at: dt.datetime) -> str:
        """Why it can no longer be answered; empty while it can."""
        if self.accepted_at:
            return str(_("This invitation has been accepted already."))
        if self.declined_at:
            return str(_("This invitation has been declined."))
        if self.revoked_at:
            return str(_("This invitation has been withdrawn."))
        if self.expires_at <= at:
            return str(_("This invitation is out of date. Ask for a new one."))
        return ""

    def check_open(self, at: dt.datetime) -> None:
        """Refuse when it was answered, withdrawn or is out of date."""
        if why := self.why_closed(at):
            raise ValidationError(why)
