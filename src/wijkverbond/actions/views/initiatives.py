"""The page "Doing", and the pages of initiatives and their actions."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wijkverbond.actions import policies
from wijkverbond.actions.forms import initiatives as forms
from wijkverbond.actions.models import Action, Initiative
from wijkverbond.actions.queries import initiatives as queries
from wijkverbond.actions.queries import promises
from wijkverbond.actions.services import initiatives as services
from wijkverbond.actions.views.common import crumbs, timeline
from wijkverbond.coalition.acting import coalition_or_404, current_actor
from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.views.common import run_button
from wijkverbond.coalition.views.common import try_service as did
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import require
from wijkverbond.ui import http
from wijkverbond.ui.navigation import Link


@require_safe
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """What is done here, what is stuck, how promises go, and what one can do now."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    today = acting.today
    found = promises.promises(coalition, acting.now)
    stuck = list(queries.obstacles(coalition))
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition)[:2],
        "doing": queries.doing(coalition),
        "promises": found,
        "stuck": [one for one in stuck if not one.resolved_on],
        "loose": [one for one in stuck if one.resolved_on],
        "may_propose": policies.may_propose(acting, coalition),
        "may_raise": policies.may_raise(acting, coalition),
        "today": today,
    }
    if acting.is_party:
        context["own_actions"] = queries.own_actions(coalition, acting.party)
        context["to_report"] = promises.to_report(found, acting.party, today)
        context["to_judge"] = promises.to_judge(found, acting.party)
    return http.page(request, "actions/index.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin something: an idea first."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    require(policies.may_propose(acting, coalition))
    posted = request.POST if request.method == "POST" else None
    form = forms.ProposeForm(posted, coalition=coalition)
    made: list[Initiative] = []
    if form.is_valid() and did(
        lambda: made.append(services.propose(coalition, actor=acting, **form.cleaned_data)), form
    ):
        messages.success(request, _("Your idea stands here. Start it when you are ready."))
        return redirect("actions:initiative", slug, made[0].id)
    title = _("Begin something yourself")
    return http.form_page(
        request,
        coalition,
        form,
        title=title,
        submit=_("Write this idea down"),
        crumbs=crumbs(coalition, Link(title)),
        lead=_("You need nobody's permission. Others can join."),
    )


@require_safe
def page(request: HttpRequest, slug: str, initiative: uuid.UUID) -> HttpResponse:
    """One initiative: who takes part, what for, who does what by when, and what is stuck."""
    found, acting = _initiative(request, slug, initiative)
    parties = list(found.parties.select_related("organisation"))
    open_now = not found.ended_on
    takes_part = any(party.id == acting.party for party in parties)
    may_join = policies.may_join(acting, found)
    context = {
        "coalition": found.coalition,
        "crumbs": crumbs(found.coalition, Link(found.title)),
        "initiative": found,
        "parties": parties,
        "goals": found.goals.all(),
        "actions": queries.actions(found, acting.now),
        "obstacles": queries.obstacles(found.coalition).filter(initiative=found),
        "happened": timeline(queries.entries_about(found)),
        "may_lead": open_now and policies.may_lead(acting, found),
        "may_join": open_now and not takes_part and may_join,
        "may_plan": open_now and may_join,
        "may_raise": open_now and policies.may_raise(acting, found.coalition),
        "own": acting.party if acting.is_party else None,
        "why_not": "" if may_join else may_join.reason,
    }
    return http.page(request, "actions/initiative.html", context)


@login_required
@require_POST
def start(request: HttpRequest, slug: str, initiative: uuid.UUID) -> HttpResponse:
    """Start an initiative that one leads."""
    found, acting = _initiative(request, slug, initiative)
    run_button(
        request, lambda: services.start(found, actor=acting), _("It has started. Good luck!")
    )
    return redirect("actions:initiative", slug, initiative)


@login_required
@require_POST
def join(request: HttpRequest, slug: str, initiative: uuid.UUID) -> HttpResponse:
    """Join an initiative for one's own partner."""
    found, acting = _initiative(request, slug, initiative)
    run_button(request, lambda: services.join(found, actor=acting), _("You take part. Nice!"))
    return redirect("actions:initiative", slug, initiative)


@login_required
@require_POST
def finish(request: HttpRequest, slug: str, initiative: uuid.UUID) -> HttpResponse:
    """Say that an initiative that one leads is done."""
    found, acting = _initiative(request, slug, initiative)
    run_button(request, lambda: services.finish(found, actor=acting), _("It is done. Well done!"))
    return redirect("actions:initiative", slug, initiative)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, slug: str, initiative: uuid.UUID) -> HttpResponse:
    """Stop an initiative that one leads, with a reason."""
    found, acting = _initiative(request, slug, initiative)
    require(policies.may_lead(acting, found))
    form = forms.WhyForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and did(
        lambda: services.stop(found, actor=acting, **form.cleaned_data), form
    ):
        messages.success(request, _("It has stopped. Everyone can read why."))
        return redirect("actions:initiative", slug, initiative)
    return _form(request, found, form, _("Stop this initiative"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, slug: str, initiative: uuid.UUID) -> HttpResponse:
    """Say what one's partner will do in an initiative, and by when."""
    found, acting = _initiative(request, slug, initiative)
    require(policies.may_join(acting, found))
    form = forms.PlanForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and did(
        lambda: services.plan(found, actor=acting, **form.cleaned_data), form
    ):
        messages.success(request, _("Your action stands with the initiative."))
        return redirect("actions:initiative", slug, initiative)
    return _form(request, found, form, _("Plan an action"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def done(request: HttpRequest, slug: str, initiative: uuid.UUID, action: uuid.UUID) -> HttpResponse:
    """Say that one's action is done."""
    found, acting = _initiative(request, slug, initiative)
    planned = _action(found, action)
    require(policies.may_settle_action(acting, planned))
    form = forms.DoneForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and did(
        lambda: services.done(planned, actor=acting, **form.cleaned_data), form
    ):
        messages.success(request, _("It is done. Well done!"))
        return redirect("actions:initiative", slug, initiative)
    return _form(request, found, form, _("This is done"), lead=planned.what)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest, slug: str, initiative: uuid.UUID, action: uuid.UUID) -> HttpResponse:
    """Drop one's action, with a reason."""
    found, acting = _initiative(request, slug, initiative)
    planned = _action(found, action)
    require(policies.may_settle_action(acting, planned))
    form = forms.WhyForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and did(
        lambda: services.drop(planned, actor=acting, **form.cleaned_data), form
    ):
        messages.success(request, _("The action is dropped. Everyone can read why."))
        return redirect("actions:initiative", slug, initiative)
    return _form(request, found, form, _("Drop this action"), lead=planned.what)


def _form(
    request: HttpRequest, found: Initiative, form: Form, title: str, lead: str = ""
) -> HttpResponse:
    coalition: Coalition = found.coalition
    here = reverse("actions:initiative", args=[coalition.slug, found.id])
    trail = crumbs(coalition, Link(found.title, here), Link(title))
    return http.form_page(
        request,
        coalition,
        form,
        title=title,
        submit=title,
        crumbs=trail,
        lead=lead or found.title,
    )


def _initiative(request: HttpRequest, slug: str, wanted: uuid.UUID) -> tuple[Initiative, Actor]:
    coalition = coalition_or_404(request, slug)
    found = coalition.initiatives.select_related("lead__organisation").filter(id=wanted).first()
    if not found:
        raise Http404
    found.coalition = coalition
    return found, current_actor(request, coalition)


def _action(initiative: Initiative, wanted: uuid.UUID) -> Action:
    found = initiative.actions.filter(id=wanted).first()
    if not found:
        raise Http404
    found.initiative = initiative
    return found
