"""For whom a person acts."""

import uuid

from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition import services
from wijkverbond.coalition.models import Mandate, Party, Secretariat
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


def _export_alone(person: uuid.UUID) -> object:
    parties = Party.objects.filter(organisation__in=services.only(person))
    return [
        {
            "name": party.name,
            "registration_number": party.organisation.registration_number,
            "constituency": party.organisation.constituency,
            "website": party.organisation.website,
            "coalition": str(party.coalition),
            "ground": party.ground,
            "left_reason": party.left_reason,
        }
        for party in parties.select_related("organisation", "coalition")
    ]


# After the mandates, because it is erased before them: they say of which partner one was the only one.
PERSONAL_DATA.declare(
    PersonalData(
        name="alone",
        title=_("A partner that is you alone"),
        why=_("So that the others know with whom they work."),
        kept=_("Until you erase your account. Then it goes on without a name."),
        models=("coalition.organisation", "coalition.party"),
        export=_export_alone,
        erase=services.forget_name,
    )
)


def _export_invitations(person: uuid.UUID) -> object:
    found = services.invitations_to(person).select_related("coalition")
    return [
        {
            "coalition": str(invitation.coalition),
            "sent_at": moment(invitation.sent_at),
            "to": invitation.addressee,
            "reason": invitation.declined_reason,
        }
        for invitation in found
    ]


PERSONAL_DATA.declare(
    PersonalData(
        name="invitations",
        title=_("Invitations to your e-mail address"),
        why=_("So that partners can ask you to join, and see whom they asked."),
        kept=_("Until you have it erased."),
        models=("coalition.invitation",),
        export=_export_invitations,
        erase=services.forget_invitations,
    )
)
