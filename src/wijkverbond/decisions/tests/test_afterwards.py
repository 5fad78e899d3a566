"""What was carried without a kind is asked of who comes later of that kind."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import make
from tests.html import shown
from tests.sweeps import browser
from wijkverbond.coalition.models import Party
from wijkverbond.coalition.queries import party_of
from wijkverbond.decisions import services
from wijkverbond.decisions.models import LaterAnswer, Stance, State
from wijkverbond.decisions.services import afterwards
from wijkverbond.decisions.tasks import ask_newcomers
from wijkverbond.decisions.tests import make as make_decisions
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.policy import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(world: make.World) -> LaterAnswer:
    """What the shopkeepers are asked of what was carried without them."""
    make_decisions.carried_without_the_shopkeepers(world)
    ask_newcomers(0)
    return LaterAnswer.objects.get()


def test_who_comes_later_is_asked_once_and_mailed(world: make.World) -> None:
    make_decisions.carried_without_the_shopkeepers(world)
    make.party(world.coalition, "school")
    ask_newcomers(0)
    ask_newcomers(1)
    asked = LaterAnswer.objects.get()
    assert asked.party_id == world.shopkeeper.party
    assert asked.answer_by == (asked.asked_at + dt.timedelta(days=30)).date()
    mails = ProcrastinateJob.objects.filter(args__template="decisions/mail/asked_afterwards.txt")
    assert [mail.args["person"] for mail in mails] == [str(world.shopkeeper.person)]
    assert Entry.objects.filter(event="decisions.asked_afterwards").count() == 1


def test_who_is_not_confirmed_is_not_asked_yet(world: make.World) -> None:
    make_decisions.carried_without_the_shopkeepers(world)
    Party.objects.filter(id=party_of(world.shopkeeper).id).update(confirmed_at=None)
    assert list(afterwards.newcomers()) == []


def test_the_answer_stands_with_the_proposal_and_changes_no_outcome(
    world: make.World, asked: LaterAnswer, client: Client
) -> None:
    page = reverse("decisions:answer_afterwards", args=[world.coalition.slug, asked.id])
    response = browser(world.shopkeeper).post(
        page, {"stance": "concern", "argument": "Denk aan de markt.", **shown(asked)}
    )
    assert response.status_code == 302
    text = client.get(response["Location"]).content.decode()
    assert "Naderhand gevraagd" in text
    assert "“Denk aan de markt.”" in text
    asked.decision.refresh_from_db()
    assert (asked.decision.state, asked.decision.without) == (State.CARRIED, ["entrepreneurs"])
    with pytest.raises(Refused):
        afterwards.answer_afterwards(
            asked, actor=world.shopkeeper, wording=LaterAnswer(stance=Stance.CONSENT)
        )


def test_an_objection_afterwards_is_argued_and_gets_an_answer(
    world: make.World, asked: LaterAnswer
) -> None:
    with pytest.raises(ValidationError):
        afterwards.answer_afterwards(
            asked, actor=world.shopkeeper, wording=LaterAnswer(stance=Stance.OBJECTION)
        )
    wording = LaterAnswer(stance=Stance.OBJECTION, argument="De markt verdwijnt.")
    afterwards.answer_afterwards(asked, actor=world.shopkeeper, wording=wording)
    objection = asked.decision.objections.unanswered().get()
    services.answer_objection(objection, actor=world.resident, answer="We kijken er weer naar.")


def test_one_person_answers_then_and_afterwards_for_one_partner(
    world: make.World, asked: LaterAnswer
) -> None:
    later = LaterAnswer.objects.filter(id=asked.id)
    both = make.actor(party_of(world.shopkeeper))
    asked.decision.positions.filter(party=world.resident.party).update(person=both.person)
    with pytest.raises(Refused):
        afterwards.answer_afterwards(
            later.get(), actor=both, wording=LaterAnswer(stance=Stance.CONSENT)
        )


def test_an_answer_afterwards_has_a_moment(asked: LaterAnswer) -> None:
    with pytest.raises(IntegrityError):
        LaterAnswer.objects.filter(id=asked.id).update(stance=Stance.CONSENT)
