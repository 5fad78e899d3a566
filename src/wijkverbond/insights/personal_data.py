"""Insights are a party's. A signal and a view of a person lead to no account."""

from wijkverbond.insights.models import (
    EarlierInsight,
    Insight,
    PartyRecognition,
    PersonalRecognition,
    RecognitionCount,
    Signal,
    Source,
)
from wijkverbond.kernel.personal_fields import classify

classify(
    Signal,
    free_text=["text", "moderation_reason", "outcome_reason"],
    plain=["place_code"],
)
classify(Insight, free_text=["statement", "explanation", "withdrawn_because"])
classify(EarlierInsight, free_text=["statement", "explanation", "reason"])
classify(Source, free_text=["description", "address"], plain=["figure"])
classify(PartyRecognition, free_text=["because"])
classify(PersonalRecognition, plain=["pseudonym"])
classify(RecognitionCount, plain=["kinds", "kept"])
