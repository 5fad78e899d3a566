"""Who answers has no name, no address and no account; urgencies are a party's."""

from wijkverbond.kernel.personal_fields import classify
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
