"""Pledges, the covenant that composes them, and its signatures."""

import uuid

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import Coalition, Kind, Party, SigningGround
from wijkverbond.kernel.shown import Shown, in_lines
from wijkverbond.kernel.subqueries import RecordKey, inward
from wijkverbond.vision.models import Goal, VisionVersion


class PledgeText(models.Model):
    """What a pledge says; shared by the pledge as it is and as it was."""

    class Effect(models.TextChoices):
        """What the pledge is worth in law; its content decides, not its title."""

        BINDING = "binding", _("Binding")
        INTENTION = "intention", _("Intention")
        ENDORSEMENT = "endorsement", _("Support")

    class Resource(models.TextChoices):
        """What is brought in."""

        MONEY = "money", _("Money")
        HOURS = "hours", _("Hours")
        SPACE = "space", _("Space")
        EXPERTISE = "expertise", _("Knowledge")
        NETWORK = "network", _("Contacts")
        MATERIAL = "material", _("Material")
        OTHER = "other", _("Something else")

    class Rhythm(models.TextChoices):
        """How often something is due."""

        ONCE = "once", _("Once")
        WEEKLY = "weekly", _("Every week")
        MONTHLY = "monthly", _("Every month")
        YEARLY = "yearly", _("Every year")

    what = models.CharField(_("what you promise"), max_length=200)
    measure = models.CharField(_("how everyone can see it was done"), max_length=200)
    effect = models.CharField(_("how firm"), max_length=20, choices=Effect)
    subject_to_approval = models.CharField(
        _("subject to the approval of"), max_length=100, blank=True
    )
    resource = models.CharField(_("what you bring in"), max_length=20, choices=Resource)
    quantity = models.DecimalField(
        _("how much"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"))
    rhythm = models.CharField(_("how often"), max_length=20, choices=Rhythm)

    class Meta:
        abstract = True


class PledgeQuerySet(models.QuerySet["Pledge"]):
    """Which pledges."""

    def standing(self) -> "PledgeQuerySet":
        """Those that were offered and not taken back, as `Pledge.stands` says of one."""
        return self.filter(state__in=Pledge.STANDING)

    def offered(self) -> "PledgeQuerySet":
        """Those that were offered once, also when they were taken back since: everyone reads them."""
        return self.exclude(offered_at=None)

    def readable_by(self, party: uuid.UUID | None) -> "PledgeQuerySet":
        """What somebody of this party may see, as `Pledge.readable_by` says of one."""
        return self.offered() | self.filter(party=party)


class Pledge(PledgeText):
    """Who does what, with which resource, from when to when, for which goal. Only its party edits.

    `accepted_by` are those that signed a covenant in which it promises them money.
    """

    class State(models.TextChoices):
        """Where a pledge stands."""

        DRAFT = "draft", _("Draft")
        OFFERED = "offered", _("Offered")
        IN_COVENANT = "in_covenant", _("In the covenant")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    STANDING = (State.OFFERED, State.IN_COVENANT)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="pledges")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="pledges")
    goals = models.ManyToManyField(Goal, related_name="pledges", verbose_name=_("for which goal"))
    with_parties = models.ManyToManyField(
        Party, related_name="pledges_shared", blank=True, verbose_name=_("with whom")
    )
    accepted_by = models.ManyToManyField(
        Party, related_name="money_accepted", blank=True, editable=False
    )
    revision = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    due = ArrayField(models.DateField(), default=list, blank=True)
    written_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.CharField(_("why"), max_length=300, blank=True)

    objects = PledgeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")),
                name="pledge_ends_after_start",
                violation_error_message=_("Choose an end after the start."),
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(withdrawal_reason=""),
                name="pledge_withdrawal_has_a_reason",
            ),
        ]
        ordering = ["written_at"]

    def __str__(self) -> str:
        return self.what

    @property
    def stands(self) -> bool:
        """Whether it was offered and not taken back."""
        return self.state in self.STANDING

    def readable_by(self, party: uuid.UUID | None) -> bool:
        """Whether somebody of this party may see it: what was never offered is its party's own."""
        return self.offered_at is not None or self.party_id == party


class EarlierPledge(PledgeText):
    """A pledge as it was before a change, with the reason."""

    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="earlier")
    revision = models.PositiveSmallIntegerField()
    replaced_at = models.DateTimeField()
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pledge", "revision"], name="earlier_pledge_once")
        ]
        ordering = ["revision"]

    def __str__(self) -> str:
        return self.what


class CovenantQuerySet(models.QuerySet["Covenant"]):
    """Which covenants."""

    def in_force(self) -> "CovenantQuerySet":
        """Those that hold now: at most one of each coalition."""
        return self.filter(state=Covenant.State.IN_FORCE)

    def signing(self) -> "CovenantQuerySet":
        """Those that can be signed."""
        return self.filter(state=Covenant.State.SIGNING)

    def running(self) -> "CovenantQuerySet":
        """Those that hold now or can be signed."""
        return self.in_force() | self.signing()

    def waiting_for(self, party: RecordKey) -> "CovenantQuerySet":
        """Those that this party can sign now, and was asked to, without an answer yet."""
        return self.signing().unanswered_by(party)

    def unanswered_by(self, party: RecordKey) -> "CovenantQuerySet":
        """Those that this party was asked to sign, and that it neither signed nor declined."""
        of_party = {"covenant": OuterRef("id"), "party": inward(party)}
        signatures = Signature.objects.counting().filter(**of_party)
        declines = Decline.objects.filter(**of_party)
        return self.filter(~Exists(signatures), ~Exists(declines), asked=party)

    def with_people_who_answered(self) -> "CovenantQuerySet":
        """With `answered_by`: who signed or declined, for whomever."""
        return self.annotate(answered_by=_people_who_answered("id"))


def _people_who_answered(covenant: str) -> ArraySubquery:
    answered = (
        rows.filter(covenant=OuterRef(covenant), person__isnull=False).values("person")
        for rows in (Signature.objects.all(), Decline.objects.all())
    )
    return ArraySubquery(next(answered).union(*answered))


class Covenant(Shown, models.Model):
    """A numbered agreement for years. From "open for signing" on, its text is frozen.

    Until `sign_until`, its last day, the parties are waited for. `remind_on` is when those who did not
    answer are mailed next; `carried_at` when enough had signed, `without` the society kinds left out.
    """

    class State(models.TextChoices):
        """Where a covenant stands; "renewal due" is derived from the clock."""

        DRAFT = "draft", _("Draft")
        SIGNING = "signing", _("Open for signing")
        UNSIGNED = "unsigned", _("Not enough signatures")
        IN_FORCE = "in_force", _("In force")
        REPLACED = "replaced", _("Replaced by a new version")
        RENEWED = "renewed", _("Renewed")
        ENDED = "ended", _("Ended")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="covenants")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=120)
    preamble = models.TextField(_("why we do this"), max_length=3000, blank=True)
    rules = models.TextField(_("joining, leaving and changing"), max_length=4000)
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"))
    vision = models.ForeignKey(VisionVersion, on_delete=models.PROTECT, related_name="covenants")
    goals = models.ManyToManyField(Goal, related_name="covenants")
    pledges = models.ManyToManyField(Pledge, related_name="covenants")
    asked = models.ManyToManyField(Party, related_name="covenants_to_sign")
    predecessor = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="successors", null=True, blank=True
    )
    drafted_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    content = models.JSONField(null=True, blank=True)
    document = models.BinaryField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    renewal_announced = models.BooleanField(default=False)
    drafted_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    sign_until = models.DateField(_("last day to sign"), null=True, blank=True)
    remind_on = models.DateField(null=True, blank=True, editable=False)
    carried_at = models.DateTimeField(null=True, blank=True, editable=False)
    without = ArrayField(
        models.CharField(max_length=20, choices=Kind), default=list, blank=True, editable=False
    )
    in_force_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CovenantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "number"], name="covenant_once_per_number"
            ),
            models.UniqueConstraint(
                fields=["coalition"], condition=Q(state="in_force"), name="one_covenant_in_force"
            ),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="covenant_ends_after_start",
                violation_error_message=_("Choose an end after the start."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | (Q(document__isnull=False, content__isnull=False) & ~Q(digest="")),
                name="frozen_covenant_has_its_document",
            ),
            models.CheckConstraint(
                condition=~Q(state="signing") | Q(sign_until__isnull=False),
                name="signing_has_a_last_day",
            ),
        ]
        ordering = ["-number"]

    def __str__(self) -> str:
        return self.title

    @property
    def shown_text(self) -> str:
        """Its text; the check number stands for the vision, the goals and the promises in the PDF."""
        term = f"{date_format(self.starts)} – {date_format(self.ends)}"
        return in_lines(self.title, term, self.preamble, self.rules, self.digest)


class SignatureQuerySet(models.QuerySet["Signature"]):
    """Which signatures."""

    def counting(self) -> "SignatureQuerySet":
        """Those with which a party has signed; the first of two who sign jointly counts nothing."""
        return self.filter(counts=True)


class Signature(models.Model):
    """A party's signature under the frozen document; by several people when mandated jointly."""

    class Method(models.TextChoices):
        """How it was signed."""

        CODE = "code", _("with a code by e-mail")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    covenant = models.ForeignKey(Covenant, on_delete=models.PROTECT, related_name="signatures")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="signatures")
    person = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="signatures", null=True, blank=True
    )
    ground = models.CharField(max_length=30, choices=SigningGround)
    method = models.CharField(max_length=20, choices=Method, default=Method.CODE)
    digest = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    counts = models.BooleanField(default=True)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["covenant", "party"],
                condition=Q(counts=True),
                name="signature_once_per_party",
                violation_error_message=_("Your organisation has already signed."),
            ),
            models.UniqueConstraint(
                fields=["covenant", "party", "person"], name="signature_once_per_person"
            ),
        ]
        ordering = ["signed_at"]

    def __str__(self) -> str:
        return str(self.party)


class Decline(models.Model):
    """A party says that it does not sign, and why; it can still sign later.

    `person` is who said it for the party: a person is one voice here, whomever they act for.
    """

    covenant = models.ForeignKey(Covenant, on_delete=models.PROTECT, related_name="declines")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="declines")
    person = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    reason = models.CharField(_("why you do not sign"), max_length=500)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["covenant", "party"],
                name="declined_once",
                violation_error_message=_("Your organisation already said so."),
            )
        ]

    def __str__(self) -> str:
        return str(self.party)


class LaterSignerQuerySet(models.QuerySet["LaterSigner"]):
    """Which parties that came later."""

    def waiting(self) -> "LaterSignerQuerySet":
        """Those that neither signed nor said no, while the covenant holds."""
        answered = {"covenant": OuterRef("covenant"), "party": OuterRef("party")}
        signatures = Signature.objects.counting().filter(**answered)
        declines = Decline.objects.filter(**answered)
        in_force = self.filter(covenant__state=Covenant.State.IN_FORCE)
        return in_force.filter(~Exists(signatures), ~Exists(declines))

    def with_people_who_answered(self) -> "LaterSignerQuerySet":
        """With `answered_by`: who signed or declined the covenant, for whomever."""
        return self.annotate(answered_by=_people_who_answered("covenant"))


class LaterSigner(models.Model):
    """A party of a kind without which a covenant holds, that came later and is asked to sign it.

    It is one of those that were asked (`Covenant.asked`) once it has answered.
    """

    covenant = models.ForeignKey(Covenant, on_delete=models.PROTECT, related_name="later_signers")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="covenants_afterwards")
    asked_at = models.DateTimeField()
    answer_by = models.DateField()

    objects = LaterSignerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["covenant", "party"], name="asked_afterwards_once")
        ]
        ordering = ["asked_at"]

    def __str__(self) -> str:
        return str(self.party)


class YearlyCheck(models.Model):
    """The coalition looks back on its covenant, once a year."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    covenant = models.ForeignKey(Covenant, on_delete=models.PROTECT, related_name="checks")
    due = models.DateField()
    held_on = models.DateField()
    conclusion = models.TextField(_("conclusion"), max_length=2000)
    held_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["covenant", "due"], name="yearly_check_once")
        ]
        ordering = ["due"]

    def __str__(self) -> str:
        return str(self.due)
