"""The pages of requests to government."""

import uuid
from functools import partial

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wijkverbond.actions import policies
from wijkverbond.actions.forms import requests as forms
from wijkverbond.actions.models import FacilitationRequest
from wijkverbond.actions.queries import requests as queries
from wijkverbond.actions.services import requests as services
from wijkverbond.actions.views.common import timeline
from wijkverbond.coalition.acting import find_coalition, find_record
from wijkverbond.coalition.models import Coalition
from wijkverbond.kernel.shown import Shown
from wijkverbond.ui import http, navigation, shown
from wijkverbond.ui.decorators import button, form_page
from wijkverbond.ui.forms import bound, try_service
from wijkverbond.ui.navigation import Link

crumbs = partial(navigation.crumbs, "actions:requests")


@require_safe
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """Every request: what waits longest first; late is visible to all."""
    coalition, actor = find_coalition(request, slug)
    request_statuses = queries.requests(coalition, actor.now)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition),
        "request_statuses": request_statuses,
        "response_stats": queries.response_stats(request_statuses),
        "may_ask_government": policies.may_ask_government(actor, coalition),
    }
    return http.page(request, "actions/requests.html", context)


@require_safe
def page(request: HttpRequest, slug: str, request_id: uuid.UUID) -> HttpResponse:
    """One request: what was asked, until when, what was answered, and what may be done now."""
    facilitation, actor = find_record(request, slug, _requests, request_id)
    title = _("Request %(number)s") % {"number": facilitation.number}
    request_status = queries.request_status(facilitation, actor.now)
    is_answered = facilitation.state == FacilitationRequest.State.ANSWERED
    may_follow_up = policies.may_follow_up(actor, facilitation)
    context = {
        "coalition": facilitation.coalition,
        "crumbs": crumbs(facilitation.coalition, Link(title)),
        "facilitation": facilitation,
        "request_status": request_status,
        "timeline": timeline(queries.entries_about(facilitation)),
        "may_answer": policies.may_answer(actor, facilitation),
        "may_settle": policies.may_settle_request(actor, facilitation),
        "may_escalate": (request_status.late > 0 or is_answered) and may_follow_up,
        "may_withdraw": may_follow_up,
    }
    return http.page(request, "actions/request.html", context)


@form_page
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask government for something."""
    coalition, actor = find_coalition(request, slug, policies.may_ask_government)
    initial = {"obstacle": http.id_in_query(request, "vastgelopen")}
    form = bound(forms.AskForm, request, coalition=coalition, initial=initial)
    if form.is_valid():
        with try_service(form):
            addressee = form.cleaned_data["addressee"]
            services.ask(coalition, actor=actor, addressee=addressee, wording=form.instance)
            messages.success(request, _("Your request is in. The term runs from today."))
            return redirect("actions:requests", slug)
    return http.show_one_form(
        request,
        form,
        coalition=coalition,
        crumbs=crumbs(coalition),
        title=_("Ask government for something"),
        submit=_("Ask this"),
        crumb=_("Ask this"),
        sees=_("Everyone sees your request, and whether the answer comes in time."),
    )


@form_page
def answer(request: HttpRequest, slug: str, request_id: uuid.UUID) -> HttpResponse:
    """Answer a request, for one's own government party."""
    facilitation, actor = find_record(request, slug, _requests, request_id, policies.may_answer)
    form = bound(forms.AnswerForm, request)
    if form.is_valid():
        with try_service(form):
            services.answer(facilitation, actor=actor, **form.cleaned_data)
            messages.success(request, _("The answer is in."))
            return redirect("actions:request", slug, request_id)
    return _show(request, form, facilitation, submit=_("Send our answer"))


@form_page
def extend(request: HttpRequest, slug: str, request_id: uuid.UUID) -> HttpResponse:
    """Take more time, once, with a reason."""
    facilitation, actor = find_record(request, slug, _requests, request_id, policies.may_answer)
    form = bound(forms.ExtendForm, request)
    if form.is_valid():
        with try_service(form):
            services.extend(facilitation, actor=actor, **form.cleaned_data)
            messages.success(request, _("The new term stands with the request."))
            return redirect("actions:request", slug, request_id)
    return _show(request, form, facilitation, submit=_("Take more time"))


@form_page
def accept(request: HttpRequest, slug: str, request_id: uuid.UUID) -> HttpResponse:
    """Say that the answer resolves it, and whether it helped."""
    facilitation, actor = find_record(
        request, slug, _requests, request_id, policies.may_settle_request
    )
    form = bound(forms.AcceptForm, request)
    if form.is_valid():
        with try_service(form):
            services.accept(
                facilitation,
                actor=actor,
                shown=shown.sent(request, facilitation),
                **form.cleaned_data,
            )
            messages.success(request, _("Thank you. The request reads as resolved."))
            return redirect("actions:request", slug, request_id)
    submit = _("This resolves our request")
    return _show(request, form, facilitation, submit=submit, shown=facilitation)


@form_page
def reopen(request: HttpRequest, slug: str, request_id: uuid.UUID) -> HttpResponse:
    """Ask again, because the answer does not help."""
    facilitation, actor = find_record(
        request, slug, _requests, request_id, policies.may_settle_request
    )
    form = bound(forms.ReasonForm, request)
    if form.is_valid():
        with try_service(form):
            services.reopen(
                facilitation,
                actor=actor,
                shown=shown.sent(request, facilitation),
                **form.cleaned_data,
            )
            messages.success(request, _("The request is open again. A new term runs."))
            return redirect("actions:request", slug, request_id)
    return _show(request, form, facilitation, submit=_("Ask again"), shown=facilitation)


@form_page
def escalate(request: HttpRequest, slug: str, request_id: uuid.UUID) -> HttpResponse:
    """Take a late or unhelpful request one level up."""
    facilitation, actor = find_record(request, slug, _requests, request_id, policies.may_follow_up)
    form = bound(forms.ReasonForm, request)
    if form.is_valid():
        with try_service(form):
            services.escalate(facilitation, actor=actor, **form.cleaned_data)
            messages.success(request, _("The request now stands one level up."))
            return redirect("actions:request", slug, request_id)
    return _show(request, form, facilitation, submit=_("Take it one level up"))


@button
def acknowledge(request: HttpRequest, slug: str, request_id: uuid.UUID) -> HttpResponse:
    """Say that a request was received."""
    facilitation, actor = find_record(request, slug, _requests, request_id)
    with http.run_button(request, _("The asker sees this.")):
        services.acknowledge(facilitation, actor=actor)
    return redirect("actions:request", slug, request_id)


@button
def withdraw(request: HttpRequest, slug: str, request_id: uuid.UUID) -> HttpResponse:
    """Withdraw one's request."""
    facilitation, actor = find_record(request, slug, _requests, request_id)
    with http.run_button(request, _("The request is withdrawn.")):
        services.withdraw(facilitation, actor=actor)
    return redirect("actions:requests", slug)


def _requests(coalition: Coalition) -> QuerySet[FacilitationRequest]:
    return coalition.requests.select_related(
        "asker__organisation", "addressee__organisation", "obstacle"
    )


def _show(
    request: HttpRequest,
    form: Form,
    facilitation: FacilitationRequest,
    *,
    submit: str,
    shown: Shown | None = None,
) -> HttpResponse:
    return http.show_one_form(
        request,
        form,
        coalition=facilitation.coalition,
        crumbs=crumbs(facilitation.coalition),
        title=facilitation.title,
        submit=submit,
        crumb=submit,
        shown=shown,
    )
