"""What somebody may do by the sign-in at their organisation: asked, given after a yes, ended with the group."""

from collections.abc import Collection

import pytest
from django.core.exceptions import ValidationError
from pytest_django.fixtures import Settings

from tests import make
from wijkverbond.accounts import organisation
from wijkverbond.accounts.models import User
from wijkverbond.coalition import services
from wijkverbond.coalition.models import Mandate, MandateOffer, Party
from wijkverbond.coalition.queries import acting_for, party_of
from wijkverbond.kernel.actor import MandateType, system

pytestmark = pytest.mark.django_db

TAKE_PART = [MandateType.TAKE_PART]
DECIDE = [MandateType.TAKE_PART, MandateType.DECIDE]


@pytest.fixture
def person() -> User:
    """Somebody of the municipality's own, who signs in there."""
    return make.user()


@pytest.fixture
def party(world: make.World) -> Party:
    """The municipality."""
    return party_of(world.municipality)


def sign_in(person: User, party: Party, may: Collection[MandateType]) -> None:
    wanted = {party.organisation_id: may} if may else {}
    services.follow_sign_in(person, wanted, actor=system())


def say_yes(person: User, party: Party) -> None:
    offer = MandateOffer.objects.get(person=person, party=party)
    services.accept_mandate(offer, actor=make.someone(person, coalition=party.coalition))


def come_from_group(person: User, settings: Settings, named: object) -> None:
    """Sign in at the organisation, in a group of which the settings say that it may decide."""
    settings.OIDC_MANDATES = f"Wijkteam > {named} > decide"
    organisation.follow(person.id, ["Wijkteam"])


def may_now(person: User) -> set[str]:
    held = Mandate.objects.valid(system().now).filter(person=person)
    return {*held.values_list("sort", flat=True)}


def test_nothing_is_given_before_the_yes_and_it_is_asked_once(person: User, party: Party) -> None:
    sign_in(person, party, DECIDE)
    sign_in(person, party, DECIDE)
    assert MandateOffer.objects.filter(person=person).count() == 1
    assert may_now(person) == set()
    say_yes(person, party)
    assert may_now(person) == {"take_part", "decide"}


def test_who_says_no_is_not_asked_again(person: User, party: Party) -> None:
    sign_in(person, party, TAKE_PART)
    offer = MandateOffer.objects.get(person=person)
    services.decline_mandate(offer, actor=make.someone(person, coalition=party.coalition))
    sign_in(person, party, TAKE_PART)
    assert MandateOffer.objects.get(person=person).outcome == "no"


def test_another_group_gives_more_or_less(person: User, party: Party) -> None:
    sign_in(person, party, TAKE_PART)
    say_yes(person, party)
    sign_in(person, party, DECIDE)
    assert may_now(person) == {"take_part", "decide"}
    sign_in(person, party, TAKE_PART)
    assert may_now(person) == {"take_part"}
    sign_in(person, party, [])
    assert may_now(person) == set()
    sign_in(person, party, TAKE_PART)
    assert MandateOffer.objects.open(system().now).filter(person=person).exists()


def test_a_question_ends_with_the_group(person: User, party: Party) -> None:
    sign_in(person, party, DECIDE)
    sign_in(person, party, [])
    assert MandateOffer.objects.get(person=person).outcome == "taken_back"


def test_what_colleagues_gave_stays_and_what_they_ended_stays_ended(
    world: make.World, person: User, party: Party
) -> None:
    sign_in(person, party, DECIDE)
    say_yes(person, party)
    decides = Mandate.objects.get(person=person, sort=MandateType.DECIDE)
    services.end_mandate(decides, actor=make.later(world.municipality, 0))
    sign_in(person, party, DECIDE)
    assert may_now(person) == {"take_part"}
    colleague = make.account_of(make.colleague(world.municipality))
    before = may_now(colleague)
    sign_in(colleague, party, [])
    assert may_now(colleague) == before != set()


def test_nobody_acts_for_two_sides_because_of_a_group(world: make.World, party: Party) -> None:
    resident = make.account_of(world.resident)
    before = may_now(resident)
    sign_in(resident, party, DECIDE)
    with pytest.raises(ValidationError):
        say_yes(resident, party)
    assert not Mandate.objects.filter(person=resident, party=party).exists()
    assert may_now(resident) == before


def test_it_holds_for_every_coalition_in_which_the_organisation_takes_part(
    world: make.World, person: User, party: Party
) -> None:
    assert world.stranger.coalition
    elsewhere = party_of(world.stranger).coalition
    organisation = party.organisation
    joined = Party.objects.create(
        organisation=organisation,
        coalition=elsewhere,
        levels=party.levels,
        involvement=party.involvement,
        role=party.role,
        joined_at=party.joined_at,
    )
    sign_in(person, party, TAKE_PART)
    asked = MandateOffer.objects.filter(person=person).values_list("party", flat=True)
    assert {*asked} == {party.id, joined.id}


def test_who_takes_the_name_of_an_organisation_changes_nothing_for_its_people(
    settings: Settings, person: User, party: Party
) -> None:
    come_from_group(person, settings, party.name)
    say_yes(person, party)
    make.namesake(party)
    come_from_group(person, settings, party.name)
    assert may_now(person) == {"take_part", "decide"}
    come_from_group(person, settings, "Gemeente Nergens")
    assert may_now(person) == {"take_part", "decide"}


def test_an_organisation_named_by_its_id_is_nobody_else(
    settings: Settings, person: User, party: Party
) -> None:
    make.namesake(party)
    come_from_group(person, settings, party.organisation_id)
    assert MandateOffer.objects.get(person=person).party == party


def test_who_is_not_of_government_but_has_the_name_does_not_count(
    settings: Settings, person: User, party: Party
) -> None:
    make.namesake(party, sector="residents_group")
    come_from_group(person, settings, party.name)
    assert MandateOffer.objects.get(person=person).party == party


def test_no_group_gives_anything_for_a_partner_of_society(
    world: make.World, settings: Settings, person: User
) -> None:
    residents = party_of(world.resident)
    sign_in(person, residents, DECIDE)
    come_from_group(person, settings, residents.organisation_id)
    assert not MandateOffer.objects.filter(person=person).exists()


def test_who_takes_part_no_more_decides_and_signs_no_more(
    world: make.World, person: User, party: Party
) -> None:
    sign_in(person, party, TAKE_PART)
    say_yes(person, party)
    assert world.municipality.person
    colleague = acting_for(world.municipality.person, party, now=system().now)
    may = [MandateType.DECIDE, MandateType.SIGN]
    assert services.grant(party, person, actor=colleague, may=may, ground=make.ground(party))
    sign_in(person, party, [])
    assert not Mandate.objects.current(system().now).filter(person=person).exists()
