"""A breakthrough is told by parties; of who confirms one it is kept who it was, so that they count once."""

from django.utils.translation import gettext_lazy as _

from wijkverbond.breakthroughs.models import (
    AffectedResident,
    Breakthrough,
    BreakthroughText,
    Confirmation,
)
from wijkverbond.kernel.personal_fields import (
    PERSONAL_DATA,
    PersonalData,
    PersonalRows,
    classify,
    party_texts,
)

classify(BreakthroughText, free_text=["title", "before", "after", "evidence_text"])
classify(Breakthrough, free_text=["withdrawal_reason"])
classify(Confirmation, people=["person"], free_text=["remark"])
classify(AffectedResident, people=["person"])

party_texts(Breakthrough, by="claimant")
party_texts(Confirmation, by="party")

CONFIRMATIONS = PersonalRows(
    model=Confirmation,
    of=lambda person: Confirmation.objects.filter(person=person).select_related(
        "breakthrough", "party__organisation"
    ),
    shows={
        "breakthrough": "breakthrough.title",
        "partner": "party",
        "confirms": "confirms",
        "at": "at",
    },
    not_emptied=("remark",),  # what a partner said stays the partner's
)

PERSONAL_DATA.declare(
    PersonalData(
        name="confirmations",
        title=_("What you said of breakthroughs for a partner"),
        why=_("So that one person is one voice, whomever they act for."),
        kept=_("Until you erase your account; the partner's answer stays, without your name."),
        rows=(CONFIRMATIONS,),
        export=CONFIRMATIONS.export,
    )
)

RESIDENTS = PersonalRows(
    model=AffectedResident,
    of=lambda person: AffectedResident.objects.filter(person=person).select_related("breakthrough"),
    shows={"breakthrough": "breakthrough.title", "at": "at"},
)

PERSONAL_DATA.declare(
    PersonalData(
        name="confirmed_as_resident",
        title=_("Which breakthroughs you confirmed as a resident"),
        why=_("So that everyone counts once."),
        kept=_("Until you erase your account; it still counts, without you."),
        rows=(RESIDENTS,),
        export=RESIDENTS.export,
    )
)
