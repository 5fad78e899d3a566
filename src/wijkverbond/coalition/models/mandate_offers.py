"""Asking somebody to act for a party: nobody acts for one without their own yes."""

import datetime as dt
import uuid

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models.choices import SigningGround
from wijkverbond.coalition.models.parties import Party
from wijkverbond.kernel.actor import MandateType
from wijkverbond.kernel.shown import Shown, filled_in, in_lines

VALID_FOR = dt.timedelta(days=30)
OUT_OF_DATE = _("This question is out of date. Ask them to ask you again.")


class MandateOfferQuerySet(models.QuerySet["MandateOffer"]):
    """Which offers."""

    def open(self, at: dt.datetime) -> "MandateOfferQuerySet":
        """Those that can still be answered at a moment."""
        return self.filter(ended_at=None, expires_at__gt=at, party__left_at=None)


class MandateOffer(Shown, models.Model):
    """What a person may do for a party once they say yes; until then it is nothing.

    `offered_by` is nobody's when all partners decided it together, or when it follows from the sign-in
    at an organisation. There is one for each party and person: who is asked again gets a new one.
    """

    class Outcome(models.TextChoices):
        """How an offer ended that was not left unanswered."""

        YES = "yes", _("said yes")
        NO = "no", _("said no")
        TAKEN_BACK = "taken_back", _("taken back")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="mandate_offers")
    person = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        related_name="mandate_offers",
        null=True,
        blank=True,
    )
    types = ArrayField(models.CharField(max_length=20, choices=MandateType))
    may_grant = models.BooleanField(default=False)
    ground = models.CharField(_("ground"), max_length=30, choices=SigningGround, blank=True)
    jointly = models.BooleanField(_("only together with another"), default=False)
    until = models.DateTimeField(_("ends on"), null=True, blank=True)
    offered_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    by_sign_in = models.BooleanField(default=False)
    offered_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)

    objects = MandateOfferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "person"], name="one_offer_per_person")
        ]
        ordering = ["-offered_at", "id"]

    def __str__(self) -> str:
        return str(self.party)

    @property
    def what(self) -> list[str | Promise]:
        """What it lets the person do, a line each."""
        lines: list[str | Promise] = [
            self._in_words(sort) for sort in MandateType if sort in self.types
        ]
        return [*lines, _("give mandates to others")] if self.may_grant else lines

    @property
    def shown_text(self) -> str:
        """For which party, and what it lets one do."""
        return in_lines(self.party, *self.what, *filled_in(self, "until"))

    def waits(self, at: dt.datetime) -> bool:
        """Whether it can still be answered at a moment."""
        return not self.why_closed(at)

    def why_closed(self, at: dt.datetime) -> str:
        """Why it can no longer be answered; empty while it can."""
        match self.outcome:
            case self.Outcome.YES:
                return str(_("You said yes to this."))
            case self.Outcome.NO:
                return str(_("You said no to this."))
            case self.Outcome.TAKEN_BACK:
                return str(_("This question was taken back."))
        if self.expires_at <= at or not self.party.is_present:
            return str(OUT_OF_DATE)
        return ""

    def check_open(self, at: dt.datetime) -> None:
        """Refuse when it was answered, taken back or is out of date."""
        if why := self.why_closed(at):
            raise ValidationError(why)

    def _in_words(self, sort: MandateType) -> str | Promise:
        if sort != MandateType.SIGN:
            return sort.label
        how = [str(self.get_ground_display())]
        if self.jointly:
            how.append(str(_("only together with another")))
        return f"{sort.label} ({', '.join(how)})"
