"""What people do with conversations and shared urgencies: the only place that writes."""

from wijkverbond.urgency.services.conversations import (
    Sheet,
    close,
    expect_in_the_hall,
    moderate,
    open_conversation,
    take_in,
)
from wijkverbond.urgency.services.counting import publish_closing, publish_reading
from wijkverbond.urgency.services.editions import note_erasure, renew_edition
from wijkverbond.urgency.services.host_hidings import hide_as_host, keep_review_time, review_hiding
from wijkverbond.urgency.services.responses import (
    add_statement,
    answer,
    choose,
    erase_answers,
    finish,
    join,
)
from wijkverbond.urgency.services.set_apart import agree_apart, propose_apart, take_back_apart
from wijkverbond.urgency.services.shared_urgencies import (
    bring_to_decision,
    endorse,
    propose_urgency,
    reword,
)

__all__ = [
    "Sheet",
    "add_statement",
    "agree_apart",
    "answer",
    "bring_to_decision",
    "choose",
    "close",
    "endorse",
    "erase_answers",
    "expect_in_the_hall",
    "finish",
    "hide_as_host",
    "join",
    "keep_review_time",
    "moderate",
    "note_erasure",
    "open_conversation",
    "propose_apart",
    "propose_urgency",
    "publish_closing",
    "publish_reading",
    "renew_edition",
    "review_hiding",
    "reword",
    "take_back_apart",
    "take_in",
]
