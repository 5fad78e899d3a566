"""What the addresses of results need beside the coalition's slug."""

from tests import make
from wijkverbond.results.models import Measurement


def _of_goal(world: make.World) -> dict[str, object]:
    return {"slug": world.coalition.slug, "goal_id": make.goal_of(world).id}


def _of_measurement(world: make.World) -> dict[str, object]:
    measurement = Measurement.objects.filter(goal__coalition=world.coalition).first()
    measurement = measurement or make.measurement(make.goal_of(world), by=world.resident)
    return {"slug": world.coalition.slug, "measurement_id": measurement.id}


ARGUMENTS = {
    "results:goal": _of_goal,
    "results:measure": _of_goal,
    "results:adopt": _of_goal,
    "results:correct": _of_measurement,
}
