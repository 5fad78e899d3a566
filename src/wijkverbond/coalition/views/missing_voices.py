"""Who is missing: saying so, and weighing it."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from wijkverbond.coalition import forms, policies, services
from wijkverbond.coalition.acting import find_coalition
from wijkverbond.coalition.queries import missing_voice_suggestions
from wijkverbond.coalition.views.common import crumbs
from wijkverbond.kernel.policy import require
from wijkverbond.ui import http
from wijkverbond.ui.decorators import form_page
from wijkverbond.ui.forms import bound, try_service
from wijkverbond.ui.navigation import Link


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
    form = bound(forms.MissingVoiceForm, request, initial=initial)
    if form.is_valid():
        with try_service(form):
            suggestion = suggestions.get(form.cleaned_data["sector"])
            figures = suggestion.figures if suggestion else ()
            services.suggest_missing(coalition, actor=actor, wording=form.instance, figures=figures)
            messages.success(request, _("The open place now stands in the street."))
            return redirect("coalition:who", slug)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(_("Who is missing?"))),
        "suggestions": () if chosen else suggestions.values(),
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
