"""What an organisation is follows from what it is called and its form, and not from a menu."""

import pytest

from tests import make
from wijkverbond.coalition import services
from wijkverbond.coalition.models import Coalition, Invitation, Kind, Party, public_bodies
from wijkverbond.coalition.models.choices import Says
from wijkverbond.coalition.queries import party_of
from wijkverbond.coalition.tests.new_coalition import recorded_facts, unsaved_coalition
from wijkverbond.kernel.models import INSTALLATION, Entry
from wijkverbond.kernel.policy import Refused
from wijkverbond.places.models import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def municipalities() -> None:
    """Four municipalities, as the areas bring them in."""
    for code, name in (
        ("GM0106", "Assen"),
        ("GM0373", "Bergen (NH.)"),
        ("GM0518", "'s-Gravenhage"),
        ("GM1940", "De Fryske Marren"),
    ):
        Place.objects.create(
            year=2024, code=code, level="municipality", name=name, search_name=name.lower()
        )


def started(name: str, sector: str = "residents_group", legal_form: str = "foundation") -> Party:
    """The first party of a coalition, of an organisation with this name."""
    organisation = make.organisation(sector, name, legal_form=legal_form)
    return services.start(
        unsaved_coalition(),
        organisation,
        make.taking_part(),
        actor=make.someone(make.user()),
    )


@pytest.mark.parametrize("sector", ["residents_group", "shop", "welfare", "school"])
@pytest.mark.parametrize(
    ("name", "becomes"),
    [
        ("Gemeente Assen", "municipality"),
        ("GEMEENTE  assen", "municipality"),
        ("De gemeente Bergen", "municipality"),
        ("Gemeente Den Haag", "municipality"),
        ("Gemeente De Fryske Marren", "municipality"),
        ("Provinsje Fryslân", "province"),
        ("Het waterschap Rivierenland", "water_board"),
        ("Provincie Drenthe", "province"),
        ("Drenthe", "province"),
        ("Waterschap Hunze en Aa’s", "water_board"),
        ("Politie Noord-Nederland", "police"),
        ("Eenheid Landelijke Opsporing en Interventies", "police"),
        ("Ministerie van Verkeer en Waterstaat", "state"),
        ("Ministerie van Financiën", "state"),
    ],
)
def test_the_whole_name_of_a_public_body_is_government_whatever_was_chosen(
    municipalities: None, name: str, becomes: str, sector: str
) -> None:
    organisation = started(name, sector).organisation
    assert (organisation.kind, organisation.sector) == (Kind.GOVERNMENT, becomes)


@pytest.mark.parametrize(
    "name",
    ["Protestantse Gemeente Assen", "Vrienden van Assen", "Assen", "Wijkvereniging Drenthe"],
)
def test_a_name_with_another_word_is_none(municipalities: None, name: str) -> None:
    organisation = started(name, "faith").organisation
    assert organisation.kind == Kind.CIVIL_SOCIETY
    assert not organisation.is_kind_in_doubt


@pytest.mark.parametrize("name", ["Gemeente Nergens", "Gemeente van Christus", "Politie en wij"])
def test_a_name_that_only_begins_like_one_is_in_doubt(municipalities: None, name: str) -> None:
    organisation = started(name, "faith").organisation
    assert organisation.kind == Kind.CIVIL_SOCIETY
    assert organisation.is_kind_in_doubt


@pytest.mark.parametrize(
    ("sector", "kind"),
    [
        ("residents_group", Kind.GOVERNMENT),
        ("business", Kind.GOVERNMENT),
        ("welfare", Kind.GOVERNMENT),
        ("school", Kind.CIVIL_SOCIETY),
        ("knowledge", Kind.CIVIL_SOCIETY),
    ],
)
def test_a_public_body_by_legal_form_is_government_but_for_schools(sector: str, kind: str) -> None:
    assert started("Wij hier", sector, "public_body").kind == kind


def test_a_council_that_advises_is_of_the_residents_one_with_powers_is_government() -> None:
    assert started("Dorpsraad Noord", "advisory_council").kind == Kind.RESIDENTS
    assert started("Wijkraad Noord", "statutory_council").kind == Kind.GOVERNMENT


def test_every_name_in_the_list_is_found_again() -> None:
    assert public_bodies.sector_of("Hoogheemraadschap van Delfland") == "water_board"
    numbers = map(
        len,
        (public_bodies.PROVINCES, public_bodies.WATER_BOARDS, public_bodies.POLICE_REGIONS,
         public_bodies.MINISTRIES),
    )  # fmt: skip
    assert list(numbers) == [12 + len({"Fryslân"}), 21, 10, 15]
    assert all(name == public_bodies.plain(name) for name in public_bodies.NAMED)


def doubtful(coalition: Coalition) -> Party:
    """A newcomer that is called as a public body may be."""
    return make.party(coalition, "residents_group", name="Gemeente van buren", confirmed=False)


def test_two_who_count_say_that_one_in_doubt_is_what_it_says(world: make.World) -> None:
    party = doubtful(world.coalition)
    services.confirm_party(party, actor=world.shopkeeper)
    party.refresh_from_db()
    assert not party.is_confirmed
    services.confirm_party(party, actor=world.corporation)
    party.refresh_from_db()
    assert party.is_confirmed
    assert party.kind == Kind.RESIDENTS
    confirmed = recorded_facts(world.coalition, "party_confirmed")[-1]
    assert confirmed["party"] == str(party.id)
    assert set(confirmed["confirmed_by"]) == {
        str(world.shopkeeper.party),
        str(world.corporation.party),
    }


def test_two_who_count_say_that_one_in_doubt_is_government_wherever_it_takes_part(
    world: make.World,
) -> None:
    party = doubtful(world.coalition)
    elsewhere = party_of(world.stranger)
    invitation = services.invite(
        elsewhere.coalition,
        actor=world.stranger,
        wording=Invitation(addressee=party.name),
    )
    other = services.accept(
        invitation,
        party.organisation,
        make.taking_part(),
        actor=make.someone(make.account_of(make.actor(party))),
    )
    for actor in (world.shopkeeper, world.resident):
        services.confirm_party(party, actor=actor, says=Says.PUBLIC_BODY)
    party = Party.objects.get(id=party.id)
    assert (party.kind, party.is_confirmed) == (Kind.GOVERNMENT, True)
    assert Party.objects.get(id=other.id).is_confirmed
    [settled] = recorded_facts(world.coalition, "kind_settled")
    assert settled.pop("party") == str(party.id)
    assert set(settled.pop("confirmed_by")) == {
        str(world.shopkeeper.party),
        str(world.resident.party),
    }
    assert settled == {"kind": "government", "earlier_kind": "residents"}
    for coalition in (world.coalition, elsewhere.coalition):
        assert recorded_facts(coalition, "party_described")[-1]["kind"] == "government"
    last = Entry.objects.filter(stream=INSTALLATION).order_by("seq").last()
    assert last
    assert last.facts["kind"] == "government"


def test_one_says_and_the_other_does_not(world: make.World) -> None:
    party = doubtful(world.coalition)
    services.confirm_party(party, actor=world.shopkeeper, says=Says.PUBLIC_BODY)
    services.confirm_party(party, actor=world.corporation)
    party.refresh_from_db()
    assert not party.is_confirmed
    services.confirm_party(party, actor=world.resident)
    party.refresh_from_db()
    assert party.is_confirmed


def test_nobody_is_called_a_public_body_whose_name_leaves_no_doubt(world: make.World) -> None:
    school = make.party(world.coalition, "school", confirmed=False)
    with pytest.raises(Exception, match="geen twijfel"):
        services.confirm_party(school, actor=world.shopkeeper, says=Says.PUBLIC_BODY)
    with pytest.raises(Refused):
        services.confirm_party(
            doubtful(world.coalition), actor=world.municipality, says=Says.PUBLIC_BODY
        )
