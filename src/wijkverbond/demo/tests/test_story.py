"""The demonstration is whole: no page of it shows its empty state, and telling it twice is once."""

from collections import Counter
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from tests import database, make
from tests.tasks import not_offered
from wijkverbond.actions.queries import requests as actions
from wijkverbond.breakthroughs.models import Breakthrough
from wijkverbond.coalition.models import Coalition, Mandate, Tie
from wijkverbond.coalition.queries import parties
from wijkverbond.coalition.queries.circle import missing_kinds
from wijkverbond.commitments.models import Covenant
from wijkverbond.decisions.models import Objection, Position
from wijkverbond.decisions.services import own_proposals
from wijkverbond.demo import seeding
from wijkverbond.kernel import clock
from wijkverbond.kernel.models import Entry
from wijkverbond.results.models import Measurement
from wijkverbond.urgency.models import Participant, SharedUrgency
from wijkverbond.vitality import queries as vitality

PAGES = (
    "overview:home", "overview:timeline", "coalition:who", "insights:index", "insights:signals",
    "urgency:index", "urgency:respond", "decisions:index", "vision:index", "commitments:pledges",
    "commitments:index", "actions:index", "actions:requests", "breakthroughs:index",
    "results:index", "vitality:index", "register:entries",
)  # fmt: skip


@pytest.fixture(scope="module")
def told_story(story: database.Snapshot, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The story, told for these tests and then undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        story.put_back()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def example(db: None, told_story: None) -> Coalition:
    return Coalition.objects.get(slug="pittelo")


def test_the_story_has_what_a_newcomer_must_see(example: Coalition) -> None:
    now = clock.now()
    urgencies = SharedUrgency.objects.filter(coalition=example)
    assert set(urgencies.values_list("state", "agreement")) == {
        ("adopted", "shared"),
        ("proposed", "not_enough_data"),
    }
    assert Objection.objects.filter(decision__coalition=example).exclude(resolution="").count() == 2
    requests = actions.requests(example, now)
    assert [status.late > 0 for status in requests if status.waiting] == [True]
    assert sum(status.request.state == "accepted" for status in requests) == 2
    assert Breakthrough.objects.get(coalition=example).state == "established"
    covenant = Covenant.objects.get(coalition=example)
    assert covenant.state == "in_force"
    assert 0 < (covenant.ends - timezone.localdate(now)).days < 183
    assert Participant.objects.filter(conversation__coalition=example).count() > 400
    official = Measurement.objects.get(goal__coalition=example, source="official")
    assert official.goal.sentence == "Minder misdrijven in de wijk"
    assert official.municipality
    reading = vitality.reading(example, timezone.localdate(now))
    assert (reading.overall, reading.weakest) != ("vital", "")
    assert {warned.code for warned in reading.warnings} >= {"covenant_ends_soon"}


def test_signals_are_spread_over_place_and_subject_as_reports_on_public_space_are(
    example: Coalition,
) -> None:
    """Of the reports in Pittelo most are about green, then waste, streets, nuisance."""
    places = Counter(example.signals.values_list("place_code", flat=True))
    assert [code for code, _ in places.most_common()] == ["BU01060401", "BU01060402", "BU01060400"]
    assert places["BU01060401"] > sum(places.values()) / 2
    subjects = Counter(example.signals.values_list("category", flat=True))
    green, waste, traffic, safety = (
        subjects[category] for category in ("green", "waste", "traffic", "safety")
    )
    assert green > waste >= traffic > safety


def test_each_insight_is_recognised_by_people_of_a_kind(example: Coalition) -> None:
    kinds_of_insights = [insight.counted.kinds for insight in example.insights.all()]
    assert len(kinds_of_insights) == 4
    assert all("residents" in kinds for kinds in kinds_of_insights)
    assert any("entrepreneurs" not in kinds for kinds in kinds_of_insights)


def test_no_page_asks_for_what_is_over(client: Client, example: Coalition) -> None:
    stopped = example.initiatives.get(state="stopped")
    page = client.get(reverse("actions:initiative", args=[example.slug, stopped.id]))
    assert "Er is nog niets gepland" not in page.content.decode()
    proposed = SharedUrgency.objects.get(coalition=example, state="proposed")
    page = client.get(reverse("urgency:urgency", args=[example.slug, proposed.id]))
    assert "Nog geen partner." not in page.content.decode()


def test_nobody_of_the_story_has_a_task_that_they_may_not_do(example: Coalition) -> None:
    acting = Mandate.objects.current(clock.now()).filter(party__coalition__example=True)
    one_of_each = acting.order_by("party_id", "person").distinct("party_id")
    for person in one_of_each.values_list("person", flat=True):
        assert person
        assert not_offered(person) == []


def test_something_is_being_decided_and_somebody_is_missing_today(example: Coalition) -> None:
    decision = example.decisions.get(state="open")
    assert decision.objections.get().resolution == ""
    assert example.missing.open().count() == 1
    assert Tie.objects.filter(party__coalition=example).count() > 8


def test_an_answer_by_telephone_waits_for_its_partner_and_a_plan_was_agreed_without_a_kind(
    client: Client, example: Coalition
) -> None:
    entered = Position.objects.get(decision__coalition=example, confirmed_at=None)
    assert (entered.party.name, entered.via) == ("Kinderopvang (voorbeeld)", "phone")
    page = client.get(reverse("decisions:page", args=[example.slug, entered.decision_id]))
    assert "nog niet bevestigd" in page.content.decode()
    plan = example.decisions.get(kind=own_proposals.FREE)
    assert (plan.state, plan.without) == ("carried", ["entrepreneurs"])
    page = client.get(reverse("decisions:index", args=[example.slug]))
    assert "Zonder ondernemers" in page.content.decode()
    home = client.get(reverse("overview:home", args=[example.slug])).content.decode()
    assert "9 partners werken sinds" in " ".join(home.split())
    assert "1 nieuwe partner is nog niet bevestigd door anderen." in " ".join(home.split())


def test_the_second_coalition_begins_with_gaps(example: Coalition) -> None:
    lariks = Coalition.objects.exclude(id=example.id).get()
    assert [kind.value for kind in missing_kinds(parties(lariks))] == [
        "residents",
        "entrepreneurs",
        "civil_society",
    ]
    assert [party.kind for party in lariks.parties.confirmed()] == ["government"]
    assert lariks.hand_over_due


def test_the_partners_confirmed_each_other_but_for_the_newest(example: Coalition) -> None:
    *confirmed, newest = example.parties.select_related("organisation", "confirmed_by")
    assert not newest.is_confirmed
    through = [party.confirmed_by for party in confirmed if party.kind != "government"]
    assert None not in through
    assert through[:2] == confirmed[1::-1]


def test_seeding_twice_changes_nothing(example: Coalition) -> None:
    entries = Entry.objects.count()
    assert seeding.seed(clock.now()) is False
    assert Entry.objects.count() == entries


def test_the_story_restarts_after_a_visitor_began_a_coalition(example: Coalition) -> None:
    make.coalition("residents_group", name="Onze straat")
    assert seeding.seed(clock.now()) is False
    assert Coalition.objects.count() == 3


@pytest.mark.django_db
def test_the_story_is_not_seeded_among_real_coalitions(settings: Settings) -> None:
    settings.DEMO = True
    make.coalition()
    Coalition.objects.update(example=False)  # also when the story was told for other tests
    before = Entry.objects.count()
    with pytest.raises(CommandError):
        call_command("seed_demo")
    assert Entry.objects.count() == before


@pytest.mark.django_db
def test_the_story_is_not_seeded_in_an_installation_that_is_still_empty() -> None:
    with pytest.raises(CommandError, match="no demonstration"):
        call_command("seed_demo")
    assert not Coalition.objects.filter(example=False).exists()


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_the_story_is_filled_in_both_languages(
    client: Client, example: Coalition, name: str
) -> None:
    address = reverse(name, args=[example.slug])
    dutch = client.get(address)
    assert dutch.status_code == 200
    assert "wv-empty" not in dutch.content.decode()
    client.cookies["django_language"] = "en"
    assert client.get(address).status_code == 200
