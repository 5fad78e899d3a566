"""Somebody who acts for two parties: one person, two actors."""

from tests import make
from wijkverbond.coalition import services as coalitions
from wijkverbond.coalition.queries import acting_for, party_of
from wijkverbond.kernel.actor import Actor, MandateType


def two_hats(one: Actor, other: Actor) -> tuple[Actor, Actor]:
    """The person of one party, who decides for another too: as the first, and as the other."""
    assert one.person
    party = party_of(other)
    coalitions.grant(party, make.account_of(one), actor=other, may=[MandateType.DECIDE])
    return one, acting_for(one.person, party, now=one.now)
