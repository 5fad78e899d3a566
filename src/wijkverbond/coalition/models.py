"""Coalitions, the organisations that take part as parties, and the people who act for them."""

import datetime as dt
import uuid

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
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


class Access(models.TextChoices):
    """Who sees the coalition's pages: everyone, or only its own people while it prepares."""

    PUBLIC = "public", _("Everyone can see it")
    PREPARING = "preparing", _("Only partners see it, while we prepare")


class Fallback(models.TextChoices):
    """What happens after two rounds of objections."""

    WITHDRAW = "withdraw", _("The proposal is withdrawn")
    MAJORITY = "majority", _("A majority in each kind of partner decides")
    ADVICE = "advice", _("Someone we trust advises, then one last round")


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

    @property
    def effort(self) -> str:
        """What its people are: "paid" or "volunteer" (who is never named as late)."""
        return "paid" if self.paid else "volunteer"


class Coalition(models.Model):
    """A neighbourhood coalition. Its stage is derived from the records, never typed in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(max_length=60, unique=True)
    purpose = models.CharField(_("what it is about"), max_length=300, blank=True)
    place_codes = ArrayField(models.CharField(max_length=12))
    place_year = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    hand_over_due = models.DateField(null=True, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    access = models.CharField(
        _("who sees it"), max_length=20, choices=Access, default=Access.PUBLIC
    )
    listed_at = models.DateTimeField(null=True, blank=True)
    chair = models.ForeignKey(
        "Party", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    fallback = models.CharField(max_length=20, choices=Fallback, default=Fallback.WITHDRAW)
    rules = models.TextField(_("rules"), max_length=4000, blank=True)
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
    answer_term_days = models.PositiveSmallIntegerField(
        _("answers within, working days"), null=True, blank=True
    )
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    left_reason = models.CharField(_("why you leave"), max_length=500, blank=True)
    suspended_at = models.DateTimeField(null=True, blank=True)

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


class MandateQuerySet(models.QuerySet["Mandate"]):
    """Which mandates."""

    def valid(self, at: dt.datetime) -> "MandateQuerySet":
        """Those in force at a moment; a mandate to sign counts once it is confirmed."""
        confirmed = ~Q(sort=MandateSort.SIGN) | Q(confirmed_at__isnull=False)
        return self.current(at).filter(confirmed)

    def current(self, at: dt.datetime) -> "MandateQuerySet":
        """Those that have not ended at a moment, also when they still wait for confirmation."""
        return self.filter(Q(since__lte=at) & (Q(until=None) | Q(until__gt=at)))


class Mandate(models.Model):
    """What a person may do for a party. Signing needs a ground and a second person's confirmation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="mandates")
    person = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="mandates", null=True, blank=True
    )
    sort = models.CharField(max_length=20, choices=MandateSort)
    may_grant = models.BooleanField(default=False)
    ground = models.CharField(_("ground"), max_length=30, choices=Ground, blank=True)
    jointly = models.BooleanField(_("only together with another"), default=False)
    granted_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
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
        "accounts.User",
        on_delete=models.PROTECT,
        related_name="secretariats",
        null=True,
        blank=True,
    )
    lent_by = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

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


class MissingVoice(models.Model):
    """Somebody who should be at the table and is not: open, dismissed with a reason, or filled."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="missing")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    sector = models.CharField(_("sort of organisation"), max_length=40)
    what = models.CharField(_("why they are needed"), max_length=300)
    suggested_at = models.DateTimeField()
    suggested_by = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    dismissed_at = models.DateTimeField(null=True, blank=True)
    dismissed_by = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    dismissed_reason = models.CharField(_("reason"), max_length=500, blank=True)
    filled_at = models.DateTimeField(null=True, blank=True)
    filled_by = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(dismissed_at=None) | ~Q(dismissed_reason=""),
                name="dismissal_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(filled_at=None) | Q(filled_by__isnull=False),
                name="filled_voice_has_a_party",
            ),
            models.UniqueConstraint(
                fields=["coalition", "sector"],
                condition=Q(dismissed_at=None, filled_at=None),
                name="missing_voice_once",
                violation_error_message=_("This voice is already on the list."),
            ),
        ]
        ordering = ["suggested_at", "id"]

    def __str__(self) -> str:
        return self.sector


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Which invitations."""

    def open(self, at: dt.datetime) -> "InvitationQuerySet":
        """Those that can still be answered at a moment."""
        return self.filter(accepted_at=None, declined_at=None, revoked_at=None, expires_at__gt=at)


class Invitation(models.Model):
    """A link that lets one organisation join. Only the digest of its secret part is kept."""

    class Channel(models.TextChoices):
        """How the link reaches the invited."""

        EMAIL = "email", _("by e-mail")
        LINK = "link", _("as a link that you pass on yourself")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="invitations")
    token_digest = models.CharField(max_length=64, unique=True)
    channel = models.CharField(_("how"), max_length=10, choices=Channel)
    email = models.EmailField(_("e-mail address"), blank=True)
    addressee = models.CharField(_("who do you invite"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.PARTNER)
    missing_voice = models.ForeignKey(
        MissingVoice, on_delete=models.PROTECT, related_name="invitations", null=True, blank=True
    )
    sent_by_party = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_reason = models.CharField(_("reason"), max_length=500, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    party = models.OneToOneField(
        Party, on_delete=models.PROTECT, related_name="invitation", null=True, blank=True
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None, party=None)
                | Q(accepted_at__isnull=False, party__isnull=False),
                name="accepted_invitation_has_a_party",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(declined_at=None, revoked_at=None),
                name="invitation_ends_once",
            ),
        ]
        ordering = ["-sent_at", "id"]

    def __str__(self) -> str:
        return self.addressee

    def clean(self) -> None:
        """An invitation by e-mail has an address; nobody is invited as the one who started."""
        if self.channel == self.Channel.EMAIL and not self.email:
            raise ValidationError({"email": _("Fill in an e-mail address.")})
        if self.role == Role.INITIATOR:
            raise ValidationError({"role": _("Choose partner, funder or adviser.")})

    def why_closed(self, at: dt.datetime) -> str:
        """Why it can no longer be answered; empty while it can."""
        if self.accepted_at:
            return str(_("This invitation has been accepted already."))
        if self.declined_at:
            return str(_("This invitation has been declined."))
        if self.revoked_at:
            return str(_("This invitation has been withdrawn."))
        if self.expires_at <= at:
            return str(_("This invitation is out of date. Ask for a new one."))
        return ""

    def check_open(self, at: dt.datetime) -> None:
        """Refuse when it was answered, withdrawn or is out of date."""
        if why := self.why_closed(at):
            raise ValidationError(why)


class Tie(models.Model):
    """How a party says it worked with another party in a year."""

    class Strength(models.TextChoices):
        """How closely they work together."""

        NONE = "none", _("not yet")
        INFORMS = "informs", _("we keep each other informed")
        COORDINATES = "coordinates", _("we tune our work to each other")
        TOGETHER = "together", _("we do things together")

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="ties")
    other = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="ties_to_it")
    year = models.PositiveSmallIntegerField()
    strength = models.CharField(max_length=20, choices=Strength)
    reported_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("party", "other", "year", name="tie_once_a_year"),
            models.CheckConstraint(condition=~Q(party=models.F("other")), name="tie_with_another"),
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.strength} {self.other}"


class HandOver(models.Model):
    """A proposal for the coalition's own chair and rules, confirmed by parties one by one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coalition = models.OneToOneField(Coalition, on_delete=models.PROTECT, related_name="hand_over")
    chair = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    fallback = models.CharField(max_length=20, choices=Fallback, default=Fallback.WITHDRAW)
    rules = models.TextField(_("rules"), max_length=4000)
    proposed_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_by = models.ManyToManyField(Party, related_name="+")

    def __str__(self) -> str:
        return str(self.coalition)
