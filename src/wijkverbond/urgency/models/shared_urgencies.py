"""What everyone agrees must come first, how it was worded, and which parties share it."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import Coalition, Party
from wijkverbond.kernel.shown import Shown
from wijkverbond.kernel.subqueries import RecordKey, inward
from wijkverbond.urgency.models.conversations import Statement
from wijkverbond.urgency.models.readings import Reading, StatementWord


class UrgencyText(models.Model):
    """What a shared urgency says, now or before it was worded anew."""

    sentence = models.CharField(_("in one sentence"), max_length=200)

    class Meta:
        abstract = True


class SharedUrgencyQuerySet(models.QuerySet["SharedUrgency"]):
    """Which shared urgencies."""

    def standing(self) -> "SharedUrgencyQuerySet":
        """Those that were proposed or adopted and are still urgent."""
        return self.exclude(state=SharedUrgency.State.RETIRED)

    def adopted(self) -> "SharedUrgencyQuerySet":
        """Those that the coalition decided come first, and that are still urgent."""
        return self.filter(state=SharedUrgency.State.ADOPTED)

    def not_endorsed_by(self, party: RecordKey) -> "SharedUrgencyQuerySet":
        """The standing ones that this party does not share by name, as they are worded now."""
        shares = Endorsement.objects.current().filter(
            shared_urgency=OuterRef("id"), party=inward(party)
        )
        return self.standing().filter(~Exists(shares))

    def not_endorsed_by_person(self, person: uuid.UUID) -> "SharedUrgencyQuerySet":
        """Those that this person endorsed for no party, as they are worded now."""
        shares = Endorsement.objects.current().filter(shared_urgency=OuterRef("id"), person=person)
        return self.filter(~Exists(shares))


class SharedUrgency(Shown, UrgencyText):
    """What everyone agrees must come first, in a sentence; adopted by the coalition's consent."""

    class State(models.TextChoices):
        """Where a shared urgency stands."""

        PROPOSED = "proposed", _("Proposed")
        ADOPTED = "adopted", _("Adopted")
        RETIRED = "retired", _("No longer urgent")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coalition = models.ForeignKey(
        Coalition, on_delete=models.PROTECT, related_name="shared_urgencies"
    )
    revision = models.PositiveSmallIntegerField(default=1)
    proposer = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    statements = models.ManyToManyField(Statement, related_name="shared_urgencies")
    reading = models.ForeignKey(
        Reading, on_delete=models.PROTECT, related_name="shared_urgencies", null=True, blank=True
    )
    insights = ArrayField(models.UUIDField(), default=list, blank=True)
    agreement = models.CharField(max_length=20, choices=StatementWord)
    agreement_direct = models.CharField(max_length=20, choices=StatementWord)
    urgent = models.BooleanField()
    state = models.CharField(max_length=20, choices=State, default=State.PROPOSED)
    adopted_at = models.DateTimeField(null=True, blank=True)
    ask_again_by = models.DateField(null=True, blank=True)

    objects = SharedUrgencyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="adopted")
                | Q(adopted_at__isnull=False, ask_again_by__isnull=False),
                name="adopted_urgency_has_moments",
            )
        ]
        ordering = ["-proposed_at"]

    def __str__(self) -> str:
        return self.sentence

    @property
    def shown_text(self) -> str:
        """Its wording."""
        return self.sentence


class EarlierWording(UrgencyText):
    """A shared urgency as it was worded before, with the reason for the change."""

    id = models.BigAutoField(primary_key=True)
    shared_urgency = models.ForeignKey(
        SharedUrgency, on_delete=models.PROTECT, related_name="earlier_wordings"
    )
    revision = models.PositiveSmallIntegerField()
    replaced_at = models.DateTimeField()
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shared_urgency", "revision"], name="wording_once")
        ]
        ordering = ["revision"]

    def __str__(self) -> str:
        return self.sentence


class EndorsementQuerySet(models.QuerySet["Endorsement"]):
    """Which endorsements."""

    def current(self) -> "EndorsementQuerySet":
        """Those of a shared urgency as it is worded now."""
        return self.filter(revision=F("shared_urgency__revision"))


class Endorsement(models.Model):
    """A party says that it shares this urgency, in this wording.

    `person` is who said it for the party: a person is one voice, whomever they act for.
    """

    id = models.BigAutoField(primary_key=True)
    shared_urgency = models.ForeignKey(
        SharedUrgency, on_delete=models.PROTECT, related_name="endorsements"
    )
    revision = models.PositiveSmallIntegerField()
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="endorsements")
    at = models.DateTimeField()
    person = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = EndorsementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shared_urgency", "revision", "party"],
                name="endorsed_once",
                violation_error_message=_("This partner already supports this urgency."),
            )
        ]

    def __str__(self) -> str:
        return str(self.party)
