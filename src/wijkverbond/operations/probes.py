"""Machines ask a machine by its number how it is; the site answers as if they asked for its name."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

PATHS = ("/health", "/metrics")

GetResponse = Callable[[HttpRequest], HttpResponse]


def middleware(get_response: GetResponse) -> GetResponse:
    """Let a probe in, whatever host it names."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path in PATHS:
            request.META["HTTP_HOST"] = urlsplit(settings.SITE_ADDRESS).netloc
        return get_response(request)

    return answer
