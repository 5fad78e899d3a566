"""The common vision in versions, goals with their revisions, and each party's benefit."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wijkverbond.coalition.models import Coalition, Kind, Party
from wijkverbond.kernel.shown import Shown, filled_in, in_lines
from wijkverbond.kernel.subqueries import RecordKey, inward
from wijkverbond.urgency.models import SharedUrgency


class VisionVersionQuerySet(models.QuerySet["VisionVersion"]):
    """Which versions."""

    def adopted(self) -> "VisionVersionQuerySet":
        """The one that holds now; a coalition has at most one."""
        return self.filter(state=VisionVersion.State.ADOPTED)


class VisionVersion(models.Model):
    """One version of the common vision; an adopted one is never changed, only followed.

    `without` are the society kinds without which it was adopted.
    """

    class State(models.TextChoices):
        """Where a version stands."""

        DRAFT = "draft", _("Draft")
        PROPOSED = "proposed", _("Open for answers")
        ADOPTED = "adopted", _("Adopted")
        REPLACED = "replaced", _("Replaced by a newer version")
        WITHDRAWN = "withdrawn", _("Not adopted")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coalition = models.ForeignKey(
        Coalition, on_delete=models.PROTECT, related_name="vision_versions"
    )
    number = models.PositiveSmallIntegerField()
    body = models.TextField(_("the vision"), max_length=6000)
    reason = models.CharField(_("why a new version"), max_length=300, blank=True)
    horizon = models.DateField(_("looks ahead to"))
    author = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="next", null=True, blank=True
    )
    urgencies = models.ManyToManyField(SharedUrgency, related_name="vision_versions")
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    written_at = models.DateTimeField()
    adopted_at = models.DateTimeField(null=True, blank=True)
    without = ArrayField(
        models.CharField(max_length=20, choices=Kind), default=list, blank=True, editable=False
    )

    objects = VisionVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "number"], name="vision_version_once_per_number"
            ),
            models.UniqueConstraint(
                fields=["coalition"],
                condition=Q(state="adopted"),
                name="one_adopted_vision",
            ),
        ]
        ordering = ["-number"]

    def __str__(self) -> str:
        return str(_("Vision %(number)s")) % {"number": self.number}


class AmendmentQuerySet(models.QuerySet["Amendment"]):
    """Which proposed changes."""

    def waiting(self) -> "AmendmentQuerySet":
        """Those of which the author of the version did not say yet what came of them."""
        return self.filter(settled_at=None)


class Amendment(models.Model):
    """A proposed change to a version that is open for answers."""

    class Outcome(models.TextChoices):
        """What came of it."""

        TAKEN_UP = "taken_up", pgettext_lazy("amendment", "Taken up")
        PARTLY = "partly", pgettext_lazy("amendment", "Partly taken up")
        NOT = "not", pgettext_lazy("amendment", "Not taken up")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(VisionVersion, on_delete=models.PROTECT, related_name="amendments")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="amendments")
    change = models.TextField(_("what should change"), max_length=2000)
    proposed_at = models.DateTimeField()
    answer_by = models.DateField()
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    reason = models.CharField(_("why"), max_length=500, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="") | ~Q(reason=""), name="amendment_outcome_has_a_reason"
            )
        ]
        ordering = ["proposed_at"]

    def __str__(self) -> str:
        return self.change


class Direction(models.TextChoices):
    """Which way is better."""

    UP = "up", _("Higher is better")
    DOWN = "down", _("Lower is better")


class GoalText(models.Model):
    """What a goal says; shared by the goal as it is and as it was."""

    sentence = models.CharField(_("the goal in one sentence"), max_length=200)
    indicator_name = models.CharField(_("measured by"), max_length=120, blank=True)
    figure = models.CharField(_("official figure"), max_length=40, blank=True)
    direction = models.CharField(max_length=10, choices=Direction, default=Direction.UP)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    baseline = models.DecimalField(
        _("where we started"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    baseline_on = models.DateField(_("measured on"), null=True, blank=True)
    target = models.DecimalField(
        _("target"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    due = models.DateField(_("by when"), null=True, blank=True)

    class Meta:
        abstract = True


class GoalQuerySet(models.QuerySet["Goal"]):
    """Which goals."""

    def standing(self) -> "GoalQuerySet":
        """Those that were not dropped."""
        return self.filter(dropped_at=None)

    def without_benefit_of(self, party: RecordKey) -> "GoalQuerySet":
        """The standing ones of which this party did not confirm, as they now read, what it gains."""
        gains = Benefit.objects.current().filter(goal=OuterRef("id"), party=inward(party))
        return self.standing().filter(~Exists(gains))


class Goal(GoalText):
    """A goal as it is now. A change is a new revision by decision; the original stays readable."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="goals")
    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="goals")
    urgency = models.ForeignKey(
        SharedUrgency, on_delete=models.PROTECT, related_name="goals", null=True, blank=True
    )
    insights = ArrayField(models.UUIDField(), default=list, blank=True)
    place_codes = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    indicator = models.UUIDField(default=uuid.uuid4, editable=False)
    revision = models.PositiveSmallIntegerField(default=1)
    set_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ["set_at"]

    def __str__(self) -> str:
        return self.sentence

    @property
    def stands(self) -> bool:
        """Whether it was not dropped, as `standing` says of many."""
        return self.dropped_at is None

    @property
    def complete(self) -> bool:
        """Whether indicator, baseline, target and date are all there."""
        measured = bool(self.indicator_name) and self.baseline is not None
        return measured and None not in (self.baseline_on, self.target, self.due)


class EarlierGoal(GoalText):
    """A goal as it was before a change, with the reason."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="earlier")
    revision = models.PositiveSmallIntegerField()
    since = models.DateTimeField()
    replaced_at = models.DateTimeField()
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["goal", "revision"], name="earlier_goal_once")
        ]
        ordering = ["revision"]

    def __str__(self) -> str:
        return self.sentence


class GoalChange(GoalText):
    """A proposed change of a goal, waiting for the coalition's decision."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="changes")
    drops = models.BooleanField(default=False)
    reason = models.CharField(_("why"), max_length=300)
    proposed_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["goal"],
                condition=Q(settled_at=None),
                name="one_open_change_per_goal",
                violation_error_message=_("A change of this goal is already proposed."),
            )
        ]

    def __str__(self) -> str:
        return self.sentence


class BenefitQuerySet(models.QuerySet["Benefit"]):
    """Which benefits."""

    def standing(self) -> "BenefitQuerySet":
        """Those that were not taken back."""
        return self.filter(withdrawn_at=None)

    def confirmed(self) -> "BenefitQuerySet":
        """The standing ones that their party confirmed, for the goal as it reads or as it read."""
        return self.standing().filter(confirmed_at__isnull=False)

    def current(self) -> "BenefitQuerySet":
        """Those confirmed for the goal as it now reads."""
        return self.confirmed().filter(confirmed_revision=F("goal__revision"))


class BenefitText(models.Model):
    """What a party gains by a goal, itself and with all others."""

    class Type(models.TextChoices):
        """The sort of benefit."""

        SOCIAL = "social", _("Social")
        FINANCIAL = "financial", _("Financial")
        OPERATIONAL = "operational", _("In the daily work")

    own = models.CharField(_("what we gain ourselves"), max_length=300)
    shared = models.CharField(_("what we all gain"), max_length=300)
    sort = models.CharField(_("sort of benefit"), max_length=20, choices=Type)

    class Meta:
        abstract = True


class Benefit(Shown, BenefitText):
    """What a party gains by a goal, in its own words; it counts when the party confirmed it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="benefits")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="benefits")
    stated_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    stated_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_revision = models.PositiveSmallIntegerField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = BenefitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "party"],
                condition=Q(withdrawn_at=None),
                name="one_benefit_per_party_and_goal",
            )
        ]

    def __str__(self) -> str:
        return self.own

    @property
    def shown_text(self) -> str:
        """The goal as it is now, and what the party gains by it."""
        goal = self.goal
        measure = filled_in(goal, "indicator_name", "unit", "baseline", "target", "due")
        return in_lines(goal.sentence, *measure, *filled_in(self, "shared", "own", "sort"))
