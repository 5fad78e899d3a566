"""Who may act, decide and sign for a party, and the secretariat."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from tests.examples import at_least
from wijkverbond.accounts.models import User
from wijkverbond.coalition import services
from wijkverbond.coalition.models import (
    Coalition,
    LegalForm,
    Mandate,
    Organisation,
    Party,
    Secretariat,
    SigningGround,
)
from wijkverbond.coalition.queries import acting_for, party_of
from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import Actor, MandateType
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.personal_fields import PERSONAL_DATA
from wijkverbond.kernel.policy import Refused

pytestmark = pytest.mark.django_db


def mandate_to_sign(party: Party, person: User, actor: Actor) -> Mandate:
    """Give this person a mandate to sign; still to be confirmed."""
    return make.grant(
        party, person, actor=actor, may=[MandateType.SIGN], ground=SigningGround.STATUTES
    )[-1]


def acting_now(person: User, party: Party) -> Actor:
    """This person for this party, now."""
    return acting_for(person.id, party, now=clock.now())


def test_deciding_and_signing_are_granted_separately(coalition: Coalition, resident: Actor) -> None:
    party, person = coalition.parties.all()[0], make.user()
    make.grant(party, person, actor=resident, may=[MandateType.DECIDE])
    assert acting_now(person, party).mandates == {MandateType.TAKE_PART, MandateType.DECIDE}


def test_several_people_can_hold_the_same_mandate(coalition: Coalition, resident: Actor) -> None:
    party, people = coalition.parties.all()[0], [make.user(), make.user()]
    for person in people:
        make.grant(party, person, actor=resident, may=[MandateType.DECIDE])
    assert all(MandateType.DECIDE in acting_now(person, party).mandates for person in people)


def test_a_mandate_is_granted_once(coalition: Coalition, resident: Actor) -> None:
    party, person = coalition.parties.all()[0], make.user()
    make.grant(party, person, actor=resident, may=[MandateType.DECIDE])
    with pytest.raises(ValidationError, match="dit mandaat al"):
        make.grant(party, person, actor=resident, may=[MandateType.DECIDE])


def test_signing_needs_a_ground(coalition: Coalition, resident: Actor) -> None:
    with pytest.raises(ValidationError) as refused:
        make.grant(coalition.parties.all()[0], make.user(), actor=resident, may=[MandateType.SIGN])
    assert set(refused.value.message_dict) == {"ground"}


def test_a_sole_trader_signs_for_themselves(world: make.World) -> None:
    trader = make.party(world.coalition, "shop", may=[MandateType.TAKE_PART])
    Organisation.objects.filter(id=trader.organisation_id).update(legal_form=LegalForm.COMPANY)
    mandates = make.grant(
        trader, make.user(), actor=make.actor(trader), may=[MandateType.SIGN], ground="self"
    )
    assert "self" in {mandate.ground for mandate in mandates}


def test_a_refused_ground_tells_which_ones_fit(coalition: Coalition, resident: Actor) -> None:
    shop = make.party(coalition, "shop", may=[MandateType.TAKE_PART])
    assert shop.organisation.legal_form == LegalForm.PERSON
    with pytest.raises(ValidationError, match="Tekent voor zichzelf"):
        mandate_to_sign(shop, make.user(), make.actor(shop))
    with pytest.raises(ValidationError, match="Volmacht"):
        make.grant(
            coalition.parties.all()[0], make.user(), actor=resident, may=["sign"], ground="self"
        )


def test_a_mandate_to_sign_counts_once_a_second_person_confirmed_it(world: make.World) -> None:
    party, person = world.coalition.parties.all()[0], make.user()
    mandate = mandate_to_sign(party, person, world.resident)
    assert MandateType.SIGN not in acting_now(person, party).mandates
    for confirmer in (
        world.resident,
        acting_now(person, party),
        world.municipality,
        world.coordinator,
    ):
        with pytest.raises(Refused):
            services.confirm_mandate(mandate, actor=confirmer)
    services.confirm_mandate(mandate, actor=world.shopkeeper)
    assert MandateType.SIGN in acting_now(person, party).mandates
    with pytest.raises(ValidationError):
        services.confirm_mandate(mandate, actor=world.corporation)


def test_who_acts_for_the_party_too_confirms_no_mandate_of_it_as_another(
    world: make.World,
) -> None:
    party, shop = party_of(world.resident), party_of(world.shopkeeper)
    both = make.user()
    for other, granter in ((party, world.resident), (shop, world.shopkeeper)):
        make.grant(other, both, actor=granter, may=[MandateType.TAKE_PART])
    mandate = mandate_to_sign(party, make.user(), world.resident)
    with pytest.raises(Refused, match="ook mee voor deze partner"):
        services.confirm_mandate(mandate, actor=acting_now(both, shop))
    services.confirm_mandate(mandate, actor=acting_now(both, party))


def test_only_a_granter_of_the_party_gives_mandates(world: make.World) -> None:
    party = world.coalition.parties.all()[0]
    colleague = make.user()
    make.grant(party, colleague, actor=world.resident, may=[MandateType.DECIDE])
    others = [*world.parties[1:], world.coordinator, world.operator, acting_now(colleague, party)]
    for actor in others:
        with pytest.raises(Refused):
            make.grant(party, make.user(), actor=actor, may=[MandateType.TAKE_PART])


def test_the_last_granter_cannot_be_ended(coalition: Coalition, resident: Actor) -> None:
    party = coalition.parties.all()[0]
    own = Mandate.objects.get(party=party, person=resident.person, sort=MandateType.TAKE_PART)
    with pytest.raises(ValidationError, match="één persoon"):
        services.end_mandate(own, actor=resident)
    make.grant(party, make.user(), actor=resident, may=[], may_grant=True)
    services.end_mandate(own, actor=resident)
    assert acting_for(own.person_id or uuid.uuid4(), party, now=clock.now()).mandates == set()


def test_a_granter_has_no_end_date(coalition: Coalition, resident: Actor) -> None:
    later = resident.now + dt.timedelta(days=30)
    with pytest.raises(ValidationError) as refused:
        make.grant(
            coalition.parties.all()[0],
            make.user(),
            actor=resident,
            may=[],
            may_grant=True,
            until=later,
        )
    assert set(refused.value.message_dict) == {"until"}


def test_a_mandate_with_an_end_date_ends(coalition: Coalition, resident: Actor) -> None:
    party, person = coalition.parties.all()[0], make.user()
    until = resident.now + dt.timedelta(days=30)
    make.grant(party, person, actor=resident, may=[MandateType.DECIDE], until=until)
    assert acting_for(person.id, party, now=until - dt.timedelta(seconds=1)).mandates
    assert not acting_for(person.id, party, now=until).mandates


PEOPLE = 4
STEP = st.tuples(
    st.sampled_from(["grant", "granter", "end", "erase"]),
    st.integers(0, PEOPLE - 1),
    st.integers(0, PEOPLE - 1),
)


@settings(at_least(20, one_in=5), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, max_size=12))
def test_a_party_always_keeps_someone_who_can_give_mandates(db: None, steps: list[Any]) -> None:
    people = [make.user() for _ in range(PEOPLE)]
    party = make.coalition(person=people[0], may=[]).parties.get()
    for what, by, whom in steps:
        _try_step(what, people[by], people[whom], party)
        granters = Mandate.objects.current(clock.now()).filter(party=party, may_grant=True)
        anyone = Mandate.objects.current(clock.now()).filter(party=party)
        assert granters.exists() or not anyone.exists()
        assert anyone.exists() or what == "erase"
        if not anyone.exists():
            return


def _try_step(step: str, by: User, grantee: User, party: Party) -> None:
    actor = acting_now(by, party)
    try:
        match step:
            case "grant":
                make.grant(party, grantee, actor=actor, may=[MandateType.DECIDE])
            case "granter":
                make.grant(party, grantee, actor=actor, may=[], may_grant=True)
            case "end":
                current = Mandate.objects.current(clock.now()).filter(party=party, person=grantee)
                if latest := current.order_by("sort", "id").last():
                    services.end_mandate(latest, actor=actor)
            case "erase":
                PERSONAL_DATA["mandates"].erase(grantee.id)
    except (ValidationError, Refused):
        pass


def test_an_erased_person_leaves_the_party_and_what_it_did() -> None:
    first, colleague = make.user(), make.user()
    party = make.coalition(person=first, may=[]).parties.get()
    make.grant(party, colleague, actor=acting_now(first, party), may=[MandateType.DECIDE])
    PERSONAL_DATA["mandates"].erase(first.id)
    assert not Mandate.objects.filter(person=first).exists()
    assert not Mandate.objects.filter(granted_by=first).exists()
    successor = Mandate.objects.current(clock.now()).get(party=party, may_grant=True)
    assert successor.person == colleague
    why = [entry.facts["why"] for entry in Entry.objects.filter(event="coalition.mandate_ended")]
    assert why == ["person_left"]


def test_the_register_says_that_an_erased_person_left_the_secretariat(world: make.World) -> None:
    secretariat = Secretariat.objects.get(coalition=world.coalition)
    assert secretariat.person
    PERSONAL_DATA["mandates"].erase(secretariat.person.id)
    secretariat.refresh_from_db()
    assert secretariat.until
    left = Entry.objects.get(event="coalition.secretariat_revoked")
    assert left.facts == {"secretariat": str(secretariat.id)}
    assert left.leaf is not None


def test_everyone_sees_for_whom_they_act(world: make.World) -> None:
    assert world.resident.person
    exported = PERSONAL_DATA["mandates"].export(world.resident.person)
    assert isinstance(exported, dict)
    assert {row["may"] for row in exported["partners"]} == set(MandateType.values)
