"""Coalitions that the host of the site took off the list of all neighbourhoods."""

from django.db import models
from django.db.models import Q

from wijkverbond.coalition.models.host_acts import UNDONE, HostAct, HostActQuerySet, HostActReview
from wijkverbond.coalition.models.parties import Coalition
from wijkverbond.kernel.shown import in_lines


class UnlistingQuerySet(HostActQuerySet["Unlisting"]):
    """Which times that a coalition was taken off the list."""


class Unlisting(HostAct):
    """The host took a coalition off the list; everything in it goes on, and its partners review it."""

    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="unlistings")
    unlisted_at = models.DateTimeField()

    objects = UnlistingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["coalition"], condition=~Q(outcome__in=UNDONE), name="off_the_list_once"
            )
        ]
        ordering = ["-unlisted_at"]

    @property
    def shown_text(self) -> str:
        """Which coalition, and why it was taken off the list."""
        return in_lines(self.coalition.name, self.get_ground_display(), self.law)


class UnlistingReview(HostActReview):
    """What a partner of the coalition says of that."""

    unlisting = models.ForeignKey(Unlisting, on_delete=models.PROTECT, related_name="reviews")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unlisting", "party"], name="unlisting_reviewed_once")
        ]
