"""Signing for one's party: first a code by mail, then the signature; or saying no, with why."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wijkverbond.accounts.forms import CodeForm
from wijkverbond.accounts.queries import signed_in_person
from wijkverbond.accounts.services import confirm, send_confirmation
from wijkverbond.coalition.acting import find_record
from wijkverbond.coalition.queries import party_of
from wijkverbond.commitments import forms, policies, queries
from wijkverbond.commitments.models import Covenant
from wijkverbond.commitments.services import signing
from wijkverbond.commitments.views.common import covenants_without_pdf, crumbs_to
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.shown import require_shown
from wijkverbond.ui import http, shown
from wijkverbond.ui.decorators import form_page
from wijkverbond.ui.forms import bound, try_service
from wijkverbond.ui.navigation import Link


@form_page
def ask_code(request: HttpRequest, slug: str, covenant_id: uuid.UUID) -> HttpResponse:
    """Step 1: what one signs and for whom; the code comes by mail."""
    covenant, actor = find_record(
        request, slug, covenants_without_pdf, covenant_id, policies.may_sign
    )
    form = bound(forms.SendCodeForm, request)
    if form.is_valid():
        with try_service(form):
            _send_code(request, covenant, actor)
            return redirect("commitments:sign_code", slug, covenant_id)
    return _show_step(request, covenant, actor, 1, form)


@form_page
def type_code(request: HttpRequest, slug: str, covenant_id: uuid.UUID) -> HttpResponse:
    """Step 2: the code from the mail, and with it the signature."""
    covenant, actor = find_record(
        request, slug, covenants_without_pdf, covenant_id, policies.may_sign
    )
    form = bound(CodeForm, request)
    if form.is_valid():
        with try_service(form):
            _sign(request, covenant, actor, form.cleaned_data["code"])
            messages.success(request, _what_was_signed(covenant, actor))
            return redirect("commitments:covenant", slug, covenant_id)
    return _show_step(request, covenant, actor, 2, form)


@form_page
def decline(request: HttpRequest, slug: str, covenant_id: uuid.UUID) -> HttpResponse:
    """Say that one's party does not sign, and why."""
    covenant, actor = find_record(
        request, slug, covenants_without_pdf, covenant_id, policies.may_sign
    )
    form = bound(forms.DeclineForm, request)
    if form.is_valid():
        with try_service(form):
            signing.decline(
                covenant,
                actor=actor,
                shown=shown.sent(request, covenant),
                **form.cleaned_data,
            )
            messages.success(
                request,
                _("Your reason is public. You can still sign while it is open or once it holds."),
            )
            return redirect("commitments:covenant", slug, covenant_id)
    return http.show_one_form(
        request,
        form,
        coalition=covenant.coalition,
        crumbs=crumbs_to(covenant),
        title=_("We do not sign"),
        submit=_("Say that we do not sign"),
        shown=covenant,
    )


def _send_code(request: HttpRequest, covenant: Covenant, actor: Actor) -> None:
    signing.check_not_signed(covenant, actor=actor)
    about = format_lazy(
        "{deed}: {title}, {party}",
        deed=gettext_lazy("signing"),
        title=covenant.title,
        party=party_of(actor).name,
    )
    send_confirmation(
        signed_in_person(request),
        queries.signing_purpose(covenant, actor),
        about=about,
        register=covenant.coalition_id,
    )


def _sign(request: HttpRequest, covenant: Covenant, actor: Actor, code: str) -> None:
    was_shown = shown.sent(request, covenant)
    require_shown(was_shown, covenant)  # before the code is used
    confirmation = confirm(
        signed_in_person(request), queries.signing_purpose(covenant, actor), code
    )
    signing.sign(covenant, actor=actor, confirmation=confirmation, shown=was_shown)


def _what_was_signed(covenant: Covenant, actor: Actor) -> str:
    if covenant.signatures.counting().filter(party=actor.party).exists():
        return _("You have signed. It stands in the register.")
    return _("You have signed. A second person of your organisation signs too.")


def _show_step(
    request: HttpRequest,
    covenant: Covenant,
    actor: Actor,
    step: int,
    form: forms.SendCodeForm | CodeForm,
) -> HttpResponse:
    context = {
        "coalition": covenant.coalition,
        "crumbs": [*crumbs_to(covenant), Link(_("Sign"))],
        "covenant": covenant,
        "party": party_of(actor),
        "step": step,
    }
    return http.show_form(request, "commitments/sign.html", form, context)
