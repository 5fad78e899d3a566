"""What is stuck: written down, taken to government, and come loose."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wijkverbond.actions import policies
from wijkverbond.actions.forms import obstacles as forms
from wijkverbond.actions.models import Obstacle
from wijkverbond.actions.queries import initiatives as queries
from wijkverbond.actions.services import obstacles as services
from wijkverbond.actions.views.common import crumbs, timeline
from wijkverbond.coalition.acting import coalition_or_404, current_actor
from wijkverbond.coalition.views.common import chosen, try_service
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import require
from wijkverbond.ui import http
from wijkverbond.ui.navigation import Link


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def raise_obstacle(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down what is stuck."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    require(policies.may_raise(acting, coalition))
    asked = {"initiative": chosen(request, "initiatief"), "pledge": chosen(request, "belofte")}
    posted = request.POST if request.method == "POST" else None
    form = forms.RaiseForm(posted, coalition=coalition, initial=asked)
    made: list[Obstacle] = []
    if form.is_valid() and try_service(
        lambda: made.append(services.raise_obstacle(coalition, actor=acting, **form.raised())),
        form,
    ):
        messages.success(request, _("It stands here. Others can think along."))
        return redirect("actions:obstacle", slug, made[0].id)
    title = _("What is stuck?")
    return http.form_page(
        request,
        coalition,
        form,
        title=title,
        submit=_("Write this down"),
        crumbs=crumbs(coalition, Link(title)),
        lead=_("Something is in the way. Share it, also when you see no solution."),
    )


@require_safe
def page(request: HttpRequest, slug: str, obstacle: uuid.UUID) -> HttpResponse:
    """One obstacle: what it blocks, what was asked of government, and how it came loose."""
    found, acting = _obstacle(request, slug, obstacle)
    open_now = not found.resolved_on
    asked = found.requests.exclude(state="withdrawn").select_related("addressee__organisation")
    context = {
        "coalition": found.coalition,
        "crumbs": crumbs(found.coalition, Link(found.what)),
        "obstacle": found,
        "requests": asked,
        "happened": timeline(queries.entries_about(found)),
        "may_ask": open_now and policies.may_ask(acting, found.coalition),
        "may_resolve": open_now and policies.may_resolve(acting, found),
    }
    return http.page(request, "actions/obstacle.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def resolve(request: HttpRequest, slug: str, obstacle: uuid.UUID) -> HttpResponse:
    """Say that what one was stuck on has come loose, and how."""
    found, acting = _obstacle(request, slug, obstacle)
    require(policies.may_resolve(acting, found))
    posted = request.POST if request.method == "POST" else None
    form = forms.ResolveForm(posted, coalition=found.coalition)
    if form.is_valid() and try_service(
        lambda: services.resolve_obstacle(found, actor=acting, **form.cleaned_data), form
    ):
        messages.success(request, _("Good! It has come loose. Is it a breakthrough? Report it."))
        return redirect("actions:obstacle", slug, obstacle)
    title = _("It has come loose")
    here = reverse("actions:obstacle", args=[slug, found.id])
    return http.form_page(
        request,
        found.coalition,
        form,
        title=title,
        submit=title,
        crumbs=crumbs(found.coalition, Link(found.what, here), Link(title)),
        lead=found.what,
    )


def _obstacle(request: HttpRequest, slug: str, wanted: uuid.UUID) -> tuple[Obstacle, Actor]:
    coalition = coalition_or_404(request, slug)
    found = (
        coalition.obstacles.select_related("party__organisation", "initiative", "pledge", "goal")
        .filter(id=wanted)
        .first()
    )
    if not found:
        raise Http404
    found.coalition = coalition
    return found, current_actor(request, coalition)
