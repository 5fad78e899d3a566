"""Who signed for a party, or said no. What it promised and signed stays the party's."""

from django.utils.translation import gettext_lazy as _

from wijkverbond.commitments.models import (
    Covenant,
    Decline,
    EarlierPledge,
    Pledge,
    PledgeText,
    Signature,
    YearlyCheck,
)
from wijkverbond.kernel.personal_fields import (
    PERSONAL_DATA,
    PersonalData,
    PersonalRows,
    classify,
    party_texts,
)

classify(PledgeText, free_text=["what", "measure", "subject_to_approval", "unit"])
classify(Pledge, free_text=["withdrawal_reason"])
classify(EarlierPledge, free_text=["reason"])
classify(
    Covenant,
    free_text=["title", "preamble", "rules", "content", "document"],
    plain=["digest"],
)
classify(Signature, people=["person"], plain=["digest"])
classify(Decline, people=["person"], free_text=["reason"])
classify(YearlyCheck, free_text=["conclusion"])

party_texts(Pledge, by="party")
party_texts(EarlierPledge, by="pledge__party")
party_texts(Decline, by="party")

SIGNATURES = PersonalRows(
    model=Signature,
    of=lambda person: Signature.objects.filter(person=person).select_related(
        "covenant", "party__organisation"
    ),
    shows={
        "covenant": "covenant.title",
        "partner": "party",
        "at": "signed_at",
        "document": "digest",
    },
)

PERSONAL_DATA.declare(
    PersonalData(
        name="signatures",
        title=_("What you signed for a partner"),
        why=_("So that it can be shown who signed, and on what ground."),
        kept=_("Until you erase your account; the partner's signature stays, without your name."),
        rows=(SIGNATURES,),
        export=SIGNATURES.export,
    )
)

DECLINES = PersonalRows(
    model=Decline,
    of=lambda person: Decline.objects.filter(person=person).select_related(
        "covenant", "party__organisation"
    ),
    shows={"covenant": "covenant.title", "partner": "party", "at": "at"},
    not_emptied=("reason",),  # what a partner answered stays the partner's
)

PERSONAL_DATA.declare(
    PersonalData(
        name="declines",
        title=_("Covenants that you did not sign for a partner"),
        why=_("So that one person is one voice, whomever they act for."),
        kept=_("Until you erase your account; the partner's answer stays, without your name."),
        rows=(DECLINES,),
        export=DECLINES.export,
    )
)
