"""Who answers has no name, no address and no account; urgencies are a party's."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wijkverbond.kernel.personal_fields import classify, party_texts
from wijkverbond.kernel.retention import RETENTION, Retention
from wijkverbond.urgency.models import (
    Conversation,
    EarlierWording,
    HidingReview,
    HostHiding,
    Participant,
    Reading,
    SharedUrgency,
    Statement,
    UrgencyText,
)

classify(Conversation, free_text=["question"])
classify(Participant, plain=["token"])
classify(Statement, free_text=["text", "reason"])
classify(HostHiding, free_text=["law", "taken"])
classify(HidingReview, free_text=["reason"])
classify(Reading, plain=["input_digest", "output_digest", "result", "kept"])
classify(UrgencyText, free_text=["sentence"])
classify(SharedUrgency, plain=["insights"])
classify(EarlierWording, free_text=["reason"])

party_texts(HidingReview, by="party")
party_texts(SharedUrgency, by="proposer", agreed=~Q(state=SharedUrgency.State.PROPOSED))
party_texts(EarlierWording, by="shared_urgency__proposer")

RETENTION.declare(
    Retention(
        name="respondents",
        title=_("In which browser somebody answers a question"),
        fields=("urgency.participant.token",),
        kept=_("120 days, in that browser only. Then the number of their answers leads to nobody."),
    )
)
