"""What waits for somebody's partners, asked in one question to the database.

Every list is bounded: a page of work is to be finished.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from wijkverbond.actions.models import Action, CheckIn, FacilitationRequest, Judgement, Shortfall
from wijkverbond.breakthroughs.models import Breakthrough, Confirmation
from wijkverbond.coalition.models import Handover, Mandate, Party
from wijkverbond.commitments.models import Covenant, Decline, Pledge, Signature
from wijkverbond.decisions.models import Decision, Objection, Position, State
from wijkverbond.insights.models import Signal
from wijkverbond.kernel.actor import MandateType as MandateSort
from wijkverbond.urgency.models import (
    Endorsement,
    HidingReview,
    HostHiding,
    SharedUrgency,
    Statement,
)
from wijkverbond.vision.models import Amendment, Benefit, Goal

MOST = 10
WHOSE = "party__organisation__name"
JUDGE_WITHIN = dt.timedelta(days=90)
HERE, MINE = OuterRef("coalition"), OuterRef("id")
PARTY, COALITION = OuterRef(OuterRef("id")), OuterRef(OuterRef("coalition"))


def parties(ids: Iterable[uuid.UUID], person: uuid.UUID, now: dt.datetime) -> QuerySet[Party]:
    """These parties, each with what may wait for it: lists of plain facts, named `for_…`."""
    return (
        Party.objects.filter(id__in=list(ids))
        .select_related("organisation", "coalition")
        .annotate(
            for_decisions=_rows(_decisions(), title="title", on="closes_at"),
            for_objections=_rows(_objections(), title="decision__title", by=WHOSE),
            for_amendments=_rows(_amendments(), title="change", on="answer_by", whose=WHOSE),
            for_hidden=_rows(_hidden(), law="law", on="review_by"),
            for_sentences=_rows(_sentences(), id="id"),
            for_signals=_rows(Signal.objects.filter(coalition=HERE, state="waiting"), id="id"),
            for_covenants=_rows(_covenants(), title="title"),
            for_unconfirmed=_rows(_unconfirmed(person, now), id="id"),
            for_benefits=_rows(_goals(), title="sentence"),
            for_pledges_made=_rows(
                _pledges(now),
                title="what",
                dues="due",
                until="ends",
                reported="reported",
                about="about",
                said="said",
                answer_by="answer_by",
            ),
            for_actions=_rows(_actions(), what="what", on="due", initiative="initiative_id"),
            for_check_ins=_rows(_check_ins(now), pledge="pledge_id", owner="pledge__party"),
            for_requests=_rows(
                _requests(),
                title="title",
                on="due",
                state="state",
                number="number",
                answer="answer",
                asker="asker__organisation__name",
                addressee="addressee__organisation__name",
                asker_id="asker_id",
            ),
            for_claimed=_rows(
                _breakthroughs(), title="title", claimant="claimant_id", **_who_worked()
            ),
            for_urgencies=_rows(_urgencies(), title="sentence"),
            for_confirmed_chair=Exists(Handover.objects.filter(coalition=HERE, confirmed_by=MINE)),
        )
        .order_by("coalition__name", "joined_at", "id")
    )


def _rows(found: QuerySet[Any], **facts: Any) -> ArraySubquery:
    return ArraySubquery(found.values_list(JSONObject(**{"id": "id", **facts}))[:MOST])


def _decisions() -> QuerySet[Any]:
    said = Position.objects.filter(
        decision=OuterRef("id"), revision=OuterRef("revision"), party=PARTY
    )
    asked = Decision.objects.filter(~Exists(said), coalition=HERE, state=State.OPEN)
    return asked.order_by("closes_at")


def _objections() -> QuerySet[Any]:
    """Who objects gets an answer of the proposer, also when the proposal was carried meanwhile."""
    waiting = Objection.objects.filter(decision__proposer=MINE, resolved_at=None, answer="")
    return waiting.exclude(decision__state=State.WITHDRAWN).order_by("raised_at")


def _amendments() -> QuerySet[Any]:
    """Changes that others proposed to this party's text of the vision."""
    waiting = Amendment.objects.filter(settled_at=None, version__coalition=HERE)
    return waiting.filter(version__author=MINE).order_by("answer_by")


def _hidden() -> QuerySet[Any]:
    """What the host of the site hid and this party did not review yet."""
    said = HidingReview.objects.filter(hiding=OuterRef("id"), party=PARTY)
    hidden = HostHiding.objects.filter(
        ~Exists(said), statement__conversation__coalition=HERE, outcome=""
    )
    return hidden.order_by("review_by")


def _sentences() -> QuerySet[Any]:
    return Statement.objects.filter(conversation__coalition=HERE, state=Statement.State.WAITING)


def _covenants() -> QuerySet[Any]:
    covenant = {"covenant": OuterRef("id"), "party": PARTY}
    return Covenant.objects.filter(
        ~Exists(Signature.objects.filter(**covenant, counts=True)),
        ~Exists(Decline.objects.filter(**covenant)),
        coalition=HERE,
        state=Covenant.State.SIGNING,
        asked=MINE,
    )


def _unconfirmed(person: uuid.UUID, now: dt.datetime) -> QuerySet[Any]:
    to_sign = Mandate.objects.current(now).filter(sort=MandateSort.SIGN, confirmed_at=None)
    others = ~Q(person=person) & (Q(granted_by=None) | ~Q(granted_by=person))
    return to_sign.filter(others, party__coalition=HERE, party__left_at=None).order_by("since")


def _goals() -> QuerySet[Any]:
    confirmed = Benefit.objects.filter(
        goal=OuterRef("id"), party=PARTY, withdrawn_at=None, confirmed_at__isnull=False
    ).filter(confirmed_revision=OuterRef("revision"))
    return Goal.objects.filter(~Exists(confirmed), coalition=HERE, dropped_at=None).order_by(
        "set_at"
    )


def _pledges(now: dt.datetime) -> QuerySet[Any]:
    last = CheckIn.objects.filter(pledge=OuterRef("id")).order_by("-reported_at")
    running = Pledge.objects.filter(party=MINE, state__in=("offered", "in_covenant"))
    told = running.annotate(
        reported=Subquery(last.values("reported_at")[:1]),
        about=Subquery(last.values("due")[:1]),
        said=Subquery(last.values("verdict")[:1]),
    )
    unanswered = Shortfall.objects.filter(
        check_in__pledge=OuterRef("id"),
        announced_at__gte=OuterRef("reported"),
        answer_by__gte=timezone.localdate(now),
    )
    told = told.annotate(answer_by=Subquery(unanswered.values("answer_by")[:1]))
    return told.order_by(F("reported").asc(nulls_first=True), "written_at")


def _actions() -> QuerySet[Any]:
    """What this party said it would do, and did not do or drop yet."""
    return Action.objects.filter(
        party=MINE, done_on=None, dropped_at=None, initiative__ended_on=None
    ).order_by("due")


def _check_ins(now: dt.datetime) -> QuerySet[Any]:
    judged = Judgement.objects.filter(check_in=OuterRef("id"))
    told = Shortfall.objects.filter(
        check_in=OuterRef("id"), judge=PARTY, answer_by__gte=timezone.localdate(now)
    )
    reported = CheckIn.objects.filter(
        ~Exists(judged), ~Exists(told), pledge__coalition=HERE, reported_at__gt=now - JUDGE_WITHIN
    )
    return reported.exclude(pledge__party=MINE).order_by("reported_at")


def _requests() -> QuerySet[Any]:
    ours = FacilitationRequest.objects.filter(Q(asker=MINE) | Q(addressee=MINE))
    states = FacilitationRequest.State
    return ours.exclude(state__in=[states.ACCEPTED, states.WITHDRAWN]).order_by("due")


def _breakthroughs() -> QuerySet[Any]:
    said = Confirmation.objects.filter(breakthrough=OuterRef("id"), party=PARTY)
    worked = Breakthrough.contributors.through.objects.filter(
        breakthrough=OuterRef("id"), party=PARTY
    )
    promised = Breakthrough.pledges.through.objects.filter(
        breakthrough=OuterRef("id"), pledge__party=PARTY
    )
    others = Breakthrough.objects.filter(~Exists(said), ~Exists(worked), ~Exists(promised))
    claimed = others.filter(coalition=HERE, state=Breakthrough.State.CLAIMED)
    return claimed.exclude(claimant=MINE).order_by("claimed_at")


def _who_worked() -> dict[str, ArraySubquery]:
    """Those beside the claimant whose work a breakthrough rests on."""
    through = {"breakthrough": OuterRef("id")}
    worked = Breakthrough.contributors.through.objects.filter(**through).values("party")
    promised = Breakthrough.pledges.through.objects.filter(**through).values("pledge__party")
    return {"worked": ArraySubquery(worked), "promised": ArraySubquery(promised)}


def _urgencies() -> QuerySet[Any]:
    said = Endorsement.objects.filter(
        shared_urgency=OuterRef("id"), revision=OuterRef("revision"), party=PARTY
    )
    standing = SharedUrgency.objects.filter(~Exists(said), coalition=HERE)
    return standing.exclude(state=SharedUrgency.State.RETIRED).order_by("-proposed_at")
