"""From a vote matrix to positions and groups: components, k-means, silhouettes, lasting names.

After Small, Bjorkegren, Erkkilä, Shaw, Megill (2021), "Polis: Scaling Deliberation by Mapping High
Dimensional Opinion Spaces". Everything is deterministic: fixed signs, fixed starting centres, ties
by identifier, so that the same answers give the same groups in any order and any process.
"""

import itertools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Final

import numpy as np
import numpy.typing as npt

from wijkverbond.analysis.opinions.votes import UNSEEN, Floats, Votes

COMPONENTS: Final = 2
MOST_GROUPS: Final = 5
ROUNDS: Final = 300
STANDSTILL: Final = 1e-4
COMPARISONS: Final = 1 << 27
POSITION_DECIMALS: Final = 9

Labels = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

_ROWS_AT_ONCE = 4096
_TILE = (64, 1024)


@dataclass(frozen=True, eq=False)
class Grouping:
    """The group of each point (0…k−1; shape (points,)), how many, and how well they stand apart.

    ``silhouette`` is the mean over the points, from −1 to 1; ``None`` when k is below 2.
    """

    labels: Labels
    k: int
    silhouette: float | None


def positions(votes: Votes, zeroed: Flags) -> Floats:
    """Return everyone's place in the plane of the two principal components; shape (people, 2).

    A missing answer counts as the statement's mean. ``zeroed`` marks the statements (shape
    (statements,)) that count as a column of passes for everyone, as Polis does with what was
    moderated out. A position is stretched by √(statements / statements answered), so that someone
    who answered little does not fall in the middle for that reason; statements that nobody saw do
    not count. The components are those of the
    statements' covariance over all participants, as in Polis' engine; each has the sign that makes
    its largest loading (first statement among equals) positive.
    """
    moderated_in = votes.values[:, ~zeroed]
    agree, disagree, passed = votes.everyone[:, ~zeroed]
    means = (agree - disagree) / np.maximum(1, agree + disagree + passed)
    voted_on = votes.everyone.any(axis=0)
    blocks = range(0, len(moderated_in), _ROWS_AT_ONCE)
    covariance = np.zeros((len(means), len(means)))
    for start in blocks:
        centred = _centred(moderated_in[start : start + _ROWS_AT_ONCE], means)
        covariance += centred.T @ centred
    axes = _principal_axes(covariance)
    plane = np.concatenate(
        [np.zeros((0, COMPONENTS))]
        + [_centred(moderated_in[start : start + _ROWS_AT_ONCE], means) @ axes for start in blocks]
    )
    answered = np.count_nonzero(moderated_in != UNSEEN, axis=1) + np.count_nonzero(
        zeroed & voted_on
    )
    stretch = np.sqrt(np.count_nonzero(voted_on) / np.maximum(1, answered))
    points: Floats = np.round(plane * stretch[:, None], POSITION_DECIMALS) + 0.0
    return points


def _centred(values: npt.NDArray[np.int8], means: Floats) -> Floats:
    return np.where(values == UNSEEN, 0.0, values - means)


def _principal_axes(covariance: Floats) -> Floats:
    """Return the two axes with most variance as columns; an axis without variance is zero."""
    axes = np.zeros((len(covariance), COMPONENTS))
    if not covariance.any():
        return axes
    variances, vectors = np.linalg.eigh(covariance)
    for place in range(min(COMPONENTS, len(covariance))):
        if variances[-1 - place] > 1e-12 * variances[-1]:
            axis = vectors[:, -1 - place]
            heaviest = np.argmax(np.round(np.abs(axis), POSITION_DECIMALS))
            axes[:, place] = axis * np.sign(axis[heaviest])
    return axes


def grouped(points: Floats) -> Grouping:
    """Divide points (shape (points, 2)) into the 2…5 groups that stand apart best.

    For each number of groups k-means starts at the k leftmost different points, as Polis' method is
    usually computed, so that readings can be compared. When that start got stuck (points farthest
    apart as a start give less than a third of its spread) the other is taken. The mean silhouette chooses
    k, the smallest among equals. Points that are all the same, or just two, are one group,
    and no points are none.
    """
    different = np.unique(points, axis=0)
    most = max(0, min(MOST_GROUPS, len(different), len(points) - 1))
    apart = _farthest_apart(different, most)
    divisions = [
        _tighter(points, _k_means(points, different[:k]), _k_means(points, apart[:k]))
        for k in range(2, most + 1)
    ]
    if not divisions:
        return Grouping(np.zeros(len(points), dtype=np.intp), min(1, len(points)), None)
    scores = np.round(silhouettes(points, divisions), POSITION_DECIMALS)
    best = int(np.argmax(scores))
    _, labels = np.unique(divisions[best], return_inverse=True)
    return Grouping(labels, int(labels.max()) + 1, float(scores[best]))


def _farthest_apart(points: Floats, most: int) -> Floats:
    """Return the first point, the farthest from it, the farthest from both, and so on."""
    chosen = [0] if most else []
    distances = np.full(len(points), np.inf)
    while len(chosen) < most:
        distances = np.minimum(distances, ((points - points[chosen[-1]]) ** 2).sum(axis=1))
        chosen.append(int(np.argmax(distances)))
    return points[chosen]


def _tighter(points: Floats, usual: Labels, other: Labels) -> Labels:
    return other if _spread(points, other) < _spread(points, usual) / 3 else usual


def _spread(points: Floats, labels: Labels) -> float:
    """Return the summed squared distances to the middle of one's group."""
    sizes = np.bincount(labels)
    middles = [np.bincount(labels, weights=axis) / sizes for axis in points.T]
    return float(
        sum(
            ((axis - middle[labels]) ** 2).sum()
            for axis, middle in zip(points.T, middles, strict=True)
        )
    )


def _k_means(points: Floats, centres: Floats) -> Labels:
    """Move the centres until nobody changes group, or they hardly move any more."""
    labels = np.full(len(points), -1)
    hardly = STANDSTILL * points.var(axis=0).mean()
    for _ in range(ROUNDS):
        nearest = _nearest(points, centres)
        if np.array_equal(nearest, labels):
            break
        labels, before = nearest, centres
        sizes = np.bincount(labels, minlength=len(centres))
        centres = np.column_stack(
            [np.bincount(labels, weights=axis, minlength=len(centres)) / sizes for axis in points.T]
        )
        if ((centres - before) ** 2).sum() <= hardly:
            return _nearest(points, centres)
    return labels


def _nearest(points: Floats, centres: Floats) -> Labels:
    """Return the nearest centre of each point; a centre without anyone gets the farthest point."""
    across, along = (points[:, [axis]] - centres[:, axis] for axis in range(COMPONENTS))
    distances = across * across + along * along
    labels: Labels = np.argmin(distances, axis=1)
    for empty in np.flatnonzero(np.bincount(labels, minlength=len(centres)) == 0):
        own = distances[np.arange(len(labels)), labels]
        own[np.bincount(labels)[labels] == 1] = -1.0
        labels[np.argmax(own)] = empty
    return labels


def silhouettes(points: Floats, divisions: list[Labels]) -> Floats:
    """Return the mean silhouette (−1…1) of each division of the same points.

    With more than about 11,000 points (``COMPARISONS`` pairs) the mean is over fewer, evenly spaced
    in the order given, each compared with everyone. Someone alone in a group counts as 0.
    """
    compared = min(len(points), max(1, COMPARISONS // len(points)))
    chosen = np.arange(compared) * len(points) // compared
    members = [np.eye(labels.max() + 1)[labels] for labels in divisions]
    ends = np.cumsum([flags.shape[1] for flags in members])[:-1]
    sums = _summed_distances(points, chosen, np.hstack(members))
    return np.array(
        [
            _silhouette(part, labels[chosen], np.bincount(labels))
            for part, labels in zip(np.split(sums, ends, axis=1), divisions, strict=True)
        ]
    )


def _summed_distances(points: Floats, chosen: Labels, members: Floats) -> Floats:
    """Return for each chosen point the sum of its distances to the members of each group."""
    across, along = np.ascontiguousarray(points.T)
    sums = np.zeros((len(chosen), members.shape[1]))
    height, width = _TILE
    for top in range(0, len(chosen), height):
        rows = chosen[top : top + height, None]
        for left in range(0, len(points), width):
            columns = slice(left, left + width)
            distances = np.subtract(across[rows], across[columns])
            other = np.subtract(along[rows], along[columns])
            np.multiply(distances, distances, out=distances)
            np.multiply(other, other, out=other)
            np.add(distances, other, out=distances)
            np.sqrt(distances, out=distances)
            sums[top : top + height] += distances @ members[columns]
    return sums


def _silhouette(sums: Floats, labels: Labels, sizes: npt.NDArray[np.int64]) -> float:
    each = np.arange(len(labels))
    others_in_own = sizes[labels] - 1
    own = sums[each, labels] / np.maximum(1, others_in_own)
    nearest = sums / sizes
    nearest[each, labels] = np.inf
    other = nearest.min(axis=1)
    widest = np.maximum(own, other)
    apart = np.divide(other - own, widest, out=np.zeros_like(own), where=widest > 0)
    return float(np.mean(np.where(others_in_own > 0, apart, 0.0)))


def named(
    groups: Sequence[Collection[int]], previous: Mapping[str, Collection[int]] | None = None
) -> list[str]:
    """Return a letter for each group, keeping the letters of a previous reading where people agree.

    The letters are given so that as many people as possible keep theirs; among equal ways the one
    that keeps fewest. A group that shares nobody with a previous one gets a letter
    that was not in use. Without a previous reading the letters follow the order given.
    """
    before = {name: set(members) for name, members in sorted((previous or {}).items())}
    shared = [[len(old.intersection(new)) for old in before.values()] for new in groups]
    places = list(range(len(before))) + [-1] * len(groups)
    ways = sorted(set(itertools.permutations(places, len(groups))))
    best_match = max(
        ways, key=lambda way: sum(shared[new][old] for new, old in enumerate(way) if old >= 0)
    )
    letters = iter(letter for letter in ascii_uppercase if letter not in before)
    names = list(before)
    return [names[old] if old >= 0 else next(letters) for old in best_match]
