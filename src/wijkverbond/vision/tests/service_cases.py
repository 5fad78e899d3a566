"""Each service of vision: the action that it asks for, and who owns the record."""

from typing import Any

from tests import make
from tests.service_cases import (
    Act,
    ServiceCase,
    World,
    act_on,
    owned_by_anyone,
    owned_by_residents,
    residents_party,
)
from wijkverbond.coalition.models import Party
from wijkverbond.vision import services as visions


def proposed_change(world: World) -> Any:
    """A proposed change of a goal of the residents' group."""
    goal = make.goal(world.coalition, by=world.resident)
    visions.propose_goal_change(goal, actor=world.resident, reason="Later.", wording=make.GOAL)
    return goal.changes.get()


def _stating(goal: Any, party: Party) -> Act:
    return lambda actor: make.benefit(goal, party, by=actor)


SERVICE_CASES: dict[str, ServiceCase] = {
    "vision.services.write_version": ServiceCase(
        "vision.write_version",
        owned_by_anyone,
        lambda world: lambda actor: make.version(world.coalition, by=actor),
        state="draft",
    ),
    "vision.services.propose_version": ServiceCase(
        "vision.write_version",
        owned_by_residents,
        act_on(lambda world: make.version(world.coalition), visions.propose_version),
        state="draft",
    ),
    "vision.services.propose_amendment": ServiceCase(
        "vision.propose_amendment",
        owned_by_anyone,
        act_on(
            lambda world: make.version(world.coalition),
            visions.propose_amendment,
            change="Noem de avond.",
        ),
    ),
    "vision.services.settle_amendment": ServiceCase(
        "vision.settle_amendment",
        owned_by_residents,
        act_on(
            lambda world: make.amendment(make.version(world.coalition), by=world.shopkeeper),
            visions.settle_amendment,
            outcome="taken_up",
            reason="Goed idee",
        ),
    ),
    "vision.services.set_goal": ServiceCase(
        "vision.set_goal",
        owned_by_anyone,
        lambda world: lambda actor: make.goal(world.coalition, by=actor),
    ),
    "vision.services.propose_goal_change": ServiceCase(
        "vision.change_goal",
        owned_by_residents,
        act_on(
            lambda world: make.goal(world.coalition), visions.propose_goal_change, reason="Klaar"
        ),
    ),
    "vision.services.adapt_goal_change": ServiceCase(
        "vision.change_goal",
        owned_by_residents,
        act_on(proposed_change, visions.adapt_goal_change, reason="Verder", wording=make.GOAL),
    ),
    "vision.services.state_benefit": ServiceCase(
        "vision.state_benefit",
        owned_by_residents,
        lambda world: _stating(make.goal(world.coalition), residents_party(world)),
    ),
    "vision.services.confirm_benefit": ServiceCase(
        "vision.confirm_benefit",
        owned_by_residents,
        act_on(
            lambda world: make.benefit(
                make.goal(world.coalition), residents_party(world), by=world.resident
            ),
            visions.confirm_benefit,
        ),
    ),
    "vision.services.withdraw_benefit": ServiceCase(
        "vision.confirm_benefit",
        owned_by_residents,
        act_on(
            lambda world: make.benefit(
                make.goal(world.coalition), residents_party(world), by=world.resident
            ),
            visions.withdraw_benefit,
        ),
    ),
}
