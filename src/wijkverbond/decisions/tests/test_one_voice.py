"""One person, one voice in a round, whomever they act for."""

import pytest
from django.urls import reverse

from tests import make
from tests.html import one_line
from tests.sweeps import browser
from tests.two_hats import for_government_too
from wijkverbond.coalition.queries import acting_for, party_of
from wijkverbond.decisions import services
from wijkverbond.decisions.models import Position, Resolution, Stance, Via
from wijkverbond.decisions.round_status import round_status
from wijkverbond.kernel.actor import Actor, MandateType
from wijkverbond.kernel.policy import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_hats(world: make.World) -> tuple[Actor, Actor]:
    """The shopkeepers' person, who decides for the housing corporation too: first one, then other."""
    shop, corporation = world.shopkeeper, world.corporation
    make.grant(
        party_of(corporation), make.account_of(shop), actor=corporation, may=[MandateType.DECIDE]
    )
    assert shop.person
    return shop, acting_for(shop.person, party_of(corporation), now=shop.now)


def test_a_person_answers_for_one_partner_only(
    world: make.World, two_hats: tuple[Actor, Actor]
) -> None:
    for_shop, for_corporation = two_hats
    decision = make.decision(world.coalition)
    make.position(decision, by=for_shop)
    make.position(decision, by=for_shop, stance=Stance.CONCERN)
    with pytest.raises(Refused):
        make.position(decision, by=for_corporation)
    assert decision.positions.count() == 1
    make.position(decision, by=world.corporation)


def test_who_proposes_for_one_partner_answers_for_another(
    world: make.World, two_hats: tuple[Actor, Actor]
) -> None:
    for_shop, for_corporation = two_hats
    decision = make.decision(world.coalition, by=for_shop)
    make.position(decision, by=for_corporation)
    adapted = services.adapt(decision, actor=for_shop, text="Anders.")
    make.position(adapted, by=for_shop)


def test_an_objection_is_a_voice_as_long_as_it_stands(
    world: make.World, two_hats: tuple[Actor, Actor]
) -> None:
    for_shop, for_corporation = two_hats
    decision = make.decision(world.coalition)
    make.objection(decision, by=for_corporation)
    adapted = services.adapt(decision, actor=world.resident, text="Anders.")
    with pytest.raises(Refused):
        make.position(adapted, by=for_shop)


def test_who_answered_for_one_partner_resolves_nothing_for_another(
    world: make.World, two_hats: tuple[Actor, Actor]
) -> None:
    for_shop, for_corporation = two_hats
    decision = make.decision(world.coalition)
    objection = make.objection(decision, by=world.corporation)
    make.position(decision, by=for_shop)
    with pytest.raises(Refused):
        services.resolve_objection(objection, actor=for_corporation, how=Resolution.WITHDRAWN)


def test_who_resolved_for_one_partner_answers_for_no_other(
    world: make.World, two_hats: tuple[Actor, Actor]
) -> None:
    for_shop, for_corporation = two_hats
    decision = make.decision(world.coalition)
    objection = make.objection(decision, by=world.corporation)
    services.resolve_objection(objection, actor=for_corporation, how=Resolution.WITHDRAWN)
    with pytest.raises(Refused):
        make.position(decision, by=for_shop)


def test_who_enters_an_answer_from_paper_gives_no_voice(world: make.World) -> None:
    decision = make.decision(world.coalition)
    position = services.enter_position(
        decision,
        party_of(world.shopkeeper),
        actor=world.coordinator,
        wording=Position(stance=Stance.STAND_ASIDE),
        via=Via.PAPER,
    )
    assert position.person_id is None


def test_the_page_says_why_it_shows_no_form(
    world: make.World, two_hats: tuple[Actor, Actor]
) -> None:
    for_shop, for_corporation = two_hats
    decision = make.decision(world.coalition)
    page = reverse("decisions:page", args=[world.coalition.slug, decision.id])
    visitor = browser(for_corporation)
    assert "Geef ons antwoord" in visitor.get(page).content.decode()
    make.position(decision, by=for_shop)
    page_html = visitor.get(page).content.decode()
    assert "Geef ons antwoord" not in page_html
    assert "Nu doet iemand anders het" in page_html
    assert f"Handelt hier ook namens {party_of(for_shop).name}" in page_html


@pytest.mark.parametrize("stance", [Stance.CONSENT, Stance.OBJECTION])
def test_what_somebody_said_does_not_count_once_they_act_for_government_too(
    world: make.World, stance: Stance
) -> None:
    decision = make.decision(world.coalition)
    make.position(decision, by=world.resident, stance=stance, argument="Dit helpt niet.")
    assert round_status(decision, world.resident.now).counts["residents"].answered == 1
    for_government_too(world, world.resident)
    count = round_status(decision, world.resident.now).counts["residents"]
    assert (count.asked, count.answered, count.consented, count.open_objections) == (1, 0, 0, 0)
    page = browser(world.shopkeeper).get(
        reverse("decisions:page", args=[world.coalition.slug, decision.id])
    )
    assert "telt niet mee: wie dit zei doet ook mee voor de overheid" in one_line(page.content)


def test_what_government_said_counts_as_it_did(world: make.World) -> None:
    decision = make.decision(world.coalition)
    make.position(decision, by=world.municipality)
    assert round_status(decision, world.resident.now).counts["government"].answered == 1
