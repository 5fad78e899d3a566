"""Exports are read as they are, however odd, or refused with what is wrong and where."""

from pathlib import Path

import numpy as np
import pytest

from wijkverbond.analysis.opinions import polis
from wijkverbond.analysis.opinions.polis import Export, ExportError, read_export, read_kinds
from wijkverbond.analysis.opinions.votes import UNSEEN

HEADING = "participant,group-id,n-comments,n-votes,n-agree,n-disagree"
MATRIX = f"{HEADING},0,1,7\n3,0,0,2,1,1,1,-1,\n12,,1,1,0,0,,,0\n"
COMMENTS = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"


def export(folder: Path, **files: str | bytes) -> Export:
    """Write files (matrix, votes, comments) to a folder and read it."""
    names = {"matrix": "participants-votes.csv", "votes": "votes.csv", "comments": "comments.csv"}
    for name, content in files.items():
        raw = content if isinstance(content, bytes) else content.encode()
        (folder / names[name]).write_bytes(raw)
    return read_export(folder)


def test_a_matrix_has_a_row_per_participant_and_a_column_per_statement(tmp_path: Path) -> None:
    votes = export(tmp_path, matrix=MATRIX).votes

    assert votes.participants.tolist() == [3, 12]
    assert votes.statements.tolist() == [0, 1, 7]
    assert votes.values.tolist() == [[1, -1, UNSEEN], [UNSEEN, UNSEEN, 0]]


@pytest.mark.parametrize(
    "odd",
    [
        MATRIX.replace("\n", "\r\n"),
        MATRIX.replace("\n", "\r"),
        "\ufeff" + MATRIX,
        MATRIX.rstrip("\n"),
        MATRIX.replace("\n", "\n\n"),
        MATRIX.replace("\n3,0", '\n"3",0'),
        MATRIX.replace("3,0,0", "3,\udcff,0"),
        MATRIX.replace("participant", " participant "),
        MATRIX.replace("-1", " -1 "),
        "7,participant,1,0\n,3,-1,1\n0,12,,\n",
        "participant,1,0,7\n12,,,0\n3,-1,1,\n",
    ],
    ids=[
        "Windows line ends",
        "old line ends",
        "byte order mark",
        "no last line end",
        "empty lines",
        "quotes",
        "broken characters",
        "spaces in the heading",
        "spaces in a cell",
        "columns in another order",
        "rows in another order",
    ],
)
def test_odd_but_clear_files_give_the_same_votes(tmp_path: Path, odd: str) -> None:
    votes = export(tmp_path, matrix=odd.encode(errors="surrogateescape")).votes

    assert votes.participants.tolist() == [3, 12]
    assert votes.statements.tolist() == [0, 1, 7]
    assert votes.values.tolist() == [[1, -1, UNSEEN], [UNSEEN, UNSEEN, 0]]


def test_identifiers_may_be_negative_or_large(tmp_path: Path) -> None:
    votes = export(tmp_path, matrix=f"{HEADING},-4,900000000001\n-1,,,,,,-1,1\n").votes

    assert votes.participants.tolist() == [-1]
    assert votes.statements.tolist() == [-4, 900000000001]
    assert votes.values.tolist() == [[-1, 1]]


def test_a_participant_with_two_rows_keeps_the_last_answers(tmp_path: Path) -> None:
    votes = export(tmp_path, matrix=f"{HEADING},0,1,2\n5,,,,,,1,1,\n5,,,,,,,-1,0\n").votes

    assert votes.participants.tolist() == [5]
    assert votes.values.tolist() == [[1, -1, 0]]


@pytest.mark.parametrize("matrix", [HEADING, f"{HEADING}\n", f"{HEADING},0,1\n"])
def test_a_conversation_without_votes_is_empty(tmp_path: Path, matrix: str) -> None:
    votes = export(tmp_path, matrix=matrix).votes

    assert len(votes.participants) == 0
    assert votes.values.size == 0


def test_of_repeated_votes_the_latest_counts_wherever_it_stands(tmp_path: Path) -> None:
    votes = export(
        tmp_path,
        votes=(
            "timestamp,datetime,comment-id,voter-id,vote\n"
            "300,x,0,9,-1\n100,x,0,9,1\n200,x,0,9,0\n200,x,4,8,0\n200,x,4,8,1\n"
        ),
    ).votes

    assert votes.participants.tolist() == [8, 9]
    assert votes.values.tolist() == [[UNSEEN, 1], [-1, UNSEEN]]


def test_without_moments_the_last_line_counts(tmp_path: Path) -> None:
    votes = export(tmp_path, votes="voter-id,comment-id,vote\n1,0,1\n1,0,-1\n").votes

    assert votes.values.tolist() == [[-1]]


def test_the_matrix_goes_before_the_list(tmp_path: Path) -> None:
    export_with_both = export(tmp_path, matrix=MATRIX, votes="voter-id,comment-id,vote\n1,0,1\n")

    assert export_with_both.votes.participants.tolist() == [3, 12]


def test_only_what_was_moderated_out_is_named(tmp_path: Path) -> None:
    export_read = export(
        tmp_path,
        matrix=MATRIX,
        comments=(COMMENTS + '1,x,0,0,5,5,1,"fine,\nreally"\n1,x,1,0,5,5,-1,spam \udcff\n').encode(
            errors="surrogateescape"
        )
        + b"1,x,7,0,0,0,0,\n1,x,99,0,0,0,-1,never seen\n1,x,5,0,0,0,,unknown\n",
    )

    assert export_read.moderated_out == {1, 99}
    assert export_read.notes == ()


def test_without_statements_nothing_is_moderated_out_and_that_is_said(tmp_path: Path) -> None:
    export_read = export(tmp_path, matrix=MATRIX)

    assert export_read.moderated_out == frozenset()
    assert "comments.csv" in export_read.notes[0]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "has no participants-votes.csv and no votes.csv"),
        ({"matrix": ""}, "participants-votes.csv, line 1: there is no heading"),
        ({"matrix": "\n\n"}, "participants-votes.csv, line 1: there is no heading"),
        ({"matrix": "voter,0\n1,1\n"}, 'line 1: no column "participant" .found: voter, 0'),
        ({"matrix": "participant,0,0\n"}, 'line 1: the column "0" is there 2 times'),
        ({"matrix": "participant,0,00\n"}, "line 1: a statement has two columns"),
        ({"matrix": "participant,0\n1,1\n2,5\n"}, 'line 3, statement 0: a vote is .* not "5"'),
        ({"matrix": "participant,0\n1,-12\n"}, 'line 2, statement 0: .* not "-12"'),
        ({"matrix": "participant,0\n1,d\n"}, 'line 2, statement 0: .* not "d"'),
        ({"matrix": "participant,0\n1,\x01\n"}, "line 2, statement 0: a vote is"),
        ({"matrix": "participant,0,1\n1,1\n2,1,0,1\n"}, "line 2: 2 fields, but the heading has 3"),
        ({"matrix": "participant,0,1\n1,1\n"}, "line 2: 2 fields, but the heading has 3"),
        ({"matrix": "participant,0\n1,1,1\n"}, "line 2: 3 fields, but the heading has 2"),
        ({"matrix": "participant,0\nx1,1\n"}, 'line 2, column participant: "x1" is not a whole'),
        ({"matrix": "participant,0\n12345678901234567890,1\n"}, "is not a whole number"),
        ({"matrix": 'participant,0\n"1,1\n2,0\n'}, "participants-votes.csv, line"),
        ({"votes": "voter-id,vote\n1,1\n"}, 'votes.csv, line 1: no column "comment-id"'),
        ({"votes": "voter-id,comment-id,vote\n1,0,2\n"}, "votes.csv, line 2: a vote is 1, 0 or"),
        ({"votes": "voter-id,comment-id,vote\n1,0,\n"}, "votes.csv, line 2, column vote"),
        ({"matrix": MATRIX, "comments": "id\n"}, 'comments.csv, line 1: no column "comment-id"'),
        (
            {"matrix": MATRIX, "comments": "comment-id,moderated\n1,out\n"},
            'comments.csv, line 2, column moderated: "out"',
        ),
        ({"matrix": "participant,0\n1,1\n".encode("utf-16")}, "participants-votes.csv, line 1"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    tmp_path: Path, files: dict[str, str | bytes], message: str
) -> None:
    with pytest.raises(ExportError, match=message):
        export(tmp_path, **files)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="nowhere is not a folder"):
        read_export(tmp_path / "nowhere")


def test_kinds_are_read_per_participant(tmp_path: Path) -> None:
    file = tmp_path / "kinds.csv"
    file.write_text("kind,participant\nresidents,3\n government ,-1\nresidents,3\n")

    assert read_kinds(file) == {3: "residents", -1: "government"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("participant\n1\n", 'kinds.csv, line 1: no column "kind"'),
        ("participant,kind\n1,burgers\n", 'kinds.csv, line 2: "burgers" is not a kind'),
        ("participant,kind\n1,residents\n1,government\n", "line 3: participant 1 has two kinds"),
        ("participant,kind\none,residents\n", "line 2, column participant"),
    ],
)
def test_kinds_that_are_unclear_are_refused(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "kinds.csv").write_text(content)

    with pytest.raises(ExportError, match=message):
        read_kinds(tmp_path / "kinds.csv")


def test_a_file_of_kinds_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"kinds\.csv does not exist"):
        read_kinds(tmp_path / "kinds.csv")


@pytest.mark.parametrize(
    "usual",
    [MATRIX, MATRIX.replace("\n", "\r\n"), MATRIX.replace("\n", "\n\n"), f"{HEADING},0,1\n"],
    ids=["filled", "Windows line ends", "empty lines", "nobody"],
)
def test_a_file_of_the_usual_form_is_read_the_quick_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, usual: str
) -> None:
    file = tmp_path / "participants-votes.csv"
    file.write_bytes(usual.encode())
    table = polis._table(file)
    columns = [place for place, name in enumerate(table.heading) if name.isdigit()]
    people, cells = polis._rows(table, 0, columns)
    monkeypatch.delattr(polis, "_rows")

    votes = read_export(tmp_path).votes

    assert votes.participants.tolist() == people.tolist()
    assert votes.values.tolist() == cells.tolist()


@pytest.mark.parametrize(
    ("matrix", "expected"),
    [
        ("participant,0,1,group-id\n5,1,0,1\n", [[1, 0]]),
        ("group-id,participant,0,1\n7,5,1,0\n", [[1, 0]]),
    ],
    ids=["statements not last", "participant not first"],
)
def test_a_file_of_another_form_is_not_mistaken_for_the_usual(
    tmp_path: Path, matrix: str, expected: list[list[int]]
) -> None:
    votes = export(tmp_path, matrix=matrix).votes

    assert votes.participants.tolist() == [5]
    assert votes.values.tolist() == expected


@pytest.mark.parametrize(
    "files",
    [
        {"matrix": MATRIX},
        {"matrix": f"{HEADING},0,1\n"},
        {"matrix": f'"participant",{HEADING},0,1\n'.replace("participant,group", "group")},
        {"matrix": "participant\n5\n"},
        {"votes": "voter-id,comment-id,vote\n1,0,1\n"},
        {"votes": "voter-id,comment-id,vote\n"},
    ],
    ids=["filled", "nobody", "nobody, and quotes", "no statements", "list", "empty list"],
)
def test_identifiers_are_whole_numbers_and_an_answer_takes_one_byte(
    tmp_path: Path, files: dict[str, str]
) -> None:
    votes = export(tmp_path, **files).votes

    assert votes.participants.dtype == votes.statements.dtype == np.int64
    assert votes.values.dtype == np.int8


def test_a_statement_has_a_number_of_at_most_eighteen_digits(tmp_path: Path) -> None:
    longest = "9" * 18
    votes = export(tmp_path, matrix=f"participant,1{longest},{longest}\n5,,1\n").votes

    assert votes.statements.tolist() == [int(longest)]


def test_of_votes_at_the_same_moment_the_last_line_counts(tmp_path: Path) -> None:
    lines = [f"1,0,{1 if number == 59 else -1},{number % 2}" for number in range(60)]
    votes = export(tmp_path, votes="\n".join(["voter-id,comment-id,vote,timestamp", *lines])).votes

    assert votes.values.tolist() == [[1]]


@pytest.mark.parametrize(
    ("matrix", "message"),
    [
        ("participant,0,1\n5,1,\x02\n", 'statement 1: a vote is .* not "\x02"'),
        ('participant,group-id,0,1\n5,"x,1,0\n', "line 2: 2 fields, but the heading has 4"),
        ("participant,0,1\n5,1;0\n", "line 2: 2 fields, but the heading has 3"),
        ("participant,0\n5," + 200_000 * "1", "line 2: field larger than field limit"),
        ("0,1,2,3,4,5,6,7,8,9\n", r"found: 0, 1, 2, 3, 4, 5, 6, 7\)"),
    ],
    ids=[
        "a letter of our own",
        "an open quote",
        "another sign between answers",
        "too long",
        "no participant",
    ],
)
def test_what_looks_like_the_usual_form_but_is_wrong_is_refused(
    tmp_path: Path, matrix: str, message: str
) -> None:
    with pytest.raises(ExportError, match=message):
        export(tmp_path, matrix=matrix)


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1])
def test_a_number_that_fits_in_no_identifier_is_refused(tmp_path: Path, number: int) -> None:
    (tmp_path / "kinds.csv").write_text(f"participant,kind\n{number},residents\n")

    with pytest.raises(ExportError, match="is not a whole number"):
        read_kinds(tmp_path / "kinds.csv")


@pytest.mark.parametrize("number", [2**63 - 1, -(2**63)])
def test_the_largest_and_smallest_identifiers_are_read(tmp_path: Path, number: int) -> None:
    (tmp_path / "kinds.csv").write_text(f"participant,kind\n{number},residents\n")

    assert read_kinds(tmp_path / "kinds.csv") == {number: "residents"}
