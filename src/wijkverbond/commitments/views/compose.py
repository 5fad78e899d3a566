"""Composing the covenant, opening it for signing, and looking back on it."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wijkverbond.coalition.acting import find_coalition, find_record
from wijkverbond.commitments import forms, policies, terms
from wijkverbond.commitments.models import Covenant
from wijkverbond.commitments.services import covenants
from wijkverbond.commitments.views.common import covenants_without_pdf, crumbs, crumbs_to
from wijkverbond.ui import http
from wijkverbond.ui.decorators import form_page
from wijkverbond.ui.forms import bound, try_service


@form_page
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Compose a draft of the covenant."""
    coalition, actor = find_coalition(request, slug, policies.may_start_covenant)
    form = bound(forms.CovenantForm, request, coalition=coalition)
    if form.is_valid():
        with try_service(form):
            covenant = covenants.draft(coalition, actor=actor, **form.cleaned_data)
            messages.success(request, _("The draft is there. Read it, and open it for signing."))
            return redirect("commitments:covenant", slug, covenant.id)
    return http.show_one_form(
        request,
        form,
        coalition=coalition,
        crumbs=crumbs(coalition),
        title=_("Compose a covenant"),
        lead=_("The adopted vision and all goals come into it by themselves."),
        submit=_("Keep the draft"),
    )


@form_page
def rewrite(request: HttpRequest, slug: str, covenant_id: uuid.UUID) -> HttpResponse:
    """Change a draft; a text that is open for signing stands."""
    covenant, actor = find_record(
        request, slug, covenants_without_pdf, covenant_id, policies.may_compose
    )
    form = bound(forms.CovenantForm, request, coalition=covenant.coalition, instance=covenant)
    if form.is_valid():
        with try_service(form):
            covenants.rewrite(covenant, actor=actor, **form.cleaned_data)
            messages.success(request, _("The draft was changed."))
            return redirect("commitments:covenant", slug, covenant_id)
    return http.show_one_form(
        request,
        form,
        coalition=covenant.coalition,
        crumbs=crumbs(covenant.coalition),
        title=_("Change the draft"),
        submit=_("Keep the draft"),
    )


@form_page
def open_for_signing(request: HttpRequest, slug: str, covenant_id: uuid.UUID) -> HttpResponse:
    """Freeze the text, and ask every partner to sign by a last day."""
    covenant, actor = find_record(
        request, slug, covenants_without_pdf, covenant_id, policies.may_compose
    )
    form = bound(forms.OpenForm, request, today=actor.today)
    if form.is_valid():
        with try_service(form):
            covenants.open_for_signing(covenant, actor=actor, **form.cleaned_data)
            messages.success(request, _("The text stands now. Every partner is asked to sign."))
            return redirect("commitments:covenant", slug, covenant_id)
    title, lead = _("Open for signing"), _("After opening, the text stands for good.")
    return _ask_last_day(request, covenant, form, title=title, lead=lead)


@form_page
def reopen(request: HttpRequest, slug: str, covenant_id: uuid.UUID) -> HttpResponse:
    """Ask again to sign the same text, when too few signed by the last day."""
    covenant, actor = find_record(
        request, slug, covenants_without_pdf, covenant_id, policies.may_reopen
    )
    form = bound(forms.OpenForm, request, today=actor.today)
    if form.is_valid():
        with try_service(form):
            covenants.reopen(covenant, actor=actor, **form.cleaned_data)
            messages.success(request, _("The covenant can be signed again."))
            return redirect("commitments:covenant", slug, covenant_id)
    title = _("Open again for signing")
    lead = _("The text stays the same. Who signed before stays signed.")
    return _ask_last_day(request, covenant, form, title=title, lead=lead)


def _ask_last_day(
    request: HttpRequest, covenant: Covenant, form: forms.OpenForm, *, title: str, lead: str
) -> HttpResponse:
    return http.show_one_form(
        request,
        form,
        coalition=covenant.coalition,
        crumbs=crumbs_to(covenant),
        title=title,
        lead=lead,
        submit=title,
        sees=_("Everyone sees the text, and every partner is asked to sign."),
    )


@form_page
def yearly_check(request: HttpRequest, slug: str, covenant_id: uuid.UUID) -> HttpResponse:
    """Record the conclusion of a yearly check."""
    covenant, actor = find_record(
        request, slug, covenants_without_pdf, covenant_id, policies.may_hold_yearly_check
    )
    days_held = set(covenant.checks.values_list("due", flat=True))
    days = [
        (day.isoformat(), date_format(day))
        for day in terms.checks(covenant.starts, covenant.ends)
        if day not in days_held and day <= actor.today
    ]
    form = bound(forms.YearlyCheckForm, request, days=days)
    if form.is_valid():
        with try_service(form):
            covenants.hold_yearly_check(covenant, actor=actor, **form.cleaned_data)
            messages.success(request, _("The look back is recorded."))
            return redirect("commitments:covenant", slug, covenant_id)
    return http.show_one_form(
        request,
        form,
        coalition=covenant.coalition,
        crumbs=crumbs(covenant.coalition),
        title=_("Look back on the past year"),
        lead="" if days else _("No look back is due now."),
        submit=_("Record the look back") if days else "",
    )
