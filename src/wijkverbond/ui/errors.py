"""Pages for what went wrong: what happened, what is kept, what to do now; never a code alone."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import is_valid_path
from django.utils.translation import gettext as _

from wijkverbond.ui import http

RULES = "/spelregels/"

GetResponse = Callable[[HttpRequest], HttpResponse]


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request could not be read."""
    return http.page(request, "ui/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 with the reason of the policy that refused, and the way to "who may do what".

    Inside a page that htmx changes, the refusal appears in the page's message area.
    """
    reason = getattr(exception, "reason", "") or _("This page or step is not yours to use.")
    context = {"reason": reason, "rules": RULES if is_valid_path(RULES) else ""}
    if http.wants_fragment(request):
        html = render_to_string("ui/403.html#refusal", context, request=request)
        response = HttpResponse(html, status=403)
        response["HX-Retarget"] = "#wv-messages"
        response["HX-Reswap"] = "innerHTML show:#wv-messages:top"
        return response
    return http.page(request, "ui/403.html", context, status=403)


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


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing here, or nothing for this reader."""
    return http.page(request, "ui/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: drawn without session, database or context processors, which may be what broke."""
    return HttpResponse(render_to_string("ui/500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose protection has run out: go back and send it again."""
    return http.page(request, "ui/csrf.html", status=403)
