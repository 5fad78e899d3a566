"""Who works with whom."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from tests import make
from wijkverbond.coalition import services
from wijkverbond.coalition.presenters import network
from wijkverbond.coalition.queries import party_of
from wijkverbond.coalition.queries.ties import tie_rows
from wijkverbond.kernel.policy import Refused

pytestmark = pytest.mark.django_db


def test_a_party_reports_its_own_tie_once_a_year(world: make.World) -> None:
    own, other = world.coalition.parties.all()[:2]
    with pytest.raises(Refused):
        services.report_tie(own, other, actor=world.shopkeeper, strength="together")
    services.report_tie(own, other, actor=world.resident, strength="informs")
    services.report_tie(own, other, actor=world.resident, strength="together")
    [bond] = tie_rows(world.coalition, world.resident.now)
    assert (bond.one, bond.other) == (own, other)
    later = world.resident.now + dt.timedelta(days=366 * 2)
    assert tie_rows(world.coalition, later) == []


def test_the_drawing_shows_connectors_and_who_is_alone(world: make.World) -> None:
    residents, shops, homes, gemeente = world.coalition.parties.all()
    services.report_tie(residents, shops, actor=world.resident, strength="together")
    services.report_tie(residents, homes, actor=world.resident, strength="informs")
    services.report_tie(homes, residents, actor=world.corporation, strength="none")
    bonds = tie_rows(world.coalition, world.resident.now)
    drawing = network.network([residents, shops, homes, gemeente], bonds)
    assert list(drawing.connectors) == [residents]
    assert list(drawing.alone) == [gemeente]
    assert [edge.width for edge in drawing.edges] == [5, 1]
    assert len({(node.x, node.y) for node in drawing.nodes}) == 4


def test_nobody_reports_a_tie_with_another_coalition(world: make.World) -> None:
    own = world.coalition.parties.all()[0]
    elsewhere = party_of(world.stranger)
    with pytest.raises(ValidationError):
        services.report_tie(own, elsewhere, actor=world.resident, strength="together")
