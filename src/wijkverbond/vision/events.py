"""What is recorded of the vision, its goals and the benefits."""

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


@event(
    "vision.version_proposed",
    _("%(who)s puts forward version %(number)s of the vision"),
    also_read=(
        "body",
        "reason",
    ),
)
class VersionProposed(Event):
    """A version of the vision is brought before the coalition."""

    vision: uuid.UUID
    vision_version: uuid.UUID
    number: int
    previous: uuid.UUID | None
    horizon: dt.date
    body: Text | None
    reason: Text | None = None


@event("vision.amendment_proposed", _("%(who)s proposes a change to the vision: “%(change)s”"))
class AmendmentProposed(Event):
    """A party proposes a change to a version."""

    amendment: uuid.UUID
    vision_version: uuid.UUID
    party: uuid.UUID
    kind: str
    change: Text | None
    answer_by: dt.date


@event("vision.amendment_settled", _("%(who)s answers a proposed change: “%(reason)s”"))
class AmendmentSettled(Event):
    """The author says what came of a proposed change, and why."""

    amendment: uuid.UUID
    vision_version: uuid.UUID
    outcome: str
    reason: Text | None


@event("vision.version_adopted", _("Version %(number)s of the vision is adopted"))
class VersionAdopted(Event):
    """The coalition adopts a version by consent."""

    vision: uuid.UUID
    vision_version: uuid.UUID
    number: int


@event("vision.goal_set", _("%(who)s sets a goal: “%(sentence)s”"))
class GoalSet(Event):
    """A goal stands, with its indicator, baseline, target and date where they are known."""

    goal: uuid.UUID
    revision: int
    owner: uuid.UUID
    owner_kind: str
    indicator: uuid.UUID | None
    indicator_sort: str | None
    direction: str | None
    unit: str | None
    baseline: Decimal | None
    baseline_on: dt.date | None
    target: Decimal | None
    due: dt.date | None
    places: list[str]
    sentence: Text | None


@event(
    "vision.goal_changed",
    _("A goal is changed: “%(sentence)s”"),
    not_own=("sentence", "reason"),
    also_read=("reason",),
)
class GoalChanged(GoalSet):
    """A goal is changed by decision; the original stays readable."""

    reason: Text | None


@event("vision.goal_dropped", _("A goal is dropped: “%(reason)s”"), not_own=("reason",))
class GoalDropped(Event):
    """A goal is dropped by decision."""

    goal: uuid.UUID
    revision: int
    reason: Text | None


@event(
    "vision.benefit_stated",
    _("%(who)s writes what a partner gains: “%(own)s”"),
    also_read=("shared",),
)
class BenefitStated(Event):
    """What a party gains by a goal; stated by another it is only a proposal."""

    benefit: uuid.UUID
    party: uuid.UUID
    kind: str
    goal: uuid.UUID
    goal_revision: int
    sorts: list[str]
    stated_by: str
    shared: Text | None
    own: Text | None


@event("vision.benefit_confirmed", _("%(who)s confirms what it gains by a goal"))
class BenefitConfirmed(Event):
    """The party itself confirms its benefit, for this revision of the goal."""

    benefit: uuid.UUID
    party: uuid.UUID
    kind: str
    goal: uuid.UUID
    goal_revision: int


@event("vision.benefit_reopened", _("A goal changed: the benefit asks for a new confirmation"))
class BenefitReopened(Event):
    """A changed goal reopens a confirmed benefit."""

    benefit: uuid.UUID
    party: uuid.UUID
    kind: str
    goal: uuid.UUID
    goal_revision: int


@event("vision.benefit_withdrawn", _("%(who)s takes back what it wrote about its benefit"))
class BenefitWithdrawn(Event):
    """A party takes back its benefit."""

    benefit: uuid.UUID
    party: uuid.UUID
    kind: str
    goal: uuid.UUID
    reason: Text | None = None


TIMELINE_CHAPTERS.declare(
    TimelineChapter(
        name="vision",
        title=_("Vision and goals"),
        order=40,
    )
)
RECORD_TYPES.declare(
    RecordType(
        name="vision_version",
        title=_("Vision"),
        order=80,
        events=(VersionProposed,),
        address="vision:version",
        fact="vision_version",
    )
)
RECORD_TYPES.declare(
    RecordType(
        name="goal",
        title=_("Goal"),
        order=90,
        events=(
            GoalSet,
            GoalChanged,
        ),
        text="sentence",
        address="vision:goal",
        fact="goal",
    )
)
RECORD_TYPES.declare(
    RecordType(
        name="benefit",
        title=_("Benefit"),
        order=100,
        events=(BenefitStated,),
        text="own",
        address="vision:goal",
        fact="goal",
    )
)
