"""What is said in a decision is a party's; who said it for the party is kept beside it."""

import uuid

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wijkverbond.decisions.models import (
    Decision,
    LaterAnswer,
    LegalLimit,
    LegalLimitText,
    Objection,
    Position,
    PositionText,
    State,
)
from wijkverbond.kernel.personal_fields import (
    PERSONAL_DATA,
    PersonalData,
    PersonalRows,
    classify,
    party_texts,
)

classify(Decision, free_text=["title", "proposal"], plain=["kind", "subject", "rests_on"])
classify(PositionText, free_text=["argument"])
classify(Position, people=["person"])
classify(LaterAnswer, people=["person"])
classify(Objection, people=["person"], free_text=["argument", "answer"])
classify(LegalLimitText, free_text=["limit", "law"])

party_texts(Decision, by="proposer", agreed=Q(state=State.CARRIED))
party_texts(Position, by="party")
party_texts(LaterAnswer, by="party")
party_texts(Objection, by="party", fields=["argument"])
party_texts(Objection, by="decision__proposer", fields=["answer"])
party_texts(LegalLimit, by="party")

POSITIONS = PersonalRows(
    model=Position,
    of=lambda person: Position.objects.filter(person=person).select_related(
        "decision", "party__organisation"
    ),
    shows={"proposal": "decision.title", "partner": "party", "answer": "stance", "at": "taken_at"},
    not_emptied=("argument",),  # what a partner answered stays the partner's
)
LATER_ANSWERS = PersonalRows(
    model=LaterAnswer,
    of=lambda person: LaterAnswer.objects.filter(person=person).select_related(
        "decision", "party__organisation"
    ),
    shows={"proposal": "decision.title", "partner": "party", "answer": "stance", "at": "asked_at"},
    not_emptied=("argument",),  # as with an answer in time
)
OBJECTIONS = PersonalRows(
    model=Objection,
    of=lambda person: Objection.objects.filter(person=person).select_related(
        "decision", "party__organisation"
    ),
    shows={"proposal": "decision.title", "partner": "party", "at": "raised_at"},
    not_emptied=("argument", "answer"),  # what partners wrote to each other stays theirs
)


def _export(person: uuid.UUID) -> object:
    return {
        "answers": POSITIONS.export(person),
        "later_answers": LATER_ANSWERS.export(person),
        "objections": OBJECTIONS.export(person),
    }


PERSONAL_DATA.declare(
    PersonalData(
        name="positions",
        title=_("What you said to proposals for a partner"),
        why=_("So that one person is one voice, whomever they act for."),
        kept=_("Until you erase your account; the partner's answer stays, without your name."),
        rows=(POSITIONS, LATER_ANSWERS, OBJECTIONS),
        export=_export,
    )
)
