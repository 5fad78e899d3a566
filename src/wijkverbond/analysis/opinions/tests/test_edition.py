"""The two files of a closed question: what belongs to the edition, and what was changed."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from wijkverbond.analysis.digest import digest
from wijkverbond.analysis.opinions import edition as editions
from wijkverbond.analysis.opinions.command import main
from wijkverbond.analysis.opinions.polis import ExportError

ANSWERS = [(7, 1, 1), (3, 2, -1), (3, 1, 0)]
SALT = "00" * 16


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An edition with two statements, of which one is hidden."""
    votes = editions.votes_csv(ANSWERS)
    texts = {1: "Meer groen.", 2: "Minder auto's."}
    digests = {
        number: "sha256:" + sha256(bytes.fromhex(SALT) + text.encode()).hexdigest()
        for number, text in texts.items()
    }
    covered = editions.contents("q", 2, "ab" * 32, votes, digests)
    shown = {"1": {"text": texts[1], "salt": SALT}}
    file = {**covered, "digest": digest(covered), "texts": shown}
    (tmp_path / "votes.csv").write_bytes(votes)
    (tmp_path / "edition.json").write_text(json.dumps(file))
    return tmp_path


def test_votes_are_written_in_one_order() -> None:
    assert editions.votes_csv(ANSWERS) == editions.votes_csv(reversed(ANSWERS))
    assert editions.voters(editions.votes_csv(ANSWERS)) == {3, 7}


def test_of_who_stays_only_what_enough_answered_is_left() -> None:
    votes = editions.votes_csv([*ANSWERS, (9, 1, 1)])
    left = editions.votes_of({3, 9}, votes, at_least=2)
    assert left == editions.votes_csv([(3, 1, 0), (9, 1, 1)])


def test_the_command_says_what_belongs_to_an_edition(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(folder)]) == 0
    said = capsys.readouterr().err
    assert "edition 2 of a question" in said
    assert "after abab" in said
    assert "1 of 2 texts can be read" in said


CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "a text": lambda file: file["texts"]["1"].update(text="Meer groen!"),
    "a salt": lambda file: file["texts"]["1"].update(salt="11" * 16),
    "a text of no statement": lambda file: file["texts"].update({"9": file["texts"]["1"]}),
    "a text without its salt": lambda file: file["texts"]["1"].pop("salt"),
    "the digest of a text": lambda file: file["statements"].update({"2": "sha256:" + "0" * 64}),
    "a statement": lambda file: file["statements"].pop("2"),
    "the number": lambda file: file.update(edition=3),
    "the one before": lambda file: file.pop("earlier"),
    "the votes": lambda file: file.update(votes="sha256:" + "0" * 64),
    "the digest": lambda file: file.update(digest="0" * 64),
    "the form": lambda file: file.update(format="another"),
    "what texts are": lambda file: file.update(texts=[]),
}


@pytest.mark.parametrize("changed", CHANGES)
def test_every_change_is_found(folder: Path, changed: str) -> None:
    file = json.loads((folder / "edition.json").read_bytes())
    CHANGES[changed](file)
    (folder / "edition.json").write_text(json.dumps(file))
    with pytest.raises(ExportError):
        editions.check(folder)


def test_what_is_no_edition_is_called_that(folder: Path) -> None:
    for content in (b"", b"[]", b"{}", b"\xff\xfe", b'{"format": 1}'):
        (folder / "edition.json").write_bytes(content)
        with pytest.raises(ExportError, match=r"edition\.json"):
            editions.check(folder)
