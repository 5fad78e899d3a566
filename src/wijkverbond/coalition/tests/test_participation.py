"""Taking part: being listed, describing oneself, leaving, being suspended."""

import dataclasses

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from tests.examples import at_least
from wijkverbond.coalition import services
from wijkverbond.coalition.models import Access, Invitation, Involvement, Kind, PartyRole
from wijkverbond.coalition.queries import acting_for, circle, party_of
from wijkverbond.coalition.tests.new_coalition import recorded_events
from wijkverbond.kernel.actor import MandateType
from wijkverbond.kernel.policy import Refused

pytestmark = pytest.mark.django_db
JOINING = st.tuples(
    st.sampled_from(["tenants", "shop", "school", "province"]), st.sampled_from(Involvement.values)
)


@settings(at_least(12, one_in=8), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(joining=st.lists(JOINING, max_size=5))
def test_a_coalition_is_listed_with_its_third_party_from_the_area(
    db: None, joining: list[tuple[str, str]]
) -> None:
    coalition = make.coalition(may=[])
    confirmed = 0
    for sector, involvement in joining:
        make.party(coalition, sector, involvement=involvement, may=[])
        confirmed = sum(party.direct for party in coalition.parties.confirmed())
        coalition.refresh_from_db()
        assert bool(coalition.listed_at) == (confirmed >= 3)
    assert recorded_events(coalition).count("coalition_listed") == (confirmed >= 3)


def test_three_parties_of_one_person_list_no_coalition() -> None:
    founder = make.user()
    coalition = make.coalition(person=founder)
    for sector in ("school", "shop"):
        make.party(coalition, sector, person=founder)
    make.party(coalition, "shop")
    coalition.refresh_from_db()
    assert coalition.listed_at is None
    make.party(coalition, "shop")
    coalition.refresh_from_db()
    assert coalition.listed_at


def test_a_private_coalition_is_listed_once_it_opens_up() -> None:
    coalition = make.coalition(access=Access.PREPARING)
    make.party(coalition, "shop")
    make.party(coalition, "school")
    coalition.refresh_from_db()
    assert coalition.listed_at is None
    gemeente = make.actor(make.party(coalition, "municipality"))
    with pytest.raises(Refused):
        services.change_access(coalition, actor=gemeente, access=Access.PUBLIC)
    services.change_access(coalition, actor=make.first_actor(coalition), access=Access.PUBLIC)
    coalition.refresh_from_db()
    assert coalition.listed_at


def test_a_newcomer_that_others_did_not_confirm_shows_no_coalition_to_everyone(
    world: make.World,
) -> None:
    services.change_access(world.coalition, actor=world.resident, access=Access.PREPARING)
    newcomer = make.actor(make.party(world.coalition, "shop", confirmed=False))
    with pytest.raises(Refused, match="bevestigd"):
        services.change_access(world.coalition, actor=newcomer, access=Access.PUBLIC)
    alone = make.coalition(access=Access.PREPARING)  # where nobody counts yet
    services.change_access(alone, actor=make.first_actor(alone), access=Access.PUBLIC)


def test_only_the_party_itself_leaves_and_says_why(world: make.World) -> None:
    party = party_of(world.shopkeeper)
    everyone_else = [
        world.resident, world.corporation, world.municipality, world.coordinator,
        world.participant, world.operator, world.stranger,
    ]  # fmt: skip
    for other in everyone_else:
        with pytest.raises(Refused, match=r"Niemand wordt eruit gezet|andere"):
            services.leave(party, actor=other, reason="Weg ermee.")
    with pytest.raises(ValidationError):
        services.leave(party, actor=world.shopkeeper, reason="")
    services.leave(party, actor=world.shopkeeper, reason="De winkels gaan dicht.")
    assert Kind.ENTREPRENEURS in circle.circle(world.coalition).missing_kinds
    with pytest.raises(ValidationError):
        services.leave(party, actor=world.shopkeeper, reason="Nog eens.")


def test_leaving_needs_a_mandate_to_decide(world: make.World) -> None:
    party = party_of(world.shopkeeper)
    junior = dataclasses.replace(world.shopkeeper, mandates=frozenset({MandateType.TAKE_PART}))
    with pytest.raises(Refused, match="besluiten"):
        services.leave(party, actor=junior, reason="Geen zin meer.")


@pytest.mark.parametrize("why", ["adviser", "suspended"])
def test_a_party_without_a_position_can_leave_too(world: make.World, why: str) -> None:
    party = party_of(world.corporation)
    if why == "adviser":
        away = make.taking_part(involvement="distance")
        services.describe_party(party, away, actor=world.corporation)
    else:
        services.suspend(party, at=world.corporation.now, reason="Besloten op de wijkavond.")
    colleague = make.user()
    make.grant(party, colleague, actor=make.actor(party), may=[MandateType.TAKE_PART])
    junior = acting_for(colleague.id, party, now=world.corporation.now)
    with pytest.raises(Refused, match="besluiten"):
        services.leave(party, actor=junior, reason="Geen zin meer.")
    services.leave(party, actor=make.actor(party), reason="Wij zijn klaar.")
    party.refresh_from_db()
    assert party.left_at


def test_a_party_that_left_can_come_back(world: make.World) -> None:
    party = party_of(world.shopkeeper)
    services.leave(party, actor=world.shopkeeper, reason="Even pauze.")
    invitation = services.invite(
        world.coalition, actor=world.resident, wording=Invitation(addressee="De winkels")
    )
    again = services.accept(
        invitation, party.organisation, make.taking_part(), actor=world.shopkeeper
    )
    assert again.id != party.id
    assert again.organisation == party.organisation


def test_the_role_follows_the_tie_to_the_area(world: make.World) -> None:
    party = party_of(world.corporation)
    away = make.taking_part(involvement="distance")
    services.describe_party(party, away, actor=world.corporation)
    assert party.role == PartyRole.ADVISER
    assert MandateType.DECIDE not in make.actor(party).mandates
    with pytest.raises(Refused):
        services.describe_party(party, make.taking_part(), actor=make.actor(party))


def test_a_suspended_party_decides_and_signs_nothing_until_it_ends(world: make.World) -> None:
    party = party_of(world.corporation)
    services.suspend(party, at=world.corporation.now, reason="Besloten op de wijkavond.")
    assert make.actor(party).mandates == {MandateType.TAKE_PART}
    services.end_suspension(party)
    assert MandateType.DECIDE in make.actor(party).mandates
