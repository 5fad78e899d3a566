"""Each service of places: the action that it asks for, and who owns the record."""

from tests.service_cases import ServiceCase, act_on, owned_by_nobody
from wijkverbond.places import services as places

SERVICE_CASES: dict[str, ServiceCase] = {
    "places.services.import_places": ServiceCase(
        "places.import",
        owned_by_nobody,
        act_on(lambda world: 2024, places.import_places),
        anywhere=True,
    ),
}
