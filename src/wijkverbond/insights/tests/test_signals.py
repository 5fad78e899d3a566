"""Signals: given, read by society, answered by whoever does something about them."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests import make
from wijkverbond.insights import services
from wijkverbond.insights.models import Outcome, Signal
from wijkverbond.insights.tests import make as make_insights
from wijkverbond.kernel.models import Entry, EntryText
from wijkverbond.kernel.policy import Refused

pytestmark = pytest.mark.django_db


def test_a_signal_waits_until_somebody_has_read_it(world: make.World) -> None:
    signal = make_insights.signal(world.coalition)
    assert signal.state == Signal.State.WAITING
    assert signal.answer_by == timezone.localdate() + dt.timedelta(days=30)
    entry = make_insights.last_entry("signal_received")
    assert entry.leaf is None
    assert entry.facts["channel"] == "page"
    assert not EntryText.objects.filter(entry=entry).exists()


def test_a_signal_of_another_neighbourhood_is_refused(world: make.World) -> None:
    with pytest.raises(ValidationError) as refused:
        make_insights.signal(world.coalition, place_code="BU03630000")
    assert "place_code" in refused.value.message_dict


def test_a_signal_in_a_neighbourhood_of_the_coalition_is_taken(world: make.World) -> None:
    assert (
        make_insights.signal(world.coalition, place_code=make.PLACES[0]).place_code
        == make.PLACES[0]
    )


def test_a_point_with_one_coordinate_is_refused(world: make.World) -> None:
    with pytest.raises(ValidationError):
        services.give_signal(
            world.coalition, actor=world.participant, category="waste", text="Afval", longitude=6.5
        )


@pytest.mark.parametrize("degrees", [float("nan"), float("inf"), float("-inf"), 1e300, 181])
def test_a_point_off_the_map_is_refused(world: make.World, degrees: float) -> None:
    for longitude, latitude in ((degrees, 53.0), (6.5, degrees)):
        with pytest.raises(ValidationError):
            services.give_signal(
                world.coalition,
                actor=world.participant,
                category="waste",
                text="Afval",
                longitude=longitude,
                latitude=latitude,
            )


def test_a_published_signal_records_its_text_and_a_refused_one_only_the_reason(
    world: make.World,
) -> None:
    services.moderate_signal(
        make_insights.signal(world.coalition), actor=world.resident, publish=True
    )
    assert (
        EntryText.objects.get(entry=make_insights.last_entry("signal_moderated"), field="body").text
        == make_insights.TEXT
    )
    refused = services.moderate_signal(
        make_insights.signal(world.coalition),
        actor=world.shopkeeper,
        publish=False,
        why="personal",
        reason="Hier staat een naam in.",
    )
    assert refused.state == Signal.State.REFUSED
    fields = EntryText.objects.filter(
        entry=make_insights.last_entry("signal_moderated")
    ).values_list("field")
    assert list(fields) == [("reason",)]


def test_refusing_a_signal_needs_a_reason(world: make.World) -> None:
    with pytest.raises(ValidationError) as refused:
        services.moderate_signal(
            make_insights.signal(world.coalition), actor=world.resident, publish=False
        )
    assert "why" in refused.value.message_dict


def test_a_signal_is_moderated_once(world: make.World) -> None:
    signal = make_insights.signal(world.coalition)
    services.moderate_signal(signal, actor=world.resident, publish=True)
    with pytest.raises(ValidationError):
        services.moderate_signal(signal, actor=world.shopkeeper, publish=False, why="unlawful")
    assert Entry.objects.filter(event="insights.signal_moderated").count() == 1


def test_government_does_not_moderate_signals(world: make.World) -> None:
    with pytest.raises(Refused):
        services.moderate_signal(
            make_insights.signal(world.coalition), actor=world.municipality, publish=True
        )


def test_a_signal_gets_an_outcome_with_a_reason_once(world: make.World) -> None:
    signal = make_insights.published_signal(world.coalition)
    insight = make_insights.insight(world.coalition)
    answered = services.answer_signal(
        signal,
        actor=world.municipality,
        outcome=Outcome.TAKEN_UP,
        reason="De lamp brandt weer.",
        rests_on=[f"insight:{insight.id}"],
    )
    assert answered.answered_by_id == world.municipality.party
    entry = make_insights.last_entry("signal_answered")
    assert entry.facts["outcome"] == "taken_up"
    assert entry.rests_on == [f"insight:{insight.id}"]
    with pytest.raises(ValidationError):
        services.answer_signal(signal, actor=world.resident, outcome="not", reason="Toch niet.")


@pytest.mark.parametrize(
    ("outcome", "reason", "field"),
    [("taken_up", " ", "reason"), ("", "Daarom", "outcome"), ("not", "x" * 501, "reason")],
)
def test_an_answer_without_outcome_or_reason_is_refused(
    world: make.World, outcome: str, reason: str, field: str
) -> None:
    signal = make_insights.published_signal(world.coalition)
    with pytest.raises(ValidationError) as refused:
        services.answer_signal(signal, actor=world.resident, outcome=outcome, reason=reason)
    assert field in refused.value.message_dict


def test_a_signal_that_nobody_read_cannot_be_answered(world: make.World) -> None:
    with pytest.raises(ValidationError):
        services.answer_signal(
            make_insights.signal(world.coalition),
            actor=world.resident,
            outcome="not",
            reason="Nee.",
        )
