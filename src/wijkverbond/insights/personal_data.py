"""Insights are a party's. A signal and a view of a person lead to no account."""

from wijkverbond.insights.models import (
    EarlierInsight,
    Insight,
    InsightText,
    PartyRecognition,
    PersonalRecognition,
    RecognitionCount,
    Signal,
    SourceGiven,
)
from wijkverbond.kernel.personal_fields import classify

classify(
    Signal,
    free_text=["text", "moderation_reason", "outcome_reason"],
    plain=["place_code"],
)
classify(InsightText, free_text=["statement", "explanation"])
classify(Insight, free_text=["withdrawn_because"])
classify(EarlierInsight, free_text=["reason"])
classify(SourceGiven, free_text=["description", "address"], plain=["figure"])
classify(PartyRecognition, free_text=["because"])
classify(PersonalRecognition, plain=["pseudonym"])
classify(RecognitionCount, plain=["kinds", "kept"])
