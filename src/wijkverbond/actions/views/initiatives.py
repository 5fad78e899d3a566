"""The page "Doing", and the pages of initiatives and their actions."""

import uuid

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wijkverbond.actions import policies
from wijkverbond.actions.forms import initiatives as forms
from wijkverbond.actions.models import Initiative
from wijkverbond.actions.queries import initiatives as queries
from wijkverbond.actions.queries import pledges
from wijkverbond.actions.services import initiatives as services
from wijkverbond.actions.views.common import crumbs, timeline
from wijkverbond.coalition.acting import find_coalition, find_record
from wijkverbond.coalition.models import Coalition
from wijkverbond.kernel.policy import require
from wijkverbond.ui import http
from wijkverbond.ui.decorators import button, form_page
from wijkverbond.ui.forms import bound, try_service
from wijkverbond.ui.navigation import Link


@require_safe
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """What is done here, what is stuck, how pledges go, and what one can do now."""
    coalition, actor = find_coalition(request, slug)
    pledges_in_progress = pledges.pledges_in_progress(coalition, actor.now)
    obstacles = list(queries.obstacles(coalition))
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition),
        "initiatives": queries.initiatives_by_state(coalition),
        "pledges_in_progress": pledges_in_progress,
        "unresolved_obstacles": [obstacle for obstacle in obstacles if not obstacle.resolved_on],
        "resolved_obstacles": [obstacle for obstacle in obstacles if obstacle.resolved_on],
        "may_propose": policies.may_propose_initiative(actor, coalition),
        "may_raise_obstacle": policies.may_raise_obstacle(actor, coalition),
        "today": actor.today,
    }
    if actor.is_party:
        context["own_actions"] = queries.own_actions(coalition, actor.party)
        context["to_report"] = pledges.to_report(pledges_in_progress, actor.party, actor.today)
        context["to_judge"] = pledges.to_judge(pledges_in_progress, actor)
    return http.page(request, "actions/index.html", context)


@form_page
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin something: an idea first."""
    coalition, actor = find_coalition(request, slug, policies.may_propose_initiative)
    form = bound(forms.ProposeForm, request, coalition=coalition)
    if form.is_valid():
        with try_service(form):
            initiative = services.propose(
                coalition,
                actor=actor,
                wording=form.wording(),
                goals=form.cleaned_data.get("goals", ()),
            )
            messages.success(request, _("Your idea stands here. Start it when you are ready."))
            return redirect("actions:initiative", slug, initiative.id)
    return http.show_one_form(
        request,
        form,
        coalition=coalition,
        crumbs=crumbs(coalition),
        title=_("Begin something yourself"),
        lead=_("You need nobody's permission. Others can join."),
        submit=_("Write this idea down"),
    )


@require_safe
def page(request: HttpRequest, slug: str, initiative_id: uuid.UUID) -> HttpResponse:
    """One initiative: who takes part, what for, who does what by when, and what is stuck."""
    initiative, actor = find_record(request, slug, _initiatives, initiative_id)
    coalition = initiative.coalition
    parties = list(initiative.parties.select_related("organisation"))
    runs = not initiative.ended_on
    takes_part = any(party.id == actor.party for party in parties)
    may_join = policies.may_join(actor, initiative)
    actions = queries.actions(initiative, actor.now)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(initiative.title)),
        "initiative": initiative,
        "parties": parties,
        "goals": initiative.goals.all(),
        "actions": actions,
        "to_settle": {
            planned.action.id
            for planned in actions
            if planned.to_do and policies.may_settle_action(actor, planned.action)
        },
        "obstacles": queries.obstacles(coalition).filter(initiative=initiative),
        "timeline": timeline(queries.entries_about(initiative)),
        "may_lead": runs and policies.may_lead(actor, initiative),
        "may_join": runs and not takes_part and may_join,
        "may_plan": runs and may_join,
        "may_raise_obstacle": runs and policies.may_raise_obstacle(actor, coalition),
        "why_not": "" if may_join else may_join.reason,
    }
    return http.page(request, "actions/initiative.html", context)


@button
def start(request: HttpRequest, slug: str, initiative_id: uuid.UUID) -> HttpResponse:
    """Start an initiative that one leads."""
    initiative, actor = find_record(request, slug, _initiatives, initiative_id)
    with http.run_button(request, _("It has started. Good luck!")):
        services.start(initiative, actor=actor)
    return redirect("actions:initiative", slug, initiative_id)


@button
def join(request: HttpRequest, slug: str, initiative_id: uuid.UUID) -> HttpResponse:
    """Join an initiative for one's own partner."""
    initiative, actor = find_record(request, slug, _initiatives, initiative_id)
    with http.run_button(request, _("You take part. Nice!")):
        services.join(initiative, actor=actor)
    return redirect("actions:initiative", slug, initiative_id)


@button
def finish(request: HttpRequest, slug: str, initiative_id: uuid.UUID) -> HttpResponse:
    """Say that an initiative that one leads is done."""
    initiative, actor = find_record(request, slug, _initiatives, initiative_id)
    with http.run_button(request, _("It is done. Well done!")):
        services.finish(initiative, actor=actor)
    return redirect("actions:initiative", slug, initiative_id)


@form_page
def stop(request: HttpRequest, slug: str, initiative_id: uuid.UUID) -> HttpResponse:
    """Stop an initiative that one leads, with a reason."""
    initiative, actor = find_record(request, slug, _initiatives, initiative_id, policies.may_lead)
    form = bound(forms.StopForm, request)
    if form.is_valid():
        with try_service(form):
            services.stop(initiative, actor=actor, **form.cleaned_data)
            messages.success(request, _("It has stopped. Everyone can read why."))
            return redirect("actions:initiative", slug, initiative_id)
    return _show(request, form, initiative, title=_("Stop this initiative"))


@form_page
def plan(request: HttpRequest, slug: str, initiative_id: uuid.UUID) -> HttpResponse:
    """Say what one's partner will do in an initiative, and by when."""
    initiative, actor = find_record(request, slug, _initiatives, initiative_id, policies.may_join)
    form = bound(forms.PlanForm, request)
    if form.is_valid():
        with try_service(form):
            services.plan(initiative, actor=actor, **form.cleaned_data)
            messages.success(request, _("Your action stands with the initiative."))
            return redirect("actions:initiative", slug, initiative_id)
    return _show(request, form, initiative, title=_("Plan an action"))


@form_page
def done(
    request: HttpRequest, slug: str, initiative_id: uuid.UUID, action_id: uuid.UUID
) -> HttpResponse:
    """Say that one's action is done."""
    initiative, actor = find_record(request, slug, _initiatives, initiative_id)
    action = get_object_or_404(initiative.actions, id=action_id)
    require(policies.may_settle_action(actor, action))
    form = bound(forms.ActionDoneForm, request)
    if form.is_valid():
        with try_service(form):
            services.complete(action, actor=actor, **form.cleaned_data)
            messages.success(request, _("It is done. Well done!"))
            return redirect("actions:initiative", slug, initiative_id)
    return _show(request, form, initiative, title=_("This is done"), lead=action.what)


@form_page
def drop(
    request: HttpRequest, slug: str, initiative_id: uuid.UUID, action_id: uuid.UUID
) -> HttpResponse:
    """Drop one's action, with a reason."""
    initiative, actor = find_record(request, slug, _initiatives, initiative_id)
    action = get_object_or_404(initiative.actions, id=action_id)
    require(policies.may_settle_action(actor, action))
    form = bound(forms.StopForm, request)
    if form.is_valid():
        with try_service(form):
            services.drop(action, actor=actor, **form.cleaned_data)
            messages.success(request, _("The action is dropped. Everyone can read why."))
            return redirect("actions:initiative", slug, initiative_id)
    return _show(request, form, initiative, title=_("Drop this action"), lead=action.what)


def _initiatives(coalition: Coalition) -> QuerySet[Initiative]:
    return coalition.initiatives.select_related("lead__organisation")


def _show(
    request: HttpRequest, form: Form, initiative: Initiative, *, title: str, lead: str = ""
) -> HttpResponse:
    coalition = initiative.coalition
    initiative_url = reverse("actions:initiative", args=[coalition.slug, initiative.id])
    return http.show_one_form(
        request,
        form,
        coalition=coalition,
        crumbs=crumbs(coalition, Link(initiative.title, initiative_url)),
        title=title,
        lead=lead or initiative.title,
        submit=title,
    )
