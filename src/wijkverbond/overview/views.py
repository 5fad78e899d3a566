"""The portal, the front page of a coalition, and what asks something of me."""

import uuid
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wijkverbond.coalition.acting import (
    coalition_or_404,
    current_person,
    find_coalition,
    second_step_url,
)
from wijkverbond.coalition.models import Access
from wijkverbond.coalition.policies import may_change_access, may_set_places
from wijkverbond.coalition.queries import area, circle
from wijkverbond.coalition.queries.handover import handover_reminder
from wijkverbond.coalition.queries.host_acts import off_the_list
from wijkverbond.coalition.queries.mandates import offers_to
from wijkverbond.coalition.queries.secretariat import organised_by
from wijkverbond.coalition.queries.undelivered import with_undelivered, with_undelivered_invitations
from wijkverbond.kernel import clock
from wijkverbond.kernel.personal_fields import PERSONAL_DATA
from wijkverbond.kernel.retention import RETENTION
from wijkverbond.overview import coalition_home, my_tasks, stages, timeline, trace
from wijkverbond.overview import portal as portal_of
from wijkverbond.ui import http, navigation
from wijkverbond.ui.navigation import Link
from wijkverbond.vitality import presenters
from wijkverbond.vitality.queries import outlines

LONGEST = 80


@require_safe
def portal(request: HttpRequest) -> HttpResponse:
    """What happens in your neighbourhood?"""
    searched_name = request.GET.get("wijk", "").replace("\x00", "").strip()[:LONGEST]
    now = clock.now()
    page = portal_of.page(searched_name, request.GET.get("page"), now)
    neighbourhoods = portal_of.neighbourhoods(list(page), timezone.localdate(now))
    context = {
        "searched_name": searched_name,
        "query": f"{urlencode({'wijk': searched_name})}&" if searched_name else "",
        "page": page,
        "neighbourhoods": neighbourhoods,
        "houses": portal_of.houses(neighbourhoods),
        "newest_breakthroughs": portal_of.newest_breakthroughs(),
    }
    return http.page(request, "overview/portal.html", context)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What the site keeps about people and for how long, and how they have it erased."""
    context = {"kinds": [*PERSONAL_DATA], "retentions": [*RETENTION]}
    return http.page(request, "overview/privacy.html", context)


@require_safe
def home(request: HttpRequest, slug: str) -> HttpResponse:
    """The coalition's front page."""
    coalition, actor = find_coalition(request, slug)
    prepares = coalition.access == Access.PREPARING
    parties_and_missing = circle.circle(coalition)
    home_of_coalition = coalition_home.coalition_home(coalition, actor.now)
    party_count = len(parties_and_missing.parties) - len(parties_and_missing.unconfirmed)
    outline = outlines([coalition.id], actor.today).get(coalition.id)
    context = {
        "coalition": coalition,
        "crumbs": [Link(_("All neighbourhoods"), reverse("overview:portal")), Link(coalition.name)],
        "circle": parties_and_missing,
        "party_count": party_count,
        "reminder": handover_reminder(coalition, actor.now),
        "may_open": prepares and may_change_access(actor, coalition),
        "may_set_places": not coalition.place_codes and may_set_places(actor, coalition),
        "places": area.place_links(coalition),
        "coalition_home": home_of_coalition,
        "stages": stages.stages(home_of_coalition.counts, party_count, actor.today),
        "reading": presenters.outline_card(outline) if outline else None,
    }
    return http.page(request, "overview/home.html", context)


@require_safe
def timeline_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What happened here, newest first; by chapter and by partner."""
    coalition = coalition_or_404(request, slug)
    parties = list(coalition.parties.select_related("organisation"))
    selection = timeline.selected(
        request.GET.get("deel", ""), request.GET.get("partner", ""), parties
    )
    page, moments = timeline.page(coalition, selection, request.GET.get("page"))
    context = {
        "coalition": coalition,
        "crumbs": navigation.crumbs("overview:timeline", coalition),
        "parties": parties,
        "chapters": timeline.chapters(),
        "selection": selection,
        "page": page,
        "moments": moments,
    }
    return http.page(request, "overview/timeline.html", context)


@require_safe
def trace_page(
    request: HttpRequest, slug: str, type_name: str, record_id: uuid.UUID
) -> HttpResponse:
    """What a record rests on, and what came of it."""
    coalition = coalition_or_404(request, slug)
    record_trace = trace.trace(coalition, type_name, record_id)
    if not record_trace:
        raise Http404
    context = {
        "coalition": coalition,
        "crumbs": navigation.coalition_crumbs(coalition, Link(_("Trace"))),
        "trace": record_trace,
    }
    return http.page(request, "overview/trace.html", context)


@login_required
@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    """What asks something of me, and for which partner."""
    person = current_person(request)
    assert person
    now = clock.now()
    tasks, offers = my_tasks.my_tasks(person, now), offers_to(person, now)
    organises = organised_by(person)
    involved = [party.coalition_id for party in tasks.parties] + [own.id for own in organises]
    context = {
        "my_tasks": tasks,
        "offers": offers,
        "number": len(tasks.tasks) + len(offers),
        "second_step_url": second_step_url(request, [party.kind for party in tasks.parties]),
        "organises": organises,
        "off_the_list": off_the_list(involved),
        "undelivered": with_undelivered(organises) if organises else (),
        "not_invited": with_undelivered_invitations(organises, now) if organises else (),
        "crumbs": [Link(_("All neighbourhoods"), reverse("overview:portal")), Link(_("My work"))],
    }
    return http.page(request, "overview/my_work.html", context)
