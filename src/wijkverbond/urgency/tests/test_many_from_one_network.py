"""Many answers from one network: a short wait, a hard limit, and an evening in the hall that lifts both."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests import make
from tests.html import page_html, shown
from tests.sweeps import browser
from wijkverbond.insights.models import PersonalRecognition
from wijkverbond.insights.tests import make as make_insights
from wijkverbond.insights.views import insights, signals
from wijkverbond.kernel import clock
from wijkverbond.ui import turns
from wijkverbond.urgency import services
from wijkverbond.urgency.models import Conversation, Participant
from wijkverbond.urgency.views import responses

pytestmark = pytest.mark.django_db

HOURS = dt.timedelta(hours=3)


@pytest.fixture(autouse=True)
def small_hall(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits that a test reaches: two at once, five in an hour."""
    monkeypatch.setattr(responses, "NEWCOMERS_AT_ONCE", 2)
    monkeypatch.setattr(signals, "SIGNALS_AT_ONCE", 0)
    monkeypatch.setattr(turns, "MOST_PER_HOUR", 5)


def begin(conversation: Conversation, phone: Client | None = None, **more: str) -> HttpResponse:
    address = reverse("urgency:respond", args=[conversation.coalition.slug])
    return sent(address, {"kind": "residents", **more}, phone)


def sent(address: str, filled_in: dict[str, str], phone: Client | None = None) -> HttpResponse:
    response = (phone or Client()).post(address, filled_in)
    assert isinstance(response, HttpResponse)
    return response


def ticket_of(wait: HttpResponse) -> str:
    return str(wait.context["ticket"])  # type: ignore[attr-defined]


def test_who_comes_after_the_first_waits_a_moment_and_then_goes_on_once(
    open_conversation: Conversation,
) -> None:
    with time_machine.travel(clock.now(), tick=False) as moment:
        assert [begin(open_conversation).status_code for _ in range(3)] == [302, 302, 429]
        wait = begin(open_conversation)
        page = wait.content.decode()
        assert "Wacht 10 seconden" in page
        assert '<input type="hidden" name="kind" value="residents">' in page
        moment.shift(9)
        early = begin(open_conversation, turn=ticket_of(wait))
        assert (early.status_code, early["Retry-After"]) == (429, "1")
        assert ticket_of(early) == ticket_of(wait)
        moment.shift(1)
        assert begin(open_conversation, turn=ticket_of(wait)).status_code == 302
        assert begin(open_conversation, turn=ticket_of(wait)).status_code == 429
    assert Participant.objects.count() == 3


def test_a_hard_limit_stands_and_a_ticket_that_somebody_made_is_none(
    open_conversation: Conversation,
) -> None:
    answers = [begin(open_conversation, turn="verzonnen") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 2 + [429] * 4
    assert [bool(ticket_of(answer)) for answer in answers[2:]] == [True, True, True, False]
    assert 'value="residents"' in answers[-1].content.decode()


def test_an_evening_in_the_hall_lifts_both_in_its_hours_for_signals_too(
    open_conversation: Conversation, world: make.World
) -> None:
    starts = world.resident.now + dt.timedelta(days=1)
    services.expect_in_the_hall(
        open_conversation, actor=world.resident, starts=starts, ends=starts + HOURS
    )
    signal = reverse("insights:give", args=[world.coalition.slug])
    filled_in = {"category": "waste", "text": "Er ligt glas bij de speeltuin."}
    with time_machine.travel(starts, tick=False) as moment:
        assert {begin(open_conversation).status_code for _ in range(7)} == {302}
        assert Client().post(signal, filled_in).status_code == 302
        moment.shift(HOURS)
        assert begin(open_conversation).status_code == 302  # a new hour
        assert Client().post(signal, filled_in).status_code == 429


def test_a_view_of_an_insight_waits_too_and_is_kept(
    world: make.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(insights, "VIEWS_AT_ONCE", 0)
    insight = make_insights.insight(world.coalition, by=world.resident)
    address = reverse("insights:recognise", args=[world.coalition.slug, insight.id])
    view = {"view": "differs", "kind": "entrepreneurs", **shown(insight)}
    with time_machine.travel(clock.now(), tick=False) as moment:
        wait = sent(address, view)
        assert wait.status_code == 429
        assert dict(wait.context["filled_in"]) == view  # type: ignore[attr-defined]
        moment.shift(10)
        assert sent(address, {**view, "turn": ticket_of(wait)}).status_code == 302
    assert PersonalRecognition.objects.get().view == "differs"


def test_only_who_asked_the_question_sets_the_hours_and_everyone_reads_them(
    open_conversation: Conversation, world: make.World
) -> None:
    slug = world.coalition.slug
    hall = reverse("urgency:hall", args=[slug, open_conversation.id])
    day = str((world.resident.today + dt.timedelta(days=1)).isoformat())
    sent = {"day": day, "from_time": "19:30", "until_time": "00:30"}
    assert browser(world.resident).post(hall, sent).status_code == 302
    page = page_html(Client(), reverse("urgency:conversation", args=[slug, open_conversation.id]))
    assert "19:30" in page
    timeline = page_html(Client(), reverse("overview:timeline", args=[slug]))
    assert "verwacht veel mensen in een zaal" in timeline
    too_long = browser(world.resident).post(
        hall, {**sent, "from_time": "01:00", "until_time": "23:00"}
    )
    assert too_long.status_code == 422
    with pytest.raises(ValidationError):
        services.expect_in_the_hall(
            open_conversation,
            actor=world.resident,
            starts=world.resident.now - HOURS,
            ends=world.resident.now,
        )
