"""Texts in a register: each belongs to its entry, or is said to be gone; nothing changes unseen."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from tests import make
from tests.database import behind_the_site
from wijkverbond.coalition.models import Coalition
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.kernel import journal, signing
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import Text
from wijkverbond.kernel.models import EntryText
from wijkverbond.kernel.tests.sample_events import Said
from wijkverbond.register.tests import sample_registers
from wijkverbond.register.tests.sample_registers import OTHER_SEED, Document
from wijkverbond.register.tests.verifying import SIZE, verify_text

KEY = ("--key", sample_registers.key())


def test_texts_are_counted_and_what_is_gone_is_said(folder: Path) -> None:
    text = sample_registers.written(sample_registers.document(SIZE))
    status, output = verify_text(text, folder, *KEY)
    assert status == 0
    assert "Texts that belong to their entries: 5." in output
    assert "does not show, so they could not be checked: 2." in output
    gone = [line for line in output.splitlines() if line.startswith("Gone")]
    assert gone == [
        "Gone: the text 'words' of index 1 (number 2) was removed.",
        "Gone: the text 'words' of index 5 (number 6) was removed.",
    ]


def test_of_many_that_are_gone_the_first_are_named(folder: Path) -> None:
    document = sample_registers.document(30)
    for line in document["texts"]:
        line.clear()
    document["texts"] = [{"index": index, "field": "words", "lost": "gone"} for index in range(30)]
    text = sample_registers.written(sample_registers.sealed(document))
    output = verify_text(text, folder, *KEY)[1]
    assert output.count("Gone: the text") == 20
    assert "Gone: 10 texts more." in output


def test_a_file_of_before_there_were_texts_in_it_is_verified(folder: Path) -> None:
    document = sample_registers.without_texts(sample_registers.document(SIZE))
    status, output = verify_text(sample_registers.written(document), folder, *KEY)
    assert (status, "no text was checked" in output) == (0, True)


def line(place: int, **members: object) -> Callable[[Document], object]:
    return lambda document: document["texts"][place].update(members)


def other_text(index: int) -> Callable[[Document], object]:
    """The text of another entry, with the salt that belongs to it."""
    text = sample_registers.words(3)
    return line(index, salt=text.salt.hex(), text=text.text)


CHANGES: dict[str, tuple[Callable[[Document], object], int]] = {
    "another text": (line(4, text="Iets anders"), 4),
    "another salt": (line(4, salt="00" * 16), 4),
    "a salt in capitals": (line(8, salt=(b"\x0a" * 16).hex().upper()), 8),
    "the text of another entry": (other_text(4), 4),
    "another field": (line(4, field="more"), 4),
    "another index": (line(4, index=5), 4),
    "an index that is no number": (line(0, index=False), 0),
    "a text beside what is gone": (line(5, text="Wel"), 5),
    "lost in another way": (line(5, lost="burnt"), 5),
    "replaced on the site": (
        lambda document: document["texts"].__setitem__(
            4, {"index": 4, "field": "words", "lost": "replaced"}
        ),
        4,
    ),
    "no text at all": (lambda document: document["texts"].__setitem__(4, None), 4),
    "left out": (lambda document: document["texts"].pop(4), 4),
    "left out at the end": (lambda document: document["texts"].pop(), 8),
    "twice": (lambda document: document["texts"].insert(4, document["texts"][4]), 5),
    "in another order": (lambda document: document["texts"].reverse(), 0),
}


@pytest.mark.parametrize(("tamper", "index"), CHANGES.values(), ids=CHANGES)
def test_a_text_that_is_not_its_entrys_is_named_also_when_the_site_sealed_it(
    folder: Path, tamper: Callable[[Document], object], index: int
) -> None:
    document = sample_registers.document(SIZE)
    tamper(document)
    for changed in (document, sample_registers.sealed(document)):
        status, output = verify_text(json.dumps(changed), folder, *KEY)
        assert status == 1
        start = f"First wrong text: index {index} (number {index + 1}), field 'words'. "
        assert output.startswith(start)


def test_a_text_of_no_entry_is_wrong(folder: Path) -> None:
    document = sample_registers.document(SIZE)
    document["texts"].append(sample_registers.text_line(SIZE))
    text = sample_registers.written(sample_registers.sealed(document))
    status, output = verify_text(text, folder, *KEY)
    assert (status, "No entry has this text" in output) == (1, True)


@pytest.mark.parametrize(
    "tamper",
    [
        lambda document: document["texts"].__setitem__(
            4, {"index": 4, "field": "words", "lost": "gone"}
        ),
        lambda document: document["texts"][5].update(lost="not_shown"),
        lambda document: document.update(coalition="de-andere-wijk"),
        lambda document: document.pop("key"),
        lambda document: document.pop("texts"),
        lambda document: document.pop("texts_seal"),
        lambda document: document.update(texts_seal=document["heads"][-1]),
        lambda document: document.update(texts_seal=None),
        lambda document: document.update(
            texts_seal=sample_registers.flipped(document["texts_seal"])
        ),
        lambda document: document.update(sample_registers.sealed(document, seed=OTHER_SEED)),
        lambda document: document.update(
            sample_registers.sealed(document, sample_registers.OTHER_STREAM)
        ),
        lambda document: document.update(
            texts_seal=sample_registers.document(SIZE - 1)["texts_seal"]
        ),
    ],
    ids=[
        "passed off as removed", "passed off as not shown", "another name", "key left out",
        "texts left out", "seal left out", "a head as seal", "no seal", "wrong signature",
        "sealed with another key", "sealed for another register", "the seal of before",
    ],
)  # fmt: skip
def test_what_somebody_changes_on_the_way_breaks_the_seal(
    folder: Path, tamper: Callable[[Document], object]
) -> None:
    document = sample_registers.document(SIZE)
    tamper(document)
    assert verify_text(json.dumps(document), folder, *KEY)[0] == 1


@pytest.mark.django_db
def test_a_text_that_everyone_reads_on_the_page_of_the_record_is_in_the_file(
    world: make.World, folder: Path
) -> None:
    make_commitments.pledge(world)
    out = io.StringIO()
    call_command("register", "export", world.coalition.slug, stdout=out)
    lines = json.loads(out.getvalue())["texts"]
    measures = [line.get("text") for line in lines if line["field"] == "measure"]
    assert measures == [make_commitments.WORDING.measure]
    status, output = verify_text(out.getvalue(), folder, "--key", signing.signer().verifier_key)
    assert (status, "does not show" in output) == (0, False)


@pytest.mark.django_db
def test_the_site_hands_out_the_texts_that_the_public_may_read(
    client: Client, coalition: Coalition, shopkeeper: Actor, folder: Path
) -> None:
    with transaction.atomic():
        journal.record(
            Said(words=Text("Eén zin.")),
            Said(words=Text("Bel mij"), more=Text("Staat nergens")),
            actor=shopkeeper,
        )
    EntryText.objects.filter(text="Bel mij").delete()
    exported = client.get(f"/w/{coalition.slug}/register.json").getvalue().decode()
    assert "Staat nergens" not in exported
    document = json.loads(exported)
    last = len(document["entries"]) - 1
    said = [line for line in document["texts"] if line["index"] >= last - 1]
    assert [line.pop("text") for line in said if "text" in line] == ["Eén zin."]
    assert said[1:] == [
        {"index": last, "field": "more", "lost": "not_shown"},
        {"index": last, "field": "words", "lost": "gone"},
    ]
    key = ("--key", signing.signer().verifier_key)
    assert verify_text(exported, folder, *key)[0] == 0
    behind_the_site("UPDATE kernel_entrytext SET text = 'Twee zinnen.' WHERE text = 'Eén zin.'")
    exported = client.get(f"/w/{coalition.slug}/register.json").getvalue().decode()
    assert "Twee zinnen" not in exported
    status, output = verify_text(exported, folder, *key)
    assert status == 1
    assert output.startswith(f"First wrong text: index {last - 1} (number {last}), field 'words'.")
