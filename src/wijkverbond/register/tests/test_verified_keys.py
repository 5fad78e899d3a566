"""A register that was signed with another key, and heads that somebody kept."""

import json
from pathlib import Path

import pytest

from wijkverbond.register.tests import sample_registers
from wijkverbond.register.tests.sample_registers import OTHER_SEED
from wijkverbond.register.tests.verifying import (
    OTHERS_HEADS,
    SIZE,
    index_found,
    index_named,
    verify_text,
    write_kept_heads,
)


def test_a_register_signed_anew_with_another_key_only_shows_when_the_key_is_known(
    folder: Path,
) -> None:
    forged = sample_registers.written(sample_registers.document(SIZE, seed=OTHER_SEED))
    assert verify_text(forged, folder)[0] == 0
    assert index_found(forged, folder) == 0


def test_another_key_in_the_file_than_the_one_that_is_known_is_wrong(folder: Path) -> None:
    document = sample_registers.document(SIZE) | {"key": sample_registers.key(OTHER_SEED)}
    assert index_found(sample_registers.written(document), folder) == 0
    status, output = verify_text(sample_registers.written(document), folder)
    assert (status, index_named(output)) == (1, 0)


@pytest.mark.parametrize("key", [None, "", "x", "a+b+c", 7])
def test_a_file_without_a_good_key_needs_one(folder: Path, key: object) -> None:
    document = sample_registers.document(SIZE) | {"key": key}
    status, output = verify_text(json.dumps(document), folder)
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


def test_an_end_that_was_cut_off_shows_with_a_head_that_was_kept(folder: Path) -> None:
    kept_heads = write_kept_heads(folder, sample_registers.document(SIZE)["heads"][-1])
    shorter = sample_registers.written(sample_registers.document(SIZE - 3))
    assert verify_text(shorter, folder, "--key", sample_registers.key())[0] == 0
    status, output = verify_text(
        shorter, folder, "--key", sample_registers.key(), "--head", kept_heads
    )
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
        assert verify_text(sample_registers.written(document), folder, *arguments)[0] == 0


def test_the_output_of_the_program_can_be_kept_as_heads(folder: Path) -> None:
    _, output = verify_text(
        sample_registers.written(sample_registers.document(4)),
        folder,
        "--key",
        sample_registers.key(),
    )
    kept_heads = folder / "said.txt"
    kept_heads.write_text(output, "utf-8")
    arguments = ("--key", sample_registers.key(), "--head", str(kept_heads))
    assert (
        verify_text(sample_registers.written(sample_registers.document(SIZE)), folder, *arguments)[
            0
        ]
        == 0
    )
    assert (
        verify_text(sample_registers.written(sample_registers.document(3)), folder, *arguments)[0]
        == 1
    )


def test_a_history_that_the_site_itself_rewrote_shows_with_a_head_that_was_kept(
    folder: Path,
) -> None:
    kept_heads = write_kept_heads(folder, *sample_registers.document(6)["heads"][-1:])
    document = sample_registers.document(SIZE)
    document["entries"][2]["facts"]["number"] = 99
    document["heads"] = sample_registers.heads(document["entries"])
    assert (
        verify_text(sample_registers.written(document), folder, "--key", sample_registers.key())[0]
        == 0
    )
    status, output = verify_text(
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
        verify_text(sample_registers.written(sample_registers.document(SIZE)), folder, *arguments)[
            0
        ]
        == 1
    )
