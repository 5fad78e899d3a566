"""What nobody learns about one person by laying what was published side by side."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from wijkverbond.analysis.opinions import reading as opinions
from wijkverbond.analysis.opinions.votes import Votes
from wijkverbond.kernel import actor as actors
from wijkverbond.urgency import services
from wijkverbond.urgency.models import Conversation, Participant, Reading, Statement

pytestmark = pytest.mark.django_db

ONE, OTHER = {1: 1, 2: 1, 3: 1, 4: -1}, {1: -1, 2: -1, 3: -1, 4: 1}


def publish_reading(conversation: Conversation) -> Reading:
    return services.publish_reading(conversation, actor=actors.system())


def figures_of(reading: Reading, statement: Statement) -> dict[str, object]:
    figures: dict[str, object] = reading.result["statements"][str(statement.id)]
    return figures


def downloaded_votes(conversation: Conversation, client: Client) -> list[tuple[int, str, str]]:
    address = reverse("urgency:download", args=[conversation.coalition.slug, conversation.id])
    table = csv.DictReader(io.StringIO(client.get(address).content.decode()))
    return [(int(row["voter-id"]), row["comment-id"], row["vote"]) for row in table]


def test_the_download_does_not_tell_in_which_order_people_answered(
    open_conversation: Conversation, client: Client
) -> None:
    make.answers(open_conversation, "residents", 12, {1: 1})
    make.answers(open_conversation, "residents", 12, {1: -1})
    services.close(open_conversation, actor=actors.system(open_conversation.closes_at))
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
    make.answers(open_conversation, "residents", 6, ONE)
    make.answers(open_conversation, "entrepreneurs", 6, OTHER)
    closed = services.close(open_conversation, actor=actors.system(open_conversation.closes_at))
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
    assert figures_of(publish_reading(open_conversation), added)["chosen"] == {}
    make.answers(open_conversation, "residents", 4, ONE, first=[1])
    assert figures_of(publish_reading(open_conversation), added)["chosen"] == {"residents": 1}
