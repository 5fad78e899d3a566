"""Exports in the form of Polis' open data: a folder with votes and statements as CSV files.

``participants-votes.csv`` has a row per participant and a column per statement; ``votes.csv`` a row
per vote. In both +1 is agree, −1 disagree and 0 pass (Polis' own engine has the opposite sign), and
an empty cell was not seen. ``comments.csv`` says which statements were moderated out (−1); its
counts often differ from the votes and are not used. The files may hold broken characters.
"""

import csv
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

import numpy as np

from wijkverbond.analysis.kinds import KINDS
from wijkverbond.analysis.opinions.votes import UNSEEN, Answers, Ids, Votes

MATRIX: Final = "participants-votes.csv"
LIST: Final = "votes.csv"
STATEMENTS: Final = "comments.csv"

_CELLS: Final = {"1": 1, "0": 0, "-1": -1, "": UNSEEN}
_NUMBERS: Final = range(-(2**63), 2**63)
_WRONG: Final = 99
_NO, _NOTHING = "\x01", "\x02"


class ExportError(ValueError):
    """A file that is not there or not as it should be; the message says what and where."""


@dataclass(frozen=True, eq=False)
class Export:
    """The votes of a conversation and the statements that were moderated out.

    ``notes`` are remarks for whoever called: what was missing but could be done without.
    """

    votes: Votes
    moderated_out: frozenset[int]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Table:
    """A CSV file and its heading."""

    file: Path
    heading: list[str]

    @property
    def name(self) -> str:
        """Return how messages call the file."""
        return self.file.name

    def column(self, name: str) -> int:
        """Return the place of a column. Raises ``ExportError`` when it is not there."""
        if name not in self.heading:
            heading = ", ".join(self.heading[:8])
            raise ExportError(f'{self.name}, line 1: no column "{name}" (found: {heading})')
        return self.heading.index(name)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Give the line number and the fields of each row below the heading that is not empty."""
        rows = _numbered(self.file)
        next(rows)
        for line, row in rows:
            if len(row) != len(self.heading):
                raise ExportError(
                    f"{self.name}, line {line}: {len(row)} fields, "
                    f"but the heading has {len(self.heading)}"
                )
            yield line, row

    def number(self, line: int, row: list[str], column: int) -> int:
        """Return a field as a whole number. Raises ``ExportError`` when it is none."""
        try:
            number = int(row[column])
        except ValueError:
            number = None
        if number is None or number not in _NUMBERS:
            where = f"{self.name}, line {line}, column {self.heading[column]}"
            raise ExportError(f'{where}: "{row[column]}" is not a whole number')
        return number


def read_export(folder: Path) -> Export:
    """Read the votes of an export. Without ``participants-votes.csv``, ``votes.csv`` is used.

    The last vote of a participant on a statement counts: by time where ``votes.csv`` has a
    timestamp, otherwise (and among equal times) by place in the file. Raises ``ExportError``.
    """
    if not folder.is_dir():
        raise ExportError(f"{folder} is not a folder")
    if (folder / MATRIX).exists():
        votes = _matrix(_table(folder / MATRIX))
    elif (folder / LIST).exists():
        votes = _list(_table(folder / LIST))
    else:
        raise ExportError(f"{folder} has no {MATRIX} and no {LIST}")
    if not (folder / STATEMENTS).exists():
        note = f"no {STATEMENTS}: no statement counts as moderated out"
        return Export(votes, frozenset(), (note,))
    return Export(votes, _moderated_out(_table(folder / STATEMENTS)), ())


def read_kinds(file: Path) -> dict[int, str]:
    """Read which kind of party each participant belongs to: columns ``participant`` and ``kind``.

    Raises ``ExportError`` for an unknown kind, or for a participant with two kinds.
    """
    table = _table(file)
    participant, column = table.column("participant"), table.column("kind")
    kinds: dict[int, str] = {}
    for line, row in table.rows():
        person, kind = table.number(line, row, participant), row[column].strip()
        where = f"{table.name}, line {line}"
        if kind not in KINDS:
            raise ExportError(f'{where}: "{kind}" is not a kind; there are {", ".join(KINDS)}')
        if kinds.setdefault(person, kind) != kind:
            raise ExportError(f"{where}: participant {person} has two kinds")
    return kinds


def read_apart(file: Path) -> frozenset[int]:
    """Read which participants are set apart: column ``participant``."""
    table = _table(file)
    participant = table.column("participant")
    return frozenset(table.number(line, row, participant) for line, row in table.rows())


def _table(file: Path) -> _Table:
    """Open a CSV file: UTF-8 with or without mark, broken characters replaced, any line ends."""
    if not file.exists():
        raise ExportError(f"{file} does not exist")
    line, heading = next(_numbered(file), (0, []))
    if line != 1:
        raise ExportError(f"{file.name}, line 1: there is no heading")
    names = [name.strip() for name in heading]
    for name, times in Counter(names).items():
        if times > 1:
            raise ExportError(f'{file.name}, line 1: the column "{name}" is there {times} times')
    return _Table(file, names)


def _open(file: Path) -> TextIO:
    return file.open(encoding="utf-8-sig", errors="replace", newline="")


def _numbered(file: Path) -> Iterator[tuple[int, list[str]]]:
    with _open(file) as stream:
        reader = csv.reader(stream)
        try:
            for row in reader:
                if row:
                    yield reader.line_num, row
        except csv.Error as error:
            raise ExportError(f"{file.name}, line {reader.line_num}: {error}") from error


def _is_number(text: str) -> bool:
    digits = text.strip().removeprefix("-")
    return digits.isdecimal() and len(digits) <= 18


def _moderated_out(table: _Table) -> frozenset[int]:
    statement, moderated = table.column("comment-id"), table.column("moderated")
    return frozenset(
        table.number(line, row, statement)
        for line, row in table.rows()
        if row[moderated].strip() and table.number(line, row, moderated) == -1
    )


def _list(table: _Table) -> Votes:
    """Read a row per vote, in any order."""
    columns = [table.column(name) for name in ("voter-id", "comment-id", "vote")]
    if "timestamp" in table.heading:
        columns.append(table.column("timestamp"))
    numbers = array("q")
    for line, row in table.rows():
        vote = [table.number(line, row, column) for column in columns]
        if vote[2] not in (-1, 0, 1):
            raise ExportError(f"{table.name}, line {line}: a vote is 1, 0 or -1, not {vote[2]}")
        numbers.extend(vote)
    votes = np.array(numbers).reshape(-1, len(columns))
    if len(columns) == 4:
        votes = votes[np.argsort(votes[:, 3], kind="stable")]
    return Votes.from_rows(votes[:, :3])


def _matrix(table: _Table) -> Votes:
    """Read a row per participant, a column per statement (each column with a number for a name)."""
    participant = table.column("participant")
    columns = [place for place, name in enumerate(table.heading) if _is_number(name)]
    statements = np.array([int(table.heading[place]) for place in columns], dtype=np.int64)
    if len(np.unique(statements)) < len(statements):
        raise ExportError(f"{table.name}, line 1: a statement has two columns")
    rows = _plain_rows(table, participant, columns) or _rows(table, participant, columns)
    people, values = _merged(*rows)
    return Votes.sorted(people, statements, values)


def _plain_rows(table: _Table, participant: int, columns: list[int]) -> tuple[Ids, Answers] | None:
    """Read the rows of the usual form ten times faster, or return nothing when in any doubt.

    Usual is: nothing quoted, the participant first, the statements last. Each answer is made one
    character, so that the answers are every other character of what is left of a row.
    """
    first, width = len(table.heading) - len(columns), 2 * len(columns) - 1
    if participant or not columns or columns[0] != first:
        return None
    with _open(table.file) as stream:
        text = stream.read().replace("\r\n", "\n").replace("\r", "\n") + "\n"
    if any(letter in text for letter in ('"', _NO, _NOTHING)):
        return None
    text = text.replace(",-1", f",{_NO}")
    text = text.replace(",,", f",{_NOTHING},").replace(",,", f",{_NOTHING},")
    lines = text.replace(",\n", f",{_NOTHING}\n").split("\n")[1:]
    parts = [line.split(",", first) for line in lines if line]
    if any(len(part[-1]) != width or not _is_number(part[0]) for part in parts):
        return None
    answers = "".join([part[-1] + "," for part in parts])
    letters = np.frombuffer(answers[::2].encode("latin-1", "replace"), dtype=np.uint8)
    meaning = np.full(256, _WRONG, dtype=np.int8)
    for letter, answer in zip(f"10{_NO}{_NOTHING}", (1, 0, -1, UNSEEN), strict=True):
        meaning[ord(letter)] = answer
    values = meaning[letters].reshape(len(parts), len(columns))
    if np.any(values == _WRONG) or answers.count(",") != values.size:
        return None
    return np.array([int(part[0]) for part in parts], dtype=np.int64), values


def _merged(people: Ids, values: Answers) -> tuple[Ids, Answers]:
    """Put the rows of one participant together: the later answer counts."""
    different, first, merged_row = np.unique(people, return_index=True, return_inverse=True)
    if len(different) == len(people):
        return people, values
    merged = values[first]
    for place, answers in zip(merged_row, values, strict=True):
        np.copyto(merged[place], answers, where=answers != UNSEEN)
    return different, merged


def _rows(table: _Table, participant: int, columns: list[int]) -> tuple[Ids, Answers]:
    people: list[int] = []
    cells: list[Answers] = []
    for line, row in table.rows():
        people.append(table.number(line, row, participant))
        answers = [_CELLS.get(row[column].strip(), _WRONG) for column in columns]
        if _WRONG in answers:
            column = columns[answers.index(_WRONG)]
            where = f"{table.name}, line {line}, statement {table.heading[column]}"
            raise ExportError(f'{where}: a vote is 1, 0, -1 or nothing, not "{row[column]}"')
        cells.append(np.array(answers, dtype=np.int8))
    shape = (len(people), len(columns))
    return np.array(people, dtype=np.int64), np.array(cells, dtype=np.int8).reshape(shape)
