"""What is recorded of initiatives, actions, check-ins, obstacles and requests."""

import datetime as dt
import uuid
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wijkverbond.kernel.events import Event, Text, event
from wijkverbond.kernel.registry import (
    RECORD_TYPES,
    TIMELINE_CHAPTERS,
    RecordType,
    TimelineChapter,
)


@event("actions.initiative_proposed", _("%(who)s has an idea: “%(title)s”"))
class InitiativeProposed(Event):
    """An idea for something to do; where it came from is fixed here."""

    initiative: uuid.UUID
    lead: uuid.UUID
    origin_kind: str
    goals: list[uuid.UUID]
    places: list[str]
    title: Text | None


@event("actions.initiative_started", _("%(who)s starts an initiative"))
class InitiativeStarted(Event):
    """The parties begin."""

    initiative: uuid.UUID
    lead: uuid.UUID
    lead_kind: str
    origin_kind: str
    parties: list[uuid.UUID]
    goals: list[uuid.UUID]
    places: list[str]
    started_on: dt.date


@event("actions.initiative_joined", _("%(who)s joins an initiative"))
class InitiativeJoined(Event):
    """A party joins an initiative."""

    initiative: uuid.UUID
    party: uuid.UUID
    kind: str


@event("actions.initiative_finished", _("%(who)s finishes an initiative"))
class InitiativeFinished(Event):
    """An initiative is done."""

    initiative: uuid.UUID
    lead: uuid.UUID
    lead_kind: str
    finished_on: dt.date


@event("actions.initiative_stopped", _("%(who)s stops an initiative: “%(reason)s”"))
class InitiativeStopped(Event):
    """An initiative stops, with a reason."""

    initiative: uuid.UUID
    lead: uuid.UUID
    lead_kind: str
    stopped_on: dt.date
    reason: Text | None


@event("actions.action_planned", _("%(who)s will do this by %(due)s: “%(what)s”"))
class ActionPlanned(Event):
    """Who does what by when."""

    action: uuid.UUID
    initiative: uuid.UUID
    party: uuid.UUID
    kind: str
    due: dt.date
    what: Text | None


@event("actions.action_done", _("%(who)s did what it would do"))
class ActionDone(Event):
    """An action is done; `people` is how many were active in it."""

    action: uuid.UUID
    initiative: uuid.UUID
    party: uuid.UUID
    kind: str
    due: dt.date
    done_on: dt.date
    people: int | None = None


@event("actions.action_dropped", _("%(who)s drops an action: “%(reason)s”"))
class ActionDropped(Event):
    """An action is dropped, with a reason."""

    action: uuid.UUID
    initiative: uuid.UUID
    party: uuid.UUID
    kind: str
    reason: Text | None


@event("actions.check_in_reported", _("%(who)s says how its promise goes"), also_read=("remark",))
class CheckInReported(Event):
    """The owner says how a pledge goes; until another judges it, it is reported, not kept."""

    check_in: uuid.UUID
    pledge: uuid.UUID
    party: uuid.UUID
    kind: str
    due: dt.date | None
    verdict: str
    delivered: Decimal | None = None
    people: int | None = None
    remark: Text | None = None


@event(
    "actions.shortfall_announced",
    _("%(who)s asks another partner how its promise goes"),
    public=False,
)
class ShortfallAnnounced(Event):
    """Another party sees that a pledge was not done; until `answer_by` only its owner knows."""

    check_in: uuid.UUID
    pledge: uuid.UUID
    party: uuid.UUID
    kind: str
    due: dt.date
    judge: uuid.UUID
    answer_by: dt.date


@event(
    "actions.check_in_judged",
    _("%(who)s says whether another partner's promise was done"),
    also_read=("remark",),
)
class CheckInJudged(Event):
    """Another party than the owner says whether it was kept."""

    check_in: uuid.UUID
    pledge: uuid.UUID
    party: uuid.UUID
    kind: str
    due: dt.date | None
    judge: uuid.UUID
    judge_kind: str
    verdict: str
    remark: Text | None = None


@event("actions.obstacle_raised", _("%(who)s says what is stuck: “%(what)s”"))
class ObstacleRaised(Event):
    """Something blocks an initiative, a pledge or a goal."""

    obstacle: uuid.UUID
    party: uuid.UUID
    kind: str
    sort: str
    what: Text | None


@event("actions.obstacle_resolved", _("What %(who)s was stuck on has come loose: “%(how)s”"))
class ObstacleResolved(Event):
    """The party that raised it says that it is resolved, by whom and how."""

    obstacle: uuid.UUID
    party: uuid.UUID
    kind: str
    resolved_by: list[uuid.UUID]
    resolved_on: dt.date
    how: Text | None


@event(
    "actions.request_asked",
    _("%(who)s asks government for something: “%(title)s”"),
    also_read=("body",),
)
class RequestAsked(Event):
    """A request to a government party, with the last day of its term."""

    request: uuid.UUID
    party: uuid.UUID
    kind: str
    addressee: uuid.UUID
    asks: str
    asked_on: dt.date
    term_days: int
    due: dt.date
    level: str
    obstacle: uuid.UUID | None
    title: Text | None
    body: Text | None


@event("actions.request_acknowledged", _("%(who)s has received a request"))
class RequestAcknowledged(Event):
    """The addressee says that it has seen the request."""

    request: uuid.UUID
    addressee: uuid.UUID
    acknowledged_on: dt.date


@event("actions.request_extended", _("%(who)s needs until %(due)s: “%(reason)s”"))
class RequestExtended(Event):
    """The addressee takes more time, once, with a reason."""

    request: uuid.UUID
    addressee: uuid.UUID
    due: dt.date
    was_due: dt.date
    extra_days: int
    reason: Text | None


@event("actions.request_answered", _("%(who)s answers a request: “%(answer)s”"))
class RequestAnswered(Event):
    """The addressee answers, with a reason and the role that government takes."""

    request: uuid.UUID
    addressee: uuid.UUID
    verdict: str
    answered_on: dt.date
    due: dt.date
    in_term: str
    role_of_government: str
    answer: Text | None


@event("actions.request_accepted", _("%(who)s says that its request is resolved"))
class RequestAccepted(Event):
    """The asker says that the answer resolves it, and whether it helped."""

    request: uuid.UUID
    party: uuid.UUID
    kind: str
    helpful: str


@event("actions.request_reopened", _("%(who)s asks again: “%(reason)s”"))
class RequestReopened(Event):
    """The asker is not helped by the answer and asks again; a new term runs."""

    request: uuid.UUID
    party: uuid.UUID
    kind: str
    due: dt.date
    reason: Text | None


@event("actions.request_escalated", _("%(who)s takes its request one level up: “%(reason)s”"))
class RequestEscalated(Event):
    """A late or unhelpful answer goes one level up."""

    request: uuid.UUID
    party: uuid.UUID
    addressee: uuid.UUID
    level: str
    escalated_on: dt.date
    due: dt.date
    reason: Text | None


@event("actions.request_withdrawn", _("%(who)s withdraws a request"))
class RequestWithdrawn(Event):
    """The asker no longer needs an answer."""

    request: uuid.UUID
    party: uuid.UUID
    kind: str
    reason: Text | None = None


TIMELINE_CHAPTERS.declare(
    TimelineChapter(
        name="actions",
        title=_("Doing, and requests"),
        order=70,
    )
)
RECORD_TYPES.declare(
    RecordType(
        name="initiative",
        title=_("Initiative"),
        order=130,
        events=(
            InitiativeProposed,
            InitiativeStarted,
        ),
        text="title",
        address="actions:initiative",
        fact="initiative",
    )
)
RECORD_TYPES.declare(
    RecordType(
        name="action",
        title=pgettext_lazy("record", "Action"),
        order=140,
        events=(ActionPlanned,),
        text="what",
        address="actions:initiative",
        fact="initiative",
    )
)
RECORD_TYPES.declare(
    RecordType(
        name="check_in",
        title=_("How a promise goes"),
        order=150,
        events=(CheckInReported,),
        text="remark",
        address="actions:check_ins",
        fact="pledge",
        shown=False,
    )
)
RECORD_TYPES.declare(
    RecordType(
        name="obstacle",
        title=_("What is stuck"),
        order=160,
        events=(ObstacleRaised,),
        text="what",
        address="actions:obstacle",
        fact="obstacle",
    )
)
RECORD_TYPES.declare(
    RecordType(
        name="request",
        title=_("Request to government"),
        order=170,
        events=(RequestAsked,),
        text="title",
        address="actions:request",
        fact="request",
    )
)
