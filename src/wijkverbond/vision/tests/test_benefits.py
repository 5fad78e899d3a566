"""What a party gains by a goal: said by whom, confirmed by the party itself."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from tests import make
from wijkverbond.coalition.queries import party_of
from wijkverbond.kernel.policy import Refused
from wijkverbond.vision import services
from wijkverbond.vision.tests import make as make_visions

pytestmark = pytest.mark.django_db


def test_a_benefit_written_by_another_party_is_a_suggestion(world: make.World) -> None:
    goal = make.goal(world.coalition)
    shopkeepers = party_of(world.shopkeeper)
    benefit = make.benefit(goal, shopkeepers, by=world.municipality)
    assert make_visions.benefit_cell(goal, world.shopkeeper).state == "suggestion"
    assert make_visions.recorded(world, "benefit_stated")[0]["stated_by"] == "another"
    services.confirm_benefit(benefit, actor=world.shopkeeper)
    assert make_visions.benefit_cell(goal, world.shopkeeper).state == "confirmed"


@pytest.mark.parametrize("other", ["resident", "municipality"])
def test_a_confirmed_suggestion_is_not_overwritten_by_another_party(
    world: make.World, other: str
) -> None:
    goal = make.goal(world.coalition)
    shopkeepers = party_of(world.shopkeeper)
    benefit = make.benefit(goal, shopkeepers, by=world.municipality)
    services.confirm_benefit(benefit, actor=world.shopkeeper)
    with pytest.raises(ValidationError):
        make.benefit(goal, shopkeepers, by=getattr(world, other), own="Heel veel.")
    assert make_visions.benefit_cell(goal, world.shopkeeper).state == "confirmed"


def test_own_words_are_not_overwritten_by_another_party(world: make.World) -> None:
    goal = make.goal(world.coalition)
    benefit = make_visions.confirmed_benefit(goal, world.shopkeeper)
    with pytest.raises(ValidationError):
        make.benefit(goal, benefit.party, by=world.resident, own="Heel veel.")
    benefit.refresh_from_db()
    assert benefit.own == "Minder te laat."


Service = Callable[..., None]


@pytest.mark.parametrize("service", [services.confirm_benefit, services.withdraw_benefit])
def test_only_the_party_itself_confirms_and_withdraws_a_benefit(
    world: make.World, service: Service
) -> None:
    goal = make.goal(world.coalition)
    shopkeepers = party_of(world.shopkeeper)
    benefit = make.benefit(goal, shopkeepers, by=world.shopkeeper)
    for other in (world.resident, world.corporation, world.municipality, world.coordinator):
        with pytest.raises(Refused):
            service(benefit, actor=other)
    service(benefit, actor=world.shopkeeper)
    with pytest.raises(ValidationError):
        service(benefit, actor=world.shopkeeper)


def test_a_withdrawn_benefit_is_gone_and_can_be_stated_again(world: make.World) -> None:
    goal = make.goal(world.coalition)
    services.withdraw_benefit(
        make_visions.confirmed_benefit(goal, world.shopkeeper), actor=world.shopkeeper
    )
    assert make_visions.benefit_cell(goal, world.shopkeeper).state == "none"
    make_visions.confirmed_benefit(goal, world.shopkeeper)
    assert make_visions.benefit_cell(goal, world.shopkeeper).state == "confirmed"
