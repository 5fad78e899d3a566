"""The people who act for a party."""

import datetime as dt
import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models.choices import SigningGround
from wijkverbond.coalition.models.parties import Party
from wijkverbond.kernel.actor import MandateType
from wijkverbond.kernel.kinds import Kind
from wijkverbond.kernel.shown import Shown, filled_in, in_lines

RECENTLY = dt.timedelta(days=90)


class MandateQuerySet(models.QuerySet["Mandate"]):
    """Which mandates."""

    def valid(self, at: dt.datetime) -> "MandateQuerySet":
        """Those in force at a moment; a mandate to sign counts once it is confirmed."""
        confirmed = ~Q(sort=MandateType.SIGN) | Q(confirmed_at__isnull=False)
        return self.current(at).filter(confirmed)

    def current(self, at: dt.datetime) -> "MandateQuerySet":
        """Those that have not ended at a moment, also when they still wait for confirmation."""
        return self.filter(Q(since__lte=at) & (Q(until=None) | Q(until__gt=at)))

    def lately(self, at: dt.datetime) -> "MandateQuerySet":
        """Those of which somebody acts for the party, or did so in the last ninety days.

        Not what was given back unused: that ended when it began, so nobody ever held it.
        """
        long_ago = at - RECENTLY
        lasts = Q(until=None) | (Q(until__gt=long_ago) & ~Q(until=F("since")))
        stays = Q(party__left_at=None) | Q(party__left_at__gt=long_ago)
        return self.filter(lasts, stays, since__lte=at)

    def for_government(self) -> "MandateQuerySet":
        """Those for a government organisation."""
        return self.filter(party__organisation__kind=Kind.GOVERNMENT)

    def without_end(self) -> "MandateQuerySet":
        """Those of which no end was set, with which somebody stays for good.

        `current` is another rule: it also has those that end on a day to come. Who stands in for a
        while does not give mandates, and a party of one person remains one with them.
        """
        return self.filter(until=None)

    def present(self) -> "MandateQuerySet":
        """Those for a party that did not leave."""
        return self.filter(party__left_at=None)

    def unconfirmed(self, at: dt.datetime) -> "MandateQuerySet":
        """Those to sign that wait for a second person, for parties that did not leave."""
        to_sign = self.current(at).filter(sort=MandateType.SIGN, confirmed_at=None)
        return to_sign.present().order_by("since")

    def confirmable_by(self, person: uuid.UUID) -> "MandateQuerySet":
        """Those of which this person is a second person, as `Mandate.confirmable_by` says of one."""
        return self.exclude(person=person).exclude(granted_by=person)

    def last_to_grant(self, party: Party, at: dt.datetime) -> uuid.UUID | None:
        """Who could give mandates last for a party for which nobody acts now; nobody while one does."""
        held = self.filter(party=party, person__isnull=False)
        if held.current(at).exists():
            return None
        last = held.filter(may_grant=True).order_by("until", "id").last()
        return last.person_id if last else None

    def leading(self, at: dt.datetime) -> "MandateQuerySet":
        """Those with which somebody brings the organisation into a coalition: to grant or decide.

        Who brings it there can grant there: only taking part would become more by joining elsewhere.
        """
        return self.valid(at).filter(Q(may_grant=True) | Q(sort=MandateType.DECIDE))


class Mandate(Shown, models.Model):
    """What a person may do for a party. Signing needs a ground and a second person's confirmation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="mandates")
    person = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="mandates", null=True, blank=True
    )
    sort = models.CharField(max_length=20, choices=MandateType)
    may_grant = models.BooleanField(default=False)
    ground = models.CharField(_("ground"), max_length=30, choices=SigningGround, blank=True)
    jointly = models.BooleanField(_("only together with another"), default=False)
    granted_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    # It lasts as long as the organisation's own sign-in says that the person is in its group there.
    by_sign_in = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["party", "person", "sort"],
                condition=Q(until=None),
                name="mandate_once",
                violation_error_message=_("This person already has this mandate."),
            ),
            models.CheckConstraint(
                condition=~Q(sort=MandateType.SIGN) | ~Q(ground=""), name="signing_has_a_ground"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.sort}"

    @property
    def shown_text(self) -> str:
        """Who may do what for which party, on what ground, alone or only together."""
        return in_lines(
            self.party,
            self.person,
            self.get_sort_display(),
            *filled_in(self, "ground"),
            _("only together with another") if self.jointly else "",
        )

    def confirmable_by(self, person: uuid.UUID | None) -> bool:
        """Whether somebody is a second person: not who got the mandate, and not who gave it."""
        return person not in (None, self.person_id, self.granted_by_id)
