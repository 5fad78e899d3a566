"""What the addresses of the trace need beside the coalition's slug."""

from tests import make
from wijkverbond.breakthroughs.models import Breakthrough


def _of_record(world: make.World) -> dict[str, object]:
    breakthrough = Breakthrough.objects.filter(coalition=world.coalition).first()
    breakthrough = breakthrough or make.breakthrough(world.coalition, by=world.corporation)
    return {"slug": world.coalition.slug, "type_name": "breakthrough", "record_id": breakthrough.id}


ARGUMENTS = {"overview:trace": _of_record}
