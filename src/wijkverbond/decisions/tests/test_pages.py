"""The pages of proposals, as people use them."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests import make
from tests.html import page_html, shown
from tests.sweeps import browser
from wijkverbond.coalition.models import Organisation
from wijkverbond.coalition.queries import party_of
from wijkverbond.decisions import policies, services
from wijkverbond.decisions.models import Decision, Stance, State
from wijkverbond.decisions.services import own_proposals
from wijkverbond.kernel import actor as actors
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.policy import no
from wijkverbond.kernel.registry import DECISION_TYPES

pytestmark = pytest.mark.django_db


def address(decision: Decision, name: str = "page") -> str:
    return reverse(f"decisions:{name}", args=[decision.coalition.slug, decision.id])


def test_everyone_reads_the_proposal_and_what_is_still_needed(
    client: Client, world: make.World
) -> None:
    decision = make.decision(world.coalition, text="Een zebrapad bij de school.")
    page_html = client.get(address(decision)).content.decode()
    assert "Een zebrapad bij de school." in page_html
    assert "Nog niemand gaf antwoord" in page_html


def test_a_partner_answers(world: make.World) -> None:
    decision = make.decision(world.coalition)
    response = browser(world.shopkeeper).post(
        address(decision, "answer"), {"stance": "consent", **shown(decision)}
    )
    assert response.status_code == 302
    assert decision.positions.get().stance == Stance.CONSENT


def test_who_may_not_decide_is_led_to_the_mandates(world: make.World) -> None:
    decision, colleague = make.decision(world.coalition), make.colleague(world.shopkeeper)
    mandates = reverse("coalition:mandates", args=[world.coalition.slug, colleague.party])
    assert mandates in page_html(browser(colleague), address(decision))
    assert mandates not in page_html(browser(world.shopkeeper), address(decision))


def test_who_proposed_what_was_not_carried_makes_it_again_with_the_same_words(
    world: make.World,
) -> None:
    words = "We stellen het jaarplan vast."
    decision = own_proposals.propose_freely(
        world.coalition, actor=world.shopkeeper, title="Het jaarplan", text=words
    )
    again = f"{reverse('decisions:propose', args=[world.coalition.slug])}?opnieuw={decision.id}"
    shop = browser(world.shopkeeper)
    assert again not in page_html(shop, address(decision))
    for _round in ("as proposed", "two weeks longer"):
        services.close(decision, actor=actors.system(decision.closes_at))
        decision.refresh_from_db()
    assert decision.state == State.NOT_CARRIED
    assert again in page_html(shop, address(decision))
    assert again not in page_html(browser(world.resident), address(decision))
    assert words in page_html(shop, again)
    for decision_type in DECISION_TYPES:
        assert reverse(decision_type.propose_at, args=[world.coalition.slug])


def test_an_objection_without_reason_keeps_what_was_chosen(world: make.World) -> None:
    decision = make.decision(world.coalition)
    response = browser(world.shopkeeper).post(
        address(decision, "answer"), {"stance": "objection", "argument": "", **shown(decision)}
    )
    assert response.status_code == 422
    assert 'value="objection"' in response.content.decode()
    assert not decision.positions.exists()


def test_everyone_reads_a_concern_and_its_partner_finds_it_back(
    client: Client, world: make.World
) -> None:
    decision = make.decision(world.coalition)
    visitor = browser(world.shopkeeper)
    assert "Geef ons antwoord" in visitor.get(address(decision)).content.decode()
    typed = {"stance": "concern", "argument": "Wie telt er?"}
    visitor.post(address(decision, "answer"), typed | shown(decision))
    assert "Verander ons antwoord" in visitor.get(address(decision)).content.decode()
    assert "“Wie telt er?”" in client.get(address(decision)).content.decode()
    assert "Wie telt er?" in visitor.get(address(decision, "answer")).content.decode()


def test_what_changed_between_two_texts_can_be_read(client: Client, world: make.World) -> None:
    decision = make.decision(world.coalition, text="Een oud plan.")
    browser(world.resident).post(address(decision, "adapt"), {"text": "Een nieuw plan."})
    page_html = client.get(address(decision)).content.decode()
    assert "<del>oud</del><ins>nieuw</ins>" in page_html


def test_volunteers_are_not_named_as_silent_and_paid_partners_are(
    client: Client, world: make.World
) -> None:
    decision = make.decision(world.coalition, by=world.corporation)
    volunteers = party_of(world.resident)
    Organisation.objects.filter(id=volunteers.organisation_id).update(paid=False, name="De Buren")
    make.closed_by_the_clock(decision)
    page_html = client.get(address(decision)).content.decode()
    assert "De Buren" not in page_html
    assert "1 groep vrijwilligers gaf geen antwoord." in page_html
    assert party_of(world.shopkeeper).name in page_html
    silent = Entry.objects.get(event="decisions.closed").facts["silent"]
    assert str(volunteers.id) not in silent
    assert str(world.shopkeeper.party) in silent


def test_the_list_asks_as_many_queries_for_many_as_for_one(
    client: Client, world: make.World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make.decision(world.coalition)
    index = reverse("decisions:index", args=[world.coalition.slug])
    client.get(index)
    with django_assert_num_queries(2):
        client.get(index)
    for _ in range(5):
        make.decision(world.coalition)
    with django_assert_num_queries(2):
        client.get(index)


def test_whom_the_policy_lets_resolve_an_objection_sees_where(
    world: make.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    decision = make.decision(world.coalition)
    objection = make.objection(decision, by=world.shopkeeper)
    resolve = reverse("decisions:resolve", args=[world.coalition.slug, objection.id])

    def is_seen_by(actor: actors.Actor) -> bool:
        return resolve in browser(actor).get(address(decision)).content.decode()

    assert is_seen_by(world.shopkeeper)
    assert not is_seen_by(make.colleague(world.shopkeeper))
    assert not is_seen_by(world.corporation)
    monkeypatch.setattr(policies, "may_resolve", lambda *_asked: no("Nu niet."))
    assert not is_seen_by(world.shopkeeper)
