"""What pages and other capabilities need to know about vision, goals and benefits."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterable
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from wijkverbond.coalition.models import Coalition, Party
from wijkverbond.kernel.models import Entry
from wijkverbond.vision.models import Amendment, Benefit, Goal, GoalQuerySet, VisionVersion

MEASURED = ("results.measurement_recorded", "results.measurement_corrected")


def versions(coalition: Coalition, today: dt.date) -> QuerySet[VisionVersion]:
    """Every version, the newest first, with its author and how many changes wait for an answer.

    `late` are the changes that wait longer than they may, oldest first.
    """
    waiting = Count("amendments", filter=Q(amendments__in=Amendment.objects.waiting()))
    late = (
        Amendment.objects.waiting()
        .filter(version=OuterRef("id"), answer_by__lt=today)
        .order_by("proposed_at", "id")
        .values_list(JSONObject(change="change", party="party__organisation__name"))
    )
    versions = coalition.vision_versions.select_related("author__organisation")
    return versions.annotate(waiting=waiting, late=ArraySubquery(late)).order_by("-number")


def goals(coalition: Coalition) -> GoalQuerySet:
    """Every goal with its owner and urgency, in the order in which they were set."""
    return coalition.goals.select_related("owner__organisation", "urgency")


def benefits(goals: Iterable[Goal]) -> list[Benefit]:
    """What stands as benefit for these goals."""
    benefits = Benefit.objects.standing().filter(goal__in=list(goals))
    return list(benefits.select_related("goal", "party__organisation", "stated_by__organisation"))


def owners(coalition: Coalition, benefits: Iterable[Benefit]) -> list[Party]:
    """The parties of the matrix: those present, and those that left and still stand in it."""
    stated = {benefit.party_id for benefit in benefits}
    parties = coalition.parties.present() | coalition.parties.filter(id__in=stated)
    return list(parties.select_related("organisation").order_by("joined_at", "id"))


@dataclasses.dataclass(frozen=True)
class Measured:
    """The newest value that was measured for a goal, and the day of it."""

    value: Decimal
    on: dt.date


def measured(coalition: Coalition) -> dict[uuid.UUID, Measured]:
    """The newest measurement of each goal, read from the journal; a corrected one is left out."""
    recorded = Entry.objects.filter(stream=coalition.id, event__in=MEASURED).order_by("seq")
    facts = list(recorded.values_list("facts", flat=True))
    replaced = {fact.get("replaces") for fact in facts}
    by_goal: dict[uuid.UUID, Measured] = {}
    for fact in facts:
        if fact["goal"] is None or fact["measurement"] in replaced:
            continue
        goal, on = uuid.UUID(fact["goal"]), dt.date.fromisoformat(fact["measured_on"])
        if goal not in by_goal or on >= by_goal[goal].on:
            by_goal[goal] = Measured(Decimal(fact["value"]), on)
    return by_goal
