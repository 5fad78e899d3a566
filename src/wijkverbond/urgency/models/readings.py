"""What the answers in a conversation come to."""

import uuid

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from wijkverbond.urgency.models.conversations import Conversation


class ReadingQuerySet(models.QuerySet["Reading"]):
    """Which readings."""

    def of_closing(self) -> "ReadingQuerySet":
        """Those of questions that had closed when they were counted."""
        return self.filter(at__gte=F("conversation__closed_at"))


class Reading(models.Model):
    """A published reading of the answers: computed, stored, never edited.

    `result` is all that may be shown; `kept` is what the next publication needs to stay safe.
    `clusters` are people who may be one person (`Cluster`), for partners to look into as numbers.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, related_name="readings"
    )
    at = models.DateTimeField()
    input_digest = models.CharField(max_length=64)
    output_digest = models.CharField(max_length=64)
    result = models.JSONField()
    kept = models.JSONField()
    clusters = models.JSONField(default=list)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.input_digest


class StatementWord(models.TextChoices):
    """What a reading says of a statement (measures 2)."""

    SHARED = "shared", _("Shared")
    DIVIDED = "divided", _("Divided")
    LEANING = "leaning", _("Leaning")
    NOT_ENOUGH_DATA = "not_enough_data", _("Not enough data yet")
