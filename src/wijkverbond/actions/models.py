"""Initiatives and their actions, how pledges go, what is stuck, and what government is asked."""

import datetime as dt
import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import Coalition, Kind, ParticipationLevel, Party
from wijkverbond.coalition.queries import voices
from wijkverbond.commitments.models import Pledge
from wijkverbond.commitments.queries import tied_by_money
from wijkverbond.kernel.shown import Shown, filled_in, in_lines
from wijkverbond.kernel.subqueries import RecordKey, inward
from wijkverbond.vision.models import Goal

JUDGE_WITHIN = dt.timedelta(days=90)


class InitiativeText(models.Model):
    """What an initiative says."""

    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("what it is"), max_length=2000, blank=True)

    class Meta:
        abstract = True


class InitiativeQuerySet(models.QuerySet["Initiative"]):
    """Which initiatives."""

    def running(self) -> "InitiativeQuerySet":
        """Those that have started and did not end."""
        return self.filter(state=Initiative.State.STARTED)


class Initiative(InitiativeText):
    """Something parties do together for a goal. Where it came from is fixed at its start."""

    class State(models.TextChoices):
        """Where an initiative stands."""

        IDEA = "idea", _("Idea")
        STARTED = "started", _("Started")
        FINISHED = "finished", _("Finished")
        STOPPED = "stopped", _("Stopped")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="initiatives")
    lead = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="initiatives_led")
    origin_kind = models.CharField(max_length=20, choices=Kind)
    parties = models.ManyToManyField(Party, related_name="initiatives")
    goals = models.ManyToManyField(Goal, related_name="initiatives")
    place_codes = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.IDEA)
    proposed_at = models.DateTimeField()
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    stop_reason = models.CharField(_("why"), max_length=300, blank=True)

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="stopped") | ~Q(stop_reason=""), name="stopping_has_a_reason"
            )
        ]
        ordering = ["-proposed_at"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_running(self) -> bool:
        """Whether it has started and did not end."""
        return self.state == Initiative.State.STARTED


class ActionQuerySet(models.QuerySet["Action"]):
    """Which actions."""

    def to_do(self) -> "ActionQuerySet":
        """Those that are not settled, of an initiative that did not end."""
        return self.unsettled().filter(initiative__ended_on=None)

    def unsettled(self) -> "ActionQuerySet":
        """Those that were neither done nor dropped, also when their initiative ended."""
        return self.filter(done_on=None, dropped_at=None)


class Action(models.Model):
    """Who does what by when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="actions")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="actions")
    what = models.CharField(_("what"), max_length=200)
    due = models.DateField(_("by when"))
    planned_at = models.DateTimeField()
    done_on = models.DateField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    drop_reason = models.CharField(_("why"), max_length=300, blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["due"]

    def __str__(self) -> str:
        return self.what

    @property
    def settled(self) -> bool:
        """Whether it was done or dropped."""
        return self.done_on is not None or self.dropped_at is not None


class Fulfilment(models.TextChoices):
    """Whether something was done as promised."""

    KEPT = "kept", _("Done as promised")
    PARTLY = "partly", _("Partly done")
    NOT = "not", _("Not done")


class MoneyTie(models.TextChoices):
    """Whether the one who judges and the one who promised stand apart in money."""

    APART = "apart", _("No money ties the one who judges to the other")
    PAYS = "pays", _("The one who judges pays the other, or accepted their money")


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    """Which check-ins."""

    def to_judge_by(self, party: RecordKey, now: dt.datetime) -> "CheckInQuerySet":
        """The recent ones that nobody who counts judged, of pledges of others to whom no money ties it.

        Not those that it judged, or of which it told the owner something that the owner may still
        respond to.
        """
        judgements = Judgement.objects.filter(check_in=OuterRef("id"))
        judged = judgements.counting() | judgements.filter(judge=inward(party))
        open_shortfalls = Shortfall.objects.open_on(timezone.localdate(now)).filter(
            check_in=OuterRef("id"), judge=inward(party)
        )
        unjudged = self.filter(
            ~Exists(judged), ~Exists(open_shortfalls), reported_at__gt=now - JUDGE_WITHIN
        )
        return unjudged.exclude(pledge__party__in=tied_by_money(inward(party)))

    def for_somebody_else(self, person: uuid.UUID, now: dt.datetime) -> "CheckInQuerySet":
        """Those that this person did not judge, of pledges of whom no party of theirs is tied to."""
        owner = tied_by_money(OuterRef("party")).filter(id=OuterRef(OuterRef("pledge__party")))
        hats = voices.hats_of(person, now).filter(Exists(owner))
        judged = Judgement.objects.filter(check_in=OuterRef("id"), person=person)
        return self.filter(~Exists(hats), ~Exists(judged))


class CheckIn(Shown, models.Model):
    """The owner of a pledge says how it goes; others judge whether it was kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="check_ins")
    due = models.DateField(null=True, blank=True)
    verdict = models.CharField(_("how it went"), max_length=20, choices=Fulfilment)
    delivered = models.DecimalField(
        _("how much was done"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    people = models.PositiveIntegerField(_("how many people took part"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=500, blank=True)
    reported_at = models.DateTimeField()

    objects = CheckInQuerySet.as_manager()

    class Meta:
        ordering = ["-reported_at"]

    def __str__(self) -> str:
        return self.get_verdict_display()

    @property
    def shown_text(self) -> str:
        """The promise as it is now, and what its owner says came of it."""
        pledge = self.pledge
        return in_lines(
            f"{pledge.party}: {pledge.what}",
            *filled_in(pledge, "measure"),
            date_format(self.due) if self.due else "",
            *filled_in(self, "verdict", "delivered", "people", "remark"),
        )


class JudgementQuerySet(models.QuerySet["Judgement"]):
    """Which judgements."""

    def counting(self) -> "JudgementQuerySet":
        """Those of a party that others confirmed, as `Judgement.counts` says of one."""
        return self.filter(judge__in=Party.objects.confirmed())


class Judgement(models.Model):
    """What another party than the owner says of a check-in; the latest of each judge counts.

    `person` is who said it for the judge: a person is one voice, whomever they act for.
    """

    check_in = models.ForeignKey(CheckIn, on_delete=models.PROTECT, related_name="judgements")
    judge = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="judgements")
    verdict = models.CharField(max_length=20, choices=Fulfilment)
    remark = models.CharField(_("remark"), max_length=500, blank=True)
    at = models.DateTimeField()
    person = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = JudgementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["check_in", "judge"], name="judged_once_per_party")
        ]

    def __str__(self) -> str:
        return self.get_verdict_display()

    @property
    def counts(self) -> bool:
        """Whether it is one of the judges, more than half of whom decide."""
        return self.judge.is_confirmed


class ShortfallQuerySet(models.QuerySet["Shortfall"]):
    """What parties told owners of pledges."""

    def open_on(self, today: dt.date) -> "ShortfallQuerySet":
        """Those to which the owner can still respond before it may be judged."""
        return self.filter(answer_by__gte=today)


class Shortfall(models.Model):
    """Another party sees that a pledge was not done, and tells only its owner, which responds first."""

    check_in = models.ForeignKey(CheckIn, on_delete=models.PROTECT, related_name="shortfalls")
    judge = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    remark = models.CharField(max_length=500)
    announced_at = models.DateTimeField()
    answer_by = models.DateField()

    objects = ShortfallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["check_in", "judge"], name="shortfall_announced_once")
        ]
        ordering = ["announced_at"]

    def __str__(self) -> str:
        return self.remark


class ObstacleQuerySet(models.QuerySet["Obstacle"]):
    """Which obstacles."""

    def unresolved(self) -> "ObstacleQuerySet":
        """Those that did not come loose yet."""
        return self.filter(resolved_on=None)


class ObstacleText(models.Model):
    """What is stuck, and which initiative, pledge or goal it blocks: at least one of these."""

    class Type(models.TextChoices):
        """What sort of thing is in the way."""

        RULE = "rule", _("A rule")
        PERMISSION = "permission", _("A permission")
        MONEY = "money", _("Money")
        SPACE = "space", _("Space")
        CAPACITY = "capacity", _("People or time")
        INFORMATION = "information", _("Information")
        CONTACT = "contact", _("The right contact")
        OTHER = "other", _("Something else")

    what = models.CharField(_("what is stuck"), max_length=300)
    sort = models.CharField(_("what is in the way"), max_length=20, choices=Type)
    initiative = models.ForeignKey(
        Initiative, on_delete=models.PROTECT, related_name="obstacles", null=True, blank=True
    )
    pledge = models.ForeignKey(
        Pledge, on_delete=models.PROTECT, related_name="obstacles", null=True, blank=True
    )
    goal = models.ForeignKey(
        Goal, on_delete=models.PROTECT, related_name="obstacles", null=True, blank=True
    )

    class Meta:
        abstract = True

    @property
    def blocked(self) -> dict[str, Initiative | Pledge | Goal]:
        """What it blocks, by the word for such a record in references of the journal."""
        records = {"initiative": self.initiative, "pledge": self.pledge, "goal": self.goal}
        return {name: record for name, record in records.items() if record}


class Obstacle(ObstacleText):
    """Something stuck, of the party that wrote it down, until that says how it came loose."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="obstacles")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="obstacles")
    raised_at = models.DateTimeField()
    resolved_on = models.DateField(null=True, blank=True)
    how = models.CharField(_("how it came loose"), max_length=300, blank=True)

    objects = ObstacleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_on=None) | ~Q(how=""), name="resolved_obstacle_says_how"
            )
        ]
        ordering = ["-raised_at"]

    def __str__(self) -> str:
        return self.what


class FacilitationRequestQuerySet(models.QuerySet["FacilitationRequest"]):
    """Which requests."""

    def standing(self) -> "FacilitationRequestQuerySet":
        """Those that were not withdrawn."""
        return self.exclude(state=FacilitationRequest.State.WITHDRAWN)

    def waiting(self) -> "FacilitationRequestQuerySet":
        """Those that wait for an answer, as `FacilitationRequest.waits` says of one."""
        return self.filter(state__in=FacilitationRequest.WAITING)

    def unfinished(self) -> "FacilitationRequestQuerySet":
        """Those that the asker neither accepted an answer to nor withdrew."""
        states = FacilitationRequest.State
        return self.exclude(state__in=[states.ACCEPTED, states.WITHDRAWN])


class RequestText(models.Model):
    """What is asked of government, and what is stuck without it."""

    class Asks(models.TextChoices):
        """What is asked for."""

        PERMISSION = "permission", _("Permission")
        SPACE = "space", _("Space")
        MONEY = "money", _("Money")
        INFORMATION = "information", _("Information")
        CONTACT = "contact", _("A contact")
        EXCEPTION = "exception", _("An exception to a rule")
        CAPACITY = "capacity", _("People or time")
        RIGHT_TO_CHALLENGE = "right_to_challenge", _("To take over a task (uitdaagrecht)")

    asks = models.CharField(_("what you need"), max_length=20, choices=Asks)
    title = models.CharField(_("what you ask, in one sentence"), max_length=140)
    body = models.TextField(_("explanation"), max_length=2000, blank=True)
    obstacle = models.ForeignKey(
        Obstacle, on_delete=models.PROTECT, related_name="requests", null=True, blank=True
    )

    class Meta:
        abstract = True


class FacilitationRequest(Shown, RequestText):
    """What society asks of a government party, with a term in working days. Late is derived."""

    class State(models.TextChoices):
        """Where a request stands."""

        ASKED = "asked", _("Asked")
        ACKNOWLEDGED = "acknowledged", _("Received")
        ANSWERED = "answered", _("Answered")
        ACCEPTED = "accepted", _("Resolved, says the asker")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    WAITING = (State.ASKED, State.ACKNOWLEDGED)

    class Answer(models.TextChoices):
        """What government answers."""

        GRANTED = "granted", _("Yes")
        PARTLY = "partly", _("Yes, in part")
        DECLINED = "declined", _("No")
        PASSED_ON = "passed_on", _("Passed on")

    class GovernmentRole(models.TextChoices):
        """The role that government takes in its answer (ROB 2012)."""

        LEAVE = "leave", _("Leaves it to the neighbourhood")
        FACILITATE = "facilitate", _("Makes it possible")
        STIMULATE = "stimulate", _("Encourages")
        DIRECT = "direct", _("Takes the lead")
        REGULATE = "regulate", _("Sets rules")

    class Helpful(models.TextChoices):
        """Whether the answer helped, says the asker."""

        YES = "yes", _("Yes")
        PARTLY = "partly", _("Partly")
        NO = "no", _("No")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="requests")
    number = models.PositiveIntegerField()
    asker = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="requests_asked")
    addressee = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="requests_received")
    level = models.CharField(
        max_length=20, choices=ParticipationLevel, default=ParticipationLevel.OPERATION
    )
    asked_on = models.DateField()
    term_days = models.PositiveSmallIntegerField()
    due = models.DateField()
    extended = models.BooleanField(default=False)
    state = models.CharField(max_length=20, choices=State, default=State.ASKED)
    answer = models.CharField(_("answer"), max_length=20, choices=Answer, blank=True)
    answer_text = models.TextField(_("explanation"), max_length=2000, blank=True)
    government_role = models.CharField(
        _("role of government"), max_length=20, choices=GovernmentRole, blank=True
    )
    answered_on = models.DateField(null=True, blank=True)
    helpful = models.CharField(_("did it help?"), max_length=10, choices=Helpful, blank=True)
    asked_at = models.DateTimeField()

    objects = FacilitationRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["coalition", "number"], name="request_once_per_number"),
            models.CheckConstraint(condition=Q(due__gte=F("asked_on")), name="request_has_a_term"),
            models.CheckConstraint(
                condition=Q(answer="") | (~Q(answer_text="") & Q(answered_on__isnull=False)),
                name="answers_have_a_reason",
            ),
        ]
        ordering = ["-number"]

    def __str__(self) -> str:
        return self.title

    @property
    def shown_text(self) -> str:
        """What was asked, and the answer with its reason and the role that government takes."""
        return in_lines(
            self.title,
            self.body,
            *filled_in(self, "answer", "answer_text", "government_role"),
        )

    @property
    def waits(self) -> bool:
        """Whether it waits for an answer."""
        return self.state in self.WAITING
