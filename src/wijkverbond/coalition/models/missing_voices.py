"""Who should be at the table and is not."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models.parties import LONGEST_REASON, Coalition, Party
from wijkverbond.kernel.kinds import Kind


class MissingVoiceQuerySet(models.QuerySet["MissingVoice"]):
    """Which missing voices."""

    def open(self) -> "MissingVoiceQuerySet":
        """Those on the list: neither filled nor dismissed."""
        return self.filter(dismissed_at=None, filled_at=None)


class MissingVoiceText(models.Model):
    """Who is missing, and why they are needed."""

    sector = models.CharField(_("sort of organisation"), max_length=40)
    what = models.CharField(_("why they are needed"), max_length=300)

    class Meta:
        abstract = True


class MissingVoice(MissingVoiceText):
    """Somebody who should be at the table and is not: open, dismissed with a reason, or filled."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="missing")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    suggested_at = models.DateTimeField()
    suggested_by = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    dismissed_at = models.DateTimeField(null=True, blank=True)
    dismissed_by = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    dismissed_reason = models.CharField(_("reason"), max_length=LONGEST_REASON, blank=True)
    filled_at = models.DateTimeField(null=True, blank=True)
    filled_by = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = MissingVoiceQuerySet.as_manager()

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
