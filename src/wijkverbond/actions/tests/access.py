"""What the addresses of initiatives, pledges, obstacles and requests need beside the slug."""

from tests import make
from wijkverbond.actions.models import CheckIn, FacilitationRequest, Initiative, Obstacle
from wijkverbond.actions.tests import make as make_actions


def _of_request(world: make.World) -> dict[str, object]:
    request = FacilitationRequest.objects.filter(coalition=world.coalition).first()
    request = request or make.request(world)
    return {"slug": world.coalition.slug, "request_id": request.id}


def _initiative_of(world: make.World) -> Initiative:
    return Initiative.objects.filter(coalition=world.coalition).first() or make_actions.initiative(
        world
    )


def _of_initiative(world: make.World) -> dict[str, object]:
    return {"slug": world.coalition.slug, "initiative_id": _initiative_of(world).id}


def _of_action(world: make.World) -> dict[str, object]:
    initiative = _initiative_of(world)
    action = initiative.actions.first() or make_actions.action(initiative, by=world.resident)
    return {"slug": world.coalition.slug, "initiative_id": initiative.id, "action_id": action.id}


def _check_in(world: make.World) -> CheckIn:
    check_in = CheckIn.objects.filter(pledge__coalition=world.coalition).first()
    return check_in or make_actions.check_in(make_actions.pledge(world), by=world.resident)


def _of_pledge(world: make.World) -> dict[str, object]:
    return {"slug": world.coalition.slug, "pledge_id": _check_in(world).pledge_id}


def _of_check_in(world: make.World) -> dict[str, object]:
    return {"slug": world.coalition.slug, "check_in_id": _check_in(world).id}


def _of_obstacle(world: make.World) -> dict[str, object]:
    obstacle = Obstacle.objects.filter(coalition=world.coalition).first() or make_actions.obstacle(
        world
    )
    return {"slug": world.coalition.slug, "obstacle_id": obstacle.id}


REQUEST = (
    "request", "acknowledge", "extend", "answer", "accept", "reopen", "escalate", "withdraw",
)  # fmt: skip
ARGUMENTS = {
    **{f"actions:{name}": _of_request for name in REQUEST},
    **{
        f"actions:{name}": _of_initiative
        for name in ("initiative", "start", "join", "finish", "stop", "plan")
    },
    "actions:done": _of_action,
    "actions:drop": _of_action,
    "actions:check_ins": _of_pledge,
    "actions:check_in": _of_pledge,
    "actions:judge": _of_check_in,
    "actions:obstacle": _of_obstacle,
    "actions:resolve_obstacle": _of_obstacle,
}
