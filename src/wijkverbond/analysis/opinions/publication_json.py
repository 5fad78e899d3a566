"""What is kept of publications to and from JSON, between one counting and the next.

The form is stored: whoever counts in years to come reads what is kept today.
"""

from collections.abc import Mapping
from typing import NotRequired, TypedDict, final

from wijkverbond.analysis.kinds import GOVERNMENT
from wijkverbond.analysis.opinions.disclosure import Kept, Steps
from wijkverbond.analysis.opinions.votes import Tally

TalliesJson = dict[str, list[int]]


class StepsJson(TypedDict):
    """Steps: per kind [agree, disagree, pass] at the last one, the numbers, the past sizes."""

    shown: TalliesJson
    steps: dict[str, list[int]]
    past: list[dict[str, int]]


@final
class FirstForm(StepsJson):
    """What the first form kept: counts were shown at every step, and government was in the sums."""

    held: NotRequired[TalliesJson]


@final
class SecondForm(TypedDict):
    """What is kept of a publication: the steps of its intervals and those of its counts."""

    intervals: StepsJson
    counts: StepsJson


PublicationJson = FirstForm | SecondForm


def tallies_to_json(tallies: Mapping[str, Tally]) -> TalliesJson:
    """Tallies per kind as [agree, disagree, pass]."""
    return {kind: [tally.agree, tally.disagree, tally.passed] for kind, tally in tallies.items()}


def tallies_from_json(tallies: Mapping[str, list[int]] | None) -> dict[str, Tally]:
    """Tallies per kind; none where nothing was kept yet."""
    return {kind: Tally(*numbers) for kind, numbers in (tallies or {}).items()}


def kept_to_json(kept: Kept) -> SecondForm:
    """Everything that the next publication of the same item needs to be safe."""
    return {"intervals": _steps_to_json(kept.intervals), "counts": _steps_to_json(kept.counts)}


def kept_from_json(kept: PublicationJson | None) -> Kept:
    """What was kept, in either form; nothing before the first time."""
    if not kept:
        return Kept()
    if "steps" in kept:
        steps = _steps_from_json(kept)
        return Kept(steps, steps)
    return Kept(_steps_from_json(kept["intervals"]), _steps_from_json(kept["counts"]))


def _steps_to_json(steps: Steps) -> StepsJson:
    return {
        "shown": tallies_to_json(steps.shown),
        "steps": {kind: list(numbers) for kind, numbers in steps.steps.items()},
        "past": [dict(sizes) for sizes in steps.past],
    }


def _steps_from_json(steps: StepsJson) -> Steps:
    return Steps(
        shown=tallies_from_json(steps["shown"]),
        steps={kind: tuple(numbers) for kind, numbers in steps["steps"].items()},
        past=tuple(
            {kind: size for kind, size in sizes.items() if kind != GOVERNMENT}
            for sizes in steps["past"]
        ),
    )
