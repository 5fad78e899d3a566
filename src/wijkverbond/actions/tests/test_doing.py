"""What is done: initiatives, promises judged by others, and what is stuck."""

import dataclasses
import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tests import make
from tests.sweeps import browser
from wijkverbond.actions import policies
from wijkverbond.actions.models import CheckIn, Fulfilment, Initiative, Judgement, Obstacle
from wijkverbond.actions.queries import pledges
from wijkverbond.actions.queries.pledges import ReportedCheckIn
from wijkverbond.actions.services import check_ins, initiatives, obstacles
from wijkverbond.actions.tests import make as make_actions
from wijkverbond.coalition.models import PartyRole
from wijkverbond.coalition.queries import party_of
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import Refused

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12


def address(world: make.World, name: str = "index", **ids: object) -> str:
    return reverse(f"actions:{name}", kwargs={"slug": world.coalition.slug, **ids})


def page_html(client: Client, url: str) -> str:
    return client.get(url).content.decode()


@pytest.mark.parametrize(
    ("before", "deed"),
    [("idea", "finish"), ("started", "start"), ("finished", "start"), ("finished", "stop"),
     ("finished", "join"), ("stopped", "finish"), ("stopped", "stop"), ("stopped", "start")],
)  # fmt: skip
def test_an_initiative_goes_only_forward(world: make.World, before: str, deed: str) -> None:
    initiative = make_actions.initiative(world)
    ended = None if before in ("idea", "started") else world.resident.today
    Initiative.objects.update(state=before, ended_on=ended, stop_reason="Te weinig mensen.")
    reason = {"reason": "Klaar."} if deed == "stop" else {}
    with pytest.raises(ValidationError):
        getattr(initiatives, deed)(initiative, actor=world.resident, **reason)


def test_where_an_initiative_came_from_is_fixed(world: make.World) -> None:
    initiative = make_actions.initiative(world, by=world.shopkeeper)
    initiatives.join(initiative, actor=world.municipality)
    initiative.refresh_from_db()
    assert initiative.origin_kind == "entrepreneurs"


def test_only_the_lead_starts_and_only_the_doer_says_it_is_done(world: make.World) -> None:
    initiative = make_actions.initiative(world)
    action = make_actions.action(initiative, by=world.shopkeeper)
    with pytest.raises(Refused):
        initiatives.start(initiative, actor=world.municipality)
    with pytest.raises(Refused):
        initiatives.complete(action, actor=world.resident)
    assert initiatives.complete(action, actor=world.shopkeeper).done_on


def test_nobody_joins_what_has_ended(world: make.World) -> None:
    initiative = make_actions.initiative(world)
    initiatives.stop(initiative, actor=world.resident, reason="Geen tijd.")
    with pytest.raises(ValidationError):
        initiatives.join(initiative, actor=world.shopkeeper)
    with pytest.raises(ValidationError):
        make_actions.action(initiative, by=world.shopkeeper)


def test_what_is_stuck_blocks_something_of_the_same_coalition(world: make.World) -> None:
    elsewhere = make.goal(make.coalition())
    with pytest.raises(ValidationError):
        obstacles.raise_obstacle(
            world.coalition,
            actor=world.resident,
            what="Geen sleutel",
            sort="other",
            blocked=obstacles.Blocked(goal=elsewhere),
        )


def test_the_owner_never_judges_its_own_promise(world: make.World) -> None:
    reported = make_actions.check_in(make_actions.pledge(world), by=world.resident)
    with pytest.raises(Refused):
        check_ins.judge(reported, actor=world.resident, verdict="kept")
    assert check_ins.judge(reported, actor=world.shopkeeper, verdict="kept").verdict == "kept"


def test_a_day_is_reported_when_it_has_come_and_once(world: make.World) -> None:
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


def later(actor: Actor, days: int) -> Actor:
    return dataclasses.replace(actor, now=actor.now + dt.timedelta(days=days))


def test_that_a_promise_was_not_done_is_said_after_its_owner_had_two_weeks(
    world: make.World,
) -> None:
    reported = make_actions.check_in(make_actions.pledge(world), by=world.resident)
    shop, judgement = world.shopkeeper, {"verdict": "not", "remark": "De deur bleef dicht."}
    with pytest.raises(ValidationError):
        check_ins.judge(reported, actor=shop, **judgement)
    shortfall = check_ins.announce(reported, actor=shop, remark=judgement["remark"])
    assert shortfall.answer_by - shop.today == dt.timedelta(days=14)
    with pytest.raises(ValidationError):
        check_ins.judge(reported, actor=later(shop, 14), **judgement)
    assert check_ins.judge(reported, actor=later(shop, 15), **judgement).verdict == "not"


def test_who_was_told_lately_cannot_put_it_off_with_a_new_report(world: make.World) -> None:
    reported = make_actions.check_in(make_actions.pledge(world), by=world.resident)
    check_ins.announce(reported, actor=world.shopkeeper, remark="De deur bleef dicht.")
    again = check_ins.check_in(reported.pledge, actor=later(world.resident, 9), verdict="kept")
    judgement = {"verdict": "not", "remark": "Nog steeds dicht."}
    with pytest.raises(ValidationError):
        check_ins.judge(again, actor=later(world.corporation, 100), **judgement)
    assert check_ins.judge(again, actor=later(world.corporation, 20), **judgement).verdict == "not"


def test_an_owner_that_says_itself_that_it_is_not_done_needs_no_warning(world: make.World) -> None:
    own = make_actions.check_in(make_actions.pledge(world), by=world.resident, verdict="not")
    judged = check_ins.judge(own, actor=world.shopkeeper, verdict="not", remark="Klopt.")
    assert judged.verdict == "not"


def test_what_a_partner_does_not_see_done_only_the_owner_reads(
    client: Client, world: make.World
) -> None:
    reported = make_actions.check_in(make_actions.pledge(world), by=world.resident)
    judging = address(world, "judge", check_in_id=reported.id)
    judgement = {"verdict": "not", "remark": "De deur bleef dicht."}
    assert browser(world.shopkeeper).post(judging, judgement).status_code == 302
    again = browser(world.shopkeeper).post(judging, judgement)
    assert again.status_code == 422
    assert "reageren" in again.content.decode()
    history = address(world, "check_ins", pledge_id=reported.pledge_id)
    pages = {
        name: "De deur bleef dicht" in page_html(browser(getattr(world, name)), history)
        for name in ("resident", "shopkeeper", "corporation", "municipality")
    }
    assert pages == {
        "resident": True, "shopkeeper": True, "corporation": False, "municipality": False,
    }  # fmt: skip
    assert "De deur bleef dicht" not in page_html(client, history)
    everywhere = page_html(client, reverse("register:entries", args=[world.coalition.slug]))
    everywhere += page_html(client, reverse("overview:timeline", args=[world.coalition.slug]))
    assert "vraagt een andere partner" not in everywhere


def test_who_pays_and_who_is_paid_do_not_judge_each_other(world: make.World) -> None:
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
def test_who_promises_money_and_who_receives_it_do_not_judge_each_other(
    world: make.World, resource: str, judges: bool
) -> None:
    paying = make_actions.pledge(
        world, by=world.corporation, resource=resource, together=[world.resident]
    )
    of_payer = make_actions.check_in(paying, by=world.corporation)
    of_paid = make_actions.check_in(make_actions.pledge(world), by=world.resident)
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
def test_others_decide_by_majority_and_a_tie_is_not_kept(
    verdicts: list[str], expected: str
) -> None:
    judgements = [Judgement(verdict=verdict) for verdict in verdicts]
    assert Reported(CheckIn(verdict=Fulfilment.KEPT), judgements).verdict == expected


def test_until_another_judged_it_a_promise_reads_reported(
    client: Client, world: make.World
) -> None:
    reported = make_actions.check_in(make_actions.pledge(world), by=world.resident)
    assert "Gemeld" in page_html(client, address(world))
    check_ins.judge(reported, actor=world.shopkeeper, verdict="kept")
    assert "zeggen anderen" in page_html(client, address(world))


def test_paid_partners_are_named_as_late_and_volunteers_never(world: make.World) -> None:
    make_actions.pledge(world)
    make_actions.pledge(world, by=world.corporation)
    in_progress = pledges.pledges_in_progress(world.coalition, world.resident.now)
    assert {progress.pledge.party.kind: bool(progress.late) for progress in in_progress} == {
        "residents": False,
        "civil_society": True,
    }


def test_a_late_action_of_volunteers_is_not_named(client: Client, world: make.World) -> None:
    initiative = make_actions.initiative(world)
    make_actions.action(initiative, by=world.resident)
    initiative.actions.update(due=world.resident.today - dt.timedelta(days=9))
    url = address(world, "initiative", initiative_id=initiative.id)
    assert "De dag is voorbij" not in page_html(client, url)
    make_actions.action(initiative, by=world.corporation)
    initiative.actions.update(due=world.resident.today - dt.timedelta(days=9))
    assert page_html(client, url).count("De dag is voorbij") == 1


def test_the_owner_reads_that_others_judge(world: make.World) -> None:
    reported = make_actions.check_in(make_actions.pledge(world), by=world.resident)
    url = address(world, "check_ins", pledge_id=reported.pledge_id)
    assert "Anderen zeggen of jullie belofte" in page_html(browser(world.resident), url)
    assert address(world, "judge", check_in_id=reported.id) in page_html(
        browser(world.shopkeeper), url
    )


def test_a_draft_promise_has_no_page_here(client: Client, world: make.World) -> None:
    pledge = make_actions.pledge(world)
    type(pledge).objects.update(offered_at=None, state="draft")
    assert client.get(address(world, "check_ins", pledge_id=pledge.id)).status_code == 404


def test_the_request_form_opens_with_the_obstacle_chosen(world: make.World) -> None:
    obstacle = make_actions.obstacle(world)
    url = address(world, "ask")
    opened = page_html(browser(world.resident), f"{url}?vastgelopen={obstacle.id}")
    assert f'value="{obstacle.id}" selected' in opened


def test_an_obstacle_comes_loose_with_how(client: Client, world: make.World) -> None:
    obstacle = make_actions.obstacle(world)
    url = address(world, "resolve_obstacle", obstacle_id=obstacle.id)
    visitor = browser(world.resident)
    assert visitor.post(url, {"how": " "}).status_code == 422
    assert visitor.post(url, {"how": "De school gaf hem."}).status_code == 302
    assert "De school gaf hem." in page_html(
        client, address(world, "obstacle", obstacle_id=obstacle.id)
    )


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("propose", {"title": "Samen\0koken"}),
        ("propose", {"title": "x" * 121}),
        ("propose", {"title": "Koken", "goals": ["geen", "\0"]}),
        ("raise_obstacle", {"what": "Een slot", "sort": "rule"}),
        ("raise_obstacle", {"what": "Een slot", "sort": "rule", "goal": "geen"}),
        ("ask", {"title": "Mag het?", "obstacle": "geen"}),
    ],
)
def test_what_is_wrong_comes_back_with_what_was_typed(
    world: make.World, name: str, typed: dict[str, str]
) -> None:
    make.goal(world.coalition)
    response = browser(world.resident).post(address(world, name), typed)
    assert response.status_code == 422
    assert (Initiative.objects.exists(), Obstacle.objects.exists()) == (False, False)


@pytest.mark.parametrize(
    "typed",
    [{"verdict": "kept", "people": "9" * 30}, {"verdict": "kept", "delivered": "1e99"},
     {"verdict": "partly"}, {"verdict": "kept", "due": "0000-01-01"}, {"verdict": "zeker"}],
)  # fmt: skip
def test_a_wrong_report_is_not_stored(world: make.World, typed: dict[str, str]) -> None:
    pledge = make_actions.pledge(world)
    url = address(world, "check_in", pledge_id=pledge.id)
    response = browser(world.resident).post(url, {**typed, "remark": ""})
    assert response.status_code == 422
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize("due", ["0000-01-01", "2020-01-01", "morgen", "99999-01-01"])
def test_an_action_needs_a_day_that_is_still_to_come(world: make.World, due: str) -> None:
    initiative = make_actions.initiative(world)
    url = address(world, "plan", initiative_id=initiative.id)
    response = browser(world.resident).post(url, {"what": "Pannen", "due": due})
    assert response.status_code == 422
    assert "Pannen" in response.content.decode()


def test_a_wrong_choice_in_the_link_is_left_out(world: make.World) -> None:
    url = address(world, "raise_obstacle")
    assert browser(world.resident).get(f"{url}?initiatief=%00&belofte=x").status_code == 200


def test_the_page_asks_as_many_queries_for_many_as_for_one(
    world: make.World, django_assert_max_num_queries: object, django_assert_num_queries: object
) -> None:
    def one() -> None:
        make_actions.obstacle(world)
        make_actions.action(make_actions.initiative(world), by=world.resident)
        check_ins.judge(
            make_actions.check_in(make_actions.pledge(world), by=world.resident),
            actor=world.corporation,
            verdict="kept",
        )

    one()
    visitor = browser(world.shopkeeper)
    visitor.get(address(world))
    with django_assert_max_num_queries(MOST_QUERIES) as queries:  # type: ignore[operator]
        visitor.get(address(world))
    for _ in range(4):
        one()
    with django_assert_num_queries(len(queries)):  # type: ignore[operator]
        visitor.get(address(world))
