"""Two people of one partner press the same button at the same instant: it happens once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from tests import make
from wijkverbond.breakthroughs import services as breakthroughs
from wijkverbond.decisions import services as decisions
from wijkverbond.decisions.models import Stance
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.policy import Refused

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(deed: Callable[[], object]) -> list[str]:
    """How the same deed ended for two people, each with a connection of their own."""
    together = Barrier(2)

    def tried() -> str:
        try:
            connection.ensure_connection()
            together.wait(timeout=30)
            deed()
        except (Refused, ValidationError):
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as people:
        return sorted(one.result() for one in [people.submit(tried), people.submit(tried)])


def recorded(name: str) -> int:
    """How often this is in the journal."""
    return Entry.objects.filter(event=name).count()


def test_a_proposal_is_closed_once() -> None:
    world = make.world()
    decision = make.decision(world.coalition, by=world.corporation)
    for actor in world.parties:
        decisions.take_position(decision, actor=actor, stance=Stance.CONSENT)
    ended = at_once(lambda: decisions.close(decision, actor=world.corporation))
    assert ended == ["done", "refused"]
    assert recorded("decisions.closed") == 1


def test_a_breakthrough_is_confirmed_once_for_a_partner() -> None:
    world = make.world()
    claimed = make.breakthrough(world.coalition, by=world.corporation)
    ended = at_once(lambda: breakthroughs.confirm(claimed, actor=world.shopkeeper, confirms=True))
    assert ended == ["done", "refused"]
    assert recorded("breakthroughs.confirmed") == 1
    assert claimed.confirmations.count() == 1
