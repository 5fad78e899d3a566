"""Answers that may be one person's: by people who answered exactly alike, or who came all at once.

Neither proves anything: neighbours who talked with each other answer alike, and a hall comes at once.
Partners who look into it see how many there are. The two are never laid side by side: when somebody
came, and what they answered, together lead to them.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

FEWEST_PEOPLE: Final = 20
FEWEST_STATEMENTS: Final = 5
STRETCH: Final = dt.timedelta(minutes=10)


def alike(patterns: Mapping[int, str]) -> list[list[int]]:
    """Return the people who gave the same answers to the same statements, at least twenty each.

    ``patterns`` stand for all that each person answered; who answered fewer than five statements is
    like anybody, and not among them.
    """
    people_by_pattern = defaultdict(list)
    for person, pattern in patterns.items():
        people_by_pattern[pattern].append(person)
    return _large(people_by_pattern.values())


def at_once(beginnings: Mapping[int, dt.datetime]) -> list[list[int]]:
    """Return the people who began in one stretch in which, every ten minutes, twenty people did."""
    people_by_stretch = defaultdict(list)
    for person, moment in beginnings.items():
        people_by_stretch[int(moment.timestamp() // STRETCH.total_seconds())].append(person)
    busy = sorted(
        stretch for stretch, people in people_by_stretch.items() if len(people) >= FEWEST_PEOPLE
    )
    bursts: dict[int, list[int]] = defaultdict(list)
    for place, stretch in enumerate(busy):
        bursts[stretch - place] += people_by_stretch[stretch]  # the same for one run of stretches
    return _large(bursts.values())


def _large(clusters: Iterable[list[int]]) -> list[list[int]]:
    large = [sorted(people) for people in clusters if len(people) >= FEWEST_PEOPLE]
    return sorted(large, key=lambda people: (-len(people), people))
