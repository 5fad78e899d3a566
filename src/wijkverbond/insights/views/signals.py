"""Giving a signal without an account, reading new ones, and saying what came of them."""

import datetime as dt
import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wijkverbond.coalition.acting import coalition_or_404, current_actor
from wijkverbond.coalition.views.common import try_service
from wijkverbond.insights import forms, policies, queries, services
from wijkverbond.insights.models import Signal
from wijkverbond.insights.views.common import crumbs, focus, form_page, someone, too_many
from wijkverbond.kernel import clock, rate_limits
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import require
from wijkverbond.ui import http
from wijkverbond.ui.forms import status
from wijkverbond.ui.navigation import Link

SIGNALS_PER_HOUR = 10
HOUR = dt.timedelta(hours=1)
PER_PAGE = 20
MOST_LATE = 100


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what one sees in the neighbourhood."""
    coalition = coalition_or_404(request, slug)
    form = forms.SignalForm(
        request.POST if request.method == "POST" else None, buurten=queries.buurten(coalition)
    )
    if form.is_valid():
        if not rate_limits.allow(
            f"insights.signal:{rate_limits.visitor(request)}", SIGNALS_PER_HOUR, HOUR
        ):
            return too_many(request, coalition)
        if try_service(
            lambda: services.give_signal(coalition, actor=someone(coalition), **form.cleaned_data),
            form,
        ):
            return redirect("insights:given", slug)
    context = {**focus(coalition), "form": form}
    return http.page(request, "insights/give.html", context, status=status(form))


@require_safe
def given(request: HttpRequest, slug: str) -> HttpResponse:
    """The signal is in; what happens with it now."""
    return http.page(request, "insights/given.html", focus(coalition_or_404(request, slug)))


@require_safe
def signals(request: HttpRequest, slug: str) -> HttpResponse:
    """Every signal with what came of it, what waits too long, and what was not published and why."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    found = Paginator(queries.published(coalition), PER_PAGE)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(_("Signals"))),
        "page": found.get_page(request.GET.get("page")),
        "names": {buurt.code: buurt.name for buurt in queries.buurten(coalition)},
        "late": queries.waits_longer(coalition, clock.now())[:MOST_LATE],
        "refused": queries.refused(coalition)[:MOST_LATE],
        "may_answer": policies.may_answer_signals(acting),
        "may_read_new": policies.may_read_new(acting),
    }
    return http.page(request, "insights/signals.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def read_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Read the oldest new signal: publish it, or say why not."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    require(policies.may_read_new(acting))
    waiting = queries.to_read(coalition)
    sent = request.POST.get("signal", "")
    found = _of(coalition.signals.all(), sent) or waiting.first()
    form = forms.ModerateForm(request.POST if request.method == "POST" and sent else None)
    if found and form.is_valid() and try_service(lambda: _moderate(found, form, acting), form):
        messages.success(request, _("Done. Your choice and reason are public."))
        return redirect("insights:read_new", slug)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(_("New signals"))),
        "signal": found,
        "waiting": waiting.count(),
        "form": form,
    }
    return http.page(request, "insights/read_new.html", context, status=status(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, slug: str, signal: uuid.UUID) -> HttpResponse:
    """Say what came of a signal, and why."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    found = queries.published(coalition).filter(id=signal).first()
    if not found:
        raise Http404
    require(policies.may_answer(acting, found))
    form = forms.AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and try_service(
        lambda: services.answer_signal(found, actor=acting, **form.cleaned_data), form
    ):
        messages.success(request, _("Your answer is there, for everyone to see."))
        return redirect("insights:signals", slug)
    title, submit = _("What came of this signal?"), _("Publish this answer")
    return form_page(request, coalition, form, title=title, submit=submit, about=found.text)


def _of(signals: QuerySet[Signal], sent: str) -> Signal | None:
    try:
        return signals.filter(id=uuid.UUID(sent)).first()
    except ValueError:
        return None


def _moderate(signal: Signal, form: forms.ModerateForm, acting: Actor) -> None:
    services.moderate_signal(
        signal,
        actor=acting,
        publish=form.cleaned_data["publish"] == "yes",
        why=form.cleaned_data["why"],
        reason=form.cleaned_data["reason"],
    )
