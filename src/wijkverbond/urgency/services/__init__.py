"""What people do with conversations and shared urgencies: the only place that writes."""

from wijkverbond.urgency.services.conversations import (
    Sheet,
    close,
    moderate,
    open_conversation,
    publish_reading,
    take_in,
)
from wijkverbond.urgency.services.host_hidings import hide_as_host, review_hiding
from wijkverbond.urgency.services.responses import add_statement, answer, choose, finish, join
from wijkverbond.urgency.services.shared_urgencies import (
    bring_to_decision,
    endorse,
    propose_urgency,
    reword,
)

__all__ = [
    "Sheet",
    "add_statement",
    "answer",
    "bring_to_decision",
    "choose",
    "close",
    "endorse",
    "finish",
    "hide_as_host",
    "join",
    "moderate",
    "open_conversation",
    "propose_urgency",
    "publish_reading",
    "review_hiding",
    "reword",
    "take_in",
]
