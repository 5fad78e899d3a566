"""The pages of initiatives, pledges and what is stuck."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from tests.html import page_html, shown
from tests.sweeps import browser
from wijkverbond.actions import policies
from wijkverbond.actions.models import CheckIn, Initiative, Obstacle
from wijkverbond.actions.services import check_ins
from wijkverbond.actions.tests import make as make_actions
from wijkverbond.kernel.policy import no

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12


def address(world: make.World, name: str = "index", **ids: object) -> str:
    return reverse(f"actions:{name}", kwargs={"slug": world.coalition.slug, **ids})


def test_only_the_owner_reads_that_a_partner_saw_nothing_done(
    client: Client, world: make.World
) -> None:
    reported = make_actions.check_in(make_actions.pledge(world), by=world.resident)
    judging = address(world, "judge", check_in_id=reported.id)
    judgement = {"verdict": "not", "remark": "De deur bleef dicht.", **shown(reported)}
    assert browser(world.shopkeeper).post(judging, judgement).status_code == 302
    second_response = browser(world.shopkeeper).post(judging, judgement)
    assert second_response.status_code == 422
    assert "reageren" in second_response.content.decode()
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


def test_an_unjudged_pledge_reads_reported(client: Client, world: make.World) -> None:
    reported = make_actions.check_in(make_actions.pledge(world), by=world.resident)
    assert "Gemeld" in page_html(client, address(world))
    check_ins.judge(reported, actor=world.shopkeeper, verdict="kept")
    assert "zeggen anderen" in page_html(client, address(world))


def test_a_late_action_of_volunteers_is_not_shown_as_late(
    client: Client, world: make.World
) -> None:
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


def test_a_draft_pledge_has_no_page_here(client: Client, world: make.World) -> None:
    pledge = make_actions.pledge(world)
    type(pledge).objects.update(offered_at=None, state="draft")
    assert client.get(address(world, "check_ins", pledge_id=pledge.id)).status_code == 404


def test_the_request_form_opens_with_the_obstacle_chosen(world: make.World) -> None:
    obstacle = make_actions.obstacle(world)
    url = address(world, "ask")
    page = page_html(browser(world.resident), f"{url}?vastgelopen={obstacle.id}")
    assert f'value="{obstacle.id}" selected' in page


def test_an_obstacle_is_resolved_with_an_explanation(client: Client, world: make.World) -> None:
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
def test_an_invalid_form_keeps_what_was_typed(
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
def test_an_invalid_check_in_is_not_stored(world: make.World, typed: dict[str, str]) -> None:
    pledge = make_actions.pledge(world)
    url = address(world, "check_in", pledge_id=pledge.id)
    response = browser(world.resident).post(url, {**typed, "remark": ""})
    assert response.status_code == 422
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize("due", ["0000-01-01", "2020-01-01", "morgen", "99999-01-01"])
def test_an_action_needs_a_due_day_in_the_future(world: make.World, due: str) -> None:
    initiative = make_actions.initiative(world)
    url = address(world, "plan", initiative_id=initiative.id)
    response = browser(world.resident).post(url, {"what": "Pannen", "due": due})
    assert response.status_code == 422
    assert "Pannen" in response.content.decode()


def test_an_invalid_choice_in_the_link_is_ignored(world: make.World) -> None:
    url = address(world, "raise_obstacle")
    assert browser(world.resident).get(f"{url}?initiatief=%00&belofte=x").status_code == 200


def test_the_page_takes_as_many_queries_for_many_records_as_for_one(
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


def test_whom_the_policy_lets_settle_an_action_sees_where(
    world: make.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    initiative = make_actions.initiative(world)
    action = make_actions.action(initiative, by=world.shopkeeper)
    page = address(world, "initiative", initiative_id=initiative.id)
    done, drop = (
        address(world, name, initiative_id=initiative.id, action_id=action.id)
        for name in ("done", "drop")
    )
    own_page = page_html(browser(world.shopkeeper), page)
    assert done in own_page
    assert drop in own_page
    assert done not in page_html(browser(world.resident), page)
    assert done not in page_html(browser(world.participant), page)
    monkeypatch.setattr(policies, "may_settle_action", lambda *_asked: no("Nu niet."))
    refused_page = page_html(browser(world.shopkeeper), page)
    assert done not in refused_page
    assert drop not in refused_page
