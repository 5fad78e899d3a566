"""Turning the views of people into what may be published of them."""

from django.db.models import Count, Q

from wijkverbond.analysis.opinions import disclosure
from wijkverbond.analysis.opinions.publication_json import (
    PublicationJson,
    publication_from_json,
    publication_to_json,
)
from wijkverbond.analysis.opinions.votes import Tally
from wijkverbond.insights.models import Insight, View


def count(
    insight: Insight, earlier_publication: PublicationJson | None
) -> tuple[dict[str, list[int]], PublicationJson]:
    """What may be shown (kind → who recognise it, who do not), and what is kept for next time.

    `kept` is that of the publication before, empty at first.
    """
    views_per_kind = (
        insight.by_people.values_list("kind")
        .annotate(
            recognise=Count("id", filter=Q(view=View.RECOGNISES)),
            differ=Count("id", filter=Q(view=View.DIFFERS)),
        )
        .order_by()
    )
    tallies = {kind: Tally(recognise, differ, 0) for kind, recognise, differ in views_per_kind}
    published = disclosure.publish(publication_from_json(earlier_publication), tallies)
    shown_tallies = {kind: [tally.agree, tally.disagree] for kind, tally in published.shown.items()}
    return shown_tallies, publication_to_json(published)
