"""Breakthroughs: claimed by one, confirmed by others."""

import datetime as dt
import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from wijkverbond.actions.models import Obstacle
from wijkverbond.coalition.models import Coalition, Party
from wijkverbond.coalition.queries import voices
from wijkverbond.commitments.models import Pledge
from wijkverbond.commitments.queries import tied_by_money
from wijkverbond.kernel.shown import Shown, in_lines
from wijkverbond.kernel.subqueries import RecordKey, inward


class BreakthroughQuerySet(models.QuerySet["Breakthrough"]):
    """Which breakthroughs."""

    def involving(self, party: RecordKey) -> "BreakthroughQuerySet":
        """Those of which this party is no outsider: it does not confirm them."""
        return self.filter(_involvement(party))

    def to_confirm_by(self, party: RecordKey) -> "BreakthroughQuerySet":
        """Those that only others worked on, and of which this party did not say whether it is so."""
        answers = Confirmation.objects.filter(breakthrough=OuterRef("id"), party=inward(party))
        outside = self.filter(~_involvement(party))
        return outside.filter(~Exists(answers), state=Breakthrough.State.CLAIMED)

    def for_somebody_else(self, person: uuid.UUID, now: dt.datetime) -> "BreakthroughQuerySet":
        """Those in which this person has no part and no voice yet, for whichever party they act."""
        this = Breakthrough.objects.filter(id=OuterRef(OuterRef("id")))
        hats = voices.hats_of(person, now).filter(Exists(this.involving(OuterRef("party"))))
        spoke = Confirmation.objects.filter(breakthrough=OuterRef("id"), person=person)
        for_themselves = AffectedResident.objects.filter(breakthrough=OuterRef("id"), person=person)
        return self.filter(~Exists(hats), ~Exists(spoke), ~Exists(for_themselves))


def _involvement(party: RecordKey) -> Exists:
    """It reported a breakthrough, says that it worked on it, made a pledge for it, or pays somebody who
    did, or accepted their money.
    """
    part = (
        Q(claims=OuterRef("id"))
        | Q(contributions=OuterRef("id"))
        | Q(pledges__breakthroughs=OuterRef("id"))
    )
    return Exists(tied_by_money(inward(party)).filter(part))


class BreakthroughText(models.Model):
    """What a breakthrough says: what was stuck, what is possible now, and how everyone can see it."""

    class Evidence(models.TextChoices):
        """The sort of evidence."""

        FIGURE = "figure", _("Figure")
        PHOTO = "photo", _("Photo")
        DOCUMENT = "document", _("Document")
        STORY = "story", _("Story")

    title = models.CharField(_("in one sentence"), max_length=140)
    before = models.CharField(_("how it was"), max_length=500)
    after = models.CharField(_("how it is now"), max_length=500)
    happened_on = models.DateField(_("since when"))
    evidence = ArrayField(models.CharField(max_length=20, choices=Evidence))
    evidence_text = models.CharField(_("how everyone can see it"), max_length=500)

    class Meta:
        abstract = True


class Breakthrough(Shown, BreakthroughText):
    """What was stuck and is now possible, with evidence and who contributed.

    `contributors` reported it, or say themselves that they worked on it. Of those that are only `named`
    others say so: that ties them to nothing.
    """

    class State(models.TextChoices):
        """Where a breakthrough stands."""

        CLAIMED = "claimed", _("Reported")
        ESTABLISHED = "established", _("Confirmed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="breakthroughs")
    claimant = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="claims")
    contributors = models.ManyToManyField(Party, related_name="contributions")
    named = models.ManyToManyField(Party, related_name="named_in")
    pledges = models.ManyToManyField(Pledge, related_name="breakthroughs")
    obstacles = models.ManyToManyField(Obstacle, related_name="breakthroughs")
    state = models.CharField(max_length=20, choices=State, default=State.CLAIMED)
    claimed_at = models.DateTimeField()
    established_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.CharField(_("why"), max_length=300, blank=True)

    objects = BreakthroughQuerySet.as_manager()

    class Meta:
        ordering = ["-claimed_at"]

    def __str__(self) -> str:
        return self.title

    @property
    def shown_text(self) -> str:
        """What was stuck, what is possible now and since when, and how everyone can see it."""
        since = date_format(self.happened_on)
        return in_lines(self.title, self.before, self.after, since, self.evidence_text)


class ConfirmationQuerySet(models.QuerySet["Confirmation"]):
    """Which confirmations."""

    def counting(self) -> "ConfirmationQuerySet":
        """Those that help to establish it, as `Confirmation.counts` says of one."""
        return self.filter(confirms=True, party__in=Party.objects.confirmed())


class Confirmation(models.Model):
    """A party that neither claimed nor contributed says that it is so, or disputes it.

    `person` is who said it for the party: a person is one voice, whomever they act for.
    """

    breakthrough = models.ForeignKey(
        Breakthrough, on_delete=models.PROTECT, related_name="confirmations"
    )
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="confirmations")
    confirms = models.BooleanField()
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    at = models.DateTimeField()
    person = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["breakthrough", "party"], name="confirmation_once_per_party"
            )
        ]

    def __str__(self) -> str:
        return str(self.party)

    @property
    def counts(self) -> bool:
        """Whether it helps to establish it: of a party that others confirmed, and no dispute."""
        return self.confirms and self.party.is_confirmed


class AffectedResident(models.Model):
    """A resident whom it touches confirms it, with a code by e-mail; counted from five on.

    `person` is empty for whoever was erased, and of before a code was asked. Nobody sees who it is.
    """

    breakthrough = models.ForeignKey(
        Breakthrough, on_delete=models.PROTECT, related_name="residents"
    )
    person = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["breakthrough", "person"], name="resident_confirms_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.breakthrough)
