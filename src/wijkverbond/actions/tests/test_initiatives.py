"""Initiatives and their actions, and what is stuck."""

import pytest
from django.core.exceptions import ValidationError

from tests import make
from wijkverbond.actions.models import Initiative
from wijkverbond.actions.services import initiatives, obstacles
from wijkverbond.actions.tests import make as make_actions
from wijkverbond.kernel.policy import Refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("before", "deed"),
    [("idea", "finish"), ("started", "start"), ("finished", "start"), ("finished", "stop"),
     ("finished", "join"), ("stopped", "finish"), ("stopped", "stop"), ("stopped", "start")],
)  # fmt: skip
def test_an_initiative_goes_only_forward(world: make.World, before: str, deed: str) -> None:
    initiative = make_actions.initiative(world)
    ended = None if before in ("idea", "started") else world.resident.today
    Initiative.objects.update(state=before, ended_on=ended, stop_reason="Te weinig mensen.")
    reason = {"reason": "Klaar."} if deed == "stop" else {}
    with pytest.raises(ValidationError):
        getattr(initiatives, deed)(initiative, actor=world.resident, **reason)


def test_where_an_initiative_came_from_is_fixed(world: make.World) -> None:
    initiative = make_actions.initiative(world, by=world.shopkeeper)
    initiatives.join(initiative, actor=world.municipality)
    initiative.refresh_from_db()
    assert initiative.origin_kind == "entrepreneurs"


def test_only_the_lead_starts_and_only_the_doer_says_it_is_done(world: make.World) -> None:
    initiative = make_actions.initiative(world)
    action = make_actions.action(initiative, by=world.shopkeeper)
    with pytest.raises(Refused):
        initiatives.start(initiative, actor=world.municipality)
    with pytest.raises(Refused):
        initiatives.done(action, actor=world.resident)
    assert initiatives.done(action, actor=world.shopkeeper).done_on


def test_nobody_joins_what_has_ended(world: make.World) -> None:
    initiative = make_actions.initiative(world)
    initiatives.stop(initiative, actor=world.resident, reason="Geen tijd.")
    with pytest.raises(ValidationError):
        initiatives.join(initiative, actor=world.shopkeeper)
    with pytest.raises(ValidationError):
        make_actions.action(initiative, by=world.shopkeeper)


def test_what_is_stuck_blocks_something_of_the_same_coalition(world: make.World) -> None:
    elsewhere = make.goal(make.coalition())
    with pytest.raises(ValidationError):
        obstacles.raise_obstacle(
            world.coalition,
            actor=world.resident,
            what="Geen sleutel",
            sort="other",
            blocked=obstacles.Blocked(goal=elsewhere),
        )
