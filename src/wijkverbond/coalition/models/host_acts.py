"""What the host of the site takes away at once, and what partners say of that within 72 hours (R2).

A sentence that is hidden and a coalition that is taken off the list are both such an act.
"""

import uuid
from typing import Any, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from wijkverbond.accounts.models import User
from wijkverbond.coalition.models.parties import Party
from wijkverbond.kernel.shown import Shown
from wijkverbond.kernel.subqueries import RecordKey, inward

Act = TypeVar("Act", bound="HostAct")


class Outcome(models.TextChoices):
    """What the review came to; it returns when nobody can review it in time."""

    UPHELD = "upheld", _("It stands")
    RESTORED = "restored", _("Partners put it back")
    RETURNED = "returned", _("It is back, because nobody could review it")
    WITHDRAWN = "withdrawn", _("The host put it back")


UNDONE = [Outcome.RESTORED, Outcome.RETURNED, Outcome.WITHDRAWN]


class HostActQuerySet(models.QuerySet[Act]):
    """Which acts of the host."""

    def standing(self) -> "HostActQuerySet[Act]":
        """Those that hold now: nobody undid them."""
        return self.exclude(outcome__in=UNDONE)

    def unsettled(self) -> "HostActQuerySet[Act]":
        """Those of which partners did not settle yet whether they stand."""
        return self.filter(outcome="")

    def unreviewed_by(self, party: RecordKey) -> "HostActQuerySet[Act]":
        """The unsettled ones of which this party did not say yet what it thinks."""
        return self.unsettled().filter(~Exists(self._reviews().filter(party=inward(party))))

    def for_somebody_else(self, person: uuid.UUID) -> "HostActQuerySet[Act]":
        """Those that this person may review: no host, who did not review it for another party."""
        hosts = User.objects.filter(id=person, is_operator=True)
        reviewed = self._reviews().filter(person=person)
        return self.filter(~Q(person=person), ~Exists(reviewed), ~Exists(hosts))

    def _reviews(self) -> "models.QuerySet[Any]":
        """The reviews of the act at hand."""
        relation: Any = self.model._meta.get_field("reviews")
        reviews = relation.related_model._default_manager
        return reviews.filter(**{relation.field.name: OuterRef("id")})  # type: ignore[no-any-return]


class HostAct(Shown, models.Model):
    """The host took something away at once; people of two kinds of partner review it.

    `law` is which law it breaks, or what gives rise to doubt. `person` is who did it, and reviews it for
    nobody. What is reviewed has its reviews as `reviews`, heirs of `HostActReview`.
    """

    class Ground(models.TextChoices):
        """Why the host did it; in doubt it does not stand without a review."""

        LAW = "law", _("It breaks a law")
        PERSONAL = "personal", _("It is about a person who can be recognised")
        DOUBT = "doubt", _("It may be against the law; partners decide")

    Outcome = Outcome

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ground = models.CharField(_("why"), max_length=20, choices=Ground, default=Ground.LAW)
    law = models.CharField(_("which law it breaks, or what makes you doubt"), max_length=300)
    review_by = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    person = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.law

    @property
    def stands(self) -> bool:
        """Whether it holds now."""
        return self.outcome not in UNDONE

    @property
    def returns_without_review(self) -> bool:
        """Whether it does not stand when nobody can review it in time."""
        return self.ground == self.Ground.DOUBT


class HostActReviewQuerySet(models.QuerySet[Any]):
    """Which reviews."""

    def counting(self) -> "HostActReviewQuerySet":
        """Those of parties that others confirmed: two kinds of these settle it."""
        return self.filter(party__in=Party.objects.confirmed())


class HostActReview(models.Model):
    """What a party says of what the host did; the last one counts.

    `person` is who said it for the party: a person is one voice, whomever they act for.
    """

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    upholds = models.BooleanField()
    reason = models.CharField(_("why"), max_length=300)
    at = models.DateTimeField()
    person = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = HostActReviewQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.party)
