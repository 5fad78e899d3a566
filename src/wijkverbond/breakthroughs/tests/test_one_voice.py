"""One person, one voice about a breakthrough; and only partners that others confirmed count."""

import pytest

from tests import make
from tests.html import page_html
from tests.sweeps import browser
from tests.two_hats import two_hats
from wijkverbond.breakthroughs import policies, queries, services, tasks
from wijkverbond.breakthroughs.models import Breakthrough
from wijkverbond.breakthroughs.tests.test_breakthroughs import confirm_as_residents
from wijkverbond.breakthroughs.tests.test_pages import address
from wijkverbond.coalition.models import Mandate, Party
from wijkverbond.coalition.queries import party_of
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import Refused

pytestmark = pytest.mark.django_db

State = Breakthrough.State


def confirm(breakthrough: Breakthrough, by: Actor) -> str:
    return services.confirm(breakthrough, actor=by, confirms=True).state


def newcomer(world: make.World, sector: str = "shop") -> Actor:
    """Somebody of a partner that others did not confirm yet."""
    return make.actor(make.party(world.coalition, sector, confirmed=False))


def test_a_person_confirms_for_one_partner_only(claimed: Breakthrough, world: make.World) -> None:
    for_group, for_shop = two_hats(world.resident, world.shopkeeper)
    assert confirm(claimed, for_group) == State.CLAIMED
    with pytest.raises(Refused):
        confirm(claimed, for_shop)
    with pytest.raises(Refused):
        services.confirm(claimed, actor=for_shop, confirms=False, remark="Toch niet.")
    services.confirm(claimed, actor=for_group, confirms=False, remark="Weer dicht.")
    assert claimed.confirmations.get().person_id == for_group.person
    confirm(claimed, world.shopkeeper)


def test_who_works_for_the_claimant_confirms_for_nobody(
    claimed: Breakthrough, world: make.World
) -> None:
    _for_claimant, for_shop = two_hats(world.corporation, world.shopkeeper)
    with pytest.raises(Refused):
        confirm(claimed, for_shop)
    mandates = Mandate.objects.filter(person=for_shop.person, party=claimed.claimant)
    mandates.update(until=for_shop.now)
    assert not policies.may_confirm(make.later(for_shop, 89), claimed)
    assert policies.may_confirm(make.later(for_shop, 91), claimed)


def test_who_works_for_a_partner_that_pays_for_it_confirms_for_nobody(
    claimed: Breakthrough, world: make.World
) -> None:
    Party.objects.filter(id=party_of(world.shopkeeper).id).update(role="funder")
    _for_payer, for_group = two_hats(world.shopkeeper, world.resident)
    assert not policies.may_confirm(for_group, claimed)
    assert policies.may_confirm(world.resident, claimed)


def test_the_page_says_why_it_shows_no_button_and_for_whom_somebody_acts_too(
    claimed: Breakthrough, world: make.World
) -> None:
    for_group, for_shop = two_hats(world.resident, world.shopkeeper)
    visitor = browser(for_group)
    assert address(claimed, "confirm") in page_html(visitor, address(claimed))
    confirm(claimed, for_shop)
    page = page_html(visitor, address(claimed))
    assert address(claimed, "confirm") not in page
    assert "Nu doet iemand anders het" in page
    assert f"Handelt hier ook namens {party_of(for_group).name}" in page


def test_an_unconfirmed_partner_confirms_and_counts_once_others_confirmed_it(
    claimed: Breakthrough, world: make.World
) -> None:
    shop = newcomer(world)
    confirm(claimed, world.resident)
    assert confirm(claimed, shop) == State.CLAIMED
    page = page_html(browser(world.resident), address(claimed))
    assert party_of(shop).name in page
    assert "Nog niet bevestigd, telt nog niet mee" in page
    tasks.establish(0)
    assert not queries.established().exists()
    Party.objects.filter(id=party_of(shop).id).update(confirmed_at=shop.now)
    tasks.establish(0)
    assert queries.established().get() == claimed
    tasks.establish(0)


def test_unconfirmed_partners_establish_nothing_with_residents(
    claimed: Breakthrough, world: make.World
) -> None:
    confirm(claimed, newcomer(world))
    assert confirm_as_residents(claimed, world, 5) == State.CLAIMED
    assert confirm(claimed, world.resident) == State.ESTABLISHED
