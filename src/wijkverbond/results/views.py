"""The pages of results: what was measured, beside the reference line."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wijkverbond.coalition.acting import coalition_or_404, current_actor
from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.views.common import run_button, try_service
from wijkverbond.kernel.policy import require
from wijkverbond.results import forms, official_figures, policies, presenters, queries, services
from wijkverbond.results.models import Measurement
from wijkverbond.ui import http
from wijkverbond.ui.forms import status
from wijkverbond.ui.navigation import Link
from wijkverbond.vision.models import Goal
from wijkverbond.vision.views.common import goal_or_404


@require_safe
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """Every goal: from start to target, what was measured and what the reference line does."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    goals = list(queries.goals(coalition))
    for one in goals:
        one.coalition = coalition
    measured, profiles = queries.measurements(coalition), official_figures.profiles(goals)
    told = [
        presenters.goal_results(number, one, measured[one.id], profiles.get(one.id), acting.today)
        for number, one in enumerate(goals, start=1)
    ]
    context = {
        "coalition": coalition,
        "crumbs": _crumbs(coalition),
        "goals": told,
        "measured": sum(one.newest is not None for one in told),
        "may_measure": acting.is_party,
    }
    return http.page(request, "results/index.html", context)


@require_safe
def goal(request: HttpRequest, slug: str, goal: uuid.UUID) -> HttpResponse:
    """One goal with every measurement of it, also those that were corrected."""
    coalition = coalition_or_404(request, slug)
    found, acting = goal_or_404(coalition, goal), current_actor(request, coalition)
    today = acting.today
    history = queries.history(found)
    standing = [one for one in history if not one.replaced_by_id]
    told = presenters.goal_results(
        0, found, standing, official_figures.profiles([found]).get(found.id), today
    )
    context = {
        "coalition": coalition,
        "crumbs": _crumbs(coalition, Link(found.sentence)),
        "told": told,
        "history": [presenters.measurement_row(one, today) for one in history],
        "may_measure": _open(found) and policies.may_measure(acting, found),
        "acting": acting,
    }
    return http.page(request, "results/goal.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def measure(request: HttpRequest, slug: str, goal: uuid.UUID) -> HttpResponse:
    """Write down what was measured, with its source."""
    coalition = coalition_or_404(request, slug)
    found, acting = goal_or_404(coalition, goal), current_actor(request, coalition)
    require(policies.may_measure(acting, found))
    form = forms.MeasureForm(
        request.POST if request.method == "POST" else None,
        unit=found.unit,
        initial=forms.this_year(acting.today),
    )
    if form.is_valid() and try_service(
        lambda: services.measure(found, actor=acting, measured=form.measured()), form
    ):
        messages.success(request, _("Your measurement is there. Everyone sees it."))
        return redirect("results:goal", slug, goal)
    return _form(request, found, form, _("Write down a measurement"))


@login_required
@require_POST
def adopt(request: HttpRequest, slug: str, goal: uuid.UUID) -> HttpResponse:
    """Take over the newest official figure of the goal's places."""
    coalition = coalition_or_404(request, slug)
    found, acting = goal_or_404(coalition, goal), current_actor(request, coalition)
    run_button(
        request,
        lambda: services.adopt(found, actor=acting),
        _("The official figure is taken over, with its source."),
    )
    return redirect("results:goal", slug, goal)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, slug: str, measurement: uuid.UUID) -> HttpResponse:
    """Correct what one's party recorded; the earlier value stays readable."""
    coalition = coalition_or_404(request, slug)
    found, acting = _measurement(coalition, measurement), current_actor(request, coalition)
    require(policies.may_correct(acting, found))
    form = forms.CorrectForm(
        request.POST if request.method == "POST" else None,
        unit=found.goal.unit,
        initial=forms.as_typed(found),
    )
    if form.is_valid() and try_service(
        lambda: services.correct(
            found, actor=acting, measured=form.measured(), reason=form.cleaned_data["reason"]
        ),
        form,
    ):
        messages.success(request, _("Corrected. The earlier value stays readable."))
        return redirect("results:goal", slug, found.goal_id)
    return _form(request, found.goal, form, _("Correct this measurement"))


def _form(request: HttpRequest, goal: Goal, form: Form, title: str) -> HttpResponse:
    coalition = goal.coalition
    here = reverse("results:goal", args=[coalition.slug, goal.id])
    context = {
        "coalition": coalition,
        "crumbs": _crumbs(coalition, Link(goal.sentence, here), Link(title)),
        "goal": goal,
        "form": form,
        "title": title,
        "here": here,
    }
    return http.page(request, "results/form.html", context, status=status(form))


def _crumbs(coalition: Coalition, *more: Link) -> list[Link]:
    return [
        Link(coalition.name, reverse("overview:home", args=[coalition.slug])),
        Link(_("Results"), reverse("results:index", args=[coalition.slug])),
        *more,
    ]


def _measurement(coalition: Coalition, measurement: uuid.UUID) -> Measurement:
    found = (
        Measurement.objects.select_related("goal")
        .filter(goal__coalition=coalition, id=measurement)
        .first()
    )
    if not found:
        raise Http404
    found.goal.coalition = coalition
    return found


def _open(goal: Goal) -> bool:
    return goal.dropped_at is None and bool(goal.indicator_name)
