"""What the log knows of a request: a number of its own, its method and the pattern of its address.

The number stands in every line about the request, in the header `X-Request-ID` and on the page that says
that something went wrong, so that somebody can quote it. It is always our own: what a client sends along
is not believed. No line holds who asked, an address after the question mark, a cookie or a field.
"""

import re
import secrets
import time
from collections.abc import Callable
from functools import cache
from typing import Any

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from structlog.contextvars import bind_contextvars, clear_contextvars, get_contextvars

log = structlog.get_logger()

HEADER = "X-Request-ID"
PARAMETER = re.compile(r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>")
# What may stand in the log of an address with parameters: ids, the coalition, the type of record. Another
# parameter may be a secret, such as the link of an invitation.
PUBLIC_CONVERTER = "uuid"
PUBLIC_NAMES = {"slug", "type_name"}
HIDDEN = "…"

GetResponse = Callable[[HttpRequest], HttpResponse]


def middleware(get_response: GetResponse) -> GetResponse:
    """Gives each request its number, tells when a proxy is not counted on, and keeps the access log."""

    def answer(request: HttpRequest) -> HttpResponse:
        clear_contextvars()
        bind_contextvars(request_id=secrets.token_hex(6), request=request)
        if not settings.TRUSTED_PROXIES and "X-Forwarded-For" in request.headers:
            _warn_of_proxy()
        started = time.perf_counter()
        response = get_response(request)
        response[HEADER] = current_id()
        if settings.ACCESS_LOG:
            milliseconds = round((time.perf_counter() - started) * 1000)
            log.info("site.answered", status=response.status_code, milliseconds=milliseconds)
        return response

    return answer


def current_id() -> str:
    """The number of the request that is being answered; empty when there is none."""
    number: str = get_contextvars().get("request_id", "")
    return number


def tell_request(_logger: object, _method: str, line: dict[str, Any]) -> dict[str, Any]:
    """Processor of a line of the log: method and path instead of the request itself."""
    request = line.pop("request", None)
    if isinstance(request, HttpRequest):
        line |= {"method": request.method, "path": path(request)}
    return line


def path(request: HttpRequest) -> str:
    """The path of a request with `…` for what may be a secret, and for what is no page of the site."""
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return HIDDEN

    def value(parameter: re.Match[str]) -> str:
        is_public = parameter["converter"] == PUBLIC_CONVERTER or parameter["name"] in PUBLIC_NAMES
        return str(match.kwargs[parameter["name"]]) if is_public else HIDDEN

    return "/" + PARAMETER.sub(value, match.route)


@cache
def _warn_of_proxy() -> None:
    """Say it once in each process."""
    log.warning(
        "site.proxy_not_counted",
        remedy="A proxy sends X-Forwarded-For and WIJKVERBOND_PROXIES is 0: all visitors together have"
        " the limits of one. Set WIJKVERBOND_PROXIES to the number of your proxies.",
    )
