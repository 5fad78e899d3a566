"""What the addresses of doing need beside the coalition's slug."""

from tests import make
from wijkverbond.actions.models import CheckIn, FacilitationRequest, Initiative, Obstacle
from wijkverbond.actions.tests import make as make_actions


def _asked(world: make.World) -> dict[str, object]:
    request = FacilitationRequest.objects.filter(coalition=world.coalition).first()
    request = request or make.request(world)
    return {"slug": world.coalition.slug, "request_id": request.id}


def _first(world: make.World) -> Initiative:
    return Initiative.objects.filter(coalition=world.coalition).first() or make_actions.initiative(
        world
    )


def _initiative(world: make.World) -> dict[str, object]:
    return {"slug": world.coalition.slug, "initiative_id": _first(world).id}


def _action(world: make.World) -> dict[str, object]:
    initiative = _first(world)
    action = initiative.actions.first() or make_actions.action(initiative, by=world.resident)
    return {"slug": world.coalition.slug, "initiative_id": initiative.id, "action_id": action.id}


def _check_in(world: make.World) -> CheckIn:
    check_in = CheckIn.objects.filter(pledge__coalition=world.coalition).first()
    return check_in or make_actions.check_in(make_actions.pledge(world), by=world.resident)


def _pledge(world: make.World) -> dict[str, object]:
    return {"slug": world.coalition.slug, "pledge_id": _check_in(world).pledge_id}


def _judged(world: make.World) -> dict[str, object]:
    return {"slug": world.coalition.slug, "check_in_id": _check_in(world).id}


def _obstacle(world: make.World) -> dict[str, object]:
    obstacle = Obstacle.objects.filter(coalition=world.coalition).first() or make_actions.obstacle(
        world
    )
    return {"slug": world.coalition.slug, "obstacle_id": obstacle.id}


REQUEST = (
    "request", "acknowledge", "extend", "answer", "accept", "reopen", "escalate", "withdraw",
)  # fmt: skip
ARGUMENTS = {
    **{f"actions:{name}": _asked for name in REQUEST},
    **{
        f"actions:{name}": _initiative
        for name in ("initiative", "start", "join", "finish", "stop", "plan")
    },
    "actions:done": _action,
    "actions:drop": _action,
    "actions:check_ins": _pledge,
    "actions:check_in": _pledge,
    "actions:judge": _judged,
    "actions:obstacle": _obstacle,
    "actions:resolve_obstacle": _obstacle,
}
