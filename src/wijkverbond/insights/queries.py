"""What pages and tasks need to know about signals and insights."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from wijkverbond.coalition.models import Coalition
from wijkverbond.insights.models import (
    ANSWER_WITHIN,
    Insight,
    PartyRecognition,
    PersonalRecognition,
    Signal,
    Source,
)
from wijkverbond.places import queries as places
from wijkverbond.places.models import Place


def current(coalition: Coalition) -> QuerySet[Insight]:
    """The insights that stand, newest first, with what their cards show."""
    return _with_all(coalition.insights.standing())


def every_insight(coalition: Coalition) -> QuerySet[Insight]:
    """Every insight, also those taken back, with what their pages show."""
    return _with_all(coalition.insights.all())


def _with_all(insights: QuerySet[Insight]) -> QuerySet[Insight]:
    sources = Source.objects.filter(revision=F("insight__revision")).select_related("signal")
    views = PartyRecognition.objects.select_related("party__organisation").order_by("at")
    return insights.select_related("author__organisation", "counted").prefetch_related(
        Prefetch("sources", sources), Prefetch("by_parties", views)
    )


def to_count() -> Iterable[Insight]:
    """The insights that stand and of which somebody gave a view."""
    viewed = PersonalRecognition.objects.filter(insight=OuterRef("id"))
    return Insight.objects.standing().filter(Exists(viewed)).iterator()


def published(coalition: Coalition) -> QuerySet[Signal]:
    """The signals that everyone sees, newest first."""
    return coalition.signals.published().select_related("answered_by__organisation")


def refused(coalition: Coalition) -> QuerySet[Signal]:
    """The signals that were not published; their text is not shown."""
    return coalition.signals.filter(state=Signal.State.REFUSED)


def to_read(coalition: Coalition) -> QuerySet[Signal]:
    """The signals that nobody has read yet, oldest first."""
    return coalition.signals.waiting().order_by("given_at", "id")


def waits_longer(coalition: Coalition, now: dt.datetime) -> QuerySet[Signal]:
    """What waits longer than 30 days, to be read or to be answered; oldest first."""
    late = coalition.signals.without_outcome().filter(given_at__lt=now - ANSWER_WITHIN)
    return late.order_by("given_at", "id")


def numbers(coalition: Coalition, now: dt.datetime) -> tuple[int, int]:
    """How many insights stand and how many signals wait too long, in one question."""
    published = _many(coalition.insights.standing())
    late = _many(waits_longer(coalition, now))
    insights, waiting = Coalition.objects.filter(id=coalition.id).values_list(published, late).get()
    return insights, waiting


def _many(records: QuerySet[Any]) -> Coalesce:
    counts = records.order_by().values("coalition").annotate(number=Count("id"))
    return Coalesce(Subquery(counts.values("number")), 0)


def buurten(coalition: Coalition) -> list[Place]:
    """The neighbourhoods of the coalition's area, with their boundaries."""
    area = places.buurten_of(coalition.place_codes, coalition.place_year)
    return list(area.select_related("boundary").order_by("name", "code"))
