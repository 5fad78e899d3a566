"""Versions of the vision: from a first draft to what is adopted."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tests import make
from wijkverbond.coalition.models import Party
from wijkverbond.coalition.queries import party_of
from wijkverbond.decisions import services as decisions
from wijkverbond.decisions.models import LaterAnswer, Position, Stance
from wijkverbond.decisions.services import afterwards
from wijkverbond.kernel.actor import system
from wijkverbond.kernel.policy import Refused
from wijkverbond.vision import services
from wijkverbond.vision.tests import make as make_visions

pytestmark = pytest.mark.django_db


def test_adopting_a_version_replaces_the_one_before_and_keeps_it_readable(
    world: make.World,
) -> None:
    first = make_visions.adopted_version(world, "Oude woorden.")
    second = make_visions.adopted_version(world, "Nieuwe woorden.", "De avond ontbrak.")
    first.refresh_from_db()
    assert (first.state, first.body) == ("replaced", "Oude woorden.")
    assert (second.state, second.body, second.previous) == ("adopted", "Nieuwe woorden.", first)
    assert [fact["number"] for fact in make_visions.recorded(world, "version_adopted")] == [1, 2]


def test_an_adapted_text_is_adopted_as_adapted(world: make.World) -> None:
    version = make.version(world.coalition, by=world.resident, body="Eerst.")
    decision = services.propose_version(version, actor=world.resident)
    make.carry(decisions.adapt(decision, actor=world.resident, text="Beter."), world)
    version.refresh_from_db()
    assert version.body == "Beter."


def test_a_proposed_version_is_not_changed(world: make.World) -> None:
    version = make.version(world.coalition, by=world.resident)
    services.propose_version(version, actor=world.resident)
    with pytest.raises(Refused):
        services.write_version(
            world.coalition,
            actor=world.resident,
            version=version,
            body="Toch anders.",
            horizon=version.horizon,
        )
    with pytest.raises(Refused):
        services.propose_version(version, actor=world.resident)


def test_a_next_version_needs_a_reason(world: make.World) -> None:
    make_visions.adopted_version(world)
    with pytest.raises(ValidationError) as refused:
        make.version(world.coalition, by=world.resident)
    assert "reason" in refused.value.message_dict


def test_a_draft_replaces_the_vision_adopted_since(world: make.World) -> None:
    without_why = make.version(world.coalition, by=world.shopkeeper)
    draft = make.version(world.coalition, by=world.corporation, reason="De avond ontbrak.")
    first = make_visions.adopted_version(world, "Oude woorden.")
    with pytest.raises(ValidationError) as refused:
        services.propose_version(without_why, actor=world.shopkeeper)
    assert "reason" in refused.value.message_dict
    decision = services.propose_version(draft, actor=world.corporation)
    second = make_visions.adopted_version(world, "Nieuwe woorden.", "Ook de ochtend.")
    assert second.previous == first
    for actor in world.parties:
        decisions.take_position(decision, actor=actor, wording=Position(stance=Stance.CONSENT))
    decisions.close(decision, actor=world.corporation)
    draft.refresh_from_db()
    assert (draft.state, draft.previous) == ("adopted", second)


def test_a_proposed_change_gets_one_outcome_with_a_reason(world: make.World) -> None:
    version = make.version(world.coalition, by=world.resident)
    amendment = make.amendment(version, by=world.municipality)
    with pytest.raises(ValidationError):
        services.settle_amendment(amendment, actor=world.resident, outcome="not", reason=" ")
    services.settle_amendment(amendment, actor=world.resident, outcome="partly", reason="Deels.")
    with pytest.raises(ValidationError):
        services.settle_amendment(amendment, actor=world.resident, outcome="not", reason="Nee.")
    assert [fact["outcome"] for fact in make_visions.recorded(world, "amendment_settled")] == [
        "partly"
    ]


def test_an_adopted_version_takes_no_amendments(world: make.World) -> None:
    with pytest.raises(ValidationError):
        make.amendment(make_visions.adopted_version(world), by=world.shopkeeper)


def test_government_sets_no_goal_and_writes_no_vision(world: make.World) -> None:
    with pytest.raises(Refused):
        make.goal(world.coalition, by=world.municipality)
    with pytest.raises(Refused):
        make.version(world.coalition, by=world.municipality)


def test_a_vision_adopted_without_a_kind_says_so_and_is_amended_by_who_comes_later(
    world: make.World, client: Client
) -> None:
    shop = Party.objects.filter(id=party_of(world.shopkeeper).id)
    shop.update(confirmed_at=None)
    version = make_visions.adopted_version(world)
    assert version.without == ["entrepreneurs"]
    pages = [
        reverse("vision:index", args=[world.coalition.slug]),
        reverse("vision:version", args=[world.coalition.slug, version.id]),
    ]
    for page in pages:
        assert "Zonder ondernemers" in client.get(page).content.decode()
    shop.update(confirmed_at=make.later(world.resident, 1).now)
    [(decision, party)] = afterwards.newcomers()
    asked = afterwards.ask_afterwards(decision, party, actor=system())
    wording = LaterAnswer(stance=Stance.OBJECTION, argument="De markt ontbreekt.")
    afterwards.answer_afterwards(asked, actor=world.shopkeeper, wording=wording)
    amendment = version.amendments.get()
    assert (amendment.change, amendment.party) == ("De markt ontbreekt.", party)
    assert make_visions.recorded(world, "amendment_proposed")
    assert not decision.objections.exists()


def test_who_comes_later_is_asked_about_the_vision_that_holds(world: make.World) -> None:
    shop = Party.objects.filter(id=party_of(world.shopkeeper).id)
    shop.update(confirmed_at=None)
    make_visions.adopted_version(world)
    second = make_visions.adopted_version(world, "Nieuwe woorden.", "De avond ontbrak.")
    shop.update(confirmed_at=make.later(world.resident, 1).now)
    assert [decision.subject for decision, _party in afterwards.newcomers()] == [second.id]
