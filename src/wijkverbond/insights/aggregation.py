"""Turning the views of people into what may be published of them."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q

from wijkverbond.analysis.opinions import disclosure
from wijkverbond.analysis.opinions.disclosure import Publication
from wijkverbond.analysis.opinions.votes import Tally
from wijkverbond.insights.models import Insight, View


def count(insight: Insight, kept: Mapping[str, Any]) -> tuple[dict[str, list[int]], dict[str, Any]]:
    """What may be shown (kind → who recognise it, who do not), and what is kept for next time.

    `kept` is that of the publication before, empty at first.
    """
    counted = (
        insight.by_people.values_list("kind")
        .annotate(
            recognise=Count("id", filter=Q(view=View.RECOGNISES)),
            differ=Count("id", filter=Q(view=View.DIFFERS)),
        )
        .order_by()
    )
    tallies = {kind: Tally(yes, no, 0) for kind, yes, no in counted}
    published = disclosure.publish(_read(kept), tallies)
    shown = {kind: [tally.agree, tally.disagree] for kind, tally in published.shown.items()}
    return shown, _write(published)


def _write(publication: Publication) -> dict[str, Any]:
    return {
        "shown": {kind: _numbers(tally) for kind, tally in publication.shown.items()},
        "held": {kind: _numbers(tally) for kind, tally in publication.held.items()},
        "steps": {kind: list(steps) for kind, steps in publication.steps.items()},
        "past": [dict(past) for past in publication.past],
    }


def _read(kept: Mapping[str, Any]) -> Publication | None:
    if not kept:
        return None
    return Publication(
        {kind: Tally(*numbers) for kind, numbers in kept["shown"].items()},
        {kind: Tally(*numbers) for kind, numbers in kept["held"].items()},
        {kind: tuple(steps) for kind, steps in kept["steps"].items()},
        tuple(kept["past"]),
    )


def _numbers(tally: Tally) -> list[int]:
    return [tally.agree, tally.disagree, tally.passed]
