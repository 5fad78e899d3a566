"""What the neighbourhood says: results per kind, what unites and divides; asking, reading, closing."""

import uuid

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wijkverbond.analysis.opinions import edition as editions
from wijkverbond.analysis.opinions import polis
from wijkverbond.coalition.acting import (
    coalition_or_404,
    current_operator,
    find_coalition,
    find_record,
)
from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.queries import voices
from wijkverbond.kernel.policy import require
from wijkverbond.ui import http, shown
from wijkverbond.ui.decorators import button, form_page
from wijkverbond.ui.forms import bound, try_service
from wijkverbond.ui.navigation import Link
from wijkverbond.urgency import forms, policies, presenters, queries, services
from wijkverbond.urgency.models import (
    Conversation,
    HostHiding,
    Statement,
)
from wijkverbond.urgency.views.common import crumbs


@require_safe
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """What is needed: the open conversation, shared urgencies, and the last results."""
    coalition, actor = find_coalition(request, slug)
    urgencies = queries.urgencies(coalition).standing()
    conversations = list(coalition.conversations.all())
    open_now = (conversation for conversation in conversations if conversation.is_open(actor.now))
    reading = queries.last_reading(coalition)
    waiting = queries.waiting(coalition)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition),
        "open_conversation": next(open_now, None),
        "urgencies": [presenters.urgency_card(urgency) for urgency in urgencies],
        "reading": reading,
        "reading_page": reading and presenters.reading_page(reading),
        "conversations": conversations,
        "waiting": len(waiting),
        "late_statements": queries.waits_longer(waiting, actor.now),
        "unreviewed": queries.unreviewed(coalition),
        "reviewed_for_another": policies.reviewed_for_another(actor, coalition),
        "second_voice": voices.SECOND_VOICE,
        "may_read_new": policies.may_read_new_statements(actor),
        "may_review": policies.may_review_hidings(actor),
        "may_open": policies.may_open_conversation(actor, coalition),
        "may_propose": reading and policies.may_start_urgency(actor, coalition),
    }
    return http.page(request, "urgency/index.html", context)


@require_safe
def conversation(request: HttpRequest, slug: str, conversation_id: uuid.UUID) -> HttpResponse:
    """Every sentence of a conversation with its figures, and what was not published and why."""
    conversation, actor = find_record(request, slug, _conversations, conversation_id)
    coalition = conversation.coalition
    reading = queries.reading_of(conversation)
    operator = current_operator(request)
    may_hide = operator and policies.may_hide_as_host(operator, coalition).is_offered
    edition = queries.current_edition(conversation)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(conversation.question)),
        "conversation": conversation,
        "reading": reading,
        "reading_page": reading and presenters.reading_page(reading),
        "refused": _not_shown(conversation),
        "to_hide": _published(conversation) if may_hide else [],
        "may_review": policies.may_review_hidings(actor),
        "reviewed_for_another": policies.reviewed_for_another(actor, coalition),
        "second_voice": voices.SECOND_VOICE,
        "now": actor.now,
        "may_propose": reading and policies.may_start_urgency(actor, coalition),
        "is_open": conversation.is_open(actor.now),
        "is_being_counted": conversation.closed_at
        and not (reading and reading.at >= conversation.closed_at),
        "may_close": not conversation.closed_at and policies.may_close(actor, conversation),
        "may_expect_in_the_hall": policies.may_expect_in_the_hall(actor, conversation),
        "set_apart": conversation.set_apart.all(),
        "without_at": reading and vars(reading)["without_at"],
        "may_see_look_alikes": policies.may_see_look_alikes(actor, conversation),
        "edition": edition,
        "may_be_downloaded": queries.may_be_downloaded(conversation, edition),
    }
    return http.page(request, "urgency/conversation.html", context)


@require_safe
def download(request: HttpRequest, slug: str, conversation_id: uuid.UUID) -> HttpResponse:
    """The answers in a closed conversation but those of government, without kind.

    They are enough to recompute the groups.
    """
    coalition = coalition_or_404(request, slug)
    conversation = get_object_or_404(_conversations(coalition), id=conversation_id)
    votes = queries.published_votes(conversation)
    if votes is None:
        raise Http404
    response = HttpResponse(votes, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{polis.LIST}"'
    return response


@require_safe
def edition(request: HttpRequest, slug: str, conversation_id: uuid.UUID) -> HttpResponse:
    """What the check number of a closed conversation covers, with the texts that are not hidden."""
    coalition = coalition_or_404(request, slug)
    conversation = get_object_or_404(_conversations(coalition), id=conversation_id)
    current = conversation.editions.first()
    if current is None or not current.seals_texts:
        raise Http404
    response = JsonResponse(queries.edition_json(current))
    response["Content-Disposition"] = f'attachment; filename="{editions.EDITION}"'
    return response


@form_page
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a conversation with the neighbourhood."""
    coalition, actor = find_coalition(request, slug, policies.may_open_conversation)
    form = bound(forms.ConversationForm, request)
    if form.is_valid():
        with try_service(form):
            services.open_conversation(
                coalition,
                actor=actor,
                question=form.cleaned_data["question"],
                seeds=form.cleaned_data["seeds"],
                closes_at=form.closes_at(),
            )
            message = _("Your question is open. Share the link in the neighbourhood.")
            messages.success(request, message)
            return redirect("urgency:index", slug)
    return http.show_one_form(
        request,
        form,
        coalition=coalition,
        crumbs=crumbs(coalition),
        title=_("Ask the neighbourhood a question"),
        submit=_("Open the question"),
    )


@form_page
def hall(request: HttpRequest, slug: str, conversation_id: uuid.UUID) -> HttpResponse:
    """Say on which evening people answer one's question together in a hall."""
    conversation, actor = find_record(
        request, slug, _conversations, conversation_id, policies.may_expect_in_the_hall
    )
    form = bound(forms.HallForm, request)
    if form.is_valid():
        with try_service(form):
            services.expect_in_the_hall(
                conversation, actor=actor, starts=form.starts_at(), ends=form.ends_at()
            )
            messages.success(request, _("In these hours nobody in the hall has to wait."))
            return redirect("urgency:conversation", slug, conversation_id)
    conversation_url = reverse("urgency:conversation", args=[slug, conversation_id])
    return http.show_one_form(
        request,
        form,
        coalition=conversation.coalition,
        crumbs=crumbs(conversation.coalition, Link(conversation.question, conversation_url)),
        title=_("An evening in the hall"),
        lead=_(
            "Many phones in one hall look like one. From some number on the software lets them wait a "
            "moment, so that nobody answers hundreds of times. In the hours that you choose here it "
            "does not: then you see to it that everyone answers once."
        ),
        submit=_("In these hours nobody waits"),
    )


@button
def close(request: HttpRequest, slug: str, conversation_id: uuid.UUID) -> HttpResponse:
    """Close one's conversation."""
    conversation, actor = find_record(request, slug, _conversations, conversation_id)
    with http.run_button(request, _("The question is closed. Now the answers are counted.")):
        services.close(conversation, actor=actor)
    return redirect("urgency:conversation", slug, conversation_id)


@form_page
def read_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Read the oldest new sentence: publish it, or say why not."""
    coalition, actor = find_coalition(request, slug)
    require(policies.may_read_new_statements(actor))
    waiting = queries.waiting(coalition)
    sent = request.POST.get("statement", "")
    # A choice is about the sentence that was read, never about the next one that waits.
    statement = next((waits for waits in waiting if sent in ("", str(waits.id))), None)
    if sent and not statement:
        messages.error(request, _("Somebody has already read this sentence."))
        return redirect("urgency:read_new", slug)
    form = bound(forms.ModerateForm, request)
    if statement and form.is_valid():
        with try_service(form):
            services.moderate(
                statement,
                actor=actor,
                publish=form.cleaned_data["publish"] == "yes",
                why=form.cleaned_data["why"],
                reason=form.cleaned_data["reason"],
                shown=shown.sent(request, statement) if sent else "",
            )
            messages.success(request, _("Done. Your choice and reason are public."))
            return redirect("urgency:read_new", slug)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(_("New sentences"))),
        "statement": statement,
        "waiting": len(waiting),
    }
    return http.show_form(request, "urgency/read_new.html", form, context)


def _conversations(coalition: Coalition) -> QuerySet[Conversation]:
    return coalition.conversations.all()


def _published(conversation: Conversation) -> QuerySet[Statement]:
    return conversation.statements.published()


def _not_shown(conversation: Conversation) -> QuerySet[Statement]:
    """The sentences that were refused or hidden, with what hides them."""
    current_hidings = HostHiding.objects.standing()
    states = [Statement.State.REFUSED, Statement.State.HIDDEN]
    not_shown = conversation.statements.filter(state__in=states)
    return not_shown.prefetch_related(Prefetch("hidings", current_hidings))
