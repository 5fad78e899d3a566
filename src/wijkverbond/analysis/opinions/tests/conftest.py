"""Small cases derived from real conversations; their sources stand in the files."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from wijkverbond.analysis.opinions.votes import UNSEEN, Votes

DATA = Path(__file__).parent / "data"
LETTERS = {"a": 1, "d": -1, "p": 0, ".": UNSEEN}


@dataclass(frozen=True)
class RealCase:
    """Votes with the groups that another program found in them."""

    votes: Votes
    groups: frozenset[frozenset[int]]


@pytest.fixture(scope="session")
def brexit() -> RealCase:
    """Return 204 people and 50 statements, with three groups found by red-dwarf."""
    text = (DATA / "brexit-consensus.txt").read_text(encoding="utf-8")
    lines = [line.split() for line in text.splitlines() if not line.startswith("#")]
    values = np.array([[LETTERS[letter] for letter in row[2]] for row in lines], dtype=np.int8)
    people = np.array([int(row[0]) for row in lines], dtype=np.int64)
    groups: dict[str, set[int]] = {}
    for person, group, _ in lines:
        groups.setdefault(group, set()).add(int(person))
    groups.pop("-")
    return RealCase(
        Votes(people, np.arange(values.shape[1], dtype=np.int64), values),
        frozenset(frozenset(group) for group in groups.values()),
    )


@pytest.fixture(scope="session")
def uber() -> dict[int, list[tuple[int, int]]]:
    """Return per statement (agreeing, answers) of two opinion groups in Taiwan."""
    text = (DATA / "vtaiwan-uberx-groups.csv").read_text(encoding="utf-8")
    rows = [line.split(",") for line in text.splitlines() if line[0].isdigit()]
    return {int(row[0]): [(int(row[1]), int(row[2])), (int(row[3]), int(row[4]))] for row in rows}
