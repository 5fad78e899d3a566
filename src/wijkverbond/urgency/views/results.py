"""What the neighbourhood says: results per kind, what unites and divides, shared urgencies."""

import csv
import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch, QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wijkverbond.coalition.acting import coalition_or_404, current_actor, current_operator
from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.views.common import chosen, run_button, try_service
from wijkverbond.decisions.models import State
from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import require
from wijkverbond.ui import http
from wijkverbond.ui.forms import status
from wijkverbond.ui.navigation import Link
from wijkverbond.urgency import forms, policies, presenters, queries, services
from wijkverbond.urgency.models import Conversation, HostHiding, SharedUrgency, Statement


@require_safe
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """What is needed: the open question, shared urgencies, and the last results."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    urgencies = queries.urgencies(coalition).exclude(state=SharedUrgency.State.RETIRED)
    conversations = list(coalition.conversations.all())
    reading = queries.last_reading(coalition)
    waiting = queries.waiting(coalition)
    context = {
        "coalition": coalition,
        "crumbs": _crumbs(coalition)[:2],
        "open": next((one for one in conversations if one.is_open(clock.now())), None),
        "urgencies": [presenters.urgency_card(found) for found in urgencies],
        "reading": reading,
        "told": presenters.reading_page(reading, queries.hidden_texts(coalition))
        if reading
        else None,
        "conversations": conversations,
        "waiting": len(waiting),
        "late": queries.waits_longer(waiting, clock.now()),
        "unreviewed": queries.unreviewed(coalition),
        "may_read_new": policies.may_read_new(acting),
        "may_open": policies.may_open(acting, coalition),
        "may_propose": reading and policies.may_start_urgency(acting, coalition),
    }
    return http.page(request, "urgency/index.html", context)


@require_safe
def conversation(request: HttpRequest, slug: str, conversation: uuid.UUID) -> HttpResponse:
    """Every sentence of a question with its figures, and what was not published and why."""
    coalition = coalition_or_404(request, slug)
    found = _conversation(coalition, conversation)
    reading = found.readings.first()
    acting = current_actor(request, coalition)
    standing = HostHiding.objects.exclude(outcome=HostHiding.Outcome.RESTORED)
    context = {
        "coalition": coalition,
        "crumbs": [*_crumbs(coalition), Link(found.question)],
        "conversation": found,
        "reading": reading,
        "told": presenters.reading_page(reading, queries.hidden_texts(coalition))
        if reading
        else None,
        "refused": found.statements.filter(
            state__in=[Statement.State.REFUSED, Statement.State.HIDDEN]
        ).prefetch_related(Prefetch("hidings", standing)),
        "to_hide": _published(found) if _is_host(request) else [],
        "may_review": policies.may_read_new(acting),
        "now": acting.now,
        "may_propose": reading and policies.may_start_urgency(acting, coalition),
        "may_close": not found.closed_at and policies.may_close(acting, found),
        "may_be_downloaded": queries.may_be_downloaded(found),
    }
    return http.page(request, "urgency/conversation.html", context)


@require_safe
def download(request: HttpRequest, slug: str, conversation: uuid.UUID) -> HttpResponse:
    """The answers of a closed question, without kind: enough to recompute the groups."""
    coalition = coalition_or_404(request, slug)
    found = _conversation(coalition, conversation)
    if not queries.may_be_downloaded(found):
        raise Http404
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="votes.csv"'
    writer = csv.writer(response)
    writer.writerow(["voter-id", "comment-id", "vote"])
    writer.writerows(sorted(queries.anonymous_answers(found)))
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the neighbourhood a question."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    require(policies.may_open(acting, coalition))
    form = forms.QuestionForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and try_service(
        lambda: services.open_conversation(
            coalition,
            actor=acting,
            question=form.cleaned_data["question"],
            seeds=form.cleaned_data["seeds"],
            closes_at=form.closes_at(),
        ),
        form,
    ):
        messages.success(request, _("Your question is open. Share the link in the neighbourhood."))
        return redirect("urgency:index", slug)
    title = _("Ask the neighbourhood a question")
    return _form(request, coalition, form, title, _("Open the question"))


@login_required
@require_POST
def close(request: HttpRequest, slug: str, conversation: uuid.UUID) -> HttpResponse:
    """Close one's question."""
    coalition = coalition_or_404(request, slug)
    found, acting = _conversation(coalition, conversation), current_actor(request, coalition)
    run_button(request, lambda: services.close(found, actor=acting), _("The question is closed."))
    return redirect("urgency:conversation", slug, conversation)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def read_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Read the oldest new sentence: publish it, or say why not."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    require(policies.may_read_new(acting))
    waiting = queries.waiting(coalition)
    sent = request.POST.get("statement", "")
    found = next((statement for statement in waiting if str(statement.id) == sent), None)
    found = found or (waiting[0] if waiting else None)
    form = forms.ModerateForm(request.POST if request.method == "POST" and sent else None)
    if found and form.is_valid() and try_service(lambda: _moderate(found, form, acting), form):
        messages.success(request, _("Done. Your choice and reason are public."))
        return redirect("urgency:read_new", slug)
    context = {
        "coalition": coalition,
        "crumbs": [*_crumbs(coalition), Link(_("New sentences"))],
        "statement": found,
        "waiting": len(waiting),
        "form": form,
    }
    return http.page(request, "urgency/read_new.html", context, status=status(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Propose a shared urgency."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    require(policies.may_start_urgency(acting, coalition))
    reading = queries.last_reading(coalition, chosen(request, "vraag"))
    form = forms.UrgencyForm(request.POST if request.method == "POST" else None, reading=reading)
    if form.is_valid() and try_service(
        lambda: services.propose_urgency(
            coalition,
            actor=acting,
            reading=reading,
            **form.cleaned_data,
        ),
        form,
    ):
        messages.success(request, _("Your proposal is there. Now others can support it."))
        return redirect("urgency:index", slug)
    title = _("What must come first?")
    if not reading:
        lead = _("First people answer a question. Then a partner proposes what everyone agrees on.")
        return _form(request, coalition, form, title, "", lead)
    return _form(request, coalition, form, title, _("Propose this"))


@require_safe
def urgency(request: HttpRequest, slug: str, urgency: uuid.UUID) -> HttpResponse:
    """One shared urgency: how far it is shared, on what it rests, who supports it."""
    coalition = coalition_or_404(request, slug)
    found, acting = _urgency(coalition, urgency), current_actor(request, coalition)
    decision = coalition.decisions.filter(subject=found.id).first()
    supported = {
        endorsed.party_id
        for endorsed in found.endorsements.all()
        if endorsed.revision == found.revision
    }
    context = {
        "coalition": coalition,
        "crumbs": [*_crumbs(coalition), Link(found.sentence)],
        "urgency": found,
        "told": presenters.urgency_card(found),
        "earlier": found.earlier_wordings.all(),
        "decision": decision,
        "deciding": decision and decision.state == State.OPEN,
        "may_endorse": policies.may_endorse(acting, found) and acting.party not in supported,
        "may_propose": policies.may_propose(acting, found),
    }
    return http.page(request, "urgency/urgency.html", context)


@login_required
@require_POST
def endorse(request: HttpRequest, slug: str, urgency: uuid.UUID) -> HttpResponse:
    """Say by name that one's party shares this urgency."""
    coalition = coalition_or_404(request, slug)
    found, acting = _urgency(coalition, urgency), current_actor(request, coalition)
    run_button(
        request, lambda: services.endorse(found, actor=acting), _("Your support is recorded.")
    )
    return redirect("urgency:urgency", slug, urgency)


@login_required
@require_POST
def decide(request: HttpRequest, slug: str, urgency: uuid.UUID) -> HttpResponse:
    """Bring one's proposal before the coalition."""
    coalition = coalition_or_404(request, slug)
    found, acting = _urgency(coalition, urgency), current_actor(request, coalition)
    run_button(
        request,
        lambda: services.bring_to_decision(found, actor=acting),
        _("Every partner is now asked for an answer."),
    )
    return redirect("urgency:urgency", slug, urgency)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def word(request: HttpRequest, slug: str, urgency: uuid.UUID) -> HttpResponse:
    """Word one's proposal anew."""
    coalition = coalition_or_404(request, slug)
    found, acting = _urgency(coalition, urgency), current_actor(request, coalition)
    require(policies.may_propose(acting, found))
    form = forms.WordForm(
        request.POST if request.method == "POST" else None, initial={"sentence": found.sentence}
    )
    if form.is_valid() and try_service(
        lambda: services.reword(found, actor=acting, **form.cleaned_data), form
    ):
        messages.success(request, _("The new wording is there. Support starts again."))
        return redirect("urgency:urgency", slug, urgency)
    return _form(request, coalition, form, _("Word it anew"), _("Use this wording"))


def _is_host(request: HttpRequest) -> bool:
    acting = current_operator(request)
    return acting is not None and bool(policies.may_hide(acting))


def _published(conversation: Conversation) -> QuerySet[Statement]:
    return conversation.statements.filter(state=Statement.State.PUBLISHED)


def _moderate(statement: Statement, form: forms.ModerateForm, acting: Actor) -> None:
    services.moderate(
        statement,
        actor=acting,
        publish=form.cleaned_data["publish"] == "yes",
        why=form.cleaned_data["why"],
        reason=form.cleaned_data["reason"],
    )


def _form(
    request: HttpRequest,
    coalition: Coalition,
    form: Form,
    title: str,
    submit: str,
    lead: str = "",
) -> HttpResponse:
    return http.form_page(
        request,
        coalition,
        form,
        title=title,
        lead=lead,
        submit=submit,
        crumbs=[*_crumbs(coalition), Link(title)],
    )


def _crumbs(coalition: Coalition) -> list[Link]:
    return [
        Link(coalition.name, reverse("overview:home", args=[coalition.slug])),
        Link(_("What is needed"), reverse("urgency:index", args=[coalition.slug])),
    ]


def _conversation(coalition: Coalition, conversation: uuid.UUID) -> Conversation:
    found = coalition.conversations.filter(id=conversation).first()
    if not found:
        raise Http404
    return found


def _urgency(coalition: Coalition, urgency: uuid.UUID) -> SharedUrgency:
    found = queries.urgencies(coalition).filter(id=urgency).first()
    if not found:
        raise Http404
    return found
