"""How the installation is: a page for people, JSON for a load balancer, figures for Prometheus."""

import ipaddress

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wijkverbond.kernel import rate_limits
from wijkverbond.operations import metrics, queries
from wijkverbond.ui import http

EVERYTHING, WEB = "", "web"


@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """Which parts work, in words."""
    parts = queries.parts(queries.figures())
    context = {"parts": parts, "troubled": [part for part in parts if part.trouble]}
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
    except (OperationalError, InterfaceError):
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
