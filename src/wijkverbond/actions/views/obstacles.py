"""What is stuck: written down, taken to government, and come loose."""

import uuid

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wijkverbond.actions import policies
from wijkverbond.actions.forms import obstacles as forms
from wijkverbond.actions.models import Obstacle
from wijkverbond.actions.queries import initiatives as queries
from wijkverbond.actions.services import obstacles as services
from wijkverbond.actions.views.common import crumbs, timeline
from wijkverbond.coalition.acting import find_coalition, find_record
from wijkverbond.coalition.models import Coalition
from wijkverbond.ui import http
from wijkverbond.ui.decorators import form_page
from wijkverbond.ui.forms import bound, try_service
from wijkverbond.ui.navigation import Link


@form_page
def raise_obstacle(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down what is stuck."""
    coalition, actor = find_coalition(request, slug, policies.may_raise_obstacle)
    initial = {
        "initiative": http.id_in_query(request, "initiatief"),
        "pledge": http.id_in_query(request, "belofte"),
    }
    form = bound(forms.RaiseForm, request, coalition=coalition, initial=initial)
    if form.is_valid():
        with try_service(form):
            obstacle = services.raise_obstacle(coalition, actor=actor, wording=form.instance)
            messages.success(request, _("It stands here. Others can think along."))
            return redirect("actions:obstacle", slug, obstacle.id)
    return http.show_one_form(
        request,
        form,
        coalition=coalition,
        crumbs=crumbs(coalition),
        title=_("What is stuck?"),
        lead=_("Something is in the way. Share it, also when you see no solution."),
        submit=_("Write this down"),
    )


@require_safe
def page(request: HttpRequest, slug: str, obstacle_id: uuid.UUID) -> HttpResponse:
    """One obstacle: what it blocks, what was asked of government, and how it came loose."""
    obstacle, actor = find_record(request, slug, _obstacles, obstacle_id)
    coalition = obstacle.coalition
    is_stuck = not obstacle.resolved_on
    asked_requests = obstacle.requests.standing().select_related("addressee__organisation")
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(obstacle.what)),
        "obstacle": obstacle,
        "requests": asked_requests,
        "timeline": timeline(queries.entries_about(obstacle)),
        "may_ask_government": is_stuck and policies.may_ask_government(actor, coalition),
        "may_resolve": is_stuck and policies.may_resolve(actor, obstacle),
    }
    return http.page(request, "actions/obstacle.html", context)


@form_page
def resolve(request: HttpRequest, slug: str, obstacle_id: uuid.UUID) -> HttpResponse:
    """Say that what one was stuck on has come loose, and how."""
    obstacle, actor = find_record(request, slug, _obstacles, obstacle_id, policies.may_resolve)
    coalition = obstacle.coalition
    form = bound(forms.ResolveForm, request, coalition=coalition)
    if form.is_valid():
        with try_service(form):
            services.resolve_obstacle(obstacle, actor=actor, **form.cleaned_data)
            message = _("Good! It has come loose. Is it a breakthrough? Report it.")
            messages.success(request, message)
            return redirect("actions:obstacle", slug, obstacle_id)
    obstacle_url = reverse("actions:obstacle", args=[slug, obstacle.id])
    return http.show_one_form(
        request,
        form,
        coalition=coalition,
        crumbs=crumbs(coalition, Link(obstacle.what, obstacle_url)),
        title=_("It has come loose"),
        lead=obstacle.what,
        submit=_("It has come loose"),
    )


def _obstacles(coalition: Coalition) -> QuerySet[Obstacle]:
    return coalition.obstacles.select_related("party__organisation", "initiative", "pledge", "goal")
