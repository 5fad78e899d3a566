"""The pages of results, as people use them."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests import make
from tests.html import page_html
from tests.sweeps import browser
from wijkverbond.kernel.policy import no
from wijkverbond.places import services as places
from wijkverbond.places.indicators import HEALTHY
from wijkverbond.results import policies, services
from wijkverbond.results.models import Measurement
from wijkverbond.vision.models import Goal

pytestmark = pytest.mark.django_db

TYPED = {
    "value": "55",
    "year": "2025",
    "part": "",
    "measured_on": "2025-06-01",
    "source": "own",
    "source_text": "Telling aan de poort",
}


@pytest.fixture
def goal(world: make.World) -> Goal:
    """From 40 to 70 per cent, of the residents' group."""
    return make.goal(world.coalition, by=world.resident)


def index_url(world: make.World) -> str:
    return reverse("results:index", args=[world.coalition.slug])


def address(goal: Goal, name: str = "goal") -> str:
    return reverse(f"results:{name}", args=[goal.coalition.slug, goal.id])


def official_goal(world: make.World) -> Goal:
    """A goal that an official figure measures."""
    places.load_assen(actor=world.operator)
    wording = make.changed(make.GOAL, figure=HEALTHY)
    return make.goal(world.coalition, by=world.resident, wording=wording)


def test_without_goals_the_page_says_where_to_begin(client: Client, world: make.World) -> None:
    assert "Er is nog geen doel" in page_html(client, index_url(world))


def test_an_unmeasured_goal_is_shown_as_unmeasured_and_not_as_zero(
    client: Client, world: make.World, goal: Goal
) -> None:
    page = page_html(client, index_url(world))
    assert "Nog niet gemeten" in page
    assert "0 van 1 doel is gemeten" in page
    assert "Er is nog niets gemeten" in page_html(client, address(goal))


def test_a_partner_writes_down_what_was_measured(
    client: Client, world: make.World, goal: Goal
) -> None:
    response = browser(world.shopkeeper).post(address(goal, "measure"), TYPED)
    assert (response.status_code, response["Location"]) == (302, address(goal))
    page = page_html(client, index_url(world))
    assert "<b>55%</b> over 2025" in page
    assert "Telling aan de poort" in page
    assert "Gehaald" not in page


def test_decimals_are_typed_with_a_comma(client: Client, world: make.World, goal: Goal) -> None:
    browser(world.shopkeeper).post(address(goal, "measure"), {**TYPED, "value": "55,5"})
    assert "<b>55,5%</b> over 2025" in page_html(client, index_url(world))


@pytest.mark.parametrize(("year", "part"), [("2026", ""), ("2025", "Q3"), ("2025", "07")])
def test_a_future_period_cannot_be_measured(
    world: make.World, goal: Goal, year: str, part: str
) -> None:
    form_data = {**TYPED, "year": year, "part": part, "measured_on": "2025-06-30"}
    response = browser(world.shopkeeper).post(address(goal, "measure"), form_data)
    assert response.status_code == 422
    assert "was op die dag nog niet begonnen" in response.content.decode()
    begun = {**form_data, "measured_on": "2026-01-01"}
    assert browser(world.shopkeeper).post(address(goal, "measure"), begun).status_code == 302


def test_a_reached_goal_is_shown_in_words_with_its_measurement(
    client: Client, world: make.World, goal: Goal
) -> None:
    browser(world.shopkeeper).post(address(goal, "measure"), {**TYPED, "value": "72.5"})
    assert "Gehaald: 72,5%, en 70% was het doel" in page_html(client, index_url(world))


def test_a_measurement_that_is_no_longer_recent_says_so(
    client: Client, world: make.World, goal: Goal
) -> None:
    long_ago = world.resident.today - dt.timedelta(days=600)
    make.measurement(goal, by=world.resident, measured_on=long_ago)
    assert "Niet recent" in page_html(client, index_url(world))


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("value", "1e999"), ("value", "NaN"), ("value", "-Infinity"), ("value", "9" * 40),
        ("value", "veel"), ("value", "0.0001"), ("value", ""), ("year", "0"), ("year", "9999"),
        ("year", "9" * 40), ("part", "Q9"), ("measured_on", "0000-01-01"),
        ("measured_on", "9999-12-31"), ("measured_on", "2025-02-30"), ("source", "official"),
        ("source_text", "a\x00b"), ("source_text", "lang " * 100),
    ],
)  # fmt: skip
def test_an_invalid_measurement_keeps_what_was_typed(
    world: make.World, goal: Goal, field: str, typed: str
) -> None:
    response = browser(world.resident).post(address(goal, "measure"), {**TYPED, field: typed})
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="2025"' in page or field == "year"
    assert "Telling aan de poort" in page or field == "source_text"
    assert response.context["form"].errors.keys() == {field}
    assert not Measurement.objects.exists()


@pytest.mark.parametrize(("typed", "stored"), [("-0", 0), ("0", 0), ("-3,125", "-3.125")])
def test_zero_and_less_are_values_too(
    client: Client, world: make.World, goal: Goal, typed: str, stored: object
) -> None:
    browser(world.resident).post(address(goal, "measure"), {**TYPED, "value": typed})
    assert str(Measurement.objects.get().value.normalize() + 0) == str(stored)
    assert client.get(address(goal)).status_code == 200
    assert client.get(index_url(world)).status_code == 200


def test_extreme_years_and_values_still_give_a_page(
    client: Client, world: make.World, goal: Goal
) -> None:
    form_data = {**TYPED, "value": "999999999999.999", "measured_on": "1900-01-01", "year": "1900"}
    assert browser(world.resident).post(address(goal, "measure"), form_data).status_code == 302
    assert client.get(address(goal)).status_code == 200
    assert client.get(index_url(world)).status_code == 200


def test_the_same_period_twice_is_refused_with_an_explanation(
    world: make.World, goal: Goal
) -> None:
    partner = browser(world.resident)
    partner.post(address(goal, "measure"), TYPED)
    second_response = partner.post(address(goal, "measure"), TYPED)
    assert second_response.status_code == 422
    assert "al gemeten" in second_response.content.decode()


def test_an_official_figure_is_adopted_with_one_button(client: Client, world: make.World) -> None:
    goal = official_goal(world)
    partner = browser(world.shopkeeper)
    assert "Neem het officiële cijfer over" in page_html(partner, address(goal))
    assert "Neem het officiële cijfer over" not in page_html(client, address(goal))
    assert partner.post(address(goal, "adopt")).status_code == 302
    page = page_html(client, address(goal))
    assert "In de gemeente: 72,4%." in page
    assert "In Nederland: 72,8%." in page
    assert "Officieel cijfer: RIVM" in page
    partner.post(address(goal, "adopt"))
    assert "staat al bij de metingen" in page_html(partner, address(goal))
    assert Measurement.objects.count() == 1


def test_the_trend_is_told_by_its_distance_to_the_reference(
    client: Client, world: make.World
) -> None:
    page = page_html(client, address(official_goal(world)))
    assert "Vergeleken met Assen" in page
    assert "Vergeleken met Nederland" in page
    assert 'class="l-gem"' in page


def test_the_page_says_why_a_figure_cannot_be_adopted(world: make.World, goal: Goal) -> None:
    Goal.objects.filter(id=goal.id).update(figure=HEALTHY)
    partner = browser(world.resident)
    assert "staan hier geen officiële cijfers" in page_html(partner, address(goal))
    partner.post(address(goal, "adopt"))
    assert "staan hier geen officiële cijfers" in page_html(partner, index_url(world))


def test_the_recorder_corrects_a_measurement_and_everyone_reads_why(
    client: Client, world: make.World, goal: Goal
) -> None:
    first = make.measurement(goal, by=world.resident, value=80)
    correct_url = reverse("results:correct", args=[world.coalition.slug, first.id])
    partner = browser(world.resident)
    assert 'value="80"' in page_html(partner, correct_url)
    without = partner.post(correct_url, TYPED)
    assert without.status_code == 422
    assert partner.post(correct_url, {**TYPED, "reason": "Dubbel geteld."}).status_code == 302
    page = page_html(client, address(goal))
    assert "<s>80%</s>" in page
    assert "Verbeterd, omdat: Dubbel geteld." in page
    assert partner.post(correct_url, {**TYPED, "reason": "Nog eens."}).status_code == 422


def test_records_of_another_coalition_are_not_found(client: Client, world: make.World) -> None:
    elsewhere = make.goal(make.coalition())
    url = reverse("results:goal", args=[world.coalition.slug, elsewhere.id])
    assert client.get(url).status_code == 404
    measured = make.measurement(elsewhere, by=make.first_actor(elsewhere.coalition))
    url = reverse("results:correct", args=[world.coalition.slug, measured.id])
    assert browser(world.resident).get(url).status_code == 404


def test_the_pages_take_as_many_queries_for_many_goals_as_for_one(
    client: Client, world: make.World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = official_goal(world)
    services.adopt(first, actor=world.resident)
    client.get(index_url(world))
    with django_assert_num_queries(7):
        client.get(index_url(world))
    for year in range(2000, 2010):
        another = make.goal(world.coalition, wording=make.changed(make.GOAL, figure=HEALTHY))  # fmt: skip
        services.adopt(another, actor=world.resident)
        make.measurement(first, by=world.resident, edition=str(year))
    with django_assert_num_queries(7):
        client.get(index_url(world))
    with django_assert_num_queries(7):
        client.get(address(first))


def test_a_value_on_the_wrong_side_of_the_baseline_is_pointed_out(
    client: Client, world: make.World, goal: Goal
) -> None:
    make.measurement(goal, by=world.resident, value=39)
    assert "Verder van het doel dan bij de start" in page_html(client, index_url(world))


def test_whom_the_policy_lets_correct_sees_where(
    world: make.World, goal: Goal, monkeypatch: pytest.MonkeyPatch
) -> None:
    measurement = make.measurement(goal, by=world.shopkeeper)
    correct = reverse("results:correct", args=[world.coalition.slug, measurement.id])
    assert correct in page_html(browser(world.shopkeeper), address(goal))
    for actor in (world.resident, world.participant, None):
        assert correct not in page_html(browser(actor), address(goal))
    monkeypatch.setattr(policies, "may_correct", lambda *_asked: no("Nu niet."))
    assert correct not in page_html(browser(world.shopkeeper), address(goal))
