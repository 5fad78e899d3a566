"""A register whose site took another key: signed over by the old one, or after that was lost."""

from collections.abc import Callable
from pathlib import Path

import pytest

from wijkverbond.kernel import journal, merkle
from wijkverbond.register.tests import sample_registers
from wijkverbond.register.tests.sample_registers import (
    BROKEN_AT,
    KEYS,
    OTHER_NAME,
    ROTATED_AT,
    Document,
    with_three_keys,
    written,
)
from wijkverbond.register.tests.verifying import (
    heads_said,
    index_named,
    verify_again,
    verify_text,
    write_kept_heads,
)

ROTATED, BROKEN = BROKEN_AT, 8  # sizes
OLD, NEW, LAST = (("--key", key.verifier_key) for key in KEYS)
THIEF = merkle.Signer(OTHER_NAME, bytes(range(3, 35)))


@pytest.mark.parametrize("arguments", [OLD, NEW, (*OLD, *NEW), ()])
def test_a_register_that_took_another_key_is_followed_with_either(
    folder: Path, arguments: tuple[str, ...]
) -> None:
    status, output = verify_text(written(with_three_keys(ROTATED)), folder, *arguments)
    assert status == 0, output
    assert f"At index {ROTATED_AT} " in output
    assert "The old one signed that" in output
    assert "WARNING" not in output
    assert KEYS[0].verifier_key in output
    assert KEYS[1].verifier_key in output


@pytest.mark.parametrize("arguments", [OLD, NEW, LAST, (*OLD, *LAST), ()])
def test_a_lost_key_is_warned_of_and_no_fault(folder: Path, arguments: tuple[str, ...]) -> None:
    status, output = verify_text(written(with_three_keys(BROKEN)), folder, *arguments)
    assert status == 0, output
    assert output.startswith("WARNING")
    assert f"The old key vouches for the first {BROKEN_AT} entries" in output
    assert sample_registers.REASON.text in output


def test_a_key_that_the_register_never_had_is_refused(folder: Path) -> None:
    stranger = ("--key", sample_registers.key(bytes(range(3, 35))))
    assert verify_text(written(with_three_keys(BROKEN)), folder, *stranger)[0] == 1
    assert verify_text(written(with_three_keys(BROKEN)), folder, *OLD, *stranger)[0] == 1


def forged_by_a_thief(size: int = ROTATED) -> Document:
    """Who lacks the old key names a new one of their own."""
    forged = with_three_keys(size, (KEYS[0], THIEF, KEYS[2]))
    head = forged["heads"][ROTATED_AT]
    text, _, lines = head.partition("\n\n")
    forged["heads"][ROTATED_AT] = f"{text}\n\n" + lines.split("\n")[1] + "\n"
    return forged


def signed_by_another(document: Document, index: int, key: merkle.Signer) -> None:
    text = document["heads"][index].partition("\n\n")[0] + "\n\n"
    document["heads"][index] = key.signed_too(text)


def without_new_signature() -> Document:
    """The old key says that it hands over to one whose owner never agreed."""
    document = with_three_keys(ROTATED_AT + 1)
    signed_by_another(document, ROTATED_AT, KEYS[0])
    return document


@pytest.mark.parametrize("forge", [forged_by_a_thief, without_new_signature])
@pytest.mark.parametrize("how", [[], ["--quick"]])
def test_a_change_of_key_needs_both_signatures(
    folder: Path, forge: Callable[[], Document], how: list[str]
) -> None:
    status, output = verify_text(written(forge()), folder, *OLD, *how)
    assert (status, index_named(output)) == (1, ROTATED_AT), output


def broken_elsewhere(**facts: object) -> Document:
    """Somebody takes another key, and says of the lost one what is not so; all is signed anew."""
    document = with_three_keys(BROKEN)
    document["entries"][BROKEN_AT]["facts"] |= facts
    frontier: list[bytes] = []
    for index, entry in enumerate(document["entries"]):
        frontier = merkle.grow(frontier, index, journal.canonical(entry))
        if index >= BROKEN_AT:
            origin = f"{OTHER_NAME}/{sample_registers.STREAM}"
            head = KEYS[2].checkpoint(origin, index + 1, merkle.root(frontier))
            document["heads"][index] = head
    return document


@pytest.mark.parametrize(
    "facts",
    [
        {"last_size": 4},
        {"last_root": "00" * 32},
        {"old_key_id": KEYS[0].key_id},
        {"old_key": KEYS[0].verifier_key},
        {"new_key": "x"},
    ],
)
def test_a_break_names_the_last_head_of_the_key_that_was_lost(
    folder: Path, facts: dict[str, object]
) -> None:
    status, output = verify_text(written(broken_elsewhere(**facts)), folder, *OLD)
    assert (status, index_named(output)) == (1, BROKEN_AT), output


def test_a_lost_key_signed_something(folder: Path) -> None:
    """Else anybody could put a known key before a register of their own."""
    made_up = with_three_keys(1)
    made_up["entries"][0] |= {"event": "register.key_lost"}
    made_up["entries"][0]["facts"] |= {
        "old_key_id": KEYS[0].key_id,
        "old_key": KEYS[0].verifier_key,
        "new_key": THIEF.verifier_key,
        "last_size": 0,
        "last_root": "",
    }
    root = merkle.root(merkle.grow([], 0, journal.canonical(made_up["entries"][0])))
    made_up["heads"] = [THIEF.checkpoint(f"{OTHER_NAME}/{sample_registers.STREAM}", 1, root)]
    made_up["key"] = THIEF.verifier_key
    text = written(sample_registers.sealed(made_up, signer=THIEF))
    status, output = verify_text(text, folder, *OLD)
    assert (status, index_named(output)) == (1, 0), output


def test_a_key_can_be_handed_over_and_lost_at_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample_registers, "BROKEN_AT", ROTATED_AT + 1)
    text = written(with_three_keys(BROKEN))
    for arguments in (OLD, NEW, LAST):
        status, output = verify_text(text, folder, *arguments)
        assert status == 0, output


def test_a_key_that_nobody_wrote_down_can_be_given(folder: Path) -> None:
    """The entry may know the lost key only as heads name it, by its name and short id."""
    lost = first_key_lost()
    status, output = verify_text(written(lost), folder, *LAST)
    assert (status, "could not be checked: give it with --key" in output) == (0, True)
    assert verify_text(written(lost), folder, *NEW, *LAST)[0] == 0
    lost["heads"][0] = sample_registers.flipped(lost["heads"][0])
    status, output = verify_text(written(lost), folder, *NEW, *LAST)
    assert (status, index_named(output)) == (1, 0)


def first_key_lost() -> Document:
    """A register whose first key was lost after one entry, and never written down."""
    first = sample_registers.entry(0)
    key, origin = KEYS[1], f"{OTHER_NAME}/{sample_registers.STREAM}"
    frontier = merkle.grow([], 0, journal.canonical(first))
    lost = sample_registers.entry(1) | {"event": "register.key_lost"}
    lost["facts"] |= {
        "old_key_id": key.key_id,
        "new_key": KEYS[2].verifier_key,
        "last_size": 1,
        "last_root": merkle.root(frontier).hex(),
    }
    heads = [key.checkpoint(origin, 1, merkle.root(frontier))]
    frontier = merkle.grow(frontier, 1, journal.canonical(lost))
    heads.append(KEYS[2].checkpoint(origin, 2, merkle.root(frontier)))
    document = {
        "format": "wijkverbond-register-1", "coalition": "de-wijk", "key": KEYS[2].verifier_key,
        "entries": [first, lost], "heads": heads,
        "texts": [sample_registers.text_line(0), sample_registers.text_line(1)],
    }  # fmt: skip
    return sample_registers.sealed(document, signer=KEYS[2])


def test_heads_that_were_kept_before_still_compare(folder: Path) -> None:
    heads = with_three_keys(BROKEN)["heads"]
    kept = write_kept_heads(folder, heads[1], heads[ROTATED_AT], heads[4], heads[6])
    assert verify_text(written(with_three_keys(BROKEN)), folder, *OLD, "--head", kept)[0] == 0
    other = with_three_keys(2)
    other["entries"][0]["facts"]["number"] = 99
    rewritten = sample_registers.heads(other["entries"])[1]
    kept = write_kept_heads(folder, rewritten)
    status, output = verify_text(written(with_three_keys(BROKEN)), folder, *OLD, "--head", kept)
    assert (status, heads_said(output)) == (1, [rewritten, heads[1]])


def test_a_register_that_is_followed_through_its_keys_keeps_its_heads(folder: Path) -> None:
    assert verify_text(written(with_three_keys(2)), folder, *OLD)[0] == 0
    for size in (ROTATED_AT + 1, ROTATED, BROKEN):
        assert verify_again(written(with_three_keys(size)), folder, *OLD)[0] == 0
    status, output = verify_again(written(with_three_keys(ROTATED)), folder, *OLD)
    assert (status, "before the site took another key" in output) == (1, True)
