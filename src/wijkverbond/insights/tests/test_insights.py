"""Insights: what they rest on, how they are revised and withdrawn."""

import pytest
from django.core.exceptions import ValidationError

from tests import make
from wijkverbond.insights import presenters, services
from wijkverbond.insights.models import Insight, Source, View
from wijkverbond.insights.tests import make as make_insights
from wijkverbond.kernel.policy import Refused
from wijkverbond.places.models import Place
from wijkverbond.places.presenters import CARDS

pytestmark = pytest.mark.django_db


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
    entry = make_insights.last_entry("insight_published")
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
def test_an_insight_needs_a_source_with_content(world: make.World, source: Source | None) -> None:
    with pytest.raises(ValidationError) as refused:
        make_insights.insight(world.coalition, sources=(source,) if source else ())
    assert "sources" in refused.value.message_dict


def test_an_unread_signal_or_one_of_another_coalition_is_no_source(world: make.World) -> None:
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
    assert make_insights.last_entry("insight_revised").facts["revision"] == 2


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
    assert make_insights.last_entry("insight_withdrawn").facts["revision"] == 1
    with pytest.raises(ValidationError):
        services.withdraw_insight(insight, actor=world.shopkeeper, reason="Nog eens.")
    with pytest.raises(ValidationError):
        services.recognise(insight, actor=world.resident, view=View.RECOGNISES)


def test_an_official_figure_names_its_neighbourhood() -> None:
    neighbourhood = Place(code="BU01060402", name="Pittelo-Zuid", year=2024)
    figure_text = presenters.figure_text(f"BU01060402/2023/{CARDS[0]}", [neighbourhood])
    assert "Pittelo-Zuid, 2023" in figure_text
    assert "BU01060402" not in figure_text
