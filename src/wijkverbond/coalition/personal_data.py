"""For whom a person acts."""

import uuid

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import Mandate, Secretariat
from wijkverbond.kernel import clock
from wijkverbond.kernel.events import moment
from wijkverbond.kernel.registry import PERSONAL_DATA, PersonalData


def _export(person: uuid.UUID) -> object:
    mandates = Mandate.objects.filter(person=person).select_related("party__organisation")
    return [
        {"partner": str(mandate.party), "may": mandate.sort, "since": moment(mandate.since)}
        for mandate in mandates
    ]


def _erase(person: uuid.UUID) -> None:
    ended = Coalesce(F("until"), clock.now())
    Mandate.objects.filter(person=person).update(person=None, until=ended)
    Mandate.objects.filter(granted_by=person).update(granted_by=None)
    Mandate.objects.filter(confirmed_by=person).update(confirmed_by=None)
    Secretariat.objects.filter(person=person).update(person=None, until=ended)


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
