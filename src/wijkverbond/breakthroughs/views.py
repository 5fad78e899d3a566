"""The pages of breakthroughs."""

import secrets
import uuid
from functools import partial

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wijkverbond.accounts import services as accounts
from wijkverbond.accounts.forms import AddressForm, CodeForm
from wijkverbond.accounts.queries import address_of_code
from wijkverbond.breakthroughs import forms, policies, queries, services
from wijkverbond.breakthroughs.models import Breakthrough
from wijkverbond.coalition.acting import choices, coalition_or_404, find_coalition, find_record
from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.queries import voices
from wijkverbond.kernel import rate_limits
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.shown import require_shown
from wijkverbond.ui import http, navigation, shown
from wijkverbond.ui.decorators import button, form_page, open_form_page
from wijkverbond.ui.forms import bound, try_service
from wijkverbond.ui.navigation import Link

State = Breakthrough.State
PENDING = "confirms_as_resident"

crumbs = partial(navigation.crumbs, "breakthroughs:index")


@require_safe
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """What became possible: confirmed by others first, then what was reported."""
    coalition, actor = find_coalition(request, slug)
    cards = queries.breakthrough_cards(coalition)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition),
        "established": [card for card in cards if card.established],
        "claimed": [card for card in cards if card.waits],
        "withdrawn": [card for card in cards if card.breakthrough.state == State.WITHDRAWN],
        "may_claim": policies.may_claim(actor, coalition),
    }
    return http.page(request, "breakthroughs/index.html", context)


@require_safe
def page(request: HttpRequest, slug: str, breakthrough_id: uuid.UUID) -> HttpResponse:
    """One breakthrough: before and after, evidence, who worked on it and who confirms it."""
    coalition, actor = find_coalition(request, slug)
    card = queries.breakthrough_card(coalition, breakthrough_id)
    if not card:
        raise Http404
    breakthrough = card.breakthrough
    may_confirm = policies.may_confirm(actor, breakthrough)
    may_dispute = may_confirm or policies.may_dispute(actor, breakthrough)
    confirms = _confirms(actor, breakthrough)
    resident = _resident(request, coalition)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(breakthrough.title)),
        "card": card,
        "breakthrough": breakthrough,
        "also_for": voices.also_act_for(coalition, actor.now),
        "evidence": [Breakthrough.Evidence(value).label for value in breakthrough.evidence],
        "obstacles": breakthrough.obstacles.select_related("party__organisation"),
        "pledges": breakthrough.pledges.select_related("party__organisation"),
        "may_confirm": may_confirm and confirms is not True,
        "may_dispute": may_dispute and confirms is not False,
        "why_not": "" if may_confirm or not actor.is_party else may_confirm.reason,
        "may_confirm_as_resident": policies.may_confirm_as_resident(resident, breakthrough),
        "said_as_resident": queries.has_confirmed_as_resident(breakthrough, actor),
        "may_withdraw": policies.may_withdraw(actor, breakthrough),
        "may_say_worked_on": _is_asked(card, actor)
        and policies.may_say_worked_on(actor, breakthrough),
    }
    return http.page(request, "breakthroughs/page.html", context)


@form_page
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """Report what was stuck and is now possible."""
    coalition, actor = find_coalition(request, slug, policies.may_claim)
    form = bound(forms.ClaimForm, request, coalition=coalition, claimant=actor)
    if form.is_valid():
        with try_service(form):
            breakthrough = services.claim(coalition, actor=actor, **form.claim())
            message = _("Your breakthrough is reported. Now others can confirm it.")
            messages.success(request, message)
            return _to_page(breakthrough)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(_("Report a breakthrough"))),
    }
    return http.show_form(request, "breakthroughs/claim.html", form, context)


@button
def say_worked_on(request: HttpRequest, slug: str, breakthrough_id: uuid.UUID) -> HttpResponse:
    """Say, as a partner that the reporter named, that one worked on it."""
    breakthrough, actor = find_record(request, slug, _breakthroughs, breakthrough_id)
    with http.run_button(request, _("Your organisation stands among who made this possible.")):
        services.say_worked_on(breakthrough, actor=actor, shown=shown.sent(request, breakthrough))
    return _to_page(breakthrough)


@form_page
def confirm(request: HttpRequest, slug: str, breakthrough_id: uuid.UUID) -> HttpResponse:
    """Say, as a partner that did not work on it, that it is so."""
    breakthrough, actor = find_record(
        request, slug, _breakthroughs, breakthrough_id, policies.may_confirm
    )
    form = bound(forms.ConfirmForm, request)
    if form.is_valid():
        with try_service(form):
            services.confirm(
                breakthrough,
                actor=actor,
                confirms=True,
                shown=shown.sent(request, breakthrough),
                **form.cleaned_data,
            )
            messages.success(request, _("You confirm this breakthrough. Thank you."))
            return _to_page(breakthrough)
    return _show(request, form, breakthrough, title=_("Our organisation confirms this"))


@form_page
def dispute(request: HttpRequest, slug: str, breakthrough_id: uuid.UUID) -> HttpResponse:
    """Say, as a partner that did not work on it, how one sees it."""
    breakthrough, actor = find_record(
        request, slug, _breakthroughs, breakthrough_id, policies.may_dispute
    )
    form = bound(forms.DisputeForm, request)
    if form.is_valid():
        with try_service(form):
            services.confirm(
                breakthrough,
                actor=actor,
                confirms=False,
                shown=shown.sent(request, breakthrough),
                **form.cleaned_data,
            )
            messages.success(request, _("Everyone can read how you see it. Thank you."))
            return _to_page(breakthrough)
    return _show(request, form, breakthrough, title=_("We see it otherwise"))


@never_cache
@open_form_page
def resident(request: HttpRequest, slug: str, breakthrough_id: uuid.UUID) -> HttpResponse:
    """Say, as a resident whom it touches, that it is so: first a code by mail, without an account."""
    breakthrough, _actor = _of_residents(request, slug, breakthrough_id)
    form = bound(AddressForm, request, initial={"email": getattr(request.user, "email", "")})
    if form.is_valid():
        with try_service(form):
            browser = secrets.token_urlsafe(16)
            accounts.send_code(
                form.cleaned_data["email"],
                queries.resident_purpose(breakthrough, browser),
                about=_("this is so: %(title)s") % {"title": breakthrough.title},
                visitor=rate_limits.visitor(request),
            )
            request.session[PENDING] = browser
            return redirect("breakthroughs:resident_code", slug, breakthrough_id)
    return _show_resident(request, form, breakthrough, submit=_("Send me a code"))


@never_cache
@open_form_page
def resident_code(request: HttpRequest, slug: str, breakthrough_id: uuid.UUID) -> HttpResponse:
    """Type the code from the mail, and with it confirm as a resident."""
    breakthrough, actor = _of_residents(request, slug, breakthrough_id)
    purpose = queries.resident_purpose(breakthrough, request.session.get(PENDING, ""))
    address = address_of_code(purpose)
    if address is None:  # used, also by the same form that was sent twice, or too old
        return _to_page(breakthrough)
    form = bound(CodeForm, request)
    if form.is_valid():
        with try_service(form):
            was_shown = shown.sent(request, breakthrough)
            require_shown(was_shown, breakthrough)  # before the code is used
            confirmation = accounts.confirm_by_address(address, purpose, form.cleaned_data["code"])
            services.confirm_as_resident(
                breakthrough,
                actor=actor,
                confirmation=confirmation,
                shown=was_shown,
            )
            message = _("Thank you. We show how many residents confirm it in steps of five.")
            messages.success(request, message)
            return _to_page(breakthrough)
    return _show_resident(request, form, breakthrough, submit=_("I confirm this"), address=address)


@form_page
def withdraw(request: HttpRequest, slug: str, breakthrough_id: uuid.UUID) -> HttpResponse:
    """Take back what one's partner reported."""
    breakthrough, actor = find_record(
        request, slug, _breakthroughs, breakthrough_id, policies.may_withdraw
    )
    form = bound(forms.WithdrawForm, request)
    if form.is_valid():
        with try_service(form):
            services.withdraw(breakthrough, actor=actor, **form.cleaned_data)
            messages.success(request, _("You took this breakthrough back."))
            return _to_page(breakthrough)
    return _show(request, form, breakthrough, title=_("Take it back"))


def _breakthroughs(coalition: Coalition) -> QuerySet[Breakthrough]:
    return coalition.breakthroughs.all()


def _show(
    request: HttpRequest, form: Form, breakthrough: Breakthrough, *, title: str
) -> HttpResponse:
    coalition = breakthrough.coalition
    breakthrough_url = reverse("breakthroughs:page", args=[coalition.slug, breakthrough.id])
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(breakthrough.title, breakthrough_url), Link(title)),
        "breakthrough": breakthrough,
        "title": title,
        "breakthrough_url": breakthrough_url,
    }
    return http.show_form(request, "breakthroughs/form.html", form, context)


def _of_residents(
    request: HttpRequest, slug: str, breakthrough_id: uuid.UUID
) -> tuple[Breakthrough, Actor]:
    """The breakthrough of the page and who the visitor is; 403 when this is not for them."""
    coalition = coalition_or_404(request, slug)
    breakthrough = get_object_or_404(_breakthroughs(coalition), id=breakthrough_id)
    actor = _resident(request, coalition)
    require(policies.may_confirm_as_resident(actor, breakthrough))
    return breakthrough, actor


def _show_resident(
    request: HttpRequest, form: Form, breakthrough: Breakthrough, *, submit: str, address: str = ""
) -> HttpResponse:
    coalition = breakthrough.coalition
    breakthrough_url = reverse("breakthroughs:page", args=[coalition.slug, breakthrough.id])
    title = _("Confirm it as a resident")
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(breakthrough.title, breakthrough_url), Link(title)),
        "breakthrough": breakthrough,
        "breakthrough_url": breakthrough_url,
        "title": title,
        "submit": submit,
        "address": address,
    }
    return http.show_form(request, "breakthroughs/resident.html", form, context)


def _is_asked(card: queries.BreakthroughCard, actor: Actor) -> bool:
    """Whether the reporter named the reader's partner, and it said nothing of it yet."""
    return any(party.id == actor.party for party in card.silent)


def _confirms(actor: Actor, breakthrough: Breakthrough) -> bool | None:
    """Whether the reader's partner confirms it; None when it has said nothing of it yet."""
    for confirmation in breakthrough.confirmations.all():
        if confirmation.party_id == actor.party:
            return confirmation.confirms
    return None


def _resident(request: HttpRequest, coalition: Coalition) -> Actor:
    """Who presses the residents' button: whoever acts for a partner here is that partner.

    Otherwise somebody who worked on it could confirm it by acting for themselves for a moment.
    """
    return choices(request, coalition)[0]


def _to_page(breakthrough: Breakthrough) -> HttpResponse:
    return redirect("breakthroughs:page", breakthrough.coalition.slug, breakthrough.id)
