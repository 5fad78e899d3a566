"""One municipal account tries to have its own vision adopted: each step of that fails.

It once took twelve seconds, and nobody got a mail: a sham group of residents, a secretariat of one's
own, and consent "by telephone" for the other partners.
"""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import make
from tests.make.cast import mandates
from wijkverbond.coalition import services as coalitions
from wijkverbond.coalition.models import Invitation, Party
from wijkverbond.coalition.queries import acting_for, party_of
from wijkverbond.decisions import services as decisions
from wijkverbond.decisions.models import Decision, Position, Stance, State, Via
from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import Actor, ActorKind
from wijkverbond.kernel.policy import Refused
from wijkverbond.vision import services as visions

pytestmark = pytest.mark.django_db


def join_as_residents(world: make.World, invitation: Invitation, person: Actor) -> Party:
    """Let a group that does not exist take part."""
    sham = make.organisation("residents_group", "Bewoners voor vooruitgang")
    return coalitions.accept(invitation, sham, make.taking_part(), actor=person)


def own_vision(world: make.World, sham: Actor) -> Decision:
    """The vision of the sham group, before the coalition."""
    version = make.version(world.coalition, by=sham, body="De gemeente beslist.")
    return visions.propose_version(version, actor=sham)


def secretariat_of(world: make.World, actor: Actor) -> Actor:
    """The municipal account as the secretariat that two partners asked, lent by the municipality."""
    for partner in (world.resident, world.shopkeeper):
        coalitions.grant_secretariat(
            world.coalition,
            make.account_of(actor),
            actor=partner,
            lent_by=party_of(world.municipality),
        )
    return Actor(
        kind=ActorKind.SECRETARIAT,
        now=actor.now,
        person=actor.person,
        coalition=world.coalition.id,
    )


def test_one_municipal_account_has_nothing_adopted(world: make.World) -> None:
    coalition, municipality = world.coalition, world.municipality
    invitation = coalitions.invite(
        coalition, actor=municipality, wording=Invitation(addressee="Bewoners voor vooruitgang")
    )
    itself = make.someone(make.account_of(municipality), coalition=coalition)
    with pytest.raises(Refused, match="overheid"):
        join_as_residents(world, invitation, itself)

    # With a second address it gets in, and counts nowhere.
    second_address = make.user()
    party = join_as_residents(world, invitation, make.someone(second_address, coalition=coalition))
    mandates(party, second_address, make.EVERYTHING)
    sham = acting_for(second_address.id, party, now=clock.now())
    assert not party.is_confirmed
    for actor in (sham, municipality):
        with pytest.raises(Refused):
            coalitions.confirm_party(party, actor=actor)

    # Nor does it make a secretariat of itself.
    with pytest.raises(Refused):
        coalitions.grant_secretariat(coalition, make.account_of(municipality), actor=municipality)
    asked = coalitions.grant_secretariat(coalition, second_address, actor=sham)
    assert asked.since is None

    # Asked by others, and told to everyone, it still enters nothing for anyone.
    vision = own_vision(world, sham)
    secretariat = secretariat_of(world, municipality)
    told = ProcrastinateJob.objects.filter(task_name="accounts.send_mail").count()
    assert told >= len(world.parties)
    for partner in (world.resident, world.shopkeeper, world.corporation):
        with pytest.raises(Refused, match="partner"):
            decisions.enter_position(
                vision,
                party_of(partner),
                actor=secretariat,
                wording=Position(stance=Stance.CONSENT),
                via=Via.PHONE,
            )

    decisions.take_position(vision, actor=sham, wording=Position(stance=Stance.CONSENT))
    make.closed_by_the_clock(vision)
    assert Decision.objects.get(id=vision.id).state == State.NOT_CARRIED
