"""What the addresses of places need: a place."""

from tests import make
from wijkverbond.places.models import Place


def _place(world: make.World) -> dict[str, object]:
    place, _created = Place.objects.get_or_create(
        year=2024, code="GM9001", level="municipality", name="Waterstad", search_name="waterstad"
    )
    return {"code": place.code}


ARGUMENTS = {"places:place": _place}
