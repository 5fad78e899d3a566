"""Conversations with the neighbourhood, who answers them, and the statements that are answered."""

import datetime as dt
import hashlib
import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import Coalition, Involvement, Kind, Party
from wijkverbond.kernel.shown import Shown


def voter_number(token: uuid.UUID) -> int:
    """A number for who answered, for everyone to see: it does not tell in which order people came.

    It follows from the token alone, and has 53 bits, so that every program reads it as it stands.
    """
    return int.from_bytes(hashlib.sha256(token.bytes).digest()[:8]) >> 11


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """Which conversations."""

    def open_at(self, now: dt.datetime) -> "ConversationQuerySet":
        """Those that can be answered at a moment, as `Conversation.is_open` says of one."""
        return self.filter(closed_at=None, opens_at__lte=now, closes_at__gt=now)

    def in_the_hall_at(self, now: dt.datetime) -> "ConversationQuerySet":
        """Those open ones for which many people are together in a hall at a moment."""
        return self.open_at(now).filter(hall_from__lte=now, hall_until__gt=now)


class Conversation(models.Model):
    """A question to the whole neighbourhood, open for a while.

    From `hall_from` to `hall_until` many people answer it together in a hall, through one network.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="conversations")
    question = models.CharField(_("question"), max_length=140)
    opened_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    closed_at = models.DateTimeField(null=True, blank=True)
    moderated_before = models.BooleanField(default=True)
    hall_from = models.DateTimeField(null=True, blank=True)
    hall_until = models.DateTimeField(null=True, blank=True)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="conversation_closes_after_opening",
                violation_error_message=_("Choose a closing day after the opening."),
            ),
            models.CheckConstraint(
                condition=Q(hall_from=None, hall_until=None) | Q(hall_until__gt=F("hall_from")),
                name="hall_ends_after_it_begins",
                violation_error_message=_("Choose an end after the beginning."),
            ),
        ]
        ordering = ["-opens_at"]

    def __str__(self) -> str:
        return self.question

    def is_open(self, now: dt.datetime) -> bool:
        """Whether it can be answered at this moment."""
        return self.closed_at is None and self.opens_at <= now < self.closes_at


class Participant(models.Model):
    """Someone within one conversation: no name, no address, no account.

    `erasure_digest` is that of the code with which they erase their answers; empty for who answered on
    paper, and once they did.
    """

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
    erasure_digest = models.BinaryField(max_length=32, null=True, blank=True, unique=True)

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

    def counted(self) -> "StatementQuerySet":
        """Those whose answers are counted: also of what the host hid, the votes stay."""
        by_host = Q(state=Statement.State.HIDDEN, hidings__outcome__in=["", "upheld"])
        return self.filter(Q(state=Statement.State.PUBLISHED) | by_host)

    def hidden(self) -> "StatementQuerySet":
        """Those that were published and are hidden now."""
        return self.filter(state=Statement.State.HIDDEN)


class Statement(Shown, models.Model):
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

    @property
    def shown_text(self) -> str:
        """The sentence."""
        return self.text
