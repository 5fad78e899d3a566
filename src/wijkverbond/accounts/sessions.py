"""How sessions are kept: as Django keeps them, with whose they are, so that people see their own."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from wijkverbond.kernel import clock

if TYPE_CHECKING:
    from wijkverbond.accounts.models import Session

BEGUN = "begun"
BROWSER = "browser"
USED = "used"
ENDS = "_session_expiry"  # as Django calls it

GetResponse = Callable[[HttpRequest], HttpResponse]


class SessionStore(DatabaseStore):
    """Keeps of who is signed in since when that is so, and on which day they last came by."""

    @classmethod
    def get_model_class(cls) -> "type[Session]":
        """The table of sessions."""
        model: type[Session] = apps.get_model("accounts", "Session")
        return model

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """The row for what is in a session."""
        if SESSION_KEY in data:
            now = clock.now()
            data.setdefault(BEGUN, now.isoformat())
            # However often somebody comes by: a session that was taken over ends by itself too.
            ends = now + dt.timedelta(seconds=settings.SESSION_COOKIE_AGE)
            data.setdefault(ENDS, ends.isoformat())
            data[USED] = _today()
        row = super().create_model_instance(data)
        assert isinstance(row, self.get_model_class())
        row.person = data.get(SESSION_KEY)
        return row


def middleware(get_response: GetResponse) -> GetResponse:
    """Keep, once a day, that somebody who is signed in came by."""

    def answer(request: HttpRequest) -> HttpResponse:
        # Without a cookie nobody is, and a page for everyone stays one.
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            session = request.session
            if SESSION_KEY in session and session.get(USED) != _today():
                session.modified = True
        return get_response(request)

    return answer


def _today() -> str:
    return timezone.localdate(clock.now()).isoformat()
