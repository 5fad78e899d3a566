"""What the addresses of breakthroughs need beside the coalition's slug."""

from tests import make
from wijkverbond.breakthroughs.models import Breakthrough
from wijkverbond.coalition.queries import party_of


def _of_breakthrough(world: make.World) -> dict[str, object]:
    breakthrough = Breakthrough.objects.filter(coalition=world.coalition).first()
    breakthrough = breakthrough or make.breakthrough(world.coalition, by=world.corporation)
    return {"slug": world.coalition.slug, "breakthrough_id": breakthrough.id}


def _naming_the_shop(world: make.World) -> dict[str, object]:
    shop = party_of(world.shopkeeper)
    naming = Breakthrough.objects.filter(named=shop).first()
    naming = naming or make.breakthrough(world.coalition, by=world.corporation, named=[shop])
    return {"slug": world.coalition.slug, "breakthrough_id": naming.id}


ARGUMENTS = {
    "breakthroughs:page": _of_breakthrough,
    "breakthroughs:confirm": _of_breakthrough,
    "breakthroughs:dispute": _of_breakthrough,
    "breakthroughs:resident": _of_breakthrough,
    "breakthroughs:resident_code": _of_breakthrough,
    "breakthroughs:withdraw": _of_breakthrough,
    "breakthroughs:say_worked_on": _naming_the_shop,
}
