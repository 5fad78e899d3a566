"""Statements that the host hid on a legal ground, and what partners say of that."""

from django.db import models
from django.db.models import Q

from wijkverbond.coalition.models.host_acts import HostAct, HostActQuerySet, HostActReview, Outcome
from wijkverbond.kernel.shown import in_lines
from wijkverbond.urgency.models.conversations import Statement


class HostHidingQuerySet(HostActQuerySet["HostHiding"]):
    """Which hidings by the host."""


class HostHiding(HostAct):
    """The host hid a statement on a legal ground; people of two other kinds review it.

    `taken` are its texts in the journal, kept here while it is hidden.
    """

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="hidings")
    hidden_at = models.DateTimeField()
    taken = models.JSONField(default=list, blank=True)

    objects = HostHidingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["statement"],
                condition=~Q(outcome__in=[Outcome.RESTORED, Outcome.RETURNED]),
                name="hidden_once_by_the_host",
            )
        ]
        ordering = ["hidden_at"]

    @property
    def shown_text(self) -> str:
        """The hidden sentence, and why it was hidden."""
        return in_lines(self.statement.text, self.get_ground_display(), self.law)


class HidingReview(HostActReview):
    """What a party says of a hiding by the host."""

    hiding = models.ForeignKey(HostHiding, on_delete=models.PROTECT, related_name="reviews")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hiding", "party"], name="hiding_reviewed_once")
        ]
