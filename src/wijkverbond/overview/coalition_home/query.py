"""The one question about a coalition's front page."""

import datetime as dt
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from wijkverbond.actions.models import FacilitationRequest, Judgement
from wijkverbond.actions.queries import pledges
from wijkverbond.breakthroughs import queries as breakthroughs
from wijkverbond.breakthroughs.models import Confirmation
from wijkverbond.coalition.models import Coalition, Kind
from wijkverbond.commitments.models import Covenant, Pledge, YearlyCheck
from wijkverbond.decisions.models import Decision
from wijkverbond.overview import stages
from wijkverbond.overview.coalition_home.facts import CoalitionRow
from wijkverbond.overview.stages import StageCounts
from wijkverbond.urgency.models import (
    Answer,
    Conversation,
    Participant,
    Reading,
    SharedUrgency,
    Statement,
)

CARDS = 2
SEVERAL = 3


def ask(coalition: Coalition, now: dt.datetime) -> tuple[StageCounts, CoalitionRow]:
    """How far the coalition is, and what its front page shows at this moment."""
    coalitions = stages.with_counts(Coalition.objects.filter(id=coalition.id), now)
    annotated = coalitions.annotate(
        conversation=Subquery(_conversation(now)),
        covenant=Subquery(_covenant()),
        statements=Subquery(_last_reading().values("result__statements")[:1]),
        hidden=ArraySubquery(_hidden()),
        urgencies=ArraySubquery(_urgencies()),
        breakthrough=Subquery(_breakthrough()),
        pledge_facts=ArraySubquery(_pledges()),
        decisions_open=ArraySubquery(_decisions()),
        requests_open=ArraySubquery(_requests()),
        overlap=ArraySubquery(_overlap()),
    ).get()
    facts: CoalitionRow = vars(annotated)  # type: ignore[assignment]  # what was annotated here
    return stages.counts(annotated), facts


def _conversation(now: dt.datetime) -> QuerySet[Any]:
    # Government is in no sum, this one included.
    answered = Participant.objects.filter(
        Exists(Answer.objects.filter(participant=OuterRef("id"))), conversation=OuterRef("id")
    ).exclude(kind=Kind.GOVERNMENT)
    published = Statement.objects.published().filter(conversation=OuterRef("id"))
    return (
        Conversation.objects.open_at(now)
        .filter(coalition=OuterRef("id"))
        .order_by("-opens_at")
        .values_list(
            JSONObject(
                id="id",
                question="question",
                closes_at="closes_at",
                people=_count(answered, "conversation"),
                statements=_count(published, "conversation"),
            )
        )[:1]
    )


def _covenant() -> QuerySet[Any]:
    checks = YearlyCheck.objects.filter(covenant=OuterRef("id")).order_by("due").values("due")
    return (
        Covenant.objects.running()
        .filter(coalition=OuterRef("id"))
        .order_by("state", "-number")
        .values_list(
            JSONObject(
                id="id",
                title="title",
                state="state",
                starts="starts",
                ends="ends",
                without="without",
                checks=ArraySubquery(checks),
            )
        )[:1]
    )


def _last_reading() -> QuerySet[Reading]:
    readings = Reading.objects.filter(conversation__coalition=OuterRef("id"))
    return readings.order_by(F("conversation__closed_at").desc(nulls_last=True), "-at")


def _hidden() -> QuerySet[Any]:
    """A reading keeps its statements; those that were hidden since are shown no more."""
    hidden = Statement.objects.hidden().filter(conversation__coalition=OuterRef("id"))
    return hidden.order_by("id").values("id")


def _urgencies() -> QuerySet[Any]:
    through = SharedUrgency.statements.through.objects
    resting = through.filter(sharedurgency=OuterRef("id")).order_by("id").values("statement_id")
    adopted = SharedUrgency.objects.adopted().filter(coalition=OuterRef("id"))
    return adopted.order_by("-adopted_at").values_list(
        JSONObject(
            id="id",
            text="sentence",
            adopted_at="adopted_at",
            agreement="agreement",
            statements=ArraySubquery(resting),
            figures="reading__result__statements",
        )
    )[:CARDS]


def _breakthrough() -> QuerySet[Any]:
    confirmed = Confirmation.objects.counting().filter(breakthrough=OuterRef("id"))
    name = JSONObject(name="party__organisation__name", kind="party__organisation__kind")
    established = breakthroughs.established().filter(coalition=OuterRef("id"))
    return established.order_by("-happened_on", "-established_at").values_list(
        JSONObject(
            id="id",
            title="title",
            before="before",
            after="after",
            happened_on="happened_on",
            confirmed=ArraySubquery(confirmed.order_by("at").values_list(name)),
        )
    )[:1]


def _pledges() -> QuerySet[Any]:
    judged = Judgement.objects.counting().filter(
        check_in__pledge=OuterRef("id"), check_in__reported_at=OuterRef("reported_at")
    )
    standing_pledges = Pledge.objects.standing().filter(coalition=OuterRef("id"))
    reported = pledges.with_last_report(standing_pledges).annotate(
        judged=ArraySubquery(judged.values("verdict"))
    )
    return reported.order_by(F("reported_at").desc(nulls_last=True), "written_at").values_list(
        JSONObject(
            id="id",
            what="what",
            party="party__organisation__name",
            kind="party__organisation__kind",
            paid="party__organisation__paid",
            ends="ends",
            dues="due",
            reported="reported_at",
            about="report_is_about",
            said="reported",
            judged="judged",
        )
    )[: SEVERAL * 4]


def _decisions() -> QuerySet[Any]:
    open_now = Decision.objects.open().filter(coalition=OuterRef("id"))
    decision = JSONObject(id="id", title="title", closes_at="closes_at")
    return open_now.order_by("closes_at").values_list(decision)[:SEVERAL]


def _requests() -> QuerySet[Any]:
    waiting = FacilitationRequest.objects.waiting().filter(coalition=OuterRef("id"))
    request = JSONObject(id="id", title="title", due="due")
    return waiting.order_by("due").values_list(request)[: SEVERAL * 2]


def _overlap() -> QuerySet[Any]:
    overlapping = Coalition.objects.filter(place_codes__overlap=OuterRef("place_codes"))
    others = overlapping.not_taken_off().exclude(id=OuterRef("id"))
    return others.order_by("name").values_list(JSONObject(slug="slug", name="name"))[: SEVERAL * 2]


def _count(records: QuerySet[Any], owner: str) -> Subquery:
    counts = records.order_by().values(owner).annotate(number=Count("id")).values("number")
    return Subquery(counts, output_field=IntegerField())
