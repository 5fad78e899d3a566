"""The front page of a coalition, its timeline, and the trace of a record both ways."""

import dataclasses
import datetime as dt
import uuid

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests import make
from tests.database import behind_the_site
from tests.sweeps import browser
from wijkverbond.actions.tests import make as make_actions
from wijkverbond.breakthroughs import services as breakthroughs
from wijkverbond.coalition.models import Access
from wijkverbond.insights.tests import make as make_insights
from wijkverbond.kernel import actor as actors
from wijkverbond.overview import stages
from wijkverbond.urgency import services as urgencies
from wijkverbond.vitality.queries import outlines

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 5, 1)
NOTHING = stages.StageCounts(
    insights=0, recognised=0, questions=0, adopted=0, proposed=0, vision=0, goals=0, gaining=0,
    pledges=0, covenant=0, covenant_ends=None, covenant_without=[], vision_without=[], signing=0,
    running=0, breakthroughs=0, late=0,
)  # fmt: skip
SIGNED = {"covenant": 1, "pledges": 4}


@pytest.fixture(autouse=True)
def _empty_page_cache() -> None:
    cache.clear()


def home(world: make.World) -> str:
    """The address of the front page."""
    return reverse("overview:home", args=[world.coalition.slug])


def timeline(world: make.World) -> str:
    """The address of the timeline."""
    return reverse("overview:timeline", args=[world.coalition.slug])


def trace(world: make.World, record_type: str, record: object) -> str:
    """The address of a trace."""
    return reverse("overview:trace", args=[world.coalition.slug, record_type, record])


@pytest.mark.parametrize(
    ("records", "number"),
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
def test_the_chapter_of_now_follows_from_the_records(
    records: dict[str, object], number: int
) -> None:
    counts = stages.StageCounts(**{**vars(NOTHING), **records})
    chapters = stages.stages(counts, 4, TODAY)
    assert [chapter.n for chapter in chapters if chapter.state == "now"] == [number]
    assert all(chapter.status and chapter.text for chapter in chapters)


def test_the_road_says_without_whom_vision_and_covenant_came_about() -> None:
    counts = dataclasses.replace(
        NOTHING, vision=1, vision_without=["entrepreneurs"], covenant=1,
        covenant_ends=dt.date(2029, 9, 1), covenant_without=["residents"],
    )  # fmt: skip
    texts = " ".join(chapter.text for chapter in stages.stages(counts, 4, TODAY))
    assert "De visie is aangenomen zonder ondernemers." in texts
    assert "Het convenant loopt tot september 2029, zonder bewoners." in texts


def test_an_empty_coalition_home_says_in_each_part_what_can_be_done(client: Client) -> None:
    coalition = make.coalition("municipality")
    page_html = client.get(reverse("overview:home", args=[coalition.slug])).content.decode()
    for words in ("Er is nog niets gedeeld", "Nog geen doorbraak", "Nog geen beloften"):
        assert words in page_html
    assert "in oprichting" in page_html
    assert "Doe mee in 2 minuten" not in page_html


def test_an_open_question_is_the_yellow_action(client: Client, world: make.World) -> None:
    conversation = make.conversation(world.coalition)
    make.answers(conversation, "residents", 6, {1: 1})
    page_html = client.get(home(world)).content.decode()
    assert "Doe mee in 2 minuten" in page_html
    assert "Al 6 mensen deden mee." in page_html
    assert "Nog 30 dagen." in page_html


def test_government_is_not_in_the_number_of_people_who_took_part(
    client: Client, world: make.World
) -> None:
    conversation = make.conversation(world.coalition)
    make.answers(conversation, "residents", 6, {1: 1})
    make.answers(conversation, "government", 3, {1: 1})
    assert "Al 6 mensen deden mee." in client.get(home(world)).content.decode()


@pytest.mark.parametrize(
    ("civil_society", "other", "words"),
    [
        (12, 0, "bewoners, ondernemers en organisaties zeggen allemaal dat dit als eerste moet"),
        (3, 20, "Maatschappelijke organisaties: nog niet gehoord."),
        (6, 1, "Maatschappelijke organisaties: gehoord, nog niet getoond."),
    ],
)
def test_the_home_says_shared_only_beside_kinds_that_are_shown(
    client: Client, world: make.World, civil_society: int, other: int, words: str
) -> None:
    conversation = make.conversation(world.coalition)
    for kind, people in (
        ("residents", 40), ("entrepreneurs", 14), ("civil_society", civil_society),
        ("other", other),
    ):  # fmt: skip
        make.answers(conversation, kind, people, {1: 1, 2: -1}, first=[1])
    urgencies.publish_reading(conversation, actor=actors.system())
    urgency = make.urgency(conversation)
    make.carry(urgencies.bring_to_decision(urgency, actor=world.resident), world)
    page = " ".join(client.get(home(world)).content.decode().split())
    assert words in page
    said = [text in page for text in ("zeggen allemaal", "elk van deze drie")]
    assert any(said) == (civil_society == 12)


def test_the_home_shows_the_newest_breakthrough_with_its_confirmers(
    client: Client, world: make.World
) -> None:
    breakthrough = make.breakthrough(world.coalition, by=world.corporation)
    assert breakthrough.title not in client.get(home(world)).content.decode()
    breakthroughs.confirm(breakthrough, actor=world.resident, confirms=True)
    breakthroughs.confirm(breakthrough, actor=world.shopkeeper, confirms=True)
    page_html = client.get(home(world)).content.decode()
    assert breakthrough.title in page_html
    assert "Bevestigd door:" in page_html


def test_the_home_takes_as_many_queries_for_many_records(
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


def test_the_home_of_a_partner_stays_within_twelve_queries(
    world: make.World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    partner = browser(world.resident)
    partner.get(home(world))
    with django_assert_max_num_queries(12):
        partner.get(home(world))


def test_vitality_is_computed_again_only_after_a_new_entry(
    world: make.World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        outlines([world.coalition.id], TODAY)
    with django_assert_num_queries(1):
        outlines([world.coalition.id], TODAY)
    make.goal(world.coalition)
    with django_assert_num_queries(2):
        outlines([world.coalition.id], TODAY)


def test_the_timeline_shows_public_entries_by_chapter_and_partner(
    client: Client, world: make.World
) -> None:
    goal, breakthrough = make.goal(world.coalition), make.breakthrough(world.coalition)
    page_html = client.get(timeline(world)).content.decode()
    assert goal.sentence in page_html
    assert breakthrough.title in page_html
    assert "nodiging" not in page_html.split("<main")[1]
    course = client.get(timeline(world), {"deel": "vision"}).content.decode()
    assert goal.sentence in course
    assert breakthrough.title not in course
    others = client.get(timeline(world), {"partner": str(world.shopkeeper.party)}).content.decode()
    assert goal.sentence not in others


@pytest.mark.parametrize("deel", ["", "vision", "\x00", "<b>", "x" * 5000])
@pytest.mark.parametrize("page", ["0", "-1", "9" * 40, "x", "\x00"])
@pytest.mark.parametrize("partner", ["", "geen", "\x00"])
def test_an_invalid_query_shows_the_whole_timeline(
    client: Client, world: make.World, deel: str, page: str, partner: str
) -> None:
    query = {"deel": deel, "page": page, "partner": partner}
    assert client.get(timeline(world), query).status_code == 200


def test_the_timeline_takes_as_many_queries_for_many_entries(
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
    conversation = make.conversation(world.coalition)
    urgency = make.urgency(conversation)
    goal = make.goal(world.coalition, urgency=urgency)
    benefit = make.benefit(goal, make.party(world.coalition), by=world.resident)
    page_html = client.get(trace(world, "goal", goal.id)).content.decode()
    before, after = page_html.split('id="after"')
    assert urgency.sentence in before
    assert benefit.own in after
    assert benefit.own not in before
    assert goal.sentence in client.get(trace(world, "shared_urgency", urgency.id)).content.decode()
    assert urgency.sentence in client.get(trace(world, "benefit", benefit.id)).content.decode()


def test_a_trace_does_not_show_words_that_were_replaced_behind_the_site(
    client: Client, world: make.World
) -> None:
    goal = make.goal(world.coalition)
    behind_the_site("UPDATE kernel_entrytext SET text = 'Another goal' WHERE field = 'sentence'")
    page_html = client.get(trace(world, "goal", goal.id)).content.decode()
    assert "deze tekst is later vervangen" in page_html
    assert "Another goal" not in page_html


def test_the_page_of_a_record_leads_to_its_trace(client: Client, world: make.World) -> None:
    goal, request = make.goal(world.coalition), make.request(world)
    breakthrough = make.breakthrough(world.coalition)
    initiative, obstacle = make_actions.initiative(world), make_actions.obstacle(world)
    slug = world.coalition.slug
    pages = {
        reverse("vision:goal", args=[slug, goal.id]): trace(world, "goal", goal.id),
        reverse("actions:request", args=[slug, request.id]): trace(world, "request", request.id),
        reverse("breakthroughs:page", args=[slug, breakthrough.id]): trace(
            world, "breakthrough", breakthrough.id
        ),
        reverse("actions:initiative", args=[slug, initiative.id]): trace(
            world, "initiative", initiative.id
        ),
        reverse("actions:obstacle", args=[slug, obstacle.id]): trace(
            world, "obstacle", obstacle.id
        ),
    }
    html_of_pages = {page: client.get(page).content.decode() for page in pages}
    assert [page for page, address in pages.items() if address not in html_of_pages[page]] == []
    assert {client.get(address).status_code for address in pages.values()} == {200}


def test_a_trace_takes_as_many_queries_for_a_long_chain(
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


@pytest.mark.parametrize("record_type", ["goal", "party", "figure", "nergens", "kernel"])
def test_an_unknown_record_has_no_trace(
    client: Client, world: make.World, record_type: str
) -> None:
    assert client.get(trace(world, record_type, uuid.uuid4())).status_code == 404


def test_a_record_of_another_coalition_leaves_no_trace_here(
    client: Client, world: make.World
) -> None:
    elsewhere = make.goal(make.coalition())
    assert client.get(trace(world, "goal", elsewhere.id)).status_code == 404


@pytest.mark.parametrize("view", ["overview:home", "overview:timeline"])
def test_a_coalition_that_prepares_is_not_found_by_outsiders(client: Client, view: str) -> None:
    private = make.coalition(access=Access.PREPARING)
    goal = make.goal(private)
    assert client.get(reverse(view, args=[private.slug])).status_code == 404
    trace_url = reverse("overview:trace", args=[private.slug, "goal", goal.id])
    assert client.get(trace_url).status_code == 404
    assert browser(make.first_actor(private)).get(trace_url).status_code == 200


def test_a_signal_that_nobody_has_read_leaves_no_trace(client: Client, world: make.World) -> None:
    signal = make_insights.signal(world.coalition)
    assert client.get(trace(world, "signal", signal.id)).status_code == 404
    assert signal.text not in client.get(timeline(world)).content.decode()
