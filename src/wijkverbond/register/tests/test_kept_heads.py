"""Heads that somebody kept show a history that was split, rewritten or cut off, also by the site."""

import codecs
from collections.abc import Callable
from pathlib import Path

import pytest

from wijkverbond.register import verify
from wijkverbond.register.tests import sample_registers
from wijkverbond.register.tests.sample_registers import OTHER_SEED, Document
from wijkverbond.register.tests.verifying import (
    OTHERS_HEADS,
    SIZE,
    heads_said,
    verify_again,
    verify_text,
    write_kept_heads,
)

KEY = ("--key", sample_registers.key())


def rewritten(size: int = SIZE) -> Document:
    """A register in which whoever has the site's key changed an entry, and signed all heads anew."""
    document = sample_registers.document(size)
    document["entries"][2]["facts"]["number"] = 99
    document["heads"] = sample_registers.heads(document["entries"])
    return document


def written(size: int) -> str:
    return sample_registers.written(sample_registers.document(size))


def test_an_end_that_was_cut_off_shows_with_a_head_that_was_kept(folder: Path) -> None:
    head = sample_registers.document(SIZE)["heads"][-1]
    last = sample_registers.document(SIZE - 3)["heads"][-1]
    assert verify_text(written(SIZE - 3), folder, *KEY)[0] == 0
    kept_heads = write_kept_heads(folder, head)
    status, output = verify_text(written(SIZE - 3), folder, *KEY, "--head", kept_heads)
    assert (status, heads_said(output)) == (1, [head, last])
    assert "unless the file is older than the head" in output


def test_a_register_that_was_emptied_shows_with_a_head_that_was_kept(folder: Path) -> None:
    head = sample_registers.document(1)["heads"][-1]
    kept_heads = write_kept_heads(folder, head)
    status, output = verify_text(written(0), folder, *KEY, "--head", kept_heads)
    assert (status, heads_said(output)) == (1, [head])


def test_a_history_that_the_site_itself_rewrote_shows_with_a_head_that_was_kept(
    folder: Path,
) -> None:
    head = sample_registers.document(6)["heads"][-1]
    text = sample_registers.written(rewritten())
    assert verify_text(text, folder, *KEY)[0] == 0
    status, output = verify_text(text, folder, *KEY, "--head", write_kept_heads(folder, head))
    assert (status, heads_said(output)) == (1, [head, rewritten()["heads"][5]])
    assert "proves it to everyone" in output


def test_two_heads_of_one_size_that_differ_show_a_split_also_beside_a_shorter_register(
    folder: Path,
) -> None:
    mine, neighbours = sample_registers.document(SIZE)["heads"][-1], rewritten()["heads"][-1]
    files = [folder / "mine.txt", folder / "neighbours.txt"]
    for file, head in zip(files, (mine, neighbours), strict=True):
        file.write_text(head, "utf-8")
    arguments = [part for file in files for part in ("--head", str(file))]
    status, output = verify_text(written(2), folder, *KEY, *arguments)
    assert (status, heads_said(output)) == (1, [mine, neighbours])


def test_a_history_that_was_rewritten_is_said_before_what_else_is_wrong(folder: Path) -> None:
    document = rewritten()
    document["heads"][7] = OTHERS_HEADS[7]
    head = sample_registers.document(4)["heads"][-1]
    arguments = (*KEY, "--head", write_kept_heads(folder, head))
    status, output = verify_text(sample_registers.written(document), folder, *arguments)
    assert (status, len(heads_said(output))) == (1, 2)


def test_the_program_keeps_the_heads_that_it_sees(folder: Path) -> None:
    """So a rewritten history shows to who only checks, downloads and checks again."""
    given = sample_registers.document(SIZE)["heads"][2]
    arguments = (*KEY, "--head", write_kept_heads(folder, given))
    status, output = verify_text(written(5), folder, *arguments)
    assert (status, "kept in heads.txt" in output) == (0, True)
    kept = (folder / "heads.txt").read_text("utf-8")
    assert [head.size for head in verify.heads_in(kept)] == [3, 5]
    assert verify_again(written(SIZE), folder, *KEY)[0] == 0
    assert verify_again(written(SIZE), folder, *KEY)[0] == 0
    kept = (folder / "heads.txt").read_text("utf-8")
    assert [head.size for head in verify.heads_in(kept)] == [3, 5, SIZE]
    status, output = verify_again(sample_registers.written(rewritten()), folder, *KEY)
    assert (status, heads_said(output)[0]) == (1, given)


def test_heads_are_kept_beside_those_of_other_registers(folder: Path) -> None:
    others = sample_registers.written(
        sample_registers.document(SIZE, sample_registers.OTHER_STREAM)
    )
    assert verify_text(others, folder, *KEY)[0] == 0
    assert verify_again(written(2), folder, *KEY)[0] == 0
    assert verify_again(others, folder, *KEY)[0] == 0
    kept = verify.heads_in((folder / "heads.txt").read_text("utf-8"))
    assert [head.size for head in kept] == [SIZE, 2]


def test_heads_are_kept_where_one_says(folder: Path, tmp_path: Path) -> None:
    kept = tmp_path / "mine.txt"
    assert verify_text(written(2), folder, *KEY, "--kept", str(kept))[0] == 0
    assert not (folder / "heads.txt").exists()
    assert len(verify.heads_in(kept.read_text("utf-8"))) == 1


def test_what_is_wrong_or_not_signed_is_not_kept(folder: Path) -> None:
    document = sample_registers.document(SIZE)
    document["heads"][-1] = sample_registers.flipped(document["heads"][-1])
    assert verify_text(sample_registers.written(document), folder, *KEY)[0] == 1
    forged = sample_registers.document(3, seed=OTHER_SEED)["heads"][2]
    arguments = (*KEY, "--head", write_kept_heads(folder, forged))
    assert verify_text(written(SIZE), folder, *arguments)[0] == 1
    assert not (folder / "heads.txt").exists()


def test_a_place_where_nothing_can_be_kept_does_not_stop_the_check(
    folder: Path, tmp_path: Path
) -> None:
    nowhere = str(tmp_path / "no" / "folder.txt")
    status, output = verify_text(written(2), folder, *KEY, "--kept", nowhere)
    assert (status, "could not be kept" in output) == (0, True)


def test_a_register_that_only_grew_matches_the_heads_that_were_kept(folder: Path) -> None:
    heads = sample_registers.document(SIZE)["heads"]
    for kept in (heads[:1], heads[2:6], heads[-1:]):
        arguments = (*KEY, "--head", write_kept_heads(folder, *kept))
        assert verify_text(written(SIZE), folder, *arguments)[0] == 0


def test_the_output_of_the_program_can_be_kept_as_heads(folder: Path) -> None:
    _, output = verify_text(written(4), folder, *KEY)
    kept_heads = folder / "said.txt"
    kept_heads.write_text(output, "utf-8")
    for size, right in ((SIZE, 0), (3, 1)):
        assert verify_text(written(size), folder, *KEY, "--head", str(kept_heads))[0] == right


def mailed(head: str) -> str:
    """A head as somebody's mail program quotes it, with another dash and without the last newline."""
    quoted = "".join(f"> {line} \r\n" for line in head.replace("—", "-").splitlines())
    return f"Beste buur,\r\n\r\n{quoted}".rstrip()


@pytest.mark.parametrize(
    "keep",
    [
        lambda head: codecs.BOM_UTF8 + head.encode(),
        lambda head: head.encode("utf-16"),
        lambda head: head.replace("\n", "\r\n").encode(),
        lambda head: head.rstrip("\n").encode(),
        lambda head: mailed(head).encode(),
        lambda head: head.replace("\n\n", "\n").encode(),
        lambda head: head.replace("\n", "\n\n").encode(),
    ],
    ids=[
        "byte-order mark",
        "UTF-16",
        "CRLF",
        "no last newline",
        "quoted in a mail",
        "no empty line",
        "more empty lines",
    ],
)
def test_a_head_is_read_however_it_was_kept(folder: Path, keep: Callable[[str], bytes]) -> None:
    kept = folder / "kept.txt"
    kept.write_bytes(keep(sample_registers.document(4)["heads"][-1]))
    assert verify_text(written(SIZE), folder, *KEY, "--head", str(kept))[0] == 0
    kept.write_bytes(keep(rewritten(4)["heads"][-1]))
    assert verify_text(written(SIZE), folder, *KEY, "--head", str(kept))[0] == 1


def test_a_head_of_another_register_is_called_that_and_is_no_tampering(folder: Path) -> None:
    arguments = (*KEY, "--head", write_kept_heads(folder, OTHERS_HEADS[2]))
    status, output = verify_text(written(SIZE), folder, *arguments)
    assert status == 2
    assert "This head is one of another register than" in output
    assert OTHERS_HEADS[2] in output
    assert "Everything matches" in output
    mine = sample_registers.document(SIZE)["heads"][2]
    arguments = (*KEY, "--head", write_kept_heads(folder, OTHERS_HEADS[2], mine))
    assert verify_text(written(SIZE), folder, *arguments)[0] == 0


def test_a_kept_head_that_another_key_signed_is_called_that(folder: Path) -> None:
    head = sample_registers.document(3, seed=OTHER_SEED)["heads"][2]
    arguments = (*KEY, "--head", write_kept_heads(folder, head))
    status, output = verify_text(written(SIZE), folder, *arguments)
    assert (status, "is not signed with this key" in output) == (1, True)
    assert head in output
