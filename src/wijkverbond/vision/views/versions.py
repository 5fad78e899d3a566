"""The vision: the page of everything, its versions, and the changes that are proposed to them."""

import uuid

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wijkverbond.coalition.acting import find_coalition, find_record
from wijkverbond.coalition.models import Coalition
from wijkverbond.ui import http
from wijkverbond.ui.decorators import button, form_page
from wijkverbond.ui.differences import words_changed
from wijkverbond.ui.forms import bound, try_service
from wijkverbond.ui.navigation import Link
from wijkverbond.vision import forms, policies, presenters, queries, services
from wijkverbond.vision.models import Amendment, VisionVersion
from wijkverbond.vision.views.common import crumbs, show_form

State = VisionVersion.State


@require_safe
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """Where we go: the vision, its versions, the goals, and what each partner gains."""
    coalition, actor = find_coalition(request, slug)
    versions = list(queries.versions(coalition, actor.today))
    every_goal = list(queries.goals(coalition))
    goals = [goal for goal in every_goal if goal.stands]
    benefits = queries.benefits(goals)
    rows = presenters.benefit_matrix(queries.owners(coalition, benefits), goals, benefits)
    counting = [row for row in rows if row.counts]
    decided_here = [services.ADOPT_VISION, services.CHANGE_GOAL]
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition),
        "versions": versions,
        "adopted": next((version for version in versions if version.state == State.ADOPTED), None),
        "goal_cards": presenters.goal_cards(goals, queries.measured(coalition), actor.today),
        "late_versions": [version for version in versions if vars(version)["late"]],
        "dropped_goals": [goal for goal in every_goal if not goal.stands],
        "benefit_rows": rows,
        "counting": counting,
        "confirmed_count": sum(row.confirmed for row in counting),
        "open_decisions": coalition.decisions.open().filter(kind__in=decided_here),
        "may_write": policies.may_start_version(actor, coalition),
        "may_set_goal": policies.may_set_goal(actor, coalition),
    }
    return http.page(request, "vision/index.html", context)


@require_safe
def version(request: HttpRequest, slug: str, version_id: uuid.UUID) -> HttpResponse:
    """One version: its text, what changed, what others propose, and the decision."""
    version, actor = find_record(request, slug, _versions, version_id)
    coalition = version.coalition
    can_be_amended = version.state in (State.DRAFT, State.PROPOSED)
    earlier = version.previous
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(str(version))),
        "version": version,
        "changed": words_changed(earlier.body, version.body) if earlier else [],
        "amendments": version.amendments.select_related("party__organisation"),
        "urgencies": version.urgencies.all(),
        "decision": coalition.decisions.filter(subject=version.id).first(),
        "may_write": policies.may_write(actor, version),
        "may_amend": can_be_amended and policies.may_amend(actor, version),
        "may_settle": policies.may_settle_changes(actor, version),
    }
    return http.page(request, "vision/version.html", context)


@form_page
def write(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a draft of the next version; it begins with the words that hold now."""
    coalition, actor = find_coalition(request, slug, policies.may_start_version)
    adopted = coalition.vision_versions.adopted().first()
    initial = {"body": adopted.body, "horizon": adopted.horizon} if adopted else None
    form = bound(forms.VersionForm, request, coalition=coalition, initial=initial)
    if form.is_valid():
        with try_service(form):
            version = services.write_version(coalition, actor=actor, **form.cleaned_data)
            message = _("Your draft is there. Everyone can read it and propose changes.")
            messages.success(request, message)
            return redirect("vision:version", slug, version.id)
    title, submit = _("Write a version"), _("Keep this draft")
    return show_form(request, form, coalition, title=title, submit=submit)


@form_page
def rewrite(request: HttpRequest, slug: str, version_id: uuid.UUID) -> HttpResponse:
    """Change one's own draft."""
    version, actor = find_record(request, slug, _versions, version_id, policies.may_write)
    coalition = version.coalition
    initial = {
        "body": version.body,
        "horizon": version.horizon,
        "reason": version.reason,
        "urgencies": version.urgencies.all(),
    }
    form = bound(forms.VersionForm, request, coalition=coalition, initial=initial)
    if form.is_valid():
        with try_service(form):
            services.write_version(coalition, actor=actor, version=version, **form.cleaned_data)
            messages.success(request, _("Your draft is changed."))
            return redirect("vision:version", slug, version_id)
    title, submit = _("Change the draft"), _("Keep this draft")
    return show_form(request, form, coalition, title=title, submit=submit)


@button
def decide(request: HttpRequest, slug: str, version_id: uuid.UUID) -> HttpResponse:
    """Bring one's draft before the coalition."""
    version, actor = find_record(request, slug, _versions, version_id)
    with http.run_button(request, _("Every partner is now asked for an answer.")):
        services.propose_version(version, actor=actor)
    return redirect("vision:version", slug, version_id)


@form_page
def amend(request: HttpRequest, slug: str, version_id: uuid.UUID) -> HttpResponse:
    """Propose a change to a version."""
    version, actor = find_record(request, slug, _versions, version_id, policies.may_amend)
    form = bound(forms.AmendmentForm, request)
    if form.is_valid():
        with try_service(form):
            services.propose_amendment(version, actor=actor, **form.cleaned_data)
            message = _("Your proposal is there. You get an answer within 30 days.")
            messages.success(request, message)
            return redirect("vision:version", slug, version_id)
    return show_form(
        request,
        form,
        version.coalition,
        title=_("Propose a change"),
        submit=_("Propose this"),
        about=version.body,
    )


@form_page
def settle(request: HttpRequest, slug: str, amendment_id: uuid.UUID) -> HttpResponse:
    """Say what came of a proposed change, and why."""
    amendment, actor = find_record(request, slug, _amendments, amendment_id, policies.may_settle)
    version = amendment.version
    form = bound(forms.SettleForm, request)
    if form.is_valid():
        with try_service(form):
            services.settle_amendment(amendment, actor=actor, **form.cleaned_data)
            messages.success(request, _("Your answer is in."))
            return redirect("vision:version", slug, version.id)
    return show_form(
        request,
        form,
        version.coalition,
        title=_("Answer a proposed change"),
        submit=_("Send our answer"),
        about=amendment.change,
    )


def _versions(coalition: Coalition) -> QuerySet[VisionVersion]:
    return coalition.vision_versions.select_related("author__organisation", "previous")


def _amendments(coalition: Coalition) -> QuerySet[Amendment]:
    amendments = Amendment.objects.filter(version__coalition=coalition)
    return amendments.select_related("version__coalition")
