"""Erasing one's answers without an account: by the code that stands on the last page of answering."""

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wijkverbond.kernel import clock, rate_limits
from wijkverbond.kernel.actor import Actor, ActorKind
from wijkverbond.ui import http
from wijkverbond.ui.decorators import open_form_page
from wijkverbond.ui.forms import bound, try_service
from wijkverbond.urgency import forms, services

TRIES_PER_HOUR = 20
HOUR = dt.timedelta(hours=1)


@open_form_page
def erase(request: HttpRequest) -> HttpResponse:
    """Erase everything that was answered with a code."""
    form = bound(forms.CodeForm, request)
    if form.is_valid():
        key = f"urgency.erase:{rate_limits.visitor(request)}"
        if not rate_limits.allow(key, TRIES_PER_HOUR, HOUR):
            form.add_error("code", _("Many codes were typed here just now. Try again in an hour."))
            return http.page(request, "urgency/erase.html", {"form": form}, status=429)
        with try_service(form):
            # Whoever has the code, and is signed in or not: no account is linked to answers.
            actor = Actor(kind=ActorKind.PARTICIPANT, now=clock.now())
            services.erase_answers(form.cleaned_data["code"], actor=actor)
            messages.success(request, _("Your answers are erased."))
            return redirect("urgency:erase")
    return http.show_form(request, "urgency/erase.html", form, {})
