"""Pledges: reported by their owner, judged by others."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from tests import make
from wijkverbond.actions import policies
from wijkverbond.actions.models import CheckIn, Fulfilment, Judgement
from wijkverbond.actions.queries import pledges
from wijkverbond.actions.queries.pledges import ReportedCheckIn
from wijkverbond.actions.services import check_ins
from wijkverbond.actions.tests import make as make_actions
from wijkverbond.coalition.models import Party, PartyRole
from wijkverbond.coalition.queries import party_of
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.kernel import clock
from wijkverbond.kernel.policy import Refused

pytestmark = pytest.mark.django_db


def test_the_owner_never_judges_its_own_pledge(world: make.World) -> None:
    reported = make_actions.check_in(make_actions.pledge(world), by=world.resident)
    with pytest.raises(Refused):
        check_ins.judge(reported, actor=world.resident, verdict="kept")
    assert check_ins.judge(reported, actor=world.shopkeeper, verdict="kept").verdict == "kept"


def test_a_due_day_is_reported_once_and_not_in_advance(world: make.World) -> None:
    pledge = make_actions.pledge(world)
    come = [due for due in pledge.due if due <= world.resident.today]
    coming = min(set(pledge.due) - set(come))
    with pytest.raises(ValidationError):
        check_ins.check_in(pledge, actor=world.resident, verdict="kept", due=coming)
    check_ins.check_in(pledge, actor=world.resident, verdict="kept", due=come[0])
    with pytest.raises(ValidationError):
        check_ins.check_in(pledge, actor=world.resident, verdict="kept", due=come[0])
    check_ins.check_in(pledge, actor=world.resident, verdict="kept", due=come[1])
    assert pledge.check_ins.count() == 2


def test_a_pledge_is_judged_not_done_after_its_owner_had_two_weeks(
    world: make.World,
) -> None:
    reported = make_actions.check_in(make_actions.pledge(world), by=world.resident)
    shop, judgement = world.shopkeeper, {"verdict": "not", "remark": "De deur bleef dicht."}
    with pytest.raises(ValidationError):
        check_ins.judge(reported, actor=shop, **judgement)
    shortfall = check_ins.announce(reported, actor=shop, remark=judgement["remark"])
    assert shortfall.answer_by - shop.today == dt.timedelta(days=14)
    with pytest.raises(ValidationError):
        check_ins.judge(reported, actor=make.later(shop, 14), **judgement)
    assert check_ins.judge(reported, actor=make.later(shop, 15), **judgement).verdict == "not"


def test_a_new_report_does_not_postpone_a_judgement(world: make.World) -> None:
    reported = make_actions.check_in(make_actions.pledge(world), by=world.resident)
    check_ins.announce(reported, actor=world.shopkeeper, remark="De deur bleef dicht.")
    second_report = check_ins.check_in(
        reported.pledge, actor=make.later(world.resident, 9), verdict="kept"
    )
    judgement = {"verdict": "not", "remark": "Nog steeds dicht."}
    with pytest.raises(ValidationError):
        check_ins.judge(second_report, actor=make.later(world.corporation, 100), **judgement)
    assert (
        check_ins.judge(second_report, actor=make.later(world.corporation, 20), **judgement).verdict
        == "not"
    )


def test_an_owner_who_reports_not_done_needs_no_warning(world: make.World) -> None:
    own = make_actions.check_in(make_actions.pledge(world), by=world.resident, verdict="not")
    judgement = check_ins.judge(own, actor=world.shopkeeper, verdict="not", remark="Klopt.")
    assert judgement.verdict == "not"


def test_payer_and_paid_do_not_judge_each_other(world: make.World) -> None:
    reported = make_actions.check_in(
        make_actions.pledge(world, by=world.corporation), by=world.corporation
    )
    payer = party_of(world.municipality)
    payer.role = PartyRole.FUNDER
    payer.save()
    assert not policies.may_judge(world.municipality, reported)
    assert policies.may_judge(world.resident, reported)
    with pytest.raises(Refused):
        check_ins.judge(reported, actor=world.municipality, verdict="kept")


@pytest.mark.parametrize(("resource", "judges"), [("money", False), ("hours", True)])
def test_who_pays_and_who_accepted_that_money_do_not_judge_each_other(
    world: make.World, resource: str, judges: bool
) -> None:
    """Who was only offered it judges like everybody: nobody buys off a critic."""
    paying = make_actions.pledge(
        world, by=world.corporation, resource=resource, together=[world.resident]
    )
    of_payer = make_actions.check_in(paying, by=world.corporation)
    of_paid = make_actions.check_in(make_actions.pledge(world), by=world.resident)
    assert policies.may_judge(world.resident, of_payer)
    make_commitments.sign(make_commitments.opened(world, pledges=[paying]), world.resident)
    assert bool(policies.may_judge(world.resident, of_payer)) is judges
    assert bool(policies.may_judge(world.corporation, of_paid)) is judges
    assert policies.may_judge(world.shopkeeper, of_payer)


def test_a_funder_can_judge_a_group_of_volunteers(world: make.World) -> None:
    reported = make_actions.check_in(make_actions.pledge(world), by=world.resident)
    payer = party_of(world.municipality)
    payer.role = PartyRole.FUNDER
    payer.save()
    assert policies.may_judge(world.municipality, reported)


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [([], None), (["kept"], "kept"), (["kept", "not"], "partly"), (["kept", "kept", "not"], "kept"),
     (["not", "not", "kept"], "not"), (["partly", "kept"], "partly")],
)  # fmt: skip
def test_judges_decide_by_majority_and_a_tie_is_not_kept(
    verdicts: list[str], expected: str
) -> None:
    judge = Party(confirmed_at=clock.now())
    judgements = [Judgement(verdict=verdict, judge=judge) for verdict in verdicts]
    assert ReportedCheckIn(CheckIn(verdict=Fulfilment.KEPT), judgements).verdict == expected


def test_paid_partners_are_shown_as_late_and_volunteers_never(world: make.World) -> None:
    make_actions.pledge(world)
    make_actions.pledge(world, by=world.corporation)
    in_progress = pledges.pledges_in_progress(world.coalition, world.resident.now)
    assert {progress.pledge.party.kind: bool(progress.late) for progress in in_progress} == {
        "residents": False,
        "civil_society": True,
    }
