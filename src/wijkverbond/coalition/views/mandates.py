"""Who acts for a party, and for whom the visitor acts."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from wijkverbond.coalition import forms, policies, services
from wijkverbond.coalition.acting import choices, choose, code, find_coalition, find_record
from wijkverbond.coalition.models import Coalition, Mandate, Party
from wijkverbond.coalition.queries import sides
from wijkverbond.coalition.queries.mandates import (
    Representative,
    offers_of,
    people_of,
    unconfirmed_mandates,
)
from wijkverbond.coalition.views.common import (
    TOO_OFTEN,
    all_parties,
    crumbs,
    crumbs_below,
    mails_too_often,
    redirect_who_left,
)
from wijkverbond.kernel.actor import Actor, ActorKind
from wijkverbond.kernel.policy import require
from wijkverbond.ui import http, shown
from wijkverbond.ui.decorators import button, form_page
from wijkverbond.ui.forms import bound, try_service
from wijkverbond.ui.navigation import Link

ASKED = gettext_lazy("Asked by mail. This person acts for you once they say yes.")


@form_page
def mandates(request: HttpRequest, slug: str, party_id: uuid.UUID) -> HttpResponse:
    """Who acts for one's own party: see, give and end mandates."""
    party, actor = find_record(request, slug, all_parties, party_id, policies.may_see_mandates)
    people = people_of(party, actor.now)
    form = bound(forms.MandateForm, request)
    if form.is_valid() and _asks_too_often(request, form, people):
        form.add_error("email", TOO_OFTEN)
    elif form.is_valid():
        with try_service(form):
            given = _grant(party, form, actor)
            messages.success(request, _("The mandate is given.") if given else str(ASKED))
            return redirect("coalition:mandates", slug, party_id)
    context = {
        "coalition": party.coalition,
        "party": party,
        "crumbs": crumbs_below(party, _("Who acts for us")),
        "people": people,
        "offers": [(offer, offer.waits(actor.now)) for offer in offers_of(party)],
        "may_grant": policies.may_grant_mandate(actor, party),
        "actor": actor,
    }
    return http.show_form(request, "coalition/mandates.html", form, context)


@login_required
@require_safe
def to_confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """Mandates to sign that wait for a second person."""
    coalition, actor = find_coalition(request, slug)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(_("Confirm a mandate"))),
        "waiting": [
            (mandate, permission)
            for mandate in unconfirmed_mandates(coalition, actor)
            if (permission := policies.may_confirm_mandate(actor, mandate))
        ],
    }
    return http.page(request, "coalition/to_confirm.html", context)


@button
def confirm(request: HttpRequest, slug: str, mandate_id: uuid.UUID) -> HttpResponse:
    """Confirm somebody's mandate to sign."""
    mandate, actor = find_record(request, slug, _mandates, mandate_id)
    with http.run_button(request, _("Confirmed. This person may sign now.")):
        services.confirm_mandate(mandate, actor=actor, shown=shown.sent(request, mandate))
    return redirect("coalition:to_confirm", slug)


@button
def end_mandate(request: HttpRequest, slug: str, mandate_id: uuid.UUID) -> HttpResponse:
    """End somebody's mandate for one's own party."""
    mandate, actor = find_record(request, slug, _mandates, mandate_id)
    with http.run_button(request, _("The mandate has ended.")):
        services.end_mandate(mandate, actor=actor)
    if mandate.person_id == actor.person:
        return redirect_who_left(mandate.party.coalition)
    return redirect("coalition:mandates", slug, mandate.party_id)


@form_page
def switch(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose for whom one acts in this coalition."""
    coalition, actor = find_coalition(request, slug)
    form = bound(
        forms.ActingForm,
        request,
        initial={"act_as": code(actor), "next": request.GET.get("next", "")},
        choices=_named_choices(choices(request, coalition)),
        hints={ActorKind.SECRETARIAT: _("Organises and decides nothing")},
    )
    if form.is_valid():
        choose(request, coalition, form.cleaned_data["act_as"])
        rotate_token(request)  # what was opened for the other partner is not sent for this one
        who = reverse("coalition:who", args=[slug])
        onward = form.cleaned_data["next"]
        return redirect(http.page_of_this_site(request, onward, otherwise=who))
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(_("For whom do you act?"))),
        "on_both_sides": any(possible.barred for possible in choices(request, coalition)),
    }
    return http.show_form(request, "coalition/switch.html", form, context)


@form_page
def choose_side(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose between government and another partner, when one acts for both."""
    coalition, actor = find_coalition(request, slug, policies.may_choose_side)
    choice = sides.side_choice(actor, coalition)
    if choice is None:
        raise Http404
    form = bound(forms.SideForm, request)
    address = form.cleaned_data["successor"] if form.is_valid() else ""
    if mails_too_often(request, address):
        form.add_error("successor", TOO_OFTEN)
    elif form.is_valid():
        with try_service(form), transaction.atomic():
            services.choose_side(
                coalition,
                actor=actor,
                side=form.cleaned_data["side"],
                successor=services.person_with(address) if address else None,
            )
            messages.success(request, _("Thank you. You act for one side now."))
            return redirect_who_left(coalition)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(_("Government or another partner"))),
        "choice": choice,
    }
    return http.show_form(request, "coalition/choose_side.html", form, context)


def _mandates(coalition: Coalition) -> QuerySet[Mandate]:
    mandates = Mandate.objects.filter(party__coalition=coalition)
    return mandates.select_related("party__coalition", "party__organisation")


@transaction.atomic
def _grant(party: Party, form: forms.MandateForm, actor: Actor) -> list[Mandate]:
    require(policies.may_grant_mandate(actor, party))
    mandate = dict(form.cleaned_data)
    person = services.person_with(mandate.pop("email"))
    return services.grant(party, person, actor=actor, **mandate)


def _asks_too_often(
    request: HttpRequest, form: forms.MandateForm, people: list[Representative]
) -> bool:
    """Whether enough was mailed today; who acts for the partner already gets no mail."""
    address = form.cleaned_data["email"]
    known = {person.address for person in people}
    return address not in known and mails_too_often(request, address)


def _named_choices(actors: list[Actor]) -> list[tuple[str, str]]:
    """What one can be, and how that is called."""
    party_ids = [actor.party for actor in actors if actor.party]
    parties = Party.objects.filter(id__in=party_ids).select_related("organisation")
    names = {str(party.id): party.name for party in parties}
    names |= {ActorKind.SECRETARIAT: _("The secretariat"), ActorKind.PARTICIPANT: _("Myself")}
    return [(code(actor), names[code(actor)]) for actor in actors]
