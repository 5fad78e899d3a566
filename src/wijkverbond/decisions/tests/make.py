"""What tests of decisions need beside the world."""

from tests import make
from wijkverbond.coalition.models import Party
from wijkverbond.coalition.queries import party_of
from wijkverbond.decisions import afterwards, services
from wijkverbond.decisions.models import Decision, LaterAnswer
from wijkverbond.kernel.actor import system


def carried_without_the_shopkeepers(world: make.World) -> Decision:
    """A proposal to which everyone agreed before the shopkeepers were confirmed."""
    shop = Party.objects.filter(id=party_of(world.shopkeeper).id)
    shop.update(confirmed_at=None)
    decision = make.decision(world.coalition)
    for actor in (world.resident, world.corporation):
        make.position(decision, by=actor)
    closed = services.close(decision, actor=make.later(world.resident, 1))
    shop.update(confirmed_at=make.later(world.resident, 2).now)
    return closed


def later_answer(world: make.World, party: Party) -> LaterAnswer:
    """What this party is asked about a proposal, as if it came after the closing."""
    decision = make.decision(world.coalition, by=world.corporation)
    return afterwards.ask_afterwards(decision, party, actor=system())
