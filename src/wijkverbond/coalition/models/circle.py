"""Who is missing, who was invited, who works with whom, and the hand-over."""

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models.choices import Fallback, Kind, Role
from wijkverbond.coalition.models.parties import Coalition, Party


class MissingVoice(models.Model):
    """Somebody who should be at the table and is not: open, dismissed with a reason, or filled."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="missing")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    sector = models.CharField(_("sort of organisation"), max_length=40)
    what = models.CharField(_("why they are needed"), max_length=300)
    suggested_at = models.DateTimeField()
    suggested_by = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    dismissed_at = models.DateTimeField(null=True, blank=True)
    dismissed_by = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    dismissed_reason = models.CharField(_("reason"), max_length=500, blank=True)
    filled_at = models.DateTimeField(null=True, blank=True)
    filled_by = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(dismissed_at=None) | ~Q(dismissed_reason=""),
                name="dismissal_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(filled_at=None) | Q(filled_by__isnull=False),
                name="filled_voice_has_a_party",
            ),
            models.UniqueConstraint(
                fields=["coalition", "sector"],
                condition=Q(dismissed_at=None, filled_at=None),
                name="missing_voice_once",
                violation_error_message=_("This voice is already on the list."),
            ),
        ]
        ordering = ["suggested_at", "id"]

    def __str__(self) -> str:
        return self.sector


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Which invitations."""

    def open(self, at: dt.datetime) -> "InvitationQuerySet":
        """Those that can still be answered at a moment."""
        return self.filter(accepted_at=None, declined_at=None, revoked_at=None, expires_at__gt=at)


class Invitation(models.Model):
    """A link that lets one organisation join. Only the digest of its secret part is kept."""

    class Route(models.TextChoices):
        """How the link reaches the invited."""

        EMAIL = "email", _("by e-mail")
        LINK = "link", _("as a link that you pass on yourself")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="invitations")
    token_digest = models.CharField(max_length=64, unique=True)
    channel = models.CharField(_("how"), max_length=10, choices=Route)
    email = models.EmailField(_("e-mail address"), blank=True)
    addressee = models.CharField(_("who do you invite"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.PARTNER)
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
    declined_reason = models.CharField(_("reason"), max_length=500, blank=True)
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
        if self.role == Role.INITIATOR:
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


class Tie(models.Model):
    """How a party says it worked with another party in a year."""

    class Strength(models.TextChoices):
        """How closely they work together."""

        NONE = "none", _("not yet")
        INFORMS = "informs", _("we keep each other informed")
        COORDINATES = "coordinates", _("we tune our work to each other")
        TOGETHER = "together", _("we do things together")

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="ties")
    other = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="ties_to_it")
    year = models.PositiveSmallIntegerField()
    strength = models.CharField(max_length=20, choices=Strength)
    reported_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("party", "other", "year", name="tie_once_a_year"),
            models.CheckConstraint(condition=~Q(party=models.F("other")), name="tie_with_another"),
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.strength} {self.other}"


class Handover(models.Model):
    """A proposal for the coalition's own chair and rules, confirmed by parties one by one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coalition = models.OneToOneField(Coalition, on_delete=models.PROTECT, related_name="hand_over")
    chair = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    fallback = models.CharField(max_length=20, choices=Fallback, default=Fallback.WITHDRAW)
    rules = models.TextField(_("rules"), max_length=4000)
    proposed_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_by = models.ManyToManyField(Party, related_name="+")

    def __str__(self) -> str:
        return str(self.coalition)
