"""Answers that partners set apart, and the reading without them."""

import uuid

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import Party
from wijkverbond.kernel.shown import Shown, in_lines
from wijkverbond.kernel.subqueries import RecordKey, inward
from wijkverbond.urgency.models.conversations import Conversation, Participant
from wijkverbond.urgency.models.readings import Reading


class SetApartQuerySet(models.QuerySet["SetApart"]):
    """Which answers set apart."""

    def proposed(self) -> "SetApartQuerySet":
        """Those to which no second party agreed yet."""
        return self.not_taken_back().filter(standing_at=None)

    def not_taken_back(self) -> "SetApartQuerySet":
        """Those that are proposed or stand."""
        return self.filter(taken_back_at=None)

    def standing(self) -> "SetApartQuerySet":
        """Those without which the reading stands too."""
        return self.not_taken_back().filter(standing_at__isnull=False)

    def once_standing(self) -> "SetApartQuerySet":
        """Those without which a reading was ever published."""
        return self.filter(standing_at__isnull=False)

    def without_voice_of(self, party: RecordKey) -> "SetApartQuerySet":
        """Those of which this party said nothing yet."""
        voices = ApartVoice.objects.filter(set_apart=OuterRef("id"), party=inward(party))
        return self.filter(~Exists(voices))

    def for_somebody_else(self, person: uuid.UUID) -> "SetApartQuerySet":
        """Those of which this person said nothing, for whichever party they act."""
        voices = ApartVoice.objects.filter(set_apart=OuterRef("id"), person=person)
        return self.filter(~Exists(voices))


class SetApart(Shown, models.Model):
    """At least twenty answers of one question that may be one person's, set apart by two parties.

    Who they are is fixed when a party proposes it. `people` is their number then, rounded down to
    tens, `key` stands for the cluster as the party was shown it.
    """

    class Type(models.TextChoices):
        """What they have in common; never both."""

        ALIKE = "alike", _("the same answers to every sentence")
        AT_ONCE = "at_once", _("begun at the same time")

    class State(models.TextChoices):
        """Where it stands."""

        PROPOSED = "proposed", _("Proposed: a partner of another kind has to agree")
        STANDING = "standing", _("Set apart: the result stands with and without")
        TAKEN_BACK = "taken_back", _("Taken back: these answers count as all others")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, related_name="set_apart"
    )
    sort = models.CharField(max_length=20, choices=Type)
    key = models.CharField(max_length=64)
    people = models.PositiveIntegerField()
    members = models.ManyToManyField(Participant, related_name="set_apart")
    proposed_at = models.DateTimeField()
    standing_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = SetApartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "key"],
                condition=Q(taken_back_at=None),
                name="set_apart_once",
            )
        ]
        ordering = ["proposed_at"]

    def __str__(self) -> str:
        return self.get_sort_display()

    @property
    def description(self) -> str:
        """How many there are at least, and what they have in common."""
        return described(self.people, self.Type(self.sort))

    @property
    def shown_text(self) -> str:
        """Which answers, to which question, and why the first party sets them apart."""
        first = next(iter(self.voices.all()), None)
        return in_lines(self.conversation.question, self.description, first and first.reason)

    @property
    def state(self) -> "SetApart.State":
        """Where it stands."""
        if self.taken_back_at:
            return self.State.TAKEN_BACK
        return self.State.STANDING if self.standing_at else self.State.PROPOSED


def described(people: int, sort: SetApart.Type) -> str:
    """How many look-alike answers there are at least, and what they have in common."""
    values = {"people": people, "what": sort.label}
    return gettext("At least %(people)s people: %(what)s") % values


class ApartVoice(models.Model):
    """What a party says of answers set apart, and who said it: that it must be, or no longer."""

    class Says(models.TextChoices):
        """What it says."""

        APART = "apart", _("sets these answers apart")
        BACK = "back", _("takes it back")

    set_apart = models.ForeignKey(SetApart, on_delete=models.PROTECT, related_name="voices")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    says = models.CharField(max_length=10, choices=Says)
    reason = models.CharField(_("why"), max_length=300)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["set_apart", "party", "says"], name="one_voice_about_answers_set_apart"
            )
        ]
        ordering = ["at"]

    def __str__(self) -> str:
        return str(self.party)


class ReadingWithout(models.Model):
    """A published reading without the answers that are set apart: stored, never edited.

    `result` is all that may be shown; `kept` is what the next one needs to stay safe.
    """

    id = models.BigAutoField(primary_key=True)
    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="without")
    at = models.DateTimeField()
    output_digest = models.CharField(max_length=64)
    result = models.JSONField()
    kept = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.output_digest
