"""What is recorded of signals, insights and recognition (docs/contributors/events.md)."""

import datetime as dt
import uuid
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from wijkverbond.kernel.events import Event, Text, event
from wijkverbond.kernel.registry import (
    RECORD_TYPES,
    TIMELINE_CHAPTERS,
    RecordType,
    TimelineChapter,
)


@event("insights.signal_received", _("A signal came in"), public=False)
class SignalReceived(Event):
    """Somebody says what they see; not public before it was read."""

    signal: uuid.UUID
    category: str
    place: str | None
    channel: str
    answer_by: dt.date


@event("insights.signal_moderated", _("%(who)s read a signal: “%(body)s”"), not_own=("body",))
class SignalModerated(Event):
    """A signal is published or refused; the text of a refused one is not told."""

    signal: uuid.UUID
    category: str
    place: str | None
    outcome: str
    why: str | None
    reason: Text | None
    body: Text | None


@event("insights.signal_answered", _("%(who)s said what came of a signal: “%(reason)s”"))
class SignalAnswered(Event):
    """What came of a signal, and why."""

    signal: uuid.UUID
    outcome: str
    answered_on: dt.date
    reason: Text


@event("insights.insight_published", _("%(who)s shared an insight: “%(statement)s”"))
class InsightPublished(Event):
    """A statement about the neighbourhood with its sources."""

    insight: uuid.UUID
    revision: int
    sources: int
    source_sorts: list[str]
    statement: Text


@event(
    "insights.insight_revised",
    _("%(who)s revised an insight: “%(statement)s”"),
    also_read=("reason",),
)
class InsightRevised(Event):
    """The insight as it is from now on, and why it changed."""

    insight: uuid.UUID
    revision: int
    sources: int
    source_sorts: list[str]
    statement: Text
    reason: Text


@event("insights.insight_withdrawn", _("%(who)s took back an insight: “%(reason)s”"))
class InsightWithdrawn(Event):
    """The insight no longer holds."""

    insight: uuid.UUID
    revision: int
    reason: Text


@event(
    "insights.insight_recognised",
    _("%(who)s said whether it recognises an insight"),
    also_read=("because",),
)
class InsightRecognised(Event):
    """A party recognises an insight or sees it otherwise; its last view counts."""

    insight: uuid.UUID
    revision: int
    party: uuid.UUID
    kind: str
    view: str
    because: Text | None


@event("insights.recognition_counted", _("It was counted who recognises an insight"))
class RecognitionCounted(Event):
    """How many people of each kind recognise an insight, only kinds at or above the floor.

    Of a kind with too few people for counts `lower` is rounded down to tens, and when it recognises
    the insight `recognise_at_least` says by how many of its people at the least.
    """

    insight: uuid.UUID
    revision: int
    recognise: dict[str, int]
    differ: dict[str, int]
    lower: dict[str, Decimal]
    recognise_at_least: dict[str, int] | None = None


TIMELINE_CHAPTERS.declare(
    TimelineChapter(
        name="insights",
        title=_("Insights"),
        order=20,
        silent=(RecognitionCounted,),
        without_page=(SignalAnswered,),
    )
)
RECORD_TYPES.declare(
    RecordType(
        name="signal",
        title=_("Signal"),
        order=10,
        events=(SignalModerated,),
        text="body",
        address="insights:signals",
    )
)
RECORD_TYPES.declare(
    RecordType(
        name="insight",
        title=_("Insight"),
        order=20,
        events=(
            InsightPublished,
            InsightRevised,
        ),
        text="statement",
        address="insights:insight",
        fact="insight",
    )
)
