"""Who answers has no name, no address and no account; urgencies are a party's.

Who spoke for a party, and who hid a sentence as host, is kept beside it.
"""

import uuid

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wijkverbond.kernel.personal_fields import (
    PERSONAL_DATA,
    PersonalData,
    PersonalRows,
    classify,
    party_texts,
)
from wijkverbond.kernel.retention import RETENTION, Retention
from wijkverbond.urgency.models import (
    ApartVoice,
    Conversation,
    EarlierWording,
    Edition,
    Endorsement,
    HidingReview,
    HostHiding,
    Participant,
    Reading,
    ReadingWithout,
    SetApart,
    SharedUrgency,
    Statement,
    UrgencyText,
)

classify(Conversation, free_text=["question"])
classify(Participant, plain=["token", "erasure_digest"])
classify(Statement, free_text=["text", "reason"])
# `taken` is what the journal held, put aside: of whoever wrote the sentence, not of who hid it.
classify(HostHiding, people=["person"], free_text=["law"], plain=["taken"])
classify(HidingReview, people=["person"], free_text=["reason"])
classify(Endorsement, people=["person"])
classify(SetApart, plain=["key"])
classify(ApartVoice, people=["person"], free_text=["reason"])
classify(ReadingWithout, plain=["output_digest", "result", "kept"])
classify(Reading, plain=["input_digest", "output_digest", "result", "kept", "clusters"])
classify(Edition, plain=["digest", "earlier", "statements", "packed_votes"])
classify(UrgencyText, free_text=["sentence"])
classify(SharedUrgency, plain=["insights"])
classify(EarlierWording, free_text=["reason"])

party_texts(HidingReview, by="party")
party_texts(ApartVoice, by="party")
party_texts(SharedUrgency, by="proposer", agreed=~Q(state=SharedUrgency.State.PROPOSED))
party_texts(EarlierWording, by="shared_urgency__proposer")

RETENTION.declare(
    Retention(
        name="erasure_codes",
        title=_("With which code somebody erases their answers, as a digest with a key"),
        fields=("urgency.participant.erasure_digest",),
        kept=_("As long as the answers, so that they can be erased."),
    )
)
RETENTION.declare(
    Retention(
        name="respondents",
        title=_("In which browser somebody answers a question"),
        fields=("urgency.participant.token",),
        kept=_("120 days, in that browser only. Then the number of their answers leads to nobody."),
    )
)

ENDORSEMENTS = PersonalRows(
    model=Endorsement,
    of=lambda person: Endorsement.objects.filter(person=person).select_related(
        "shared_urgency", "party__organisation"
    ),
    shows={"urgency": "shared_urgency.sentence", "partner": "party", "at": "at"},
)
REVIEWS = PersonalRows(
    model=HidingReview,
    of=lambda person: HidingReview.objects.filter(person=person).select_related(
        "hiding", "party__organisation"
    ),
    shows={"ground": "hiding.law", "partner": "party", "upholds": "upholds", "at": "at"},
    not_emptied=("reason",),  # what a partner said stays the partner's
)
APART = PersonalRows(
    model=ApartVoice,
    of=lambda person: ApartVoice.objects.filter(person=person).select_related(
        "set_apart__conversation", "party__organisation"
    ),
    shows={
        "question": "set_apart.conversation.question",
        "partner": "party",
        "says": "says",
        "at": "at",
    },
    not_emptied=("reason",),  # what a partner said stays the partner's
)
HIDINGS = PersonalRows(
    model=HostHiding,
    of=lambda person: HostHiding.objects.filter(person=person),
    shows={"at": "hidden_at"},
    not_emptied=("law",),  # on what ground it was hidden stays to be read
)


def _export(person: uuid.UUID) -> object:
    return {
        "urgencies": ENDORSEMENTS.export(person),
        "reviews": REVIEWS.export(person),
        "set_apart": APART.export(person),
        "hidden": HIDINGS.export(person),
    }


PERSONAL_DATA.declare(
    PersonalData(
        name="urgencies",
        title=_("Urgencies that you shared for a partner, and what you reviewed or hid"),
        why=_("So that one person is one voice, whomever they act for."),
        kept=_("Until you erase your account; the partner's answer stays, without your name."),
        rows=(ENDORSEMENTS, REVIEWS, APART, HIDINGS),
        export=_export,
    )
)
