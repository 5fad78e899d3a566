"""The verifier, as the program that people run, on registers that are right, large or no register at all."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

from wijkverbond.coalition.models import Coalition
from wijkverbond.kernel import journal, signing
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import Text
from wijkverbond.kernel.tests.sample_events import Said
from wijkverbond.register import verify
from wijkverbond.register.tests import sample_registers
from wijkverbond.register.tests.sample_registers import OTHER_SEED, Document
from wijkverbond.register.tests.verifying import (
    OTHERS_HEADS,
    SIZE,
    heads_said,
    index_found,
    index_named,
    verify_as_program,
    verify_text,
    write_kept_heads,
)


@pytest.mark.django_db
def test_what_the_site_exports_is_verified(
    tmp_path: Path, coalition: Coalition, shopkeeper: Actor
) -> None:
    with transaction.atomic():
        journal.record(Said(words=Text("Eén zin.")), actor=shopkeeper)
    file = tmp_path / "register.json"
    with file.open("w") as out:
        call_command("register", "export", coalition.slug, stdout=out)
    status, output = verify_as_program(file, "--key", signing.signer().verifier_key)
    exported = json.loads(file.read_text())
    assert status == 0, output
    assert output.endswith(exported["heads"][-1])
    assert "Texts that belong to their entries: " in output
    assert f"Everything matches: {len(exported['entries'])} entries." in output
    assert "Every head was checked" in output
    assert "inner consistency" not in output


def test_without_a_key_only_the_inner_consistency_is_checked_and_that_is_said(
    tmp_path: Path,
) -> None:
    file = tmp_path / "register.json"
    file.write_text(sample_registers.written(sample_registers.document(SIZE)))
    status, output = verify_as_program(file)
    assert status == 0
    assert "Only the inner consistency was checked" in output
    assert sample_registers.key() in output


def test_the_program_needs_nothing_but_python(tmp_path: Path) -> None:
    file = tmp_path / "register.json"
    file.write_text(sample_registers.written(sample_registers.document(2)))
    bare = [sys.executable, "-I", "-S", verify.__file__, str(file), "--key", sample_registers.key()]
    done = subprocess.run(bare, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "—" in done.stdout.decode()


@pytest.mark.parametrize("size", [0, 1, 2, 3])
def test_a_small_register_is_verified(folder: Path, size: int) -> None:
    status, output = verify_text(
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
def test_a_reformatted_file_is_the_same_register(
    folder: Path, layout: Callable[[Document], str]
) -> None:
    status, _ = verify_text(
        layout(sample_registers.document(SIZE)), folder, "--key", sample_registers.key()
    )
    assert status == 0


def test_a_head_with_a_second_signature_is_valid(folder: Path) -> None:
    document = sample_registers.document(2)
    other = sample_registers.heads(document["entries"], seed=OTHER_SEED)[-1].split("\n")[-2]
    document["heads"][-1] += other.replace("wijkverbond", "witness") + "\n"
    assert (
        verify_text(sample_registers.written(document), folder, "--key", sample_registers.key())[0]
        == 0
    )


def test_only_the_last_head_is_checked_when_that_is_asked_and_nothing_is_wrong(
    folder: Path,
) -> None:
    document = sample_registers.document(SIZE)
    plainly = ("--key", sample_registers.key())
    quickly = (*plainly, "--quick")
    status, output = verify_text(sample_registers.written(document), folder, *quickly)
    assert (status, "Without --quick all are checked" in output) == (0, True)
    status, output = verify_text(sample_registers.written(document), folder, *plainly)
    assert (status, "Every head was checked" in output) == (0, True)
    document["heads"][4] = sample_registers.flipped(document["heads"][4])
    assert verify_text(sample_registers.written(document), folder, *quickly)[0] == 0
    status, output = verify_text(sample_registers.written(document), folder, *plainly)
    assert (status, index_named(output)) == (1, 4)
    document["heads"][8] = sample_registers.flipped(document["heads"][8])
    assert index_found(sample_registers.written(document), folder, "--quick") == 4
    document["heads"][6] = OTHERS_HEADS[6]
    assert index_found(sample_registers.written(document), folder, "--quick") == 6


@pytest.mark.parametrize("index", range(SIZE))
@pytest.mark.parametrize("list_name", ["entries", "heads"])
def test_the_first_wrong_entry_is_named_by_a_quick_look_too(
    folder: Path, list_name: str, index: int
) -> None:
    document = sample_registers.document(SIZE)
    del document[list_name][index]
    assert index_found(sample_registers.written(document), folder, "--quick") == index
    document = sample_registers.document(SIZE)
    document["entries"][index]["facts"]["number"] = 99
    assert index_found(sample_registers.written(document), folder, "--quick") == index
    head = sample_registers.document(SIZE)["heads"][index]
    document["heads"] = sample_registers.heads(document["entries"])
    arguments = ("--key", sample_registers.key(), "--head", write_kept_heads(folder, head))
    status, output = verify_text(sample_registers.written(document), folder, *arguments, "--quick")
    assert (status, heads_said(output)) == (1, [head, document["heads"][index]])


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
def test_a_usage_error_has_a_status_of_its_own(tmp_path: Path, arguments: list[str]) -> None:
    file = tmp_path / "register.json"
    file.write_text(sample_registers.written(sample_registers.document(0)))
    filled = [argument.format(file=file) for argument in arguments]
    completed = subprocess.run(
        [sys.executable, verify.__file__, *filled], capture_output=True, text=True, check=False
    )
    assert (completed.returncode, completed.stdout) == (2, "")
    assert "error:" in completed.stderr
