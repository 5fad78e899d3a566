"""Who takes part: the street, who is missing, who works with whom, the hand-over."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wijkverbond.coalition import forms, policies, services
from wijkverbond.coalition.acting import choices, choose, code, find_coalition, takes_part
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
from wijkverbond.coalition.views.common import crumbs
from wijkverbond.kernel.actor import Actor, ActorKind
from wijkverbond.kernel.policy import require
from wijkverbond.ui import http
from wijkverbond.ui.decorators import button, form_page, open_form_page
from wijkverbond.ui.forms import bound, try_service
from wijkverbond.ui.navigation import Link


@require_safe
def who(request: HttpRequest, slug: str) -> HttpResponse:
    """Who takes part, who is missing, the three levels, and who works with whom."""
    coalition, actor = find_coalition(request, slug)
    parties_and_missing = circle.circle(coalition)
    bonds = tie_rows(coalition, actor.now)
    secretariat = current_secretariat(coalition)
    own_work = next((held for held in secretariat if held.person_id == actor.person), None)
    prepares = coalition.access == Access.PREPARING
    context = {
        "coalition": coalition,
        "circle": parties_and_missing,
        "reminder": handover_reminder(coalition, actor.now),
        "bonds": bonds,
        "network": network.network(parties_and_missing.parties, bonds),
        "secretariat": secretariat,
        "own_work": own_work if actor.kind == ActorKind.SECRETARIAT else None,
        "crumbs": crumbs(coalition),
        "acting": actor,
        "takes_part": takes_part(choices(request, coalition)),
        "may_invite": policies.may_invite(actor, coalition),
        "may_suggest": policies.may_suggest_missing(actor, coalition),
        "may_dismiss": policies.may_dismiss_missing(actor, coalition),
        "may_ask_secretariat": policies.may_grant_secretariat(actor, coalition),
        "may_open": prepares and policies.may_change_access(actor, coalition),
    }
    return http.page(request, "coalition/who.html", context)


@form_page
def suggest(request: HttpRequest, slug: str) -> HttpResponse:
    """Say who is missing."""
    coalition, actor = find_coalition(request, slug, policies.may_suggest_missing)
    suggestions = {
        suggestion.sector.code: suggestion
        for suggestion in missing_voice_suggestions.suggestions(coalition)
    }
    chosen = suggestions.get(request.GET.get("soort", ""))
    initial = {"sector": chosen.sector.code, "what": chosen.why} if chosen else None
    form = bound(forms.MissingForm, request, initial=initial)
    if form.is_valid():
        with try_service(form):
            suggestion = suggestions.get(form.cleaned_data["sector"])
            figures = suggestion.figures if suggestion else ()
            services.suggest_missing(coalition, actor=actor, figures=figures, **form.cleaned_data)
            messages.success(request, _("The open place now stands in the street."))
            return redirect("coalition:who", slug)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(_("Who is missing?"))),
        "hints": () if chosen else suggestions.values(),
    }
    return http.show_form(request, "coalition/suggest.html", form, context)


@form_page
def dismiss(request: HttpRequest, slug: str, voice_id: uuid.UUID) -> HttpResponse:
    """Take a missing voice off the list, with a reason."""
    coalition, actor = find_coalition(request, slug)
    voice = get_object_or_404(coalition.missing, id=voice_id)
    require(policies.may_dismiss_missing(actor, coalition))
    form = bound(forms.ReasonForm, request)
    if form.is_valid():
        with try_service(form):
            services.dismiss_missing(voice, actor=actor, reason=form.cleaned_data["reason"])
            messages.success(request, _("This voice is off the list. Your reason is public."))
            return redirect("coalition:who", slug)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(_("Off the list"))),
        "voice": voice,
    }
    return http.show_form(request, "coalition/dismiss.html", form, context)


@form_page
def tie(request: HttpRequest, slug: str) -> HttpResponse:
    """Say how one's party works with another."""
    coalition, actor = find_coalition(request, slug)
    own_party = party_of(actor)
    require(policies.may_report_tie(actor, own_party))
    form = bound(forms.TieForm, request, party=own_party)
    if form.is_valid():
        with try_service(form):
            other, strength = form.cleaned_data["other"], form.cleaned_data["strength"]
            services.report_tie(own_party, other, actor=actor, strength=strength)
            messages.success(request, _("Thank you. This counts for this year."))
            return redirect("coalition:who", slug)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(_("Who works with whom"))),
        "own": own_party,
    }
    return http.show_form(request, "coalition/tie.html", form, context)


@open_form_page
def handover(request: HttpRequest, slug: str) -> HttpResponse:
    """The coalition's own chair and rules: read, propose and confirm."""
    coalition, actor = find_coalition(request, slug)
    if request.method == "POST" and "propose" not in request.POST:
        with http.run_button(request, _("Confirmed.")):
            services.confirm_handover(coalition, actor=actor)
        return redirect("coalition:handover", slug)
    form = bound(forms.HandoverForm, request, coalition=coalition)
    if form.is_valid():
        with try_service(form):
            services.propose_handover(coalition, actor=actor, **form.cleaned_data)
            messages.success(request, _("The proposal stands. The other partners can confirm it."))
            return redirect("coalition:handover", slug)
    proposal = handover_proposal(coalition)
    confirmed = confirmed_by(proposal)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(_("Our own chair and rules"))),
        "proposal": proposal,
        "confirmed": confirmed,
        "waiting_for": circle.missing_kinds(confirmed),
        "has_confirmed": actor.party in {party.id for party in confirmed},
        "may_propose": policies.may_propose_handover(actor, coalition),
        "may_confirm": policies.may_confirm_handover(actor, coalition),
    }
    return http.show_form(request, "coalition/handover.html", form, context)


@button
def open_up(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a coalition that prepared in private to everyone."""
    coalition, actor = find_coalition(request, slug)
    with http.run_button(request, _("Everyone can see the coalition now.")):
        services.change_access(coalition, actor=actor, access=Access.PUBLIC)
    return redirect("coalition:who", slug)


@form_page
def switch(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose for whom one acts in this coalition."""
    coalition, actor = find_coalition(request, slug)
    form = bound(
        forms.ActForm,
        request,
        initial={"act_as": code(actor), "next": request.GET.get("next", "")},
        choices=_named_choices(choices(request, coalition)),
        hints={ActorKind.SECRETARIAT: _("Organises and decides nothing")},
    )
    if form.is_valid():
        choose(request, coalition, form.cleaned_data["act_as"])
        rotate_token(request)  # what was opened for the other partner is not sent for this one
        onward = form.cleaned_data["next"]
        if url_has_allowed_host_and_scheme(onward, {request.get_host()}, request.is_secure()):
            return redirect(onward)
        return redirect("coalition:who", slug)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(_("For whom do you act?"))),
    }
    return http.show_form(request, "coalition/switch.html", form, context)


def _named_choices(actors: list[Actor]) -> list[tuple[str, str]]:
    """What one can be, and how that is called."""
    party_ids = [actor.party for actor in actors if actor.party]
    parties = Party.objects.filter(id__in=party_ids).select_related("organisation")
    names = {str(party.id): party.name for party in parties}
    names |= {ActorKind.SECRETARIAT: _("The secretariat"), ActorKind.PARTICIPANT: _("Myself")}
    return [(code(actor), names[code(actor)]) for actor in actors]
