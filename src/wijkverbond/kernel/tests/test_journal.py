"""The journal: order, moments, leaves, heads; what it refuses, and what a rollback leaves."""

import datetime as dt
import re
import uuid

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from wijkverbond.kernel import journal_queries
from wijkverbond.kernel.actor import Actor, ActorKind, Channel, system
from wijkverbond.kernel.events import Text
from wijkverbond.kernel.journal import record, record_in
from wijkverbond.kernel.models import INSTALLATION, Entry, EntryText, Head, Stream
from wijkverbond.kernel.tests.sample_events import Counted, Said, Whispered
from wijkverbond.kernel.tests.stream_check import check_stream

STREAM = uuid.UUID("11111111-2222-3333-4444-555555555555")
PARTY, PERSON = uuid.UUID(int=10), uuid.UUID(int=11)
NOON = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


def someone(now: dt.datetime = NOON) -> Actor:
    return Actor(
        kind=ActorKind.RESIDENTS, now=now, channel=Channel.PAPER,
        person=PERSON, party=PARTY, coalition=STREAM,
    )  # fmt: skip


@pytest.mark.django_db
def test_an_entry_says_what_happened_when_and_who_acted_for_which_party() -> None:
    earlier = NOON - dt.timedelta(days=3)
    goal = f"goal:{uuid.UUID(int=5)}"
    (recorded,) = record(Counted(number=7, rests_on=(goal,), occurred_at=earlier), actor=someone())
    stored = Entry.objects.get(id=recorded.id)
    assert (stored.stream_id, stored.seq, stored.leaf, stored.at) == (STREAM, 1, 0, NOON)
    assert (stored.event, stored.version, stored.facts) == ("sample.counted", 1, {"number": 7})
    assert (stored.party, stored.person, stored.channel) == (PARTY, PERSON, "paper")
    assert (stored.occurred_at, stored.rests_on) == (earlier, [goal])


@pytest.mark.django_db
def test_recording_returns_the_stored_entries() -> None:
    recorded = record(Said(words=Text("Eén zin.")), Counted(number=1), actor=someone())
    for entry in recorded:
        stored = Entry.objects.values().get(id=entry.id)
        assert {field: getattr(entry, field) for field in stored} == stored


@pytest.mark.django_db
def test_events_go_to_the_given_stream_else_the_coalition_else_the_installation() -> None:
    other = uuid.uuid4()
    record(Counted(number=1), actor=someone(), stream=other)
    record(Counted(number=2), actor=someone())
    record(Whispered(words=Text("x")), actor=system(NOON))
    streams = Entry.objects.order_by("id").values_list("stream", flat=True)
    assert list(streams) == [other, STREAM, INSTALLATION]


@pytest.mark.django_db
def test_a_public_event_that_names_no_coalition_is_refused() -> None:
    with pytest.raises(ValueError, match="is public: name the coalition's stream"):
        record(Counted(number=1), actor=system(NOON))


@pytest.mark.django_db
def test_only_public_events_are_leaves_and_each_leaf_has_a_signed_head() -> None:
    whisper = Whispered(words=Text("secret"))
    record(whisper, Counted(number=1), whisper, actor=someone())
    record(Counted(number=2), whisper, Said(words=Text("b")), actor=someone())
    assert check_stream(STREAM) == 3
    assert [entry.leaf for entry in journal_queries.entries(STREAM)] == [None, 0, None, 1, None, 2]
    assert [entry.leaf for entry in journal_queries.public_entries(STREAM)] == [2, 1, 0]


@pytest.mark.django_db
def test_a_long_history_in_calls_of_any_size_is_one_tree() -> None:
    for size in (1, 2, 5, 1, 13):
        record(*(Counted(number=number) for number in range(size)), actor=someone())
    assert check_stream(STREAM) == 22


@pytest.mark.django_db
def test_each_stream_has_a_tree_of_its_own() -> None:
    other = uuid.uuid4()
    record_in({STREAM: [Counted(number=1)], other: [Counted(number=1)]}, actor=someone())
    record(Counted(number=2), actor=someone())
    assert (check_stream(STREAM), check_stream(other)) == (2, 1)
    first = Head.objects.filter(size=1).values_list("checkpoint", flat=True)
    assert len({checkpoint.split("\n")[2] for checkpoint in first}) == 2


@pytest.mark.django_db
def test_times_increase_even_when_the_clock_jumps_back() -> None:
    for now in (NOON, NOON - SECOND, NOON, NOON + SECOND):
        record(Counted(number=1), Counted(number=2), actor=someone(now))
    moments = list(Entry.objects.order_by("seq").values_list("at", flat=True))
    step = dt.timedelta(microseconds=1)
    assert moments[:6] == [NOON + number * step for number in range(6)]
    assert moments[6:] == [NOON + SECOND, NOON + SECOND + step]


@pytest.mark.django_db
def test_history_can_be_read_up_to_a_moment() -> None:
    for second in range(3):
        record(Counted(number=second), actor=someone(NOON + second * SECOND))
    entries = journal_queries.entries(STREAM, until=NOON + SECOND)
    assert [entry.facts["number"] for entry in entries] == [0, 1]


@pytest.mark.django_db
def test_nothing_to_record_records_nothing() -> None:
    assert record(actor=someone()) == []
    assert record_in({STREAM: []}, actor=someone()) == []
    assert not Stream.objects.exists()


@pytest.mark.django_db
def test_a_public_text_is_stored_apart_and_can_be_shredded() -> None:
    public_event = Said(words=Text("Bel mij op 0592"), more=Text("iets"))
    record(public_event, Counted(number=1), actor=someone())
    stored = EntryText.objects.get(field="words")
    assert Text(stored.text, bytes(stored.salt)).digest == Entry.objects.get(seq=1).facts["words"]
    assert "0592" not in str(Entry.objects.values())
    EntryText.objects.all().delete()
    Entry.objects.update(person=None)
    assert check_stream(STREAM) == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE kernel_entry SET facts = '{}'",
        "UPDATE kernel_entry SET at = now()",
        "UPDATE kernel_entry SET leaf = NULL",
        "UPDATE kernel_entry SET person = '00000000-0000-0000-0000-00000000000c'",
        "UPDATE kernel_entry SET person = NULL, party = NULL",
        "DELETE FROM kernel_entry",
        "UPDATE kernel_head SET checkpoint = ''",
        "DELETE FROM kernel_head",
        "UPDATE kernel_entrytext SET text = ''",
    ],
)
def test_the_database_refuses_to_change_history(change: str) -> None:
    record(Said(words=Text("words")), actor=someone())
    with (
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="the journal is append-only"),
        transaction.atomic(),
    ):
        cursor.execute(change)
    assert check_stream(STREAM) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "salt", "text"),
    [
        ("words", None, "other"),
        ("words", b"other salt here!", "words"),
        ("more", None, "words"),
        ("number", None, "words"),
    ],
    ids=["other text", "other salt", "a field without text", "a fact that is no text"],
)
def test_the_database_refuses_a_text_that_its_entry_did_not_record(
    field: str, salt: bytes | None, text: str
) -> None:
    """Also in the place of one that was shredded."""
    said, _counted = record(Said(words=Text("words")), Counted(number=1), actor=someone())
    first = EntryText.objects.get()
    first.delete()
    other = EntryText(entry=said, field=field, salt=salt or bytes(first.salt), text=text)
    with pytest.raises(DatabaseError, match="another text than entry"), transaction.atomic():
        other.save(force_insert=True)
    first.save(force_insert=True)
    other.field = "words"
    with pytest.raises(IntegrityError, match="text_once_per_field"), transaction.atomic():
        other.save(force_insert=True)
    assert [kept.text for kept in EntryText.objects.all()] == ["words"]


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["entry", "head"])
def test_the_database_refuses_to_empty_the_journal(table: str) -> None:
    record(Counted(number=1), actor=someone())
    with (
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="the journal is append-only"),
        transaction.atomic(),
    ):
        cursor.execute(
            f"SET CONSTRAINTS ALL IMMEDIATE;"
            f"ALTER TABLE kernel_{table} ENABLE TRIGGER {table}_is_not_emptied;"
            f"TRUNCATE kernel_{table} CASCADE"
        )
    assert check_stream(STREAM) == 1


@pytest.mark.django_db(transaction=True)
def test_recording_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="in the transaction of the change"):
        record(Counted(number=1), actor=someone())
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_leaves_no_trace() -> None:
    with transaction.atomic():
        record(Counted(number=1), actor=someone())
    with transaction.atomic():
        record(Counted(number=2), Said(words=Text("x")), actor=someone())
        transaction.set_rollback(True)
    with transaction.atomic():
        record(Counted(number=3), actor=someone())
    numbers = [entry.facts["number"] for entry in journal_queries.entries(STREAM)]
    assert (numbers, EntryText.objects.count(), check_stream(STREAM)) == ([1, 3], 0, 2)


@pytest.mark.django_db
def test_a_fact_that_is_refused_leaves_nothing_of_the_call() -> None:
    with pytest.raises(ValueError, match="too large"), transaction.atomic():
        record(Counted(number=1), Counted(number=2**60), actor=someone())
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_several_streams_are_locked_in_sorted_order() -> None:
    streams = [uuid.UUID(int=number) for number in (3, 1, 2)]
    with CaptureQueriesContext(connection) as queries:
        record_in({stream: [Counted(number=1)] for stream in streams}, actor=someone())
    locks = [query["sql"] for query in queries if "FOR NO KEY UPDATE" in query["sql"]]
    locked = [re.findall(r"\d(?='::uuid)", lock)[0] for lock in locks]
    assert list(dict.fromkeys(locked)) == ["1", "2", "3"]


@pytest.mark.django_db
def test_recording_costs_two_queries_for_each_stream_however_many_events() -> None:
    record(Counted(number=0), actor=someone())
    with CaptureQueriesContext(connection) as queries:
        record(*(Said(words=Text("x")) for _ in range(20)), actor=someone())
    assert len(queries) == 2
