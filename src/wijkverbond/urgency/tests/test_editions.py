"""What is published of a closed question: a hidden text leaves it, and an erasure makes a new edition."""

import json
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from wijkverbond.analysis.opinions import edition as editions
from wijkverbond.analysis.opinions.polis import ExportError
from wijkverbond.kernel.models import Entry
from wijkverbond.urgency import erasure_codes, queries, services, tasks
from wijkverbond.urgency.models import Conversation, Edition, Participant, Statement
from wijkverbond.urgency.tests import make as make_urgency

pytestmark = pytest.mark.django_db

SECRET = "Mevrouw op nummer 12 is een dief."
LAW = "Wetboek van Strafrecht, artikel 261"


@pytest.fixture
def statement(open_conversation: Conversation, world: make.World) -> Statement:
    """A sentence of a participant that everyone answered."""
    author = services.join(
        open_conversation, actor=world.participant, kind="residents", involvement="lives"
    )
    sentence = services.add_statement(author, SECRET, actor=world.participant)
    return services.moderate(sentence, actor=world.resident, publish=True)


@pytest.fixture
def closed(open_conversation: Conversation, statement: Statement) -> Conversation:
    make.answers(open_conversation, "residents", 24, {1: 1, 2: -1, statement.number: 1})
    make.answers(open_conversation, "entrepreneurs", 3, {1: 1})
    return make_urgency.closed(open_conversation)


def downloaded(conversation: Conversation, folder: Path) -> Path:
    """The two files of a closed question, as everyone gets them."""
    for name, file in (("download", "votes.csv"), ("edition", "edition.json")):
        address = reverse(f"urgency:{name}", args=[conversation.coalition.slug, conversation.id])
        (folder / file).write_bytes(Client().get(address).content)
    return folder


def erase(participant: Participant) -> None:
    """Somebody erases their answers by their code, as who came by phone has one."""
    code = erasure_codes.code_of(participant.token)
    participant.erasure_digest = erasure_codes.digest_of(code)
    participant.save(update_fields=["erasure_digest"])
    services.erase_answers(code, actor=make.someone())


def everywhere(conversation: Conversation) -> str:
    """All that anyone gets to see of a question."""
    slug, client = conversation.coalition.slug, Client()
    return "".join(
        b"".join(client.get(reverse(name, args=arguments))).decode()
        for name, arguments in (
            ("urgency:conversation", [slug, conversation.id]),
            ("urgency:index", [slug]),
            ("urgency:edition", [slug, conversation.id]),
            ("urgency:download", [slug, conversation.id]),
            ("register:document", [slug]),
            ("register:entries", [slug]),
            ("overview:home", [slug]),
            ("overview:timeline", [slug]),
        )
    )


def test_the_digest_of_a_closed_question_covers_votes_and_texts(
    closed: Conversation, tmp_path: Path
) -> None:
    folder = downloaded(closed, tmp_path)
    edition = json.loads((folder / "edition.json").read_bytes())
    assert SECRET in [text["text"] for text in edition["texts"].values()]
    [said] = editions.check(folder)
    entry = Entry.objects.get(event="urgency.edition_published")
    assert entry.facts["digest"] == edition["digest"]
    assert edition["digest"] in said
    (folder / "votes.csv").write_text("voter-id,comment-id,vote\r\n1,1,1\r\n")
    with pytest.raises(ExportError, match=r"votes\.csv"):
        editions.check(folder)


@pytest.mark.parametrize("changed", ["text", "statements", "edition"])
def test_what_does_not_belong_to_an_edition_is_named(
    closed: Conversation, tmp_path: Path, changed: str
) -> None:
    file = downloaded(closed, tmp_path) / "edition.json"
    edition = json.loads(file.read_bytes())
    match changed:
        case "text":
            edition["texts"]["2"]["text"] += "!"
        case "statements":
            edition["statements"]["2"] = edition["statements"]["1"]
        case "edition":
            edition["edition"] = 7
    file.write_text(json.dumps(edition))
    with pytest.raises(ExportError):
        editions.check(tmp_path)


@pytest.mark.parametrize("by", ["the host", "a partner"])
def test_a_text_that_is_hidden_leaves_every_file_and_its_votes_stay(
    closed: Conversation, statement: Statement, world: make.World, tmp_path: Path, by: str
) -> None:
    assert SECRET in everywhere(closed)
    votes = queries.published_votes(closed)
    digest = closed.editions.get().digest
    if by == "the host":
        services.hide_as_host(statement, actor=world.operator, law=LAW)
    else:
        services.moderate(statement, actor=world.shopkeeper, publish=False, why="personal")
    assert SECRET not in everywhere(closed)
    assert queries.published_votes(closed) == votes
    [said] = editions.check(downloaded(closed, tmp_path))
    assert digest in said
    assert "4 of 5 texts" in said


def test_what_the_host_hid_before_the_question_closed_keeps_its_votes(
    open_conversation: Conversation, statement: Statement, world: make.World
) -> None:
    make.answers(open_conversation, "residents", 24, {statement.number: 1})
    services.hide_as_host(statement, actor=world.operator, law=LAW)
    closed = make_urgency.closed(open_conversation)
    result = closed.readings.first().result["statements"][str(statement.id)]  # type: ignore[union-attr]
    assert result["kinds"]["residents"]["agree"] == 24
    assert closed.editions.get().people == 24
    assert SECRET not in everywhere(closed)


def test_five_erasures_make_one_edition_that_names_the_one_before(
    closed: Conversation, tmp_path: Path
) -> None:
    first = closed.editions.get()
    published = first.votes
    people = list(closed.participants.filter(answers__isnull=False, kind="residents").distinct())
    for leaving in people[:4]:
        erase(leaving)
    tasks.renew_editions(0)
    assert queries.published_votes(closed) == published
    assert "leaves" not in everywhere(closed)
    erase(people[4])
    tasks.renew_editions(0)
    tasks.renew_editions(0)
    newest, before = closed.editions.all()
    assert (newest.number, newest.earlier, newest.people) == (2, first.digest, first.people - 5)
    assert before.votes == b""
    [said] = editions.check(downloaded(closed, tmp_path))
    assert f"after {first.digest}" in said
    assert newest.digest in everywhere(closed)
    assert first.digest in everywhere(closed)


def test_fewer_than_twenty_who_stay_are_in_no_edition(closed: Conversation) -> None:
    for leaving in list(closed.participants.filter(kind="residents")):
        if leaving.answers.exists() and closed.editions.get().erased < 10:
            erase(leaving)
    tasks.renew_editions(0)
    assert closed.editions.first().people == 0  # type: ignore[union-attr]
    assert queries.published_votes(closed) is None


def test_who_stands_in_no_file_does_not_hasten_an_edition(
    closed: Conversation, statement: Statement
) -> None:
    for leaving in closed.participants.filter(answers__isnull=True):
        erase(leaving)
    assert closed.editions.get().erased == 0


def test_a_question_that_closed_before_there_were_editions_keeps_its_digest_and_its_votes(
    closed: Conversation, world: make.World, client: Client
) -> None:
    reading = closed.readings.first()
    assert reading
    reading.result["form"] = 2
    reading.save(update_fields=["result"])
    published = closed.editions.get().votes
    Edition.objects.all().delete()
    services.hide_as_host(closed.statements.get(number=2), actor=world.operator, law=LAW)
    assert queries.published_votes(closed) == published
    address = reverse("urgency:conversation", args=[closed.coalition.slug, closed.id])
    page = client.get(address).content.decode()
    assert reading.input_digest[:4] in page
    assert "alleen de antwoorden" in page
    for leaving in list(closed.participants.filter(answers__isnull=False).distinct())[:5]:
        erase(leaving)
    assert closed.editions.get().digest == reading.input_digest
    tasks.renew_editions(0)
    assert closed.editions.first().earlier == reading.input_digest  # type: ignore[union-attr]
