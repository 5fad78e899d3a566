"""Each service of results: the action that it asks for, and who owns the record."""

from decimal import Decimal

from tests import make
from tests.service_cases import ServiceCase, World, act_on, owned_by_residents
from wijkverbond.results import services as results
from wijkverbond.results.models import MeasuredValue, Measurement


def measured(world: World) -> MeasuredValue:
    """A value that was counted today."""
    today = world.resident.today
    return Measurement(
        edition=str(today.year),
        measured_on=today,
        value=Decimal(50),
        source="own",
        source_text="Telling",
    )


SERVICE_CASES: dict[str, ServiceCase] = {
    "results.services.measure": ServiceCase(
        "results.record_measurement",
        owned_by_residents,
        act_on(lambda world: make.goal(world.coalition), results.measure, measured=measured),
    ),
    "results.services.adopt": ServiceCase(
        "results.record_measurement",
        owned_by_residents,
        act_on(lambda world: make.goal(world.coalition), results.adopt),
    ),
    "results.services.correct": ServiceCase(
        "results.correct_measurement",
        owned_by_residents,
        act_on(
            lambda world: make.measurement(make.goal(world.coalition), by=world.resident),
            results.correct,
            measured=measured,
            reason="Verteld",
        ),
    ),
}
