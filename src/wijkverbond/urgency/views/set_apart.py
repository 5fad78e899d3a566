"""Look-alike answers: how many there are, and setting them apart, together and publicly."""

import uuid

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wijkverbond.coalition.acting import coalition_or_404, find_record
from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.queries import voices
from wijkverbond.ui import http, shown
from wijkverbond.ui.decorators import form_page, open_form_page
from wijkverbond.ui.forms import bound, try_service
from wijkverbond.ui.navigation import Link
from wijkverbond.urgency import forms, policies, presenters, queries, services
from wijkverbond.urgency.models import Conversation, SetApart
from wijkverbond.urgency.views.common import crumbs


@form_page
def look_alikes(request: HttpRequest, slug: str, conversation_id: uuid.UUID) -> HttpResponse:
    """How many answers of a question look alike or came all at once; propose to set some apart."""
    conversation, actor = find_record(
        request, slug, _conversations, conversation_id, policies.may_see_look_alikes
    )
    reading = conversation.readings.first()
    clusters = presenters.clusters(reading)
    said = set(conversation.set_apart.not_taken_back().values_list("key", flat=True))
    unsaid = [cluster for cluster in clusters if cluster.key not in said]
    may_propose = policies.may_propose_apart(actor, conversation)
    # What is sent from another tab once more leads to what came of it: the service tells.
    choices = clusters if request.method == "POST" else unsaid
    form = bound(forms.SetApartForm, request, clusters=choices)
    if form.is_valid():
        with try_service(form):
            set_apart = services.propose_apart(conversation, actor=actor, **form.cleaned_data)
            messages.success(
                request, _("Your proposal is there. A partner of another kind agrees.")
            )
            return redirect("urgency:apart", slug, set_apart.id)
    context = {
        **_frame(conversation, _("Do answers look alike?")),
        "reading": reading,
        "bursts": [cluster for cluster in clusters if cluster.sort == SetApart.Type.AT_ONCE],
        "alike": [cluster for cluster in clusters if cluster.sort == SetApart.Type.ALIKE],
        "may_propose": may_propose if unsaid else None,
    }
    return http.show_form(request, "urgency/look_alikes.html", form, context)


@open_form_page
def apart(request: HttpRequest, slug: str, apart_id: uuid.UUID) -> HttpResponse:
    """Answers set apart, or proposed to be: by whom and why; agree, or take it back."""
    set_apart, actor = find_record(request, slug, _set_apart, apart_id)
    conversation = set_apart.conversation
    may_agree = policies.may_agree_apart(actor, set_apart)
    may_take_back = policies.may_take_back_apart(actor, set_apart)
    form = bound(forms.ReasonForm, request)
    if form.is_valid():
        with try_service(form):
            if "take_back" in request.POST:
                services.take_back_apart(set_apart, actor=actor, **form.cleaned_data)
                messages.success(request, _("Taken back. These answers count as all others."))
            else:
                services.agree_apart(
                    set_apart,
                    actor=actor,
                    shown=shown.sent(request, set_apart),
                    **form.cleaned_data,
                )
                messages.success(request, _("The result stands with and without these answers."))
            return redirect("urgency:apart", slug, apart_id)
    context = {
        **_frame(conversation, _("Answers set apart")),
        "set_apart": set_apart,
        "voices": set_apart.voices.all(),
        "also_for": voices.also_act_for(conversation.coalition, actor.now),
        "may_agree": may_agree,
        "may_take_back": may_take_back,
        "why_not": may_agree.reason if actor.is_party and not may_take_back else "",
    }
    return http.show_form(request, "urgency/apart.html", form, context)


@require_safe
def without(request: HttpRequest, slug: str, conversation_id: uuid.UUID) -> HttpResponse:
    """The figures of a question with and without the answers that are set apart, as a file."""
    coalition = coalition_or_404(request, slug)
    conversation = get_object_or_404(_conversations(coalition), id=conversation_id)
    reading = queries.reading_without(conversation)
    if reading is None:
        raise Http404
    response = JsonResponse(presenters.with_and_without(reading))
    response["Content-Disposition"] = 'attachment; filename="without.json"'
    return response


def _conversations(coalition: Coalition) -> QuerySet[Conversation]:
    return coalition.conversations.all()


def _set_apart(coalition: Coalition) -> QuerySet[SetApart]:
    set_apart = SetApart.objects.filter(conversation__coalition=coalition)
    return set_apart.select_related("conversation__coalition").prefetch_related(
        "voices__party__organisation"
    )


def _frame(conversation: Conversation, title: str) -> dict[str, object]:
    """What both pages show around their form."""
    coalition = conversation.coalition
    conversation_url = reverse("urgency:conversation", args=[coalition.slug, conversation.id])
    return {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(conversation.question, conversation_url), Link(title)),
        "title": title,
        "conversation": conversation,
        "conversation_url": conversation_url,
    }
