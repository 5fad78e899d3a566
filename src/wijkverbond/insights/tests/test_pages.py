"""Signals and insights in the browser, without JavaScript."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests import make
from tests.html import page_html, shown
from tests.sweeps import browser
from wijkverbond.insights import services
from wijkverbond.insights.models import PersonalRecognition, Signal
from wijkverbond.insights.tests import make as make_insights
from wijkverbond.insights.views import signals
from wijkverbond.kernel import actor as actors
from wijkverbond.kernel import clock

pytestmark = pytest.mark.django_db


def address(world: make.World, name: str, *more: object) -> str:
    return reverse(f"insights:{name}", args=[world.coalition.slug, *more])


def test_someone_without_an_account_gives_a_signal(client: Client, world: make.World) -> None:
    form_data = {"category": "traffic", "text": make_insights.TEXT, "place_code": ""}
    response = client.post(address(world, "give"), form_data)
    assert response["Location"] == address(world, "given")
    assert Signal.objects.get().state == Signal.State.WAITING
    assert make_insights.TEXT not in client.get(address(world, "signals")).content.decode()


def test_too_long_a_signal_comes_back_as_it_was_typed(client: Client, world: make.World) -> None:
    typed = "Afval op straat. " * 40
    response = client.post(address(world, "give"), {"category": "waste", "text": typed})
    assert response.status_code == 422
    assert typed.strip() in response.content.decode()
    assert not Signal.objects.exists()


def test_after_ten_signals_of_one_network_the_next_waits_and_nothing_is_lost(
    client: Client, world: make.World
) -> None:
    form_data = {"category": "waste", "text": make_insights.TEXT}
    with time_machine.travel(clock.now(), tick=False) as moment:
        for _ in range(signals.SIGNALS_AT_ONCE):
            assert client.post(address(world, "give"), form_data).status_code == 302
        wait = client.post(address(world, "give"), form_data)
        assert (wait.status_code, wait["Retry-After"]) == (429, "10")
        assert Signal.objects.count() == signals.SIGNALS_AT_ONCE
        kept = {**dict(wait.context["filled_in"]), "turn": wait.context["ticket"]}
        assert kept["text"] == make_insights.TEXT
        moment.shift(10)
        assert client.post(address(world, "give"), kept).status_code == 302
    assert Signal.objects.count() == signals.SIGNALS_AT_ONCE + 1


def test_a_second_moderator_reads_that_a_signal_was_already_handled(world: make.World) -> None:
    signal = make_insights.signal(world.coalition)
    form_data = {"signal": str(signal.id), "publish": "yes", **shown(signal)}
    reader = browser(world.resident)
    assert reader.post(address(world, "read_new"), form_data).status_code == 302
    second_response = browser(world.shopkeeper).post(address(world, "read_new"), form_data)
    assert second_response.status_code == 422
    assert "heeft dit signaal al gelezen" in second_response.content.decode()


@pytest.mark.parametrize("whose", ["nobody's", "another coalition's"])
def test_a_choice_about_a_signal_that_is_not_here_falls_on_no_other(
    world: make.World, whose: str
) -> None:
    waits = make_insights.signal(world.coalition)
    elsewhere = make_insights.signal(make.coalition("tenants")) if whose != "nobody's" else None
    form_data = {"signal": str(elsewhere.id) if elsewhere else "not-an-id", "publish": "yes"}
    response = browser(world.resident).post(address(world, "read_new"), form_data)
    assert response.status_code == 404
    waits.refresh_from_db()
    assert waits.state == Signal.State.WAITING


def test_the_outcome_of_a_signal_is_there_for_everyone(client: Client, world: make.World) -> None:
    signal = make_insights.published_signal(world.coalition)
    form_data = {"outcome": "partly", "reason": "De lamp komt in mei."}
    browser(world.municipality).post(address(world, "answer", signal.id), form_data)
    page_html = client.get(address(world, "signals")).content.decode()
    assert "Deels opgepakt" in page_html
    assert "De lamp komt in mei." in page_html


def test_a_signal_that_waits_longer_than_thirty_days_is_on_a_public_list(
    client: Client, world: make.World
) -> None:
    for days, text in ((29, "Nieuw"), (31, "Oud en ongelezen")):
        before = clock.now() - dt.timedelta(days=days)
        make_insights.signal(
            world.coalition, by=make.someone(coalition=world.coalition, now=before), text=text
        )
    response = client.get(address(world, "signals"))
    assert len(response.context["late_signals"]) == 1
    assert "Oud en ongelezen" not in response.content.decode()
    assert "1 signaal wacht" in client.get(address(world, "index")).content.decode()


def test_a_partner_shares_an_insight_only_with_a_source(world: make.World) -> None:
    form_data = {"statement": "Het plein is leeg.", "explanation": "Ook overdag."}
    partner = browser(world.shopkeeper)
    refused = partner.post(address(world, "publish"), form_data)
    assert refused.status_code == 422
    assert "minstens één bron" in refused.content.decode()
    assert "Ook overdag." in refused.content.decode()
    accepted = partner.post(address(world, "publish"), {**form_data, "story": "Telling in mei"})
    assert accepted.status_code == 302
    page_html = Client().get(address(world, "index")).content.decode()
    assert "Het plein is leeg." in page_html
    assert "Telling in mei" in page_html


def test_someone_is_asked_once_who_they_are_and_counts_once(
    client: Client, world: make.World
) -> None:
    insight = make_insights.insight(world.coalition)
    recognise_url = address(world, "recognise", insight.id)
    assert client.post(recognise_url, {"view": "recognises"}).status_code == 422
    client.post(recognise_url, {"view": "recognises", "kind": "residents", **shown(insight)})
    assert 'name="kind"' not in client.get(recognise_url).content.decode()
    client.post(recognise_url, {"view": "differs", **shown(insight)})
    recognition = PersonalRecognition.objects.get()
    assert (recognition.kind, recognition.view) == ("residents", "differs")


def test_a_partner_with_a_differing_view_is_shown_by_name_with_its_reason(
    client: Client, world: make.World
) -> None:
    insight = make_insights.insight(world.coalition)
    recognise_url = address(world, "recognise", insight.id)
    partner = browser(world.municipality)
    assert partner.post(recognise_url, {"view": "differs", **shown(insight)}).status_code == 422
    typed = {"view": "differs", "because": "Wij telden anders."}
    partner.post(recognise_url, typed | shown(insight))
    assert (
        "Wij telden anders." in client.get(address(world, "insight", insight.id)).content.decode()
    )


def test_four_people_are_not_heard_yet_five_have_an_interval_and_twenty_a_count(
    client: Client, world: make.World
) -> None:
    insight = make_insights.insight(world.coalition)
    insight_url = address(world, "insight", insight.id)
    make_insights.recognitions(insight, "residents", 4)
    services.count_recognition(insight, actor=actors.system())
    assert "Bewoners: nog niet gehoord" in page_html(client, insight_url)
    make_insights.recognitions(insight, "residents", 1)
    services.count_recognition(insight, actor=actors.system())
    assert "Bewoners: 70 tot 100% herkent dit" in page_html(client, insight_url)
    make_insights.recognitions(insight, "residents", 15)
    services.count_recognition(insight, actor=actors.system())
    assert "<b>20</b> bewoners" in page_html(client, insight_url)


def test_records_of_another_coalition_are_not_found(client: Client, world: make.World) -> None:
    elsewhere = make.coalition()
    insight = make_insights.insight(elsewhere)
    assert client.get(address(world, "insight", insight.id)).status_code == 404


def test_the_pages_take_as_many_queries_for_many_records(
    client: Client, world: make.World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(4):
        make_insights.published_signal(world.coalition)
        services.recognise(
            make_insights.insight(world.coalition), actor=world.municipality, view="recognises"
        )
    with django_assert_max_num_queries(12):
        client.get(address(world, "index"))
    with django_assert_max_num_queries(8):
        client.get(address(world, "signals"))
