"""Nobody is shut out by what another says of them: they say themselves whether they worked on it."""

import pytest
from django.core.exceptions import ValidationError

from tests import make
from tests.html import page_html, shown
from tests.sweeps import browser
from tests.two_hats import two_hats
from wijkverbond.breakthroughs import policies, services
from wijkverbond.breakthroughs.models import Breakthrough
from wijkverbond.breakthroughs.tests.test_breakthroughs import confirm, recorded_facts
from wijkverbond.breakthroughs.tests.test_pages import address
from wijkverbond.coalition.queries import party_of
from wijkverbond.kernel.policy import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def naming(world: make.World) -> Breakthrough:
    """Reported by the corporation, which says that all the others worked on it."""
    critics = [party_of(actor) for actor in world.parties if actor != world.corporation]
    return make.breakthrough(world.coalition, by=world.corporation, named=critics)


def test_who_is_only_named_confirms_and_doubts_like_everybody(
    naming: Breakthrough, world: make.World
) -> None:
    services.confirm(naming, actor=world.resident, confirms=False, remark="Het is nog dicht.")
    assert confirm(naming, world.shopkeeper, world.municipality) == "established"
    with pytest.raises(ValidationError):
        services.say_worked_on(naming, actor=world.resident)
    facts = recorded_facts("established")
    assert facts["contributors"] == [str(world.corporation.party)]


def test_who_says_that_it_worked_on_it_does_not_confirm_it(
    naming: Breakthrough, world: make.World
) -> None:
    services.say_worked_on(naming, actor=world.shopkeeper)
    with pytest.raises(Refused):
        confirm(naming, world.shopkeeper)
    with pytest.raises(ValidationError):
        services.say_worked_on(naming, actor=world.shopkeeper)
    assert recorded_facts("worked_on")["party"] == str(world.shopkeeper.party)
    assert recorded_facts("claimed")["contributors"] == [str(world.corporation.party)]


def test_only_who_was_named_says_so_and_nobody_who_confirmed_it_with_another_hat(
    claimed: Breakthrough, naming: Breakthrough, world: make.World
) -> None:
    with pytest.raises(Refused):
        services.say_worked_on(claimed, actor=world.shopkeeper)
    as_residents, as_shop = two_hats(world.resident, world.shopkeeper)
    confirm(naming, as_residents)
    assert not policies.may_say_worked_on(as_shop, naming)
    assert policies.may_say_worked_on(world.shopkeeper, naming)


def test_the_page_asks_who_was_named_and_says_what_they_answered(
    naming: Breakthrough, world: make.World
) -> None:
    shop, residents = browser(world.shopkeeper), browser(world.resident)
    page = page_html(shop, address(naming))
    asks = address(naming, "say_worked_on")
    assert asks in page
    assert address(naming, "confirm") in page
    assert page.count("zei nog niet of die meewerkte") == 3
    assert "Er werd gezegd dat je meewerkte" in page_html(shop, "/mijn-werk/")
    confirm(naming, world.resident)
    assert shop.post(asks, shown(naming)).status_code == 302
    page = page_html(residents, address(naming))
    assert asks not in page
    assert page.count("zei nog niet of die meewerkte") == 1
    assert page.count("zegt dat die niet meewerkte") == 1
