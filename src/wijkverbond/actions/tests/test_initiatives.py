"""Initiatives and their actions, and what is stuck."""

import pytest
from django.core.exceptions import ValidationError

from tests import make
from wijkverbond.actions.models import Initiative, Obstacle
from wijkverbond.actions.services import initiatives, obstacles
from wijkverbond.actions.tests import make as make_actions
from wijkverbond.kernel.policy import Refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "step"),
    [("idea", "finish"), ("started", "start"), ("finished", "start"), ("finished", "stop"),
     ("finished", "join"), ("stopped", "finish"), ("stopped", "stop"), ("stopped", "start")],
)  # fmt: skip
def test_an_initiative_never_goes_back_to_an_earlier_state(
    world: make.World, state: str, step: str
) -> None:
    initiative = make_actions.initiative(world)
    ended = None if state in ("idea", "started") else world.resident.today
    Initiative.objects.update(state=state, ended_on=ended, stop_reason="Te weinig mensen.")
    reason = {"reason": "Klaar."} if step == "stop" else {}
    with pytest.raises(ValidationError):
        getattr(initiatives, step)(initiative, actor=world.resident, **reason)


def test_the_origin_of_an_initiative_never_changes(world: make.World) -> None:
    initiative = make_actions.initiative(world, by=world.shopkeeper)
    initiatives.join(initiative, actor=world.municipality)
    initiative.refresh_from_db()
    assert initiative.origin_kind == "entrepreneurs"


def test_only_the_lead_starts_an_initiative_and_only_the_doer_completes_an_action(
    world: make.World,
) -> None:
    initiative = make_actions.initiative(world)
    action = make_actions.action(initiative, by=world.shopkeeper)
    with pytest.raises(Refused):
        initiatives.start(initiative, actor=world.municipality)
    with pytest.raises(Refused):
        initiatives.complete(action, actor=world.resident)
    assert initiatives.complete(action, actor=world.shopkeeper).done_on


def test_nobody_joins_an_initiative_that_has_ended(world: make.World) -> None:
    initiative = make_actions.initiative(world)
    initiatives.stop(initiative, actor=world.resident, reason="Geen tijd.")
    with pytest.raises(ValidationError):
        initiatives.join(initiative, actor=world.shopkeeper)
    with pytest.raises(ValidationError):
        make_actions.action(initiative, by=world.shopkeeper)


def test_an_obstacle_blocks_a_record_of_its_own_coalition(world: make.World) -> None:
    elsewhere = make.goal(make.coalition())
    with pytest.raises(ValidationError):
        obstacles.raise_obstacle(
            world.coalition,
            actor=world.resident,
            wording=Obstacle(what="Geen sleutel", sort="other", goal=elsewhere),
        )
