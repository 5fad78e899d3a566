"""The pages of results: what was measured, beside the reference line."""

import uuid
from functools import partial

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wijkverbond.coalition.acting import find_coalition, find_record
from wijkverbond.coalition.models import Coalition
from wijkverbond.results import forms, official_figures, policies, presenters, queries, services
from wijkverbond.results.models import Measurement
from wijkverbond.ui import http, navigation
from wijkverbond.ui.decorators import button, form_page
from wijkverbond.ui.forms import bound, try_service
from wijkverbond.ui.navigation import Link
from wijkverbond.vision.models import Goal
from wijkverbond.vision.queries import goals as every_goal

crumbs = partial(navigation.crumbs, "results:index")


@require_safe
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """Every goal: from start to target, what was measured and what the reference line does."""
    coalition, actor = find_coalition(request, slug)
    goals = list(queries.goals(coalition))
    measurements, profiles = queries.measurements(coalition), official_figures.profiles(goals)
    results = [
        presenters.goal_results(
            number, goal, measurements[goal.id], profiles.get(goal.id), actor.today
        )
        for number, goal in enumerate(goals, start=1)
    ]
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition),
        "results": results,
        "measured_count": sum(result.newest is not None for result in results),
        "may_measure": policies.may_measure_goals(actor, coalition),
    }
    return http.page(request, "results/index.html", context)


@require_safe
def goal(request: HttpRequest, slug: str, goal_id: uuid.UUID) -> HttpResponse:
    """One goal with every measurement of it, also those that were corrected."""
    goal, actor = find_record(request, slug, every_goal, goal_id)
    history = queries.history(goal)
    current_measurements = [
        measurement for measurement in history if not measurement.replaced_by_id
    ]
    profile = official_figures.profiles([goal]).get(goal.id)
    can_be_measured = goal.stands and bool(goal.indicator_name)
    context = {
        "coalition": goal.coalition,
        "crumbs": crumbs(goal.coalition, Link(goal.sentence)),
        "goal_results": presenters.goal_results(
            0, goal, current_measurements, profile, actor.today
        ),
        "history": [
            presenters.measurement_row(measurement, actor.today) for measurement in history
        ],
        "to_correct": {
            measurement.id
            for measurement in current_measurements
            if policies.may_correct(actor, measurement)
        },
        "may_measure": can_be_measured and policies.may_measure(actor, goal),
    }
    return http.page(request, "results/goal.html", context)


@form_page
def measure(request: HttpRequest, slug: str, goal_id: uuid.UUID) -> HttpResponse:
    """Write down what was measured, with its source."""
    goal, actor = find_record(request, slug, every_goal, goal_id, policies.may_measure)
    initial = forms.this_year(actor.today)
    form = bound(forms.MeasureForm, request, unit=goal.unit, initial=initial)
    if form.is_valid():
        with try_service(form):
            services.measure(goal, actor=actor, measured=form.measured())
            messages.success(request, _("Your measurement is there. Everyone sees it."))
            return redirect("results:goal", slug, goal_id)
    return _show(request, form, goal, title=_("Write down a measurement"))


@button
def adopt(request: HttpRequest, slug: str, goal_id: uuid.UUID) -> HttpResponse:
    """Take over the newest official figure of the goal's places."""
    goal, actor = find_record(request, slug, every_goal, goal_id)
    with http.run_button(request, _("The official figure is taken over, with its source.")):
        services.adopt(goal, actor=actor)
    return redirect("results:goal", slug, goal_id)


@form_page
def correct(request: HttpRequest, slug: str, measurement_id: uuid.UUID) -> HttpResponse:
    """Correct what one's party recorded; the earlier value stays readable."""
    measurement, actor = find_record(
        request, slug, _measurements, measurement_id, policies.may_correct
    )
    goal, initial = measurement.goal, forms.as_typed(measurement)
    form = bound(forms.CorrectForm, request, unit=goal.unit, initial=initial)
    if form.is_valid():
        with try_service(form):
            reason = form.cleaned_data["reason"]
            services.correct(measurement, actor=actor, measured=form.measured(), reason=reason)
            messages.success(request, _("Corrected. The earlier value stays readable."))
            return redirect("results:goal", slug, goal.id)
    return _show(request, form, goal, title=_("Correct this measurement"))


def _show(request: HttpRequest, form: BaseForm, goal: Goal, *, title: str) -> HttpResponse:
    goal_url = reverse("results:goal", args=[goal.coalition.slug, goal.id])
    context = {
        "coalition": goal.coalition,
        "crumbs": crumbs(goal.coalition, Link(goal.sentence, goal_url), Link(title)),
        "goal": goal,
        "title": title,
        "goal_url": goal_url,
    }
    return http.show_form(request, "results/form.html", form, context)


def _measurements(coalition: Coalition) -> QuerySet[Measurement]:
    measurements = Measurement.objects.filter(goal__coalition=coalition)
    return measurements.select_related("goal__coalition")
