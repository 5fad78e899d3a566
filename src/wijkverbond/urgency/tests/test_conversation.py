"""A conversation with the neighbourhood, from the first statement to the reading."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests import make
from wijkverbond.analysis.kinds import SOCIETY
from wijkverbond.decisions import services as decisions
from wijkverbond.decisions.models import Position, Stance
from wijkverbond.kernel import actor as actors
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.policy import Refused
from wijkverbond.urgency import services
from wijkverbond.urgency.models import Answer, AnswerGiven, Conversation, Participant, Statement
from wijkverbond.urgency.tests import make as make_urgency

pytestmark = pytest.mark.django_db

AGREE, DISAGREE = {1: 1}, {1: -1}


def join(conversation: Conversation, kind: str = "residents") -> Participant:
    return services.join(
        conversation,
        actor=make.someone(coalition=conversation.coalition),
        kind=kind,
        involvement="lives",
    )


def published_figures(conversation: Conversation, number: int = 1) -> dict[str, object]:
    reading = services.publish_reading(conversation, actor=actors.system())
    statement = conversation.statements.get(number=number)
    figures_of_statement: dict[str, object] = reading.result["statements"][str(statement.id)]
    return figures_of_statement


def test_the_last_answer_counts_and_earlier_ones_are_kept(open_conversation: Conversation) -> None:
    participant, statement = join(open_conversation), open_conversation.statements.get(number=1)
    someone = make.someone(coalition=open_conversation.coalition)
    services.answer(participant, statement.id, actor=someone, value=1)
    services.answer(participant, statement.id, actor=someone, value=-1)
    assert participant.answers.get().value == Answer.Value.DISAGREE
    answers_given = AnswerGiven.objects.filter(participant=participant).order_by("id")
    assert list(answers_given.values_list("value", flat=True)) == [1, -1]


def test_the_database_keeps_one_answer_for_each_statement(open_conversation: Conversation) -> None:
    participant, statement = join(open_conversation), open_conversation.statements.get(number=1)
    answer = Answer(
        conversation=open_conversation, participant=participant, statement=statement, value=1
    )
    answer.save()
    answer.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        answer.save()


def test_a_closed_conversation_takes_no_answer(open_conversation: Conversation) -> None:
    participant, statement = join(open_conversation), open_conversation.statements.get(number=1)
    late = make.someone(
        coalition=open_conversation.coalition,
        now=open_conversation.closes_at + dt.timedelta(minutes=1),
    )
    with pytest.raises(Refused):
        services.answer(participant, statement.id, actor=late, value=1)


def test_a_new_statement_is_moderated_before_others_see_it(
    open_conversation: Conversation, world: make.World
) -> None:
    participant = join(open_conversation)
    added = services.add_statement(participant, "Meer  groen.", actor=world.participant)
    assert (added.text, added.state) == ("Meer groen.", Statement.State.WAITING)
    with pytest.raises(ValidationError):
        services.answer(participant, added.id, actor=world.participant, value=1)
    added = services.moderate(added, actor=world.shopkeeper, publish=True)
    services.answer(participant, added.id, actor=world.participant, value=1)


def test_too_long_a_statement_says_how_many_characters_are_too_many(
    open_conversation: Conversation, world: make.World
) -> None:
    with pytest.raises(ValidationError) as refused:
        services.add_statement(join(open_conversation), "x" * 152, actor=world.participant)
    assert "12" in refused.value.message_dict["text"][0]


def test_only_society_refuses_a_statement_and_with_a_reason(
    open_conversation: Conversation, world: make.World
) -> None:
    added = services.add_statement(join(open_conversation), "Meer groen.", actor=world.participant)
    with pytest.raises(Refused):
        services.moderate(added, actor=world.municipality, publish=False, why="off_topic")
    with pytest.raises(ValidationError):
        services.moderate(added, actor=world.resident, publish=False)
    services.moderate(added, actor=world.resident, publish=False, why="duplicate")
    with pytest.raises(ValidationError):
        services.moderate(added, actor=world.shopkeeper, publish=True)


@pytest.mark.parametrize("fate", ["waiting", "refused", "hidden"])
def test_nobody_learns_from_an_own_sentence_what_others_may_not_see(
    open_conversation: Conversation, world: make.World, fate: str
) -> None:
    added = services.add_statement(join(open_conversation), "Meer groen.", actor=world.participant)
    if fate == "hidden":
        services.moderate(added, actor=world.resident, publish=True)
    if fate != "waiting":
        services.moderate(added, actor=world.resident, publish=False, why="personal")
    other = services.add_statement(join(open_conversation), "meer groen.", actor=world.participant)
    assert other.id != added.id
    assert other.state == Statement.State.WAITING


def test_a_sentence_that_everyone_sees_is_there_once(
    open_conversation: Conversation, world: make.World
) -> None:
    first, second = (
        services.add_statement(join(open_conversation), "Meer groen.", actor=world.participant)
        for _ in range(2)
    )
    services.moderate(first, actor=world.resident, publish=True)
    with pytest.raises(ValidationError, match="staat er al"):
        services.moderate(second, actor=world.resident, publish=True)
    with pytest.raises(ValidationError, match="staat er al"):
        services.add_statement(join(open_conversation), "Meer groen.", actor=world.participant)


def test_a_sentence_sent_twice_is_added_once(
    open_conversation: Conversation, world: make.World
) -> None:
    participant = join(open_conversation)
    added = services.add_statement(participant, "Meer groen.", actor=world.participant)
    assert services.add_statement(participant, "Meer groen.", actor=world.participant) == added


def test_at_most_three_statements_come_first_and_a_new_choice_replaces_the_last(
    open_conversation: Conversation, world: make.World
) -> None:
    participant, statements = join(open_conversation), list(open_conversation.statements.all())
    with pytest.raises(ValidationError):
        services.choose(participant, statements, actor=world.participant)
    services.choose(participant, statements[:3], actor=world.participant)
    services.choose(participant, statements[3:], actor=world.participant)
    assert [chosen.statement for chosen in participant.priorities.all()] == statements[3:]


def test_shared_needs_all_three_society_kinds(open_conversation: Conversation) -> None:
    make.answers(open_conversation, "residents", 40, AGREE, first=[1])
    make.answers(open_conversation, "entrepreneurs", 12, AGREE, first=[1])
    assert published_figures(open_conversation)["word"] == "not_enough_data"
    make.answers(open_conversation, "civil_society", 12, AGREE, first=[1])
    assert published_figures(open_conversation)["word"] == "shared"
    assert published_figures(open_conversation)["urgent"] is True


def test_government_neither_makes_nor_blocks_a_shared_urgency(
    open_conversation: Conversation,
) -> None:
    for kind in SOCIETY:
        make.answers(open_conversation, kind, 12, AGREE)
    make.answers(open_conversation, "government", 60, DISAGREE)
    assert published_figures(open_conversation)["word"] == "shared"


def test_fewer_than_five_of_a_kind_are_shown_nowhere(open_conversation: Conversation) -> None:
    for kind in SOCIETY:
        make.answers(open_conversation, kind, 12, AGREE)
    make.answers(open_conversation, "government", 4, DISAGREE)
    reading = services.publish_reading(open_conversation, actor=actors.system())
    assert "government" in reading.result["not_yet_heard"]
    assert reading.result["people"] == 36
    recorded = Entry.objects.filter(
        event__in=["urgency.reading_published", "urgency.statement_counted"]
    )
    assert not any("government" in str(entry.facts.get("agree", {})) for entry in recorded)


def test_one_new_answer_changes_no_published_figure(open_conversation: Conversation) -> None:
    for kind in SOCIETY:
        make.answers(open_conversation, kind, 12, AGREE)
    before = published_figures(open_conversation)
    make.answers(open_conversation, "residents", 1, DISAGREE)
    assert published_figures(open_conversation)["kinds"] == before["kinds"]


def test_the_clock_closes_a_conversation_and_counts(open_conversation: Conversation) -> None:
    make.answers(open_conversation, "residents", 26, AGREE)
    closed = make_urgency.closed(open_conversation)
    assert closed.closed_at
    assert closed.readings.get().result["respondents"] == {"residents": 26}
    with pytest.raises(ValidationError):
        make_urgency.closed(open_conversation)


def test_a_shared_urgency_is_endorsed_by_name_and_adopted_by_consent(
    open_conversation: Conversation, world: make.World
) -> None:
    for kind in SOCIETY:
        make.answers(open_conversation, kind, 12, AGREE, first=[1])
    services.publish_reading(open_conversation, actor=actors.system())
    urgency = make.urgency(open_conversation)
    assert (urgency.agreement, urgency.urgent) == ("shared", True)
    services.endorse(urgency, actor=world.shopkeeper)
    with pytest.raises(ValidationError):
        services.endorse(urgency, actor=world.shopkeeper)
    decision = services.bring_to_decision(urgency, actor=world.resident)
    for actor in world.parties:
        decisions.take_position(decision, actor=actor, wording=Position(stance=Stance.CONSENT))
    decisions.close(decision, actor=world.resident)
    urgency.refresh_from_db()
    assert urgency.state == "adopted"
    adopted = Entry.objects.get(event="urgency.shared_urgency_adopted")
    assert adopted.facts["agreement"] == "shared"


def test_a_new_wording_resets_the_support(
    open_conversation: Conversation, world: make.World
) -> None:
    urgency = make.urgency(open_conversation)
    services.endorse(urgency, actor=world.shopkeeper)
    services.reword(
        urgency, actor=world.resident, sentence="Iedereen kan veilig lopen.", reason="Ook ouderen."
    )
    services.endorse(urgency, actor=world.shopkeeper)
    assert [earlier.sentence for earlier in urgency.earlier_wordings.all()] == [
        "Kinderen kunnen veilig naar school."
    ]


def test_a_new_wording_during_the_round_is_what_everyone_answers_to(
    open_conversation: Conversation, world: make.World
) -> None:
    urgency = make.urgency(open_conversation)
    decision = services.bring_to_decision(urgency, actor=world.resident)
    for actor in world.parties:
        decisions.take_position(decision, actor=actor, wording=Position(stance="consent"))
    with pytest.raises(ValidationError):
        decisions.adapt(decision, actor=world.resident, text="Alleen andere woorden.")
    services.reword(
        urgency, actor=world.resident, sentence="Iedereen kan veilig lopen.", reason="Ook ouderen."
    )
    decision.refresh_from_db()
    assert (decision.revision, decision.proposal) == (2, "Iedereen kan veilig lopen.")
    with pytest.raises(ValidationError):
        decisions.close(decision, actor=world.resident)
    for actor in world.parties:
        decisions.take_position(decision, actor=actor, wording=Position(stance="consent"))
    decisions.close(decision, actor=world.resident)
    urgency.refresh_from_db()
    assert (urgency.state, urgency.sentence) == ("adopted", "Iedereen kan veilig lopen.")


def test_without_answers_a_proposal_reads_not_enough_data(open_conversation: Conversation) -> None:
    assert make.urgency(open_conversation).agreement == "not_enough_data"


def test_who_is_not_confirmed_hides_no_sentence_and_enters_no_paper(world: make.World) -> None:
    newcomer = make.actor(make.party(world.coalition, "shop", confirmed=False))
    conversation = make.conversation(world.coalition)
    sheet = services.Sheet(
        kind="residents", involvement="lives", entry="paper", answers={1: 1}, priorities=()
    )
    with pytest.raises(Refused, match="hebben jouw partner nog niet"):
        services.moderate(
            conversation.statements.get(number=1), actor=newcomer, publish=False, why="off_topic"
        )
    with pytest.raises(Refused, match="hebben jouw partner nog niet"):
        services.take_in(conversation, [sheet], actor=newcomer)
