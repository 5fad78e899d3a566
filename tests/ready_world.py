"""The world of most tests, made once through the services and put back for each test.

Making it asks the database some four hundred questions; putting the same rows back asks one for each
table.
"""

import copy
import dataclasses
import datetime as dt

from django.db import transaction

from tests import database, make
from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import Actor

# A test that runs at another time than now gets a world that is made at its own time.
SAME_TIME = dt.timedelta(hours=1)


class ReadyWorld:
    """The rows of a world, and who lives in it."""

    def __init__(self) -> None:
        with transaction.atomic():
            filled = database.filled_tables()
            self._world = make.world()
            self._snapshot = database.Snapshot.since(filled)
            transaction.set_rollback(True)
        self._made_at = clock.now()

    def put_back(self) -> make.World:
        """A world of one's own, in a database in which there is none."""
        now = clock.now()
        if abs(now - self._made_at) > SAME_TIME:
            return make.world()
        self._snapshot.put_back()
        return _at(now, copy.deepcopy(self._world))


def _at(now: dt.datetime, world: make.World) -> make.World:
    """The same world, whose people act now."""
    people = {
        field.name: dataclasses.replace(person, now=now)
        for field in dataclasses.fields(world)
        if isinstance(person := getattr(world, field.name), Actor)
    }
    return make.World(coalition=world.coalition, **people)
