"""One form, one effect: what is sent twice from the same page does its work once.

A finger that taps twice, a browser that tries again and a page that is sent once more after "back" send
the same: from the same showing of the page (of which the form's CSRF token, masked anew each time, is
the sign), to the same address, with the same in every field. The first does the work. Whoever sends it
again meanwhile waits for its outcome, and is led to the same page. What was refused can be sent again,
and so can what stays on its page: only a redirect says that something was done.
"""

import time
import uuid
from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.crypto import salted_hmac

from wijkverbond.kernel import clock
from wijkverbond.kernel.models import SentForm

CSRF_FIELD = "csrfmiddlewaretoken"
LOOKS = 200
PAUSE_SECONDS = 0.05  # so an answer of ten seconds is waited for; after that its server is gone

GetResponse = Callable[[HttpRequest], HttpResponse]
View = TypeVar("View", bound=Callable[..., HttpResponse])


def once_by_itself(view: View) -> View:
    """A view that stores the same when it is sent again, and is asked too often to keep each outcome."""
    view.is_once_by_itself = True  # type: ignore[attr-defined]
    return view


class Middleware:
    """Keeps the outcome of each form that was sent, and gives it to who sends the same again."""

    def __init__(self, get_response: GetResponse) -> None:
        """Go on to `get_response`, as Django asks of a middleware."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and keep the outcome of what was sent for the first time."""
        session = request.session.session_key
        response = self.get_response(request)
        if sent := request.__dict__.get("_sent_form"):
            if _says_it_is_done(request, response, session):
                sent.update(outcome=response["Location"])
            else:
                sent.delete()
        return response

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        """Lead who sends something again to where it led the first time."""
        if request.method != "POST" or CSRF_FIELD not in request.POST:
            return None
        if getattr(view, "is_once_by_itself", False):
            return None
        key = _key(request)
        for look in range(LOOKS):
            if look:
                time.sleep(PAUSE_SECONDS)
            sent, is_first = SentForm.objects.get_or_create(
                key=key, defaults={"sent_at": clock.now()}
            )
            if is_first:
                break
            if sent.outcome:
                return HttpResponseRedirect(sent.outcome)
        request.__dict__["_sent_form"] = SentForm.objects.filter(key=key)
        return None


def pseudonym(request: HttpRequest) -> uuid.UUID:
    """A pseudonym for whoever sends this form: the same when the same is sent again."""
    return uuid.UUID(_key(request)[:32]) if CSRF_FIELD in request.POST else uuid.uuid4()


def _key(request: HttpRequest) -> str:
    fields = sorted((name, values) for name, values in request.POST.lists())
    files = [
        (name, file.name, file.size)
        for name, uploads in sorted(request.FILES.lists())
        for file in uploads
    ]
    what = repr((request.user.pk, request.get_full_path(), fields, files))
    return salted_hmac("wijkverbond.ui.sent_once", what, algorithm="sha256").hexdigest()


def _says_it_is_done(request: HttpRequest, response: HttpResponse, session: str | None) -> bool:
    """Whether this outcome is everything that who sent it gets: no sign-in, no cookie of its own."""
    known_anew = response.cookies or (session is None and request.session.modified)
    same_session = request.session.session_key == session
    return response.status_code == 302 and same_session and not known_anew
