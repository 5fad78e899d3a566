"""My tasks: what asks something of me, for which partner, and when it no longer does."""

import dataclasses
import datetime as dt

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests import make
from tests.html import shown
from tests.sweeps import browser
from tests.two_hats import for_government_too
from wijkverbond.accounts.models import User
from wijkverbond.actions.services import check_ins, initiatives, requests
from wijkverbond.actions.tests import make as make_actions
from wijkverbond.breakthroughs import services as breakthroughs
from wijkverbond.coalition.queries import party_of
from wijkverbond.commitments.models import Pledge
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.decisions import services as decisions
from wijkverbond.decisions.models import Position
from wijkverbond.insights.tests import make as make_insights
from wijkverbond.kernel.actor import Actor, MandateType
from wijkverbond.overview.my_tasks import my_tasks
from wijkverbond.urgency import services as urgency
from wijkverbond.vision import services as vision

pytestmark = pytest.mark.django_db
WORK = reverse("overview:my_work")
LATER = dt.timedelta(days=60)


def titles(actor: Actor, after: dt.timedelta = dt.timedelta(0)) -> list[str]:
    """What is asked of somebody, in order."""
    assert actor.person
    return [task.title for task in my_tasks(actor.person, actor.now + after).tasks]


def has_task(actor: Actor, words: str) -> bool:
    """Whether something with these words is asked of somebody."""
    return any(words in title for title in titles(actor))


def pledge_that_was_due(world: make.World) -> Pledge:
    """A pledge of the residents that had to be reported on by yesterday."""
    yesterday = world.resident.today - dt.timedelta(days=1)
    return Pledge.objects.create(
        coalition=world.coalition, party=party_of(world.resident), state=Pledge.State.OFFERED,
        what="Elke maand een rondje door de wijk", measure="Het staat in het verslag",
        effect="intention", resource="hours", rhythm="monthly", due=[yesterday],
        starts=yesterday - LATER, ends=yesterday + LATER, written_at=world.resident.now,
    )  # fmt: skip


def test_somebody_who_acts_for_nobody_sees_a_calm_page(world: make.World) -> None:
    page_html = browser(world.participant).get(WORK).content.decode()
    assert "Je handelt nog voor geen partner" in page_html


def test_who_does_the_secretariat_finds_their_coalition(world: make.World) -> None:
    page_html = browser(world.coordinator).get(WORK).content.decode()
    assert "Je doet het secretariaat" in page_html
    assert reverse("decisions:index", args=[world.coalition.slug]) in page_html
    assert "Je handelt nog voor geen partner" not in page_html


def test_who_acts_for_government_too_is_asked_to_choose_and_nothing_else(
    world: make.World,
) -> None:
    make.decision(world.coalition, by=world.shopkeeper)
    assert not has_task(world.resident, "Kies voor wie")
    for_government_too(world, world.resident)
    assert titles(world.resident) == ["Kies voor wie je doorgaat"]


def test_an_action_is_a_task_of_its_party_until_it_is_done_or_dropped(world: make.World) -> None:
    initiative = make_actions.initiative(world)
    lent, cooked = (make_actions.action(initiative, by=world.resident) for _ in range(2))
    ask = f"Doe dit: {lent.what}"
    assert titles(world.resident).count(ask) == 2
    assert ask not in titles(world.shopkeeper)
    initiatives.complete(lent, actor=world.resident)
    initiatives.drop(cooked, actor=world.resident, reason="Het feest gaat niet door.")
    assert ask not in titles(world.resident)
    make_actions.action(initiative, by=world.resident)
    assert ask in titles(world.resident)
    initiatives.stop(initiative, actor=world.resident, reason="Te weinig mensen.")
    assert ask not in titles(world.resident)


def test_the_page_of_actions_asks_for_the_same_verdicts_as_my_tasks(world: make.World) -> None:
    page = reverse("actions:index", args=[world.coalition.slug])
    reported = make_actions.check_in(make_actions.pledge(world), by=world.resident)

    def asks(actor: Actor) -> tuple[bool, bool]:
        return (
            "Wat zie jij ervan?" in browser(actor).get(page).content.decode(),
            has_task(actor, "Zeg of 1 belofte is gedaan"),
        )

    assert asks(world.shopkeeper) == asks(world.corporation) == (True, True)
    check_ins.judge(reported, actor=world.shopkeeper, verdict="kept")
    assert asks(world.corporation) == (False, False)


def test_an_objection_is_a_task_of_the_proposer_until_it_is_answered(world: make.World) -> None:
    decision = make.decision(world.coalition, by=world.corporation)
    for actor in world.parties:
        decisions.take_position(decision, actor=actor, wording=Position(stance="consent"))
    objection = make.objection(decision, by=world.municipality)
    answer = f"Beantwoord het bezwaar tegen: {decision.title}"
    assert answer in titles(world.corporation)
    assert answer not in titles(world.municipality)
    decisions.close(decision, actor=world.corporation)
    assert world.corporation.person
    task = next(
        waiting
        for waiting in my_tasks(world.corporation.person, world.corporation.now).tasks
        if waiting.title == answer
    )
    response = browser(world.corporation).get(task.url)
    assert objection.argument in response.content.decode()
    page = reverse("decisions:page", args=[world.coalition.slug, decision.id])
    assert task.url in browser(world.corporation).get(page).content.decode()
    sent = browser(world.corporation).post(
        task.url, {"answer": "We letten erop.", **shown(objection)}
    )
    assert sent.status_code == 302
    assert answer not in titles(world.corporation)
    page_html = browser(world.corporation).get(page).content.decode()
    assert "We letten erop." in page_html
    assert task.url not in page_html


def test_a_request_is_a_task_of_government_until_the_answer_and_then_of_the_asker(
    world: make.World,
) -> None:
    request = make.request(world)
    assert request.title in titles(world.municipality)
    assert not has_task(world.resident, request.title)
    requests.answer(
        request, actor=world.municipality, verdict="granted", text="Ja.", role="facilitate"
    )
    assert request.title not in titles(world.municipality)
    assert has_task(world.resident, "Helpt dit antwoord?")
    requests.accept(request, actor=world.resident, helpful="yes")
    assert not has_task(world.resident, request.title)


def test_a_late_request_comes_first_and_stands_with_the_asker(world: make.World) -> None:
    make.request(world)
    make.goal(world.coalition)
    assert titles(world.municipality, LATER)[0] == "Mag het plein een zondag dicht?"
    assert world.resident.person
    tasks = my_tasks(world.resident.person, world.resident.now + LATER)
    assert [request.level for request in tasks.requests] == ["absent"]


def test_the_author_of_the_vision_answers_an_amendment(world: make.World) -> None:
    version = make.version(world.coalition, by=world.resident)
    change = make.amendment(version, by=world.shopkeeper)
    assert has_task(world.resident, "voorgestelde wijziging")
    vision.settle_amendment(change, actor=world.resident, outcome="partly", reason="Kort genoemd.")
    assert not has_task(world.resident, "voorgestelde wijziging")


def test_a_breakthrough_is_a_task_of_partners_who_did_not_contribute(world: make.World) -> None:
    breakthrough = make.breakthrough(world.coalition, by=world.corporation)
    assert not has_task(world.corporation, "Is dit een doorbraak?")
    assert has_task(world.shopkeeper, "Is dit een doorbraak?")
    breakthroughs.confirm(breakthrough, actor=world.shopkeeper, confirms=True)
    assert not has_task(world.shopkeeper, "Is dit een doorbraak?")
    assert has_task(world.resident, "Is dit een doorbraak?")


def test_owners_of_its_pledges_are_not_asked_to_confirm_a_breakthrough(world: make.World) -> None:
    make.breakthrough(world.coalition, by=world.corporation, pledges=[pledge_that_was_due(world)])
    assert not has_task(world.resident, "Is dit een doorbraak?")
    assert has_task(world.shopkeeper, "Is dit een doorbraak?")


def test_payer_and_paid_are_not_asked_to_confirm_or_judge(world: make.World) -> None:
    make_commitments.pledge(world, by=world.shopkeeper, resource="money", together=[world.resident])
    pledge = pledge_that_was_due(world)
    check_ins.check_in(pledge, actor=world.resident, verdict="kept", due=pledge.due[0])
    make.breakthrough(world.coalition, by=world.corporation, pledges=[pledge])
    for words in ("Is dit een doorbraak?", "Zeg of 1 belofte is gedaan"):
        assert not has_task(world.shopkeeper, words)
        assert has_task(world.municipality, words)


def test_a_hidden_statement_is_a_task_of_society_and_not_of_government(world: make.World) -> None:
    statement = make.conversation(world.coalition).statements.get(number=1)
    hiding = urgency.hide_as_host(statement, actor=world.operator, law="Strafrecht, 137c")
    assert has_task(world.resident, "heeft een zin verborgen")
    assert not has_task(world.municipality, "heeft een zin verborgen")
    urgency.review_hiding(hiding, actor=world.resident, upholds=True, reason="Zie de wet.")
    assert not has_task(world.resident, "heeft een zin verborgen")


def test_a_proposed_urgency_is_a_task_until_it_is_endorsed(world: make.World) -> None:
    proposed = make.urgency(make.conversation(world.coalition))
    assert has_task(world.shopkeeper, "Delen jullie deze urgentie?")
    urgency.endorse(proposed, actor=world.shopkeeper)
    assert not has_task(world.shopkeeper, "Delen jullie deze urgentie?")


def test_stating_a_benefit_is_a_task_until_it_is_confirmed(world: make.World) -> None:
    goal = make.goal(world.coalition)
    assert has_task(world.shopkeeper, "Zeg wat je aan 1 doel hebt")
    benefit = make.benefit(goal, party_of(world.shopkeeper), by=world.shopkeeper)
    vision.confirm_benefit(benefit, actor=world.shopkeeper)
    assert not has_task(world.shopkeeper, "Zeg wat je aan")


def test_a_pledge_that_was_due_is_a_task_of_its_owner_and_then_of_others(world: make.World) -> None:
    pledge = pledge_that_was_due(world)
    assert has_task(world.resident, "Zeg hoe het gaat")
    assert not has_task(world.shopkeeper, "belofte")
    check_ins.check_in(pledge, actor=world.resident, verdict="kept", due=pledge.due[0])
    assert not has_task(world.resident, "Zeg hoe het gaat")
    assert has_task(world.shopkeeper, "Zeg of 1 belofte is gedaan")
    check_ins.judge(pledge.check_ins.get(), actor=world.shopkeeper, verdict="kept")
    assert not has_task(world.shopkeeper, "Zeg of 1 belofte is gedaan")


def test_an_announced_shortfall_is_a_task_of_the_owner(world: make.World) -> None:
    pledge = pledge_that_was_due(world)
    reported = check_ins.check_in(pledge, actor=world.resident, verdict="kept", due=pledge.due[0])
    check_ins.announce(reported, actor=world.shopkeeper, remark="De deur bleef dicht.")
    assert has_task(world.resident, "Vertel wat er speelt")
    assert not has_task(world.shopkeeper, "Zeg of 1 belofte is gedaan")
    assert has_task(world.corporation, "Zeg of 1 belofte is gedaan")
    after = dataclasses.replace(world.resident, now=world.resident.now + dt.timedelta(hours=1))
    check_ins.check_in(pledge, actor=after, verdict="partly", remark="De sleutel was kwijt.")
    assert not has_task(world.resident, "Vertel wat er speelt")


def test_a_pledge_leads_to_the_page_where_it_is_reported_or_judged(world: make.World) -> None:
    pledge = pledge_that_was_due(world)
    slug = world.coalition.slug
    report = reverse("actions:check_in", args=[slug, pledge.id])
    history = reverse("actions:check_ins", args=[slug, pledge.id])
    own = browser(world.resident).get(WORK).content.decode()
    assert f'href="{report}"' in own
    assert f'href="{history}"' in own
    check_ins.check_in(pledge, actor=world.resident, verdict="kept", due=pledge.due[0])
    assert f'href="{history}"' in browser(world.shopkeeper).get(WORK).content.decode()


def test_a_new_signal_is_a_task_of_society_and_not_of_government(world: make.World) -> None:
    make_insights.signal(world.coalition)
    assert has_task(world.resident, "Nieuwe signalen")
    assert not has_task(world.municipality, "Nieuwe signalen")


def test_the_handover_is_a_task_of_society_and_not_of_government() -> None:
    coalition = make.coalition("municipality")
    resident = make.actor(make.party(coalition, "residents_group"))
    assert has_task(resident, "Bevestig je eigen voorzitter")
    assert not has_task(make.first_actor(coalition), "Bevestig je eigen voorzitter")


def test_somebody_who_may_not_decide_gets_no_task_to_decide(world: make.World) -> None:
    decision = make.decision(world.coalition)
    helper = make.actor(make.party(world.coalition, "school", may=["take_part"]))
    assert decision.title not in titles(helper)


def test_somebody_who_acts_for_two_partners_gets_a_shared_task_once(world: make.World) -> None:
    assert world.resident.person
    make.party(world.coalition, "school", person=User.objects.get(id=world.resident.person))
    make_insights.signal(world.coalition)
    decision = make.decision(world.coalition)
    asked_of_both = titles(world.resident, dt.timedelta(hours=1))
    assert sum("Nieuwe signalen" in title for title in asked_of_both) == 1
    assert asked_of_both.count(decision.title) == 2


def test_another_coalition_gives_no_tasks(world: make.World) -> None:
    elsewhere = make.coalition()
    make.goal(elsewhere)
    make.breakthrough(elsewhere)
    make.decision(elsewhere)
    assert titles(dataclasses.replace(world.resident)) == []


def test_my_tasks_take_as_many_queries_for_many_partners_and_records(
    world: make.World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    visitor = browser(world.resident)
    with django_assert_num_queries(7):
        visitor.get(WORK)
    for _place in range(3):
        make.goal(world.coalition)
        make.decision(world.coalition)
        make.request(world)
        make.breakthrough(world.coalition, by=world.corporation)
        make_insights.signal(world.coalition)
    with django_assert_num_queries(7):
        visitor.get(WORK)


def test_who_answered_for_one_partner_is_not_asked_for_another(world: make.World) -> None:
    shop, corporation = world.shopkeeper, world.corporation
    person = make.account_of(shop)
    make.grant(party_of(corporation), person, actor=corporation, may=[MandateType.DECIDE])
    decision = make.decision(world.coalition)
    assert titles(shop).count(decision.title) == 2
    make.position(decision, by=shop)
    assert not has_task(shop, decision.title)
    assert has_task(corporation, decision.title)
