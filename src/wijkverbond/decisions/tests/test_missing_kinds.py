"""A kind that is missing or silent is loud, and never blocks; who is not confirmed does not count."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import make
from tests.sweeps import browser
from wijkverbond.coalition.models import Coalition, Kind, Party
from wijkverbond.coalition.queries import party_of
from wijkverbond.decisions import queries, services
from wijkverbond.decisions.models import Decision, State
from wijkverbond.decisions.round_status import round_status
from wijkverbond.kernel.actor import Actor, system
from wijkverbond.kernel.models import Entry
from wijkverbond.urgency import services as urgencies

pytestmark = pytest.mark.django_db


def page_html(client: Client, decision: Decision) -> str:
    page = reverse("decisions:page", args=[decision.coalition.slug, decision.id])
    return " ".join(client.get(page).content.decode().split())


def unconfirmed(actor: Actor) -> Party:
    party = party_of(actor)
    Party.objects.filter(id=party.id).update(confirmed_at=None)
    return party


@pytest.fixture
def silent_shop(world: make.World) -> Decision:
    """A proposal to which everyone agrees, but for the shopkeepers, who say nothing."""
    decision = make.decision(world.coalition)
    for actor in (world.resident, world.corporation, world.municipality):
        make.position(decision, by=actor)
    return decision


def test_a_silent_kind_is_reminded_and_gets_two_more_weeks(
    world: make.World, silent_shop: Decision, client: Client
) -> None:
    day = silent_shop.closes_at
    extended = services.close(silent_shop, actor=system(day))
    assert extended.is_open
    assert extended.closes_at == day + dt.timedelta(days=14)
    [mail] = ProcrastinateJob.objects.filter(args__template="decisions/mail/reminder.txt")
    assert mail.args["person"] == str(world.shopkeeper.person)
    facts = Entry.objects.get(event="decisions.extended").facts
    assert facts["silent_kinds"] == ["entrepreneurs"]
    assert "Wie daar beslist kreeg een mail" in page_html(client, silent_shop)


def test_silent_volunteers_that_nobody_confirmed_are_in_no_number(
    world: make.World, silent_shop: Decision
) -> None:
    make.party(world.coalition, "tenants", confirmed=False)
    closed = make.closed_by_the_clock(silent_shop)
    status = round_status(closed, world.resident.now)
    assert status.sides[Kind.RESIDENTS].asked == status.counts[Kind.RESIDENTS].asked == 1


def test_what_too_few_of_a_kind_answered_says_how_many_were_needed_and_what_one_can_do(
    world: make.World, silent_shop: Decision
) -> None:
    """A kind of three with one answer holds it up: nobody is done without who said something."""
    for _place in range(2):
        make.party(world.coalition, "shop")
    make.position(silent_shop, by=world.shopkeeper)
    closed = make.closed_by_the_clock(silent_shop)
    assert closed.state == State.NOT_CARRIED
    page = page_html(browser(world.resident), closed)
    assert "Minder dan de helft gaf antwoord: 1. Gevraagd: 3, nodig: 2." in page
    assert reverse("decisions:propose_suspension", args=[world.coalition.slug]) in page
    assert "opnieuw=" in page
    assert "Bel de partners die niets zeiden" in page


def test_a_kind_that_stays_silent_is_done_without_and_named(
    silent_shop: Decision, client: Client
) -> None:
    closed = make.closed_by_the_clock(silent_shop)
    assert (closed.state, closed.without) == (State.CARRIED, ["entrepreneurs"])
    assert Entry.objects.get(event="decisions.closed").facts["without"] == ["entrepreneurs"]
    assert "Dit is aangenomen zonder ondernemers" in page_html(client, silent_shop)


def test_who_answers_after_the_reminder_counts(world: make.World, silent_shop: Decision) -> None:
    extended = services.close(silent_shop, actor=system(silent_shop.closes_at))
    make.position(extended, by=world.shopkeeper)
    closed = services.close(extended, actor=world.resident)
    assert (closed.state, closed.without) == (State.CARRIED, [])
    assert "without" not in Entry.objects.get(event="decisions.closed").facts


def test_a_new_text_is_reminded_of_again(world: make.World, silent_shop: Decision) -> None:
    services.close(silent_shop, actor=system(silent_shop.closes_at))
    adapted = services.adapt(silent_shop, actor=world.resident, text="Anders.")
    assert adapted.extended_at is None
    assert services.close(adapted, actor=system(adapted.closes_at)).is_open


def test_what_is_not_carried_says_why_and_is_not_called_withdrawn(
    world: make.World, silent_shop: Decision, client: Client
) -> None:
    make.objection(silent_shop, by=world.corporation)
    assert make.closed_by_the_clock(silent_shop).state == State.NOT_CARRIED
    text = page_html(client, silent_shop)
    assert "Niet aangenomen op" in text
    assert "Waarom het niet is aangenomen" in text
    assert "Er staat nog een bezwaar open" in text
    assert "Ingetrokken" not in text


def test_who_is_not_confirmed_answers_and_does_not_count(world: make.World, client: Client) -> None:
    unconfirmed(world.shopkeeper)
    decision = make.decision(world.coalition)
    objection = make.objection(decision, by=world.shopkeeper)
    services.answer_objection(objection, actor=world.resident, answer="We letten erop.")
    for actor in (world.resident, world.corporation):
        make.position(decision, by=actor)
    assert "Nog niet bevestigd, telt niet mee" in page_html(client, decision)
    closed = services.close(decision, actor=world.resident)
    assert (closed.state, closed.without) == (State.CARRIED, ["entrepreneurs"])


def test_who_is_confirmed_after_the_closing_changes_no_outcome(world: make.World) -> None:
    party = unconfirmed(world.shopkeeper)
    decision = make.decision(world.coalition)
    for actor in (world.resident, world.corporation, world.shopkeeper):
        make.position(decision, by=actor)
    closed = services.close(decision, actor=make.later(world.resident, 1))
    Party.objects.filter(id=party.id).update(confirmed_at=make.later(world.resident, 2).now)
    status = round_status(closed, make.later(world.resident, 3).now)
    assert status.counts["entrepreneurs"].asked == 0


def test_two_kinds_of_one_and_the_same_person_carry_nothing() -> None:
    founder = make.user()
    coalition: Coalition = make.coalition("residents_group", person=founder, may=["decide"])
    shop = make.party(coalition, "shop", person=founder, may=["decide"])
    decision = make.decision(coalition)
    make.position(decision, by=make.actor(coalition.parties.present()[0]))
    status = round_status(decision, make.actor(shop).now)
    assert not status.verdict.enough_kinds
    other = make.actor(make.party(coalition, "school"))
    assert not round_status(decision, other.now).verdict.enough_kinds
    make.position(decision, by=other)
    assert round_status(decision, other.now).verdict.enough_kinds


@pytest.mark.parametrize(("days", "asked"), [(0, False), (13, False), (15, True)])
def test_who_closes_a_question_at_once_did_not_ask_the_neighbourhood(
    world: make.World, days: int, asked: bool
) -> None:
    conversation = make.conversation(world.coalition)
    urgencies.close(conversation, actor=make.later(world.resident, days))
    assert queries.neighbourhood_asked(world.coalition.id, conversation.closes_at) is asked
