"""Who takes part: the street, who is missing, who works with whom, the hand-over."""

import uuid
from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wijkverbond.coalition import forms, policies, services
from wijkverbond.coalition.acting import (
    choices,
    choose,
    coalition_or_404,
    code,
    current_actor,
    takes_part,
)
from wijkverbond.coalition.models import Access, Party
from wijkverbond.coalition.presenters import network
from wijkverbond.coalition.queries import circle, missing_voice_suggestions, party_of
from wijkverbond.coalition.queries.handover import (
    confirmed_by,
    handover_proposal,
    handover_reminder,
)
from wijkverbond.coalition.queries.mandates import current_secretariat
from wijkverbond.coalition.queries.ties import tie_rows
from wijkverbond.coalition.views.common import crumbs, run_button, try_service
from wijkverbond.kernel.actor import Actor, ActorKind
from wijkverbond.kernel.policy import require
from wijkverbond.ui import http
from wijkverbond.ui.forms import status
from wijkverbond.ui.navigation import Link


@require_safe
def who(request: HttpRequest, slug: str) -> HttpResponse:
    """Who takes part, who is missing, the three levels, and who works with whom."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    found, bonds = circle.circle(coalition), tie_rows(coalition, acting.now)
    organises = current_secretariat(coalition)
    own = [held for held in organises if held.person_id == acting.person]
    context = {
        "coalition": coalition,
        "circle": found,
        "reminder": handover_reminder(coalition, acting.now),
        "bonds": bonds,
        "network": network.network(found.parties, bonds),
        "secretariat": organises,
        "own_work": own[0] if own and acting.kind == ActorKind.SECRETARIAT else None,
        "crumbs": [crumbs(coalition)[0], Link(_("Who takes part"))],
        "acting": acting,
        "takes_part": takes_part(choices(request, coalition)),
        "may_invite": policies.may_invite(acting, coalition),
        "may_suggest": policies.may_suggest_missing(acting, coalition),
        "may_dismiss": policies.may_dismiss_missing(acting, coalition),
        "may_ask_secretariat": policies.may_grant_secretariat(acting, coalition),
        "may_open": coalition.access == Access.PREPARING
        and policies.may_change_access(acting, coalition),
    }
    return http.page(request, "coalition/who.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: HttpRequest, slug: str) -> HttpResponse:
    """Say who is missing."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    require(policies.may_suggest_missing(acting, coalition))
    found = {hint.sector.code: hint for hint in missing_voice_suggestions.suggestions(coalition)}
    chosen = found.get(request.GET.get("soort", ""))
    form = forms.MissingForm(
        request.POST if request.method == "POST" else None,
        initial={"sector": chosen.sector.code, "what": chosen.why} if chosen else None,
    )
    if form.is_valid() and try_service(
        lambda: services.suggest_missing(
            coalition, actor=acting, figures=_figures(form, found), **form.cleaned_data
        ),
        form,
    ):
        messages.success(request, _("The open place now stands in the street."))
        return redirect("coalition:who", slug=slug)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(_("Who is missing?"))),
        "form": form,
        "hints": () if chosen else found.values(),
    }
    return http.page(request, "coalition/suggest.html", context, status=status(form))


def _figures(
    form: forms.MissingForm, found: Mapping[str, missing_voice_suggestions.MissingVoiceSuggestion]
) -> Sequence[str]:
    hint = found.get(form.cleaned_data["sector"])
    return hint.figures if hint else ()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def dismiss(request: HttpRequest, slug: str, voice: uuid.UUID) -> HttpResponse:
    """Take a missing voice off the list, with a reason."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    found = coalition.missing.filter(id=voice).first()
    if not found:
        raise Http404
    require(policies.may_dismiss_missing(acting, coalition))
    form = forms.ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and try_service(
        lambda: services.dismiss_missing(found, actor=acting, reason=form.cleaned_data["reason"]),
        form,
    ):
        messages.success(request, _("This voice is off the list. Your reason is public."))
        return redirect("coalition:who", slug=slug)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(_("Off the list"))),
        "form": form,
        "voice": found,
    }
    return http.page(request, "coalition/dismiss.html", context, status=status(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tie(request: HttpRequest, slug: str) -> HttpResponse:
    """Say how one's party works with another."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    own = party_of(acting)
    require(policies.may_report_tie(acting, own))
    form = forms.TieForm(request.POST if request.method == "POST" else None, party=own)
    if form.is_valid() and try_service(
        lambda: services.report_tie(
            own, form.cleaned_data["other"], actor=acting, strength=form.cleaned_data["strength"]
        ),
        form,
    ):
        messages.success(request, _("Thank you. This counts for this year."))
        return redirect("coalition:who", slug=slug)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(_("Who works with whom"))),
        "form": form,
        "own": own,
    }
    return http.page(request, "coalition/tie.html", context, status=status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def handover(request: HttpRequest, slug: str) -> HttpResponse:
    """The coalition's own chair and rules: read, propose and confirm."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    form = forms.HandoverForm(
        request.POST if "propose" in request.POST else None, coalition=coalition
    )
    if request.method == "POST" and "propose" not in request.POST:
        said = _("Confirmed.")
        run_button(request, lambda: services.confirm_handover(coalition, actor=acting), said)
        return redirect("coalition:handover", slug=slug)
    if form.is_valid() and try_service(
        lambda: services.propose_handover(coalition, actor=acting, **form.cleaned_data), form
    ):
        messages.success(request, _("The proposal stands. The other partners can confirm it."))
        return redirect("coalition:handover", slug=slug)
    proposal = handover_proposal(coalition)
    confirmed = confirmed_by(proposal)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(_("Our own chair and rules"))),
        "form": form,
        "proposal": proposal,
        "confirmed": confirmed,
        "waiting_for": circle.missing_kinds(confirmed),
        "has_confirmed": acting.party in {party.id for party in confirmed},
        "may_propose": policies.may_propose_handover(acting, coalition),
        "may_confirm": policies.may_confirm_handover(acting, coalition),
    }
    return http.page(request, "coalition/handover.html", context, status=status(form))


@login_required
@require_POST
def open_up(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a coalition that prepared in private to everyone."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    said = _("Everyone can see the coalition now.")
    run_button(
        request, lambda: services.change_access(coalition, actor=acting, access=Access.PUBLIC), said
    )
    return redirect("coalition:who", slug=slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def switch(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose for whom one acts in this coalition."""
    coalition = coalition_or_404(request, slug)
    possible = choices(request, coalition)
    form = forms.ActForm(
        request.POST if request.method == "POST" else None,
        initial={
            "act_as": code(current_actor(request, coalition)),
            "next": request.GET.get("next", ""),
        },
        choices=_names(possible),
        hints={ActorKind.SECRETARIAT: _("Organises and decides nothing")},
    )
    if form.is_valid():
        choose(request, coalition, form.cleaned_data["act_as"])
        rotate_token(request)  # what was opened for the other partner is not sent for this one
        onward = form.cleaned_data["next"]
        if url_has_allowed_host_and_scheme(onward, {request.get_host()}, request.is_secure()):
            return redirect(onward)
        return redirect("coalition:who", slug=slug)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(_("For whom do you act?"))),
        "form": form,
    }
    return http.page(request, "coalition/switch.html", context, status=status(form))


def _names(possible: list[Actor]) -> list[tuple[str, str]]:
    """What one can be, and how that is called."""
    acted_for = [found.party for found in possible if found.party]
    found_parties = Party.objects.filter(id__in=acted_for).select_related("organisation")
    names = {str(party.id): party.name for party in found_parties}
    names |= {ActorKind.SECRETARIAT: _("The secretariat"), ActorKind.PARTICIPANT: _("Myself")}
    return [(code(found), names[code(found)]) for found in possible]
