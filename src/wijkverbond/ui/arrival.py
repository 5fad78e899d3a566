"""Tells the doctor of this installation how a request arrives here, after all proxies on the way.

Only who has the secret key can ask (`ticket`); everybody else gets the page that they asked for.
"""

from collections.abc import Callable

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse, JsonResponse

HEADER = "X-Wijkverbond-Doctor"
GOOD_FOR_SECONDS = 60

GetResponse = Callable[[HttpRequest], HttpResponse]


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="wijkverbond.ui.arrival")


def ticket() -> str:
    """What to send along in `HEADER`."""
    return _signer().sign("arrival")


def middleware(get_response: GetResponse) -> GetResponse:
    """Answer the doctor before anything can refuse the request."""

    def answer(request: HttpRequest) -> HttpResponse:
        if HEADER in request.headers and _is_ours(request.headers[HEADER]):
            return JsonResponse(_arrived(request))
        return get_response(request)

    return answer


def _is_ours(sent: str) -> bool:
    try:
        _signer().unsign(sent, max_age=GOOD_FOR_SECONDS)
    except BadSignature:
        return False
    return True


def _arrived(request: HttpRequest) -> dict[str, str | int]:
    forwarded = request.headers.get("X-Forwarded-For", "")
    return {
        "host": request.headers.get("Host", ""),
        "forwarded": len([part for part in forwarded.split(",") if part.strip()]),
        "protocol": request.headers.get("X-Forwarded-Proto", ""),
    }
