"""Pages for what went wrong: what happened, what is kept, what to do now; never a code alone."""

import re
import sys
from collections.abc import Callable
from http import HTTPStatus

import structlog
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import is_valid_path
from django.utils.translation import gettext as _

from wijkverbond.kernel.error_text import AWAY
from wijkverbond.kernel.signing import CannotSign
from wijkverbond.ui import http, request_log

log = structlog.get_logger()

RULES = "/spelregels/"
LATER_SECONDS = 600  # a person has to put the key right
HOST = re.compile(r"[\w.:\[\]-]{1,253}", re.ASCII)
# The other site in the reason why a form is refused: of its address only the host is told.
OTHER_SITE = re.compile(
    r"(?<= - )(\w+://[\w.:\[\]-]+(?=[/?# ])|).*(?= does not match)", re.ASCII | re.DOTALL
)

SOON_SECONDS = 30

GetResponse = Callable[[HttpRequest], HttpResponse]


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request could not be read, or it asked for a host that is not this site."""
    if isinstance(exception, DisallowedHost):
        log.warning("site.host_refused", host=_host(request))
    else:
        log.warning("site.request_refused", why=type(exception).__name__)
    return http.page(request, "ui/400.html", _quoted(), status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 with the reason of the policy that refused, and the way to "who may do what".

    Inside a page that htmx changes, the refusal appears in the page's message area.
    """
    reason = getattr(exception, "reason", "") or _("This page or step is not yours to use.")
    context = {"reason": reason, "rules": RULES if is_valid_path(RULES) else ""}
    return in_message_area(request, "ui/403.html", context, status=403)


def middleware(get_response: GetResponse) -> GetResponse:
    """A page for whoever opens an address to which only a form can be sent."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.method != "GET":
            return response
        error_page = http.page(request, "ui/405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
        error_page["Allow"] = response["Allow"]
        return error_page

    return answer


class NothingIsKept:
    """503 in plain words while the site cannot sign what people do; the log says why."""

    def __init__(self, get_response: GetResponse) -> None:
        """Go on to `get_response`, as Django asks of a middleware."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as the site does."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Say that nothing was kept; what was begun is undone already."""
        if not isinstance(exception, CannotSign):
            return None
        log.error("site.nothing_recorded", why=str(exception))
        response = in_message_area(request, "ui/503.html", _quoted(), status=503)
        response["Retry-After"] = str(LATER_SECONDS)
        return response


def in_message_area(
    request: HttpRequest, template: str, context: http.Context | None = None, *, status: int
) -> HttpResponse:
    """The page; inside a page that htmx changes, what it refuses appears in the message area."""
    if not http.wants_fragment(request):
        return http.page(request, template, context, status=status)
    html = render_to_string(f"{template}#refusal", dict(context or {}), request=request)
    response = HttpResponse(html, status=status)
    response["HX-Retarget"] = "#wv-messages"
    response["HX-Reswap"] = "innerHTML show:#wv-messages:top"
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing here, or nothing for this reader."""
    return http.page(request, "ui/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 while the database is away, or has no room or time for this.

    Drawn without session, database or context processors, which may be what broke.
    """
    if isinstance(sys.exc_info()[1], AWAY):
        try_again = HttpResponse(render_to_string("ui/away.html", _quoted()), status=503)
        try_again["Retry-After"] = str(SOON_SECONDS)
        return try_again
    return HttpResponse(render_to_string("ui/500.html", _quoted()), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose protection has run out: go back and send it again."""
    log.warning("site.form_refused", why=OTHER_SITE.sub(r"\1", reason))
    return http.page(request, "ui/csrf.html", _quoted(), status=403)


def _quoted() -> dict[str, str]:
    """What the page needs for somebody who tells the host of the site what went wrong."""
    return {"request_id": request_log.current_id()}


def _host(request: HttpRequest) -> str:
    """The host that was asked for, when it can be one."""
    host = request.META.get("HTTP_HOST", "")
    return host if HOST.fullmatch(host) else request_log.HIDDEN
