"""What parties do, report and ask is theirs; who did it for them stands in the journal."""

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
from wijkverbond.kernel.personal_fields import classify, party_texts

classify(InitiativeText, free_text=["title", "description"])
classify(Initiative, free_text=["stop_reason"], plain=["place_codes"])
classify(Action, free_text=["what", "drop_reason"])
classify(CheckIn, free_text=["remark"])
classify(Judgement, free_text=["remark"])
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
