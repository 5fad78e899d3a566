"""What the capabilities need to say of each service whom it lets do something.

Each has its `service_cases.py` with `SERVICE_CASES: dict[str, ServiceCase]` in its own `tests` folder (tests/matrices.py);
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
class ServiceCase:
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


def owned_by_anyone(world: World, actor: Actor) -> bool:
    """Everyone does this in their own name."""
    return True


def owned_by_a_partner(world: World, actor: Actor) -> bool:
    """A partner does this in its own name."""
    return actor.is_party


def owned_by_nobody(world: World, actor: Actor) -> bool:
    """It is of the coalition, or of somebody who is not here."""
    return False


def owned_by_residents(world: World, actor: Actor) -> bool:
    """It is of the residents' group."""
    return actor.party == world.resident.party


def owned_by_corporation(world: World, actor: Actor) -> bool:
    """It is of the housing corporation."""
    return actor.party == world.corporation.party


def owned_by_municipality(world: World, actor: Actor) -> bool:
    """It is of the municipality."""
    return actor.party == world.municipality.party


def owned_by_person(name: str) -> Own:
    """It is of one person, for whomever they act."""
    return lambda world, actor: actor.person == getattr(world, name).person


def residents_party(world: World) -> Party:
    """The residents' group as a party."""
    return party_of(world.resident)


def act_on(
    make_record: Callable[[World], Any], service: Callable[..., object], **values: Any
) -> Callable[[World], Act]:
    """Call a service on a record that is made first; values that are functions follow from the world."""

    def make_act(world: World) -> Act:
        record = make_record(world)
        arguments = {
            name: value(world) if callable(value) else value for name, value in values.items()
        }
        return lambda actor: service(record, actor=actor, **arguments)

    return make_act


def the_coalition(world: World) -> Any:
    """The coalition itself."""
    return world.coalition
