"""Nobody acts for government and for a partner of society in the same neighbourhood."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from tests import make
from tests.two_hats import for_government_too, put_on
from wijkverbond.accounts.models import User
from wijkverbond.coalition import services
from wijkverbond.coalition.models import Invitation, Mandate, MandateOffer, Party, Side
from wijkverbond.coalition.queries import actors, party_of
from wijkverbond.coalition.queries.dormancy import active_parties
from wijkverbond.coalition.tests.pages import SignIn, page_url, readable
from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import BARRED, Refused

pytestmark = pytest.mark.django_db


def official(world: make.World) -> User:
    """Who acts for the world's municipality."""
    return make.account_of(world.municipality)


def ended(person: User, *, days_ago: int) -> None:
    """Let all mandates of a person for government have ended so many days ago."""
    mandates = Mandate.objects.for_government().filter(person=person)
    day = clock.now() - dt.timedelta(days=days_ago)
    mandates.update(since=day - dt.timedelta(days=9), until=day)


def leave_alone(party: Party) -> Actor:
    """The first person of a party, for which nobody else acts any more."""
    first = make.actor(party)
    party.mandates.exclude(person=first.person).update(until=first.now)
    return first


def test_nobody_says_yes_to_government_elsewhere_in_the_municipality_too(
    world: make.World,
) -> None:
    elsewhere = make.party(make.coalition(places=["BU01060999"]), "police")
    with pytest.raises(ValidationError, match="bewoners"):
        make.grant(elsewhere, make.account_of(world.resident), actor=make.actor(elsewhere), may=[])


@pytest.mark.parametrize("by_giver", [False, True])
def test_a_mandate_of_before_that_nobody_asked_for_is_given_back_unused(
    world: make.World, by_giver: bool
) -> None:
    coalition = make.coalition()
    resident = make.first_actor(coalition)
    municipality = party_of(world.municipality)
    mandate = put_on(municipality, make.account_of(resident))
    invitation = services.invite(
        coalition, actor=resident, wording=Invitation(addressee="Gemeente")
    )
    official_there = make.someone(official(world), coalition=coalition)
    services.accept(invitation, municipality.organisation, make.taking_part(), actor=official_there)
    barred = make.first_actor(coalition)
    assert barred.barred
    if by_giver:
        services.end_mandate(mandate, actor=make.actor(municipality))
    else:
        services.choose_side(coalition, actor=barred, side=Side.SOCIETY)
    assert not make.first_actor(coalition).barred


@pytest.mark.parametrize(("days_ago", "barred"), [(89, True), (91, False)])
def test_the_bar_lasts_ninety_days(world: make.World, days_ago: int, barred: bool) -> None:
    actor = for_government_too(world, world.resident)
    assert actor.barred
    ended(make.account_of(actor), days_ago=days_ago)
    assert make.actor(party_of(world.resident)).barred is barred


def test_an_official_does_not_join_as_a_partner_of_society(world: make.World) -> None:
    invitation = services.invite(
        world.coalition, actor=world.municipality, wording=Invitation(addressee="Bewoners")
    )
    joining = make.someone(official(world), coalition=world.coalition)
    with pytest.raises(Refused, match=str(BARRED)):
        services.accept(invitation, make.organisation(), make.taking_part(), actor=joining)
    services.accept(invitation, make.organisation("police"), make.taking_part(), actor=joining)


@pytest.mark.parametrize(
    ("places", "government", "barred"),
    [
        (["BU01060999"], "police", True),  # another organisation in the same municipality
        (["GM0106"], "water_board", True),
        (["BU02280101"], "police", False),  # another municipality
        (["BU01060999"], "school", False),  # no government at that table
    ],
)
def test_who_is_barred_elsewhere(
    world: make.World, places: list[str], government: str, barred: bool
) -> None:
    person = official(world)
    elsewhere = make.coalition(person=person, places=places)
    make.party(elsewhere, government)
    assert make.first_actor(elsewhere).barred is barred
    own, *_rest = actors(person.id, elsewhere, now=clock.now())
    assert own.barred is barred


def test_the_same_organisation_bars_wherever_it_takes_part(world: make.World) -> None:
    person = official(world)
    elsewhere = make.coalition(person=person, places=["BU02280101"])
    invitation = services.invite(
        elsewhere, actor=make.first_actor(elsewhere), wording=Invitation(addressee="Gemeente")
    )
    organisation = party_of(world.municipality).organisation
    services.accept(
        invitation,
        organisation,
        make.taking_part(),
        actor=make.someone(person, coalition=elsewhere),
    )
    assert make.actor(elsewhere.parties.society()[0]).barred
    assert not make.actor(elsewhere.parties.all()[1]).barred  # for government they act


def choose(world: make.World, actor: Actor, side: str, successor: User | None = None) -> None:
    """Choose a side in the world's coalition."""
    services.choose_side(world.coalition, actor=actor, side=side, successor=successor)


def test_who_goes_on_for_government_leaves_the_partner_to_a_colleague(world: make.World) -> None:
    party = party_of(world.resident)
    choose(world, for_government_too(world, world.resident), Side.GOVERNMENT)
    current = Mandate.objects.current(clock.now())
    assert not current.filter(party=party, person=world.resident.person).exists()
    assert current.filter(party=party, may_grant=True).exists()
    assert current.filter(party=world.municipality.party, person=world.resident.person).exists()
    assert party in active_parties(world.coalition, clock.now())


def test_a_sole_holder_names_a_successor_or_the_partner_sleeps(
    world: make.World, sign_in: SignIn
) -> None:
    party, successor = party_of(world.shopkeeper), make.user()
    leave_alone(party)
    actor = for_government_too(world, world.shopkeeper)
    party_page = page_url(world.coalition, "party", party_id=party.id)
    choose(world, actor, Side.GOVERNMENT, successor)
    page_text = readable(sign_in(world.resident).get(party_page).content)
    assert "Niemand kan nu" in page_text
    assert "Er is iemand gevraagd" in page_text
    make.say_yes(successor, party)
    assert make.actor(party).person == successor.id
    leave_alone(party_of(world.corporation))
    choose(world, for_government_too(world, world.corporation), Side.GOVERNMENT)
    assert party_of(world.corporation) not in active_parties(world.coalition, clock.now())


def test_who_goes_on_for_society_waits_ninety_days(world: make.World) -> None:
    actor = for_government_too(world, world.resident)
    choose(world, actor, Side.SOCIETY)
    assert not Mandate.objects.current(clock.now()).for_government().filter(person=actor.person)
    assert make.actor(party_of(actor)).barred
    with pytest.raises(ValidationError) as refused:
        choose(world, actor, Side.SOCIETY)
    assert set(refused.value.message_dict) == {"side"}
    assert not make.actor(party_of(actor), now=make.later(actor, 91).now).barred


def test_who_is_barred_ends_what_they_do_themselves_and_nobody_elses_mandate(
    world: make.World,
) -> None:
    actor = for_government_too(world, make.colleague(world.resident))
    mandates = Mandate.objects.filter(party=world.resident.party)
    with pytest.raises(Refused, match=str(BARRED)):
        services.end_mandate(mandates.exclude(person=actor.person)[0], actor=actor)
    services.end_mandate(mandates.get(person=actor.person), actor=actor)


def test_who_acts_for_one_side_has_nothing_to_choose(world: make.World) -> None:
    for actor in (world.resident, world.municipality):
        with pytest.raises(ValidationError, match="één kant"):
            choose(world, actor, Side.GOVERNMENT)


def test_the_choice_is_found_on_every_page_and_made_on_its_own(
    world: make.World, sign_in: SignIn
) -> None:
    page = page_url(world.coalition, "choose_side")
    actor = for_government_too(world, world.resident)
    browser = sign_in(actor)
    for other in ("who", "switch"):
        assert page in readable(browser.get(page_url(world.coalition, other)).content)
    assert browser.get(page_url(world.coalition, "invite")).status_code == 403
    party_page = page_url(world.coalition, "party", party_id=world.resident.party)
    page_text = readable(sign_in(world.shopkeeper).get(party_page).content)
    assert "doet hier ook mee voor de overheid" in page_text
    assert browser.post(page, {"side": "both"}).status_code == 422
    data = {"side": "for_government", "successor": "opvolger@voorbeeld.example"}
    assert browser.post(page, data).status_code == 302
    assert browser.get(page).status_code == 403
    asked = MandateOffer.objects.get(party=world.resident.party, outcome="")
    assert asked.person
    assert asked.person.email == data["successor"]


def test_the_page_of_a_partner_tells_who_else_its_people_are(
    world: make.World, sign_in: SignIn
) -> None:
    page = page_url(world.coalition, "party", party_id=world.resident.party)
    page_text = readable(sign_in(world.shopkeeper).get(page).content)
    assert "beheert ook deze site" not in page_text
    assert "Doet hier ook mee voor" not in page_text
    person = make.account_of(world.resident)
    make.grant(party_of(world.shopkeeper), person, actor=world.shopkeeper, may=[])
    User.objects.filter(id=person.id).update(is_operator=True)
    page_text = readable(sign_in(world.shopkeeper).get(page).content)
    assert "beheert ook deze site" in page_text
    assert "Doet hier ook mee voor" in page_text
