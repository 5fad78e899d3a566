"""What tests of decisions need beside the world."""

from tests import make
from wijkverbond.coalition.models import Coalition, Handover, Party
from wijkverbond.coalition.queries import party_of
from wijkverbond.decisions import services
from wijkverbond.decisions.models import Decision, LaterAnswer
from wijkverbond.decisions.services import afterwards, coalition_proposals
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


def handed_over(world: make.World) -> Coalition:
    """The coalition has its own chair, the residents, and its own rules."""
    Coalition.objects.filter(id=world.coalition.id).update(
        chair=world.resident.party,
        rules="Iedereen praat mee.",
        handed_over_at=world.resident.now,
    )
    return Coalition.objects.get(id=world.coalition.id)


def other_chair(world: make.World) -> Decision:
    """The proposal of the residents that the housing corporation takes the chair."""
    return coalition_proposals.propose_chair_and_rules(
        handed_over(world),
        actor=world.resident,
        chair_and_rules=Handover(chair=party_of(world.corporation), rules="Iedereen praat mee."),
    )
