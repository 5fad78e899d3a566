"""Proposals brought before a coalition, and what each party says to them."""

import datetime as dt
import uuid

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import Coalition, Kind, Party
from wijkverbond.coalition.queries import voices
from wijkverbond.kernel.shown import Shown, in_lines
from wijkverbond.kernel.subqueries import RecordKey, inward


class State(models.TextChoices):
    """Where a proposal stands. Only its proposer withdraws it; all but open are final."""

    OPEN = "open", _("Open")
    CARRIED = "carried", _("Carried")
    NOT_CARRIED = "not_carried", _("Not carried")
    WITHDRAWN = "withdrawn", _("Withdrawn")


CLOSED_STATES = (State.CARRIED, State.NOT_CARRIED, State.WITHDRAWN)


class Stance(models.TextChoices):
    """What a party says to a proposal."""

    CONSENT = "consent", _("We agree")
    CONCERN = "concern", _("We agree, with a concern")
    OBJECTION = "objection", _("We object")
    STAND_ASIDE = "stand_aside", _("We stand aside")


CONSENTING = (Stance.CONSENT, Stance.CONCERN)


class Via(models.TextChoices):
    """How a position came in."""

    PAGE = "page", _("on the site")
    PHONE = "phone", _("by telephone")
    PAPER = "paper", _("on paper")
    MEETING = "meeting", _("at a meeting")


class Resolution(models.TextChoices):
    """How an objection ended; only the party that objected says so."""

    ADAPTED = "adapted", _("The proposal was adapted")
    WITHDRAWN = "withdrawn", _("The objection was withdrawn")
    ANSWERED = "answered", _("The answer is enough")


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Which proposals."""

    def open(self) -> "DecisionQuerySet":
        """Those that are not closed."""
        return self.filter(state=State.OPEN)

    def unanswered_by(self, party: RecordKey) -> "DecisionQuerySet":
        """The open ones to whose present text this party said nothing yet."""
        given = Position.objects.current().confirmed()
        answers = given.filter(decision=OuterRef("id"), party=inward(party))
        return self.open().filter(~Exists(answers))

    def about_others_than(
        self, person: uuid.UUID, party: RecordKey, now: dt.datetime
    ) -> "DecisionQuerySet":
        """Those that are about no party for which this person acts beside this one."""
        hats = voices.hats_of(person, now).filter(party=OuterRef("subject"))
        return self.filter(~Exists(hats.exclude(party=inward(party))))

    def carried_without(self) -> "DecisionQuerySet":
        """Those carried without a kind of party: who of it comes later is asked."""
        return self.filter(state=State.CARRIED).exclude(without=[])

    def with_people_who_spoke(self) -> "DecisionQuerySet":
        """With `spoken`: who answered to the present text or spoke about an objection, for whomever."""
        spoke = (
            rows.filter(decision=OuterRef("id"), person__isnull=False).values("person")
            for rows in (Position.objects.current(), Objection.objects.all())
        )
        return self.annotate(spoken=ArraySubquery(next(spoke).union(*spoke)))


class Decision(Shown, models.Model):
    """A proposal about one thing (`subject`, looked up by its `kind`), decided by consent.

    `extended_at` says when the present text got two more weeks, because a kind had not answered.
    `without` are the kinds without which it was carried.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=40)
    subject = models.UUIDField()
    title = models.CharField(_("title"), max_length=140)
    proposal = models.TextField(_("proposal"), max_length=6000)
    proposer = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="proposals")
    proposed_at = models.DateTimeField()
    revision = models.PositiveSmallIntegerField(default=1)
    closes_at = models.DateTimeField(_("closes"))
    state = models.CharField(max_length=20, choices=State, default=State.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    extended_at = models.DateTimeField(null=True, blank=True)
    without = ArrayField(
        models.CharField(max_length=20, choices=Kind), default=list, blank=True, editable=False
    )
    silent = models.ManyToManyField(Party, related_name="+")
    rests_on = models.JSONField(default=list, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=Q(state="open"),
                name="one_open_decision_per_subject",
                violation_error_message=_("A proposal about this is already open."),
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None)
                | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="closed_decisions_have_a_moment",
            ),
        ]
        ordering = ["-proposed_at"]

    def __str__(self) -> str:
        return self.title

    @property
    def shown_text(self) -> str:
        """What is proposed; where it would change something, its text says what."""
        return in_lines(self.title, self.proposal)

    @property
    def is_open(self) -> bool:
        """Whether it is not closed, as `open` says of many."""
        return self.state == State.OPEN


class PositionQuerySet(models.QuerySet["Position"]):
    """Which positions."""

    def current(self) -> "PositionQuerySet":
        """Those on the present text of their proposal."""
        return self.filter(revision=F("decision__revision"))

    def confirmed(self) -> "PositionQuerySet":
        """Those that the party gave itself, or confirmed after somebody entered them for it."""
        return self.filter(confirmed_at__isnull=False)


class PositionText(models.Model):
    """What a party says to a proposal, and why."""

    stance = models.CharField(max_length=20, choices=Stance)
    argument = models.TextField(max_length=2000, blank=True)

    class Meta:
        abstract = True


class Position(PositionText):
    """What a party says to one revision of a proposal; the last one counts, the rest is history.

    `person` is who said it for the party: a person is one voice here, whomever they act for. What
    somebody entered for the party has no `confirmed_at` before the party confirms or corrects it;
    `mailed_at` says when a mail about it reached somebody who decides for the party. It does not count
    while who gave it for a partner of society is `on_both_sides`, as `queries.positions` finds.
    """

    on_both_sides = False

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="positions")
    revision = models.PositiveSmallIntegerField()
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="positions")
    via = models.CharField(max_length=20, choices=Via, default=Via.PAGE)
    taken_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    person = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = PositionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "revision", "party"], name="one_position_per_party"
            )
        ]

    def __str__(self) -> str:
        return self.get_stance_display()


class LaterAnswerQuerySet(models.QuerySet["LaterAnswer"]):
    """Which answers afterwards."""

    def waiting(self) -> "LaterAnswerQuerySet":
        """Those that the party did not give yet."""
        return self.filter(answered_at=None)

    def for_somebody_else(self, person: uuid.UUID) -> "LaterAnswerQuerySet":
        """Those of a decision in which this person spoke for no other party."""
        voices_here = (
            rows.filter(decision=OuterRef("decision"), person=person)
            for rows in (
                Position.objects.current(),
                Objection.objects.all(),
                LaterAnswer.objects.all(),
            )
        )
        return self.filter(
            *(~Exists(given.exclude(party=OuterRef("party"))) for given in voices_here)
        )


class LaterAnswer(Shown, PositionText):
    """What a party that came later is asked, and says, about what was carried without its kind."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="later_answers")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="later_answers")
    asked_at = models.DateTimeField()
    answer_by = models.DateField()
    stance = models.CharField(max_length=20, choices=Stance, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    person = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = LaterAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "party"], name="one_later_answer_per_party"
            ),
            models.CheckConstraint(
                condition=Q(stance="", answered_at=None)
                | (~Q(stance="") & Q(answered_at__isnull=False)),
                name="later_answers_have_a_moment",
            ),
        ]
        ordering = ["asked_at"]

    def __str__(self) -> str:
        return str(self.party)

    @property
    def shown_text(self) -> str:
        """What was carried."""
        return self.decision.shown_text


class ObjectionQuerySet(models.QuerySet["Objection"]):
    """Which objections."""

    def unresolved(self) -> "ObjectionQuerySet":
        """Those of which the party that objected did not say that they are resolved."""
        return self.filter(resolved_at=None)

    def unanswered(self) -> "ObjectionQuerySet":
        """Those that the proposer still owes an answer, also after the proposal was carried."""
        stopped = (State.WITHDRAWN, State.NOT_CARRIED)
        return self.unresolved().filter(answer="").exclude(decision__state__in=stopped)


class Objection(Shown, models.Model):
    """An argued objection. It stays open until the party that made it says it is resolved.

    `person` is who last spoke about it for that party: a voice, as in a position.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="objections")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="objections")
    revision = models.PositiveSmallIntegerField()
    argument = models.TextField(_("why you object"), max_length=2000)
    raised_at = models.DateTimeField()
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    resolution = models.CharField(max_length=20, choices=Resolution, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    person = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "party"],
                condition=Q(resolved_at=None),
                name="one_open_objection_per_party",
            ),
            models.CheckConstraint(condition=~Q(argument=""), name="objections_are_argued"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="answers_have_a_moment",
            ),
        ]
        ordering = ["raised_at"]

    def __str__(self) -> str:
        return self.argument

    @property
    def shown_text(self) -> str:
        """The proposal as it is now, the objection to it, and the answer of the proposer."""
        return in_lines(self.decision.shown_text, self.argument, self.answer)


class LegalLimitText(models.Model):
    """Within which limit of the law a proposal must stay, and on which ground."""

    limit = models.TextField(_("the limit"), max_length=1000)
    law = models.CharField(_("on which law or rule it rests"), max_length=300)

    class Meta:
        abstract = True


class LegalLimit(LegalLimitText):
    """A limit of the law that government put forward with a proposal."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="limits")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="limits")
    put_forward_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(law=""), name="limits_have_a_ground"),
        ]
        ordering = ["put_forward_at"]

    def __str__(self) -> str:
        return self.limit
