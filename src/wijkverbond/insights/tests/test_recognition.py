"""Who recognises an insight, and what is shown of how many."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from tests import make
from wijkverbond.insights import presenters, queries, services
from wijkverbond.insights.models import View
from wijkverbond.insights.tests import make as make_insights
from wijkverbond.kernel import actor as actors
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.policy import Refused

pytestmark = pytest.mark.django_db


def test_a_party_recognises_by_name_and_its_last_view_counts(world: make.World) -> None:
    insight = make_insights.insight(world.coalition)
    for _ in range(2):
        services.recognise(insight, actor=world.municipality, view=View.RECOGNISES)
    assert Entry.objects.filter(event="insights.insight_recognised").count() == 1
    services.recognise(
        insight, actor=world.municipality, view=View.DIFFERS, because="Het is korter."
    )
    assert insight.by_parties.get().view == View.DIFFERS
    facts = make_insights.last_entry("insight_recognised").facts
    assert (facts["kind"], facts["view"]) == ("government", "differs")


def test_a_differing_view_needs_an_explanation(world: make.World) -> None:
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
    count = services.count_recognition(insight, actor=actors.system())
    assert count.kinds == {}
    assert count.uncounted == {"roughly": {}, "heard_not_shown": []}
    assert not Entry.objects.filter(event="insights.recognition_counted").exists()


def test_from_five_people_on_the_interval_of_a_kind_is_shown_and_no_count(
    world: make.World,
) -> None:
    insight = make_insights.insight(world.coalition)
    make_insights.recognitions(insight, "residents", 8)
    make_insights.recognitions(insight, "residents", 2, View.DIFFERS)
    count = services.count_recognition(insight, actor=actors.system())
    assert count.kinds == {}
    rough = {"lower": 0.6, "upper": 1.0, "recognises": True}
    assert count.uncounted["roughly"] == {"residents": rough}
    facts = make_insights.last_entry("recognition_counted").facts
    assert (facts["recognise"], facts["differ"]) == ({}, {})
    assert facts["lower"] == {"residents": "0.6"}
    assert facts["recognise_at_least"] == {"residents": 5}


def test_from_twenty_people_on_a_kind_is_counted(world: make.World) -> None:
    insight = make_insights.insight(world.coalition)
    make_insights.recognitions(insight, "residents", 16)
    make_insights.recognitions(insight, "residents", 4, View.DIFFERS)
    count = services.count_recognition(insight, actor=actors.system())
    assert count.kinds == {"residents": [16, 4]}
    facts = make_insights.last_entry("recognition_counted").facts
    assert (facts["recognise"], facts["differ"]) == ({"residents": 16}, {"residents": 4})
    assert facts["lower"] == {"residents": "0.664711"}
    assert "recognise_at_least" not in facts


@pytest.mark.parametrize(("differing", "kinds"), [(4, 0), (2, 1)])
def test_a_kind_recognises_it_only_when_that_is_certain_enough(
    world: make.World, differing: int, kinds: int
) -> None:
    insight = make_insights.insight(world.coalition)
    make_insights.recognitions(insight, "residents", 8 if kinds else 5)
    make_insights.recognitions(insight, "residents", differing, View.DIFFERS)
    services.count_recognition(insight, actor=actors.system())
    assert presenters.insight_card(queries.current(world.coalition).get(), []).kinds == kinds


def test_the_next_count_does_not_reveal_one_new_person(world: make.World) -> None:
    insight = make_insights.insight(world.coalition)
    make_insights.recognitions(insight, "residents", 5)
    services.count_recognition(insight, actor=actors.system())
    make_insights.recognitions(insight, "residents", 1, View.DIFFERS)
    before = services.count_recognition(insight, actor=actors.system()).uncounted["roughly"]
    assert before["residents"]["lower"] == 0.7
    assert Entry.objects.filter(event="insights.recognition_counted").count() == 1
    make_insights.recognitions(insight, "residents", 4)
    after = services.count_recognition(insight, actor=actors.system()).uncounted["roughly"]
    assert after["residents"]["lower"] == 0.7
    assert Entry.objects.filter(event="insights.recognition_counted").count() == 1


def test_only_the_software_counts_recognition(world: make.World) -> None:
    with pytest.raises(Refused):
        services.count_recognition(make_insights.insight(world.coalition), actor=world.municipality)
