"""A register that was signed with another key, and heads that somebody kept."""

import json
from pathlib import Path

import pytest

from wijkverbond.register.tests import sample_registers
from wijkverbond.register.tests.sample_registers import OTHER_SEED
from wijkverbond.register.tests.verifying import (
    SIZE,
    index_found,
    index_named,
    verify_text,
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
