"""Giving a signal without an account, reading new ones, and saying what came of them."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wijkverbond.coalition.acting import (
    anonymous_participant,
    coalition_or_404,
    find_coalition,
    find_record,
)
from wijkverbond.coalition.models import Coalition
from wijkverbond.insights import forms, policies, queries, services
from wijkverbond.insights.models import Signal
from wijkverbond.insights.views.common import crumbs, focus, show_form, turn
from wijkverbond.kernel.policy import require
from wijkverbond.ui import http, shown
from wijkverbond.ui.decorators import form_page, open_form_page
from wijkverbond.ui.forms import bound, try_service
from wijkverbond.ui.navigation import Link

SIGNALS_AT_ONCE = 10  # of one network in an hour; the next wait a moment
PER_PAGE = 20
MOST_LATE = 100


@open_form_page
def give(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what one sees in the neighbourhood."""
    coalition = coalition_or_404(request, slug)
    form = bound(forms.SignalForm, request, buurten=queries.buurten(coalition))
    if form.is_valid():
        if wait := turn(request, coalition, "insights.signal", first=SIGNALS_AT_ONCE):
            return wait
        with try_service(form):
            actor = anonymous_participant(coalition)
            services.give_signal(coalition, actor=actor, **form.cleaned_data)
            return redirect("insights:given", slug)
    return http.show_form(request, "insights/give.html", form, focus(request, coalition))


@require_safe
def signal_given(request: HttpRequest, slug: str) -> HttpResponse:
    """The signal is in; what happens with it now."""
    return http.page(
        request, "insights/given.html", focus(request, coalition_or_404(request, slug))
    )


@require_safe
def signals(request: HttpRequest, slug: str) -> HttpResponse:
    """Every signal with what came of it, what waits too long, and what was not published and why."""
    coalition, actor = find_coalition(request, slug)
    published = Paginator(queries.published(coalition), PER_PAGE)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(_("Signals"))),
        "page": published.get_page(request.GET.get("page")),
        "names": {buurt.code: buurt.name for buurt in queries.buurten(coalition)},
        "late_signals": queries.waits_longer(coalition, actor.now)[:MOST_LATE],
        "refused_signals": queries.refused(coalition)[:MOST_LATE],
        "may_answer": policies.may_answer_signals(actor),
        "may_read_new": policies.may_read_new_signals(actor),
    }
    return http.page(request, "insights/signals.html", context)


@form_page
def read_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Read the oldest new signal: publish it, or say why not."""
    coalition, actor = find_coalition(request, slug)
    require(policies.may_read_new_signals(actor))
    waiting = queries.to_read(coalition)
    sent = request.POST.get("signal", "")
    # A choice is about the signal that was read, never about another one that waits.
    signal = _find_signal(coalition, sent) if sent else waiting.first()
    form = bound(forms.ModerateForm, request)
    if signal and form.is_valid():
        with try_service(form):
            services.moderate_signal(
                signal,
                actor=actor,
                publish=form.cleaned_data["publish"] == "yes",
                why=form.cleaned_data["why"],
                reason=form.cleaned_data["reason"],
                shown=shown.sent(request, signal) if sent else "",
            )
            messages.success(request, _("Done. Your choice and reason are public."))
            return redirect("insights:read_new", slug)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(_("New signals"))),
        "signal": signal,
        "waiting": waiting.count(),
    }
    return http.show_form(request, "insights/read_new.html", form, context)


@form_page
def answer(request: HttpRequest, slug: str, signal_id: uuid.UUID) -> HttpResponse:
    """Say what came of a signal, and why."""
    signal, actor = find_record(request, slug, queries.published, signal_id, policies.may_answer)
    form = bound(forms.AnswerForm, request)
    if form.is_valid():
        with try_service(form):
            services.answer_signal(signal, actor=actor, **form.cleaned_data)
            messages.success(request, _("Your answer is there, for everyone to see."))
            return redirect("insights:signals", slug)
    return show_form(
        request,
        form,
        signal.coalition,
        title=_("What came of this signal?"),
        submit=_("Publish this answer"),
        about=signal.text,
    )


def _find_signal(coalition: Coalition, sent_id: str) -> Signal:
    return get_object_or_404(coalition.signals.all(), id=http.id_or_none(sent_id))
