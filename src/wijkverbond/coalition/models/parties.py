"""Coalitions and the organisations that take part in them as parties."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wijkverbond.coalition.models import public_bodies, sectors
from wijkverbond.coalition.models.choices import (
    Access,
    Fallback,
    Involvement,
    LegalForm,
    ParticipationLevel,
    PartyRole,
)
from wijkverbond.kernel.kinds import SOCIETY_KINDS, Kind
from wijkverbond.kernel.shown import Shown, filled_in, in_lines

LONGEST_REASON = 500


class OrganisationDetails(models.Model):
    """What an organisation can change of itself; its name and sector stay as they are."""

    place = models.CharField(_("town or village"), max_length=80, blank=True)
    registration_number = models.CharField(_("registration number"), max_length=20, blank=True)
    constituency = models.CharField(_("speaks for"), max_length=200, blank=True)
    website = models.URLField(_("website"), blank=True)
    paid = models.BooleanField(_("people are paid for this work"), default=True)

    class Meta:
        abstract = True


class Organisation(OrganisationDetails):
    """An organisation, once per installation; a loose group or a single shopkeeper is one too.

    Two bear the same name when their place or registration number differs. Of one that is not `known`
    nobody learns that it is here: it only takes part where a coalition prepares in private.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    sector = models.CharField(_("sort of organisation"), max_length=40)
    legal_form = models.CharField(_("legal form"), max_length=20, choices=LegalForm)
    known = models.BooleanField(default=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="organisation_kind"),
            models.UniqueConstraint(
                models.functions.Lower("name"),
                models.functions.Lower("place"),
                "registration_number",
                condition=Q(known=True),
                name="organisation_once",
                violation_error_message=_(
                    "There is already an organisation with this name. Are you another one? Fill in "
                    "your town or village, or your registration number."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_kind_in_doubt(self) -> bool:
        """Whether it is of society and called as a public body may be: two others settle it."""
        return self.kind in SOCIETY_KINDS and public_bodies.begins_like_one(self.name)

    @property
    def effort(self) -> str:
        """What its people are: "paid" or "volunteer" (who is never named as late)."""
        return "paid" if self.paid else "volunteer"


class CoalitionQuerySet(models.QuerySet["Coalition"]):
    """Which coalitions."""

    def to_be_handed_over(self) -> "CoalitionQuerySet":
        """Those that government started, and of which the partners did not take over chair and rules."""
        return self.filter(hand_over_due__isnull=False, handed_over_at=None)

    def not_taken_off(self) -> "CoalitionQuerySet":
        """Those that everyone may find: public, and not taken off the list by the host of the site."""
        return self.filter(access=Access.PUBLIC, unlisted_at=None)

    def listed(self) -> "CoalitionQuerySet":
        """Those on the list of all neighbourhoods."""
        return self.not_taken_off().filter(listed_at__isnull=False)

    def on_front_page(self) -> "CoalitionQuerySet":
        """Those on the list, and the example of a demonstration."""
        return self.not_taken_off().filter(Q(listed_at__isnull=False) | Q(example=True))


class Coalition(models.Model):
    """A neighbourhood coalition. Its stage is derived from the records, never typed in.

    `listed_at` is when it came on the list of all neighbourhoods, `unlisted_at` since when the host of the
    site has taken it off (`Unlisting`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(max_length=60, unique=True)
    purpose = models.CharField(_("what it is about"), max_length=300, blank=True)
    place_codes = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    place_year = models.PositiveSmallIntegerField()
    area = models.CharField(_("the area in words"), max_length=200, blank=True)
    started_at = models.DateTimeField()
    hand_over_due = models.DateField(null=True, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    access = models.CharField(
        _("who sees it"), max_length=20, choices=Access, default=Access.PUBLIC
    )
    listed_at = models.DateTimeField(null=True, blank=True)
    unlisted_at = models.DateTimeField(null=True, blank=True)
    chair = models.ForeignKey(
        "Party", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    fallback = models.CharField(max_length=20, choices=Fallback, default=Fallback.WITHDRAW)
    rules = models.TextField(_("rules"), max_length=4000, blank=True)
    # Since when who signs shows a second step, by a decision of the partners.
    second_step_since = models.DateTimeField(null=True, blank=True)
    example = models.BooleanField(default=False)

    objects = CoalitionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(place_codes__len__gte=1) | ~Q(area=""),
                name="coalition_has_a_place",
                violation_error_message=_("Say where the coalition works."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class PartyQuerySet(models.QuerySet["Party"]):
    """Which parties."""

    def present(self) -> "PartyQuerySet":
        """Those that did not leave."""
        return self.filter(left_at=None)

    def society(self) -> "PartyQuerySet":
        """Those of the three society kinds."""
        return self.filter(organisation__kind__in=SOCIETY_KINDS)

    def confirmed(self) -> "PartyQuerySet":
        """Those that count: others know that they are what they say. Government always is."""
        return self.filter(confirmed_at__isnull=False)

    def deciding(self) -> "PartyQuerySet":
        """Those that take positions: present, not suspended, not an adviser."""
        return self.present().filter(suspended_at=None).exclude(role=PartyRole.ADVISER)


class TakingPart(models.Model):
    """How an organisation takes part: its levels, its tie to the area and the ground of that."""

    levels = ArrayField(
        models.CharField(max_length=20, choices=ParticipationLevel),
        verbose_name=pgettext_lazy("levels", "level"),
    )
    involvement = models.CharField(_("involvement"), max_length=20, choices=Involvement)
    ground = models.CharField(_("why this neighbourhood"), max_length=200, blank=True)
    answer_term_days = models.PositiveSmallIntegerField(
        _("answers within, working days"), null=True, blank=True
    )

    class Meta:
        abstract = True


class Party(Shown, TakingPart):
    """An organisation taking part in one coalition. Only the party itself leaves.

    `confirmed_at` is empty until a confirmed society party of other people says that it is what it
    says; until then it does everything and counts nowhere. `brought_by` is who founded or brought it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="parties")
    role = models.CharField(_("role"), max_length=20, choices=PartyRole, default=PartyRole.PARTNER)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    left_reason = models.CharField(_("why you leave"), max_length=LONGEST_REASON, blank=True)
    suspended_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    brought_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = PartyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "organisation"],
                condition=Q(left_at=None),
                name="party_once_per_coalition",
                violation_error_message=_("This organisation already takes part."),
            )
        ]
        ordering = ["joined_at", "id"]

    def __str__(self) -> str:
        return self.organisation.name

    @property
    def shown_text(self) -> str:
        """What it says that it is."""
        organisation = self.organisation
        return in_lines(
            organisation.name,
            sectors.SECTORS[organisation.sector].title,
            *filled_in(organisation, "legal_form", "place", "registration_number"),
            *filled_in(organisation, "constituency", "website"),
            *filled_in(self, "involvement", "ground"),
        )

    @property
    def is_present(self) -> bool:
        """Whether it did not leave."""
        return self.left_at is None

    @property
    def is_confirmed(self) -> bool:
        """Whether it counts in numbers of parties."""
        return self.confirmed_at is not None

    @property
    def takes_positions(self) -> bool:
        """Whether it decides and signs now: not while suspended, and never as an adviser."""
        return self.suspended_at is None and self.role != PartyRole.ADVISER

    @property
    def name(self) -> str:
        """The name of its organisation."""
        return self.organisation.name

    @property
    def direct(self) -> bool:
        """Whether it is directly involved in the area (R8)."""
        return self.involvement != Involvement.DISTANCE

    @property
    def kind(self) -> str:
        """The kind of its organisation."""
        return self.organisation.kind
