"""What is recorded of breakthroughs."""

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from wijkverbond.kernel.events import Event, Text, event
from wijkverbond.kernel.registry import (
    RECORD_TYPES,
    TIMELINE_CHAPTERS,
    RecordType,
    TimelineChapter,
)


@event(
    "breakthroughs.claimed",
    _("%(who)s reports a breakthrough: “%(title)s”"),
    also_read=(
        "before",
        "after",
    ),
)
class Claimed(Event):
    """Something that was stuck is now possible, says a party."""

    breakthrough: uuid.UUID
    claimant: uuid.UUID
    claimant_kind: str
    contributors: list[uuid.UUID]
    pledges: list[uuid.UUID]
    obstacles: list[uuid.UUID]
    obstacle_owners: list[uuid.UUID]
    happened_on: dt.date
    evidence: list[str]
    title: Text | None
    before: Text | None
    after: Text | None
    named: list[uuid.UUID] | None = None


@event("breakthroughs.worked_on", _("%(who)s worked on a breakthrough that another reported"))
class WorkedOn(Event):
    """A party that the reporter named says that it worked on it."""

    breakthrough: uuid.UUID
    party: uuid.UUID
    kind: str


@event("breakthroughs.confirmed", _("%(who)s confirms a breakthrough"), also_read=("remark",))
class Confirmed(Event):
    """A party that neither claimed nor contributed says that it is so."""

    breakthrough: uuid.UUID
    party: uuid.UUID
    kind: str
    remark: Text | None = None


@event("breakthroughs.disputed", _("%(who)s sees it otherwise: “%(reason)s”"))
class Disputed(Event):
    """A party disputes it, or takes back its confirmation."""

    breakthrough: uuid.UUID
    party: uuid.UUID
    kind: str
    reason: Text | None


@event(
    "breakthroughs.confirmed_by_residents",
    _("%(people)s residents whom it touches confirm a breakthrough"),
)
class ConfirmedByResidents(Event):
    """At least five affected residents confirm it; `people` is the total so far."""

    breakthrough: uuid.UUID
    people: int


@event("breakthroughs.established", _("A breakthrough is confirmed"))
class Established(Event):
    """Enough others confirmed it."""

    breakthrough: uuid.UUID
    kinds: list[str]
    people: int
    contributors: list[uuid.UUID]
    resolved_anothers_obstacle: str
    happened_on: dt.date


@event("breakthroughs.withdrawn", _("%(who)s takes back a breakthrough: “%(reason)s”"))
class Withdrawn(Event):
    """The claimant takes it back."""

    breakthrough: uuid.UUID
    claimant: uuid.UUID
    reason: Text | None


TIMELINE_CHAPTERS.declare(
    TimelineChapter(
        name="breakthroughs",
        title=_("Breakthroughs"),
        order=80,
    )
)
RECORD_TYPES.declare(
    RecordType(
        name="breakthrough",
        title=_("Breakthrough"),
        order=180,
        events=(Claimed,),
        text="title",
        address="breakthroughs:page",
        fact="breakthrough",
    )
)
