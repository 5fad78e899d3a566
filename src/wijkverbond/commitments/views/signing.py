"""Signing for one's party: first a code by mail, then the signature; or saying no, with why."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from wijkverbond.accounts.forms import CodeForm
from wijkverbond.accounts.models import User
from wijkverbond.accounts.services import confirm, send_confirmation
from wijkverbond.coalition.acting import coalition_or_404, current_actor
from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.queries import party_of
from wijkverbond.coalition.views.common import try_service
from wijkverbond.commitments import forms, policies, queries
from wijkverbond.commitments.models import Covenant
from wijkverbond.commitments.services import signing
from wijkverbond.commitments.views.common import covenant_or_404, crumbs, show_form
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import require
from wijkverbond.ui import http
from wijkverbond.ui.forms import status
from wijkverbond.ui.navigation import Link


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask_code(request: HttpRequest, slug: str, covenant: uuid.UUID) -> HttpResponse:
    """Step 1: what one signs and for whom; the code comes by mail."""
    coalition = coalition_or_404(request, slug)
    found, acting = covenant_or_404(coalition, covenant), current_actor(request, coalition)
    require(policies.may_sign(acting, found))
    form = forms.SendCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and try_service(lambda: _send(request, found, acting), form):
        return redirect("commitments:sign_code", slug, covenant)
    return _step(request, coalition, found, acting, 1, form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def type_code(request: HttpRequest, slug: str, covenant: uuid.UUID) -> HttpResponse:
    """Step 2: the code from the mail, and with it the signature."""
    coalition = coalition_or_404(request, slug)
    found, acting = covenant_or_404(coalition, covenant), current_actor(request, coalition)
    require(policies.may_sign(acting, found))
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and try_service(
        lambda: _sign(request, found, acting, form.cleaned_data["code"]), form
    ):
        messages.success(request, _signed(found, acting))
        return redirect("commitments:covenant", slug, covenant)
    return _step(request, coalition, found, acting, 2, form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, slug: str, covenant: uuid.UUID) -> HttpResponse:
    """Say that one's party does not sign, and why."""
    coalition = coalition_or_404(request, slug)
    found, acting = covenant_or_404(coalition, covenant), current_actor(request, coalition)
    require(policies.may_sign(acting, found))
    form = forms.DeclineForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and try_service(
        lambda: signing.decline(found, actor=acting, **form.cleaned_data), form
    ):
        messages.success(request, _("Your reason is public. You can still sign later."))
        return redirect("commitments:covenant", slug, covenant)
    here = reverse("commitments:covenant", args=[slug, covenant])
    return show_form(
        request,
        coalition,
        form,
        title=_("We do not sign"),
        submit=_("Say that we do not sign"),
        trail=[*crumbs(coalition), Link(found.title, here)],
    )


def _send(request: HttpRequest, covenant: Covenant, acting: Actor) -> None:
    signing.check_not_signed(covenant, actor=acting)
    about = format_lazy(
        "{deed}: {title}, {party}",
        deed=gettext_lazy("signing"),
        title=covenant.title,
        party=party_of(acting).name,
    )
    send_confirmation(_person(request), queries.signing_purpose(covenant, acting), about=about)


def _sign(request: HttpRequest, covenant: Covenant, acting: Actor, code: str) -> None:
    confirmation = confirm(_person(request), queries.signing_purpose(covenant, acting), code)
    signing.sign(covenant, actor=acting, confirmation=confirmation)


def _signed(covenant: Covenant, acting: Actor) -> str:
    if covenant.signatures.filter(party=acting.party, counts=True).exists():
        return _("You have signed. It stands in the register.")
    return _("You have signed. A second person of your organisation signs too.")


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _step(
    request: HttpRequest,
    coalition: Coalition,
    covenant: Covenant,
    acting: Actor,
    step: int,
    form: forms.SendCodeForm | CodeForm,
) -> HttpResponse:
    here = reverse("commitments:covenant", args=[coalition.slug, covenant.id])
    context = {
        "coalition": coalition,
        "crumbs": [*crumbs(coalition), Link(covenant.title, here), Link(_("Sign"))],
        "covenant": covenant,
        "party": party_of(acting),
        "step": step,
        "form": form,
    }
    return http.page(request, "commitments/sign.html", context, status=status(form))
