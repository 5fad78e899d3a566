"""Insights are a party's. A signal and a view of a person lead to no account."""

from django.utils.translation import gettext_lazy as _

from wijkverbond.insights.models import (
    EarlierInsight,
    Insight,
    InsightText,
    PartyRecognition,
    PersonalRecognition,
    RecognitionCount,
    Signal,
    Source,
    SourceGiven,
)
from wijkverbond.kernel.personal_fields import classify, party_texts
from wijkverbond.kernel.retention import RETENTION, Retention, pseudonyms

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
classify(RecognitionCount, plain=["kinds", "uncounted", "kept"])

party_texts(Signal, by="answered_by", fields=["outcome_reason"])
party_texts(Insight, by="author")
party_texts(EarlierInsight, by="insight__author")
party_texts(Source, by="insight__author")
party_texts(PartyRecognition, by="party")

RETENTION.declare(
    Retention(
        name="insights",
        title=_("In which browser somebody said whether they recognise an insight"),
        fields=("insights.personalrecognition.pseudonym",),
        kept=_("A year, as long as the cookie; then it leads to no browser."),
        forget=pseudonyms(PersonalRecognition),
    )
)
