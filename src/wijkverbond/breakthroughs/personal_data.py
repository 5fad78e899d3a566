"""A breakthrough is told by parties. A resident who confirms one leads to no account."""

from wijkverbond.breakthroughs.models import (
    AffectedResident,
    Breakthrough,
    BreakthroughText,
    Confirmation,
)
from wijkverbond.kernel.personal_fields import classify, party_texts

classify(BreakthroughText, free_text=["title", "before", "after", "evidence_text"])
classify(Breakthrough, free_text=["withdrawal_reason"])
classify(Confirmation, free_text=["remark"])
classify(AffectedResident, plain=["pseudonym"])

party_texts(Breakthrough, by="claimant")
party_texts(Confirmation, by="party")
