"""One party: what it says about itself, who acts for it, and how it leaves."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wijkverbond.coalition import forms, policies, services
from wijkverbond.coalition.acting import coalition_or_404, current_actor
from wijkverbond.coalition.models import Level, Mandate, Party
from wijkverbond.coalition.models.sectors import SECTORS
from wijkverbond.coalition.queries.mandates import (
    current_secretariat,
    mandate_counts,
    people_of,
    unconfirmed_mandates,
)
from wijkverbond.coalition.views.common import (
    afterwards,
    crumbs,
    party_or_404,
    run_button,
    try_service,
)
from wijkverbond.kernel.policy import require
from wijkverbond.ui import http
from wijkverbond.ui.forms import status
from wijkverbond.ui.navigation import Link


@require_safe
def page(request: HttpRequest, slug: str, party: uuid.UUID) -> HttpResponse:
    """Who a party is and how it takes part."""
    found = party_or_404(request, slug, party)
    acting = current_actor(request, found.coalition)
    context = {
        "coalition": found.coalition,
        "party": found,
        "sector": SECTORS[found.organisation.sector].title,
        "levels": [Level(level).label for level in found.levels],
        "mandates": mandate_counts(found, acting.now),
        "crumbs": crumbs(found.coalition, Link(found.name)),
        "own": acting.party == found.id,
        "may_describe": policies.may_describe_party(acting, found),
        "may_leave": policies.may_leave(acting, found),
    }
    return http.page(request, "coalition/party.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: HttpRequest, slug: str, party: uuid.UUID) -> HttpResponse:
    """Change how one's party takes part and the details of its organisation."""
    found = party_or_404(request, slug, party)
    acting = current_actor(request, found.coalition)
    require(policies.may_describe_party(acting, found))
    form = forms.DescribeForm.of(found, request.POST if request.method == "POST" else None)

    def save() -> None:
        with transaction.atomic():
            services.describe_organisation(found, actor=acting, **form.details())
            services.describe_party(found, form.taking_part(), actor=acting)

    if form.is_valid() and try_service(save, form):
        messages.success(request, _("Saved."))
        return redirect("coalition:party", slug=slug, party=party)
    context = {
        "coalition": found.coalition,
        "party": found,
        "crumbs": _crumbs(found, _("Change")),
        "form": form,
    }
    return http.page(request, "coalition/describe.html", context, status=status(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mandates(request: HttpRequest, slug: str, party: uuid.UUID) -> HttpResponse:
    """Who acts for one's own party: see, give and end mandates."""
    found = party_or_404(request, slug, party)
    acting = current_actor(request, found.coalition)
    if acting.party != found.id:
        require(policies.may_grant_mandate(acting, found))
    may_grant = policies.may_grant_mandate(acting, found)
    form = forms.MandateForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and try_service(lambda: _grant(found, form, request), form):
        messages.success(request, _("The mandate is given."))
        return redirect("coalition:mandates", slug=slug, party=party)
    context = {
        "coalition": found.coalition,
        "party": found,
        "crumbs": _crumbs(found, _("Who acts for us")),
        "people": people_of(found, acting.now),
        "form": form,
        "may_grant": may_grant,
        "acting": acting,
    }
    return http.page(request, "coalition/mandates.html", context, status=status(form))


@transaction.atomic
def _grant(party: Party, form: forms.MandateForm, request: HttpRequest) -> None:
    acting = current_actor(request, party.coalition)
    require(policies.may_grant_mandate(acting, party))
    wanted = dict(form.cleaned_data)
    services.grant(party, services.person_with(wanted.pop("email")), actor=acting, **wanted)


@login_required
@require_http_methods(["GET", "HEAD"])
def to_confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """Mandates to sign that wait for a second person."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    waiting = unconfirmed_mandates(coalition, acting)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(_("Confirm a mandate"))),
        "waiting": [
            (mandate, verdict)
            for mandate in waiting
            if (verdict := policies.may_confirm_mandate(acting, mandate))
        ],
    }
    return http.page(request, "coalition/to_confirm.html", context)


@login_required
@require_POST
def confirm(request: HttpRequest, slug: str, mandate: uuid.UUID) -> HttpResponse:
    """Confirm somebody's mandate to sign."""
    found = _mandate_or_404(request, slug, mandate)
    acting = current_actor(request, found.party.coalition)
    said = _("Confirmed. This person may sign now.")
    run_button(request, lambda: services.confirm_mandate(found, actor=acting), said)
    return redirect("coalition:to_confirm", slug=slug)


@login_required
@require_POST
def end_mandate(request: HttpRequest, slug: str, mandate: uuid.UUID) -> HttpResponse:
    """End somebody's mandate for one's own party."""
    found = _mandate_or_404(request, slug, mandate)
    acting = current_actor(request, found.party.coalition)
    said = _("The mandate has ended.")
    run_button(request, lambda: services.end_mandate(found, actor=acting), said)
    if found.person_id == acting.person:
        return afterwards(found.party.coalition)
    return redirect("coalition:mandates", slug=slug, party=found.party_id)


def _mandate_or_404(request: HttpRequest, slug: str, mandate: uuid.UUID) -> Mandate:
    coalition = coalition_or_404(request, slug)
    held = Mandate.objects.filter(party__coalition=coalition, id=mandate)
    found = held.select_related("party__coalition", "party__organisation").first()
    if not found:
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, slug: str, party: uuid.UUID) -> HttpResponse:
    """Let one's party leave, with a reason."""
    found = party_or_404(request, slug, party)
    acting = current_actor(request, found.coalition)
    require(policies.may_leave(acting, found))
    form = forms.ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and try_service(
        lambda: services.leave(found, actor=acting, reason=form.cleaned_data["reason"]), form
    ):
        messages.success(request, _("You have left. Thank you for what you did."))
        return afterwards(found.coalition)
    context = {
        "coalition": found.coalition,
        "party": found,
        "crumbs": _crumbs(found, _("Leave")),
        "form": form,
    }
    return http.page(request, "coalition/leave.html", context, status=status(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def secretariat(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask somebody for the secretariat, or end their work in it."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    require(policies.may_grant_secretariat(acting, coalition))
    form = forms.SecretariatForm(
        request.POST if request.method == "POST" else None, coalition=coalition
    )
    if form.is_valid() and try_service(
        lambda: services.grant_secretariat(
            coalition,
            services.person_with(form.cleaned_data["email"]),
            actor=acting,
            lent_by=form.cleaned_data["lent_by"],
        ),
        form,
    ):
        messages.success(request, _("This person organises for the coalition now."))
        return redirect("coalition:secretariat", slug=slug)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(_("Secretariat"))),
        "form": form,
        "people": current_secretariat(coalition),
    }
    return http.page(request, "coalition/secretariat.html", context, status=status(form))


@login_required
@require_POST
def end_secretariat(request: HttpRequest, slug: str, secretariat: uuid.UUID) -> HttpResponse:
    """End somebody's work in the secretariat."""
    coalition = coalition_or_404(request, slug)
    found = coalition.secretariat.filter(id=secretariat).first()
    if not found:
        raise Http404
    acting = current_actor(request, coalition)
    said = _("This person no longer organises for the coalition.")
    run_button(request, lambda: services.revoke_secretariat(found, actor=acting), said)
    if found.person_id == acting.person:
        return afterwards(coalition)
    return redirect("coalition:who", slug=slug)


def _crumbs(party: Party, here: str) -> list[Link]:
    page = reverse("coalition:party", args=[party.coalition.slug, party.id])
    return crumbs(party.coalition, Link(party.name, page), Link(here))
