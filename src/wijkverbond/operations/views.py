"""How the installation is: for people, for a load balancer, for Prometheus, and for its host."""

import ipaddress
import uuid

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wijkverbond.coalition import services as coalitions
from wijkverbond.coalition.acting import current_operator, themselves
from wijkverbond.coalition.forms import UnlistForm
from wijkverbond.coalition.models import Unlisting
from wijkverbond.installation import queries as installation
from wijkverbond.kernel import backups, rate_limits
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.error_text import AWAY
from wijkverbond.kernel.policy import require
from wijkverbond.operations import metrics, policies, presenters, queries, services
from wijkverbond.ui import http
from wijkverbond.ui.decorators import button, form_page
from wijkverbond.ui.forms import bound, try_service
from wijkverbond.ui.navigation import Link

EVERYTHING, WEB = "", "web"
PER_PAGE = 20


@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """Which parts work, in words."""
    parts = queries.parts(queries.figures())
    context = {
        "parts": parts,
        "troubled": [part for part in parts if part.trouble],
        "missing_texts": [text.label for text in installation.unpublished()],
    }
    return http.page(request, "operations/health.html", context)


@require_safe
@never_cache
def probe(request: HttpRequest) -> HttpResponse:
    """200, or 503 with the parts that do not work.

    `?part=web` asks only whether this machine can answer visitors, so that a load balancer leaves a
    machine in place whose worker is ill.
    """
    try:
        parts = queries.parts(queries.figures())
    except AWAY:
        causes = ["database"]
    else:
        causes = [part.code for part in parts if part.trouble]
    if request.GET.get("part", EVERYTHING) == WEB:
        causes = [cause for cause in causes if cause == "database"]
    status = {"status": "trouble" if causes else "ok", "causes": causes}
    return JsonResponse(status, status=503 if causes else 200)


@require_safe
@never_cache
def figures(request: HttpRequest) -> HttpResponse:
    """The figures, for who has the token or asks from a network of the settings."""
    if not _may_read(request):
        raise Http404
    known = queries.figures()
    text = metrics.text(known, queries.parts(known))
    return HttpResponse(text, content_type="text/plain; version=0.0.4; charset=utf-8")


@login_required
@require_safe
def look_after(request: HttpRequest) -> HttpResponse:
    """What the host of the site looks after: what was given up, what is hidden, how large it is."""
    require(policies.may_look_after(_host(request)))
    pages = Paginator(queries.given_up(), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "given_up": presenters.given_up(page.object_list),
        "hidden": queries.hidden_by_host()[:PER_PAGE],
        "off_the_list": queries.off_the_list()[:PER_PAGE],
        "figures": queries.figures(),
        "last_backup": backups.last(),
        "versions": presenters.versions(),
    }
    return http.page(request, "operations/look_after.html", context)


@button
def try_again(request: HttpRequest, job: int) -> HttpResponse:
    """Let the worker begin anew with what it gave up."""
    with http.run_button(request, _("It is tried again.")):
        services.try_again(job, actor=_host(request))
    return redirect("operations:look_after")


@form_page
def unlist(request: HttpRequest) -> HttpResponse:
    """Take a coalition off the list of all neighbourhoods."""
    require(policies.may_look_after(_host(request)))
    form = bound(UnlistForm, request)
    if form.is_valid():
        with try_service(form):
            unlisting = coalitions.unlist(
                form.cleaned_data["coalition"],
                actor=_host(request),
                ground=form.cleaned_data["ground"],
                law=form.cleaned_data["law"],
            )
            messages.success(request, _("It is off the list. Its partners are asked to review it."))
            return redirect("coalition:off_the_list", unlisting.coalition.slug)
    here = reverse("operations:look_after")
    context = {"crumbs": [Link(_("Looking after the site"), here), Link(_("Off the list"))]}
    return http.show_form(request, "operations/unlist.html", form, context)


@button
def list_again(request: HttpRequest, unlisting_id: uuid.UUID) -> HttpResponse:
    """Put a coalition back on the list."""
    unlisting = get_object_or_404(Unlisting.objects.select_related("coalition"), id=unlisting_id)
    with http.run_button(request, _("It is on the list again.")):
        coalitions.list_again(unlisting, actor=_host(request))
    return redirect("operations:look_after")


def _host(request: HttpRequest) -> Actor:
    return current_operator(request) or themselves(request)


def _may_read(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and constant_time_compare(sent, token):
        return True
    visitor = rate_limits.visitor(request)  # an IPv4 address, or the beginning of an IPv6 one
    if visitor == "unknown":
        return False
    address = ipaddress.ip_network(visitor).network_address
    return any(address in network for network in settings.METRICS_NETWORKS)
