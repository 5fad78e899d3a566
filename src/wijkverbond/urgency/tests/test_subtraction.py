"""What nobody learns about one person by laying what was published side by side."""

import csv
import io
import re

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from wijkverbond.analysis.kinds import KINDS
from wijkverbond.analysis.opinions import reading as opinions
from wijkverbond.analysis.opinions.votes import Votes
from wijkverbond.kernel import actor as actors
from wijkverbond.kernel.models import Entry
from wijkverbond.urgency import services
from wijkverbond.urgency.models import Conversation, Participant, Reading, Statement
from wijkverbond.urgency.tests import make as make_urgency

pytestmark = pytest.mark.django_db

ONE, OTHER = {1: 1, 2: 1, 3: 1, 4: -1}, {1: -1, 2: -1, 3: -1, 4: 1}


def publish_reading(conversation: Conversation) -> Reading:
    return services.publish_reading(conversation, actor=actors.system())


def figures_of(reading: Reading, statement: Statement) -> dict[str, object]:
    figures: dict[str, object] = reading.result["statements"][str(statement.id)]
    return figures


def shown_choices(reading: Reading, statement: Statement) -> dict[str, list[int]]:
    """The choices of a statement on which words may rest."""
    choices: dict[str, list[int]] = reading.kept["statements"][str(statement.id)]["chosen"][
        "intervals"
    ]["shown"]
    return choices


def downloaded_votes(conversation: Conversation, client: Client) -> list[tuple[int, str, str]]:
    address = reverse("urgency:download", args=[conversation.coalition.slug, conversation.id])
    table = csv.DictReader(io.StringIO(client.get(address).content.decode()))
    return [(int(row["voter-id"]), row["comment-id"], row["vote"]) for row in table]


def test_the_download_does_not_tell_in_which_order_people_answered(
    open_conversation: Conversation, client: Client
) -> None:
    make.answers(open_conversation, "residents", 12, {1: 1})
    make.answers(open_conversation, "residents", 12, {1: -1})
    make_urgency.closed(open_conversation)
    votes = downloaded_votes(open_conversation, client)
    numbers = [voter for voter, *_ in votes]
    assert len(set(numbers)) == 24
    assert numbers == sorted(numbers)
    assert not set(numbers) & set(Participant.objects.values_list("id", flat=True))
    in_order_of_coming = [1] * 12 + [-1] * 12
    assert [int(vote) for *_, vote in votes] != in_order_of_coming


@pytest.mark.parametrize(("few", "shown_groups"), [(4, 0), (5, 2)])
def test_opinion_groups_are_shown_when_each_has_five_people(
    open_conversation: Conversation, few: int, shown_groups: int
) -> None:
    make.answers(open_conversation, "residents", 20, ONE)
    make.answers(open_conversation, "residents", few, OTHER)
    groups = publish_reading(open_conversation).result["groups"]
    assert len(groups["groups"]) == shown_groups
    assert (groups["ungrouped"] is None) == (shown_groups == 0)


def test_the_check_number_belongs_to_the_download(
    open_conversation: Conversation, client: Client
) -> None:
    make.answers(open_conversation, "residents", 16, ONE)
    make.answers(open_conversation, "entrepreneurs", 6, OTHER)
    make.answers(open_conversation, "government", 6, OTHER)
    closed = make_urgency.closed(open_conversation)
    votes = Votes.from_answers(
        (voter, int(comment), int(vote))
        for voter, comment, vote in downloaded_votes(open_conversation, client)
    )
    assert opinions.read(votes).input_digest == closed.readings.get().input_digest


def test_one_more_person_does_not_show_in_the_groups(open_conversation: Conversation) -> None:
    make.answers(open_conversation, "residents", 12, ONE)
    make.answers(open_conversation, "residents", 12, OTHER)
    before = publish_reading(open_conversation).result["groups"]
    assert [group["people"] for group in before["groups"]] == [12, 12]
    make.answers(open_conversation, "residents", 1, OTHER)
    assert publish_reading(open_conversation).result["groups"] == before
    make.answers(open_conversation, "residents", 4, OTHER)
    after = publish_reading(open_conversation).result["groups"]["groups"]
    assert sorted(group["people"] for group in after) == [12, 17]


def test_a_restored_statement_shows_nobodys_answer(
    open_conversation: Conversation, world: make.World
) -> None:
    make.answers(open_conversation, "residents", 12, ONE, first=[1])
    statement = open_conversation.statements.get(number=1)
    before = figures_of(publish_reading(open_conversation), statement)
    hiding = services.hide_as_host(statement, actor=world.operator, law="Wetboek van Strafrecht")
    publish_reading(open_conversation)
    for reviewer in (world.resident, world.shopkeeper):
        services.review_hiding(hiding, actor=reviewer, upholds=False, reason="Het mag.")
    make.answers(open_conversation, "residents", 1, OTHER, first=[2])
    after = figures_of(publish_reading(open_conversation), statement)
    assert (after["kinds"], after["chosen"]) == (before["kinds"], before["chosen"])


def test_the_first_to_choose_a_new_statement_is_not_revealed(
    open_conversation: Conversation, world: make.World
) -> None:
    make.answers(open_conversation, "residents", 12, ONE, first=[1])
    publish_reading(open_conversation)
    author = services.join(
        open_conversation, actor=world.participant, kind="other", involvement="distance"
    )
    added = services.add_statement(author, "Meer groen.", actor=world.participant)
    added = services.moderate(added, actor=world.shopkeeper, publish=True)
    make.answers(open_conversation, "residents", 1, ONE, first=[added.number])
    reading = publish_reading(open_conversation)
    assert shown_choices(reading, added) == {}
    make.answers(open_conversation, "residents", 4, ONE, first=[1])
    assert shown_choices(publish_reading(open_conversation), added) == {"residents": [1, 0, 16]}


def test_a_few_answers_of_government_hide_nothing_of_society(
    open_conversation: Conversation, client: Client
) -> None:
    for kind, people in (("residents", 20), ("entrepreneurs", 5), ("civil_society", 5)):
        make.answers(open_conversation, kind, people, ONE, first=[1])
    make.answers(open_conversation, "government", 1, OTHER)
    reading = publish_reading(open_conversation)
    figures = reading.result["statements"][str(open_conversation.statements.get(number=1).id)]
    assert set(figures["kinds"]) == {"residents", "entrepreneurs", "civil_society"}
    assert (figures["word"], figures["urgent"]) == ("shared", True)
    assert (figures["not_yet_heard"], figures["heard_not_shown"]) == (["government"], [])
    assert reading.result["people"] == 30


@pytest.fixture
def closed_conversation(open_conversation: Conversation) -> Conversation:
    """A question that four kinds and people without a kind answered, each sentence by some."""
    for kind, people in (
        ("residents", 43), ("entrepreneurs", 14), ("civil_society", 11), ("government", 27),
        ("other", 3),
    ):  # fmt: skip
        make.answers(open_conversation, kind, people - 2, {1: 1, 2: -1, 3: 0}, first=[1])
        make.answers(open_conversation, kind, 2, {1: -1, 4: 1}, first=[4])
    publish_reading(open_conversation)
    make.answers(open_conversation, "residents", 2, {1: 1, 2: 1}, first=[2])
    return make_urgency.closed(open_conversation)


def test_all_that_is_published_together_singles_out_nobody(
    closed_conversation: Conversation, client: Client
) -> None:
    """The download less the counts of a statement are the answers of nobody, or of twenty."""
    result = closed_conversation.readings.first().result  # type: ignore[union-attr]
    votes = downloaded_votes(closed_conversation, client)
    assert len({voter for voter, *_ in votes}) == result["people"] - 0 == 43 + 14 + 11 + 3 + 2
    for statement in result["statements"].values():
        answers = sum(number == str(statement["number"]) for _, number, _ in votes)
        of_society = {kind: figures for kind, figures in statement["kinds"].items()
                      if kind != "government"}  # fmt: skip
        counted = sum(
            figures["agree"] + figures["disagree"] + figures["passes"]
            for figures in of_society.values()
            if "agree" in figures
        )
        assert answers == 0 or answers >= 20
        assert answers - counted == 0 or answers - counted >= 20
        assert all(chosen >= 0 for chosen in statement["chosen"].values())
    counted_kinds = set(result["respondents"])
    assert counted_kinds == {"residents", "government"}


def test_of_a_small_kind_no_count_leaves_by_any_channel(
    closed_conversation: Conversation, client: Client
) -> None:
    reading = closed_conversation.readings.first()
    assert reading
    slug = closed_conversation.coalition.slug
    for number in (1, 2):
        figures = figures_of(reading, closed_conversation.statements.get(number=number))
        small = figures["kinds"]["entrepreneurs"]  # type: ignore[index]
        assert set(small) == {"lower", "upper"}
        assert all(round(bound * 10, 6) == int(bound * 10) for bound in small.values())
        assert set(figures["chosen"]) <= {"residents", "government"}  # type: ignore[call-overload]
    pages = "".join(
        client.get(address).content.decode()
        for address in (
            reverse("urgency:index", args=[slug]),
            reverse("urgency:conversation", args=[slug, closed_conversation.id]),
        )
    )
    assert "45 mensen" in pages
    assert not re.search(r"\b(14|11) (mensen|ondernemers|organisaties|maatschappelijke)", pages)
    for entry in Entry.objects.filter(stream=closed_conversation.coalition_id):
        if entry.event.startswith("urgency.") and "conversation_opened" not in entry.event:
            counts = [entry.facts.get(key, {}) for key in
                      ("agree", "disagree", "passes", "chosen", "respondents")]  # fmt: skip
            assert all({*kinds} <= {"residents", "government"} for kinds in counts)


def test_while_a_question_is_open_nobody_is_counted(open_conversation: Conversation) -> None:
    """Between two counts one could subtract: they are shown once, when it closes."""
    for kind in KINDS:
        make.answers(open_conversation, kind, 25, ONE, first=[1])
    reading = publish_reading(open_conversation)
    figures = figures_of(reading, open_conversation.statements.get(number=1))
    assert all("agree" not in of_kind for of_kind in figures["kinds"].values())  # type: ignore[attr-defined]
    assert (reading.result["respondents"], figures["chosen"]) == ({}, {})
    closed = make_urgency.closed(open_conversation)
    result = closed.readings.first().result  # type: ignore[union-attr]
    assert result["respondents"] == dict.fromkeys(KINDS, 25)


def test_a_kind_that_is_held_back_is_said_to_be_heard_and_nothing_is_shared_beside_it(
    open_conversation: Conversation, client: Client
) -> None:
    for kind, people in (("residents", 20), ("entrepreneurs", 5), ("civil_society", 5)):
        make.answers(open_conversation, kind, people, ONE)
    make.answers(open_conversation, "other", 1, OTHER)
    reading = publish_reading(open_conversation)
    figures = figures_of(reading, open_conversation.statements.get(number=1))
    assert (figures["word"], figures["word_direct"]) == ("not_enough_data",) * 2
    assert figures["heard_not_shown"] == ["entrepreneurs"]
    address = reverse("urgency:conversation", args=[open_conversation.coalition.slug,
                                                    open_conversation.id])  # fmt: skip
    page = client.get(address).content.decode()
    assert "gehoord, nog niet getoond. Zo kan niemand uitrekenen" in page
    assert "Gedeeld" not in page


def test_what_was_closed_before_stays_as_it_was_published(
    closed_conversation: Conversation, client: Client
) -> None:
    """In the first form government was in the download, and a kind had counts from five on."""
    reading = closed_conversation.readings.first()
    assert reading
    del reading.result["form"], reading.result["heard_not_shown"]
    for statement in reading.result["statements"].values():
        del statement["heard_not_shown"]
        statement["kinds"]["entrepreneurs"] = {
            "agree": 12, "disagree": 2, "passes": 0, "lower": 0.69, "upper": 0.94
        }  # fmt: skip
    reading.save(update_fields=["result"])
    closed_conversation.editions.all().delete()
    voters = {voter for voter, *_ in downloaded_votes(closed_conversation, client)}
    assert len(voters) == Participant.objects.count() == 100
    slug = closed_conversation.coalition.slug
    address = reverse("urgency:conversation", args=[slug, closed_conversation.id])
    assert "14 mensen" in client.get(address).content.decode()
