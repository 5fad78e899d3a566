"""The rounds of proposals: reading, answering, objecting, adapting and closing."""

import itertools
import uuid

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wijkverbond.coalition.acting import find_coalition, find_record, to_act_for
from wijkverbond.coalition.models import Coalition
from wijkverbond.decisions import forms, policies, queries, round_status, services
from wijkverbond.decisions.models import Decision, LaterAnswer, Objection, PositionText, State
from wijkverbond.decisions.services import (
    afterwards,
    legal_limits,
)
from wijkverbond.decisions.views.common import crumbs, decisions_of, show, to_page
from wijkverbond.kernel import shared_fields
from wijkverbond.kernel.actor import Actor, MandateType
from wijkverbond.kernel.registry import DECISION_TYPES
from wijkverbond.ui import http, shown
from wijkverbond.ui.decorators import button, form_page
from wijkverbond.ui.differences import words_changed
from wijkverbond.ui.forms import bound, try_service
from wijkverbond.ui.navigation import Link


@require_safe
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """Every proposal of the coalition: the open ones first."""
    coalition, actor = find_coalition(request, slug)
    decisions = list(decisions_of(coalition))
    context = {
        "coalition": coalition,
        "may_propose": policies.may_propose(actor, coalition),
        "crumbs": crumbs(coalition),
        "open_decisions": [decision for decision in decisions if decision.state == State.OPEN],
        "closed_decisions": [decision for decision in decisions if decision.state != State.OPEN],
    }
    return http.page(request, "decisions/index.html", context)


@require_safe
def page(request: HttpRequest, slug: str, decision_id: uuid.UUID) -> HttpResponse:
    """One proposal: its text, who says what, and what is still needed."""
    decision, actor = find_record(request, slug, decisions_of, decision_id)
    status = round_status.round_status(decision, actor.now)
    texts = [*round_status.earlier_texts(decision), decision.proposal]
    objections = status.objections
    may_answer = policies.may_take_position(actor, decision)
    context = {
        "coalition": decision.coalition,
        "crumbs": crumbs(decision.coalition, Link(decision.title)),
        "decision": decision,
        "round_status": status,
        "objections": objections,
        "to_answer": _to_answer(decision, objections, actor),
        "to_resolve": _to_resolve(objections, actor),
        "changes": [words_changed(old, new) for old, new in itertools.pairwise(texts)],
        "limits": decision.limits.select_related("party__organisation"),
        "may_limit": policies.may_put_forward_limit(actor, decision),
        "may_answer": may_answer,
        "why_no_answer": may_answer.reason if actor.is_party and decision.is_open else "",
        "lacks_mandate": None if MandateType.DECIDE in actor.mandates else actor.party,
        "may_enter": policies.may_enter_position(actor, decision),
        "may_adapt": policies.may_adapt(actor, decision),
        "answer": status.answer_of(actor.party),
        "again_url": _again_url(decision, actor),
        "may_suspend": policies.may_propose(actor, decision.coalition),
        "may_close": policies.may_close(actor, decision) and status.complete,
        "may_go_on": decision.revision < queries.last_revision(decision),
        "fallback": decision.state == State.OPEN and queries.fallback(decision) != "none",
    }
    return http.page(request, "decisions/page.html", context)


def _again_url(decision: Decision, actor: Actor) -> str:
    """Where its proposer makes such a proposal again, when this was not carried."""
    own = decision.state == State.NOT_CARRIED and decision.proposer_id == actor.party
    if not own or not policies.may_propose(actor, decision.coalition):
        return ""
    page_url = reverse(DECISION_TYPES[decision.kind].propose_at, args=[decision.coalition.slug])
    return f"{page_url}?opnieuw={decision.id}"


@form_page
def answer(request: HttpRequest, slug: str, decision_id: uuid.UUID) -> HttpResponse:
    """Say what one's party thinks of a proposal; a mail's link names the party it is about."""
    if switch := to_act_for(request, slug, http.id_in_query(request, "voor")):
        return redirect(switch)
    decision, actor = find_record(
        request, slug, decisions_of, decision_id, policies.may_take_position
    )
    position = queries.positions(decision).get(actor.party) if actor.party else None
    initial = shared_fields.values(position, PositionText) if position else None
    form = bound(forms.PositionForm, request, initial=initial)
    if form.is_valid():
        with try_service(form):
            services.take_position(
                decision,
                actor=actor,
                wording=form.instance,
                shown=shown.sent(request, decision),
            )
            messages.success(request, _("Your answer is in. You can change it until the closing."))
            return to_page(decision)
    title, submit = _("Your answer"), _("Send our answer")
    entered = position if position and not position.confirmed_at else None
    return show(
        request, form, decision, title=title, submit=submit, shown=decision, entered=entered
    )


@form_page
def answer_afterwards(request: HttpRequest, slug: str, later_answer_id: uuid.UUID) -> HttpResponse:
    """Answer, as a partner that came later, to what was carried without its kind."""
    later_answer, actor = find_record(
        request, slug, _later_answers, later_answer_id, policies.may_answer_afterwards
    )
    decision = later_answer.decision
    form = bound(forms.PositionForm, request)
    if form.is_valid():
        with try_service(form):
            afterwards.answer_afterwards(
                later_answer,
                actor=actor,
                wording=form.instance,
                shown=shown.sent(request, later_answer),
            )
            messages.success(request, _("Your answer is in. It stands with the proposal."))
            return to_page(decision)
    title, submit = _("Your answer"), _("Send our answer")
    return show(request, form, decision, title=title, submit=submit, shown=later_answer)


@form_page
def enter(request: HttpRequest, slug: str, decision_id: uuid.UUID) -> HttpResponse:
    """Enter what a party said on paper, by telephone or at a meeting."""
    decision, actor = find_record(
        request, slug, decisions_of, decision_id, policies.may_enter_position
    )
    form = bound(forms.EnteredPositionForm, request, parties=queries.asked(decision, actor.now))
    if form.is_valid():
        with try_service(form):
            party, via = form.cleaned_data["party"], form.cleaned_data["via"]
            services.enter_position(
                decision,
                party,
                actor=actor,
                wording=form.instance,
                via=via,
                shown=shown.sent(request, decision),
            )
            messages.success(
                request, _("Noted. Who decides for this partner gets a mail to confirm it.")
            )
            return to_page(decision)
    title, submit = _("An answer from paper"), _("Enter this answer")
    return show(request, form, decision, title=title, submit=submit, shown=decision)


@form_page
def adapt(request: HttpRequest, slug: str, decision_id: uuid.UUID) -> HttpResponse:
    """Adapt one's proposal; where it is more than a text, on the page of what it is about."""
    decision, actor = find_record(request, slug, decisions_of, decision_id, policies.may_adapt)
    if elsewhere := DECISION_TYPES[decision.kind].adapt_at:
        return redirect(elsewhere, slug, decision.subject)
    form = bound(forms.AdaptForm, request, initial={"text": decision.proposal})
    if form.is_valid():
        with try_service(form):
            services.adapt(decision, actor=actor, **form.cleaned_data)
            messages.success(request, _("The new text is there. Everyone is asked again."))
            return to_page(decision)
    title, submit = _("Adapt the proposal"), _("Bring the new text forward")
    return show(request, form, decision, title=title, submit=submit)


@form_page
def limit(request: HttpRequest, slug: str, decision_id: uuid.UUID) -> HttpResponse:
    """Say, as government, within which limit of the law a proposal must stay."""
    decision, actor = find_record(
        request, slug, decisions_of, decision_id, policies.may_put_forward_limit
    )
    form = bound(forms.LimitForm, request)
    if form.is_valid():
        with try_service(form):
            legal_limits.put_forward(decision, actor=actor, wording=form.instance)
            messages.success(request, _("The limit stands with the proposal."))
            return to_page(decision)
    title, submit = _("A legal limit"), _("Put forward this limit")
    return show(request, form, decision, title=title, submit=submit)


@form_page
def reply(request: HttpRequest, slug: str, objection_id: uuid.UUID) -> HttpResponse:
    """Answer an objection to one's proposal."""
    objection, actor = find_record(
        request, slug, _objections, objection_id, policies.may_answer_objection
    )
    decision = objection.decision
    form = bound(forms.AnswerForm, request)
    if form.is_valid():
        with try_service(form):
            services.answer_objection(
                objection,
                actor=actor,
                shown=shown.sent(request, objection),
                **form.cleaned_data,
            )
            messages.success(request, _("Your answer is in."))
            return to_page(decision)
    title, submit = objection.argument, _("Send our answer")
    return show(request, form, decision, title=title, submit=submit, shown=objection)


@form_page
def resolve(request: HttpRequest, slug: str, objection_id: uuid.UUID) -> HttpResponse:
    """Say that one's objection is resolved."""
    objection, actor = find_record(request, slug, _objections, objection_id, policies.may_resolve)
    decision = objection.decision
    form = bound(forms.ResolveForm, request)
    if form.is_valid():
        with try_service(form):
            services.resolve_objection(
                objection,
                actor=actor,
                shown=shown.sent(request, objection),
                **form.cleaned_data,
            )
            messages.success(request, _("Your objection reads as resolved."))
            return to_page(decision)
    title, submit = objection.argument, _("It is resolved")
    return show(request, form, decision, title=title, submit=submit, shown=objection)


@button
def close(request: HttpRequest, slug: str, decision_id: uuid.UUID) -> HttpResponse:
    """Close the round, now that everyone has answered."""
    decision, actor = find_record(request, slug, decisions_of, decision_id)
    with http.run_button(request, _("The proposal is closed.")):
        services.close(decision, actor=actor)
    return to_page(decision)


@button
def withdraw(request: HttpRequest, slug: str, decision_id: uuid.UUID) -> HttpResponse:
    """Take one's proposal back."""
    decision, actor = find_record(request, slug, decisions_of, decision_id)
    with http.run_button(request, _("The proposal is withdrawn.")):
        services.withdraw(decision, actor=actor)
    return to_page(decision)


def _to_answer(decision: Decision, objections: list[Objection], actor: Actor) -> set[uuid.UUID]:
    """The objections that the reader can answer now; after the closing only one without an answer."""
    to_answer = set()
    for objection in objections:
        waits = not objection.resolved_at and (decision.state == State.OPEN or not objection.answer)
        if waits and policies.may_answer_objection(actor, objection):
            to_answer.add(objection.id)
    return to_answer


def _to_resolve(objections: list[Objection], actor: Actor) -> set[uuid.UUID]:
    """The objections of which the reader can say that they are resolved."""
    unresolved = [objection for objection in objections if not objection.resolved_at]
    return {objection.id for objection in unresolved if policies.may_resolve(actor, objection)}


def _objections(coalition: Coalition) -> QuerySet[Objection]:
    objections = Objection.objects.filter(decision__coalition=coalition)
    return objections.select_related("decision__coalition", "party__organisation")


def _later_answers(coalition: Coalition) -> QuerySet[LaterAnswer]:
    later_answers = LaterAnswer.objects.filter(decision__coalition=coalition)
    return later_answers.select_related("decision__coalition", "party__organisation")
