"""Insights are a party's. A signal and a view of a person for themselves lead to no account."""

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
from wijkverbond.kernel.personal_fields import (
    PERSONAL_DATA,
    PersonalData,
    PersonalRows,
    classify,
    party_texts,
)
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
classify(PartyRecognition, people=["person"], free_text=["because"])
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

RECOGNITIONS = PersonalRows(
    model=PartyRecognition,
    of=lambda person: PartyRecognition.objects.filter(person=person).select_related(
        "insight", "party__organisation"
    ),
    shows={"insight": "insight.statement", "partner": "party", "view": "view", "at": "at"},
    not_emptied=("because",),  # what a partner said stays the partner's
)

PERSONAL_DATA.declare(
    PersonalData(
        name="recognitions",
        title=_("Whether you recognised insights for a partner"),
        why=_("So that one person is one voice, whomever they act for."),
        kept=_("Until you erase your account; the partner's answer stays, without your name."),
        rows=(RECOGNITIONS,),
        export=RECOGNITIONS.export,
    )
)
