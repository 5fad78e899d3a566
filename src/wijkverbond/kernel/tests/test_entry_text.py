"""How entries read in words, and what happens to them when a person is erased."""

import dataclasses
import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.utils import translation

from tests.database import behind_the_site
from wijkverbond.kernel import entry_text
from wijkverbond.kernel.actor import Actor, ActorKind
from wijkverbond.kernel.entry_text import Lost
from wijkverbond.kernel.events import DECLARED, Text
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.models import Entry, EntryText
from wijkverbond.kernel.personal_fields import PERSONAL_DATA
from wijkverbond.kernel.tests.sample_events import (
    Colour,
    Counted,
    EverythingHappened,
    Said,
    Whispered,
)
from wijkverbond.kernel.tests.stream_check import check_stream

STREAM, PARTY, PERSON = (uuid.UUID(int=number) for number in (1, 2, 3))
THING, PART, OTHER_PART = (uuid.UUID(int=number) for number in (4, 5, 6))
ACTOR = Actor(kind=ActorKind.RESIDENTS, person=PERSON, party=PARTY, coalition=STREAM)
NAMES = {THING: "the hall", PART: "Bakery"}
EVERYTHING = EverythingHappened(
    thing=THING,
    colour=Colour.RED,
    indicator="a_inw",
    count=12345,
    share=Decimal("12.5"),
    on=dt.date(2026, 3, 1),
    until=dt.datetime(2026, 3, 1, 11, 30, tzinfo=dt.UTC),
    said=Text("100 % sure"),
    parts=[PART, OTHER_PART],
    per_colour={Colour.RED: 5, Colour.GREEN: 0},
    class_="green",
)


def text_of(entry: Entry) -> str:
    lost = {Lost.GONE: "(removed)", Lost.REPLACED: "(replaced)"}
    return entry_text.entry_text(entry, who="The street", lost=lost, names=NAMES)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fact", "dutch"),
    [
        ("thing", "the hall"),
        ("colour", "Red"),
        ("indicator", "a_inw"),
        ("count", "12345"),
        ("share", "12,5"),
        ("on", "1 maart 2026"),
        ("until", "1 maart 2026 12:30"),
        ("said", "100 % sure"),
        ("parts", f"Bakery, {OTHER_PART}"),
        ("per_colour", "Red: 5, Green: 0"),
        ("class", "Green"),
        ("left_out", ""),
    ],
)
def test_a_fact_is_shown_after_its_type_in_the_language_of_the_reader(
    monkeypatch: pytest.MonkeyPatch, fact: str, dutch: str
) -> None:
    monkeypatch.setattr(EverythingHappened, "wording", f"%(who)s: %({fact})s")
    (entry,) = record(EVERYTHING, actor=ACTOR)
    with translation.override("nl"):
        sentence = text_of(entry)
    assert set(sentence.removeprefix("The street: ").split(", ")) == set(dutch.split(", "))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fact", "english"), [("on", "1 March 2026"), ("until", "1 March 2026, 12:30")]
)
def test_a_day_is_written_in_full_in_english_too(
    monkeypatch: pytest.MonkeyPatch, fact: str, english: str
) -> None:
    monkeypatch.setattr(EverythingHappened, "wording", f"%({fact})s")
    (entry,) = record(EVERYTHING, actor=ACTOR)
    with translation.override("en"):
        assert text_of(entry) == english


@pytest.mark.django_db
def test_a_shredded_text_is_shown_as_removed_and_an_absent_one_is_not() -> None:
    said_both = Said(words=Text("We open on Saturday"), more=None)
    (entry,) = record(said_both, actor=ACTOR)
    assert text_of(entry) == "The street said: We open on Saturday"
    EntryText.objects.all().delete()
    assert text_of(Entry.objects.get()) == "The street said: (removed)"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change", ["text = 'We open on Sunday'", r"salt = '\x00112233445566778899aabbccddeeff'"]
)
def test_a_text_that_was_replaced_behind_the_site_is_not_shown(change: str) -> None:
    (entry,) = record(Said(words=Text("We open on Saturday")), actor=ACTOR)
    behind_the_site(f"UPDATE kernel_entrytext SET {change}")
    assert text_of(Entry.objects.get()) == "The street said: (replaced)"
    assert entry_text.texts(entry) == {"words": Lost.REPLACED}


@pytest.mark.django_db
def test_quotes_around_an_absent_text_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Said, "wording", "%(who)s said %(words)s: “%(more)s”")
    (entry,) = record(Said(words=Text("yes"), more=None), actor=ACTOR)
    assert text_of(entry) == "The street said yes"


@pytest.mark.django_db
def test_an_entry_of_an_earlier_version_of_the_event_is_still_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(EverythingHappened, "wording", "%(who)s: %(colour)s %(on)s %(thing)s")
    (entry,) = record(EVERYTHING, actor=ACTOR)
    entry.facts = {"colour": "blue", "on": "soon"}
    assert text_of(entry) == "The street: blue soon "


@pytest.mark.django_db
def test_an_event_that_nobody_declares_any_more_is_shown_by_its_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (entry,) = record(Counted(number=1), actor=ACTOR)
    monkeypatch.delitem(DECLARED, "sample.counted")
    assert text_of(entry) == "sample.counted"
    assert entry_text.mentioned([entry]) == {PARTY}


@pytest.mark.django_db
def test_only_ids_in_the_wording_are_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EverythingHappened, "wording", "%(parts)s %(indicator)s")
    assert entry_text.mentioned(record(EVERYTHING, actor=ACTOR)) == {PARTY, PART, OTHER_PART}


@pytest.mark.django_db
def test_export_and_erasure_of_a_person_leave_the_register_intact() -> None:
    other = Actor(kind=ActorKind.RESIDENTS, person=uuid.uuid4(), party=PARTY, coalition=STREAM)
    record(Said(words=Text("Of my party")), actor=ACTOR)
    record(Whispered(words=Text("Mine")), actor=dataclasses.replace(ACTOR, party=None))
    record(Said(words=Text("Not mine")), actor=other)
    journal = PERSONAL_DATA["journal"]
    exported = journal.export(PERSON)
    assert isinstance(exported, list)
    assert [(each["event"], each["texts"]) for each in exported] == [
        ("sample.said", {"words": "Of my party"}),
        ("sample.whispered", {"words": "Mine"}),
    ]
    journal.erase(PERSON)
    assert journal.export(PERSON) == []
    kept = EntryText.objects.order_by("entry__seq").values_list("text", flat=True)
    assert [*kept] == ["Of my party", "Not mine"]
    assert list(Entry.objects.values_list("person", flat=True)) == [None, None, other.person]
    assert check_stream(STREAM) == 2
