"""For whom a person acts."""

import uuid

from django.utils.translation import gettext_lazy as _

from wijkverbond.accounts.models import User
from wijkverbond.coalition import services
from wijkverbond.coalition.models import Mandate, Secretariat
from wijkverbond.kernel.events import moment
from wijkverbond.kernel.registry import PERSONAL_DATA, PersonalData


def _export(person: uuid.UUID) -> object:
    mandates = Mandate.objects.filter(person=person).select_related("party__organisation")
    organises = Secretariat.objects.filter(person=person).select_related("coalition")
    return {
        "partners": [
            {"partner": str(mandate.party), "may": mandate.sort, "since": moment(mandate.since)}
            for mandate in mandates
        ],
        "secretariat": [
            {"coalition": str(one.coalition), "since": moment(one.since)} for one in organises
        ],
    }


def _erase(person: uuid.UUID) -> None:
    services.forget_name(person)
    services.forget(person)


PERSONAL_DATA.declare(
    PersonalData(
        name="mandates",
        title=_("For which partners you act"),
        why=_("So that only people with a mandate decide and sign for a partner."),
        kept=_("Until you erase your account; the partner keeps that someone had the mandate."),
        models=("coalition.mandate", "coalition.secretariat"),
        export=_export,
        erase=_erase,
    )
)


def _address(person: uuid.UUID) -> str:
    return User.objects.get(id=person).email


def _export_invitations(person: uuid.UUID) -> object:
    found = services.invitations_to(person, _address(person)).select_related("coalition")
    return [
        {
            "coalition": str(invitation.coalition),
            "sent_at": moment(invitation.sent_at),
            "to": invitation.addressee,
            "reason": invitation.declined_reason,
        }
        for invitation in found
    ]


def _erase_invitations(person: uuid.UUID) -> None:
    services.forget_invitations(person, _address(person))


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
