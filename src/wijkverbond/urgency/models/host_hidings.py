"""Statements that the host hid on a legal ground, and what partners say of that."""

import uuid

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import Party
from wijkverbond.kernel.shown import Shown, in_lines
from wijkverbond.kernel.subqueries import RecordKey, inward
from wijkverbond.urgency.models.conversations import Statement


class HostHidingQuerySet(models.QuerySet["HostHiding"]):
    """Which hidings by the host."""

    def unsettled(self) -> "HostHidingQuerySet":
        """Those of which partners did not settle yet whether they stand."""
        return self.filter(outcome="")

    def unreviewed_by(self, party: RecordKey) -> "HostHidingQuerySet":
        """The unsettled ones of which this party did not say yet what it thinks."""
        reviews = HidingReview.objects.filter(hiding=OuterRef("id"), party=inward(party))
        return self.unsettled().filter(~Exists(reviews))

    def for_somebody_else(self, person: uuid.UUID) -> "HostHidingQuerySet":
        """Those that this person neither hid nor reviewed, for whichever party they act."""
        reviewed = HidingReview.objects.filter(hiding=OuterRef("id"), person=person)
        return self.filter(~Q(person=person), ~Exists(reviewed))


class HostHiding(Shown, models.Model):
    """The host hid a statement on a legal ground; people of two other kinds review it.

    `law` is which law it breaks, or what gives rise to doubt. `taken` are its texts in the journal, kept
    here while it is hidden. `person` is who hid it, and reviews it for nobody.
    """

    class Ground(models.TextChoices):
        """Why the host hid it; in doubt it does not stay hidden without a review."""

        LAW = "law", _("It breaks a law")
        PERSONAL = "personal", _("It is about a person who can be recognised")
        DOUBT = "doubt", _("It may be against the law; partners decide")

    class Outcome(models.TextChoices):
        """What the review came to; it returns when nobody can review it in time."""

        UPHELD = "upheld", _("It stays hidden")
        RESTORED = "restored", _("It is back")
        RETURNED = "returned", _("It is back, because nobody could review it")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="hidings")
    ground = models.CharField(_("why"), max_length=20, choices=Ground, default=Ground.LAW)
    law = models.CharField(_("which law it breaks, or what makes you doubt"), max_length=300)
    hidden_at = models.DateTimeField()
    review_by = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    taken = models.JSONField(default=list, blank=True)
    person = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = HostHidingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["statement"],
                condition=~Q(outcome__in=["restored", "returned"]),
                name="hidden_once_by_the_host",
            )
        ]
        ordering = ["hidden_at"]

    def __str__(self) -> str:
        return self.law

    @property
    def returns_without_review(self) -> bool:
        """Whether it does not stay hidden when nobody can review it in time."""
        return self.ground == self.Ground.DOUBT

    @property
    def shown_text(self) -> str:
        """The hidden sentence, and why it was hidden."""
        return in_lines(self.statement.text, self.get_ground_display(), self.law)


class HidingReviewQuerySet(models.QuerySet["HidingReview"]):
    """Which reviews."""

    def counting(self) -> "HidingReviewQuerySet":
        """Those of parties that others confirmed: two kinds of these settle it."""
        return self.filter(party__in=Party.objects.confirmed())


class HidingReview(models.Model):
    """What a party says of a hiding by the host; the last one counts.

    `person` is who said it for the party: a person is one voice, whomever they act for.
    """

    hiding = models.ForeignKey(HostHiding, on_delete=models.PROTECT, related_name="reviews")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    upholds = models.BooleanField()
    reason = models.CharField(_("why"), max_length=300)
    at = models.DateTimeField()
    person = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = HidingReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hiding", "party"], name="hiding_reviewed_once")
        ]

    def __str__(self) -> str:
        return str(self.party)
