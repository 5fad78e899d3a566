"""The pages of proposals."""

import itertools
import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wijkverbond.coalition.acting import coalition_or_404, current_actor
from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.views.common import run_button, try_service
from wijkverbond.decisions import forms, legal_limits, policies, queries, round_status, services
from wijkverbond.decisions.models import Decision, Objection, State
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.registry import DECISION_KINDS
from wijkverbond.ui import http
from wijkverbond.ui.differences import words_changed
from wijkverbond.ui.forms import status
from wijkverbond.ui.navigation import Link


@require_safe
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """Every proposal of the coalition: the open ones first."""
    coalition = coalition_or_404(request, slug)
    found = list(coalition.decisions.select_related("proposer__organisation"))
    context = {
        "coalition": coalition,
        "crumbs": _crumbs(coalition)[:2],
        "open": [decision for decision in found if decision.state == State.OPEN],
        "closed": [decision for decision in found if decision.state != State.OPEN],
    }
    return http.page(request, "decisions/index.html", context)


@require_safe
def page(request: HttpRequest, slug: str, decision: uuid.UUID) -> HttpResponse:
    """One proposal: its text, who says what, and what is still needed."""
    coalition = coalition_or_404(request, slug)
    found = _decision(coalition, decision)
    acting = current_actor(request, coalition)
    now = round_status.round_status(found, acting.now)
    texts = [*round_status.earlier_texts(found), found.proposal]
    objections = list(found.objections.select_related("party__organisation"))
    context = {
        "coalition": coalition,
        "crumbs": [*_crumbs(coalition), Link(found.title)],
        "decision": found,
        "standing": now,
        "objections": objections,
        "to_answer": _to_answer(found, objections, acting),
        "changes": [words_changed(old, new) for old, new in itertools.pairwise(texts)],
        "acting": acting,
        "limits": found.limits.select_related("party__organisation"),
        "may_limit": policies.may_put_forward_limit(acting, found),
        "may_answer": policies.may_take_position(acting, found),
        "may_enter": policies.may_enter_position(acting, found),
        "may_adapt": policies.may_adapt(acting, found),
        "answered": now.answered(acting.party),
        "may_close": policies.may_close(acting, found) and now.complete,
        "may_go_on": found.revision < queries.last_revision(found),
        "fallback": found.state == State.OPEN and queries.fallback(found) != "none",
    }
    return http.page(request, "decisions/page.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, slug: str, decision: uuid.UUID) -> HttpResponse:
    """Say what one's party thinks of a proposal."""
    coalition = coalition_or_404(request, slug)
    found, acting = _decision(coalition, decision), current_actor(request, coalition)
    require(policies.may_take_position(acting, found))
    ours = queries.positions(found).get(acting.party) if acting.party else None
    said = {"stance": ours.stance, "argument": ours.argument} if ours else None
    form = forms.PositionForm(request.POST if request.method == "POST" else None, initial=said)
    if form.is_valid() and try_service(
        lambda: services.take_position(found, actor=acting, **form.cleaned_data), form
    ):
        messages.success(request, _("Your answer is in. You can change it until the closing."))
        return _back(found)
    return _form(request, found, form, _("Your answer"), _("Send our answer"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, slug: str, decision: uuid.UUID) -> HttpResponse:
    """Enter what a party said on paper, by telephone or at a meeting."""
    coalition = coalition_or_404(request, slug)
    found, acting = _decision(coalition, decision), current_actor(request, coalition)
    require(policies.may_enter_position(acting, found))
    form = forms.PaperForm(
        request.POST if request.method == "POST" else None,
        parties=queries.electorate(found, acting.now),
    )
    if form.is_valid() and try_service(
        lambda: services.enter_position(found, actor=acting, **form.cleaned_data), form
    ):
        messages.success(request, _("The answer is in. The partner can still correct it."))
        return _back(found)
    return _form(request, found, form, _("An answer from paper"), _("Enter this answer"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def adapt(request: HttpRequest, slug: str, decision: uuid.UUID) -> HttpResponse:
    """Adapt one's proposal; where it is more than a text, on the page of what it is about."""
    coalition = coalition_or_404(request, slug)
    found, acting = _decision(coalition, decision), current_actor(request, coalition)
    require(policies.may_adapt(acting, found))
    if elsewhere := DECISION_KINDS[found.kind].adapt_at:
        return redirect(elsewhere, slug, found.subject)
    form = forms.AdaptForm(
        request.POST if request.method == "POST" else None, initial={"text": found.proposal}
    )
    if form.is_valid() and try_service(
        lambda: services.adapt(found, actor=acting, **form.cleaned_data), form
    ):
        messages.success(request, _("The new text is there. Everyone is asked again."))
        return _back(found)
    return _form(request, found, form, _("Adapt the proposal"), _("Bring the new text forward"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, slug: str, objection: uuid.UUID) -> HttpResponse:
    """Answer an objection to one's proposal."""
    coalition = coalition_or_404(request, slug)
    found, acting = _objection(coalition, objection), current_actor(request, coalition)
    require(policies.may_answer_objection(acting, found))
    form = forms.AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and try_service(
        lambda: services.answer_objection(found, actor=acting, **form.cleaned_data), form
    ):
        messages.success(request, _("Your answer is in."))
        return _back(found.decision)
    return _form(request, found.decision, form, found.argument, _("Send our answer"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def limit(request: HttpRequest, slug: str, decision: uuid.UUID) -> HttpResponse:
    """Say, as government, within which limit of the law a proposal must stay."""
    coalition = coalition_or_404(request, slug)
    found, acting = _decision(coalition, decision), current_actor(request, coalition)
    require(policies.may_put_forward_limit(acting, found))
    form = forms.LimitForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and try_service(
        lambda: legal_limits.put_forward(found, actor=acting, **form.cleaned_data), form
    ):
        messages.success(request, _("The limit stands with the proposal."))
        return _back(found)
    return _form(request, found, form, _("A legal limit"), _("Put forward this limit"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def resolve(request: HttpRequest, slug: str, objection: uuid.UUID) -> HttpResponse:
    """Say that one's objection is resolved."""
    coalition = coalition_or_404(request, slug)
    found, acting = _objection(coalition, objection), current_actor(request, coalition)
    require(policies.may_resolve(acting, found))
    form = forms.ResolveForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and try_service(
        lambda: services.resolve_objection(found, actor=acting, **form.cleaned_data), form
    ):
        messages.success(request, _("Your objection reads as resolved."))
        return _back(found.decision)
    return _form(request, found.decision, form, found.argument, _("It is resolved"))


@login_required
@require_POST
def close(request: HttpRequest, slug: str, decision: uuid.UUID) -> HttpResponse:
    """Close the round, now that everyone has answered."""
    coalition = coalition_or_404(request, slug)
    found, acting = _decision(coalition, decision), current_actor(request, coalition)
    run_button(request, lambda: services.close(found, actor=acting), _("The proposal is closed."))
    return _back(found)


@login_required
@require_POST
def withdraw(request: HttpRequest, slug: str, decision: uuid.UUID) -> HttpResponse:
    """Take one's proposal back."""
    coalition = coalition_or_404(request, slug)
    found, acting = _decision(coalition, decision), current_actor(request, coalition)
    run_button(
        request, lambda: services.withdraw(found, actor=acting), _("The proposal is withdrawn.")
    )
    return _back(found)


def _form(
    request: HttpRequest, decision: Decision, form: Form, title: str, submit: str
) -> HttpResponse:
    coalition = decision.coalition
    here = reverse("decisions:page", args=[coalition.slug, decision.id])
    context = {
        "coalition": coalition,
        "crumbs": [*_crumbs(coalition), Link(decision.title, here), Link(submit)],
        "decision": decision,
        "form": form,
        "title": title,
        "submit": submit,
    }
    return http.page(request, "decisions/form.html", context, status=status(form))


def _to_answer(decision: Decision, objections: list[Objection], acting: Actor) -> set[uuid.UUID]:
    """The objections that the reader can answer now; after the closing only one without an answer."""
    found = set()
    for objection in objections:
        objection.decision = decision
        waits = not objection.resolved_at and (decision.state == State.OPEN or not objection.answer)
        if waits and policies.may_answer_objection(acting, objection):
            found.add(objection.id)
    return found


def _crumbs(coalition: Coalition) -> list[Link]:
    return [
        Link(coalition.name, reverse("overview:home", args=[coalition.slug])),
        Link(_("Decisions"), reverse("decisions:index", args=[coalition.slug])),
    ]


def _decision(coalition: Coalition, decision: uuid.UUID) -> Decision:
    found = coalition.decisions.select_related("proposer__organisation").filter(id=decision).first()
    if not found:
        raise Http404
    found.coalition = coalition
    return found


def _objection(coalition: Coalition, objection: uuid.UUID) -> Objection:
    found = (
        Objection.objects.select_related("decision", "party__organisation")
        .filter(decision__coalition=coalition, id=objection)
        .first()
    )
    if not found:
        raise Http404
    found.decision.coalition = coalition
    return found


def _back(decision: Decision) -> HttpResponse:
    return redirect("decisions:page", decision.coalition.slug, decision.id)
