"""The yearly check counts what others said of the pledges of the covenant."""

import dataclasses
import datetime as dt

import pytest
from django.utils import timezone

from tests import make
from wijkverbond.actions.services import check_ins
from wijkverbond.coalition.models import Party
from wijkverbond.coalition.queries import party_of
from wijkverbond.commitments.models import Pledge
from wijkverbond.commitments.services import covenants
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.kernel.actor import Actor

pytestmark = pytest.mark.django_db

DUE = dt.date(2028, 1, 1)


def acting_on(actor: Actor, day: dt.date) -> Actor:
    moment = timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
    return dataclasses.replace(actor, now=moment)


def report_and_judge(
    pledge: Pledge, world: make.World, reported_on: dt.date, verdicts: dict[str, str], due: dt.date
) -> None:
    reported = check_ins.check_in(
        pledge, actor=acting_on(world.corporation, reported_on), verdict="kept", due=due
    )
    check_ins.announce(
        reported, actor=acting_on(world.municipality, reported_on), remark="Niet gezien."
    )
    judged_on = reported_on + dt.timedelta(days=15)
    for judge, verdict in verdicts.items():
        check_ins.judge(
            reported,
            actor=acting_on(getattr(world, judge), judged_on),
            verdict=verdict,
            remark="Gezien.",
        )


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"resident": "kept"}, {"resident": "kept"}, "kept"),
        ({"resident": "not"}, {"resident": "not", "shopkeeper": "not"}, "not_kept"),
        ({"resident": "kept"}, {"resident": "not"}, "partly"),
        ({"resident": "kept"}, {"resident": "kept", "shopkeeper": "not"}, "partly"),
        ({"resident": "kept"}, {}, "kept"),
        ({}, {}, "unknown"),
    ],
)
def test_pledges_are_counted_by_what_others_said(
    world: make.World, first: dict[str, str], second: dict[str, str], expected: str
) -> None:
    pledge = make_commitments.pledge(world)
    covenant = make_commitments.in_force(world, pledges=[pledge])
    report_and_judge(pledge, world, dt.date(2027, 3, 2), first, dt.date(2027, 3, 1))
    report_and_judge(pledge, world, dt.date(2027, 9, 2), second, dt.date(2027, 9, 1))
    covenants.hold_yearly_check(
        covenant, actor=acting_on(world.resident, DUE), due=DUE, conclusion="Goed."
    )
    (facts,) = make_commitments.recorded(covenant, "yearly_check_held")
    names = ("kept", "partly", "not_kept", "unknown")
    assert {name: facts[name] for name in names} == dict.fromkeys(names, 0) | {expected: 1}


def test_what_an_unconfirmed_partner_judged_is_not_counted(world: make.World) -> None:
    pledge = make_commitments.pledge(world)
    covenant = make_commitments.in_force(world, pledges=[pledge])
    Party.objects.filter(id=party_of(world.shopkeeper).id).update(confirmed_at=None)
    verdicts = {"resident": "kept", "shopkeeper": "not"}
    report_and_judge(pledge, world, dt.date(2027, 3, 2), verdicts, dt.date(2027, 3, 1))
    covenants.hold_yearly_check(
        covenant, actor=acting_on(world.resident, DUE), due=DUE, conclusion="Goed."
    )
    (facts,) = make_commitments.recorded(covenant, "yearly_check_held")
    assert (facts["kept"], facts["partly"]) == (1, 0)


def test_a_yearly_check_covers_its_own_year_only(world: make.World) -> None:
    pledge = make_commitments.pledge(world)
    covenant = make_commitments.in_force(world, pledges=[pledge])
    report_and_judge(pledge, world, dt.date(2027, 9, 2), {"resident": "kept"}, dt.date(2027, 9, 1))
    due = dt.date(2029, 1, 1)
    covenants.hold_yearly_check(
        covenant, actor=acting_on(world.resident, due), due=due, conclusion="Stil."
    )
    (facts,) = make_commitments.recorded(covenant, "yearly_check_held")
    assert (facts["kept"], facts["unknown"]) == (0, 1)
