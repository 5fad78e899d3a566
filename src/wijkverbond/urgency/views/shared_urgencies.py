"""Shared urgencies: proposing one, supporting it, wording it, and bringing it to a decision."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wijkverbond.coalition.acting import find_coalition, find_record
from wijkverbond.coalition.queries import voices
from wijkverbond.decisions.models import State as DecisionState
from wijkverbond.ui import http, shown
from wijkverbond.ui.decorators import button, form_page
from wijkverbond.ui.forms import bound, try_service
from wijkverbond.ui.navigation import Link
from wijkverbond.urgency import forms, policies, presenters, queries, services
from wijkverbond.urgency.views.common import crumbs


@form_page
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Propose a shared urgency."""
    coalition, actor = find_coalition(request, slug, policies.may_start_urgency)
    reading = queries.last_reading(coalition, http.id_in_query(request, "vraag"))
    form = bound(forms.UrgencyForm, request, reading=reading)
    if form.is_valid():
        with try_service(form):
            services.propose_urgency(coalition, actor=actor, reading=reading, **form.cleaned_data)
            messages.success(request, _("Your proposal is there. Now others can support it."))
            return redirect("urgency:index", slug)
    lead = _("First people answer a question. Then a partner proposes what everyone agrees on.")
    return http.show_one_form(
        request,
        form,
        coalition=coalition,
        crumbs=crumbs(coalition),
        title=_("What must come first?"),
        lead="" if reading else lead,
        submit=_("Propose this") if reading else "",
    )


@require_safe
def urgency(request: HttpRequest, slug: str, urgency_id: uuid.UUID) -> HttpResponse:
    """One shared urgency: how far it is shared, on what it rests, who supports it."""
    urgency, actor = find_record(request, slug, queries.urgencies, urgency_id)
    coalition = urgency.coalition
    decision = coalition.decisions.filter(subject=urgency.id).first()
    supporters = {
        endorsement.party_id
        for endorsement in urgency.endorsements.all()
        if endorsement.revision == urgency.revision
    }
    may_endorse = policies.may_endorse(actor, urgency)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(urgency.sentence)),
        "also_for": voices.also_act_for(coalition, actor.now),
        "urgency": urgency,
        "urgency_card": presenters.urgency_card(urgency),
        "earlier": urgency.earlier_wordings.all(),
        "decision": decision,
        "deciding": decision and decision.state == DecisionState.OPEN,
        "may_endorse": may_endorse and actor.party not in supporters,
        "why_not": may_endorse.reason if actor.is_party else "",
        "may_propose": policies.may_propose(actor, urgency),
    }
    return http.page(request, "urgency/urgency.html", context)


@button
def endorse(request: HttpRequest, slug: str, urgency_id: uuid.UUID) -> HttpResponse:
    """Say by name that one's party shares this urgency."""
    urgency, actor = find_record(request, slug, queries.urgencies, urgency_id)
    with http.run_button(request, _("Your support is recorded.")):
        services.endorse(urgency, actor=actor, shown=shown.sent(request, urgency))
    return redirect("urgency:urgency", slug, urgency_id)


@button
def decide(request: HttpRequest, slug: str, urgency_id: uuid.UUID) -> HttpResponse:
    """Bring one's proposal before the coalition."""
    urgency, actor = find_record(request, slug, queries.urgencies, urgency_id)
    with http.run_button(request, _("Every partner is now asked for an answer.")):
        services.bring_to_decision(urgency, actor=actor)
    return redirect("urgency:urgency", slug, urgency_id)


@form_page
def word(request: HttpRequest, slug: str, urgency_id: uuid.UUID) -> HttpResponse:
    """Word one's proposal anew."""
    urgency, actor = find_record(request, slug, queries.urgencies, urgency_id, policies.may_propose)
    form = bound(forms.RewordForm, request, initial={"sentence": urgency.sentence})
    if form.is_valid():
        with try_service(form):
            services.reword(urgency, actor=actor, **form.cleaned_data)
            messages.success(request, _("The new wording is there. Support starts again."))
            return redirect("urgency:urgency", slug, urgency_id)
    return http.show_one_form(
        request,
        form,
        coalition=urgency.coalition,
        crumbs=crumbs(urgency.coalition),
        title=_("Word it anew"),
        submit=_("Use this wording"),
    )
