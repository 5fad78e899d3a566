"""Composing the covenant, opening it for signing, and looking back on it."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wijkverbond.coalition.acting import coalition_or_404, current_actor
from wijkverbond.coalition.views.common import run_button, try_service
from wijkverbond.commitments import forms, policies, terms
from wijkverbond.commitments.models import Covenant
from wijkverbond.commitments.services import covenants
from wijkverbond.commitments.views.common import covenant_or_404, crumbs, show_form
from wijkverbond.kernel.policy import require


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Compose a draft of the covenant."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    require(policies.may_start_covenant(acting, coalition))
    form = forms.CovenantForm(
        request.POST if request.method == "POST" else None, coalition=coalition
    )
    made: list[Covenant] = []
    if form.is_valid() and try_service(
        lambda: made.append(covenants.draft(coalition, actor=acting, **form.cleaned_data)), form
    ):
        messages.success(request, _("The draft is there. Read it, and open it for signing."))
        return redirect("commitments:covenant", slug, made[0].id)
    return show_form(
        request,
        coalition,
        form,
        title=_("Compose a covenant"),
        lead=_("The adopted vision and all goals come into it by themselves."),
        submit=_("Keep the draft"),
        trail=crumbs(coalition),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rewrite(request: HttpRequest, slug: str, covenant: uuid.UUID) -> HttpResponse:
    """Change a draft; a text that is open for signing stands."""
    coalition = coalition_or_404(request, slug)
    found, acting = covenant_or_404(coalition, covenant), current_actor(request, coalition)
    require(policies.may_compose(acting, found))
    form = forms.CovenantForm(
        request.POST if request.method == "POST" else None, coalition=coalition, instance=found
    )
    if form.is_valid() and try_service(
        lambda: covenants.rewrite(found, actor=acting, **form.cleaned_data), form
    ):
        messages.success(request, _("The draft was changed."))
        return redirect("commitments:covenant", slug, covenant)
    return show_form(
        request,
        coalition,
        form,
        title=_("Change the draft"),
        submit=_("Keep the draft"),
        trail=crumbs(coalition),
    )


@login_required
@require_POST
def open_for_signing(request: HttpRequest, slug: str, covenant: uuid.UUID) -> HttpResponse:
    """Freeze the text, and ask every partner to sign."""
    coalition = coalition_or_404(request, slug)
    found, acting = covenant_or_404(coalition, covenant), current_actor(request, coalition)
    run_button(
        request,
        lambda: covenants.open_for_signing(found, actor=acting),
        _("The text stands now. Every partner is asked to sign."),
    )
    return redirect("commitments:covenant", slug, covenant)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def yearly_check(request: HttpRequest, slug: str, covenant: uuid.UUID) -> HttpResponse:
    """Record the conclusion of a yearly look back."""
    coalition = coalition_or_404(request, slug)
    found, acting = covenant_or_404(coalition, covenant), current_actor(request, coalition)
    require(policies.may_hold_yearly_check(acting, found))
    held = set(found.checks.values_list("due", flat=True))
    days = [
        (day.isoformat(), date_format(day))
        for day in terms.checks(found.starts, found.ends)
        if day not in held and day <= acting.today
    ]
    form = forms.YearlyCheckForm(request.POST if request.method == "POST" else None, days=days)
    if form.is_valid() and try_service(
        lambda: covenants.hold_yearly_check(found, actor=acting, **form.cleaned_data), form
    ):
        messages.success(request, _("The look back is recorded."))
        return redirect("commitments:covenant", slug, covenant)
    return show_form(
        request,
        coalition,
        form,
        title=_("Look back on the past year"),
        lead="" if days else _("No look back is due now."),
        submit=_("Record the look back") if days else "",
        trail=crumbs(coalition),
    )
