"""Measurements of goals, always beside the reference line."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import Party
from wijkverbond.vision.models import Goal


class MeasuredValue(models.Model):
    """A value with its edition, day, source and, where known, the reference line."""

    class Source(models.TextChoices):
        """Where the value comes from."""

        OFFICIAL = "official", _("Official figure")
        OWN = "own", _("Counted ourselves")
        DOCUMENT = "document", _("Document")

    edition = models.CharField(_("year or period"), max_length=20)
    measured_on = models.DateField(_("measured on"))
    value = models.DecimalField(_("value"), max_digits=15, decimal_places=3)
    municipality = models.DecimalField(max_digits=15, decimal_places=3, null=True, blank=True)
    country = models.DecimalField(max_digits=15, decimal_places=3, null=True, blank=True)
    source = models.CharField(_("source"), max_length=20, choices=Source)
    source_text = models.CharField(_("where it can be found"), max_length=300)

    class Meta:
        abstract = True


class Measurement(MeasuredValue):
    """A measured value of a goal's indicator, with its source; corrected, never overwritten."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="measurements")
    goal_revision = models.PositiveSmallIntegerField()
    place_codes = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    fresh_until = models.DateField()
    recorded_by = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    recorded_at = models.DateTimeField()
    replaced_by = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="replaces", null=True, blank=True
    )
    reason = models.CharField(_("why it was corrected"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "edition"],
                condition=Q(replaced_by=None),
                name="measured_once_per_edition",
                violation_error_message=_("This year or period is already measured."),
            )
        ]
        ordering = ["measured_on"]

    def __str__(self) -> str:
        return f"{self.edition}: {self.value}"
