"""The verifier, as the program that people run: it names the first entry that is wrong."""

import contextlib
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.examples import at_least
from wijkverbond.coalition.models import Coalition
from wijkverbond.kernel import journal
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import Text
from wijkverbond.kernel.tests.sample_events import Said
from wijkverbond.register import verify
from wijkverbond.register.tests import sample_registers
from wijkverbond.register.tests.sample_registers import OTHER_SEED, OTHER_STREAM, Document

SIZE = 9
NAMED = re.compile(r"First wrong entry: index (\d+) \(number (\d+)\)")


def verify_in_process(file: Path, *arguments: object) -> tuple[int, str]:
    """Run the program as people do; its exit status and what it said."""
    done = subprocess.run(
        [sys.executable, verify.__file__, str(file), *map(str, arguments)],
        capture_output=True, text=True, check=False, timeout=60,
        env={"PYTHONUTF8": "1"},
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def index_named(output: str) -> int:
    """The index of the entry that the program named."""
    match = NAMED.match(output)
    assert match, output
    assert int(match[2]) == int(match[1]) + 1
    return int(match[1])


def index_found_by_process(folder: Path, text: str, *arguments: object) -> int:
    """The index that the program names in a file with this text."""
    file = folder / "register.json"
    file.write_text(text, "utf-8")
    status, output = verify_in_process(file, *arguments)
    assert status == 1, output
    return index_named(output)


def check(text: str | bytes, folder: Path, *arguments: str) -> tuple[int, str]:
    """The same without a process of its own, for many examples."""
    file = folder / "register.json"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        status = verify.main([str(file), *arguments])
    return status, output.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all examples."""
    return tmp_path_factory.mktemp("verify")


# What is right


@pytest.mark.django_db
def test_what_the_site_exports_is_verified(
    tmp_path: Path, coalition: Coalition, shopkeeper: Actor
) -> None:
    with transaction.atomic():
        journal.record(Said(words=Text("Eén zin.")), actor=shopkeeper)
    file = tmp_path / "register.json"
    with file.open("w") as out:
        call_command("register", "export", coalition.slug, stdout=out)
    status, output = verify_in_process(file, "--key", journal.signer().verifier_key)
    exported = json.loads(file.read_text())
    assert status == 0, output
    assert output.endswith(exported["heads"][-1])
    assert f"Everything matches: {len(exported['entries'])} entries." in output
    assert "Every head was checked" in output
    assert "inner consistency" not in output


def test_without_a_key_only_the_inner_consistency_is_checked_and_that_is_said(
    tmp_path: Path,
) -> None:
    file = tmp_path / "register.json"
    file.write_text(sample_registers.written(sample_registers.document(SIZE)))
    status, output = verify_in_process(file)
    assert status == 0
    assert "Only the inner consistency was checked" in output
    assert sample_registers.key() in output


@pytest.mark.parametrize("size", [0, 1, 2, 3])
def test_a_small_register_is_verified(folder: Path, size: int) -> None:
    status, output = check(
        sample_registers.written(sample_registers.document(size)),
        folder,
        "--key",
        sample_registers.key(),
    )
    assert (status, f"Everything matches: {size} entries" in output) == (0, True)


@pytest.mark.parametrize(
    "layout",
    [
        lambda document: json.dumps(document),
        lambda document: json.dumps(document, indent=2, ensure_ascii=False),
        lambda document: json.dumps(document, sort_keys=True, separators=(",", ":")),
        lambda document: json.dumps(dict(reversed(document.items()))),
        lambda document: "\n\t " + sample_registers.written(document) + " \r\n",
    ],
)
def test_a_file_that_was_laid_out_anew_is_the_same_register(
    folder: Path, layout: Callable[[Document], str]
) -> None:
    status, _ = check(
        layout(sample_registers.document(SIZE)), folder, "--key", sample_registers.key()
    )
    assert status == 0


def test_what_the_site_writes_is_read_line_by_line(folder: Path) -> None:
    """The quick way, without which a million entries take too long (bench/verifier.py)."""
    for size in (0, 1, SIZE):
        register = verify.Register(
            sample_registers.written(sample_registers.document(size)), by_line=True
        )
        assert (register.broken, len(register.entries), len(register.heads)) == (None, size, size)


def test_a_head_that_others_signed_too_is_right(folder: Path) -> None:
    document = sample_registers.document(2)
    other = sample_registers.heads(document["entries"], seed=OTHER_SEED)[-1].split("\n")[-2]
    document["heads"][-1] += other.replace("wijkverbond", "witness") + "\n"
    assert (
        check(sample_registers.written(document), folder, "--key", sample_registers.key())[0] == 0
    )


# What is wrong, as a process


def tampered(tamper: Callable[[Document], object]) -> str:
    document = sample_registers.document(SIZE)
    tamper(document)
    return sample_registers.written(document)


def drop(list_name: str, index: int) -> Callable[[Document], object]:
    return lambda document: document[list_name].pop(index)


def swap(list_name: str, first: int, second: int) -> Callable[[Document], object]:
    def do(document: Document) -> None:
        items = document[list_name]
        items[first], items[second] = items[second], items[first]

    return do


def insert(list_name: str, index: int, value: object) -> Callable[[Document], object]:
    return lambda document: document[list_name].__setitem__(index, value)


def cut(list_name: str, index: int) -> Callable[[Document], object]:
    return lambda document: document.update({list_name: document[list_name][:index]})


def change(index: int, **facts: object) -> Callable[[Document], object]:
    return lambda document: document["entries"][index]["facts"].update(facts)


OTHERS_HEADS = sample_registers.document(SIZE, OTHER_STREAM)["heads"]


@pytest.mark.parametrize(
    ("tamper", "index"),
    [
        (change(4, number=5), 4),
        (drop("entries", 3), 3),
        (swap("entries", 2, 6), 2),
        (lambda document: document["entries"].insert(5, sample_registers.entry(99)), 5),
        (cut("entries", 7), 7),
        (cut("heads", 7), 7),
        (insert("heads", 6, OTHERS_HEADS[6]), 6),
        (drop("heads", 2), 2),
        (swap("heads", 1, 4), 1),
        (lambda document: document["heads"].insert(3, document["heads"][3]), 4),
        (insert("heads", 8, sample_registers.flipped(sample_registers.document(SIZE)["heads"][8])), 8),
        (insert("heads", 3, sample_registers.flipped(sample_registers.document(SIZE)["heads"][3])), 3),
        (insert("entries", 2, sample_registers.entry(2, OTHER_STREAM)), 2),
        (lambda document: document.update(sample_registers.document(SIZE, seed=OTHER_SEED)), 0),
        (lambda document: document.update(heads=OTHERS_HEADS), 0),
    ],
    ids=[
        "fact changed", "entry dropped", "entries swapped", "entry inserted", "entries cut off",
        "heads cut off", "other coalition's head", "head dropped", "heads swapped",
        "head twice", "last signature", "signature in the middle", "other coalition's entry",
        "signed with another key", "other coalition's heads",
    ],
)  # fmt: skip
def test_the_program_names_the_first_wrong_entry(
    tmp_path: Path, tamper: Callable[[Document], object], index: int
) -> None:
    assert (
        index_found_by_process(tmp_path, tampered(tamper), "--key", sample_registers.key()) == index
    )


# What is wrong, in many ways


values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
)
indexes = st.integers(0, SIZE - 1)
many = settings(at_least(150), suppress_health_check=[HealthCheck.function_scoped_fixture])


def index_found(text: str | bytes, folder: Path) -> int:
    status, output = check(text, folder, "--key", sample_registers.key())
    assert status == 1, output
    return index_named(output)


@many
@given(indexes, values)
def test_any_other_value_in_the_place_of_an_entry_is_found(
    folder: Path, index: int, value: object
) -> None:
    document = sample_registers.document(SIZE)
    document["entries"][index] = value
    assert index_found(json.dumps(document), folder) == index


@many
@given(indexes, st.sampled_from(sorted(sample_registers.entry(0))), values)
def test_any_other_value_in_a_field_of_an_entry_is_found(
    folder: Path, index: int, field: str, value: object
) -> None:
    document = sample_registers.document(SIZE)
    right = document["entries"][index][field]
    assume(json.dumps(right, sort_keys=True) != json.dumps(value, sort_keys=True))
    document["entries"][index][field] = value
    assert index_found(json.dumps(document), folder) == index


@many
@given(indexes, st.text(max_size=20), st.integers(0, 300), st.integers(0, 300))
def test_any_other_text_in_a_head_is_found(
    folder: Path, index: int, text: str, start: int, end: int
) -> None:
    document = sample_registers.document(SIZE)
    head = document["heads"][index]
    document["heads"][index] = head[:start] + text + head[max(start, end) :]
    assume(document["heads"][index] != head)
    assert index_found(json.dumps(document), folder) == index


@many
@given(st.data())
def test_any_other_byte_in_an_entry_or_head_is_found(folder: Path, data: st.DataObject) -> None:
    lines = sample_registers.written(sample_registers.document(SIZE)).encode().split(b"\n")
    index = data.draw(indexes)
    place = data.draw(st.sampled_from([1 + index, 2 + SIZE + index]))
    line = bytearray(lines[place])
    at = data.draw(st.integers(0, len(line.rstrip(b",")) - 1))
    line[at] ^= data.draw(st.integers(1, 255))
    lines[place] = bytes(line)
    assert index_found(b"\n".join(lines), folder) == index


@many
@given(st.permutations(range(SIZE)), st.sampled_from(["entries", "heads"]))
def test_any_other_order_is_found(folder: Path, order: list[int], list_name: str) -> None:
    document = sample_registers.document(SIZE)
    document[list_name] = [document[list_name][index] for index in order]
    moved = [index for index, other in enumerate(order) if index != other]
    assume(moved)
    assert index_found(json.dumps(document), folder) == moved[0]


@pytest.mark.parametrize("list_name", ["entries", "heads"])
@pytest.mark.parametrize("index", range(SIZE))
def test_anything_left_out_or_put_in_is_found(folder: Path, list_name: str, index: int) -> None:
    document, less, more = (sample_registers.document(SIZE) for _ in range(3))
    del less[list_name][index]
    more[list_name].insert(
        index, OTHERS_HEADS[0] if list_name == "heads" else sample_registers.entry(SIZE)
    )
    assert index_found(json.dumps(less), folder) == index
    assert index_found(json.dumps(more), folder) == index
    more = document | {list_name: [*document[list_name], "extra"]}
    assert index_found(json.dumps(more), folder) == SIZE


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('"number":4', '"number":4,"number":4'),
        ('"number":4', '"number":5,"number":4'),
        ('"number":4', '"number":4.0'),
        ('"number":4', '"number":4e0'),
        ('"number":4', '"number":NaN'),
        ('"number":4', '"number":"4"'),
        ('"number":4', '"number":true'),
        ('"number":4', f'"number":{"4" * 5000}'),
        ('"number":4', f'"number":{"[" * 100_000}'),
        ('"index":4', '"index":4,"index":4'),
        (
            '"event":"sample.counted","facts":{"kinds":["residents"],"number":4',
            '"facts":{"number":4',
        ),
    ],
)
def test_an_improper_fact_is_found(folder: Path, right: str, wrong: str) -> None:
    text = sample_registers.written(sample_registers.document(SIZE))
    assert text.count(right) == 1
    assert index_found(text.replace(right, wrong), folder) == 4


@pytest.mark.parametrize(
    "text",
    [
        "", "no json", "[]", "{}", "null", '"text"', "{", '{"entries": [], "heads": []}',
        '{"format": "wijkverbond-register-2", "entries": [], "heads": []}',
        '{"format": "wijkverbond-register-1", "entries": []}',
        '{"format": "wijkverbond-register-1", "heads": []}',
        '{"format": "wijkverbond-register-1", "entries": {}, "heads": []}',
        '{"format": "wijkverbond-register-1", "entries": [], "heads": null}',
        sample_registers.written(sample_registers.document(0)) + "x",
        sample_registers.written(sample_registers.document(0)).replace('"heads"', '"entries"'),
        "\x00", "\ufeff{}", "[" * 100_000, '{"a":' * 100_000,
    ],
)  # fmt: skip
def test_a_file_that_is_not_a_register_is_wrong_from_the_start(folder: Path, text: str) -> None:
    assert index_found(text, folder) == 0


def test_a_file_that_is_not_text_is_wrong(folder: Path) -> None:
    assert index_found(bytes(range(256)), folder) == 0


def test_the_first_of_two_wrong_entries_is_named_even_when_the_second_cannot_be_read(
    folder: Path,
) -> None:
    document = sample_registers.document(SIZE)
    document["entries"][2]["facts"]["number"] = 7
    text = sample_registers.written(document)
    broken = text.replace("\\n8\\n", "\\n8\n")
    assert broken != text
    assert index_found(broken, folder) == 2


# Whose key


def test_a_register_signed_anew_with_another_key_only_shows_when_the_key_is_known(
    folder: Path,
) -> None:
    forged = sample_registers.written(sample_registers.document(SIZE, seed=OTHER_SEED))
    assert check(forged, folder)[0] == 0
    assert index_found(forged, folder) == 0


def test_another_key_in_the_file_than_the_one_that_is_known_is_wrong(folder: Path) -> None:
    document = sample_registers.document(SIZE) | {"key": sample_registers.key(OTHER_SEED)}
    assert index_found(sample_registers.written(document), folder) == 0
    status, output = check(sample_registers.written(document), folder)
    assert (status, index_named(output)) == (1, 0)


@pytest.mark.parametrize("key", [None, "", "x", "a+b+c", 7])
def test_a_file_without_a_good_key_needs_one(folder: Path, key: object) -> None:
    document = sample_registers.document(SIZE) | {"key": key}
    status, output = check(json.dumps(document), folder)
    assert (status, index_named(output)) == (1, 0)


def test_a_forger_without_the_key_is_found_where_the_forgery_begins(folder: Path) -> None:
    """Somebody who changes an entry and works out all roots anew, under the old signatures."""
    document = sample_registers.document(SIZE)
    document["entries"][3]["facts"]["number"] = 99
    roots = sample_registers.heads(document["entries"])
    right = document["heads"]
    document["heads"] = [
        sample_registers.with_root_of(mine, new) for mine, new in zip(right, roots, strict=True)
    ]
    assert index_found(sample_registers.written(document), folder) == 3
    document["heads"][-1] = right[-1]
    assert index_found(sample_registers.written(document), folder) == 3


# What was kept


def write_kept_heads(folder: Path, *heads: str) -> str:
    file = folder / "kept.txt"
    file.write_text("Everything matches.\nkeep it:\n\n" + "\n".join(heads), "utf-8")
    return str(file)


def test_an_end_that_was_cut_off_shows_with_a_head_that_was_kept(folder: Path) -> None:
    kept_heads = write_kept_heads(folder, sample_registers.document(SIZE)["heads"][-1])
    shorter = sample_registers.written(sample_registers.document(SIZE - 3))
    assert check(shorter, folder, "--key", sample_registers.key())[0] == 0
    status, output = check(shorter, folder, "--key", sample_registers.key(), "--head", kept_heads)
    assert (status, index_named(output)) == (1, SIZE - 3)


def test_a_register_that_only_grew_matches_the_heads_that_were_kept(folder: Path) -> None:
    document = sample_registers.document(SIZE)
    for kept_heads in (document["heads"][:1], document["heads"][2:6], document["heads"][-1:]):
        arguments = (
            "--key",
            sample_registers.key(),
            "--head",
            write_kept_heads(folder, *kept_heads),
        )
        assert check(sample_registers.written(document), folder, *arguments)[0] == 0


def test_what_the_program_says_can_be_kept_as_it_is(folder: Path) -> None:
    _, output = check(
        sample_registers.written(sample_registers.document(4)),
        folder,
        "--key",
        sample_registers.key(),
    )
    kept_heads = folder / "said.txt"
    kept_heads.write_text(output, "utf-8")
    arguments = ("--key", sample_registers.key(), "--head", str(kept_heads))
    assert (
        check(sample_registers.written(sample_registers.document(SIZE)), folder, *arguments)[0] == 0
    )
    assert check(sample_registers.written(sample_registers.document(3)), folder, *arguments)[0] == 1


def test_a_history_that_the_site_itself_rewrote_shows_with_a_head_that_was_kept(
    folder: Path,
) -> None:
    kept_heads = write_kept_heads(folder, *sample_registers.document(6)["heads"][-1:])
    document = sample_registers.document(SIZE)
    document["entries"][2]["facts"]["number"] = 99
    document["heads"] = sample_registers.heads(document["entries"])
    assert (
        check(sample_registers.written(document), folder, "--key", sample_registers.key())[0] == 0
    )
    status, output = check(
        sample_registers.written(document),
        folder,
        "--key",
        sample_registers.key(),
        "--head",
        kept_heads,
    )
    assert (status, index_named(output)) == (1, 5)
    assert "or an entry before it" in output


@pytest.mark.parametrize(
    "head", [OTHERS_HEADS[2], sample_registers.document(3, seed=OTHER_SEED)["heads"][2]]
)
def test_a_kept_head_of_another_register_or_key_does_not_match(folder: Path, head: str) -> None:
    arguments = ("--key", sample_registers.key(), "--head", write_kept_heads(folder, head))
    assert (
        check(sample_registers.written(sample_registers.document(SIZE)), folder, *arguments)[0] == 1
    )


# Many entries


def test_only_the_last_head_of_a_large_register_is_checked_unless_asked_or_wrong(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify, "EVERY_HEAD_UP_TO", 5)
    document = sample_registers.document(SIZE)
    status, output = check(
        sample_registers.written(document), folder, "--key", sample_registers.key()
    )
    assert (status, "--all checks the others too" in output) == (0, True)
    status, output = check(
        sample_registers.written(document), folder, "--key", sample_registers.key(), "--all"
    )
    assert (status, "Every head was checked" in output) == (0, True)
    document["heads"][4] = sample_registers.flipped(document["heads"][4])
    assert (
        check(sample_registers.written(document), folder, "--key", sample_registers.key())[0] == 0
    )
    status, output = check(
        sample_registers.written(document), folder, "--key", sample_registers.key(), "--all"
    )
    assert (status, index_named(output)) == (1, 4)
    document["heads"][8] = sample_registers.flipped(document["heads"][8])
    assert index_found(sample_registers.written(document), folder) == 4
    document["heads"][6] = OTHERS_HEADS[6]
    assert index_found(sample_registers.written(document), folder) == 6


@pytest.mark.parametrize("index", range(SIZE))
@pytest.mark.parametrize("list_name", ["entries", "heads"])
def test_what_is_wrong_in_a_large_register_is_named_as_well(
    folder: Path, monkeypatch: pytest.MonkeyPatch, list_name: str, index: int
) -> None:
    monkeypatch.setattr(verify, "EVERY_HEAD_UP_TO", 5)
    document = sample_registers.document(SIZE)
    del document[list_name][index]
    assert index_found(sample_registers.written(document), folder) == index
    document = sample_registers.document(SIZE)
    document["entries"][index]["facts"]["number"] = 99
    assert index_found(sample_registers.written(document), folder) == index
    kept_heads = write_kept_heads(folder, sample_registers.document(SIZE)["heads"][index])
    document["heads"] = sample_registers.heads(document["entries"])
    status, output = check(
        sample_registers.written(document),
        folder,
        "--key",
        sample_registers.key(),
        "--head",
        kept_heads,
    )
    assert (status, index_named(output)) == (1, index)


# A wrong call


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["absent.json"],
        ["{file}", "--key", "x"],
        ["{file}", "--head", "{file}"],
        ["{file}", "-z"],
    ],
)
def test_a_wrong_call_is_told_apart(tmp_path: Path, arguments: list[str]) -> None:
    file = tmp_path / "register.json"
    file.write_text(sample_registers.written(sample_registers.document(0)))
    filled = [argument.format(file=file) for argument in arguments]
    done = subprocess.run(
        [sys.executable, verify.__file__, *filled], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "error:" in done.stderr
