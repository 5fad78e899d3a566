"""What people do with conversations and shared urgencies: the only place that writes."""

from wijkverbond.urgency.services.asking import (
    Sheet,
    close,
    moderate,
    open_conversation,
    publish_reading,
    take_in,
)
from wijkverbond.urgency.services.hosting import hide_as_host, review_hiding
from wijkverbond.urgency.services.responding import add_statement, answer, choose, finish, join
from wijkverbond.urgency.services.sharing import (
    bring_to_decision,
    endorse,
    propose_urgency,
    word_anew,
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
    "take_in",
    "word_anew",
]
