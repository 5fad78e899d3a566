"""What the addresses of operations need."""

from tests import make
from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.tests.access import unlisting
from wijkverbond.operations.tests.service_cases import given_up


def _of_job(world: make.World) -> dict[str, object]:
    return {"job": given_up()}


def _on_the_list(world: make.World) -> dict[str, object]:
    """Of no record, but there is a coalition to choose."""
    elsewhere = Coalition.objects.filter(parties=world.stranger.party)
    elsewhere.update(listed_at=world.stranger.now)
    return {}


ARGUMENTS = {
    "operations:unlist": _on_the_list,
    "operations:try_again": _of_job,
    "operations:list_again": lambda world: {"unlisting_id": unlisting(world).id},
}
