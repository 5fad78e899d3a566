"""Conversations with the neighbourhood, the answers people give, and shared urgencies."""

import datetime as dt
import hashlib
import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import Coalition, Involvement, Kind, Party
from wijkverbond.kernel.subqueries import RecordKey, inward

MOST_PRIORITIES = 3


def voter_number(token: uuid.UUID) -> int:
    """A number for who answered, for everyone to see: it does not tell in which order people came.

    It follows from the token alone, and has 53 bits, so that every program reads it as it stands.
    """
    return int.from_bytes(hashlib.sha256(token.bytes).digest()[:8]) >> 11


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """Which questions to the neighbourhood."""

    def open_at(self, now: dt.datetime) -> "ConversationQuerySet":
        """Those that can be answered at a moment, as `Conversation.is_open` says of one."""
        return self.filter(closed_at=None, opens_at__lte=now, closes_at__gt=now)


class Conversation(models.Model):
    """A question to the whole neighbourhood, open for a while."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="conversations")
    question = models.CharField(_("question"), max_length=140)
    opened_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    closed_at = models.DateTimeField(null=True, blank=True)
    moderated_before = models.BooleanField(default=True)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="conversation_closes_after_opening",
                violation_error_message=_("Choose a closing day after the opening."),
            )
        ]
        ordering = ["-opens_at"]

    def __str__(self) -> str:
        return self.question

    def is_open(self, now: dt.datetime) -> bool:
        """Whether it can be answered at this moment."""
        return self.closed_at is None and self.opens_at <= now < self.closes_at


class Participant(models.Model):
    """Someone within one conversation: no name, no address, no account."""

    class Speaks(models.TextChoices):
        """As what someone answers; "other" counts in no kind."""

        RESIDENTS = Kind.RESIDENTS.value, _("I live here")
        ENTREPRENEURS = Kind.ENTREPRENEURS.value, _("I have a business here")
        CIVIL_SOCIETY = Kind.CIVIL_SOCIETY.value, _("I work here for an organisation")
        GOVERNMENT = Kind.GOVERNMENT.value, _("I work for the government")
        OTHER = "other", _("Something else, or I would rather not say")

    class Entry(models.TextChoices):
        """How the answers came in."""

        PHONE = "phone", _("on a phone or computer")
        PAPER = "paper", _("on paper")
        MEETING = "meeting", _("at a meeting")

    id = models.BigAutoField(primary_key=True)
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, related_name="participants"
    )
    kind = models.CharField(max_length=20, choices=Speaks)
    involvement = models.CharField(max_length=20, choices=Involvement)
    entry = models.CharField(max_length=20, choices=Entry, default=Entry.PHONE)
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.pk)


class StatementQuerySet(models.QuerySet["Statement"]):
    """Which statements."""

    def waiting(self) -> "StatementQuerySet":
        """Those that nobody has read yet."""
        return self.filter(state=Statement.State.WAITING)

    def published(self) -> "StatementQuerySet":
        """Those that everyone sees and answers."""
        return self.filter(state=Statement.State.PUBLISHED)

    def hidden(self) -> "StatementQuerySet":
        """Those that were published and are hidden now."""
        return self.filter(state=Statement.State.HIDDEN)


class Statement(models.Model):
    """One short sentence to agree or disagree with."""

    class State(models.TextChoices):
        """Where a statement stands."""

        WAITING = "waiting", _("Waiting to be read")
        PUBLISHED = "published", _("Published")
        REFUSED = "refused", _("Not published")
        HIDDEN = "hidden", _("Hidden")

    class Why(models.TextChoices):
        """Why a statement was not published."""

        PERSONAL = "personal", _("It is about a person")
        UNLAWFUL = "unlawful", _("It is against the law")
        OFF_TOPIC = "off_topic", _("It is about something else")
        DUPLICATE = "duplicate", _("Someone already said this")
        UNCLEAR = "unclear", _("It cannot be answered with agree or disagree")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, related_name="statements"
    )
    number = models.PositiveIntegerField()
    text = models.CharField(_("your sentence"), max_length=140)
    author = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="statements", null=True, blank=True
    )
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    why = models.CharField(_("why not"), max_length=20, choices=Why, blank=True)
    reason = models.CharField(_("explanation"), max_length=300, blank=True)
    moderated_at = models.DateTimeField(null=True, blank=True)
    added_at = models.DateTimeField()

    objects = StatementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "number"], name="statement_once_per_number"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "hidden"]) | ~Q(why=""),
                name="refusals_say_why",
            ),
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return self.text


class HostHidingQuerySet(models.QuerySet["HostHiding"]):
    """Which hidings by the host."""

    def unsettled(self) -> "HostHidingQuerySet":
        """Those of which partners did not settle yet whether they stand."""
        return self.filter(outcome="")

    def unreviewed_by(self, party: RecordKey) -> "HostHidingQuerySet":
        """The unsettled ones of which this party did not say yet what it thinks."""
        reviews = HidingReview.objects.filter(hiding=OuterRef("id"), party=inward(party))
        return self.unsettled().filter(~Exists(reviews))


class HostHiding(models.Model):
    """The host hid a statement on a legal ground; people of two other kinds review it.

    `taken` are its texts in the journal, kept here while it is hidden.
    """

    class Outcome(models.TextChoices):
        """What the review came to."""

        UPHELD = "upheld", _("It stays hidden")
        RESTORED = "restored", _("It is back")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="hidings")
    law = models.CharField(_("which law it breaks"), max_length=300)
    hidden_at = models.DateTimeField()
    review_by = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    taken = models.JSONField(default=list, blank=True)

    objects = HostHidingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["statement"],
                condition=~Q(outcome="restored"),
                name="hidden_once_by_the_host",
            )
        ]
        ordering = ["hidden_at"]

    def __str__(self) -> str:
        return self.law


class HidingReview(models.Model):
    """What a party says of a hiding by the host; the last one counts."""

    hiding = models.ForeignKey(HostHiding, on_delete=models.PROTECT, related_name="reviews")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    upholds = models.BooleanField()
    reason = models.CharField(_("why"), max_length=300)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hiding", "party"], name="hiding_reviewed_once")
        ]

    def __str__(self) -> str:
        return str(self.party)


class Answer(models.Model):
    """What a participant says to a statement now; every earlier answer is in `AnswerGiven`."""

    class Value(models.IntegerChoices):
        """Agree, disagree or pass."""

        AGREE = 1, _("Agree")
        PASS = 0, _("I do not know, or it is nothing to me")
        DISAGREE = -1, _("Disagree")

    id = models.BigAutoField(primary_key=True)
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="answers")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="answers")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="answers")
    value = models.SmallIntegerField(choices=Value)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "statement"], name="answer_once_per_statement"
            ),
            models.CheckConstraint(
                condition=Q(value__in=[-1, 0, 1]), name="answer_is_one_of_three"
            ),
        ]

    def __str__(self) -> str:
        return self.get_value_display()


class AnswerGiven(models.Model):
    """History: each answer as it was given."""

    id = models.BigAutoField(primary_key=True)
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    value = models.SmallIntegerField(choices=Answer.Value)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.get_value_display()


class Priority(models.Model):
    """One of the at most three statements that a participant says must come first."""

    id = models.BigAutoField(primary_key=True)
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="priorities"
    )
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="priorities")
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "statement"], name="priority_once_per_statement"
            ),
            models.UniqueConstraint(
                fields=["participant", "place"], name="priority_once_per_place"
            ),
            models.CheckConstraint(
                condition=Q(place__range=(1, MOST_PRIORITIES)), name="priorities_at_most_three"
            ),
        ]

    def __str__(self) -> str:
        return str(self.place)


class Reading(models.Model):
    """A published reading of the answers: computed, stored, never edited.

    `result` is all that may be shown; `kept` is what the next publication needs to stay safe.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, related_name="readings"
    )
    at = models.DateTimeField()
    input_digest = models.CharField(max_length=64)
    output_digest = models.CharField(max_length=64)
    result = models.JSONField()
    kept = models.JSONField()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.input_digest


class StatementWord(models.TextChoices):
    """What a reading says of a statement (measures 2)."""

    SHARED = "shared", _("Shared")
    DIVIDED = "divided", _("Divided")
    LEANING = "leaning", _("Leaning")
    NOT_ENOUGH_DATA = "not_enough_data", _("Not enough data yet")


class SharedUrgencyQuerySet(models.QuerySet["SharedUrgency"]):
    """Which shared urgencies."""

    def standing(self) -> "SharedUrgencyQuerySet":
        """Those that were proposed or adopted and are still urgent."""
        return self.exclude(state=SharedUrgency.State.RETIRED)

    def not_endorsed_by(self, party: RecordKey) -> "SharedUrgencyQuerySet":
        """The standing ones that this party does not share by name, as they are worded now."""
        shares = Endorsement.objects.current().filter(
            shared_urgency=OuterRef("id"), party=inward(party)
        )
        return self.standing().filter(~Exists(shares))


class SharedUrgency(models.Model):
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
    sentence = models.CharField(_("in one sentence"), max_length=200)
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


class EarlierWording(models.Model):
    """A shared urgency as it was worded before, with the reason for the change."""

    id = models.BigAutoField(primary_key=True)
    shared_urgency = models.ForeignKey(
        SharedUrgency, on_delete=models.PROTECT, related_name="earlier_wordings"
    )
    revision = models.PositiveSmallIntegerField()
    sentence = models.CharField(max_length=200)
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
    """A party says that it shares this urgency, in this wording."""

    id = models.BigAutoField(primary_key=True)
    shared_urgency = models.ForeignKey(
        SharedUrgency, on_delete=models.PROTECT, related_name="endorsements"
    )
    revision = models.PositiveSmallIntegerField()
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="endorsements")
    at = models.DateTimeField()

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
