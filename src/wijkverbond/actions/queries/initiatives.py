"""Initiatives as their pages tell them: what runs, what is an idea, what ended and why."""

import dataclasses
import datetime as dt
import uuid

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from wijkverbond.actions.models import Action, Initiative, Obstacle
from wijkverbond.coalition.models import Coalition
from wijkverbond.kernel.journal_queries import public_entries
from wijkverbond.kernel.models import Entry

State = Initiative.State


@dataclasses.dataclass(frozen=True)
class PlannedAction:
    """An action, and whether its day has passed; volunteers are never named as late."""

    action: Action
    late: bool

    @property
    def to_do(self) -> bool:
        """Whether it is neither done nor dropped."""
        return not self.action.settled


@dataclasses.dataclass(frozen=True)
class InitiativesByState:
    """Every initiative of a coalition by how it stands."""

    running: list[Initiative]
    ideas: list[Initiative]
    ended: list[Initiative]


def initiatives_by_state(coalition: Coalition) -> InitiativesByState:
    """All initiatives: how many take part, how many actions are open, and the next day."""
    to_do = Q(actions__in=Action.objects.unsettled())
    initiatives = list(
        coalition.initiatives.select_related("lead__organisation").annotate(
            partners=Count("parties", distinct=True),
            to_do=Count("actions", filter=to_do, distinct=True),
            next_due=Min("actions__due", filter=to_do),
        )
    )
    ended = [initiative for initiative in initiatives if initiative.ended_on]
    return InitiativesByState(
        running=[initiative for initiative in initiatives if initiative.is_running],
        ideas=[initiative for initiative in initiatives if initiative.state == State.IDEA],
        ended=sorted(
            ended, key=lambda initiative: initiative.ended_on or dt.date.min, reverse=True
        ),
    )


def actions(initiative: Initiative, now: dt.datetime) -> list[PlannedAction]:
    """Who does what by when in an initiative."""
    today = timezone.localdate(now)
    planned = initiative.actions.select_related("party__organisation")
    return [PlannedAction(action, _late(action, today)) for action in planned]


def own_actions(coalition: Coalition, party: uuid.UUID | None) -> QuerySet[Action]:
    """What a party still has to do, the first day first."""
    to_do = Action.objects.to_do().filter(initiative__coalition=coalition, party=party)
    return to_do.select_related("initiative")


def obstacles(coalition: Coalition) -> QuerySet[Obstacle]:
    """What is stuck, and what came loose; with how many requests it became."""
    return coalition.obstacles.select_related("party__organisation").annotate(
        asked=Count("requests", filter=~Q(requests__state="withdrawn"))
    )


def entries_about(subject: Initiative | Obstacle) -> list[Entry]:
    """What happened with an initiative or an obstacle, oldest first."""
    name = "initiative" if isinstance(subject, Initiative) else "obstacle"
    entries = public_entries(subject.coalition_id).filter(
        event__startswith="actions.", **{f"facts__{name}": str(subject.id)}
    )
    return list(entries.reverse())


def _late(action: Action, today: dt.date) -> bool:
    return not action.settled and action.due < today and action.party.organisation.paid
