"""What is recorded of decisions."""

import datetime as dt
import uuid
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import Kind
from wijkverbond.decisions.models import State
from wijkverbond.kernel.events import Event, Text, event
from wijkverbond.kernel.registry import (
    RECORD_TYPES,
    TIMELINE_CHAPTERS,
    RecordType,
    TimelineChapter,
)


@event("decisions.proposed", _("%(who)s puts forward a proposal: “%(proposal)s”"))
class Proposed(Event):
    """A proposal is brought before the coalition."""

    decision: uuid.UUID
    about: str
    method: str
    revision: int
    closes: dt.datetime
    proposal: Text | None


@event(
    "decisions.position_taken", _("An answer to a proposal, for %(party)s"), also_read=("argument",)
)
class PositionTaken(Event):
    """A party says what it thinks of the present revision."""

    decision: uuid.UUID
    revision: int
    party: uuid.UUID
    kind: str
    position: str
    channel: str
    objection: uuid.UUID | None = None
    argument: Text | None = None


@event("decisions.corrected", _("%(who)s corrects an answer that was entered for it"))
class Corrected(Event):
    """A party corrects a position that somebody entered from paper or by telephone."""

    decision: uuid.UUID
    party: uuid.UUID
    kind: str
    position: str
    was: str


@event("decisions.objection_answered", _("%(who)s answers an objection: “%(answer)s”"))
class ObjectionAnswered(Event):
    """The proposer answers an objection."""

    decision: uuid.UUID
    objection: uuid.UUID
    party: uuid.UUID
    kind: str
    answer: Text | None


@event("decisions.objection_resolved", _("%(who)s says that its objection is resolved"))
class ObjectionResolved(Event):
    """The party that objected says that its objection is resolved."""

    decision: uuid.UUID
    objection: uuid.UUID
    party: uuid.UUID
    kind: str
    how: str


@event("decisions.adapted", _("%(who)s adapts its proposal: “%(proposal)s”"))
class Adapted(Event):
    """The proposer adapts the proposal; who had answered is asked again."""

    decision: uuid.UUID
    revision: int
    asked_again: list[uuid.UUID]
    closes: dt.datetime
    proposal: Text | None


@event(
    "decisions.extended",
    _("A proposal gets two more weeks. These did not answer yet: %(silent_kinds)s"),
)
class Extended(Event):
    """The day of the round came, and of a kind at the table nobody took a side: it is reminded."""

    decision: uuid.UUID
    revision: int
    silent_kinds: Annotated[list[str], Kind]
    closes: dt.datetime


@event("decisions.closed", _("A proposal is closed: %(outcome)s (without: %(without)s)"))
class Closed(Event):
    """The round ends; the electorate and the counts per kind are frozen here."""

    decision: uuid.UUID
    about: str
    method: str
    revision: int
    rounds: int
    outcome: Annotated[str, State]
    asked: dict[str, int]
    answered: dict[str, int]
    consented: dict[str, int]
    stood_aside: dict[str, int]
    open_objections: dict[str, int]
    silent: list[uuid.UUID]
    fallback: str
    without: Annotated[list[str], Kind] | None = None
    review_on: dt.date | None = None


@event(
    "decisions.asked_afterwards", _("%(party)s is asked about what was carried without its kind")
)
class AskedAfterwards(Event):
    """A party of a kind without which something was carried came, and is asked within thirty days."""

    decision: uuid.UUID
    party: uuid.UUID
    kind: str
    answer_by: dt.date


@event("decisions.answered_afterwards", _("%(who)s answers afterwards to what was carried"))
class AnsweredAfterwards(Event):
    """What a party says that came after the closing; the outcome stays as it was."""

    decision: uuid.UUID
    party: uuid.UUID
    kind: str
    position: str
    objection: uuid.UUID | None = None
    argument: Text | None = None


@event("decisions.legal_limit_put_forward", _("%(who)s names a legal limit: “%(limit)s” (%(law)s)"))
class LegalLimitPutForward(Event):
    """Government says within which limit of the law a proposal must stay. It blocks nothing."""

    decision: uuid.UUID
    party: uuid.UUID
    law: Text | None
    limit: Text | None


TIMELINE_CHAPTERS.declare(
    TimelineChapter(
        name="decisions",
        title=_("Decisions"),
        order=50,
    )
)
RECORD_TYPES.declare(
    RecordType(
        name="decision",
        title=_("Decision"),
        order=70,
        events=(Proposed,),
        text="proposal",
        address="decisions:page",
        fact="decision",
    )
)
