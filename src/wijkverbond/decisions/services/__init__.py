"""What people do with proposals: the only place that writes their tables."""

from wijkverbond.decisions.services.rounds import (
    SAME_TEXT,
    adapt,
    answer_objection,
    close,
    enter_position,
    hold,
    note_mailed,
    propose,
    resolve_objection,
    take_position,
    withdraw,
)

__all__ = [
    "SAME_TEXT",
    "adapt",
    "answer_objection",
    "close",
    "enter_position",
    "hold",
    "note_mailed",
    "propose",
    "resolve_objection",
    "take_position",
    "withdraw",
]
