"""What can be chosen of a coalition and its parties: forms, roles, levels, grounds."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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


class ParticipationLevel(models.TextChoices):
    """The three levels on which a party takes part."""

    GOVERNING = "governing", _("Governing")
    CONDITIONS = "conditions", _("Conditions")
    OPERATION = "operation", _("Operation")


class PartyRole(models.TextChoices):
    """The role of a party in the coalition; an adviser takes no position."""

    INITIATOR = "initiator", _("Initiator")
    PARTNER = "partner", _("Partner")
    FUNDER = "funder", _("Funder")
    ADVISER = "adviser", _("Adviser")


class Access(models.TextChoices):
    """Who sees the coalition's pages: everyone, or only its own people while it prepares."""

    PUBLIC = "public", _("Everyone can see it")
    PREPARING = "preparing", _("Only partners see it, while we prepare")


class Says(models.TextChoices):
    """What a party says of another that is new."""

    AS_IT_SAYS = "as_it_says", _("it is what it says")
    PUBLIC_BODY = "public_body", _("it is a public authority")


class WhoseName(models.TextChoices):
    """Whose name it is that two organisations claim."""

    OF_THE_REPORTER = "of_the_reporter", _("it is the name of who reported it")
    OF_THE_BEARER = "of_the_bearer", _("it stays the name of who bears it")


class Fallback(models.TextChoices):
    """What happens after two rounds of objections."""

    WITHDRAW = "withdraw", _("The proposal is withdrawn")
    MAJORITY = "majority", _("A majority in each kind of partner decides")
    ADVICE = "advice", _("Someone we trust advises, then one last round")


class SigningGround(models.TextChoices):
    """The ground on which a person may sign for a party."""

    STATUTES = "statutes", _("The statutes say so")
    POWER_OF_ATTORNEY = "power_of_attorney", _("Power of attorney (volmacht)")
    ADMINISTRATIVE = "administrative_mandate", _("Administrative mandate (mandaat)")
    SELF = "self", _("Signs for themselves")

    @classmethod
    def fitting(cls, legal_form: str) -> "list[SigningGround]":
        """The grounds for an organisation of this form: a sole trader is a company and one person."""
        if legal_form == LegalForm.PERSON:
            return [cls.SELF]
        return [ground for ground in cls if ground != cls.SELF or legal_form == LegalForm.COMPANY]


class Side(models.TextChoices):
    """For whom somebody goes on who acted for government and for a partner of society."""

    GOVERNMENT = "for_government", _("I go on for government")
    SOCIETY = "for_society", _("I go on for my partner of society")
