"""The front page of a coalition, its timeline, and the trace of a record both ways."""

import datetime as dt
import uuid

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests import make
from tests.sweeps import browser
from wijkverbond.actions.tests import make as doing
from wijkverbond.breakthroughs import services as breakthroughs
from wijkverbond.coalition.models import Access
from wijkverbond.insights.tests import make as signals
from wijkverbond.overview import stages
from wijkverbond.vitality.queries import outlines

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 5, 1)
NOTHING = stages.StageCounts(
    insights=0, recognised=0, questions=0, adopted=0, proposed=0, vision=0, goals=0, gaining=0,
    pledges=0, covenant=0, covenant_ends=None, signing=0, running=0, breakthroughs=0, late=0,
)  # fmt: skip
SIGNED = {"covenant": 1, "pledges": 4}


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    cache.clear()


def home(world: make.World) -> str:
    """The address of the front page."""
    return reverse("overview:home", args=[world.coalition.slug])


def timeline(world: make.World) -> str:
    """The address of the timeline."""
    return reverse("overview:timeline", args=[world.coalition.slug])


def trace(world: make.World, thing: str, record: object) -> str:
    """The address of a trace."""
    return reverse("overview:trace", args=[world.coalition.slug, thing, record])


@pytest.mark.parametrize(
    ("records", "n"),
    [
        ({}, 1),
        ({"insights": 1}, 2),
        ({"insights": 1, "adopted": 1}, 3),
        ({"insights": 1, "adopted": 1, "vision": 1}, 3),
        ({"insights": 1, "adopted": 1, "vision": 1, "goals": 2}, 4),
        ({"insights": 1, "adopted": 1, "vision": 1, "goals": 2, **SIGNED,
          "covenant_ends": dt.date(2026, 9, 1)}, 4),
        ({"insights": 1, "adopted": 1, "vision": 1, "goals": 2, **SIGNED,
          "covenant_ends": dt.date(2029, 9, 1)}, 5),
    ],
)  # fmt: skip
def test_the_chapter_of_now_follows_from_the_records(records: dict[str, object], n: int) -> None:
    counts = stages.StageCounts(**{**vars(NOTHING), **records})
    chapters = stages.stages(counts, 4, TODAY)
    assert [one.n for one in chapters if one.state == "now"] == [n]
    assert all(one.status and one.text for one in chapters)


def test_a_coalition_that_begins_says_in_each_part_what_can_be_done(client: Client) -> None:
    coalition = make.coalition("municipality")
    shown = client.get(reverse("overview:home", args=[coalition.slug])).content.decode()
    for words in ("Er is nog niets gedeeld", "Nog geen doorbraak", "Nog geen beloften"):
        assert words in shown
    assert "in oprichting" in shown
    assert "Doe mee in 2 minuten" not in shown


def test_an_open_question_is_the_yellow_action(client: Client, world: make.World) -> None:
    asked = make.conversation(world.coalition)
    make.answers(asked, "residents", 6, {1: 1})
    shown = client.get(home(world)).content.decode()
    assert "Doe mee in 2 minuten" in shown
    assert "Al 6 mensen deden mee." in shown
    assert "Nog 30 dagen." in shown


def test_the_newest_breakthrough_stands_there_with_who_confirmed_it(
    client: Client, world: make.World
) -> None:
    found = make.breakthrough(world.coalition, by=world.corporation)
    assert found.title not in client.get(home(world)).content.decode()
    breakthroughs.confirm(found, actor=world.resident, confirms=True)
    breakthroughs.confirm(found, actor=world.shopkeeper, confirms=True)
    shown = client.get(home(world)).content.decode()
    assert found.title in shown
    assert "Bevestigd door:" in shown


def test_the_front_page_asks_as_many_queries_for_many_records(
    client: Client, world: make.World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(9):
        client.get(home(world))
    for _place in range(4):
        make.breakthrough(world.coalition, by=world.corporation)
        make.goal(world.coalition)
        make.decision(world.coalition)
        make.request(world)
    make.answers(make.conversation(world.coalition), "residents", 6, {1: 1})
    with django_assert_max_num_queries(9):
        client.get(home(world))


def test_the_front_page_of_a_partner_stays_within_twelve_queries_too(
    world: make.World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    partner = browser(world.resident)
    partner.get(home(world))
    with django_assert_max_num_queries(12):
        partner.get(home(world))


def test_the_reading_is_folded_anew_only_when_something_was_recorded(
    world: make.World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        outlines([world.coalition.id], TODAY)
    with django_assert_num_queries(1):
        outlines([world.coalition.id], TODAY)
    make.goal(world.coalition)
    with django_assert_num_queries(2):
        outlines([world.coalition.id], TODAY)


def test_the_timeline_tells_what_is_public_by_chapter_and_partner(
    client: Client, world: make.World
) -> None:
    goal, found = make.goal(world.coalition), make.breakthrough(world.coalition)
    shown = client.get(timeline(world)).content.decode()
    assert goal.sentence in shown
    assert found.title in shown
    assert "nodiging" not in shown.split("<main")[1]
    course = client.get(timeline(world), {"deel": "vision"}).content.decode()
    assert goal.sentence in course
    assert found.title not in course
    others = client.get(timeline(world), {"partner": str(world.shopkeeper.party)}).content.decode()
    assert goal.sentence not in others


@pytest.mark.parametrize("deel", ["", "vision", "\x00", "<b>", "x" * 5000])
@pytest.mark.parametrize("page", ["0", "-1", "9" * 40, "x", "\x00"])
@pytest.mark.parametrize("partner", ["", "geen", "\x00"])
def test_a_strange_question_shows_the_timeline(
    client: Client, world: make.World, deel: str, page: str, partner: str
) -> None:
    asked = {"deel": deel, "page": page, "partner": partner}
    assert client.get(timeline(world), asked).status_code == 200


def test_the_timeline_asks_as_many_queries_for_many_moments(
    client: Client, world: make.World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make.goal(world.coalition)
    with django_assert_num_queries(6):
        client.get(timeline(world))
    for _place in range(30):
        make.goal(world.coalition)
    with django_assert_num_queries(6):
        client.get(timeline(world))


def test_a_trace_walks_both_ways(client: Client, world: make.World) -> None:
    asked = make.conversation(world.coalition)
    urgency = make.urgency(asked)
    goal = make.goal(world.coalition, urgency=urgency)
    benefit = make.benefit(goal, make.party(world.coalition), by=world.resident)
    shown = client.get(trace(world, "goal", goal.id)).content.decode()
    before, after = shown.split('id="after"')
    assert urgency.sentence in before
    assert benefit.own in after
    assert benefit.own not in before
    assert goal.sentence in client.get(trace(world, "shared_urgency", urgency.id)).content.decode()
    assert urgency.sentence in client.get(trace(world, "benefit", benefit.id)).content.decode()


def test_the_page_of_a_record_leads_to_its_trace(client: Client, world: make.World) -> None:
    goal, asked = make.goal(world.coalition), make.request(world)
    found = make.breakthrough(world.coalition)
    begun, stuck = doing.initiative(world), doing.obstacle(world)
    slug = world.coalition.slug
    pages = {
        reverse("vision:goal", args=[slug, goal.id]): trace(world, "goal", goal.id),
        reverse("actions:request", args=[slug, asked.id]): trace(world, "request", asked.id),
        reverse("breakthroughs:page", args=[slug, found.id]): trace(
            world, "breakthrough", found.id
        ),
        reverse("actions:initiative", args=[slug, begun.id]): trace(world, "initiative", begun.id),
        reverse("actions:obstacle", args=[slug, stuck.id]): trace(world, "obstacle", stuck.id),
    }
    shown = {page: client.get(page).content.decode() for page in pages}
    assert [page for page, address in pages.items() if address not in shown[page]] == []
    assert {client.get(address).status_code for address in pages.values()} == {200}


def test_a_trace_asks_as_many_queries_for_a_long_chain(
    client: Client, world: make.World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    urgency = make.urgency(make.conversation(world.coalition))
    make.goal(world.coalition, urgency=urgency)
    with django_assert_num_queries(6):
        client.get(trace(world, "shared_urgency", urgency.id))
    for _place in range(10):
        make.goal(world.coalition, urgency=urgency)
    with django_assert_num_queries(6):
        client.get(trace(world, "shared_urgency", urgency.id))


@pytest.mark.parametrize("thing", ["goal", "party", "figure", "nergens", "kernel"])
def test_there_is_no_trace_of_what_is_not_here(
    client: Client, world: make.World, thing: str
) -> None:
    assert client.get(trace(world, thing, uuid.uuid4())).status_code == 404


def test_a_record_of_another_coalition_leaves_no_trace_here(
    client: Client, world: make.World
) -> None:
    elsewhere = make.goal(make.coalition())
    assert client.get(trace(world, "goal", elsewhere.id)).status_code == 404


@pytest.mark.parametrize("view", ["overview:home", "overview:timeline"])
def test_a_coalition_that_prepares_is_not_there_for_others(client: Client, view: str) -> None:
    private = make.coalition(access=Access.PREPARING)
    goal = make.goal(private)
    assert client.get(reverse(view, args=[private.slug])).status_code == 404
    found = reverse("overview:trace", args=[private.slug, "goal", goal.id])
    assert client.get(found).status_code == 404
    assert browser(make.first_actor(private)).get(found).status_code == 200


def test_a_signal_that_nobody_has_read_leaves_no_trace(client: Client, world: make.World) -> None:
    signal = signals.signal(world.coalition)
    assert client.get(trace(world, "signal", signal.id)).status_code == 404
    assert signal.text not in client.get(timeline(world)).content.decode()
