"""The handover to the coalition's own chair and rules."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from tests import make
from wijkverbond.coalition import services
from wijkverbond.coalition.models import Coalition, Fallback, Handover
from wijkverbond.coalition.queries import acting_for, party_of
from wijkverbond.coalition.queries.handover import handover_reminder
from wijkverbond.coalition.tests.new_coalition import recorded_events
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import Refused

pytestmark = pytest.mark.django_db


def propose(coalition: Coalition, actor: Actor) -> None:
    """The first society party proposes itself as the chair."""
    services.propose_handover(
        coalition,
        actor=actor,
        chair_and_rules=Handover(
            chair=coalition.parties.society()[0],
            fallback=Fallback.WITHDRAW,
            rules="Vier keer per jaar bij elkaar.",
        ),
    )


def test_the_reminder_stands_until_all_three_kinds_confirmed() -> None:
    coalition = make.coalition("municipality")
    gemeente = make.first_actor(coalition)
    school, shop = (make.actor(make.party(coalition, sector)) for sector in ("school", "shop"))
    with pytest.raises(Refused):
        propose(coalition, gemeente)
    propose(coalition, school)
    with pytest.raises(Refused):
        services.confirm_handover(coalition, actor=gemeente)
    services.confirm_handover(coalition, actor=shop)
    coalition.refresh_from_db()
    reminder = handover_reminder(coalition, gemeente.now)
    assert reminder
    assert not reminder.late
    after = handover_reminder(coalition, gemeente.now + dt.timedelta(days=181))
    assert after
    assert after.late
    residents = make.actor(make.party(coalition, "tenants"))
    services.confirm_handover(coalition, actor=residents)
    coalition.refresh_from_db()
    assert handover_reminder(coalition, gemeente.now + dt.timedelta(days=181)) is None
    assert recorded_events(coalition).count("chair_and_rules_confirmed") == 1
    assert coalition.chair
    with pytest.raises(ValidationError):
        services.confirm_handover(coalition, actor=school)


def test_a_new_proposal_restarts_the_confirmations(world: make.World) -> None:
    propose(world.coalition, world.resident)
    services.confirm_handover(world.coalition, actor=world.shopkeeper)
    propose(world.coalition, world.corporation)
    services.confirm_handover(world.coalition, actor=world.shopkeeper)
    world.coalition.refresh_from_db()
    assert world.coalition.handed_over_at is None


def test_government_is_never_the_chair(world: make.World) -> None:
    with pytest.raises(ValidationError) as refused:
        services.propose_handover(
            world.coalition,
            actor=world.resident,
            chair_and_rules=Handover(
                chair=party_of(world.municipality),
                fallback=Fallback.WITHDRAW,
                rules="De gemeente zit voor.",
            ),
        )
    assert set(refused.value.message_dict) == {"chair"}


def test_a_person_confirms_for_one_partner_only(world: make.World) -> None:
    propose(world.coalition, world.resident)
    person = make.account_of(world.resident)
    assert person.id
    for other in (world.shopkeeper, world.corporation):
        make.grant(party_of(other), person, actor=other, may=["decide"])
    for other in (world.shopkeeper, world.corporation):
        same = acting_for(person.id, party_of(other), now=other.now)
        with pytest.raises(Refused, match="andere partner"):
            services.confirm_handover(world.coalition, actor=same)
    services.confirm_handover(world.coalition, actor=world.resident)  # again: one effect
    services.confirm_handover(world.coalition, actor=world.shopkeeper)
    world.coalition.refresh_from_db()
    assert world.coalition.handed_over_at is None
    services.confirm_handover(world.coalition, actor=world.corporation)
    world.coalition.refresh_from_db()
    assert world.coalition.handed_over_at
