"""Who works with whom."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models.parties import Party


class TieQuerySet(models.QuerySet["Tie"]):
    """Which ties."""

    def present(self) -> "TieQuerySet":
        """Those of two parties that did not leave."""
        return self.filter(party__left_at=None, other__left_at=None)


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

    objects = TieQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("party", "other", "year", name="tie_once_a_year"),
            models.CheckConstraint(condition=~Q(party=models.F("other")), name="tie_with_another"),
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.strength} {self.other}"
