"""A breakthrough is told by parties. A resident who confirms one leads to no account."""

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
from wijkverbond.kernel.retention import RETENTION, Retention, pseudonyms

classify(BreakthroughText, free_text=["title", "before", "after", "evidence_text"])
classify(Breakthrough, free_text=["withdrawal_reason"])
classify(Confirmation, people=["person"], free_text=["remark"])
classify(AffectedResident, plain=["pseudonym"])

party_texts(Breakthrough, by="claimant")
party_texts(Confirmation, by="party")

RETENTION.declare(
    Retention(
        name="breakthroughs",
        title=_("In which browser a resident confirmed a breakthrough"),
        fields=("breakthroughs.affectedresident.pseudonym",),
        kept=_("A year, as long as the cookie; then it leads to no browser."),
        forget=pseudonyms(AffectedResident),
    )
)

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
