"""Signals, insights and recognition: what the services do, record and refuse."""

import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests import make
from wijkverbond.insights import presenters, queries, services
from wijkverbond.insights.models import Insight, Outcome, Signal, Source, View
from wijkverbond.insights.tests import make as make_insights
from wijkverbond.kernel import actor as actors
from wijkverbond.kernel.models import Entry, EntryText
from wijkverbond.kernel.policy import Refused
from wijkverbond.places.models import Place
from wijkverbond.places.presenters import CARDS

pytestmark = pytest.mark.django_db


def last_entry(name: str) -> Entry:
    entry = Entry.objects.filter(event=f"insights.{name}").order_by("-id").first()
    assert entry
    return entry


def test_a_signal_waits_until_somebody_has_read_it(world: make.World) -> None:
    signal = make_insights.signal(world.coalition)
    assert signal.state == Signal.State.WAITING
    assert signal.answer_by == timezone.localdate() + dt.timedelta(days=30)
    entry = last_entry("signal_received")
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


def test_half_a_point_is_refused(world: make.World) -> None:
    with pytest.raises(ValidationError):
        services.give_signal(
            world.coalition, actor=world.participant, category="waste", text="Afval", longitude=6.5
        )


@pytest.mark.parametrize("degrees", [float("nan"), float("inf"), float("-inf"), 1e300, 181])
def test_a_point_that_lies_nowhere_is_refused(world: make.World, degrees: float) -> None:
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


def test_a_published_signal_tells_its_text_and_a_refused_one_only_why(world: make.World) -> None:
    services.moderate_signal(
        make_insights.signal(world.coalition), actor=world.resident, publish=True
    )
    assert (
        EntryText.objects.get(entry=last_entry("signal_moderated"), field="body").text
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
    fields = EntryText.objects.filter(entry=last_entry("signal_moderated")).values_list("field")
    assert list(fields) == [("reason",)]


def test_refusing_a_signal_needs_to_say_why(world: make.World) -> None:
    with pytest.raises(ValidationError) as refused:
        services.moderate_signal(
            make_insights.signal(world.coalition), actor=world.resident, publish=False
        )
    assert "why" in refused.value.message_dict


def test_a_signal_is_read_once(world: make.World) -> None:
    signal = make_insights.signal(world.coalition)
    services.moderate_signal(signal, actor=world.resident, publish=True)
    with pytest.raises(ValidationError):
        services.moderate_signal(signal, actor=world.shopkeeper, publish=False, why="unlawful")
    assert Entry.objects.filter(event="insights.signal_moderated").count() == 1


def test_government_does_not_read_signals(world: make.World) -> None:
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
    entry = last_entry("signal_answered")
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


def test_an_insight_names_its_sources_in_the_register(world: make.World) -> None:
    signal = make_insights.published_signal(world.coalition)
    figure = f"{make.PLACES[0]}/2024/g_woz"
    insight = make_insights.insight(
        world.coalition,
        by=world.municipality,
        sources=(
            Source(sort=Source.Type.FIGURE, figure=figure),
            Source(sort=Source.Type.SIGNAL, signal=signal),
            make_insights.STORY,
        ),
    )
    entry = last_entry("insight_published")
    assert entry.facts["sources"] == 3
    assert entry.facts["source_sorts"] == ["figure", "signal", "story"]
    assert entry.rests_on == [f"figure:{figure}", f"signal:{signal.id}"]
    assert insight.author_id == world.municipality.party


@pytest.mark.parametrize(
    "source",
    [
        None,
        Source(sort="figure", figure="nonsense"),
        Source(sort="figure", figure="BU01060101/2024/not_a_figure"),
        Source(sort="signal"),
        Source(sort="document", address="https://voorbeeld.example/"),
        Source(sort="story", description="  "),
    ],
)
def test_an_insight_needs_a_source_that_says_something(
    world: make.World, source: Source | None
) -> None:
    with pytest.raises(ValidationError) as refused:
        make_insights.insight(world.coalition, sources=(source,) if source else ())
    assert "sources" in refused.value.message_dict


def test_a_signal_of_elsewhere_or_unread_is_no_source(world: make.World) -> None:
    for signal in (
        make_insights.signal(world.coalition),
        make_insights.published_signal(make.coalition()),
    ):
        with pytest.raises(ValidationError):
            make_insights.insight(world.coalition, sources=(Source(sort="signal", signal=signal),))


def test_a_revision_keeps_the_earlier_wording_and_sources(world: make.World) -> None:
    insight = make_insights.insight(world.coalition, by=world.shopkeeper)
    revised = services.revise_insight(
        insight,
        actor=world.shopkeeper,
        wording=Insight(statement="De helft fietst om."),
        reason="Er is opnieuw geteld.",
        sources=[Source(sort="document", description="Telling, september")],
    )
    assert revised.revision == 2
    assert revised.earlier.get().statement == insight.statement
    assert set(revised.sources.values_list("revision", "sort")) == {(1, "story"), (2, "document")}
    assert last_entry("insight_revised").facts["revision"] == 2


def test_only_its_author_changes_an_insight(world: make.World) -> None:
    insight = make_insights.insight(world.coalition, by=world.shopkeeper)
    with pytest.raises(Refused):
        services.revise_insight(
            insight,
            actor=world.municipality,
            wording=Insight(statement="x"),
            reason="y",
            sources=[make_insights.STORY],
        )
    with pytest.raises(Refused):
        services.withdraw_insight(insight, actor=world.resident, reason="y")


def test_a_withdrawn_insight_is_not_changed_or_recognised_any_more(world: make.World) -> None:
    insight = make_insights.insight(world.coalition, by=world.shopkeeper)
    services.withdraw_insight(insight, actor=world.shopkeeper, reason="Het klopt niet meer.")
    assert last_entry("insight_withdrawn").facts["revision"] == 1
    with pytest.raises(ValidationError):
        services.withdraw_insight(insight, actor=world.shopkeeper, reason="Nog eens.")
    with pytest.raises(ValidationError):
        services.recognise(insight, actor=world.resident, view=View.RECOGNISES)


def test_a_party_recognises_by_name_and_its_last_view_counts(world: make.World) -> None:
    insight = make_insights.insight(world.coalition)
    for _ in range(2):
        services.recognise(insight, actor=world.municipality, view=View.RECOGNISES)
    assert Entry.objects.filter(event="insights.insight_recognised").count() == 1
    services.recognise(
        insight, actor=world.municipality, view=View.DIFFERS, because="Het is korter."
    )
    assert insight.by_parties.get().view == View.DIFFERS
    facts = last_entry("insight_recognised").facts
    assert (facts["kind"], facts["view"]) == ("government", "differs")


def test_seeing_it_otherwise_needs_words(world: make.World) -> None:
    with pytest.raises(ValidationError) as refused:
        services.recognise(
            make_insights.insight(world.coalition),
            actor=world.resident,
            view=View.DIFFERS,
            because=" ",
        )
    assert "because" in refused.value.message_dict


def test_a_person_counts_once_under_their_first_kind(world: make.World) -> None:
    insight, pseudonym = make_insights.insight(world.coalition), uuid.uuid4()
    for kind, view in (("residents", View.RECOGNISES), ("government", View.DIFFERS)):
        services.recognise_as_person(
            insight,
            actor=world.participant,
            pseudonym=pseudonym,
            kind=kind,
            involvement="lives",
            view=view,
        )
    recognition = insight.by_people.get()
    assert (recognition.kind, recognition.view) == ("residents", View.DIFFERS)
    assert not Entry.objects.filter(event="insights.insight_recognised").exists()


def test_under_five_people_nothing_is_shown_or_recorded(world: make.World) -> None:
    insight = make_insights.insight(world.coalition)
    make_insights.recognitions(insight, "residents", 4)
    assert services.count_recognition(insight, actor=actors.system()).kinds == {}
    assert not Entry.objects.filter(event="insights.recognition_counted").exists()


def test_from_five_people_on_a_kind_is_shown_with_its_lower_bound(world: make.World) -> None:
    insight = make_insights.insight(world.coalition)
    make_insights.recognitions(insight, "residents", 8)
    make_insights.recognitions(insight, "residents", 2, View.DIFFERS)
    count = services.count_recognition(insight, actor=actors.system())
    assert count.kinds == {"residents": [8, 2]}
    facts = last_entry("recognition_counted").facts
    assert facts["recognise"] == {"residents": 8}
    assert facts["differ"] == {"residents": 2}
    assert facts["lower"] == {"residents": "0.601588"}


@pytest.mark.parametrize(("differing", "kinds"), [(4, 0), (2, 1)])
def test_a_kind_recognises_it_only_when_that_is_certain_enough(
    world: make.World, differing: int, kinds: int
) -> None:
    insight = make_insights.insight(world.coalition)
    make_insights.recognitions(insight, "residents", 8 if kinds else 5)
    make_insights.recognitions(insight, "residents", differing, View.DIFFERS)
    services.count_recognition(insight, actor=actors.system())
    assert presenters.insight_card(queries.current(world.coalition).get(), []).kinds == kinds


def test_nobody_subtracts_one_new_person_from_the_next_count(world: make.World) -> None:
    insight = make_insights.insight(world.coalition)
    make_insights.recognitions(insight, "residents", 5)
    services.count_recognition(insight, actor=actors.system())
    make_insights.recognitions(insight, "residents", 1, View.DIFFERS)
    assert services.count_recognition(insight, actor=actors.system()).kinds == {"residents": [5, 0]}
    assert Entry.objects.filter(event="insights.recognition_counted").count() == 1
    make_insights.recognitions(insight, "residents", 4)
    assert services.count_recognition(insight, actor=actors.system()).kinds == {"residents": [9, 1]}


def test_only_the_software_counts(world: make.World) -> None:
    with pytest.raises(Refused):
        services.count_recognition(make_insights.insight(world.coalition), actor=world.municipality)


def test_an_official_figure_names_its_neighbourhood() -> None:
    neighbourhood = Place(code="BU01060402", name="Pittelo-Zuid", year=2024)
    figure_text = presenters.figure_text(f"BU01060402/2023/{CARDS[0]}", [neighbourhood])
    assert "Pittelo-Zuid, 2023" in figure_text
    assert "BU01060402" not in figure_text
