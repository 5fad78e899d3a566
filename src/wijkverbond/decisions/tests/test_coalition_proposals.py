"""Secretariat, chair, rules and fallback: proposed from a page, and decided by all partners."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests import make
from tests.mails import send_queued
from tests.sweeps import browser
from wijkverbond.coalition import services as coalitions
from wijkverbond.coalition.models import Coalition, Fallback, Handover, Secretariat
from wijkverbond.coalition.queries import party_of
from wijkverbond.decisions import services
from wijkverbond.decisions.models import Decision
from wijkverbond.decisions.services import coalition_proposals
from wijkverbond.decisions.tests import make as make_decisions
from wijkverbond.kernel.models import Entry

pytestmark = pytest.mark.django_db
ADDRESS = "organisator@voorbeeld.example"


def page_of(world: make.World, name: str, *record: object) -> str:
    return reverse(f"decisions:{name}", args=[world.coalition.slug, *record])


def ask(world: make.World) -> Decision:
    """The residents propose somebody, on the page."""
    answer = {"email": ADDRESS, "reason": "We willen een vaste plek voor de agenda."}
    browser(world.resident).post(page_of(world, "propose_secretariat"), answer)
    return Decision.objects.get()


def test_a_secretariat_is_asked_by_a_decision(world: make.World) -> None:
    decision = ask(world)
    nominated = Secretariat.objects.get(id=decision.subject)
    assert nominated.since is None
    assert (
        ADDRESS
        not in browser(world.participant).get(page_of(world, "page", decision.id)).content.decode()
    )
    make.carry(decision, world)
    nominated.refresh_from_db()
    assert nominated.since
    begins = send_queued("coalition/mail/secretariat_begins.txt")
    assert ADDRESS in [message.to[0] for message in begins]
    granted = Entry.objects.filter(event="coalition.secretariat_granted").latest("seq")
    assert granted.facts["secretariat"] == str(nominated.id)


def test_one_partner_that_takes_back_what_it_asked_does_not_undo_what_all_decided(
    world: make.World,
) -> None:
    decision = ask(world)
    nominated = Secretariat.objects.get(id=decision.subject)
    assert nominated.person
    asks = (world.coalition, nominated.person)
    coalitions.grant_secretariat(*asks, actor=world.corporation)
    coalitions.revoke_secretariat(nominated, actor=world.corporation)
    coalitions.grant_secretariat(*asks, actor=world.corporation)  # and asks anew
    make.carry(decision, world)
    [begun] = Secretariat.objects.filter(person=nominated.person, until=None)
    assert begun == nominated
    assert begun.since


def test_the_proposal_says_who_lends_somebody_also_when_others_asked_before(
    world: make.World,
) -> None:
    person = make.user(ADDRESS)
    municipality = party_of(world.municipality)
    coalitions.grant_secretariat(
        world.coalition, person, actor=world.corporation, lent_by=municipality
    )
    assert municipality.name in ask(world).proposal


def test_whom_nobody_wants_is_not_kept(world: make.World) -> None:
    decision = ask(world)
    services.withdraw(decision, actor=world.resident)
    assert not Secretariat.objects.proposed().exists()


def test_a_secretariat_ends_by_a_decision(world: make.World) -> None:
    member = Secretariat.objects.get(coalition=world.coalition)
    page = page_of(world, "propose_end_of_secretariat", member.id)
    browser(world.corporation).post(page, {"reason": "Het werk is klaar."})
    decision = Decision.objects.get()
    for actor in world.parties:
        make.position(decision, by=actor)
    services.close(decision, actor=world.corporation)
    member.refresh_from_db()
    assert member.until
    with pytest.raises(ValidationError, match="niet in het secretariaat"):
        coalition_proposals.propose_end_of_secretariat(
            member, actor=world.resident, reason="Nog eens."
        )


def wording(world: make.World, rules: str = "We komen elke maand bij elkaar.") -> dict[str, str]:
    """What one fills in about chair, rules and fallback."""
    chair = str(party_of(world.shopkeeper).id)
    return {"chair": chair, "rules": rules, "fallback": Fallback.MAJORITY}


def test_another_chair_and_other_rules_are_proposed_adapted_and_decided(world: make.World) -> None:
    make_decisions.handed_over(world)
    visitor = browser(world.resident)
    new = page_of(world, "propose_chair_and_rules")
    assert "Iedereen praat mee." in visitor.get(new).content.decode()
    assert visitor.post(new, wording(world)).status_code == 302
    decision = Decision.objects.get()
    assert "We komen elke maand bij elkaar." in decision.proposal
    assert visitor.post(new, wording(world, "Anders.")).status_code == 422
    make.position(decision, by=world.corporation)
    adapt = page_of(world, "adapt_chair_and_rules", decision.subject)
    assert visitor.get(page_of(world, "adapt", decision.id))["Location"] == adapt
    visitor.post(adapt, wording(world, "We komen elke twee maanden bij elkaar."))
    decision.refresh_from_db()
    assert decision.revision == 2
    make.carry(decision, world)
    coalition = Coalition.objects.get(id=world.coalition.id)
    assert (coalition.chair, coalition.fallback) == (party_of(world.shopkeeper), Fallback.MAJORITY)
    assert coalition.rules == "We komen elke twee maanden bij elkaar."


def test_the_first_chair_and_rules_are_confirmed_by_the_partners_themselves(
    world: make.World,
) -> None:
    handover = reverse("coalition:handover", args=[world.coalition.slug])
    page = page_of(world, "propose_chair_and_rules")
    assert browser(world.resident).get(page)["Location"] == handover
    with pytest.raises(ValidationError, match="Bevestig eerst"):
        coalition_proposals.propose_chair_and_rules(
            world.coalition,
            actor=world.resident,
            chair_and_rules=Handover(chair=party_of(world.resident), rules="Zo."),
        )
