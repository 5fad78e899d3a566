"""For whom a person acts."""

import uuid

from django.utils.translation import gettext_lazy as _

from wijkverbond.accounts.models import User
from wijkverbond.coalition import services
from wijkverbond.coalition.models import Invitation, Mandate
from wijkverbond.kernel.events import moment
from wijkverbond.kernel.registry import PERSONAL_DATA, PersonalData


def _export(person: uuid.UUID) -> object:
    mandates = Mandate.objects.filter(person=person).select_related("party__organisation")
    return [
        {"partner": str(mandate.party), "may": mandate.sort, "since": moment(mandate.since)}
        for mandate in mandates
    ]


PERSONAL_DATA.declare(
    PersonalData(
        name="mandates",
        title=_("For which partners you act"),
        why=_("So that only people with a mandate decide and sign for a partner."),
        kept=_("Until you erase your account; the partner keeps that someone had the mandate."),
        models=("coalition.mandate", "coalition.secretariat"),
        export=_export,
        erase=services.forget,
    )
)


def _address(person: uuid.UUID) -> str:
    return User.objects.get(id=person).email


def _export_invitations(person: uuid.UUID) -> object:
    found = Invitation.objects.filter(email__iexact=_address(person)).select_related("coalition")
    return [
        {"coalition": str(invitation.coalition), "sent_at": moment(invitation.sent_at)}
        for invitation in found
    ]


def _erase_invitations(person: uuid.UUID) -> None:
    found = Invitation.objects.filter(email__iexact=_address(person))
    found.update(email="", channel=Invitation.Channel.LINK)


PERSONAL_DATA.declare(
    PersonalData(
        name="invitations",
        title=_("Invitations to your e-mail address"),
        why=_("So that partners can ask you to join, and see whom they asked."),
        kept=_("Until you have it erased."),
        models=("coalition.invitation",),
        export=_export_invitations,
        erase=_erase_invitations,
    )
)
