"""What parties confirm of each other: that a newcomer is what it says."""

import datetime as dt
import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models.choices import Says
from wijkverbond.coalition.models.mandates import Mandate
from wijkverbond.coalition.models.parties import Party, PartyQuerySet
from wijkverbond.kernel.subqueries import RecordKey


class PartyConfirmationQuerySet(models.QuerySet["PartyConfirmation"]):
    """What was said of whom."""

    def said_by_present(self) -> "PartyConfirmationQuerySet":
        """What parties say that are here."""
        return self.filter(party__left_at=None)

    def standing(self, now: dt.datetime) -> "PartyConfirmationQuerySet":
        """What society parties that take positions say of others that are here.

        Not what somebody said who acts for that other by now.
        """
        society = Party.objects.society()
        own = Mandate.objects.lately(now)
        own = own.filter(party=models.OuterRef("about"), person=models.OuterRef("person"))
        return (
            self.filter(party__in=society.deciding(), about__in=society.present())
            .exclude(person=models.F("about__brought_by"))
            .exclude(models.Exists(own))
        )


def whose_word_counts(coalition: RecordKey) -> PartyQuerySet:
    """The society parties of a coalition that count and take positions.

    What they confirm counts at once.
    """
    return Party.objects.deciding().society().confirmed().filter(coalition=coalition)


class PartyConfirmation(models.Model):
    """A party says that another is what it says it is; `person` says so for it.

    It makes the other count when the party itself counts, or once it does: of the first two of a
    coalition each waits for the other. Of one that is called as a public body may be, two say what
    it is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="party_confirmations")
    person = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    says = models.CharField(max_length=20, choices=Says, default=Says.AS_IT_SAYS)
    given_at = models.DateTimeField()

    objects = PartyConfirmationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["party", "about"],
                name="party_confirmation_once",
                violation_error_message=_("You have confirmed this partner already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(party=models.F("about")), name="party_confirms_another"
            ),
        ]
        ordering = ["given_at", "id"]

    def __str__(self) -> str:
        return str(self.about)
