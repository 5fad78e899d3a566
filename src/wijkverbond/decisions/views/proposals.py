"""Bringing proposals before the coalition that begin on no other page."""

import uuid

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from wijkverbond.coalition import services as coalitions
from wijkverbond.coalition.acting import find_coalition, find_record
from wijkverbond.coalition.forms import HandoverForm
from wijkverbond.coalition.models import ChairAndRules, Coalition, Handover, Secretariat
from wijkverbond.coalition.views.common import all_parties
from wijkverbond.decisions import forms, policies
from wijkverbond.decisions.services import (
    coalition_proposals,
    own_proposals,
)
from wijkverbond.decisions.views.common import crumbs, decisions_of, show, to_page
from wijkverbond.kernel import shared_fields
from wijkverbond.kernel.policy import require
from wijkverbond.ui import http
from wijkverbond.ui.decorators import form_page
from wijkverbond.ui.forms import bound, try_service


@form_page
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring any agreement before the coalition."""
    coalition, actor = find_coalition(request, slug, policies.may_propose)
    form = bound(forms.FreeProposalForm, request, initial=_earlier(request, coalition))
    if form.is_valid():
        with try_service(form):
            decision = own_proposals.propose_freely(
                coalition,
                actor=actor,
                title=form.cleaned_data["title"],
                text=form.cleaned_data["proposal"],
            )
            messages.success(request, _("The proposal is open for answers."))
            return redirect("decisions:page", slug, decision.id)
    return http.show_one_form(
        request,
        form,
        coalition=coalition,
        crumbs=crumbs(coalition),
        title=_("Make a proposal"),
        lead=_("An urgency, the vision and a goal are proposed on their own pages."),
        submit=_("Bring it before the coalition"),
    )


@form_page
def propose_suspension(request: HttpRequest, slug: str) -> HttpResponse:
    """Propose to suspend a partner, or to end that."""
    coalition, actor = find_coalition(request, slug, policies.may_propose)
    form = bound(forms.SuspensionForm, request, coalition=coalition)
    if form.is_valid():
        with try_service(form):
            decision = own_proposals.propose_suspension(
                form.cleaned_data["party"], actor=actor, reason=form.cleaned_data["reason"]
            )
            messages.success(request, _("The proposal is open for answers."))
            return redirect("decisions:page", slug, decision.id)
    return http.show_one_form(
        request,
        form,
        coalition=coalition,
        crumbs=crumbs(coalition),
        title=_("Suspend a partner, or end that"),
        lead=_(
            "Who is suspended answers to no proposal and signs nothing, until you decide otherwise."
        ),
        submit=_("Bring it before the coalition"),
    )


@form_page
def propose_secretariat(request: HttpRequest, slug: str) -> HttpResponse:
    """Propose to ask somebody for the secretariat."""
    coalition, actor = find_coalition(request, slug, policies.may_propose)
    form = bound(forms.AskSecretariatForm, request, coalition=coalition)
    if form.is_valid():
        with try_service(form), transaction.atomic():
            person = coalitions.person_with(form.cleaned_data["email"])
            decision = coalition_proposals.propose_secretariat(
                coalition,
                person,
                actor=actor,
                reason=form.cleaned_data["reason"],
                lent_by=form.cleaned_data["lent_by"],
            )
            messages.success(request, _("The proposal is open for answers."))
            return to_page(decision)
    return http.show_one_form(
        request,
        form,
        coalition=coalition,
        crumbs=crumbs(coalition),
        title=_("Ask somebody for the secretariat"),
        lead=_("Who organises prepares meetings, invites and prints, and decides nothing."),
        submit=_("Bring it before the coalition"),
        sees=_(
            "Everyone sees the proposal. Only partners who may decide see the e-mail address, on the "
            "page of the secretariat."
        ),
    )


@form_page
def propose_end_of_secretariat(
    request: HttpRequest, slug: str, secretariat_id: uuid.UUID
) -> HttpResponse:
    """Propose to end somebody's work in the secretariat."""
    secretariat, actor = find_record(request, slug, _secretariats, secretariat_id)
    require(policies.may_propose(actor, secretariat.coalition))
    form = bound(forms.ReasonForm, request)
    if form.is_valid():
        with try_service(form):
            decision = coalition_proposals.propose_end_of_secretariat(
                secretariat, actor=actor, reason=form.cleaned_data["reason"]
            )
            messages.success(request, _("The proposal is open for answers."))
            return to_page(decision)
    return http.show_one_form(
        request,
        form,
        coalition=secretariat.coalition,
        crumbs=crumbs(secretariat.coalition),
        title=_("End somebody's work in the secretariat"),
        submit=_("Bring it before the coalition"),
    )


@form_page
def propose_waking(request: HttpRequest, slug: str, party_id: uuid.UUID) -> HttpResponse:
    """Propose who acts for a partner for which nobody acts any more."""
    party, actor = find_record(request, slug, all_parties, party_id)
    require(policies.may_propose(actor, party.coalition))
    form = bound(forms.WakingForm, request)
    if form.is_valid():
        with try_service(form), transaction.atomic():
            person = coalitions.person_with(form.cleaned_data["email"])
            decision = own_proposals.propose_waking(
                party, person, actor=actor, reason=form.cleaned_data["reason"]
            )
            messages.success(request, _("The proposal is open for answers."))
            return to_page(decision)
    return http.show_one_form(
        request,
        form,
        coalition=party.coalition,
        crumbs=crumbs(party.coalition),
        title=_("Let somebody act for %(party)s again") % {"party": party.name},
        lead=_(
            "Nobody acts for this partner now. Ask its members who does from now on. When the others "
            "agree, that person gets a mail, and acts for it after their own yes."
        ),
        submit=_("Bring it before the coalition"),
        sees=_(
            "Everyone sees the proposal. Only partners who may decide see the e-mail address, on the "
            "page of the partner."
        ),
    )


@form_page
def propose_chair_and_rules(request: HttpRequest, slug: str) -> HttpResponse:
    """Propose another chair, other rules, or what follows after two rounds of objections."""
    coalition, actor = find_coalition(request, slug, policies.may_propose)
    if not coalition.handed_over_at:
        return redirect("coalition:handover", slug)
    now = shared_fields.values(coalition, ChairAndRules)
    form = bound(HandoverForm, request, initial=now, coalition=coalition)
    if form.is_valid():
        with try_service(form):
            decision = coalition_proposals.propose_chair_and_rules(
                coalition, actor=actor, chair_and_rules=form.instance
            )
            messages.success(request, _("The proposal is open for answers."))
            return to_page(decision)
    return http.show_one_form(
        request,
        form,
        coalition=coalition,
        crumbs=crumbs(coalition),
        title=_("Our chair and rules"),
        lead=_("What holds now is filled in. Change what you want to change."),
        submit=_("Bring it before the coalition"),
    )


@form_page
def propose_second_step(request: HttpRequest, slug: str) -> HttpResponse:
    """Propose that who signs shows a second step, or the end of that."""
    coalition, actor = find_coalition(request, slug, policies.may_propose)
    form = bound(forms.ReasonForm, request)
    if form.is_valid():
        with try_service(form):
            decision = coalition_proposals.propose_second_step(
                coalition, actor=actor, reason=form.cleaned_data["reason"]
            )
            messages.success(request, _("The proposal is open for answers."))
            return to_page(decision)
    title = _("Who signs shows a second step")
    lead = _(
        "Then a stranger who reads somebody's mail cannot sign. A passkey is on a telephone, a computer "
        "or a USB key; an app with codes also works on a computer. Everyone sets it up in a few "
        "minutes under “My data”, with emergency codes for who loses it."
    )
    if coalition.second_step_since:
        title = _("Who signs shows no second step any more")
        lead = _("Now who signs also shows a passkey or a code from an app.")
    return http.show_one_form(
        request,
        form,
        coalition=coalition,
        crumbs=crumbs(coalition),
        title=title,
        lead=lead,
        submit=_("Bring it before the coalition"),
    )


@form_page
def adapt_chair_and_rules(request: HttpRequest, slug: str, proposal_id: uuid.UUID) -> HttpResponse:
    """Adapt one's proposal for chair and rules."""
    coalition, actor = find_coalition(request, slug)
    decision = get_object_or_404(
        decisions_of(coalition), kind=coalition_proposals.CHAIR_AND_RULES, subject=proposal_id
    )
    require(policies.may_adapt(actor, decision))
    proposed = shared_fields.values(Handover.objects.get(id=proposal_id), ChairAndRules)
    form = bound(HandoverForm, request, initial=proposed, coalition=coalition)
    if form.is_valid():
        with try_service(form):
            coalition_proposals.adapt_chair_and_rules(
                decision, actor=actor, chair_and_rules=form.instance
            )
            messages.success(request, _("The new text is there. Everyone is asked again."))
            return to_page(decision)
    title, submit = _("Adapt the proposal"), _("Bring the new text forward")
    return show(request, form, decision, title=title, submit=submit)


def _earlier(request: HttpRequest, coalition: Coalition) -> dict[str, str]:
    """The words of the free proposal that is made again."""
    decision_id = http.id_in_query(request, "opnieuw")
    if not decision_id:
        return {}
    earlier = decisions_of(coalition).filter(kind=own_proposals.FREE, id=decision_id).first()
    return {"title": earlier.title, "proposal": earlier.proposal} if earlier else {}


def _secretariats(coalition: Coalition) -> QuerySet[Secretariat]:
    return Secretariat.objects.current().filter(coalition=coalition).select_related("coalition")
