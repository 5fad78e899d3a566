"""What pages need to know about requests."""

import dataclasses
import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from wijkverbond.actions import terms
from wijkverbond.actions.models import FacilitationRequest
from wijkverbond.coalition.models import Coalition
from wijkverbond.kernel.journal_queries import public_entries
from wijkverbond.kernel.models import Entry

State = FacilitationRequest.State


@dataclasses.dataclass(frozen=True)
class RequestStatus:
    """A request and how long it waits: `late` counts working days after the term."""

    request: FacilitationRequest
    waiting: bool
    late: int


@dataclasses.dataclass(frozen=True)
class ResponseStats:
    """How government answers here, in counts: no share is drawn from a few requests."""

    asked: int
    answered: int
    in_term: int
    granted: int
    late: int


def requests(coalition: Coalition, now: dt.datetime) -> list[RequestStatus]:
    """Every request that was not withdrawn: the ones that wait longest first, then the newest."""
    requests = coalition.requests.standing().select_related(
        "asker__organisation", "addressee__organisation"
    )
    statuses = [request_status(request, now) for request in requests]
    return sorted(
        statuses, key=lambda status: (not status.waiting, -status.late, -status.request.number)
    )


def request_status(request: FacilitationRequest, now: dt.datetime) -> RequestStatus:
    """How a request stands today."""
    late = terms.days_late(request.due, timezone.localdate(now)) if request.waits else 0
    return RequestStatus(request, request.waits, late)


def response_stats(requests: Iterable[RequestStatus]) -> ResponseStats:
    """The counts of these requests."""
    statuses = list(requests)
    answered = [status.request for status in statuses if status.request.answered_on]
    yes = (FacilitationRequest.Answer.GRANTED, FacilitationRequest.Answer.PARTLY)
    return ResponseStats(
        asked=len(statuses),
        answered=len(answered),
        in_term=sum(
            request.answered_on is not None and request.answered_on <= request.due
            for request in answered
        ),
        granted=sum(request.answer in yes for request in answered),
        late=sum(status.late > 0 for status in statuses),
    )


def entries_about(request: FacilitationRequest) -> list[Entry]:
    """What happened with a request, oldest first, also before it was asked again."""
    entries = public_entries(request.coalition_id).filter(
        event__startswith="actions.request_", facts__request=str(request.id)
    )
    return list(entries.reverse())
