"""Being asked to act for a partner, and answering."""

import uuid

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from wijkverbond.coalition import policies, services
from wijkverbond.coalition.acting import choose, current_person, find_record, themselves
from wijkverbond.coalition.forms import SuccessorForm
from wijkverbond.coalition.models import Coalition, MandateOffer
from wijkverbond.coalition.queries.sides import why_not
from wijkverbond.coalition.views.common import TOO_OFTEN, all_parties, crumbs, mails_too_often
from wijkverbond.kernel import clock
from wijkverbond.kernel.policy import require
from wijkverbond.ui import http, shown
from wijkverbond.ui.decorators import button, form_page
from wijkverbond.ui.forms import bound, try_service


@form_page
def mandate_offer(request: HttpRequest, slug: str, offer_id: uuid.UUID) -> HttpResponse:
    """Read what a partner asks, and say yes."""
    offer = _own_offer_or_404(request, slug, offer_id)
    party, now = offer.party, clock.now()
    assert offer.person_id
    form = bound(forms.Form, request)
    if form.is_valid():
        with try_service(form):
            actor = themselves(request, party.coalition)
            services.accept_mandate(offer, actor=actor, shown=shown.sent(request, offer))
            choose(request, party.coalition, str(party.id))
            messages.success(request, _("Thank you. You act for %(who)s now.") % {"who": party})
            return redirect("coalition:party", slug, party.id)
    closed = offer.why_closed(now)
    context = {
        "offer": offer,
        "closed": closed,
        "why_not": "" if closed else why_not(offer.person_id, party, now),
    }
    return http.show_form(request, "coalition/mandate_offer.html", form, context)


@button
def decline_mandate(request: HttpRequest, slug: str, offer_id: uuid.UUID) -> HttpResponse:
    """Say no; no reason is asked."""
    offer = _own_offer_or_404(request, slug, offer_id)
    with http.run_button(request, _("Noted. Nothing happens.")):
        services.decline_mandate(offer, actor=themselves(request, offer.party.coalition))
    return redirect("coalition:mandate_offer", slug, offer_id)


@button
def take_back_offer(request: HttpRequest, slug: str, offer_id: uuid.UUID) -> HttpResponse:
    """Ask somebody no longer, for one's own partner."""
    offer, actor = find_record(request, slug, _offers, offer_id)
    with http.run_button(request, _("Taken back. The question is no longer there.")):
        services.take_back_offer(offer, actor=actor)
    return redirect("coalition:mandates", slug, offer.party_id)


@form_page
def ask_successor(request: HttpRequest, slug: str, party_id: uuid.UUID) -> HttpResponse:
    """Ask somebody to take over a partner for which one acted last, and nobody does now."""
    party, _actor = find_record(request, slug, all_parties, party_id)
    actor = themselves(request, party.coalition)
    require(policies.may_ask_successor(actor, party))
    form = bound(SuccessorForm, request)
    address = form.cleaned_data["email"] if form.is_valid() else ""
    if mails_too_often(request, address):
        form.add_error("email", TOO_OFTEN)
    elif form.is_valid():
        with try_service(form), transaction.atomic():
            services.ask_successor(party, services.person_with(address), actor=actor)
            messages.success(
                request, _("Asked by mail. The partner wakes once this person says yes.")
            )
            return redirect("coalition:party", slug, party_id)
    return http.show_one_form(
        request,
        form,
        coalition=party.coalition,
        crumbs=crumbs(party.coalition),
        title=_("Who takes over %(party)s?") % {"party": party.name},
        lead=_(
            "Nobody acts for this partner now. You did so last. Whom you asked before is asked no more."
        ),
        submit=_("Ask this person"),
        sees=_("Whom you name gets a mail with your e-mail address. Nobody else sees it."),
    )


def _own_offer_or_404(request: HttpRequest, slug: str, offer_id: uuid.UUID) -> MandateOffer:
    """What the visitor is asked; also in a coalition that prepares in private."""
    offers = MandateOffer.objects.filter(
        party__coalition__slug=slug, person=current_person(request)
    )
    related = ("party__organisation", "party__coalition", "offered_by")
    return get_object_or_404(offers.select_related(*related), id=offer_id)


def _offers(coalition: Coalition) -> QuerySet[MandateOffer]:
    return MandateOffer.objects.filter(party__coalition=coalition).select_related("party")
