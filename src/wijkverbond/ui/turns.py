"""A short wait instead of a refusal, when much comes from one network.

A hall, a school or a village can be one network, and so can one person who answers many times. The
first so many of an hour go on at once. Whoever comes after them waits a little, with everything that
they filled in on the page: it is sent again by a button, with a ticket that says from when, once.
Nothing waits on the server. A hard limit stands at `MOST_PER_HOUR`. Both are lifted while a coalition
expects many people from one network (`LIMIT_LIFTS`).
"""

import datetime as dt
import math
import secrets

from django.core import signing
from django.http import HttpRequest, HttpResponse

from wijkverbond.kernel import clock, rate_limits
from wijkverbond.kernel.registry import LIMIT_LIFTS, StreamOwner
from wijkverbond.ui import http

HOUR = dt.timedelta(hours=1)
MOST_PER_HOUR = 1000
# Ten seconds for the first hundred that wait, then ten more for each hundred, to a minute at most.
STEP, HUNDRED, LONGEST = 10, 100, 60
TICKET = "turn"
SALT = "wijkverbond.ui.turns"


def wait(
    request: HttpRequest,
    coalition: StreamOwner,
    purpose: str,
    *,
    first: int,
    stop_url: str,
) -> HttpResponse | None:
    """The page that asks to wait a moment, or nothing when this may go on now.

    `first` is how many of one network go on at once in an hour, for this purpose ("urgency.join").
    """
    now = clock.now()
    ticket = request.POST.get(TICKET, "")
    due = _due(ticket, purpose)
    if due and due <= now and rate_limits.allow(f"{TICKET}:{ticket}", 1, 2 * HOUR):
        return None
    seconds = 0
    if due and due > now:
        seconds = math.ceil((due - now).total_seconds())
    else:
        key = f"{purpose}:{rate_limits.visitor(request)}"
        number = rate_limits.uses(key, MOST_PER_HOUR, HOUR)
        if number <= first or any(lift.holds(coalition.id, now) for lift in LIMIT_LIFTS):
            return None
        ticket = ""
        if number <= MOST_PER_HOUR:
            seconds = min(STEP * math.ceil((number - first) / HUNDRED), LONGEST)
            ticket = _ticket(purpose, now + dt.timedelta(seconds=seconds))
    return _page(request, coalition, ticket, seconds, stop_url)


def _page(
    request: HttpRequest,
    coalition: StreamOwner,
    ticket: str,
    seconds: int,
    stop_url: str,
) -> HttpResponse:
    left_out = ("csrfmiddlewaretoken", TICKET)
    filled_in = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in left_out
        for value in values
    ]
    context = {
        **http.focus(coalition, stop_url),
        "filled_in": filled_in,
        "ticket": ticket,
        "seconds": seconds,
    }
    response = http.page(request, "ui/wait.html", context, status=429)
    response["Retry-After"] = str(seconds or int(HOUR.total_seconds()))
    return response


def _ticket(purpose: str, due: dt.datetime) -> str:
    return signing.dumps([purpose, due.isoformat(), secrets.token_hex(8)], salt=SALT)


def _due(ticket: str, purpose: str) -> dt.datetime | None:
    """From when this ticket is good; nothing when it is no ticket for this purpose, or too old."""
    try:
        meant_for, due, _once = signing.loads(ticket, salt=SALT, max_age=HOUR)
    except signing.BadSignature:
        return None
    return dt.datetime.fromisoformat(due) if meant_for == purpose else None
