"""A new party counts once others, with other people, confirm that it is what it says."""

import pytest

from tests import make
from wijkverbond.coalition.tests.new_coalition import recorded_facts

pytestmark = pytest.mark.django_db


def test_an_unconfirmed_party_takes_part_and_is_not_among_the_confirmed(world: make.World) -> None:
    newcomer = make.party(world.coalition, "school", confirmed=False)
    assert newcomer.is_present
    assert not newcomer.is_confirmed
    assert newcomer not in world.coalition.parties.confirmed()
    assert world.coalition.parties.confirmed().count() == 4
    assert [joined["confirmed"] for joined in recorded_facts(world.coalition, "party_joined")] == [
        *["yes"] * 4,
        "no",
    ]
