"""What happens at the same moment happens once."""

import concurrent.futures
import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from tests import make
from wijkverbond.coalition import services
from wijkverbond.coalition.models import Coalition, Invitation, Mandate, Organisation, Party
from wijkverbond.coalition.queries import acting_for
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.policy import Refused

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls: Callable[[], object]) -> list[bool]:
    """Do these at the same moment, each on a connection of its own; which succeeded."""
    ready = threading.Barrier(len(calls))

    def succeeds(call: Callable[[], object]) -> bool:
        try:
            ready.wait(timeout=10)
            call()
        except (ValidationError, Refused):
            return False
        else:
            return True
        finally:
            connection.close()

    with concurrent.futures.ThreadPoolExecutor(len(calls)) as pool:
        return [
            future.result(timeout=30) for future in [pool.submit(succeeds, call) for call in calls]
        ]


def test_a_link_accepted_twice_at_once_makes_one_party() -> None:
    coalition = make.coalition()
    invitation = services.invite(
        coalition, actor=make.first_actor(coalition), wording=Invitation(addressee="De school")
    )
    people = [make.someone(make.user()) for _ in range(4)]

    def accept(number: int) -> Callable[[], object]:
        organisation = make.organisation("school")
        return lambda: services.accept(
            invitation, organisation, make.taking_part(), actor=people[number]
        )

    assert sorted(at_once(*map(accept, range(4)))) == [False, False, False, True]
    assert Party.objects.filter(coalition=coalition).count() == 2
    assert Organisation.objects.count() == 2
    assert Entry.objects.filter(event="coalition.party_joined", stream=coalition.id).count() == 2


def test_two_granters_who_end_each_other_at_once_leave_one() -> None:
    coalition = make.coalition(may=[])
    party = coalition.parties.get()
    first, second = make.first_actor(coalition), make.user()
    make.grant(party, second, actor=first, may=["take_part"], may_grant=True)
    other = acting_for(second.id, party, now=first.now)
    own_mandate, other_mandate = Mandate.objects.filter(party=party).order_by("since", "id")
    succeeded = at_once(
        lambda: services.end_mandate(other_mandate, actor=first),
        lambda: services.end_mandate(own_mandate, actor=other),
    )
    granters = Mandate.objects.filter(party=party, until=None, may_grant=True)
    assert granters.count() == 1
    assert succeeded.count(True) == 1


def test_one_name_started_twice_at_once_is_two_coalitions_or_a_clear_refusal() -> None:
    def start() -> object:
        return make.coalition("shop", name="Peelo", may=[])

    succeeded = at_once(start, start, start)
    slugs = list(Coalition.objects.values_list("slug", flat=True))
    assert len(slugs) == len(set(slugs)) == succeeded.count(True)
    assert any(succeeded)
