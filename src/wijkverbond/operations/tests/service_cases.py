"""Each service of operations: the action that it asks for, and who owns the record."""

from procrastinate.contrib.django.models import ProcrastinateJob

from tests.service_cases import ServiceCase, World, act_on, owned_by_nobody
from wijkverbond.kernel import jobs
from wijkverbond.operations import services


def given_up(_world: World | None = None) -> int:
    """A job that the worker gave up."""
    jobs.defer("kernel.catch_up", timestamp=0)
    job: int = ProcrastinateJob.objects.latest("id").id
    ProcrastinateJob.objects.filter(id=job).update(status="failed")
    return job


SERVICE_CASES: dict[str, ServiceCase] = {
    "operations.services.try_again": ServiceCase(
        "operations.look_after",
        owned_by_nobody,
        act_on(given_up, services.try_again),
        anywhere=True,
    ),
}
