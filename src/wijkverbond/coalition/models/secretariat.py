"""Those who organise for the coalition, and which partners asked them."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models.parties import Coalition, Party


class SecretariatQuerySet(models.QuerySet["Secretariat"]):
    """Who in the secretariat."""

    def current(self) -> "SecretariatQuerySet":
        """Those who organise now."""
        return self.filter(since__isnull=False, until=None)

    def proposed(self) -> "SecretariatQuerySet":
        """Those whom a party wants to ask, and to whom not enough other parties agreed yet."""
        return self.filter(since=None, until=None)


class Secretariat(models.Model):
    """A person whom the coalition asked to organise; organises, decides nothing.

    `since` is empty until enough parties agree to ask them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="secretariat")
    person = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        related_name="secretariats",
        null=True,
        blank=True,
    )
    lent_by = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    since = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)

    objects = SecretariatQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "person"],
                condition=Q(until=None),
                name="secretariat_once",
                violation_error_message=_("This person is already in the secretariat."),
            )
        ]

    def __str__(self) -> str:
        return str(self.coalition)


class SecretariatVoice(models.Model):
    """That a party agrees to ask somebody for the secretariat, or to end their work, and who said so."""

    class About(models.TextChoices):
        """What a party agrees to."""

        BEGIN = "begin", _("We ask this person")
        END = "end", _("We end this work")

    secretariat = models.ForeignKey(Secretariat, on_delete=models.CASCADE, related_name="voices")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    about = models.CharField(max_length=10, choices=About)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["secretariat", "party", "about"],
                name="one_voice_about_the_secretariat",
                violation_error_message=_("You have agreed to this already."),
            )
        ]
        ordering = ["given_at"]

    def __str__(self) -> str:
        return str(self.party)
