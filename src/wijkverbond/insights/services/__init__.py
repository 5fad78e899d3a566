"""What people do with signals and insights: the only place that writes."""

from wijkverbond.insights.services.insights import (
    publish_insight,
    revise_insight,
    withdraw_insight,
)
from wijkverbond.insights.services.recognition import (
    count_recognition,
    recognise,
    recognise_as_person,
)
from wijkverbond.insights.services.signals import (
    answer_signal,
    give_signal,
    moderate_signal,
)

__all__ = [
    "answer_signal",
    "count_recognition",
    "give_signal",
    "moderate_signal",
    "publish_insight",
    "recognise",
    "recognise_as_person",
    "revise_insight",
    "withdraw_insight",
]
