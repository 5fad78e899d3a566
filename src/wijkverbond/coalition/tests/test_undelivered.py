"""Who had a mail sent hears that it did not arrive, not at which address, and sends it again."""

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import make
from tests.sweeps import browser
from wijkverbond.coalition import services
from wijkverbond.coalition.models import Invitation
from wijkverbond.coalition.queries import party_of
from wijkverbond.coalition.tests.pages import readable
from wijkverbond.coalition.tests.service_cases import not_delivered
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.decisions import services as decisions
from wijkverbond.decisions.models import Position
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import Refused

pytestmark = pytest.mark.django_db
HEARD = "Een mail die voor jullie uitging, kwam niet aan"


def given_up(**mails: str) -> None:
    """The mail server takes none of these mails."""
    assert ProcrastinateJob.objects.filter(status="todo", **mails).update(status="failed")


def work(actor: Actor) -> str:
    return readable(browser(actor).get(reverse("overview:my_work")).content)


def page(world: make.World, actor: Actor) -> str:
    address = reverse("coalition:not_delivered", args=[world.coalition.slug])
    return readable(browser(actor).get(address).content)


def test_who_asked_somebody_to_act_for_their_partner_hears_it(world: make.World) -> None:
    person = make.user("nieuwe.penningmeester@elders.example")
    services.grant(party_of(world.resident), person, actor=world.resident, may=[])
    given_up(task_name="coalition.send_mandate_offer", args__by=str(world.resident.party))
    assert HEARD in work(world.resident)
    assert HEARD not in work(world.shopkeeper)
    shown = page(world, world.resident)
    assert "Wil je meedoen namens een partner?" in shown
    assert person.email not in shown


def test_the_secretariat_hears_of_an_answer_that_it_entered(world: make.World) -> None:
    decision = make.decision(world.coalition, by=world.corporation)
    decisions.enter_position(
        decision,
        party_of(world.shopkeeper),
        actor=world.coordinator,
        via="phone",
        wording=Position(stance="consent"),
    )
    given_up(task_name="decisions.ask_about_entered")
    assert HEARD in work(world.coordinator)
    shown = page(world, world.coordinator)
    assert party_of(world.shopkeeper).name in shown
    assert make.account_of(world.shopkeeper).email not in shown


def test_who_wrote_a_covenant_hears_who_does_not_know_that_it_can_be_signed(
    world: make.World,
) -> None:
    covenant = make_commitments.opened(world)
    given_up(args__template="commitments/mail/opened.txt")
    drafted_by = make.actor(covenant.drafted_by)
    assert HEARD in work(drafted_by)
    assert covenant.title in page(world, drafted_by)


def test_sent_again_twice_it_goes_out_once_and_as_the_same_mail(world: make.World) -> None:
    job = not_delivered(world)
    before = ProcrastinateJob.objects.get(id=job).args
    with pytest.raises(Refused):
        services.send_again(job, world.coalition, actor=world.shopkeeper)
    again = reverse("coalition:send_again", args=[world.coalition.slug, job])
    for _twice in range(2):
        assert browser(world.resident).post(again).status_code == 302
    [waiting] = ProcrastinateJob.objects.filter(args=before)
    assert waiting.status == "todo"
    assert HEARD not in work(world.resident)
    assert "Alles kwam aan" in page(world, world.resident)


def test_the_secretariat_hears_that_its_invitation_did_not_arrive(world: make.World) -> None:
    services.invite(
        world.coalition,
        actor=world.coordinator,
        wording=Invitation(addressee="De school", email="schol@voorbeeld.example"),
    )
    heard = "Een uitnodiging van jullie kwam niet aan"
    assert heard not in work(world.coordinator)
    given_up(task_name="coalition.send_invitation")
    assert heard in work(world.coordinator)
