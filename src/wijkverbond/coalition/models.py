"""Coalitions, the organisations that take part as parties, and the people who act for them."""

import datetime as dt
import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wijkverbond.kernel.actor import Mandate as MandateSort


class Kind(models.TextChoices):
    """The four kinds of party (R1)."""

    RESIDENTS = "residents", _("Residents")
    ENTREPRENEURS = "entrepreneurs", _("Entrepreneurs")
    CIVIL_SOCIETY = "civil_society", _("Civil society")
    GOVERNMENT = "government", _("Government")


SOCIETY_KINDS = (Kind.RESIDENTS, Kind.ENTREPRENEURS, Kind.CIVIL_SOCIETY)


class LegalForm(models.TextChoices):
    """Legal form; an informal group binds the persons who sign, not the group."""

    INFORMAL = "informal", _("Informal group")
    ASSOCIATION = "association", _("Association (vereniging)")
    FOUNDATION = "foundation", _("Foundation (stichting)")
    COOPERATIVE = "cooperative", _("Cooperative")
    COMPANY = "company", _("Company or sole trader")
    PUBLIC_BODY = "public_body", _("Public body")
    PERSON = "person", _("One person")


class Involvement(models.TextChoices):
    """How directly someone is involved in the area (R8)."""

    LIVES = "lives", _("Lives here")
    WORKS = "works", _("Works here")
    OWNS = "owns", _("Owns something here")
    RESPONSIBLE = "responsible", _("Is responsible for something here")
    DISTANCE = "distance", _("At a distance")


class Level(models.TextChoices):
    """The three levels on which a party takes part."""

    GOVERNING = "governing", _("Governing")
    CONDITIONS = "conditions", _("Conditions")
    OPERATION = "operation", _("Operation")


class Role(models.TextChoices):
    """The role of a party in the coalition; an adviser takes no position."""

    INITIATOR = "initiator", _("Initiator")
    PARTNER = "partner", _("Partner")
    FUNDER = "funder", _("Funder")
    ADVISER = "adviser", _("Adviser")


class Ground(models.TextChoices):
    """The ground on which a person may sign for a party."""

    STATUTES = "statutes", _("The statutes say so")
    POWER_OF_ATTORNEY = "power_of_attorney", _("Power of attorney (volmacht)")
    ADMINISTRATIVE = "administrative_mandate", _("Administrative mandate (mandaat)")
    SELF = "self", _("Signs for themselves")


class Organisation(models.Model):
    """An organisation, once per installation; a loose group or a single shopkeeper is one too."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    sector = models.CharField(_("sort of organisation"), max_length=40)
    legal_form = models.CharField(_("legal form"), max_length=20, choices=LegalForm)
    registration_number = models.CharField(_("registration number"), max_length=20, blank=True)
    constituency = models.CharField(_("speaks for"), max_length=200, blank=True)
    website = models.URLField(_("website"), blank=True)
    paid = models.BooleanField(_("people are paid for this work"), default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="organisation_kind"),
            models.UniqueConstraint(
                models.functions.Lower("name"),
                name="organisation_once",
                violation_error_message=_("There is already an organisation with this name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Coalition(models.Model):
    """A neighbourhood coalition. Its stage is derived from the records, never typed in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(max_length=60, unique=True)
    purpose = models.CharField(_("what it is about"), max_length=300, blank=True)
    place_codes = ArrayField(models.CharField(max_length=12))
    place_year = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    hand_over_due = models.DateField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    example = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(place_codes__len__gte=1), name="coalition_has_a_place"
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

    def deciding(self) -> "PartyQuerySet":
        """Those that take positions: present, not suspended, not an adviser."""
        return self.present().filter(suspended_at=None).exclude(role=Role.ADVISER)


class Party(models.Model):
    """An organisation taking part in one coalition. Only the party itself leaves."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="parties")
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.PARTNER)
    levels = ArrayField(models.CharField(max_length=20, choices=Level), verbose_name=_("level"))
    involvement = models.CharField(_("involvement"), max_length=20, choices=Involvement)
    ground = models.CharField(_("why this neighbourhood"), max_length=200, blank=True)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    suspended_at = models.DateTimeField(null=True)

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
    def kind(self) -> str:
        """The kind of its organisation."""
        return self.organisation.kind


class MandateQuerySet(models.QuerySet["Mandate"]):
    """Which mandates."""

    def valid(self, at: dt.datetime) -> "MandateQuerySet":
        """Those in force at a moment; a mandate to sign counts once it is confirmed."""
        in_force = Q(since__lte=at) & (Q(until=None) | Q(until__gt=at))
        confirmed = ~Q(sort=MandateSort.SIGN) | Q(confirmed_at__isnull=False)
        return self.filter(in_force & confirmed)


class Mandate(models.Model):
    """What a person may do for a party. Signing needs a ground and a second person's confirmation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="mandates")
    person = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="mandates", null=True
    )
    sort = models.CharField(max_length=20, choices=MandateSort)
    may_grant = models.BooleanField(default=False)
    ground = models.CharField(_("ground"), max_length=30, choices=Ground, blank=True)
    jointly = models.BooleanField(_("only together with another"), default=False)
    granted_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True
    )
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True
    )
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

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
                condition=~Q(sort=MandateSort.SIGN) | ~Q(ground=""), name="signing_has_a_ground"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.sort}"


class Secretariat(models.Model):
    """A person whom the coalition asked to organise; organises, decides nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="secretariat")
    person = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="secretariats", null=True
    )
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "person"],
                condition=Q(until=None),
                name="secretariat_once",
                violation_error_message=_("This person is already in the secretariat."),
            )
        ]

    def __str__(self) -> str:
        return str(self.coalition)
