"""The answers of people to statements, as one matrix in a fixed order."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Self

import numpy as np
import numpy.typing as npt

AGREE: Final = 1
PASS: Final = 0
DISAGREE: Final = -1
UNSEEN: Final = 2
OTHER: Final = "other"

Ids = npt.NDArray[np.int64]
Answers = npt.NDArray[np.int8]
Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Tally:
    """How many people agreed, disagreed and passed. A pass is an answer."""

    agree: int
    disagree: int
    passed: int

    def __post_init__(self) -> None:
        """Refuse negative counts."""
        if min(self.agree, self.disagree, self.passed) < 0:
            raise ValueError(f"counts of people cannot be negative: {self}")

    @property
    def n(self) -> int:
        """Return the number of people who answered."""
        return self.agree + self.disagree + self.passed

    def __add__(self, other: "Tally") -> "Tally":
        """Add up two tallies of different people."""
        return Tally(
            self.agree + other.agree, self.disagree + other.disagree, self.passed + other.passed
        )


@dataclass(frozen=True, eq=False)
class Votes:
    """A vote matrix: one row per participant, one column per statement.

    ``participants`` and ``statements`` are identifiers in strictly increasing order, so that the
    order in which answers came in cannot change a result. ``values`` holds for each pair
    ``AGREE`` (1), ``PASS`` (0), ``DISAGREE`` (−1) or ``UNSEEN`` (2); shape (people, statements).
    The sign is that of Polis' exports (+1 agrees), not of its engine.

    Raises ``ValueError`` when shapes, order or values are wrong.
    """

    participants: Ids
    statements: Ids
    values: Answers

    def __post_init__(self) -> None:
        """Check shape, order and values."""
        if self.values.shape != (len(self.participants), len(self.statements)):
            raise ValueError("the matrix needs one row per participant, one column per statement")
        for name, ids in (("participants", self.participants), ("statements", self.statements)):
            if np.any(ids[1:] <= ids[:-1]):
                raise ValueError(f"{name} must be in increasing order, each once")
        if self.values.size and not DISAGREE <= self.values.min() <= self.values.max() <= UNSEEN:
            raise ValueError("an answer is agree (1), pass (0) or disagree (-1)")

    @classmethod
    def from_answers(
        cls,
        answers: Iterable[tuple[int, int, int]],
        *,
        participants: Iterable[int] = (),
        statements: Iterable[int] = (),
    ) -> Self:
        """Build the matrix from (participant, statement, answer), oldest first: the last counts.

        ``participants`` and ``statements`` name those who are there without any answer.
        Raises ``ValueError`` for an answer other than 1, 0 or −1.
        """
        triples = np.array(list(answers), dtype=np.int64).reshape(-1, 3)
        if np.any(np.abs(triples[:, 2]) > 1):
            raise ValueError("an answer is agree (1), pass (0) or disagree (-1)")
        return cls.from_rows(triples, participants=participants, statements=statements)

    @classmethod
    def from_rows(
        cls, rows: Ids, *, participants: Iterable[int] = (), statements: Iterable[int] = ()
    ) -> Self:
        """Do the same from an array with rows (participant, statement, answer), oldest first."""
        people = np.union1d(rows[:, 0], np.array(list(participants), dtype=np.int64))
        columns = np.union1d(rows[:, 1], np.array(list(statements), dtype=np.int64))
        values = np.full((len(people), len(columns)), UNSEEN, dtype=np.int8)
        cells = np.searchsorted(people, rows[:, 0]) * len(columns)
        cells += np.searchsorted(columns, rows[:, 1])
        newest = len(cells) - 1 - np.unique(cells[::-1], return_index=True)[1]
        values.flat[cells[newest]] = rows[newest, 2]
        return cls(people, columns, values)

    @classmethod
    def sorted(cls, participants: Ids, statements: Ids, values: Answers) -> Self:
        """Build the matrix from rows and columns in any order, each identifier once."""
        rows, columns = np.argsort(participants), np.argsort(statements)
        ordered = np.ascontiguousarray(values[rows][:, columns])
        return cls(participants[rows], statements[columns], ordered)

    def without(self, participants: Iterable[int]) -> "Votes":
        """Return the matrix without the rows of these participants."""
        others = ~np.isin(self.participants, list(participants))
        return Votes(self.participants[others], self.statements, self.values[others])

    @property
    def answered(self) -> Counts:
        """Count the answers of each participant; a pass counts. Shape (people,)."""
        answered: Counts = np.count_nonzero(self.values != UNSEEN, axis=1)
        return answered

    @cached_property
    def everyone(self) -> Counts:
        """Return ``counts`` of all participants."""
        return self.counts()

    def counts(self, rows: npt.NDArray[np.bool_] | None = None) -> Counts:
        """Count agree, disagree and pass per statement, of everyone or of the marked rows.

        Shape (3, statements), the answers in that order.
        """
        part = self.values if rows is None else self.values[rows]
        return np.array(
            [np.count_nonzero(part == answer, axis=0) for answer in (AGREE, DISAGREE, PASS)]
        )

    def tallies_by(self, names: Mapping[int, str]) -> dict[int, dict[str, Tally]]:
        """Tally each statement per name: participants have the name in ``names``, or "other".

        Every name that somebody has is there for every statement, and so is "other".
        """
        name_of_each = np.array(
            [names.get(person, OTHER) for person in self.participants.tolist()], dtype=object
        )
        counts = {
            name: self.counts(name_of_each == name) for name in sorted({*names.values(), OTHER})
        }
        return {
            statement: {name: Tally(*count[:, place].tolist()) for name, count in counts.items()}
            for place, statement in enumerate(self.statements.tolist())
        }

    def digest(self) -> str:
        """Return the SHA-256 of identifiers and answers, the same on every machine."""
        parts = (
            self.participants.astype("<i8"),
            self.statements.astype("<i8"),
            self.values.astype("<i1"),
        )
        state = hashlib.sha256(f"votes 1 {self.values.shape}".encode())
        for part in parts:
            state.update(np.ascontiguousarray(part).tobytes())
        return state.hexdigest()
