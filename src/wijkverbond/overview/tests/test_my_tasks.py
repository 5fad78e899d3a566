"""My tasks: what asks something of me, for which partner, and when it no longer does."""

import dataclasses
import datetime as dt

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests import make
from tests.sweeps import browser
from wijkverbond.accounts.models import User
from wijkverbond.actions.services import check_ins, initiatives, requests
from wijkverbond.actions.tests import make as make_actions
from wijkverbond.breakthroughs import services as breakthroughs
from wijkverbond.coalition.queries import party_of
from wijkverbond.commitments.models import Pledge
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.decisions import services as decisions
from wijkverbond.insights.tests import make as make_insights
from wijkverbond.kernel.actor import Actor
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


def asked(actor: Actor, words: str) -> bool:
    """Whether something with these words is asked of somebody."""
    return any(words in title for title in titles(actor))


def pledge_that_was_due(world: make.World) -> Pledge:
    """A promise of the residents that had to be reported on by yesterday."""
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


def test_an_action_asks_its_party_until_it_is_done_or_dropped(world: make.World) -> None:
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


def test_the_page_of_doing_asks_for_a_verdict_as_my_work_does(world: make.World) -> None:
    page = reverse("actions:index", args=[world.coalition.slug])
    reported = make_actions.check_in(make_actions.pledge(world), by=world.resident)

    def asks(actor: Actor) -> tuple[bool, bool]:
        return (
            "Wat zie jij ervan?" in browser(actor).get(page).content.decode(),
            asked(actor, "Zeg of 1 belofte is gedaan"),
        )

    assert asks(world.shopkeeper) == asks(world.corporation) == (True, True)
    check_ins.judge(reported, actor=world.shopkeeper, verdict="kept")
    assert asks(world.corporation) == (False, False)


def test_an_objection_asks_the_proposer_until_it_is_answered(world: make.World) -> None:
    decision = make.decision(world.coalition, by=world.corporation)
    for actor in world.parties:
        decisions.take_position(decision, actor=actor, stance="consent")
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
    sent = browser(world.corporation).post(task.url, {"answer": "We letten erop."})
    assert sent.status_code == 302
    assert answer not in titles(world.corporation)
    page_html = browser(world.corporation).get(page).content.decode()
    assert "We letten erop." in page_html
    assert task.url not in page_html


def test_a_request_asks_government_until_the_answer_and_then_the_asker(world: make.World) -> None:
    request = make.request(world)
    assert request.title in titles(world.municipality)
    assert not asked(world.resident, request.title)
    requests.answer(
        request, actor=world.municipality, verdict="granted", text="Ja.", role="facilitate"
    )
    assert request.title not in titles(world.municipality)
    assert asked(world.resident, "Helpt dit antwoord?")
    requests.accept(request, actor=world.resident, helpful="yes")
    assert not asked(world.resident, request.title)


def test_a_late_request_comes_first_and_stands_with_the_asker(world: make.World) -> None:
    make.request(world)
    make.goal(world.coalition)
    assert titles(world.municipality, LATER)[0] == "Mag het plein een zondag dicht?"
    assert world.resident.person
    tasks = my_tasks(world.resident.person, world.resident.now + LATER)
    assert [request.level for request in tasks.requests] == ["absent"]


def test_who_wrote_the_vision_answers_a_proposed_change(world: make.World) -> None:
    version = make.version(world.coalition, by=world.resident)
    change = make.amendment(version, by=world.shopkeeper)
    assert asked(world.resident, "voorgestelde wijziging")
    vision.settle_amendment(change, actor=world.resident, outcome="partly", reason="Kort genoemd.")
    assert not asked(world.resident, "voorgestelde wijziging")


def test_a_breakthrough_asks_those_who_did_not_work_on_it(world: make.World) -> None:
    breakthrough = make.breakthrough(world.coalition, by=world.corporation)
    assert not asked(world.corporation, "Is dit een doorbraak?")
    assert asked(world.shopkeeper, "Is dit een doorbraak?")
    breakthroughs.confirm(breakthrough, actor=world.shopkeeper, confirms=True)
    assert not asked(world.shopkeeper, "Is dit een doorbraak?")
    assert asked(world.resident, "Is dit een doorbraak?")


def test_who_kept_a_promise_in_a_breakthrough_is_not_asked_about_it(world: make.World) -> None:
    make.breakthrough(world.coalition, by=world.corporation, pledges=[pledge_that_was_due(world)])
    assert not asked(world.resident, "Is dit een doorbraak?")
    assert asked(world.shopkeeper, "Is dit een doorbraak?")


def test_who_pays_or_is_paid_is_not_asked_to_confirm_or_to_judge(world: make.World) -> None:
    make_commitments.pledge(world, by=world.shopkeeper, resource="money", together=[world.resident])
    promised = pledge_that_was_due(world)
    check_ins.check_in(promised, actor=world.resident, verdict="kept", due=promised.due[0])
    make.breakthrough(world.coalition, by=world.corporation, pledges=[promised])
    for words in ("Is dit een doorbraak?", "Zeg of 1 belofte is gedaan"):
        assert not asked(world.shopkeeper, words)
        assert asked(world.municipality, words)


def test_what_the_host_hid_asks_society_and_not_government(world: make.World) -> None:
    sentence = make.conversation(world.coalition).statements.get(number=1)
    hiding = urgency.hide_as_host(sentence, actor=world.operator, law="Strafrecht, 137c")
    assert asked(world.resident, "heeft een zin verborgen")
    assert not asked(world.municipality, "heeft een zin verborgen")
    urgency.review_hiding(hiding, actor=world.resident, upholds=True, reason="Zie de wet.")
    assert not asked(world.resident, "heeft een zin verborgen")


def test_a_proposed_urgency_asks_until_it_is_shared_by_name(world: make.World) -> None:
    proposed = make.urgency(make.conversation(world.coalition))
    assert asked(world.shopkeeper, "Delen jullie deze urgentie?")
    urgency.endorse(proposed, actor=world.shopkeeper)
    assert not asked(world.shopkeeper, "Delen jullie deze urgentie?")


def test_a_goal_asks_what_a_partner_gains_until_it_is_confirmed(world: make.World) -> None:
    goal = make.goal(world.coalition)
    assert asked(world.shopkeeper, "Zeg wat je aan 1 doel hebt")
    benefit = make.benefit(goal, party_of(world.shopkeeper), by=world.shopkeeper)
    vision.confirm_benefit(benefit, actor=world.shopkeeper)
    assert not asked(world.shopkeeper, "Zeg wat je aan")


def test_a_promise_that_was_due_asks_its_owner_and_then_the_others(world: make.World) -> None:
    promised = pledge_that_was_due(world)
    assert asked(world.resident, "Zeg hoe het gaat")
    assert not asked(world.shopkeeper, "belofte")
    check_ins.check_in(promised, actor=world.resident, verdict="kept", due=promised.due[0])
    assert not asked(world.resident, "Zeg hoe het gaat")
    assert asked(world.shopkeeper, "Zeg of 1 belofte is gedaan")
    check_ins.judge(promised.check_ins.get(), actor=world.shopkeeper, verdict="kept")
    assert not asked(world.shopkeeper, "Zeg of 1 belofte is gedaan")


def test_who_does_not_see_a_promise_done_asks_its_owner_to_tell(world: make.World) -> None:
    promised = pledge_that_was_due(world)
    reported = check_ins.check_in(
        promised, actor=world.resident, verdict="kept", due=promised.due[0]
    )
    check_ins.announce(reported, actor=world.shopkeeper, remark="De deur bleef dicht.")
    assert asked(world.resident, "Vertel wat er speelt")
    assert not asked(world.shopkeeper, "Zeg of 1 belofte is gedaan")
    assert asked(world.corporation, "Zeg of 1 belofte is gedaan")
    after = dataclasses.replace(world.resident, now=world.resident.now + dt.timedelta(hours=1))
    check_ins.check_in(promised, actor=after, verdict="partly", remark="De sleutel was kwijt.")
    assert not asked(world.resident, "Vertel wat er speelt")


def test_a_promise_leads_to_the_page_where_it_is_reported_or_judged(world: make.World) -> None:
    promised = pledge_that_was_due(world)
    slug = world.coalition.slug
    report = reverse("actions:check_in", args=[slug, promised.id])
    history = reverse("actions:check_ins", args=[slug, promised.id])
    own = browser(world.resident).get(WORK).content.decode()
    assert f'href="{report}"' in own
    assert f'href="{history}"' in own
    check_ins.check_in(promised, actor=world.resident, verdict="kept", due=promised.due[0])
    assert f'href="{history}"' in browser(world.shopkeeper).get(WORK).content.decode()


def test_a_new_signal_asks_society_and_not_government(world: make.World) -> None:
    make_insights.signal(world.coalition)
    assert asked(world.resident, "Nieuwe signalen")
    assert not asked(world.municipality, "Nieuwe signalen")


def test_the_handover_asks_society_and_not_government() -> None:
    coalition = make.coalition("municipality")
    resident = make.actor(make.party(coalition, "residents_group"))
    assert asked(resident, "Bevestig je eigen voorzitter")
    assert not asked(make.first_actor(coalition), "Bevestig je eigen voorzitter")


def test_who_may_not_decide_is_not_asked_to(world: make.World) -> None:
    decision = make.decision(world.coalition)
    helper = make.actor(make.party(world.coalition, "school", may=["take_part"]))
    assert decision.title not in titles(helper)


def test_what_any_partner_can_do_is_asked_once_of_who_acts_for_two(world: make.World) -> None:
    assert world.resident.person
    make.party(world.coalition, "school", person=User.objects.get(id=world.resident.person))
    make_insights.signal(world.coalition)
    decision = make.decision(world.coalition)
    asked_of_both = titles(world.resident, dt.timedelta(hours=1))
    assert sum("Nieuwe signalen" in title for title in asked_of_both) == 1
    assert asked_of_both.count(decision.title) == 2


def test_another_coalition_asks_nothing_of_me(world: make.World) -> None:
    elsewhere = make.coalition()
    make.goal(elsewhere)
    make.breakthrough(elsewhere)
    make.decision(elsewhere)
    assert titles(dataclasses.replace(world.resident)) == []


def test_my_work_asks_as_many_queries_for_many_partners_and_records(
    world: make.World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    visitor = browser(world.resident)
    with django_assert_num_queries(4):
        visitor.get(WORK)
    for _place in range(3):
        make.goal(world.coalition)
        make.decision(world.coalition)
        make.request(world)
        make.breakthrough(world.coalition, by=world.corporation)
        make_insights.signal(world.coalition)
    with django_assert_num_queries(4):
        visitor.get(WORK)
