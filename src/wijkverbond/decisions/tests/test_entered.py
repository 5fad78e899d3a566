"""What the secretariat enters for a partner counts once the partner confirms it."""

import datetime as dt
import importlib
import re
import smtplib

import pytest
from django.apps import apps
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import make
from tests.html import page_html, shown
from tests.sweeps import browser
from tests.two_hats import two_hats
from wijkverbond.coalition.models import Secretariat
from wijkverbond.coalition.queries import party_of
from wijkverbond.decisions import queries, services, tasks
from wijkverbond.decisions.models import Decision, Position, Stance, Via
from wijkverbond.decisions.outcome import Count
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import Refused
from wijkverbond.overview.my_tasks import my_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision(world: make.World) -> Decision:
    """A proposal to which the secretariat enters an answer."""
    return make.decision(world.coalition)


def enter(
    decision: Decision,
    world: make.World,
    *,
    stance: str = Stance.CONSENT,
    argument: str = "",
    by: Actor | None = None,
) -> Position:
    """The secretariat enters an answer of the shopkeepers, who said it by telephone."""
    return services.enter_position(
        decision,
        party_of(world.shopkeeper),
        actor=by or world.coordinator,
        wording=Position(stance=stance, argument=argument),
        via=Via.PHONE,
    )


def counted(decision: Decision, world: make.World, days: int = 0) -> Count:
    """How the entrepreneurs count, some days later."""
    now = make.later(world.shopkeeper, days).now
    return queries.counts(decision, [party_of(world.shopkeeper)], now)["entrepreneurs"]


def send_mails() -> None:
    """What the worker does with the mails about what was entered."""
    for job in ProcrastinateJob.objects.filter(task_name="decisions.ask_about_entered"):
        tasks.ask_about_entered(**job.args)


def test_it_counts_once_the_partner_confirms_it(decision: Decision, world: make.World) -> None:
    enter(decision, world)
    assert counted(decision, world).answered == 0
    make.position(decision, by=world.shopkeeper)
    assert counted(decision, world).consented == 1


def test_after_a_week_it_is_an_answer_and_never_consent(
    decision: Decision, world: make.World
) -> None:
    enter(decision, world)
    assert counted(decision, world, days=8).answered == 0  # no mail arrived
    send_mails()
    assert counted(decision, world, days=6).answered == 0
    late = counted(decision, world, days=8)
    assert (late.answered, late.consented, late.open_objections) == (1, 0, 0)


def test_everyone_who_decides_is_mailed_what_was_entered(
    decision: Decision, world: make.World
) -> None:
    make.colleague(world.shopkeeper)  # takes part only
    enter(decision, world, stance=Stance.CONCERN, argument="Als het maar rustig blijft.")
    send_mails()
    [message] = mail.outbox
    assert message.to == [make.account_of(world.shopkeeper).email]
    page = reverse("decisions:answer", args=[world.coalition.slug, decision.id])
    for words in ("secretariaat", "Als het maar rustig blijft.", "per telefoon", page):
        assert words in message.body
    assert make.account_of(world.coordinator).email not in message.body


def test_the_link_answers_for_the_partner_of_the_mail_and_for_no_other(
    decision: Decision, world: make.World
) -> None:
    _resident, shopkeeper = two_hats(world.resident, world.shopkeeper)
    enter(decision, world)
    send_mails()
    [link] = {link for each in mail.outbox for link in re.findall(r"/w/\S+", str(each.body))}
    asked = browser(world.resident).get(link)
    switch = reverse("coalition:switch", args=[world.coalition.slug])
    assert (asked.status_code, asked["Location"].partition("?")[0]) == (302, switch)
    words = "Het secretariaat voerde dit antwoord voor jullie in (per telefoon)."
    assert words in page_html(browser(shopkeeper), link)


def test_the_partner_reads_that_it_was_entered_until_it_confirms(
    decision: Decision, world: make.World
) -> None:
    page = reverse("decisions:answer", args=[world.coalition.slug, decision.id])
    words = "Het secretariaat voerde dit antwoord voor jullie in (per telefoon)."
    partner = browser(world.shopkeeper)
    assert words not in page_html(partner, page)
    enter(decision, world)
    assert words in page_html(partner, page)
    make.position(decision, by=world.shopkeeper)
    assert words not in page_html(partner, page)


def test_the_register_says_for_whom_it_was_entered(decision: Decision, world: make.World) -> None:
    enter(decision, world)
    page = page_html(
        browser(world.resident), reverse("register:entries", args=[world.coalition.slug])
    )
    shopkeepers = party_of(world.shopkeeper).name
    assert f"Een antwoord op een voorstel, voor {shopkeepers}" in page
    assert "De wijkcoalitie geeft antwoord" not in page


def test_what_was_entered_before_there_were_mails_is_asked_about_once(
    decision: Decision, world: make.World
) -> None:
    enter(decision, world)
    jobs = ProcrastinateJob.objects.filter(task_name="decisions.ask_about_entered")
    jobs.delete()
    migration = importlib.import_module(
        "wijkverbond.decisions.migrations.0008_mail_what_was_entered"
    )
    migration.mail_what_was_entered(apps, None)
    assert [job.args["person"] for job in jobs] == [str(world.shopkeeper.person)]
    send_mails()
    [message] = mail.outbox
    assert message.to == [make.account_of(world.shopkeeper).email]
    jobs.delete()
    migration.mail_what_was_entered(apps, None)
    assert not jobs


def test_a_mail_that_is_refused_answers_nothing(
    decision: Decision, world: make.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    position = enter(decision, world)

    def refuse(*_message: object, **_how: object) -> int:
        raise smtplib.SMTPRecipientsRefused({})

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        send_mails()
    position.refresh_from_db()
    assert position.mailed_at is None


def test_a_round_does_not_close_early_on_what_was_entered(
    decision: Decision, world: make.World
) -> None:
    for actor in (world.resident, world.corporation):
        make.position(decision, by=actor)
    enter(decision, world)
    send_mails()
    with pytest.raises(ValidationError, match="Nog niet iedereen"):
        services.close(decision, actor=make.later(world.resident, 8))


def test_what_was_entered_makes_and_resolves_no_objection(
    decision: Decision, world: make.World
) -> None:
    enter(decision, world, stance=Stance.OBJECTION, argument="Het is te druk.")
    assert not decision.objections.exists()
    objection = make.objection(decision, by=world.shopkeeper)
    adapted = services.adapt(decision, actor=world.resident, text="Kleiner.")
    enter(adapted, world)
    objection.refresh_from_db()
    assert objection.resolved_at is None


def test_who_has_a_side_enters_nothing(decision: Decision, world: make.World) -> None:
    member = Secretariat.objects.get(coalition=world.coalition)
    member.lent_by = party_of(world.municipality)
    member.save()
    with pytest.raises(Refused, match="leent je uit"):
        enter(decision, world)
    person = make.user()
    make.grant(party_of(world.corporation), person, actor=world.corporation, may=[])
    with pytest.raises(Refused, match="leent je uit"):
        enter(decision, world, by=make.secretariat(world.coalition, person=person))


def test_who_acts_for_government_in_the_municipality_enters_nothing(
    decision: Decision, world: make.World
) -> None:
    elsewhere = make.coalition("police")
    person = make.account_of(make.first_actor(elsewhere))
    coordinator = make.secretariat(world.coalition, person=person)
    with pytest.raises(Refused, match="leent je uit"):
        enter(decision, world, by=coordinator)


def test_the_partner_confirms_it_in_the_browser(decision: Decision, world: make.World) -> None:
    enter(decision, world, stance=Stance.CONCERN, argument="Als het maar rustig blijft.")
    assert world.shopkeeper.person
    waiting = my_tasks(world.shopkeeper.person, world.shopkeeper.now + dt.timedelta(minutes=1))
    buttons = [task.action for task in waiting.tasks if task.title == decision.title]
    assert buttons == ["Bevestig of verbeter ons antwoord"]
    page = reverse("decisions:page", args=[world.coalition.slug, decision.id])
    shop = browser(world.shopkeeper)
    page_html = shop.get(page).content.decode()
    assert "nog niet bevestigd" in page_html
    assert "Bevestig of verbeter ons antwoord" in page_html
    answer = reverse("decisions:answer", args=[world.coalition.slug, decision.id])
    assert "Als het maar rustig blijft." in shop.get(answer).content.decode()
    typed = {"stance": "concern", "argument": "Als het maar rustig blijft."}
    shop.post(answer, typed | shown(decision))
    assert "nog niet bevestigd" not in shop.get(page).content.decode()
