"""Whatever is changed in a register, the verifier names the first entry that is wrong."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.examples import at_least
from wijkverbond.kernel import journal, merkle
from wijkverbond.register.tests import sample_registers
from wijkverbond.register.tests.sample_registers import OTHER_SEED, OTHER_STREAM, Document
from wijkverbond.register.tests.verifying import (
    OTHERS_HEADS,
    SIZE,
    index_found,
    index_named,
    verify_as_program,
    verify_text,
)


def index_found_by_program(folder: Path, text: str, *arguments: object) -> int:
    """The index that the program names in a file with this text."""
    file = folder / "register.json"
    file.write_text(text, "utf-8")
    status, output = verify_as_program(file, *arguments)
    assert status == 1, output
    return index_named(output)


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
        index_found_by_program(tmp_path, tampered(tamper), "--key", sample_registers.key()) == index
    )


values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
)


indexes = st.integers(0, SIZE - 1)


many_examples = settings(at_least(150), suppress_health_check=[HealthCheck.function_scoped_fixture])


@many_examples
@given(indexes, values)
def test_any_other_value_in_the_place_of_an_entry_is_found(
    folder: Path, index: int, value: object
) -> None:
    document = sample_registers.document(SIZE)
    document["entries"][index] = value
    assert index_found(json.dumps(document), folder) == index


@many_examples
@given(indexes, st.sampled_from(sorted(sample_registers.entry(0))), values)
def test_any_other_value_in_a_field_of_an_entry_is_found(
    folder: Path, index: int, field: str, value: object
) -> None:
    document = sample_registers.document(SIZE)
    right = document["entries"][index][field]
    assume(json.dumps(right, sort_keys=True) != json.dumps(value, sort_keys=True))
    document["entries"][index][field] = value
    assert index_found(json.dumps(document), folder) == index


@many_examples
@given(indexes, st.text(max_size=20), st.integers(0, 300), st.integers(0, 300))
def test_any_other_text_in_a_head_is_found(
    folder: Path, index: int, text: str, start: int, end: int
) -> None:
    document = sample_registers.document(SIZE)
    head = document["heads"][index]
    document["heads"][index] = head[:start] + text + head[max(start, end) :]
    assume(document["heads"][index] != head)
    assert index_found(json.dumps(document), folder) == index


@many_examples
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


@many_examples
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
    assert index_found(text.replace(right, wrong, 1), folder) == 4


def signed_as_it_stands(change: tuple[str, str], index: int = 4) -> str:
    """A register in which the site signed an entry in a form that is none."""
    document = sample_registers.document(SIZE)
    raw = [journal.canonical(entry).decode() for entry in document["entries"]]
    assert raw[index].count(change[0]) == 1
    text = sample_registers.written(document)
    wrong = raw[index].replace(*change)
    frontier: list[bytes] = []
    signer = merkle.Signer(sample_registers.NAME, sample_registers.SEED)
    for size, leaf in enumerate([*raw[:index], wrong, *raw[index + 1 :]]):
        frontier = merkle.grow(frontier, size, leaf.encode())
        origin = f"{sample_registers.NAME}/{sample_registers.STREAM}"
        head = signer.checkpoint(origin, size + 1, merkle.root(frontier))
        text = text.replace(json.dumps(document["heads"][size]), json.dumps(head))
    return text.replace(raw[index], wrong)


@pytest.mark.parametrize(
    ("right", "wrong", "why"),
    [
        ('"number":4', '"number":5,"number":4', "A key stands twice in it"),
        ('"index":4', '"index":5,"index":4', "A key stands twice in it"),
        ('"number":4', '"number": 4', "Its head was signed for another form"),
        ('"number":4', '"\\u006eumber":4', "Its head was signed for another form"),
        ('"format":1,"index":4', '"index":4,"format":1', "Its head was signed for another form"),
        ('"index":4', '"index":5', "its index is 5"),
        ('"index":4', '"index":"4"', "its index is '4'"),
        ('"format":1', '"format":2', "its format is 2"),
        ('"format":1', '"format":true', "its format is True"),
        (str(sample_registers.STREAM), str(OTHER_STREAM), f"its stream is '{OTHER_STREAM}'"),
    ],
)
def test_a_form_that_an_entry_cannot_have_is_refused_also_when_the_site_signed_it(
    folder: Path, right: str, wrong: str, why: str
) -> None:
    status, output = verify_text(
        signed_as_it_stands((right, wrong)), folder, "--key", sample_registers.key()
    )
    assert (status, index_named(output)) == (1, 4)
    assert why in output


def test_the_head_of_another_register_is_called_that(folder: Path) -> None:
    text = tampered(insert("heads", 3, OTHERS_HEADS[3]))
    status, output = verify_text(text, folder, "--key", sample_registers.key())
    assert (status, index_named(output)) == (1, 3)
    assert "Its head is the head of another register" in output


NASTY = "\x1b[2J\x07\r\u202e\x9b\n"


@pytest.mark.parametrize(
    "tamper",
    [
        change(4, words=NASTY),
        lambda document: document["entries"][4].update(stream=NASTY),
        lambda document: document["entries"][0].update(stream=NASTY),
        lambda document: document["texts"][4].update(field=NASTY),
        lambda document: document["texts"].append({"index": 9, "field": NASTY, "text": NASTY}),
        lambda document: document.update({NASTY: 1}),
        lambda document: document.update(key=f"{NASTY}+00000000+AAAA"),
        lambda document: document["heads"].__setitem__(4, f"{NASTY}/x\n5\n"),
        lambda document: document.update(entries=[{"index": NASTY, "format": 1}]),
    ],
)
def test_what_is_printed_holds_no_control_signs(
    folder: Path, tamper: Callable[[Document], object]
) -> None:
    document = sample_registers.document(SIZE)
    tamper(document)
    status, output = verify_text(json.dumps(document), folder, "--key", sample_registers.key())
    assert status == 1
    assert all(sign.isprintable() for line in output.split("\n") for sign in line)


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
