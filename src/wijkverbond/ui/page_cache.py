"""Pages for strangers are kept for some seconds, or until something happens.

A visitor without a session sees what everyone sees. So the same page, in the same language and
display, is rendered once and given to all who ask within `PAGE_SECONDS`. An entry in the journal
makes every kept page old at once. Pages with a form are not kept (their token is one visitor's),
none that left something in the visitor's session, and none that says itself how long it may be kept.
A page for one visitor, who is signed in or who answers a question, is stored nowhere: not by a proxy,
and not by the browser of a computer that others use too.

While the database is away strangers get the last page that was kept, for an hour at most.
"""

from collections.abc import Callable
from urllib.parse import quote

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from wijkverbond.kernel import journal_queries
from wijkverbond.kernel.error_text import AWAY
from wijkverbond.ui.context import DISPLAY_COOKIE, display

HEADERS = ("Content-Type", "Vary", "X-Frame-Options")
LONGEST = 200
WHILE_AWAY = 3600  # seconds

GetResponse = Callable[[HttpRequest], HttpResponse]


def middleware(get_response: GetResponse) -> GetResponse:
    """Answer with the kept page where there is one."""

    def answer(request: HttpRequest) -> HttpResponse:
        if _is_known(request):
            response = get_response(request)
            response["Cache-Control"] = "no-store, private"
            return response
        place = _place(request)
        if place is None:
            return get_response(request)
        try:
            key = f"kept:{journal_queries.latest()}:{place}"
        except AWAY:
            return _page(cache.get(f"last:{place}")) or get_response(request)
        if kept := _page(cache.get(key)):
            return kept
        response = get_response(request)
        if _is_for_everyone(response) and not request.session.modified:
            patch_vary_headers(response, ["Cookie"])
            headers = {name: response[name] for name in HEADERS if name in response}
            cache.set(key, (response.content, headers), settings.PAGE_SECONDS)
            cache.set(f"last:{place}", (response.content, headers), WHILE_AWAY)
        return response

    return answer


def _is_known(request: HttpRequest) -> bool:
    """Whether the visitor brings more than a choice of display and the token of a form."""
    shared = {settings.LANGUAGE_COOKIE_NAME, DISPLAY_COOKIE, settings.CSRF_COOKIE_NAME}
    return bool(request.COOKIES.keys() - shared)


def _page(kept: tuple[bytes, dict[str, str]] | None) -> HttpResponse | None:
    return HttpResponse(kept[0], headers=kept[1]) if kept else None


def _place(request: HttpRequest) -> str | None:
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
    parts = (get_language(), display(request), request.get_host(), quote(address))
    return ":".join(map(str, parts))


def _is_for_everyone(response: HttpResponse) -> bool:
    html = response.get("Content-Type", "").startswith("text/html") and not response.streaming
    own = response.cookies or "Cache-Control" in response
    return html and response.status_code == 200 and not own
