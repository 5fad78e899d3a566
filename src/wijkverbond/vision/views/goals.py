"""Goals: one goal with its earlier wordings and benefits, setting, changing and dropping it."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wijkverbond.coalition.acting import coalition_or_404, current_actor
from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.views.common import try_service
from wijkverbond.decisions.policies import may_adapt
from wijkverbond.kernel.policy import require
from wijkverbond.ui import http
from wijkverbond.ui.navigation import Link
from wijkverbond.vision import decision_effects, forms, policies, presenters, queries, services
from wijkverbond.vision.models import Goal, GoalChange
from wijkverbond.vision.views.common import crumbs, form_page, goal_or_404


@require_safe
def goal(request: HttpRequest, slug: str, goal: uuid.UUID) -> HttpResponse:
    """One goal: where it stands, what it said before, and what each partner gains by it."""
    coalition = coalition_or_404(request, slug)
    found, acting = goal_or_404(coalition, goal), current_actor(request, coalition)
    benefits = queries.benefits([found])
    rows = presenters.benefit_matrix(queries.owners(coalition, benefits), [found], benefits)
    told = presenters.goal_cards([found], queries.measured(coalition), acting.today)
    proposed = found.changes.filter(settled_at=None).first()
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(found.sentence)),
        "told": told[0],
        "earlier": found.earlier.order_by("-revision"),
        "cells": [row.cells[0] for row in rows],
        "proposed": proposed,
        "decision": proposed and coalition.decisions.filter(subject=proposed.id).first(),
        "may_change": _free(found) and not proposed and policies.may_change_goal(acting, found),
        "may_state": _free(found) and acting.is_party,
        "acting": acting,
    }
    return http.page(request, "vision/goal.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def set_goal(request: HttpRequest, slug: str) -> HttpResponse:
    """Set a goal that one's party owns."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    require(policies.may_set_goal(acting, coalition))
    form = forms.SetGoalForm(
        request.POST if request.method == "POST" else None, coalition=coalition
    )
    new: list[Goal] = []
    if form.is_valid() and try_service(
        lambda: new.append(
            services.set_goal(
                coalition,
                actor=acting,
                wording=form.wording(),
                urgency=form.cleaned_data["urgency"],
            )
        ),
        form,
    ):
        messages.success(request, _("Your goal stands. Ask each partner what it gains by it."))
        return redirect("vision:goal", slug, new[0].id)
    return form_page(request, coalition, form, _("Set a goal"), _("Set this goal"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, slug: str, goal: uuid.UUID) -> HttpResponse:
    """Propose to change one's goal; the coalition decides."""
    coalition = coalition_or_404(request, slug)
    found, acting = goal_or_404(coalition, goal), current_actor(request, coalition)
    require(policies.may_change_goal(acting, found))
    form = forms.ChangeGoalForm(
        request.POST if request.method == "POST" else None,
        initial=decision_effects.wording_of(found),
    )
    if form.is_valid() and try_service(
        lambda: services.propose_goal_change(
            found, actor=acting, reason=form.cleaned_data["reason"], wording=form.wording()
        ),
        form,
    ):
        messages.success(request, _("Every partner is now asked for an answer."))
        return redirect("vision:goal", slug, goal)
    return form_page(
        request, coalition, form, _("Change this goal"), _("Propose this change"), found.sentence
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest, slug: str, goal: uuid.UUID) -> HttpResponse:
    """Propose to drop one's goal; the coalition decides."""
    coalition = coalition_or_404(request, slug)
    found, acting = goal_or_404(coalition, goal), current_actor(request, coalition)
    require(policies.may_change_goal(acting, found))
    form = forms.ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and try_service(
        lambda: services.propose_goal_change(found, actor=acting, **form.cleaned_data), form
    ):
        messages.success(request, _("Every partner is now asked for an answer."))
        return redirect("vision:goal", slug, goal)
    return form_page(
        request, coalition, form, _("Drop this goal"), _("Propose to drop it"), found.sentence
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def adapt_change(request: HttpRequest, slug: str, change: uuid.UUID) -> HttpResponse:
    """Adapt what one proposed to change; whoever had answered is asked again."""
    coalition = coalition_or_404(request, slug)
    found, acting = _change(coalition, change), current_actor(request, coalition)
    decision = coalition.decisions.get(subject=found.id)
    require(may_adapt(acting, decision))
    sort = forms.ReasonForm if found.drops else forms.ChangeGoalForm
    form = sort(
        request.POST if request.method == "POST" else None,
        initial={**decision_effects.wording_of(found), "reason": found.reason},
    )
    if form.is_valid() and try_service(
        lambda: services.adapt_goal_change(
            found,
            actor=acting,
            reason=form.cleaned_data["reason"],
            wording=form.wording() if isinstance(form, forms.ChangeGoalForm) else None,
        ),
        form,
    ):
        messages.success(request, _("The new text is there. Everyone is asked again."))
        return redirect("decisions:page", slug, decision.id)
    return form_page(
        request,
        coalition,
        form,
        _("Adapt your proposal"),
        _("Bring the new text forward"),
        decision.proposal,
    )


def _change(coalition: Coalition, change: uuid.UUID) -> GoalChange:
    found = GoalChange.objects.filter(goal__coalition=coalition, id=change).first()
    if not found:
        raise Http404
    return found


def _free(goal: Goal) -> bool:
    return goal.dropped_at is None
