"""S6 and S7: opinion readings (quality.md: 2,000 × 200 in 0.2 s; 33,422 × 783 in 4 s and 700 MB).

`./wijkverbond bench opinions`. The comparison is the bare method with the same number of distances
in its silhouettes, and nothing around it: scikit-learn where it is installed, otherwise numpy.
Seconds are of processor time, so that a busy machine does not change the ratio. With
OPINION_EXPORTS set to a folder of exports in Polis' form, each is read as well, compared with the
published groups (adjusted Rand index) and, where red-dwarf is installed, with its time and groups.
"""

import csv
import importlib
import importlib.util
import os
import resource
import statistics
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from wijkverbond.analysis.opinions.clusters import COMPARISONS, Labels, silhouettes
from wijkverbond.analysis.opinions.polis import MATRIX, read_export
from wijkverbond.analysis.opinions.reading import read
from wijkverbond.analysis.opinions.votes import UNSEEN, Floats, Votes

ROUNDS = 5
SIZES = ((2_000, 200, 60_000), (33_422, 783, 1_900_000))


def conversation(people: int, statements: int, answers: int) -> Votes:
    """Return a conversation of three groups; most people answer little, a few nearly all."""
    draw = np.random.default_rng(1)
    activity = draw.lognormal(0, 1.1, people)
    chance = np.minimum(1, activity * answers / activity.sum() / statements)
    group, leaning = draw.integers(0, 3, people), draw.normal(0, 1, (3, statements))
    values = np.full((people, statements), UNSEEN, dtype=np.int8)
    for person in range(people):
        answers_now = draw.random(statements) < chance[person]
        opinion = leaning[group[person]] + draw.normal(0, 1, statements)
        values[person, answers_now] = np.where(np.abs(opinion) < 0.35, 0, np.sign(opinion))[
            answers_now
        ]
    return Votes(np.arange(people), np.arange(statements), values)


def bare(votes: Votes) -> None:
    """Do what the method needs at least: fill, project, divide for k = 2…5, compare silhouettes."""
    voted = votes.values != UNSEEN
    means = np.where(voted, votes.values, 0).sum(axis=0) / np.maximum(1, voted.sum(axis=0))
    centred = np.where(voted, votes.values - means, 0.0)
    axes = np.linalg.eigh(centred.T @ centred)[1][:, -2:]
    answered = voted.sum(axis=1)
    stretch = np.sqrt(len(means) / np.maximum(1, answered))
    points = (centred @ axes * stretch[:, None])[answered >= 7]
    if importlib.util.find_spec("sklearn"):
        _with_scikit_learn(points)
    else:
        silhouettes(points, [_divided(points, k) for k in range(2, 6)])


def _with_scikit_learn(points: Floats) -> None:
    cluster = importlib.import_module("sklearn.cluster")
    metrics = importlib.import_module("sklearn.metrics")
    compared = min(len(points), int(np.sqrt(COMPARISONS)))
    for k in range(2, 6):
        labels = cluster.KMeans(k, n_init=1, random_state=1).fit_predict(points)
        metrics.silhouette_score(points, labels, sample_size=compared, random_state=1)


def _divided(points: Floats, k: int) -> Labels:
    centres = points[:k]
    for _ in range(30):
        labels: Labels = ((points[:, None] - centres) ** 2).sum(axis=2).argmin(axis=1)
        centres = np.array([points[labels == label].mean(axis=0) for label in range(k)])
    return labels


def _timed(work: Callable[[Votes], object], size: tuple[int, int, int]) -> tuple[float, float]:
    """Return the median seconds of a work and the megabytes that its process came to hold."""
    votes = conversation(*size)
    seconds = []
    for _ in range(ROUNDS):
        fresh = Votes(votes.participants, votes.statements, votes.values)
        start = time.process_time()
        work(fresh)
        seconds.append(time.process_time() - start)
    return statistics.median(seconds), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print seconds and memory of both sizes, the comparison, and their ratio."""
    for size in SIZES:
        with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as processes:
            ours, memory = processes.submit(_timed, read, size).result()
            floor, _ = processes.submit(_timed, bare, size).result()
        name = f"{size[0]:,} × {size[1]}"
        print(f"opinions {name}: {ours:.3f} s, {memory:.0f} MB")
        print(f"bare method {name}: {floor:.3f} s")
        print(f"ratio {name}: {ours / floor:.2f}")
    if exports := os.environ.get("OPINION_EXPORTS"):
        for folder in sorted(Path(exports).iterdir()):
            if (folder / MATRIX).exists():
                _export(folder)


def _export(folder: Path) -> None:
    export = read_export(folder)
    reading = read(export.votes, moderated_out=export.moderated_out)
    own_groups = {person: group.name for group in reading.groups for person in group.members}
    with (folder / MATRIX).open(encoding="utf-8", errors="replace", newline="") as file:
        rows = [(int(row["participant"]), row["group-id"]) for row in csv.DictReader(file)]
    published = {person: group for person, group in rows if group}
    print(f"{folder.name}: k = {reading.k}, ARI published {_rand(own_groups, published):.4f}")
    if importlib.util.find_spec("reddwarf"):
        _against_red_dwarf(folder.name, own_groups, published, export.votes, export.moderated_out)


def _against_red_dwarf(
    name: str,
    own_groups: Mapping[int, object],
    published: Mapping[int, object],
    votes: Votes,
    moderated_out: frozenset[int],
) -> None:
    pipeline = importlib.import_module("reddwarf.implementations.base").run_pipeline
    rows = [
        {
            "participant_id": int(votes.participants[person]),
            "statement_id": int(votes.statements[statement]),
            "vote": int(votes.values[person, statement]),
            "modified": 0,
        }
        for person, statement in zip(*np.nonzero(votes.values != UNSEEN), strict=True)
    ]
    ours, red_dwarf = [], []
    for _ in range(ROUNDS):
        start = time.process_time()
        read(Votes(votes.participants, votes.statements, votes.values), moderated_out=moderated_out)
        ours.append(time.process_time() - start)
        start = time.process_time()
        result = pipeline(rows, mod_out_statement_ids=sorted(moderated_out), random_state=42)
        red_dwarf.append(time.process_time() - start)
    groups = result.participants_df["cluster_id"].dropna().to_dict()
    print(
        f"{name}: {statistics.median(ours):.3f} s, red-dwarf {statistics.median(red_dwarf):.3f} s"
    )
    print(
        f"{name}: ARI with red-dwarf's groups {_rand(own_groups, groups):.4f}, "
        f"its ARI published {_rand(groups, published):.4f}"
    )
    print(
        f"ratio {name}: {statistics.median(red_dwarf) / statistics.median(ours):.1f} times faster"
    )


def _rand(first: Mapping[int, object], second: Mapping[int, object]) -> float:
    """Return the adjusted Rand index of two divisions of the people that are in both."""
    people = sorted(first.keys() & second.keys())
    if len(people) < 2:
        return float("nan")
    rows, columns = (
        np.unique([str(division[person]) for person in people], return_inverse=True)[1]
        for division in (first, second)
    )
    table = np.zeros((rows.max() + 1, columns.max() + 1))
    np.add.at(table, (rows, columns), 1)
    together, inside, outside = (
        float((sizes * (sizes - 1) / 2).sum()) for sizes in (table, table.sum(1), table.sum(0))
    )
    expected = inside * outside / (len(people) * (len(people) - 1) / 2)
    highest = (inside + outside) / 2
    return 1.0 if highest == expected else (together - expected) / (highest - expected)
