"""The vision, the goals and what a party gains by them are texts of parties: they stay theirs."""

from django.db.models import Q

from wijkverbond.kernel.personal_fields import classify, party_texts
from wijkverbond.vision.models import (
    Amendment,
    Benefit,
    BenefitText,
    EarlierGoal,
    Goal,
    GoalChange,
    GoalText,
    VisionVersion,
)

classify(VisionVersion, free_text=["body", "reason"])
classify(Amendment, free_text=["change", "reason"])
classify(GoalText, free_text=["sentence", "indicator_name", "unit"], plain=["figure"])
classify(Goal, plain=["insights", "place_codes", "indicator"])
classify(EarlierGoal, free_text=["reason"])
classify(GoalChange, free_text=["reason"])
classify(BenefitText, free_text=["shared", "own"])

AGREED = (VisionVersion.State.ADOPTED, VisionVersion.State.REPLACED)
party_texts(VisionVersion, by="author", agreed=Q(state__in=AGREED))
party_texts(Amendment, by="party", fields=["change"])
party_texts(Amendment, by="version__author", fields=["reason"])
party_texts(Goal, by="owner")
party_texts(EarlierGoal, by="goal__owner")
party_texts(GoalChange, by="goal__owner")
party_texts(Benefit, by="stated_by")
