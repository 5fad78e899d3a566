"""Publications to and from JSON, as they are kept between one counting and the next.

The form is stored: whoever counts in years to come reads what is kept today.
"""

from collections.abc import Mapping
from typing import TypedDict

from wijkverbond.analysis.opinions.disclosure import Publication
from wijkverbond.analysis.opinions.votes import Tally

TalliesJson = dict[str, list[int]]


class PublicationJson(TypedDict):
    """A publication: per kind [agree, disagree, pass] shown and held, the steps, the past sizes."""

    shown: TalliesJson
    held: TalliesJson
    steps: dict[str, list[int]]
    past: list[dict[str, int]]


def tallies_to_json(tallies: Mapping[str, Tally]) -> TalliesJson:
    """Tallies per kind as [agree, disagree, pass]."""
    return {kind: [tally.agree, tally.disagree, tally.passed] for kind, tally in tallies.items()}


def tallies_from_json(tallies: Mapping[str, list[int]] | None) -> dict[str, Tally]:
    """Tallies per kind; none where nothing was kept yet."""
    return {kind: Tally(*numbers) for kind, numbers in (tallies or {}).items()}


def publication_to_json(publication: Publication) -> PublicationJson:
    """Everything that the next publication of the same item needs to be safe."""
    return {
        "shown": tallies_to_json(publication.shown),
        "held": tallies_to_json(publication.held),
        "steps": {kind: list(steps) for kind, steps in publication.steps.items()},
        "past": [dict(sizes) for sizes in publication.past],
    }


def publication_from_json(publication: PublicationJson | None) -> Publication | None:
    """The publication that was kept; None where there was none yet."""
    if not publication:
        return None
    return Publication(
        shown=tallies_from_json(publication["shown"]),
        held=tallies_from_json(publication["held"]),
        steps={kind: tuple(steps) for kind, steps in publication["steps"].items()},
        past=tuple(publication["past"]),
    )
