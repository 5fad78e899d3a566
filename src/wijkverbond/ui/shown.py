"""What a page shows of a record that people agree to travels in its form, and comes back with the answer.

In one hidden field, signed and bound to the record, so that nothing is stored and both texts can be shown
when it changed meanwhile: 409, nothing recorded, and asked again with the new text. What was typed stays.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.core import signing
from django.http import HttpRequest, HttpResponse

from wijkverbond.kernel.shown import Changed, Shown
from wijkverbond.ui import http
from wijkverbond.ui.differences import TextPart, words_changed

FIELD = "shown"
MOST_COMPARED = 40_000  # signs of both texts: word by word takes a second for more

GetResponse = Callable[[HttpRequest], HttpResponse]


class BothTexts(NamedTuple):
    """What somebody was shown, with what went marked; and what it says now, with what came marked."""

    before: list[TextPart]
    now: list[TextPart]


class Middleware:
    """Asks again where a button was pressed; a page with a form does so itself (`try_service`)."""

    def __init__(self, get_response: GetResponse) -> None:
        """Go on to `get_response`, as Django asks of a middleware."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as the page does."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """409 with both texts and the same button, when what was shown changed."""
        if not isinstance(exception, Changed):
            return None
        context = {
            "coalition": request.__dict__.get("_coalition"),
            "changed": exception,
            "fields": [*http.other_fields(request, FIELD)],
            "back": http.page_before(request),
        }
        return http.page(request, "ui/changed.html", context, status=409)


def sent(request: HttpRequest, record: Shown) -> str:
    """What the page of the form that was sent showed of this record; empty when it does not say."""
    try:
        return str(_signer(record).unsign_object(request.POST.get(FIELD, "")))
    except signing.BadSignature:
        return ""


def to_send(request: HttpRequest, record: Shown, changed: Changed | None) -> str:
    """What the form of a page sends along.

    Who must correct a field read what stood there the first time; who was shown both texts, the new.
    """
    text = changed.now if changed else sent(request, record) or record.shown_text
    return signed(record, text)


def signed(record: Shown, text: str) -> str:
    """That somebody was shown this text of a record; nobody else can say so."""
    return _signer(record).sign_object(text, compress=True)


def both_texts(changed: Changed) -> BothTexts:
    """Both texts, each whole, with what differs marked."""
    before, now = changed.before, changed.now
    if not before or len(before) + len(now) > MOST_COMPARED:
        return BothTexts([TextPart("same", before)], [TextPart("same", now)])
    parts = words_changed(before, now)
    return BothTexts(
        [part for part in parts if part.change != "added"],
        [part for part in parts if part.change != "removed"],
    )


def _signer(record: Shown) -> signing.Signer:
    return signing.Signer(salt=f"wijkverbond.ui.shown:{record.shown_as}")
