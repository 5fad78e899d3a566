"""Goals: one goal with its earlier wordings and benefits, setting, changing and dropping it."""

import uuid

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wijkverbond.coalition.acting import find_coalition, find_record
from wijkverbond.coalition.models import Coalition
from wijkverbond.decisions.policies import may_adapt
from wijkverbond.kernel import shared_fields
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import require
from wijkverbond.ui import http
from wijkverbond.ui.decorators import form_page
from wijkverbond.ui.forms import bound, try_service
from wijkverbond.ui.navigation import Link
from wijkverbond.vision import forms, policies, presenters, queries, services
from wijkverbond.vision.models import GoalChange, GoalText
from wijkverbond.vision.views.common import crumbs, show_form


@require_safe
def goal(request: HttpRequest, slug: str, goal_id: uuid.UUID) -> HttpResponse:
    """One goal: where it stands, what it said before, and what each partner gains by it."""
    goal, actor = find_record(request, slug, queries.goals, goal_id)
    coalition = goal.coalition
    benefits = queries.benefits([goal])
    rows = presenters.benefit_matrix(queries.owners(coalition, benefits), [goal], benefits)
    cards = presenters.goal_cards([goal], queries.measured(coalition), actor.today)
    proposed = goal.changes.filter(settled_at=None).first()
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(goal.sentence)),
        "goal_card": cards[0],
        "earlier": goal.earlier.order_by("-revision"),
        "benefit_cards": [_benefit_card(row.cells[0], actor) for row in rows],
        "proposed": proposed,
        "decision": proposed and coalition.decisions.filter(subject=proposed.id).first(),
        "may_change": goal.stands and not proposed and policies.may_change_goal(actor, goal),
    }
    return http.page(request, "vision/goal.html", context)


@form_page
def set_goal(request: HttpRequest, slug: str) -> HttpResponse:
    """Set a goal that one's party owns."""
    coalition, actor = find_coalition(request, slug, policies.may_set_goal)
    form = bound(forms.SetGoalForm, request, coalition=coalition)
    if form.is_valid():
        with try_service(form):
            goal = services.set_goal(
                coalition,
                actor=actor,
                wording=form.wording(),
                urgency=form.cleaned_data["urgency"],
            )
            messages.success(request, _("Your goal stands. Ask each partner what it gains by it."))
            return redirect("vision:goal", slug, goal.id)
    return show_form(request, form, coalition, title=_("Set a goal"), submit=_("Set this goal"))


@form_page
def change(request: HttpRequest, slug: str, goal_id: uuid.UUID) -> HttpResponse:
    """Propose to change one's goal; the coalition decides."""
    goal, actor = find_record(request, slug, queries.goals, goal_id, policies.may_change_goal)
    form = bound(forms.ChangeGoalForm, request, initial=shared_fields.values(goal, GoalText))
    if form.is_valid():
        with try_service(form):
            services.propose_goal_change(
                goal, actor=actor, reason=form.cleaned_data["reason"], wording=form.wording()
            )
            messages.success(request, _("Every partner is now asked for an answer."))
            return redirect("vision:goal", slug, goal_id)
    return show_form(
        request,
        form,
        goal.coalition,
        title=_("Change this goal"),
        submit=_("Propose this change"),
        about=goal.sentence,
    )


@form_page
def drop(request: HttpRequest, slug: str, goal_id: uuid.UUID) -> HttpResponse:
    """Propose to drop one's goal; the coalition decides."""
    goal, actor = find_record(request, slug, queries.goals, goal_id, policies.may_change_goal)
    form = bound(forms.ReasonForm, request)
    if form.is_valid():
        with try_service(form):
            services.propose_goal_change(goal, actor=actor, **form.cleaned_data)
            messages.success(request, _("Every partner is now asked for an answer."))
            return redirect("vision:goal", slug, goal_id)
    return show_form(
        request,
        form,
        goal.coalition,
        title=_("Drop this goal"),
        submit=_("Propose to drop it"),
        about=goal.sentence,
    )


@form_page
def adapt_change(request: HttpRequest, slug: str, change_id: uuid.UUID) -> HttpResponse:
    """Adapt what one proposed to change; whoever had answered is asked again."""
    change, actor = find_record(request, slug, _goal_changes, change_id)
    coalition = change.goal.coalition
    decision = coalition.decisions.get(subject=change.id)
    require(may_adapt(actor, decision))
    form_class = forms.ReasonForm if change.drops else forms.ChangeGoalForm
    initial = {**shared_fields.values(change, GoalText), "reason": change.reason}
    form = bound(form_class, request, initial=initial)
    if form.is_valid():
        with try_service(form):
            services.adapt_goal_change(
                change,
                actor=actor,
                reason=form.cleaned_data["reason"],
                wording=form.wording() if isinstance(form, forms.ChangeGoalForm) else None,
            )
            messages.success(request, _("The new text is there. Everyone is asked again."))
            return redirect("decisions:page", slug, decision.id)
    return show_form(
        request,
        form,
        coalition,
        title=_("Adapt your proposal"),
        submit=_("Bring the new text forward"),
        about=decision.proposal,
    )


def _benefit_card(cell: presenters.BenefitCell, actor: Actor) -> presenters.BenefitCard:
    """What a party gains; on what it said itself another makes no suggestion."""
    stands, is_own = cell.goal.stands, actor.party == cell.party.id
    is_open = stands and (is_own or cell.state in ("none", "suggestion"))
    confirmable = cell.benefit if stands else None
    return presenters.BenefitCard(
        cell,
        is_own,
        may_state=is_open and bool(policies.may_state_benefit(actor, cell.party)),
        may_confirm=bool(confirmable and policies.may_confirm_benefit(actor, confirmable)),
    )


def _goal_changes(coalition: Coalition) -> QuerySet[GoalChange]:
    changes = GoalChange.objects.filter(goal__coalition=coalition)
    return changes.select_related("goal__coalition")
