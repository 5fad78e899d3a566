"""What the capabilities need to say of each service whom it lets do something.

Each has its `deeds.py` with `DEEDS: dict[str, Deed]` in its own `tests` folder (tests/matrices.py);
tests/test_services.py tries them.
"""

import dataclasses
from collections.abc import Callable
from typing import Any

from tests import make
from wijkverbond.coalition.models import Party
from wijkverbond.coalition.queries import party_of
from wijkverbond.kernel.actor import Actor

World = make.World
Act = Callable[[Actor], object]
Own = Callable[[World, Actor], bool]


@dataclasses.dataclass(frozen=True)
class Deed:
    """A service on a record that `of` says whose it is, and the action that it must ask for.

    `make` makes the record and gives what somebody then does. `refused` are kinds that are refused for
    another reason than the table; `anywhere` is what belongs to no coalition.
    """

    action: str
    of: Own
    make: Callable[[World], Act]
    state: str = ""
    refused: tuple[str, ...] = ()
    anywhere: bool = False


def anyones(world: World, actor: Actor) -> bool:
    """Everyone does this in their own name."""
    return True


def a_partners(world: World, actor: Actor) -> bool:
    """A partner does this in its own name."""
    return actor.is_party


def nobodys(world: World, actor: Actor) -> bool:
    """It is of the coalition, or of somebody who is not here."""
    return False


def residents(world: World, actor: Actor) -> bool:
    """It is of the residents' group."""
    return actor.party == world.resident.party


def corporations(world: World, actor: Actor) -> bool:
    """It is of the housing corporation."""
    return actor.party == world.corporation.party


def municipalitys(world: World, actor: Actor) -> bool:
    """It is of the municipality."""
    return actor.party == world.municipality.party


def one_persons(name: str) -> Own:
    """It is of one person, for whomever they act."""
    return lambda world, actor: actor.person == getattr(world, name).person


def resident(world: World) -> Party:
    """The residents' group as a party."""
    return party_of(world.resident)


def on(thing: Callable[[World], Any], deed: Callable[..., object], **told: Any) -> Any:
    """Do something with one record that is made first; what is told can follow from the world."""

    def made(world: World) -> Act:
        found = thing(world)
        values = {name: one(world) if callable(one) else one for name, one in told.items()}
        return lambda actor: deed(found, actor=actor, **values)

    return made


def here(world: World) -> Any:
    """The coalition itself."""
    return world.coalition
