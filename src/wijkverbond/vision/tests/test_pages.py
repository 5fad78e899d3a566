"""The pages of vision, goals and benefits, as people use them."""

import dataclasses
import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests import make
from tests.html import one_line, shown
from tests.sweeps import browser
from wijkverbond.coalition.queries import party_of
from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import no
from wijkverbond.vision import policies, services
from wijkverbond.vision.models import Benefit, Goal, VisionVersion
from wijkverbond.vision.tests import make as make_visions

pytestmark = pytest.mark.django_db

DECIDED = ("confirm", "withdraw")


def address(world: make.World, name: str = "index", **more: object) -> str:
    return reverse(f"vision:{name}", kwargs={"slug": world.coalition.slug, **more})


def test_without_vision_or_goal_the_page_says_how_to_begin(
    client: Client, world: make.World
) -> None:
    page_html = client.get(address(world)).content.decode()
    assert "Er is nog geen visie" in page_html
    assert "Er is nog geen doel" in page_html


def test_a_partner_writes_a_draft_and_brings_it_forward(world: make.World) -> None:
    visitor = browser(world.resident)
    visitor.post(address(world, "write"), {"body": make.VISION, "horizon": "2045-01-01"})
    version = VisionVersion.objects.get()
    visitor.post(address(world, "decide", version_id=version.id))
    page_html = browser(None).get(address(world)).content.decode()
    assert "Versie 1, open voor antwoorden" in page_html
    assert "Nu te besluiten" in page_html


def test_an_invalid_vision_keeps_what_was_typed(world: make.World) -> None:
    form_data = {"body": make.VISION, "horizon": "ooit"}
    response = browser(world.resident).post(address(world, "write"), form_data)
    assert response.status_code == 422
    assert make.VISION in response.content.decode()


def test_what_changed_between_two_versions_can_be_read(client: Client, world: make.World) -> None:
    first = make.version(world.coalition, body="Een oud plan.")
    VisionVersion.objects.update(state="adopted", adopted_at=first.written_at)
    second = make.version(world.coalition, body="Een nieuw plan.", reason="Beter.")
    page_html = client.get(address(world, "version", version_id=second.id)).content.decode()
    assert "<del>oud</del><ins>nieuw</ins>" in page_html


def test_the_horizon_of_a_vision_lies_ahead(world: make.World) -> None:
    form_data = {"body": "Warme huizen.", "horizon": "2020-01-01"}
    page = reverse("vision:write", args=[world.coalition.slug])
    refused = browser(world.resident).post(page, form_data)
    assert refused.status_code == 422
    assert 'id="id_horizon_error">Kies een dag die nog komt.' in one_line(refused.content)
    assert not world.coalition.vision_versions.exists()


def test_the_reason_is_asked_once_there_is_a_vision(world: make.World) -> None:
    visitor = browser(world.resident)
    page = reverse("vision:write", args=[world.coalition.slug])
    label = "Waarom een nieuwe versie?</label>"
    assert label not in one_line(visitor.get(page).content)
    make.version(world.coalition, by=world.resident)
    world.coalition.vision_versions.update(state="adopted")
    assert label in one_line(visitor.get(page).content)


def test_a_proposed_change_is_answered_with_a_reason(client: Client, world: make.World) -> None:
    version = make.version(world.coalition, by=world.resident)
    browser(world.municipality).post(
        address(world, "amend", version_id=version.id), {"change": "Noem de avond."}
    )
    settle = address(world, "settle", amendment_id=version.amendments.get().id)
    assert browser(world.resident).post(settle, {"outcome": "not"}).status_code == 422
    browser(world.resident).post(settle, {"outcome": "taken_up", "reason": "Goed idee."})
    page_html = client.get(address(world, "version", version_id=version.id)).content.decode()
    assert "Noem de avond." in page_html
    assert "Goed idee." in page_html
    second_response = browser(world.resident).post(settle, {"outcome": "not", "reason": "Nee."})
    assert second_response.status_code == 422


@pytest.mark.parametrize(("days", "is_listed"), [(31, True), (30, False)])
def test_a_change_that_waits_longer_than_thirty_days_is_on_a_public_list(
    client: Client, world: make.World, days: int, is_listed: bool
) -> None:
    version = make.version(world.coalition, by=world.corporation)
    long_ago = clock.now() - dt.timedelta(days=days)
    proposer = dataclasses.replace(world.resident, now=long_ago)
    amendment = make.amendment(version, by=proposer, change="Noem de bankjes.")
    page_html = client.get(address(world)).content.decode()
    assert ("Wacht langer dan 30 dagen" in page_html) is is_listed
    assert (f"{version.author} geeft het antwoord" in page_html) is is_listed
    answerer = world.corporation
    services.settle_amendment(amendment, actor=answerer, outcome="not", reason="Dat komt later.")
    assert "Wacht langer dan 30 dagen" not in client.get(address(world)).content.decode()


def test_a_group_of_volunteers_is_not_named_as_late(client: Client, world: make.World) -> None:
    version = make.version(world.coalition, by=world.resident)
    long_ago = clock.now() - dt.timedelta(days=40)
    make.amendment(version, by=dataclasses.replace(world.shopkeeper, now=long_ago))
    page_html = client.get(address(world)).content.decode()
    assert "Wacht langer dan 30 dagen" in page_html
    assert "geeft het antwoord" not in page_html


def test_a_partner_sets_a_goal_and_its_gaps_are_named(client: Client, world: make.World) -> None:
    form_data = {"sentence": "Het wordt beter", "direction": "up"}
    response = browser(world.resident).post(address(world, "set_goal"), form_data)
    assert response.status_code == 302
    page_html = client.get(address(world, "goal", goal_id=Goal.objects.get().id)).content.decode()
    assert "Hoe meten we het?" in page_html


def test_the_owner_proposes_to_change_and_the_reason_is_asked(world: make.World) -> None:
    goal = make.goal(world.coalition, by=world.resident)
    page, visitor = address(world, "change", goal_id=goal.id), browser(world.resident)
    form_data = {"sentence": "Nog beter", "direction": "up"}
    assert visitor.post(page, form_data).status_code == 422
    assert visitor.post(page, {**form_data, "reason": "Het kan."}).status_code == 302
    assert visitor.post(page, {**form_data, "reason": "Het kan."}).status_code == 422
    assert "Nog beter" in visitor.get(address(world, "goal", goal_id=goal.id)).content.decode()


def test_a_suggestion_reads_as_one_until_the_partner_confirms(
    client: Client, world: make.World
) -> None:
    goal = make.goal(world.coalition)
    form_data = {"own": "Meer klanten", "shared": "Een fijne wijk", "sort": "financial"}
    page = address(world, "benefit", goal_id=goal.id, party_id=world.shopkeeper.party)
    browser(world.resident).post(page, form_data)
    assert "Suggestie, nog niet bevestigd: Meer klanten" in client.get(
        address(world)
    ).content.decode().replace("\n", " ")
    benefit = Benefit.objects.get()
    confirm = address(world, "confirm", benefit_id=benefit.id)
    visitor = browser(world.shopkeeper)
    assert visitor.post(confirm, shown(benefit)).status_code == 302
    assert "Bevestigd:" in client.get(address(world)).content.decode()
    twice = visitor.post(confirm, shown(benefit), follow=True).content.decode()
    assert "Hier valt niets meer te bevestigen" in twice or "wv-alert--error" in twice


def test_who_is_not_confirmed_yet_is_not_counted_among_who_gains(
    client: Client, world: make.World
) -> None:
    make_visions.adopted_version(world)
    goal = make.goal(world.coalition)
    newcomer = make.actor(make.party(world.coalition, confirmed=False))
    for actor in (world.resident, newcomer):
        make_visions.confirmed_benefit(goal, actor)
    counted = "1 van de 4 partners hebben iets bevestigd"
    assert counted in one_line(client.get(address(world)).content)
    home = client.get(reverse("overview:home", args=[world.coalition.slug])).content
    assert "1 van 4 partners" in one_line(home)


def test_the_page_takes_as_many_queries_for_many_goals_as_for_one(
    world: make.World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    visitor = browser(world.resident)
    query_counts = []
    for _ in range(3):
        goal = make.goal(world.coalition)
        for actor in world.parties:
            make.benefit(goal, party_of(actor), by=actor)
        services.propose_version(make.version(world.coalition), actor=world.resident)
        pages = [address(world), address(world, "goal", goal_id=goal.id)]
        for page in pages:
            visitor.get(page)
            with django_assert_max_num_queries(12) as queries:
                visitor.get(page)
            query_counts.append(len(queries))
    assert query_counts[:2] == query_counts[2:4] == query_counts[4:]


def test_the_proposer_of_a_goal_change_adapts_its_fields(client: Client, world: make.World) -> None:
    goal = make.goal(world.coalition, by=world.resident)
    decision = services.propose_goal_change(
        goal, actor=world.resident, reason="Verder.", wording=make.GOAL
    )
    owner = browser(world.resident)
    to = owner.get(reverse("decisions:adapt", args=[world.coalition.slug, decision.id]))
    adapt_url = address(world, "adapt_change", change_id=goal.changes.get().id)
    assert to["Location"] == adapt_url
    assert "Kinderen lopen naar school" in owner.get(adapt_url).content.decode()
    form_data = {
        "sentence": "Iedereen loopt",
        "direction": "up",
        "target": "1e999",
        "reason": "Meer.",
    }
    wrong = owner.post(adapt_url, form_data)
    assert wrong.status_code == 422
    assert "Iedereen loopt" in wrong.content.decode()
    assert owner.post(adapt_url, {**form_data, "target": "75"}).status_code == 302
    response = client.get(reverse("decisions:page", args=[world.coalition.slug, decision.id]))
    assert "Iedereen loopt" in response.content.decode()
    assert goal.changes.get().target == 75


def test_an_official_figure_brings_its_name_and_unit(world: make.World) -> None:
    form_data = {
        "sentence": "Gezonder", "direction": "up", "figure": "p_goed_ervaren_gezondheid",
        "unit": "mensen",
    }  # fmt: skip
    browser(world.resident).post(address(world, "set_goal"), form_data)
    goal = Goal.objects.get()
    assert (goal.unit, bool(goal.indicator_name)) == ("%", True)


def test_who_may_only_take_part_sees_no_button_to_confirm_or_take_back(world: make.World) -> None:
    goal = make.goal(world.coalition, by=world.resident)
    benefit = make.benefit(goal, party_of(world.shopkeeper), by=world.shopkeeper)
    reword = address(world, "benefit", goal_id=goal.id, party_id=world.shopkeeper.party)
    buttons = [reword, *(address(world, name, benefit_id=benefit.id) for name in DECIDED)]

    def seen_by(actor: Actor) -> list[bool]:
        page = browser(actor).get(address(world, "goal", goal_id=goal.id)).content.decode()
        return [f'"{button}"' in page for button in buttons]

    assert seen_by(world.shopkeeper) == [True, True, True]
    assert seen_by(make.colleague(world.shopkeeper)) == [True, False, False]
    assert seen_by(world.resident) == [False, False, False]
    assert seen_by(world.participant) == [False, False, False]


def test_who_may_write_what_one_gains_follows_from_the_policy(
    world: make.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    goal = make.goal(world.coalition, by=world.resident)
    make.benefit(goal, party_of(world.shopkeeper), by=world.corporation)
    page = address(world, "goal", goal_id=goal.id)
    suggest = address(world, "benefit", goal_id=goal.id, party_id=world.shopkeeper.party)
    assert suggest in browser(world.resident).get(page).content.decode()
    assert suggest in browser(world.shopkeeper).get(page).content.decode()
    monkeypatch.setattr(policies, "may_state_benefit", lambda *_asked: no("Nu niet."))
    assert suggest not in browser(world.resident).get(page).content.decode()
    assert suggest not in browser(world.shopkeeper).get(page).content.decode()
