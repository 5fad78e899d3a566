"""Initiatives, pledges and obstacles for tests, made through the services."""

import datetime as dt
from collections.abc import Sequence

from tests import make
from wijkverbond.actions.models import Action, CheckIn, Initiative, Obstacle
from wijkverbond.actions.services import check_ins, initiatives, obstacles
from wijkverbond.coalition.queries import party_of
from wijkverbond.commitments.models import Pledge
from wijkverbond.commitments.services import pledges
from wijkverbond.kernel.actor import Actor


def initiative(
    world: make.World, *, by: Actor | None = None, title: str = "Samen koken"
) -> Initiative:
    """An idea of the residents' group."""
    return initiatives.propose(
        world.coalition, actor=by or world.resident, wording=Initiative(title=title)
    )


def action(initiative: Initiative, *, by: Actor, days: int = 7) -> Action:
    """Something to do within a week."""
    due = by.today + dt.timedelta(days=days)
    return initiatives.plan(initiative, actor=by, what="Pannen lenen", due=due)


def pledge(
    world: make.World,
    *,
    by: Actor | None = None,
    resource: str = "hours",
    together: Sequence[Actor] = (),
) -> Pledge:
    """An offered pledge that began two months ago and is due every month."""
    owner = by or world.resident
    goal = world.coalition.goals.first() or make.goal(world.coalition)
    today = owner.today
    wording = Pledge(
        what="Elke maand een buurtmaaltijd",
        measure="De foto's hangen bij de deur",
        effect="intention",
        resource=resource,
        starts=today - dt.timedelta(days=75),
        ends=today + dt.timedelta(days=400),
        rhythm="monthly",
    )
    drafted = pledges.draft_pledge(
        world.coalition,
        actor=owner,
        wording=wording,
        goals=[goal],
        with_parties=[party_of(other) for other in together],
    )
    return pledges.offer(drafted, actor=owner)


def check_in(pledge: Pledge, *, by: Actor, verdict: str = "kept") -> CheckIn:
    """The owner says how it goes."""
    return check_ins.check_in(pledge, actor=by, verdict=verdict, remark="Er kwamen buren.")


def obstacle(world: make.World, *, by: Actor | None = None) -> Obstacle:
    """The residents' group is stuck on a key."""
    wording = Obstacle(what="Niemand heeft de sleutel.", sort="other", initiative=initiative(world))
    return obstacles.raise_obstacle(world.coalition, actor=by or world.resident, wording=wording)
