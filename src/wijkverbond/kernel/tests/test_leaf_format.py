"""Fixed vectors. What these tests say was signed once: it can never change (docs/decisions)."""

import base64
import datetime as dt
import hashlib
import json
import uuid
from decimal import Decimal

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from wijkverbond.kernel import journal, merkle
from wijkverbond.kernel.events import Text, moment
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.tests.sample_events import Colour, EverythingHappened

STREAM = uuid.UUID("11111111-2222-3333-4444-555555555555")
AMSTERDAM = dt.timezone(dt.timedelta(hours=2))
EVENT = EverythingHappened(
    thing=uuid.UUID("AAAAAAAA-BBBB-CCCC-DDDD-EEEEEEEEEEEE"),
    colour=Colour.RED,
    indicator="a_inw",
    count=-3,
    share=Decimal("12.50"),
    on=dt.date(2026, 3, 1),
    until=dt.datetime(2026, 3, 1, 11, 30, tzinfo=AMSTERDAM),
    said=Text("Eén zin.", salt=bytes(range(16))),
    parts=[uuid.UUID(int=1), uuid.UUID(int=2)],
    per_colour={Colour.RED: 5, Colour.GREEN: 0},
    levels=(Decimal("1E+2"), Decimal("-0.0"), Decimal("0.000001")),
    class_="first",
    rests_on=("insight:00000000-0000-0000-0000-000000000009", "figure:BU01060101/2025/a_inw"),
    occurred_at=dt.datetime(2026, 2, 28, tzinfo=dt.UTC),
)
LEAF = (
    b'{"at":"2026-03-02T08:00:00.000001Z","event":"sample.everything_happened","facts":'
    b'{"class":"first","colour":"red","count":-3,"indicator":"a_inw",'
    b'"levels":["100","0.0","0.000001"],"on":"2026-03-01","parts":'
    b'["00000000-0000-0000-0000-000000000001","00000000-0000-0000-0000-000000000002"],'
    b'"per_colour":{"green":0,"red":5},"said":'
    b'"sha256:b197d3b5392cd40281c69f515585cd9c7ef08b5112e3ad4f49b7b420abab8ff2","share":"12.50",'
    b'"thing":"aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee","until":"2026-03-01T09:30:00.000000Z"},'
    b'"format":1,"index":6,"occurred_at":"2026-02-28T00:00:00.000000Z",'
    b'"party":"00000000-0000-0000-0000-00000000000a","rests_on":'
    b'["insight:00000000-0000-0000-0000-000000000009","figure:BU01060101/2025/a_inw"],'
    b'"stream":"11111111-2222-3333-4444-555555555555","version":1}'
)
LEAF_HASH = "4d7feb8d56a83bbb0a731e1aa6ee5b8db6dd5de4264ef592841c56cdc3973506"
SEED = bytes(range(32))


def entry(event: EverythingHappened) -> Entry:
    return Entry(
        stream_id=STREAM,
        seq=9,
        at=dt.datetime(2026, 3, 2, 8, 0, 0, 1, tzinfo=dt.UTC),
        occurred_at=event.occurred_at,
        event=event.name,
        version=event.version,
        party=uuid.UUID(int=10),
        person=uuid.UUID(int=11),
        facts=event.facts(),
        rests_on=list(event.rests_on),
        leaf=6,
    )


def test_the_leaf_of_an_event_with_facts_of_every_type_is_these_bytes() -> None:
    assert journal.canonical(journal.leaf(entry(EVENT))) == LEAF


def test_the_hash_of_that_leaf_is_this() -> None:
    assert merkle.leaf_hash(LEAF).hex() == LEAF_HASH


def test_a_text_is_in_the_leaf_as_the_digest_of_salt_and_text() -> None:
    digest = hashlib.sha256(bytes(range(16)) + "Eén zin.".encode()).hexdigest()
    assert EVENT.facts()["said"] == "sha256:" + digest
    assert EVENT.texts() == {"said": EVENT.said}


def test_two_equal_texts_have_different_digests() -> None:
    assert Text("yes").digest != Text("yes").digest


def test_a_fact_that_is_left_out_is_not_in_the_leaf() -> None:
    bare = EverythingHappened(
        thing=EVENT.thing, colour=Colour.RED, indicator="x", count=0, share=Decimal(0),
        on=EVENT.on, until=EVENT.until, said=EVENT.said, parts=[], per_colour={},
    )  # fmt: skip
    bare_entry = entry(bare)
    bare_entry.party = None
    public = json.loads(journal.canonical(journal.leaf(bare_entry)))
    assert not {"party", "occurred_at", "person", "channel"} & set(public)
    assert not {"left_out", "class"} & set(public["facts"])
    assert (public["facts"]["parts"], public["facts"]["per_colour"]) == ([], {})
    assert public["rests_on"] == []


@pytest.mark.parametrize(
    ("at", "form"),
    [
        (dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.UTC), "2026-03-01T09:30:00.000000Z"),
        (dt.datetime(2026, 3, 1, 9, 30, tzinfo=AMSTERDAM), "2026-03-01T07:30:00.000000Z"),
        (dt.datetime(1, 1, 1, 0, 0, 0, 7, tzinfo=dt.UTC), "0001-01-01T00:00:00.000007Z"),
        (
            dt.datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=dt.UTC),
            "9999-12-31T23:59:59.999999Z",
        ),
    ],
)
def test_a_moment_has_one_form(at: dt.datetime, form: str) -> None:
    assert moment(at) == form


def test_the_verifier_key_has_the_form_of_the_standard() -> None:
    key = "wijkverbond.example+ed9ad563+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
    assert merkle.Signer("wijkverbond.example", SEED).verifier_key == key


def test_a_key_published_by_others_is_rebuilt() -> None:
    """The example key of Go's golang.org/x/mod/sumdb/note, which uses the same standard."""
    seed = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
    key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    assert merkle.Signer("PeterNeumann", seed).verifier_key == key


def test_a_checkpoint_with_this_key_is_this_text() -> None:
    signer = merkle.Signer("wijkverbond.example", SEED)
    text = signer.checkpoint(f"wijkverbond.example/{STREAM}", 7, bytes(range(32)))
    assert text == (
        "wijkverbond.example/11111111-2222-3333-4444-555555555555\n"
        "7\n"
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"
        "\n"
        "— wijkverbond.example 7ZrVY0+BgvaTKq3wP5sZE0c40+Cufm+I7GTlJAAKjEG6F2gHg57hRUIHDoMCKkvU7jzz"
        "nSjzwZqb79g/KzpwLeC0nQk=\n"
    )


def test_a_checkpoint_is_verified_by_the_verifier_key_alone() -> None:
    signer = merkle.Signer("wijkverbond.example", SEED)
    note = signer.checkpoint("wijkverbond.example/x", 1, bytes(32))
    name, key_hash, encoded = signer.verifier_key.split("+", 2)
    key = base64.b64decode(encoded)
    text, signature_line = note.split("\n\n")
    dash, signed_by, signature = signature_line.rstrip("\n").split(" ")
    assert (dash, signed_by) == ("—", name)
    assert base64.b64decode(signature)[:4].hex() == key_hash
    assert key[:1] == b"\x01"
    assert hashlib.sha256(f"{name}\n".encode() + key).hexdigest().startswith(key_hash)
    public = Ed25519PublicKey.from_public_bytes(key[1:])
    public.verify(base64.b64decode(signature)[4:], f"{text}\n".encode())


@pytest.mark.parametrize("name", ["", "two words", "a+b", "café", "line\nbreak", "nul\x00"])
def test_a_key_name_that_the_standard_refuses_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="name of a key"):
        merkle.Signer(name, SEED)


def test_a_seed_is_32_bytes() -> None:
    with pytest.raises(ValueError, match="32"):
        merkle.Signer("wijkverbond.example", b"short")
