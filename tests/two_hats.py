"""Somebody who acts for two parties: one person, two actors; or for government too."""

import datetime as dt

from tests import make
from wijkverbond.accounts.models import User
from wijkverbond.coalition.models import Mandate, Party
from wijkverbond.coalition.queries import acting_for, party_of
from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import Actor, MandateType


def two_hats(one: Actor, other: Actor) -> tuple[Actor, Actor]:
    """The person of one party, who decides for another too: as the first, and as the other."""
    assert one.person
    party = party_of(other)
    make.grant(party, make.account_of(one), actor=other, may=[MandateType.DECIDE])
    return one, acting_for(one.person, party, now=one.now)


def put_on(party: Party, person: User) -> Mandate:
    """Somebody acts for a party who was never asked, as was possible before."""
    return Mandate.objects.create(
        party=party,
        person=person,
        sort=MandateType.TAKE_PART,
        granted_by_id=make.actor(party).person,
        since=clock.now(),
    )


def for_government_too(world: make.World, actor: Actor) -> Actor:
    """Who a person is for their own party, once they were the municipality's already: barred."""
    assert actor.person
    municipality, own_party = party_of(world.municipality), party_of(actor)
    Mandate.objects.create(
        party=municipality,
        person_id=actor.person,
        sort=MandateType.TAKE_PART,
        since=actor.now - dt.timedelta(days=1),
    )
    return acting_for(actor.person, own_party, now=actor.now)
