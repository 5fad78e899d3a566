"""One party: what it says about itself, who acts for it, and how it leaves."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wijkverbond.coalition import forms, policies, services
from wijkverbond.coalition.acting import find_coalition, find_record
from wijkverbond.coalition.models import Access, Coalition, Level, Mandate, Party, Secretariat
from wijkverbond.coalition.models.sectors import SECTORS
from wijkverbond.coalition.queries.mandates import (
    current_secretariat,
    mandate_counts,
    people_of,
    unconfirmed_mandates,
)
from wijkverbond.coalition.views.common import crumbs
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import require
from wijkverbond.ui import http
from wijkverbond.ui.decorators import button, form_page
from wijkverbond.ui.forms import bound, posted, try_service
from wijkverbond.ui.navigation import Link


@require_safe
def page(request: HttpRequest, slug: str, party_id: uuid.UUID) -> HttpResponse:
    """Who a party is and how it takes part."""
    party, actor = find_record(request, slug, _parties, party_id)
    context = {
        "coalition": party.coalition,
        "party": party,
        "sector": SECTORS[party.organisation.sector].title,
        "levels": [Level(level).label for level in party.levels],
        "mandates": mandate_counts(party, actor.now),
        "crumbs": crumbs(party.coalition, Link(party.name)),
        "own": actor.party == party.id,
        "may_describe": policies.may_describe_party(actor, party),
        "may_leave": policies.may_leave(actor, party),
    }
    return http.page(request, "coalition/party.html", context)


@form_page
def describe(request: HttpRequest, slug: str, party_id: uuid.UUID) -> HttpResponse:
    """Change how one's party takes part and the details of its organisation."""
    party, actor = find_record(request, slug, _parties, party_id, policies.may_describe_party)
    form = forms.DescribeForm.of(party, posted(request))
    if form.is_valid():
        with try_service(form), transaction.atomic():
            services.describe_organisation(party, form.details(), actor=actor)
            services.describe_party(party, form.taking_part(), actor=actor)
            messages.success(request, _("Saved."))
            return redirect("coalition:party", slug, party_id)
    context = {
        "coalition": party.coalition,
        "party": party,
        "crumbs": _crumbs_below(party, _("Change")),
    }
    return http.show_form(request, "coalition/describe.html", form, context)


@form_page
def mandates(request: HttpRequest, slug: str, party_id: uuid.UUID) -> HttpResponse:
    """Who acts for one's own party: see, give and end mandates."""
    party, actor = find_record(request, slug, _parties, party_id)
    may_grant = policies.may_grant_mandate(actor, party)
    if actor.party != party.id:
        require(may_grant)
    form = bound(forms.MandateForm, request)
    if form.is_valid():
        with try_service(form):
            _grant(party, form, actor)
            messages.success(request, _("The mandate is given."))
            return redirect("coalition:mandates", slug, party_id)
    context = {
        "coalition": party.coalition,
        "party": party,
        "crumbs": _crumbs_below(party, _("Who acts for us")),
        "people": people_of(party, actor.now),
        "may_grant": may_grant,
        "acting": actor,
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
            (mandate, verdict)
            for mandate in unconfirmed_mandates(coalition, actor)
            if (verdict := policies.may_confirm_mandate(actor, mandate))
        ],
    }
    return http.page(request, "coalition/to_confirm.html", context)


@button
def confirm(request: HttpRequest, slug: str, mandate_id: uuid.UUID) -> HttpResponse:
    """Confirm somebody's mandate to sign."""
    mandate, actor = find_record(request, slug, _mandates, mandate_id)
    with http.run_button(request, _("Confirmed. This person may sign now.")):
        services.confirm_mandate(mandate, actor=actor)
    return redirect("coalition:to_confirm", slug)


@button
def end_mandate(request: HttpRequest, slug: str, mandate_id: uuid.UUID) -> HttpResponse:
    """End somebody's mandate for one's own party."""
    mandate, actor = find_record(request, slug, _mandates, mandate_id)
    with http.run_button(request, _("The mandate has ended.")):
        services.end_mandate(mandate, actor=actor)
    if mandate.person_id == actor.person:
        return _redirect_who_left(mandate.party.coalition)
    return redirect("coalition:mandates", slug, mandate.party_id)


@form_page
def leave(request: HttpRequest, slug: str, party_id: uuid.UUID) -> HttpResponse:
    """Let one's party leave, with a reason."""
    party, actor = find_record(request, slug, _parties, party_id, policies.may_leave)
    form = bound(forms.ReasonForm, request)
    if form.is_valid():
        with try_service(form):
            services.leave(party, actor=actor, reason=form.cleaned_data["reason"])
            messages.success(request, _("You have left. Thank you for what you did."))
            return _redirect_who_left(party.coalition)
    context = {
        "coalition": party.coalition,
        "party": party,
        "crumbs": _crumbs_below(party, _("Leave")),
    }
    return http.show_form(request, "coalition/leave.html", form, context)


@form_page
def secretariat(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask somebody for the secretariat, or end their work in it."""
    coalition, actor = find_coalition(request, slug, policies.may_grant_secretariat)
    form = bound(forms.SecretariatForm, request, coalition=coalition)
    if form.is_valid():
        with try_service(form):
            person = services.person_with(form.cleaned_data["email"])
            lent_by = form.cleaned_data["lent_by"]
            services.grant_secretariat(coalition, person, actor=actor, lent_by=lent_by)
            messages.success(request, _("This person organises for the coalition now."))
            return redirect("coalition:secretariat", slug)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(_("Secretariat"))),
        "people": current_secretariat(coalition),
    }
    return http.show_form(request, "coalition/secretariat.html", form, context)


@button
def end_secretariat(request: HttpRequest, slug: str, secretariat_id: uuid.UUID) -> HttpResponse:
    """End somebody's work in the secretariat."""
    secretariat, actor = find_record(request, slug, _secretariats, secretariat_id)
    with http.run_button(request, _("This person no longer organises for the coalition.")):
        services.revoke_secretariat(secretariat, actor=actor)
    if secretariat.person_id == actor.person:
        return _redirect_who_left(secretariat.coalition)
    return redirect("coalition:who", slug)


def _parties(coalition: Coalition) -> QuerySet[Party]:
    """Every party, also one that left."""
    return coalition.parties.select_related("organisation")


def _mandates(coalition: Coalition) -> QuerySet[Mandate]:
    mandates = Mandate.objects.filter(party__coalition=coalition)
    return mandates.select_related("party__coalition", "party__organisation")


def _secretariats(coalition: Coalition) -> QuerySet[Secretariat]:
    return coalition.secretariat.all()


@transaction.atomic
def _grant(party: Party, form: forms.MandateForm, actor: Actor) -> None:
    require(policies.may_grant_mandate(actor, party))
    mandate = dict(form.cleaned_data)
    services.grant(party, services.person_with(mandate.pop("email")), actor=actor, **mandate)


def _redirect_who_left(coalition: Coalition) -> HttpResponse:
    """Where one goes who has just left: what prepares in private is not there for them any more."""
    if coalition.access == Access.PREPARING:
        return redirect("/")
    return redirect("coalition:who", coalition.slug)


def _crumbs_below(party: Party, title: str) -> list[Link]:
    page = reverse("coalition:party", args=[party.coalition.slug, party.id])
    return crumbs(party.coalition, Link(party.name, page), Link(title))
