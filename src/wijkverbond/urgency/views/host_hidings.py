"""What the host of the site hides because it is against the law, and the review of it."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wijkverbond.coalition.acting import coalition_or_404, current_actor, current_operator
from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.views.common import try_service
from wijkverbond.kernel.policy import require
from wijkverbond.ui import http
from wijkverbond.ui.forms import status
from wijkverbond.ui.navigation import Link
from wijkverbond.urgency import forms, policies, services
from wijkverbond.urgency.models import Conversation, HostHiding, Statement


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hide(request: HttpRequest, slug: str, statement: uuid.UUID) -> HttpResponse:
    """Hide a sentence that is against the law, as host of the site."""
    coalition = coalition_or_404(request, slug)
    found = (
        Statement.objects.select_related("conversation")
        .filter(conversation__coalition=coalition, id=statement)
        .first()
    )
    if not found:
        raise Http404
    acting = current_operator(request) or current_actor(request, coalition)
    require(policies.may_hide(acting))
    form = forms.HideForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and try_service(
        lambda: services.hide_as_host(found, actor=acting, law=form.cleaned_data["law"]), form
    ):
        messages.success(request, _("The sentence is hidden. Partners are asked to review it."))
        return redirect("urgency:conversation", slug, found.conversation_id)
    context = {
        **_frame(coalition, found.conversation, _("Hide this sentence")),
        "statement": found,
        "form": form,
    }
    return http.page(request, "urgency/hide.html", context, status=status(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, slug: str, hiding: uuid.UUID) -> HttpResponse:
    """Say whether what the host hid must stay hidden."""
    coalition = coalition_or_404(request, slug)
    found = (
        HostHiding.objects.select_related("statement__conversation")
        .filter(statement__conversation__coalition=coalition, id=hiding)
        .first()
    )
    if not found:
        raise Http404
    acting = current_actor(request, coalition)
    require(policies.may_review(acting, found))
    form = forms.ReviewForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and try_service(
        lambda: services.review_hiding(
            found,
            actor=acting,
            upholds=form.cleaned_data["upholds"] == "yes",
            reason=form.cleaned_data["reason"],
        ),
        form,
    ):
        messages.success(request, _("Your answer is in. Two kinds that agree settle it."))
        return redirect("urgency:conversation", slug, found.statement.conversation_id)
    context = {
        **_frame(coalition, found.statement.conversation, _("Review what was hidden")),
        "hiding": found,
        "reviews": found.reviews.select_related("party__organisation").order_by("at"),
        "form": form,
    }
    return http.page(request, "urgency/review.html", context, status=status(form))


def _frame(coalition: Coalition, conversation: Conversation, title: str) -> dict[str, object]:
    there = reverse("urgency:conversation", args=[coalition.slug, conversation.id])
    return {
        "coalition": coalition,
        "crumbs": [
            Link(coalition.name, reverse("overview:home", args=[coalition.slug])),
            Link(_("What is needed"), reverse("urgency:index", args=[coalition.slug])),
            Link(conversation.question, there),
            Link(title),
        ],
        "title": title,
        "there": there,
    }
