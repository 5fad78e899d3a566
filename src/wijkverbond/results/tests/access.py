"""What the addresses of results need beside the coalition's slug."""

from tests import make
from wijkverbond.results.models import Measurement
from wijkverbond.vision.models import Goal


def _goal(world: make.World) -> Goal:
    goal = Goal.objects.filter(coalition=world.coalition).first()
    return goal or make.goal(world.coalition, by=world.resident)


def _of_goal(world: make.World) -> dict[str, object]:
    return {"slug": world.coalition.slug, "goal_id": _goal(world).id}


def _of_measurement(world: make.World) -> dict[str, object]:
    measurement = Measurement.objects.filter(goal__coalition=world.coalition).first()
    measurement = measurement or make.measurement(_goal(world), by=world.resident)
    return {"slug": world.coalition.slug, "measurement_id": measurement.id}


ARGUMENTS = {
    "results:goal": _of_goal,
    "results:measure": _of_goal,
    "results:adopt": _of_goal,
    "results:correct": _of_measurement,
}
