"""Conversations with the neighbourhood, the answers people give, and shared urgencies."""

from wijkverbond.urgency.models.conversations import (
    Conversation,
    Participant,
    Statement,
    voter_number,
)
from wijkverbond.urgency.models.editions import CountedStatement, Edition
from wijkverbond.urgency.models.host_hidings import HidingReview, HostHiding
from wijkverbond.urgency.models.readings import Reading, StatementWord
from wijkverbond.urgency.models.responses import MOST_PRIORITIES, Answer, AnswerGiven, Priority
from wijkverbond.urgency.models.set_apart import ApartVoice, ReadingWithout, SetApart
from wijkverbond.urgency.models.shared_urgencies import (
    EarlierWording,
    Endorsement,
    SharedUrgency,
    SharedUrgencyQuerySet,
    UrgencyText,
)

__all__ = [
    "MOST_PRIORITIES",
    "Answer",
    "AnswerGiven",
    "ApartVoice",
    "Conversation",
    "CountedStatement",
    "EarlierWording",
    "Edition",
    "Endorsement",
    "HidingReview",
    "HostHiding",
    "Participant",
    "Priority",
    "Reading",
    "ReadingWithout",
    "SetApart",
    "SharedUrgency",
    "SharedUrgencyQuerySet",
    "Statement",
    "StatementWord",
    "UrgencyText",
    "voter_number",
]
