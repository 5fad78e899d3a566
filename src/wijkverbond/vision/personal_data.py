"""The vision, the goals and what a party gains by them are texts of parties: they stay theirs."""

from wijkverbond.kernel.personal_fields import classify
from wijkverbond.vision.models import (
    Amendment,
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
