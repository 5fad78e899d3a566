"""Who signed for a party."""

import uuid

from django.utils.translation import gettext_lazy as _

from wijkverbond.commitments.models import Signature
from wijkverbond.kernel.events import moment
from wijkverbond.kernel.registry import PERSONAL_DATA, PersonalData


def _export(person: uuid.UUID) -> object:
    signatures = Signature.objects.filter(person=person).select_related("covenant", "party")
    return [
        {
            "covenant": signature.covenant.title,
            "partner": str(signature.party),
            "at": moment(signature.signed_at),
            "document": signature.digest,
        }
        for signature in signatures
    ]


def _erase(person: uuid.UUID) -> None:
    Signature.objects.filter(person=person).update(person=None)


PERSONAL_DATA.declare(
    PersonalData(
        name="signatures",
        title=_("What you signed for a partner"),
        why=_("So that it can be shown who signed, and on what ground."),
        kept=_("Until you erase your account; the partner's signature stays, without your name."),
        models=("commitments.signature",),
        export=_export,
        erase=_erase,
    )
)
