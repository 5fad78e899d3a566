"""The portal and my tasks."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests import make
from tests.sweeps import browser
from wijkverbond.breakthroughs import services as breakthroughs
from wijkverbond.decisions import services as decisions
from wijkverbond.decisions.models import Position, Stance
from wijkverbond.urgency import services as urgency

pytestmark = pytest.mark.django_db
PORTAL = reverse("overview:portal")
WORK = reverse("overview:my_work")


def test_the_portal_lists_a_coalition_with_three_partners(
    client: Client, world: make.World
) -> None:
    page_html = client.get(PORTAL).content.decode()
    assert world.coalition.name in page_html


def test_a_coalition_that_nobody_confirmed_is_not_listed_and_says_so(client: Client) -> None:
    alone = make.coalition(name="Alleenstraat")
    assert alone.name not in client.get(PORTAL).content.decode()
    who = browser(make.first_actor(alone)).get(reverse("coalition:who", args=[alone.slug]))
    assert "Nog niet op de startpagina" in who.content.decode()


def test_a_neighbourhood_is_found_by_its_name(client: Client, world: make.World) -> None:
    assert world.coalition.name in client.get(PORTAL, {"wijk": "wijk"}).content.decode()
    page_without_results = client.get(PORTAL, {"wijk": "<b>\x00nergens"}).content.decode()
    assert world.coalition.name not in page_without_results
    assert "&lt;b&gt;nergens" in page_without_results


def test_the_portal_takes_as_many_queries_for_many_coalitions(
    client: Client, world: make.World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(PORTAL)
    with django_assert_num_queries(5):
        client.get(PORTAL, {"page": "1"})
    make.world()
    make.world()
    client.get(PORTAL, {"page": "2"})
    with django_assert_num_queries(5):
        client.get(PORTAL, {"page": "3"})


def test_a_coalition_has_one_state_in_words_and_the_step_it_is_in(
    client: Client, world: make.World
) -> None:
    page_html = client.get(PORTAL).content.decode()
    assert "Stap 1 van 5" in page_html
    assert "weten" in page_html
    assert "4 partners" in page_html


@pytest.mark.parametrize("page", ["0", "-3", "9" * 50, "x", "\x00"])
def test_an_invalid_page_number_shows_the_nearest_page(
    client: Client, world: make.World, page: str
) -> None:
    response = client.get(PORTAL, {"page": page, "wijk": "wijk"})
    assert response.status_code == 200
    assert world.coalition.name in response.content.decode()


def test_a_confirmed_breakthrough_stands_on_the_portal(client: Client, world: make.World) -> None:
    breakthrough = make.breakthrough(world.coalition, by=world.corporation)
    assert breakthrough.title not in client.get(PORTAL).content.decode()
    breakthroughs.confirm(breakthrough, actor=world.resident, confirms=True)
    breakthroughs.confirm(breakthrough, actor=world.shopkeeper, confirms=True)
    assert breakthrough.title in client.get(PORTAL).content.decode()


def test_a_breakthrough_that_is_confirmed_no_longer_leaves_the_portal(
    client: Client, world: make.World
) -> None:
    breakthrough = make.breakthrough(world.coalition, by=world.corporation)
    breakthroughs.confirm(breakthrough, actor=world.resident, confirms=True)
    breakthroughs.confirm(breakthrough, actor=world.shopkeeper, confirms=True)
    breakthroughs.confirm(
        breakthrough, actor=world.shopkeeper, confirms=False, remark="Weer dicht."
    )
    assert breakthrough.title not in client.get(PORTAL).content.decode()


def test_an_open_proposal_is_a_task_until_it_is_answered(world: make.World) -> None:
    decision = make.decision(world.coalition)
    shopkeeper = browser(world.shopkeeper)
    assert decision.title in shopkeeper.get(WORK).content.decode()
    decisions.take_position(
        decision, actor=world.shopkeeper, wording=Position(stance=Stance.CONSENT)
    )
    assert decision.title not in shopkeeper.get(WORK).content.decode()


def test_new_statements_are_a_task_of_society_and_not_of_government(world: make.World) -> None:
    conversation = make.conversation(world.coalition)
    someone = make.someone(coalition=world.coalition)
    participant = urgency.join(conversation, actor=someone, kind="residents", involvement="lives")
    urgency.add_statement(participant, "Meer groen.", actor=someone)
    assert "Nieuwe zinnen" in browser(world.resident).get(WORK).content.decode()
    assert "Nieuwe zinnen" not in browser(world.municipality).get(WORK).content.decode()
