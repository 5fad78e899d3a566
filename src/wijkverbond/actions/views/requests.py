"""The pages of requests to government."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wijkverbond.actions import policies
from wijkverbond.actions.forms import requests as forms
from wijkverbond.actions.models import FacilitationRequest
from wijkverbond.actions.queries import requests as queries
from wijkverbond.actions.services import requests as services
from wijkverbond.actions.views.common import timeline
from wijkverbond.coalition.acting import coalition_or_404, current_actor
from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.views.common import chosen, run_button, try_service
from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import require
from wijkverbond.ui import http
from wijkverbond.ui.navigation import Link


@require_safe
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """Every request: what waits longest first; late is visible to all."""
    coalition = coalition_or_404(request, slug)
    standing = queries.requests(coalition, clock.now())
    context = {
        "coalition": coalition,
        "crumbs": _crumbs(coalition)[:2],
        "standing": standing,
        "mirror": queries.response_stats(standing),
        "may_ask": policies.may_ask(current_actor(request, coalition), coalition),
    }
    return http.page(request, "actions/requests.html", context)


@require_safe
def page(request: HttpRequest, slug: str, asked: uuid.UUID) -> HttpResponse:
    """One request: what was asked, until when, what was answered, and what may be done now."""
    coalition = coalition_or_404(request, slug)
    found, acting = _request(coalition, asked), current_actor(request, coalition)
    standing = queries.request_status(found, acting.now)
    late_or_answered = standing.late > 0 or found.state == FacilitationRequest.State.ANSWERED
    context = {
        "coalition": coalition,
        "crumbs": [*_crumbs(coalition), Link(_("Request %(number)s") % {"number": found.number})],
        "asked": found,
        "standing": standing,
        "happened": timeline(queries.entries_about(found)),
        "may_answer": policies.may_answer(acting, found),
        "may_settle": policies.may_settle_request(acting, found),
        "may_escalate": late_or_answered and policies.may_follow_up(acting, found),
        "may_withdraw": policies.may_follow_up(acting, found),
    }
    return http.page(request, "actions/request.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask government for something."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    require(policies.may_ask(acting, coalition))
    form = forms.AskForm(
        request.POST if request.method == "POST" else None,
        coalition=coalition,
        initial={"obstacle": chosen(request, "vastgelopen")},
    )
    if form.is_valid() and try_service(
        lambda: services.ask(coalition, actor=acting, **form.cleaned_data), form
    ):
        messages.success(request, _("Your request is in. The term runs from today."))
        return redirect("actions:requests", slug)
    sees = _("Everyone sees your request, and whether the answer comes in time.")
    return _form(request, coalition, form, _("Ask government for something"), _("Ask this"), sees)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, slug: str, asked: uuid.UUID) -> HttpResponse:
    """Answer a request, for one's own government party."""
    found, acting = _found(request, slug, asked)
    require(policies.may_answer(acting, found))
    form = forms.AnswerForm(request.POST if request.method == "POST" else None)
    said = _("The answer is in.")
    return _step(request, found, acting, form, services.answer, said, _("Send our answer"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, slug: str, asked: uuid.UUID) -> HttpResponse:
    """Take more time, once, with a reason."""
    found, acting = _found(request, slug, asked)
    require(policies.may_answer(acting, found))
    form = forms.ExtendForm(request.POST if request.method == "POST" else None)
    said = _("The new term stands with the request.")
    return _step(request, found, acting, form, services.extend, said, _("Take more time"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, slug: str, asked: uuid.UUID) -> HttpResponse:
    """Say that the answer resolves it, and whether it helped."""
    found, acting = _found(request, slug, asked)
    require(policies.may_settle_request(acting, found))
    form = forms.AcceptForm(request.POST if request.method == "POST" else None)
    said = _("Thank you. The request reads as resolved.")
    return _step(
        request, found, acting, form, services.accept, said, _("This resolves our request")
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, slug: str, asked: uuid.UUID) -> HttpResponse:
    """Ask again, because the answer does not help."""
    found, acting = _found(request, slug, asked)
    require(policies.may_settle_request(acting, found))
    form = forms.ReasonForm(request.POST if request.method == "POST" else None)
    said = _("The request is open again. A new term runs.")
    return _step(request, found, acting, form, services.reopen, said, _("Ask again"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def escalate(request: HttpRequest, slug: str, asked: uuid.UUID) -> HttpResponse:
    """Take a late or unhelpful request one level up."""
    found, acting = _found(request, slug, asked)
    require(policies.may_follow_up(acting, found))
    form = forms.ReasonForm(request.POST if request.method == "POST" else None)
    said = _("The request now stands one level up.")
    return _step(request, found, acting, form, services.escalate, said, _("Take it one level up"))


@login_required
@require_POST
def acknowledge(request: HttpRequest, slug: str, asked: uuid.UUID) -> HttpResponse:
    """Say that a request was received."""
    found, acting = _found(request, slug, asked)
    run_button(
        request, lambda: services.acknowledge(found, actor=acting), _("The asker sees this.")
    )
    return redirect("actions:request", slug, asked)


@login_required
@require_POST
def withdraw(request: HttpRequest, slug: str, asked: uuid.UUID) -> HttpResponse:
    """Withdraw one's request."""
    found, acting = _found(request, slug, asked)
    run_button(
        request, lambda: services.withdraw(found, actor=acting), _("The request is withdrawn.")
    )
    return redirect("actions:requests", slug)


def _found(request: HttpRequest, slug: str, asked: uuid.UUID) -> tuple[FacilitationRequest, Actor]:
    coalition = coalition_or_404(request, slug)
    return _request(coalition, asked), current_actor(request, coalition)


def _step(
    request: HttpRequest,
    found: FacilitationRequest,
    acting: Actor,
    form: Form,
    deed: Callable[..., object],
    said: str,
    submit: str,
) -> HttpResponse:
    if form.is_valid() and try_service(
        lambda: deed(found, actor=acting, **form.cleaned_data), form
    ):
        messages.success(request, said)
        return redirect("actions:request", found.coalition.slug, found.id)
    return _form(request, found.coalition, form, found.title, submit)


def _form(
    request: HttpRequest,
    coalition: Coalition,
    form: Form,
    title: str,
    submit: str,
    sees: str = "",
) -> HttpResponse:
    crumbs = [*_crumbs(coalition), Link(submit)]
    return http.form_page(
        request, coalition, form, title=title, submit=submit, sees=sees, crumbs=crumbs
    )


def _crumbs(coalition: Coalition) -> list[Link]:
    return [
        Link(coalition.name, reverse("overview:home", args=[coalition.slug])),
        Link(_("Requests to government"), reverse("actions:requests", args=[coalition.slug])),
    ]


def _request(coalition: Coalition, asked: uuid.UUID) -> FacilitationRequest:
    found = (
        coalition.requests.select_related(
            "asker__organisation", "addressee__organisation", "obstacle"
        )
        .filter(id=asked)
        .first()
    )
    if not found:
        raise Http404
    found.coalition = coalition
    return found
