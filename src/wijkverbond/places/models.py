"""Places of the official division, their boundaries and key figures. Year is in every key."""

import unicodedata

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wijkverbond.places.divisions import Level


def folded(name: str) -> str:
    """A name as it is searched: lower case, without accents."""
    letters = unicodedata.normalize("NFKD", name)
    return "".join(c for c in letters if not unicodedata.combining(c)).casefold().strip()


class Place(models.Model):
    """A place in the division of one year; the same code in another year is another place."""

    year = models.PositiveSmallIntegerField(_("year of the division"))
    code = models.CharField(_("code"), max_length=12)
    level = models.CharField(_("level"), max_length=20, choices=Level)
    name = models.CharField(_("name"), max_length=120)
    search_name = models.CharField(max_length=240, editable=False)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="children", null=True, blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "code"], name="place_once_a_year"),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="place_level"),
        ]
        indexes = [
            models.Index(fields=["code"], name="place_code", opclasses=["varchar_pattern_ops"])
        ]
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page about this place in the division of its year."""
        return f"{reverse('places:place', args=[self.code])}?jaar={self.year}"


class Boundary(models.Model):
    """Where a place lies, in WGS84 degrees; apart from the place, which is read far more often.

    `geometry` is a GeoJSON Polygon or MultiPolygon, simplified for drawing: never for parcels.
    """

    place = models.OneToOneField(
        Place, on_delete=models.CASCADE, related_name="boundary", primary_key=True
    )
    geometry = models.JSONField()
    longitude = models.FloatField()
    latitude = models.FloatField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()

    def __str__(self) -> str:
        return str(self.place)


class KeyFigure(models.Model):
    """One official figure. What is missing or secret has no row: it is never zero."""

    place = models.ForeignKey(
        Place, on_delete=models.CASCADE, related_name="figures", db_index=False
    )
    indicator = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=18, decimal_places=5)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "indicator", "year"], name="figure_once_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}"
