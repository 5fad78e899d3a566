"""The vision: the page of everything, its versions, and the changes that are proposed to them."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wijkverbond.coalition.acting import coalition_or_404, current_actor
from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.views.common import run_button, try_service
from wijkverbond.decisions.models import State
from wijkverbond.kernel.policy import require
from wijkverbond.ui import http
from wijkverbond.ui.differences import words_changed
from wijkverbond.ui.navigation import Link
from wijkverbond.vision import forms, policies, presenters, queries, services
from wijkverbond.vision.models import Amendment, VisionVersion
from wijkverbond.vision.views.common import crumbs, form_page


@require_safe
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """Where we go: the vision, its versions, the goals, and what each partner gains."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    versions = list(queries.versions(coalition, acting.today))
    every = list(queries.goals(coalition))
    goals = [goal for goal in every if not goal.dropped_at]
    benefits = queries.benefits(goals)
    rows = presenters.benefit_matrix(queries.owners(coalition, benefits), goals, benefits)
    decided_here = [services.ADOPT_VISION, services.CHANGE_GOAL]
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition),
        "versions": versions,
        "adopted": next((found for found in versions if found.state == "adopted"), None),
        "goals": presenters.goal_cards(goals, queries.measured(coalition), acting.today),
        "late": [found for found in versions if vars(found)["late"]],
        "dropped": [goal for goal in every if goal.dropped_at],
        "rows": rows,
        "confirmed": sum(row.confirmed for row in rows),
        "open": coalition.decisions.filter(state=State.OPEN, kind__in=decided_here),
        "may_write": policies.may_start_version(acting, coalition),
        "may_set_goal": policies.may_set_goal(acting, coalition),
    }
    return http.page(request, "vision/index.html", context)


@require_safe
def version(request: HttpRequest, slug: str, version: uuid.UUID) -> HttpResponse:
    """One version: its text, what changed, what others propose, and the decision."""
    coalition = coalition_or_404(request, slug)
    found, acting = _version(coalition, version), current_actor(request, coalition)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(str(found))),
        "version": found,
        "changed": words_changed(found.previous.body, found.body) if found.previous else [],
        "amendments": found.amendments.select_related("party__organisation"),
        "urgencies": found.urgencies.all(),
        "decision": coalition.decisions.filter(subject=found.id).first(),
        "may_write": policies.may_write(acting, found),
        "may_amend": _open(found) and policies.may_amend(acting, found),
        "may_settle": acting.party == found.author_id,
    }
    return http.page(request, "vision/version.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a draft of the next version; it begins with the words that hold now."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    require(policies.may_start_version(acting, coalition))
    now = coalition.vision_versions.filter(state=VisionVersion.State.ADOPTED).first()
    form = forms.VersionForm(
        request.POST if request.method == "POST" else None,
        coalition=coalition,
        initial={"body": now.body, "horizon": now.horizon} if now else None,
    )
    written: list[VisionVersion] = []
    if form.is_valid() and try_service(
        lambda: written.append(
            services.write_version(coalition, actor=acting, **form.cleaned_data)
        ),
        form,
    ):
        messages.success(
            request, _("Your draft is there. Everyone can read it and propose changes.")
        )
        return redirect("vision:version", slug, written[0].id)
    return form_page(request, coalition, form, _("Write a version"), _("Keep this draft"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rewrite(request: HttpRequest, slug: str, version: uuid.UUID) -> HttpResponse:
    """Change one's own draft."""
    coalition = coalition_or_404(request, slug)
    found, acting = _version(coalition, version), current_actor(request, coalition)
    require(policies.may_write(acting, found))
    form = forms.VersionForm(
        request.POST if request.method == "POST" else None,
        coalition=coalition,
        initial={
            "body": found.body,
            "horizon": found.horizon,
            "reason": found.reason,
            "urgencies": found.urgencies.all(),
        },
    )
    if form.is_valid() and try_service(
        lambda: services.write_version(coalition, actor=acting, version=found, **form.cleaned_data),
        form,
    ):
        messages.success(request, _("Your draft is changed."))
        return redirect("vision:version", slug, version)
    return form_page(request, coalition, form, _("Change the draft"), _("Keep this draft"))


@login_required
@require_POST
def decide(request: HttpRequest, slug: str, version: uuid.UUID) -> HttpResponse:
    """Bring one's draft before the coalition."""
    coalition = coalition_or_404(request, slug)
    found, acting = _version(coalition, version), current_actor(request, coalition)
    run_button(
        request,
        lambda: services.propose_version(found, actor=acting),
        _("Every partner is now asked for an answer."),
    )
    return redirect("vision:version", slug, version)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: HttpRequest, slug: str, version: uuid.UUID) -> HttpResponse:
    """Propose a change to a version."""
    coalition = coalition_or_404(request, slug)
    found, acting = _version(coalition, version), current_actor(request, coalition)
    require(policies.may_amend(acting, found))
    form = forms.AmendmentForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and try_service(
        lambda: services.propose_amendment(found, actor=acting, **form.cleaned_data), form
    ):
        messages.success(request, _("Your proposal is there. You get an answer within 30 days."))
        return redirect("vision:version", slug, version)
    return form_page(request, coalition, form, _("Propose a change"), _("Propose this"), found.body)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, slug: str, amendment: uuid.UUID) -> HttpResponse:
    """Say what came of a proposed change, and why."""
    coalition = coalition_or_404(request, slug)
    found = _amendment(coalition, amendment)
    acting = current_actor(request, coalition)
    require(policies.may_settle(acting, found))
    form = forms.SettleForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and try_service(
        lambda: services.settle_amendment(found, actor=acting, **form.cleaned_data), form
    ):
        messages.success(request, _("Your answer is in."))
        return redirect("vision:version", slug, found.version_id)
    return form_page(
        request, coalition, form, _("Answer a proposed change"), _("Send our answer"), found.change
    )


def _open(version: VisionVersion) -> bool:
    return version.state in (VisionVersion.State.DRAFT, VisionVersion.State.PROPOSED)


def _version(coalition: Coalition, version: uuid.UUID) -> VisionVersion:
    found = (
        coalition.vision_versions.select_related("author__organisation", "previous")
        .filter(id=version)
        .first()
    )
    if not found:
        raise Http404
    found.coalition = coalition
    return found


def _amendment(coalition: Coalition, amendment: uuid.UUID) -> Amendment:
    found = (
        Amendment.objects.select_related("version")
        .filter(version__coalition=coalition, id=amendment)
        .first()
    )
    if not found:
        raise Http404
    return found
