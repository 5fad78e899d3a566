"""The pages of breakthroughs."""

import datetime as dt
import uuid

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wijkverbond.breakthroughs import forms, policies, queries, services
from wijkverbond.breakthroughs.models import Breakthrough
from wijkverbond.coalition.acting import choices, coalition_or_404, current_actor
from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.views.common import run_button, try_service
from wijkverbond.kernel import rate_limits
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import require
from wijkverbond.ui import http
from wijkverbond.ui.forms import status
from wijkverbond.ui.navigation import Link

State = Breakthrough.State
RESIDENTS_PER_HOUR = 30
HOUR = dt.timedelta(hours=1)
KEEP = dt.timedelta(days=365)


@require_safe
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """What became possible: confirmed by others first, then what was reported."""
    coalition = coalition_or_404(request, slug)
    found = queries.breakthrough_cards(coalition)
    context = {
        "coalition": coalition,
        "crumbs": _crumbs(coalition)[:2],
        "established": [told for told in found if told.established],
        "claimed": [told for told in found if told.waits],
        "withdrawn": [told for told in found if told.breakthrough.state == State.WITHDRAWN],
        "may_claim": policies.may_claim(current_actor(request, coalition), coalition),
    }
    return http.page(request, "breakthroughs/index.html", context)


@require_safe
def page(request: HttpRequest, slug: str, breakthrough: uuid.UUID) -> HttpResponse:
    """One breakthrough: before and after, evidence, who worked on it and who confirms it."""
    coalition = coalition_or_404(request, slug)
    told = queries.breakthrough_card(coalition, breakthrough)
    if not told:
        raise Http404
    found, acting = told.breakthrough, current_actor(request, coalition)
    speaker = _speaker(request, coalition)
    pseudonym = _pseudonym(request, found)
    may_confirm = policies.may_confirm(acting, found)
    said = next((one for one in found.confirmations.all() if one.party_id == acting.party), None)
    context = {
        "coalition": coalition,
        "crumbs": [*_crumbs(coalition), Link(found.title)],
        "told": told,
        "breakthrough": found,
        "evidence": [Breakthrough.Evidence(sort).label for sort in found.evidence],
        "obstacles": found.obstacles.select_related("party__organisation"),
        "pledges": found.pledges.select_related("party__organisation"),
        "may_confirm": may_confirm and not (said and said.confirms),
        "may_dispute": may_confirm and not (said and not said.confirms),
        "why_not": "" if may_confirm or not acting.is_party else may_confirm.reason,
        "may_confirm_as_resident": policies.may_confirm_as_resident(speaker, found),
        "said_as_resident": bool(pseudonym and queries.confirmed_by_resident(found, pseudonym)),
        "may_withdraw": policies.may_withdraw(acting, found),
    }
    return http.page(request, "breakthroughs/page.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """Report what was stuck and is now possible."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    require(policies.may_claim(acting, coalition))
    form = forms.ClaimForm(
        request.POST if request.method == "POST" else None, coalition=coalition, claimant=acting
    )
    made: list[Breakthrough] = []
    if form.is_valid() and try_service(
        lambda: made.append(services.claim(coalition, actor=acting, **form.claim())), form
    ):
        messages.success(request, _("Your breakthrough is reported. Now others can confirm it."))
        return redirect("breakthroughs:page", coalition.slug, made[0].id)
    context = {
        "coalition": coalition,
        "crumbs": [*_crumbs(coalition), Link(_("Report a breakthrough"))],
        "form": form,
    }
    return http.page(request, "breakthroughs/claim.html", context, status=status(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, slug: str, breakthrough: uuid.UUID) -> HttpResponse:
    """Say, as a partner that did not work on it, that it is so."""
    found = _breakthrough(request, slug, breakthrough)
    acting = current_actor(request, found.coalition)
    require(policies.may_confirm(acting, found))
    form = forms.ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and try_service(
        lambda: services.confirm(found, actor=acting, confirms=True, **form.cleaned_data), form
    ):
        messages.success(request, _("You confirm this breakthrough. Thank you."))
        return _back(found)
    return _form(request, found, form, _("Our organisation confirms this"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def dispute(request: HttpRequest, slug: str, breakthrough: uuid.UUID) -> HttpResponse:
    """Say, as a partner that did not work on it, how one sees it."""
    found = _breakthrough(request, slug, breakthrough)
    acting = current_actor(request, found.coalition)
    require(policies.may_confirm(acting, found))
    form = forms.DisputeForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and try_service(
        lambda: services.confirm(found, actor=acting, confirms=False, **form.cleaned_data), form
    ):
        messages.success(request, _("Everyone can read how you see it. Thank you."))
        return _back(found)
    return _form(request, found, form, _("We see it otherwise"))


@require_POST
def resident(request: HttpRequest, slug: str, breakthrough: uuid.UUID) -> HttpResponse:
    """Say, as a resident whom it touches, that it is so; no account is needed."""
    found = _breakthrough(request, slug, breakthrough)
    coalition = found.coalition
    acting = _speaker(request, coalition)
    require(policies.may_confirm_as_resident(acting, found))
    key = f"breakthroughs.resident:{rate_limits.visitor(request)}"
    if not rate_limits.allow(key, RESIDENTS_PER_HOUR, HOUR):
        here = reverse("breakthroughs:page", args=[coalition.slug, found.id])
        context = {"coalition": coalition, "nav_label": coalition.name, "stop_url": here}
        return http.page(request, "breakthroughs/too_many.html", context, status=429)
    pseudonym = _pseudonym(request, found) or uuid.uuid4()
    run_button(
        request,
        lambda: services.confirm_as_resident(found, actor=acting, pseudonym=pseudonym),
        _("Thank you. We show how many residents confirm it in steps of five."),
    )
    response = _back(found)
    response.set_signed_cookie(
        _cookie(found),
        str(pseudonym),
        max_age=KEEP,
        httponly=True,
        secure=settings.SECURE_SITE,
        samesite="Lax",
        path=reverse("breakthroughs:page", args=[coalition.slug, found.id]),
    )
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, slug: str, breakthrough: uuid.UUID) -> HttpResponse:
    """Take back what one's partner reported."""
    found = _breakthrough(request, slug, breakthrough)
    acting = current_actor(request, found.coalition)
    require(policies.may_withdraw(acting, found))
    form = forms.WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and try_service(
        lambda: services.withdraw(found, actor=acting, **form.cleaned_data), form
    ):
        messages.success(request, _("You took this breakthrough back."))
        return _back(found)
    return _form(request, found, form, _("Take it back"))


def _form(request: HttpRequest, breakthrough: Breakthrough, form: Form, title: str) -> HttpResponse:
    coalition = breakthrough.coalition
    here = reverse("breakthroughs:page", args=[coalition.slug, breakthrough.id])
    context = {
        "coalition": coalition,
        "crumbs": [*_crumbs(coalition), Link(breakthrough.title, here), Link(title)],
        "breakthrough": breakthrough,
        "form": form,
        "title": title,
        "here": here,
    }
    return http.page(request, "breakthroughs/form.html", context, status=status(form))


def _crumbs(coalition: Coalition) -> list[Link]:
    return [
        Link(coalition.name, reverse("overview:home", args=[coalition.slug])),
        Link(_("Breakthroughs"), reverse("breakthroughs:index", args=[coalition.slug])),
    ]


def _breakthrough(request: HttpRequest, slug: str, breakthrough: uuid.UUID) -> Breakthrough:
    coalition = coalition_or_404(request, slug)
    found = coalition.breakthroughs.filter(id=breakthrough).first()
    if not found:
        raise Http404
    found.coalition = coalition
    return found


def _speaker(request: HttpRequest, coalition: Coalition) -> Actor:
    """Who presses the residents' button: whoever acts for a partner here is that partner.

    Otherwise somebody who worked on it could confirm it by acting for themselves for a moment.
    """
    return choices(request, coalition)[0]


def _pseudonym(request: HttpRequest, breakthrough: Breakthrough) -> uuid.UUID | None:
    kept = request.get_signed_cookie(_cookie(breakthrough), default="")
    return uuid.UUID(kept) if kept else None


def _cookie(breakthrough: Breakthrough) -> str:
    """Another name and pseudonym for each breakthrough, so that nobody is followed over them."""
    return f"doorbraak-{breakthrough.id.hex[:12]}"


def _back(breakthrough: Breakthrough) -> HttpResponse:
    return redirect("breakthroughs:page", breakthrough.coalition.slug, breakthrough.id)
