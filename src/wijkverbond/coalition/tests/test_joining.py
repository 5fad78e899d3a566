"""Starting a coalition and joining it."""

from tests import make


def test_the_cast_is_there(world: make.World) -> None:
    assert [party.kind for party in world.coalition.parties.all()] == [
        "residents",
        "entrepreneurs",
        "civil_society",
        "government",
    ]
    assert all(actor.mandates == frozenset(make.EVERYTHING) for actor in world.parties)
