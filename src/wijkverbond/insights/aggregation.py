"""Turning the views of people into what may be published of them."""

import dataclasses

from django.db.models import Count, Q

from wijkverbond.analysis.digest import rounded
from wijkverbond.analysis.opinions import disclosure
from wijkverbond.analysis.opinions.disclosure import Heard
from wijkverbond.analysis.opinions.publication_json import (
    PublicationJson,
    kept_from_json,
    kept_to_json,
)
from wijkverbond.analysis.opinions.votes import Tally
from wijkverbond.analysis.vitality.thresholds import DEFAULTS
from wijkverbond.insights.models import Insight, RoughRecognition, Uncounted, View

FEWEST_PEOPLE = DEFAULTS.settings["insight.people"]
LOWER_BOUND = DEFAULTS.settings["insight.lower_bound"]


@dataclasses.dataclass(frozen=True)
class Recognition:
    """What may be shown: of some kinds [who recognise it, who do not], of others what `uncounted` says.

    `kept` is what the next publication needs to stay safe.
    """

    kinds: dict[str, list[int]]
    uncounted: Uncounted
    kept: PublicationJson


def count(insight: Insight, kept: PublicationJson | None) -> Recognition:
    """Count who recognises an insight, given what was kept of the publication before."""
    views_per_kind = (
        insight.by_people.values_list("kind")
        .annotate(
            recognise=Count("id", filter=Q(view=View.RECOGNISES)),
            differ=Count("id", filter=Q(view=View.DIFFERS)),
        )
        .order_by()
    )
    tallies = {kind: Tally(recognise, differ, 0) for kind, recognise, differ in views_per_kind}
    published = disclosure.publish(kept_from_json(kept), tallies, with_counts=True)
    roughly: dict[str, RoughRecognition] = {
        kind: {
            "lower": rounded(figures.interval.lower),
            "upper": rounded(figures.interval.upper),
            "recognises": published.tallies[kind].agree >= FEWEST_PEOPLE
            and figures.interval.lower >= LOWER_BOUND,
        }
        for kind, figures in published.figures.items()
        if figures.counts is None
    }
    return Recognition(
        {kind: [tally.agree, tally.disagree] for kind, tally in published.counted.items()},
        {"roughly": roughly, "heard_not_shown": published.that_are(Heard.HEARD_NOT_SHOWN)},
        kept_to_json(published.kept),
    )
