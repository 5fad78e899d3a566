"""A new party counts once others, with other people, confirm that it is what it says."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from tests.examples import at_least
from wijkverbond.accounts.models import User
from wijkverbond.coalition import policies, services
from wijkverbond.coalition.models import Coalition, Mandate, MissingVoice, Party, PartyConfirmation
from wijkverbond.coalition.queries import acting_for, confirming, party_of
from wijkverbond.coalition.tests.new_coalition import recorded_facts
from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import Refused

pytestmark = pytest.mark.django_db


def newcomer(coalition: Coalition, sector: str = "school", person: User | None = None) -> Party:
    """A party that has just joined, and may take part."""
    return make.party(coalition, sector, person=person, may=[], confirmed=False)


def new_coalition(sector: str = "residents_group", person: User | None = None) -> Coalition:
    """A coalition in which nobody was confirmed yet."""
    return make.coalition(sector, person=person, may=[])


def confirm(party: Party, by: Party) -> None:
    """The first person of a party confirms another."""
    services.confirm_party(party, actor=make.actor(by))


def refused(party: Party, actor: Actor) -> str:
    """Why somebody may not confirm a party; nothing of it is kept."""
    before = PartyConfirmation.objects.count()
    with pytest.raises(Refused) as refusal:
        services.confirm_party(party, actor=actor)
    assert PartyConfirmation.objects.count() == before
    party.refresh_from_db()
    assert not party.is_confirmed
    return str(refusal.value.reason)


def confirmed(coalition: Coalition) -> list[Party]:
    """The parties that count."""
    return list(coalition.parties.confirmed())


def test_an_unconfirmed_party_takes_part_and_is_not_among_the_confirmed(world: make.World) -> None:
    school = newcomer(world.coalition)
    assert school.is_present
    assert not school.is_confirmed
    assert school not in confirmed(world.coalition)
    assert recorded_facts(world.coalition, "party_joined")[-1]["confirmed"] == "no"


def test_government_counts_from_the_day_it_joins() -> None:
    coalition = new_coalition("municipality")
    assert confirmed(coalition) == list(coalition.parties.all())
    province = newcomer(coalition, "province")
    assert province.is_confirmed


def test_a_confirmed_society_party_makes_a_newcomer_count(world: make.World) -> None:
    school = newcomer(world.coalition)
    services.confirm_party(school, actor=world.shopkeeper)
    school.refresh_from_db()
    assert school.is_confirmed
    assert school.confirmed_by_id == world.shopkeeper.party
    assert recorded_facts(world.coalition, "party_confirmed")[-1] == {
        "party": str(school.id),
        "kind": "civil_society",
        "confirmed_by": [str(world.shopkeeper.party)],
    }


def test_confirming_again_changes_nothing(world: make.World) -> None:
    school = newcomer(world.coalition)
    for actor in (world.shopkeeper, world.shopkeeper, world.resident):
        services.confirm_party(school, actor=actor)
    about = [facts["party"] for facts in recorded_facts(world.coalition, "party_confirmed")]
    assert about.count(str(school.id)) == 1
    assert PartyConfirmation.objects.filter(about=school).count() == 1


def test_government_confirms_nobody(world: make.World) -> None:
    assert "overheid" in refused(newcomer(world.coalition), world.municipality)


def test_nobody_confirms_the_party_they_brought_or_act_for(world: make.World) -> None:
    resident = make.account_of(world.resident)
    school = newcomer(world.coalition, person=resident)
    assert "Iemand anders" in refused(school, world.resident)
    assert "andere mensen" in refused(school, make.actor(school))
    club = newcomer(world.coalition, "sport")
    make.grant(club, resident, actor=make.actor(club), may=[])
    assert "Iemand anders" in refused(club, make.later(world.resident, 1))
    missing = MissingVoice(sector="culture", what="Er is hier geen muziek.")
    for_club = acting_for(resident.id, club, now=clock.now())
    services.suggest_missing(world.coalition, actor=for_club, wording=missing)
    services.end_mandate(Mandate.objects.get(party=club, person=resident), actor=make.actor(club))
    assert "Iemand anders" in refused(club, make.later(world.resident, 89))
    services.confirm_party(club, actor=make.later(world.resident, 91))


def test_who_brought_a_party_does_not_confirm_it_when_they_left_it_long_ago(
    world: make.World,
) -> None:
    resident = make.account_of(world.resident)
    school = newcomer(world.coalition, person=resident)
    Mandate.objects.filter(party=school).update(until=clock.now())
    assert "Iemand anders" in refused(school, make.later(world.resident, 400))


def test_a_newcomer_confirms_nobody_where_others_count(world: make.World) -> None:
    school, club = newcomer(world.coalition), newcomer(world.coalition, "sport")
    assert "jouw organisatie nog" in refused(club, make.actor(school))


def test_an_adviser_and_a_suspended_partner_confirm_nobody(world: make.World) -> None:
    school = newcomer(world.coalition)
    suspended = party_of(world.shopkeeper)
    Party.objects.filter(id=suspended.id).update(suspended_at=clock.now())
    adviser = make.party(world.coalition, "knowledge", involvement="distance")
    for party in (suspended, adviser):
        assert policies.may_confirm_party(make.actor(party), school).allowed is False


def test_who_left_is_not_confirmed(world: make.World) -> None:
    school = make.party(world.coalition, "school", confirmed=False)
    services.leave(school, actor=make.actor(school), reason="Toch niet.")
    with pytest.raises(ValidationError):
        services.confirm_party(school, actor=world.resident)


def test_the_first_two_society_parties_confirm_each_other() -> None:
    coalition = new_coalition("municipality")
    group, shop = newcomer(coalition, "residents_group"), newcomer(coalition, "shop")
    confirm(shop, by=group)
    assert [party.kind for party in confirmed(coalition)] == ["government"]
    assert recorded_facts(coalition, "party_confirmation_given") == [
        {
            "party": str(shop.id),
            "kind": "entrepreneurs",
            "confirmed_by": str(group.id),
            "says": "as_it_says",
        }
    ]
    confirm(group, by=shop)
    assert {party.id for party in confirmed(coalition)} >= {group.id, shop.id}
    assert recorded_facts(coalition, "party_confirmed") == [
        {"party": str(group.id), "kind": "residents", "confirmed_by": [str(shop.id)]},
        {"party": str(shop.id), "kind": "entrepreneurs", "confirmed_by": [str(group.id)]},
    ]


def test_with_the_third_that_counts_the_coalition_is_listed() -> None:
    coalition = new_coalition("municipality")
    group, shop = newcomer(coalition, "residents_group"), newcomer(coalition, "shop")
    confirm(shop, by=group)
    coalition.refresh_from_db()
    assert not coalition.listed_at
    confirm(group, by=shop)
    coalition.refresh_from_db()
    assert coalition.listed_at


def test_a_missing_voice_is_at_the_table_once_its_party_counts(world: make.World) -> None:
    missing = services.suggest_missing(
        world.coalition,
        actor=world.resident,
        wording=MissingVoice(sector="school", what="340 leerlingen"),
    )
    school = newcomer(world.coalition)
    missing.refresh_from_db()
    assert not missing.filled_at
    services.confirm_party(school, actor=world.shopkeeper)
    missing.refresh_from_db()
    assert missing.filled_by_id == school.id


def test_in_a_village_of_five_everybody_counts_in_four_steps() -> None:
    """The village club, its shop, the school and a carer who leads the club too; and government."""
    carer = make.user()
    coalition = new_coalition("residents_group", person=carer)
    club = coalition.parties.get()
    make.grant(club, make.user(), actor=make.actor(club), may=[])
    shop, school = newcomer(coalition, "shop"), newcomer(coalition)
    care, village = newcomer(coalition, "care", person=carer), newcomer(coalition, "municipality")
    confirm(care, by=shop)
    assert refused(club, make.actor(care))
    confirm(club, by=shop)
    confirm(shop, by=club)
    assert {party.id for party in confirmed(coalition)} == {
        party.id for party in (club, shop, care, village)
    }
    confirm(school, by=care)
    assert len(confirmed(coalition)) == 5


def test_what_somebody_said_of_a_party_lapses_when_they_leave_or_act_for_it_now() -> None:
    coalition = new_coalition()
    group, shop = coalition.parties.get(), make.party(coalition, "shop", confirmed=False)
    school = newcomer(coalition)
    confirm(shop, by=group)
    confirm(school, by=shop)
    shopkeeper = make.actor(shop)
    make.grant(group, make.account_of(shopkeeper), actor=make.actor(group), may=[])
    assert refused(group, make.later(shopkeeper, 1))
    services.leave(shop, actor=shopkeeper, reason="We stoppen.")
    confirm(group, by=school)
    assert confirmed(coalition) == []
    confirm(school, by=group)
    assert {party.id for party in confirmed(coalition)} == {group.id, school.id}


def test_one_person_does_not_confirm_for_two_parties(world: make.World) -> None:
    coalition = new_coalition()
    person = make.user()
    group = coalition.parties.get()
    shop, bakery = (newcomer(coalition, "shop", person=person) for _number in range(2))
    confirm(group, by=shop)
    assert "al voor een andere partner" in refused(group, make.actor(bakery))


def test_what_an_erased_person_confirmed_stands_without_them(world: make.World) -> None:
    coalition = new_coalition()
    group, shop = coalition.parties.get(), newcomer(coalition, "shop")
    confirm(shop, by=group)
    PartyConfirmation.objects.update(person=None)
    confirm(group, by=shop)
    assert len(confirmed(coalition)) == 2


@settings(at_least(8, one_in=12), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    hats=st.lists(st.sets(st.integers(0, 3), min_size=1, max_size=3), min_size=3, max_size=5),
    acts=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4), st.integers(0, 4)), max_size=14),
)
def test_over_random_people_nobody_confirms_a_party_of_their_own_or_counts_twice(
    db: None, hats: list[set[int]], acts: list[tuple[int, int, int]]
) -> None:
    people = [make.user() for _number in range(4)]
    coalition, parties = a_coalition_of(people, hats)
    for number, by, about in acts:
        person, own, other = people[number], parties[by % len(hats)], parties[about % len(hats)]
        if number not in hats[by % len(hats)] or own == other:
            continue
        other.refresh_from_db()
        actor = acting_for(person.id, own, now=clock.now())
        to_confirm = confirming.to_be_confirmed(coalition.id, own.id, person.id, actor.now)
        may = policies.may_confirm_party(actor, other)
        said_before = PartyConfirmation.objects.filter(party=own, about=other).exists()
        assert (other in to_confirm) == (may.allowed and not other.is_confirmed and not said_before)
        if may:
            services.confirm_party(other, actor=actor)
    said = PartyConfirmation.objects.filter(about__coalition=coalition)
    persons = [user.id for user in people]
    for confirmation in said:
        party = next(party for party in parties if party.id == confirmation.about_id)
        assert confirmation.person_id
        assert persons.index(confirmation.person_id) not in hats[parties.index(party)]
    voices = list(said.values_list("person", "about"))
    assert len(voices) == len(set(voices))
    counting = list(coalition.parties.confirmed())
    assert all(said.filter(about=party, party=party.confirmed_by).exists() for party in counting)
    assert len(counting) != 1


def a_coalition_of(people: list[User], hats: list[set[int]]) -> tuple[Coalition, list[Party]]:
    """A coalition of unconfirmed parties, each with people by number; its first person brought it."""
    sectors = ("residents_group", "shop", "school", "business", "sport")
    coalition, parties = None, []
    for sector, numbers in zip(sectors, hats, strict=False):
        first, *others = sorted(numbers)
        if coalition is None:
            coalition = new_coalition(sector, person=people[first])
            party = coalition.parties.get()
        else:
            party = newcomer(coalition, sector, person=people[first])
        for number in others:
            make.grant(party, people[number], actor=make.actor(party), may=[])
        parties.append(party)
    assert coalition
    return coalition, parties
