"""One form, one effect: what is sent twice does its work once, and leads to the same page.

A finger that taps twice, a browser that tries again and a page that is sent once more after "back" send
the same: from the same showing of the page (of which the form's CSRF token, masked anew each time, is
the sign), to the same address, with the same in every field. The first does the work. Whoever sends it
again meanwhile waits a moment for its outcome, and is led there, or else to a page that looks again.
What was refused can be sent again, and so can what stays on its page: only a redirect says that
something was done.

The same from another showing of the page is done again where that can be: two ideas may have the same
words. Where it cannot, because the first was done, its sender is led to the outcome of that too, and not
to an error: they did it themselves.
"""

import datetime as dt
import time
import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import TypeVar

from django.contrib import messages
from django.contrib.messages.storage.base import BaseStorage
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import ACTING_FOR
from wijkverbond.kernel.models import SentForm
from wijkverbond.ui import http

LOOKS = 40
PAUSE_SECONDS = 0.05  # so two seconds at most: a server has few hands
GONE_AFTER = dt.timedelta(seconds=30)  # whoever works on it longer has fallen over
LOOK_AGAIN_SECONDS = 3
REFUSALS = (HTTPStatus.FORBIDDEN, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)

GetResponse = Callable[[HttpRequest], HttpResponse]
Contents = tuple[list[tuple[str, list[str]]], list[object]]
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
        sent = request.__dict__.get("_sent_form")
        if not sent:
            return response
        is_led_on = _is_led_on(request, response, session)
        is_refused = response.status_code in REFUSALS or (
            is_led_on and _says_what_is_wrong(request)
        )
        _keep(sent, response["Location"] if is_led_on else "", is_refused=is_refused)
        if is_refused and (outcome := _outcome_of_another_showing(sent)):
            _say_that_it_was_done(request)
            return HttpResponseRedirect(outcome)
        return response

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        """Lead who sends something again to where it led the first time."""
        if request.method != "POST" or http.CSRF_FIELD not in request.POST:
            return None
        if getattr(view, "is_once_by_itself", False):
            return None
        key, contents = _key(request), _key_of_contents(request)
        for look in range(LOOKS):
            if look:
                time.sleep(PAUSE_SECONDS)
            now = clock.now()
            try:
                sent, is_first = SentForm.objects.get_or_create(
                    key=key, defaults={"contents": contents, "sent_at": now}
                )
            except IntegrityError:  # the first was refused at this very moment, and is forgotten
                continue
            if is_first or _takes_over(sent, now):
                request.__dict__["_sent_form"] = sent
                return None
            if sent.outcome:
                return HttpResponseRedirect(sent.outcome)
        return HttpResponseRedirect(reverse("ui:sent", args=[key]))


@require_safe
def sent(request: HttpRequest, key: str) -> HttpResponse:
    """Where a form led that was still worked on when it was sent again; until then, that it is."""
    form = SentForm.objects.filter(key=key).first()
    if form and form.outcome:
        return redirect(form.outcome)
    if form is None or _is_gone(form, clock.now()):
        return http.page(request, "ui/not_stored.html", status=404)
    response = http.page(request, "ui/still_busy.html", status=202)
    response["Refresh"] = str(LOOK_AGAIN_SECONDS)
    return response


def pseudonym(request: HttpRequest) -> uuid.UUID:
    """A pseudonym for whoever sends this form: the same when the same is sent again."""
    return uuid.UUID(_key(request)[:32]) if http.CSRF_FIELD in request.POST else uuid.uuid4()


def _key(request: HttpRequest) -> str:
    return _digest(request.user.pk, request.get_full_path(), *_contents(request))


def _key_of_contents(request: HttpRequest) -> str:
    """The same for every showing of the page; nothing for whoever is known by the showing alone."""
    if not request.user.is_authenticated:
        return ""
    fields, files = _contents(request)
    fields = [(name, values) for name, values in fields if name != http.CSRF_FIELD]
    acting_for = request.session.get(ACTING_FOR)
    return _digest(request.user.pk, acting_for, request.get_full_path(), fields, files)


def _contents(request: HttpRequest) -> Contents:
    """What is in every field, and which files."""
    fields = sorted((name, [*values]) for name, values in request.POST.lists())
    files: list[object] = [
        (name, file.name, file.size)
        for name, uploads in sorted(request.FILES.lists())
        for file in uploads
    ]
    return fields, files


def _digest(*what: object) -> str:
    return salted_hmac("wijkverbond.ui.sent_once", repr(what), algorithm="sha256").hexdigest()


def _is_gone(sent: SentForm, now: dt.datetime) -> bool:
    """Whether the server that worked on it must have fallen over."""
    return not sent.outcome and sent.sent_at <= now - GONE_AFTER


def _takes_over(sent: SentForm, now: dt.datetime) -> bool:
    """Whether this is the one of those who wait that goes on where a server fell over."""
    if not _is_gone(sent, now):
        return False
    return SentForm.objects.filter(key=sent.key, sent_at=sent.sent_at).update(sent_at=now) == 1


def _is_led_on(request: HttpRequest, response: HttpResponse, session: str | None) -> bool:
    """Whether the next page is everything that who sent it gets: no sign-in, no cookie of its own."""
    known_anew = response.cookies or (session is None and request.session.modified)
    same_session = request.session.session_key == session
    return response.status_code == HTTPStatus.FOUND and same_session and not known_anew


def _says_what_is_wrong(request: HttpRequest) -> bool:
    """Whether the next page says why nothing was done."""
    waiting = messages.get_messages(request)
    assert isinstance(waiting, BaseStorage)
    wrong = any(message.level >= messages.ERROR for message in waiting)
    waiting.used = False
    return wrong


def _keep(sent: SentForm, outcome: str, *, is_refused: bool) -> None:
    """Keep where it led. What was refused leads nobody from another showing."""
    row = SentForm.objects.filter(key=sent.key)
    if not outcome:
        row.delete()
    elif is_refused:
        row.update(outcome=outcome, contents="")
    else:
        row.update(outcome=outcome)


def _outcome_of_another_showing(sent: SentForm) -> str:
    """Where the same led when the same person sent it from another showing, perhaps just now."""
    if not sent.contents:
        return ""
    same = SentForm.objects.filter(contents=sent.contents).exclude(key=sent.key)
    for look in range(LOOKS):
        if look:
            time.sleep(PAUSE_SECONDS)
        if done := same.exclude(outcome="").order_by("sent_at").last():
            return done.outcome
        if not same.filter(outcome="", sent_at__gt=clock.now() - GONE_AFTER).exists():
            return ""
    return ""


def _say_that_it_was_done(request: HttpRequest) -> None:
    """Let the next page say that, instead of what was wrong with it."""
    list(messages.get_messages(request))
    messages.info(request, _("You did this before. This is how it stands now."))
