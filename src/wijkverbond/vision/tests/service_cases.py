"""Whom the services of vision let do something: each with the action that it asks for, and whose it is."""

from typing import Any

from tests import make
from tests.service_cases import Act, ServiceCase, World, anyones, on, resident, residents
from wijkverbond.coalition.models import Party
from wijkverbond.vision import services as visions


def proposed_change(world: World) -> Any:
    """A proposed change of a goal of the residents' group."""
    goal = make.goal(world.coalition, by=world.resident)
    visions.propose_goal_change(goal, actor=world.resident, reason="Later.", wording=make.WORDING)
    return goal.changes.get()


def _stating(goal: Any, party: Party) -> Act:
    return lambda actor: make.benefit(goal, party, by=actor)


SERVICE_CASES: dict[str, ServiceCase] = {
    "vision.services.write_version": ServiceCase(
        "vision.write_version",
        anyones,
        lambda world: lambda actor: make.version(world.coalition, by=actor),
        state="draft",
    ),
    "vision.services.propose_version": ServiceCase(
        "vision.write_version",
        residents,
        on(lambda world: make.version(world.coalition), visions.propose_version),
        state="draft",
    ),
    "vision.services.propose_amendment": ServiceCase(
        "vision.propose_amendment",
        anyones,
        on(
            lambda world: make.version(world.coalition),
            visions.propose_amendment,
            change="Noem de avond.",
        ),
    ),
    "vision.services.settle_amendment": ServiceCase(
        "vision.settle_amendment",
        residents,
        on(
            lambda world: make.amendment(make.version(world.coalition), by=world.shopkeeper),
            visions.settle_amendment,
            outcome="taken_up",
            reason="Goed idee",
        ),
    ),
    "vision.services.set_goal": ServiceCase(
        "vision.set_goal",
        anyones,
        lambda world: lambda actor: make.goal(world.coalition, by=actor),
    ),
    "vision.services.propose_goal_change": ServiceCase(
        "vision.change_goal",
        residents,
        on(lambda world: make.goal(world.coalition), visions.propose_goal_change, reason="Klaar"),
    ),
    "vision.services.adapt_goal_change": ServiceCase(
        "vision.change_goal",
        residents,
        on(proposed_change, visions.adapt_goal_change, reason="Verder", wording=make.WORDING),
    ),
    "vision.services.state_benefit": ServiceCase(
        "vision.state_benefit",
        residents,
        lambda world: _stating(make.goal(world.coalition), resident(world)),
    ),
    "vision.services.confirm_benefit": ServiceCase(
        "vision.confirm_benefit",
        residents,
        on(
            lambda world: make.benefit(
                make.goal(world.coalition), resident(world), by=world.resident
            ),
            visions.confirm_benefit,
        ),
    ),
    "vision.services.withdraw_benefit": ServiceCase(
        "vision.confirm_benefit",
        residents,
        on(
            lambda world: make.benefit(
                make.goal(world.coalition), resident(world), by=world.resident
            ),
            visions.withdraw_benefit,
        ),
    ),
}
