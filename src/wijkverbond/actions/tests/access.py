"""What the addresses of requests need beside the coalition's slug."""

from tests import make
from wijkverbond.actions.models import FacilitationRequest


def _asked(world: make.World) -> dict[str, object]:
    found = FacilitationRequest.objects.filter(coalition=world.coalition).first()
    found = found or make.request(world)
    return {"slug": world.coalition.slug, "asked": found.id}


ARGUMENTS = {
    f"actions:{name}": _asked
    for name in (
        "request",
        "acknowledge",
        "extend",
        "answer",
        "accept",
        "reopen",
        "escalate",
        "withdraw",
    )
}
