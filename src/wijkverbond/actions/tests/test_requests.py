"""A request to government: asked, late for all to see, answered, judged by the asker."""

import dataclasses
import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests import make
from tests.sweeps import browser
from wijkverbond.actions import terms
from wijkverbond.actions.models import FacilitationRequest
from wijkverbond.actions.queries import requests as queries
from wijkverbond.actions.services import requests as services
from wijkverbond.coalition.queries import party_of
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.policy import Refused

pytestmark = pytest.mark.django_db


def acting_on(actor: Actor, day: dt.date) -> Actor:
    return dataclasses.replace(actor, now=dt.datetime.combine(day, dt.time(12), dt.UTC))


def answer(world: make.World, request: FacilitationRequest) -> FacilitationRequest:
    return services.answer(
        request, actor=world.municipality, verdict="granted", text="Ja.", role="facilitate"
    )


def test_the_last_day_is_fixed_in_the_event(world: make.World) -> None:
    request = make.request(world)
    facts = Entry.objects.get(event="actions.request_asked").facts
    assert facts["due"] == request.due.isoformat()
    assert request.due == terms.last_day(request.asked_on, 15)


def test_a_request_is_late_from_the_day_after_its_term(world: make.World) -> None:
    request = make.request(world)
    last = acting_on(world.resident, request.due).now
    assert queries.request_status(request, last).late == 0
    assert queries.request_status(request, last + dt.timedelta(days=8)).late > 0


def test_an_answer_on_the_last_day_is_in_term(world: make.World) -> None:
    request = make.request(world)
    last = acting_on(world.municipality, request.due)
    services.answer(request, actor=last, verdict="granted", text="Ja.", role="facilitate")
    assert Entry.objects.get(event="actions.request_answered").facts["in_term"] == "yes"
    assert queries.response_stats(queries.requests(world.coalition, last.now)).in_term == 1


def test_a_late_answer_is_recorded_as_late(world: make.World) -> None:
    request = make.request(world)
    late = acting_on(world.municipality, request.due + dt.timedelta(days=3))
    services.answer(request, actor=late, verdict="declined", text="Nee.", role="regulate")
    assert Entry.objects.get(event="actions.request_answered").facts["in_term"] == "no"


def after_midnight(actor: Actor, day: dt.date) -> Actor:
    """Half an hour or more after midnight in the Netherlands, while it is still that day in UTC."""
    return dataclasses.replace(actor, now=dt.datetime.combine(day, dt.time(23, 30), dt.UTC))


def test_the_last_day_ends_at_midnight_in_the_netherlands(world: make.World) -> None:
    request = make.request(world)
    late = after_midnight(world.municipality, request.due)
    with pytest.raises(ValidationError, match="voorbij"):
        services.extend(request, actor=late, extra_days=5, reason="Druk.")
    services.answer(request, actor=late, verdict="granted", text="Ja.", role="facilitate")
    facts = Entry.objects.get(event="actions.request_answered").facts
    assert (facts["in_term"], facts["answered_on"] > facts["due"]) == ("no", True)


def test_a_request_after_midnight_counts_from_the_new_day(world: make.World) -> None:
    today = world.resident.today
    request = services.ask(
        world.coalition,
        actor=after_midnight(world.resident, today),
        addressee=party_of(world.municipality),
        wording=FacilitationRequest(asks="space", title="Ruimte?"),
    )
    assert request.asked_on == today + dt.timedelta(days=1)


@pytest.mark.parametrize("field", ["text", "verdict", "role"])
def test_an_answer_without_reason_verdict_or_role_is_refused(world: make.World, field: str) -> None:
    request = make.request(world)
    answer = {"text": "Ja.", "verdict": "granted", "role": "facilitate", field: ""}
    with pytest.raises(ValidationError) as refused:
        services.answer(request, actor=world.municipality, **answer)
    assert field in refused.value.message_dict


def test_only_the_addressee_answers_and_only_the_asker_judges(world: make.World) -> None:
    request = make.request(world)
    with pytest.raises(Refused):
        services.answer(
            request, actor=world.corporation, verdict="granted", text="Ja.", role="leave"
        )
    request = answer(world, request)
    with pytest.raises(Refused):
        services.accept(request, actor=world.municipality, helpful="yes")
    assert services.accept(request, actor=world.resident, helpful="partly").state == "accepted"


def test_a_term_is_extended_once_and_only_before_it_ends(world: make.World) -> None:
    request = make.request(world)
    late = acting_on(world.municipality, request.due + dt.timedelta(days=1))
    with pytest.raises(ValidationError):
        services.extend(request, actor=late, extra_days=5, reason="Druk.")
    extended = services.extend(
        request, actor=world.municipality, extra_days=5, reason="De wethouder is weg."
    )
    assert extended.due == terms.last_day(request.due, 5)
    with pytest.raises(ValidationError):
        services.extend(extended, actor=world.municipality, extra_days=5, reason="Nog druk.")


def test_asking_again_starts_a_new_term_and_the_first_answer_stays_readable(
    client: Client, world: make.World
) -> None:
    request = answer(world, make.request(world))
    reopened = services.reopen(request, actor=world.resident, reason="Het plein bleef open.")
    assert (reopened.state, reopened.answer) == ("asked", "")
    address = reverse("actions:request", args=[world.coalition.slug, request.id])
    page_html = client.get(address).content.decode()
    assert "“Ja.”" in page_html
    assert "“Het plein bleef open.”" in page_html


def test_whoever_asks_again_later_gets_an_answer_within_a_term_from_then(world: make.World) -> None:
    request = answer(world, make.request(world))
    later = acting_on(world.resident, request.due + dt.timedelta(days=7))
    reopened = services.reopen(request, actor=later, reason="Het hek staat er nog.")
    assert reopened.due == terms.last_day(later.today, 15)


def test_a_request_is_escalated_one_level_only_when_late_or_answered(world: make.World) -> None:
    request = make.request(world)
    with pytest.raises(ValidationError):
        services.escalate(request, actor=world.resident, reason="Haast.")
    late = acting_on(world.resident, request.due + dt.timedelta(days=4))
    assert services.escalate(request, actor=late, reason="Te laat.").level == "conditions"


def test_everyone_sees_that_a_request_is_late(client: Client, world: make.World) -> None:
    request = make.request(world)
    with time_machine.travel(
        dt.datetime.combine(request.due, dt.time(12), dt.UTC) + dt.timedelta(days=14)
    ):
        response = client.get(reverse("actions:requests", args=[world.coalition.slug]))
    assert "te laat" in response.content.decode()


def test_a_partner_makes_a_request_in_the_browser(world: make.World) -> None:
    address = reverse("actions:ask", args=[world.coalition.slug])
    form_data = {"addressee": str(world.municipality.party), "asks": "space", "title": "Ruimte?"}
    assert browser(world.shopkeeper).post(address, form_data).status_code == 302
    wrong = {**form_data, "addressee": str(world.resident.party), "body": "Voor de jeugd."}
    response = browser(world.shopkeeper).post(address, wrong)
    assert response.status_code == 422
    assert "Voor de jeugd." in response.content.decode()


def test_the_list_takes_as_many_queries_for_many_records_as_for_one(
    client: Client, world: make.World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make.request(world)
    address = reverse("actions:requests", args=[world.coalition.slug])
    client.get(address)
    with django_assert_num_queries(2):
        client.get(address)
    for _ in range(4):
        make.request(world)
    with django_assert_num_queries(2):
        client.get(address)
