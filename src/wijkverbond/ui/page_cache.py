"""Pages for strangers are kept for some seconds, or until something happens.

A visitor without a session sees what everyone sees. So the same page, in the same language and
display, is rendered once and given to all who ask within `PAGE_SECONDS`. An entry in the journal
makes every kept page old at once. Pages with a form are not kept (their token is one visitor's),
none that left something in the visitor's session, and none that says itself how long it may be kept.
A page for one visitor, who is signed in or who answers a question, is stored nowhere: not by a proxy,
and not by the browser of a computer that others use too.
"""

from collections.abc import Callable
from urllib.parse import quote

from django.conf import settings
from django.core.cache import cache
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from wijkverbond.kernel import journal_queries
from wijkverbond.ui.context import DISPLAY_COOKIE, display

HEADERS = ("Content-Type", "Vary", "X-Frame-Options")
LONGEST = 200

GetResponse = Callable[[HttpRequest], HttpResponse]


def middleware(get_response: GetResponse) -> GetResponse:
    """Answer with the kept page where there is one."""

    def answer(request: HttpRequest) -> HttpResponse:
        if _is_known(request):
            response = get_response(request)
            response["Cache-Control"] = "no-store, private"
            return response
        key = _key(request)
        if key is None:
            return get_response(request)
        cached = cache.get(key)
        if cached:
            return HttpResponse(cached[0], headers=cached[1])
        response = get_response(request)
        if _is_for_everyone(response) and not request.session.modified:
            patch_vary_headers(response, ["Cookie"])
            headers = {name: response[name] for name in HEADERS if name in response}
            cache.set(key, (response.content, headers), settings.PAGE_SECONDS)
        return response

    return answer


def _is_known(request: HttpRequest) -> bool:
    """Whether the visitor brings more than a choice of display and the token of a form."""
    shared = {settings.LANGUAGE_COOKIE_NAME, DISPLAY_COOKIE, settings.CSRF_COOKIE_NAME}
    return bool(request.COOKIES.keys() - shared)


def _key(request: HttpRequest) -> str | None:
    """Under what a page is kept; nothing when it may differ for this visitor."""
    shared = {settings.LANGUAGE_COOKIE_NAME, DISPLAY_COOKIE}
    address = request.get_full_path()
    if (
        not settings.PAGE_SECONDS
        or request.method != "GET"
        or request.COOKIES.keys() - shared
        or "HX-Request" in request.headers
        or len(address) > LONGEST
    ):
        return None
    try:
        latest_entry = journal_queries.latest()
    except OperationalError:
        return None
    parts = (latest_entry, get_language(), display(request), request.get_host(), quote(address))
    return "kept:" + ":".join(map(str, parts))


def _is_for_everyone(response: HttpResponse) -> bool:
    html = response.get("Content-Type", "").startswith("text/html") and not response.streaming
    own = response.cookies or "Cache-Control" in response
    return html and response.status_code == 200 and not own
