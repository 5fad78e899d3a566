"""What parties do, report and ask is theirs; who judged for them is kept beside it."""

from django.utils.translation import gettext_lazy as _

from wijkverbond.actions.models import (
    Action,
    CheckIn,
    FacilitationRequest,
    Initiative,
    InitiativeText,
    Judgement,
    Obstacle,
    ObstacleText,
    RequestText,
    Shortfall,
)
from wijkverbond.kernel.personal_fields import (
    PERSONAL_DATA,
    PersonalData,
    PersonalRows,
    classify,
    party_texts,
)

classify(InitiativeText, free_text=["title", "description"])
classify(Initiative, free_text=["stop_reason"], plain=["place_codes"])
classify(Action, free_text=["what", "drop_reason"])
classify(CheckIn, free_text=["remark"])
classify(Judgement, people=["person"], free_text=["remark"])
classify(Shortfall, free_text=["remark"])
classify(ObstacleText, free_text=["what"])
classify(Obstacle, free_text=["how"])
classify(RequestText, free_text=["title", "body"])
classify(FacilitationRequest, free_text=["answer_text"])

party_texts(Initiative, by="lead")
party_texts(Action, by="party")
party_texts(CheckIn, by="pledge__party")
party_texts(Judgement, by="judge")
party_texts(Shortfall, by="judge")
party_texts(Obstacle, by="party")
party_texts(FacilitationRequest, by="asker", fields=["title", "body"])
party_texts(FacilitationRequest, by="addressee", fields=["answer_text"])

JUDGEMENTS = PersonalRows(
    model=Judgement,
    of=lambda person: Judgement.objects.filter(person=person).select_related(
        "check_in__pledge", "judge__organisation"
    ),
    shows={
        "promise": "check_in.pledge.what",
        "partner": "judge",
        "answer": "verdict",
        "at": "at",
    },
    not_emptied=("remark",),  # what a partner said stays the partner's
)

PERSONAL_DATA.declare(
    PersonalData(
        name="judgements",
        title=_("What you said of promises for a partner"),
        why=_("So that one person is one voice, whomever they act for."),
        kept=_("Until you erase your account; the partner's answer stays, without your name."),
        rows=(JUDGEMENTS,),
        export=JUDGEMENTS.export,
    )
)
