"""What the addresses of operations need."""

from tests import make
from wijkverbond.operations.tests.service_cases import given_up


def _of_job(world: make.World) -> dict[str, object]:
    return {"job": given_up()}


ARGUMENTS = {"operations:try_again": _of_job}
