"""What the host of the site hides because it is against the law, and the review of it."""

import uuid

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wijkverbond.coalition.acting import (
    coalition_or_404,
    current_actor,
    current_operator,
    find_record,
)
from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.queries import voices
from wijkverbond.kernel.policy import require
from wijkverbond.ui import http, shown
from wijkverbond.ui.decorators import form_page
from wijkverbond.ui.forms import bound, try_service
from wijkverbond.ui.navigation import Link
from wijkverbond.urgency import forms, policies, services
from wijkverbond.urgency.models import Conversation, HostHiding, Statement
from wijkverbond.urgency.views.common import crumbs


@form_page
def hide(request: HttpRequest, slug: str, statement_id: uuid.UUID) -> HttpResponse:
    """Hide a sentence that is against the law, as host of the site."""
    coalition = coalition_or_404(request, slug)
    statement = get_object_or_404(_statements(coalition), id=statement_id)
    actor = current_operator(request) or current_actor(request, coalition)
    require(policies.may_hide_as_host(actor, coalition))
    form = bound(forms.HideForm, request)
    if form.is_valid():
        with try_service(form):
            services.hide_as_host(
                statement,
                actor=actor,
                ground=form.cleaned_data["ground"],
                law=form.cleaned_data["law"],
                shown=shown.sent(request, statement),
            )
            messages.success(request, _("The sentence is hidden. Partners are asked to review it."))
            return redirect("urgency:conversation", slug, statement.conversation_id)
    context = {
        **_frame(statement.conversation, _("Hide this sentence")),
        "statement": statement,
    }
    return http.show_form(request, "urgency/hide.html", form, context)


@form_page
def review(request: HttpRequest, slug: str, hiding_id: uuid.UUID) -> HttpResponse:
    """Say whether what the host hid must stay hidden."""
    hiding, actor = find_record(request, slug, _hidings, hiding_id, policies.may_review)
    conversation = hiding.statement.conversation
    form = bound(forms.ReviewForm, request)
    if form.is_valid():
        with try_service(form):
            services.review_hiding(
                hiding,
                actor=actor,
                upholds=form.cleaned_data["upholds"] == "yes",
                reason=form.cleaned_data["reason"],
                shown=shown.sent(request, hiding),
            )
            messages.success(request, _("Your answer is in. Two kinds that agree settle it."))
            return redirect("urgency:conversation", slug, conversation.id)
    context = {
        **_frame(conversation, _("Review what was hidden")),
        "hiding": hiding,
        "also_for": voices.also_act_for(conversation.coalition, actor.now),
        "reviews": hiding.reviews.select_related("party__organisation").order_by("at"),
    }
    return http.show_form(request, "urgency/review.html", form, context)


def _statements(coalition: Coalition) -> QuerySet[Statement]:
    statements = Statement.objects.filter(conversation__coalition=coalition)
    return statements.select_related("conversation__coalition")


def _hidings(coalition: Coalition) -> QuerySet[HostHiding]:
    hidings = HostHiding.objects.filter(statement__conversation__coalition=coalition)
    return hidings.select_related("statement__conversation__coalition")


def _frame(conversation: Conversation, title: str) -> dict[str, object]:
    """What both pages show around their form."""
    coalition = conversation.coalition
    conversation_url = reverse("urgency:conversation", args=[coalition.slug, conversation.id])
    return {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(conversation.question, conversation_url), Link(title)),
        "title": title,
        "conversation_url": conversation_url,
    }
