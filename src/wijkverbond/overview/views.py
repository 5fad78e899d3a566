"""The portal, the front page of a coalition, and what asks something of me."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from wijkverbond.coalition import area, circle
from wijkverbond.coalition.acting import actor, coalition_or_404, person
from wijkverbond.kernel import clock
from wijkverbond.overview import queries
from wijkverbond.ui import http

LONGEST = 80


@require_GET
def portal(request: HttpRequest) -> HttpResponse:
    """What happens in your neighbourhood?"""
    asked = request.GET.get("wijk", "").replace("\x00", "").strip()[:LONGEST]
    found = queries.neighbourhoods(asked)
    context = {"asked": asked, "found": found, "houses": queries.houses(found)}
    return http.page(request, "overview/portal.html", context)


@require_GET
def home(request: HttpRequest, slug: str) -> HttpResponse:
    """The coalition's front page."""
    coalition = coalition_or_404(request, slug)
    acting = actor(request, coalition)
    found = circle.circle(coalition)
    context = {
        "coalition": coalition,
        "circle": found,
        "reminder": circle.reminder(coalition, acting.now),
        "places": area.places(coalition),
        "overlap": circle.overlapping(coalition.place_codes, other_than=coalition.id),
    }
    return http.page(request, "overview/home.html", context)


@login_required
@require_GET
def my_work(request: HttpRequest) -> HttpResponse:
    """What asks something of me, and for which partner."""
    who = person(request)
    assert who
    context = {"asked": queries.asked(who, clock.now())}
    return http.page(request, "overview/my_work.html", context)
