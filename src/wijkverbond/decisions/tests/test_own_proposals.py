"""A free proposal, and the suspension of a partner and its end: proposed from a page, decided by all."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests import make
from tests.sweeps import browser
from wijkverbond.coalition import services as coalitions
from wijkverbond.coalition.models import Successor
from wijkverbond.coalition.queries import acting_for, party_of
from wijkverbond.coalition.queries.mandates import known_of_people
from wijkverbond.decisions import queries, services
from wijkverbond.decisions.models import Decision, State
from wijkverbond.decisions.services import own_proposals
from wijkverbond.kernel import clock
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.policy import Refused

pytestmark = pytest.mark.django_db
PLAN = {"title": "We spreken het jaarplan af", "proposal": "In mei doen we het plein."}


def test_a_free_proposal_goes_through_the_same_round(world: make.World) -> None:
    visitor = browser(world.resident)
    index = reverse("decisions:index", args=[world.coalition.slug])
    new = reverse("decisions:propose", args=[world.coalition.slug])
    assert new in visitor.get(index).content.decode()
    assert visitor.post(new, PLAN).status_code == 302
    assert visitor.post(new, PLAN).status_code == 302
    decision = Decision.objects.get()
    make.carry(decision, world)
    decision.refresh_from_db()
    assert (decision.state, decision.proposal) == (State.CARRIED, PLAN["proposal"])


def test_a_partner_is_suspended_by_the_others_and_comes_back(world: make.World) -> None:
    new = reverse("decisions:propose_suspension", args=[world.coalition.slug])
    party = party_of(world.shopkeeper)
    answer = {"party": party.id, "reason": "Al een jaar niets gehoord."}
    assert browser(world.resident).post(new, answer).status_code == 302
    decision = Decision.objects.get()
    make.objection(decision, by=world.shopkeeper)
    for actor in (world.resident, world.corporation):
        make.position(decision, by=actor)
    page = browser(world.resident).get(answer_page(decision)).content.decode()
    assert "Dit gaat over hen, dus het telt niet mee" in page
    services.close(decision, actor=world.resident)
    party.refresh_from_db()
    assert party.suspended_at
    assert Entry.objects.get(event="coalition.party_suspended").texts.get().text == answer["reason"]
    ending = own_proposals.propose_suspension(party, actor=world.resident, reason="Het is goed zo.")
    assert ending.kind == own_proposals.END_SUSPENSION
    for actor in (world.resident, world.corporation):
        make.position(ending, by=actor)
    services.close(ending, actor=world.resident)
    party.refresh_from_db()
    assert party.suspended_at is None


def answer_page(decision: Decision) -> str:
    return reverse("decisions:page", args=[decision.coalition.slug, decision.id])


def test_the_same_is_not_proposed_twice(world: make.World) -> None:
    party = party_of(world.shopkeeper)
    own_proposals.propose_suspension(party, actor=world.resident, reason="Stil.")
    with pytest.raises(ValidationError):
        own_proposals.propose_suspension(party, actor=world.corporation, reason="Ook stil.")


def test_who_left_meanwhile_is_not_suspended(world: make.World) -> None:
    party = party_of(world.shopkeeper)
    decision = own_proposals.propose_suspension(party, actor=world.resident, reason="Stil.")
    for actor in (world.resident, world.corporation):
        make.position(decision, by=actor)
    coalitions.leave(party, actor=world.shopkeeper, reason="We sluiten.")
    services.close(decision, actor=make.later(world.resident, 1))
    assert not Entry.objects.filter(event="coalition.party_suspended").exists()
    with pytest.raises(ValidationError):
        own_proposals.propose_suspension(party, actor=world.resident, reason="Stil.")


def test_whom_a_suspension_is_about_does_not_stop_it_with_another_hat(world: make.World) -> None:
    sport = party_of(make.actor(make.party(world.coalition, "sport")))
    person = make.account_of(world.shopkeeper)
    make.grant(sport, person, actor=make.actor(sport), may=["decide"])
    decision = own_proposals.propose_suspension(
        party_of(world.shopkeeper), actor=world.resident, reason="Al een jaar niets gehoord."
    )
    for_sport = acting_for(person.id, sport, now=clock.now())
    with pytest.raises(Refused, match="over wie dit gaat"):
        make.objection(decision, by=for_sport)
    make.position(decision, by=make.actor(sport))  # somebody else of that partner answers
    sport.mandates.exclude(person=person).update(until=clock.now())
    assert sport not in queries.counting(decision, queries.asked(decision, clock.now()))


def test_a_partner_that_sleeps_is_woken_by_the_others(world: make.World) -> None:
    party = make.asleep(make.party(world.coalition, "sport"))
    page = reverse("coalition:party", args=[world.coalition.slug, party.id])
    waking = reverse("decisions:propose_waking", args=[world.coalition.slug, party.id])
    assert waking in browser(world.resident).get(page).content.decode()
    answer = {"email": "nieuw@voorbeeld.example", "reason": "De nieuwe voorzitter."}
    assert browser(world.resident).post(waking, answer).status_code == 302
    assert browser(world.corporation).post(waking, answer).status_code == 422
    decision = Decision.objects.get()
    assert answer["email"] in browser(world.corporation).get(page).content.decode()
    for visitor in (browser(world.participant), browser(world.coordinator)):
        assert answer["email"] not in visitor.get(page).content.decode()
    make.carry(decision, world)
    assert known_of_people(party, make.later(world.resident, 1).now).asleep
    [offer] = party.mandate_offers.filter(outcome="")
    assert offer.person
    assert offer.person.email == answer["email"]
    [mandate] = make.say_yes(offer.person, party)
    assert (mandate.sort, mandate.may_grant) == ("take_part", True)
    assert not Successor.objects.exists()


def test_where_one_kind_is_awake_waking_is_not_promised_and_the_page_says_what_it_waits_for(
    world: make.World,
) -> None:
    party = make.asleep(party_of(world.shopkeeper))
    decision = make.decision(world.coalition)
    page_text = browser(world.resident).get(answer_page(decision)).content.decode()
    for untrue in ("Hier doet nog geen bevestigde partner mee", "Nog niemand doet mee"):
        assert untrue not in page_text
    assert "slaapt" in page_text
    who = reverse("coalition:who", args=[world.coalition.slug])
    assert "Slaapt: niemand kan nu" in browser(world.resident).get(who).content.decode()
    page = reverse("coalition:party", args=[world.coalition.slug, party.id])
    waking = reverse("decisions:propose_waking", args=[world.coalition.slug, party.id])
    assert waking in browser(world.resident).get(page).content.decode()
    make.asleep(party_of(world.corporation))
    page_text = browser(world.resident).get(page).content.decode()
    assert waking not in page_text
    assert "Dat kan als er van twee soorten partners" in page_text
    answer = {"email": "nieuw@voorbeeld.example", "reason": "De nieuwe voorzitter."}
    assert browser(world.resident).post(waking, answer).status_code == 422


def test_who_is_proposed_for_a_sleeping_partner_is_not_kept_when_it_is_not_carried(
    world: make.World,
) -> None:
    party = make.asleep(make.party(world.coalition, "sport"))
    decision = own_proposals.propose_waking(
        party, make.user(), actor=world.resident, reason="De nieuwe voorzitter."
    )
    services.withdraw(decision, actor=world.resident)
    assert not Successor.objects.exists()


def test_only_a_partner_that_sleeps_is_woken(world: make.World) -> None:
    party = party_of(world.shopkeeper)
    with pytest.raises(ValidationError):
        own_proposals.propose_waking(party, make.user(), actor=world.resident, reason="Zo.")


def test_who_acts_for_government_does_not_wake_a_partner(world: make.World) -> None:
    official = make.account_of(world.municipality)
    party = make.asleep(make.party(world.coalition, "sport"))
    make.carry(
        own_proposals.propose_waking(party, official, actor=world.resident, reason="Zo."), world
    )
    with pytest.raises(ValidationError, match="wacht 90 dagen"):
        make.say_yes(official, party)
