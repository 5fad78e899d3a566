"""Signals from the neighbourhood, insights with their sources, and who recognises them."""

import datetime as dt
import uuid
from typing import TypedDict

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import Coalition, Involvement, Kind, Party
from wijkverbond.kernel.shown import Shown, in_lines

ANSWER_WITHIN = dt.timedelta(days=30)


class Outcome(models.TextChoices):
    """What came of a contribution; everyone gets one, with a reason."""

    TAKEN_UP = "taken_up", _("Taken up")
    PARTLY = "partly", _("Partly taken up")
    NOT = "not", _("Not taken up")


class SignalQuerySet(models.QuerySet["Signal"]):
    """Which signals."""

    def waiting(self) -> "SignalQuerySet":
        """Those that nobody has read yet."""
        return self.filter(state=Signal.State.WAITING)

    def published(self) -> "SignalQuerySet":
        """Those that everyone sees."""
        return self.filter(state=Signal.State.PUBLISHED)

    def without_outcome(self) -> "SignalQuerySet":
        """Those that still wait: to be read, or to hear what came of them."""
        return self.waiting() | self.published().filter(outcome="")


class Signal(Shown, models.Model):
    """A remark with a place on the map, by someone without an account if they wish."""

    class Category(models.TextChoices):
        """What the remark is about."""

        GREEN = "green", _("Green and play")
        TRAFFIC = "traffic", _("Streets and traffic")
        WASTE = "waste", _("Litter and waste")
        SAFETY = "safety", _("Safety and nuisance")
        HOUSING = "housing", _("Homes")
        MEETING = "meeting", _("Meeting and care")
        WORK = "work", _("Shops and work")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        """Where a signal stands."""

        WAITING = "waiting", _("Waiting to be read")
        PUBLISHED = "published", _("Published")
        REFUSED = "refused", _("Not published")

    class Why(models.TextChoices):
        """Why a signal was not published."""

        PERSONAL = "personal", _("It is about a person")
        UNLAWFUL = "unlawful", _("It is against the law")
        OFF_TOPIC = "off_topic", _("It is not about this neighbourhood")
        DUPLICATE = "duplicate", _("Someone already said this")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="signals")
    category = models.CharField(_("what it is about"), max_length=20, choices=Category)
    text = models.CharField(_("what you see"), max_length=500)
    place_code = models.CharField(_("buurt"), max_length=12, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    given_at = models.DateTimeField()
    answer_by = models.DateField()
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    why = models.CharField(max_length=20, choices=Why, blank=True)
    moderation_reason = models.CharField(_("explanation"), max_length=300, blank=True)
    outcome = models.CharField(_("what came of it"), max_length=20, choices=Outcome, blank=True)
    outcome_reason = models.CharField(_("why"), max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = SignalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="") | ~Q(outcome_reason=""), name="signal_outcome_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(why=""), name="signal_refusal_says_why"
            ),
            models.CheckConstraint(
                condition=Q(longitude=None, latitude=None)
                | Q(longitude__isnull=False, latitude__isnull=False),
                name="signal_has_both_or_no_coordinates",
                violation_error_message=_("A point has a longitude and a latitude."),
            ),
        ]
        ordering = ["-given_at", "id"]

    def __str__(self) -> str:
        return self.text

    @property
    def shown_text(self) -> str:
        """What it is about, and the remark."""
        return in_lines(self.get_category_display(), self.text)


class InsightQuerySet(models.QuerySet["Insight"]):
    """Which insights."""

    def standing(self) -> "InsightQuerySet":
        """Those that were not taken back."""
        return self.filter(withdrawn_at=None)


class InsightText(models.Model):
    """What an insight says; shared by the insight as it is and as it was."""

    statement = models.CharField(_("the insight in one sentence"), max_length=200)
    explanation = models.TextField(_("explanation"), max_length=2000, blank=True)

    class Meta:
        abstract = True


class Insight(Shown, InsightText):
    """A statement about the neighbourhood with its sources; revised, never overwritten."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="insights")
    author = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="insights")
    revision = models.PositiveSmallIntegerField(default=1)
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(_("why"), max_length=300, blank=True)

    objects = InsightQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_because=""),
                name="insight_withdrawal_says_why",
            )
        ]
        ordering = ["-published_at", "id"]

    def __str__(self) -> str:
        return self.statement

    @property
    def shown_text(self) -> str:
        """Its wording."""
        return in_lines(self.statement, self.explanation)


class EarlierInsight(InsightText):
    """An insight as it was before a revision, with the reason for the change."""

    insight = models.ForeignKey(Insight, on_delete=models.PROTECT, related_name="earlier")
    revision = models.PositiveSmallIntegerField()
    replaced_at = models.DateTimeField()
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["insight", "revision"], name="earlier_insight_once")
        ]
        ordering = ["revision"]

    def __str__(self) -> str:
        return self.statement


class SourceGiven(models.Model):
    """A source as somebody gives it: a figure, a signal, a document or a story.

    `figure` is "place code/year/indicator code" of an official figure, `signal` a published signal
    of the same coalition; a document or story has a `description`, and a document perhaps an
    `address` on the web.
    """

    class Type(models.TextChoices):
        """The sort of source."""

        FIGURE = "figure", _("Official figure")
        SIGNAL = "signal", _("Signal from the neighbourhood")
        DOCUMENT = "document", _("Document")
        STORY = "story", _("Story")

    sort = models.CharField(_("sort of source"), max_length=20, choices=Type)
    figure = models.CharField(max_length=60, blank=True)
    signal = models.ForeignKey(
        Signal, on_delete=models.PROTECT, related_name="sources", null=True, blank=True
    )
    description = models.CharField(_("description"), max_length=300, blank=True)
    address = models.URLField(_("web address"), blank=True)

    class Meta:
        abstract = True


class Source(SourceGiven):
    """What one revision of an insight rests on."""

    insight = models.ForeignKey(Insight, on_delete=models.PROTECT, related_name="sources")
    revision = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.description or self.figure


class View(models.TextChoices):
    """Recognising, or seeing it otherwise."""

    RECOGNISES = "recognises", _("I recognise this")
    DIFFERS = "differs", _("I see it otherwise")


class PartyRecognition(models.Model):
    """A party, by name, recognises an insight or sees it otherwise; the last view counts.

    `person` is who said it for the party: a person is one voice, whomever they act for.
    """

    insight = models.ForeignKey(Insight, on_delete=models.PROTECT, related_name="by_parties")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="recognitions")
    revision = models.PositiveSmallIntegerField()
    view = models.CharField(max_length=20, choices=View)
    because = models.CharField(_("because"), max_length=300, blank=True)
    at = models.DateTimeField()
    person = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["insight", "party"], name="recognised_once_by_party"),
            models.CheckConstraint(
                condition=~Q(view="differs") | ~Q(because=""), name="differing_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.get_view_display()

    @property
    def counts(self) -> bool:
        """Whether its kind recognises the insight by it: of a party that is here, and confirmed."""
        recognises = self.view == View.RECOGNISES
        return recognises and self.party.is_present and self.party.is_confirmed


class PersonalRecognition(models.Model):
    """Someone's view, under a pseudonym; counted per kind, shown from five people on."""

    class Speaks(models.TextChoices):
        """As what someone gives a view; "other" counts in no kind."""

        RESIDENTS = Kind.RESIDENTS.value, _("I live here")
        ENTREPRENEURS = Kind.ENTREPRENEURS.value, _("I have a business here")
        CIVIL_SOCIETY = Kind.CIVIL_SOCIETY.value, _("I work here for an organisation")
        GOVERNMENT = Kind.GOVERNMENT.value, _("I work for the government")
        OTHER = "other", _("Something else, or I would rather not say")

    insight = models.ForeignKey(Insight, on_delete=models.PROTECT, related_name="by_people")
    pseudonym = models.UUIDField()
    kind = models.CharField(max_length=20, choices=Speaks)
    involvement = models.CharField(max_length=20, choices=Involvement)
    view = models.CharField(max_length=20, choices=View)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["insight", "pseudonym"], name="recognised_once_by_person"
            )
        ]

    def __str__(self) -> str:
        return self.get_view_display()


class RoughRecognition(TypedDict):
    """Between which shares of a kind recognise an insight, in tens, and whether that is enough."""

    lower: float
    upper: float
    recognises: bool


class Uncounted(TypedDict, total=False):
    """What is shown of kinds without counts: of some the interval, of others that they were heard."""

    roughly: dict[str, RoughRecognition]
    heard_not_shown: list[str]


class RecognitionCount(models.Model):
    """What may be shown of who recognises an insight, only of kinds at or above the floor.

    `kinds` holds counts: kind → [who recognise it, who see it otherwise]; `uncounted` is what is
    shown of kinds without them. `kept` is private: what is needed to publish safely
    again (analysis.disclosure).
    """

    insight = models.OneToOneField(Insight, on_delete=models.PROTECT, related_name="counted")
    revision = models.PositiveSmallIntegerField(default=1)
    kinds = models.JSONField(default=dict, blank=True)
    uncounted = models.JSONField(default=dict, blank=True)
    kept = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.insight)
