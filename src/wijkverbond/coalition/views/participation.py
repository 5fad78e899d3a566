"""Taking part: starting a coalition, what a party says about itself, and how it leaves."""

import uuid

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wijkverbond.coalition import forms, policies, services
from wijkverbond.coalition.acting import current_person, find_coalition, find_record, themselves
from wijkverbond.coalition.models import Access, ParticipationLevel, Party, Successor
from wijkverbond.coalition.models.choices import Says
from wijkverbond.coalition.models.sectors import EXPLANATIONS, SECTORS
from wijkverbond.coalition.queries import area, confirming, voices
from wijkverbond.coalition.queries.dormancy import can_decide
from wijkverbond.coalition.queries.mandates import known_of_people, mandate_counts
from wijkverbond.coalition.views.common import (
    all_parties,
    crumbs,
    crumbs_below,
    redirect_who_left,
    tell_kind,
)
from wijkverbond.kernel.actor import SOCIETY, Actor, MandateType
from wijkverbond.kernel.policy import require
from wijkverbond.ui import http, shown
from wijkverbond.ui.decorators import button, form_page
from wijkverbond.ui.forms import bound, posted, status, try_service
from wijkverbond.ui.navigation import Link


@form_page
def start(request: HttpRequest) -> HttpResponse:
    """Start a coalition for an organisation."""
    coalition_form = bound(forms.CoalitionForm, request)
    organisation_form = bound(
        forms.OrganisationForm, request, prefix="organisation", person=current_person(request)
    )
    part_form = bound(forms.TakingPartForm, request)
    page_forms = (coalition_form, organisation_form, part_form)
    if all(form.is_valid() for form in page_forms):
        with try_service(*page_forms):
            party = services.start(
                coalition_form.coalition(),
                organisation_form.organisation(),
                part_form.taking_part(),
                actor=themselves(request),
            )
            messages.success(request, _("The coalition has begun. Now invite the others."))
            tell_kind(request, party, organisation_form)
            return redirect("coalition:who", party.coalition.slug)
    context = {
        "coalition_form": coalition_form,
        "organisation_form": organisation_form,
        "part_form": part_form,
    }
    return http.page(request, "coalition/start.html", context, status=status(*page_forms))


@require_safe
def page(request: HttpRequest, slug: str, party_id: uuid.UUID) -> HttpResponse:
    """Who a party is and how it takes part."""
    party, actor = find_record(request, slug, all_parties, party_id)
    mandates = mandate_counts(party, actor.now)
    people = known_of_people(party, actor.now)
    context = {
        "coalition": party.coalition,
        "party": party,
        "sector": SECTORS[party.organisation.sector].title,
        "explanation": EXPLANATIONS.get(party.organisation.sector, ""),
        "levels": [ParticipationLevel(level).label for level in party.levels],
        "mandates": mandates,
        "nobody_decides": (MandateType.DECIDE.label, 0) in mandates,
        "people": people,
        "is_asked": people.asleep and party.mandate_offers.open(actor.now).exists(),
        "may_ask_successor": people.asleep
        and policies.may_ask_successor(themselves(request, party.coalition), party),
        "can_decide": people.asleep and can_decide(party.coalition, actor.now),
        "also_for": voices.also_act_for(party.coalition, actor.now).get(party.id, []),
        "crumbs": crumbs(party.coalition, Link(party.name)),
        "may_describe": policies.may_describe_party(actor, party),
        "may_see_mandates": policies.may_see_mandates(actor, party),
        "may_leave": policies.may_leave(actor, party),
        "may_report_name": policies.may_report_name(actor, party),
        "successors": _successors(party, actor),
        "name_reported": party.name_reports.exists(),
        **_confirmation(party, actor),
    }
    return http.page(request, "coalition/party.html", context)


def _successors(party: Party, actor: Actor) -> list[Successor]:
    """Whom the partners think of for it, for those who decide about that."""
    if not policies.may_see_successors(actor, party):
        return []
    return list(party.successors.filter(person__isnull=False).select_related("person"))


def _confirmation(party: Party, actor: Actor) -> dict[str, object]:
    """What the page of a party that is not confirmed yet says of that."""
    if party.is_confirmed or party.left_at:
        return {}
    confirmations = list(confirming.said_of(party))
    return {
        "confirmations": confirmations,
        "said_before": actor.party in {confirmation.party_id for confirmation in confirmations},
        "is_own": actor.party == party.id,
        "is_society": actor.kind in SOCIETY,
        "may_confirm": policies.may_confirm_party(actor, party),
    }


@button
def confirm_party(request: HttpRequest, slug: str, party_id: uuid.UUID) -> HttpResponse:
    """Confirm for one's party that another is what it says."""
    party, actor = find_record(request, slug, all_parties, party_id)
    with http.run_button(request, _("Your partner confirmed this. Thank you.")):
        says = request.POST.get("says", Says.AS_IT_SAYS)
        was_shown = shown.sent(request, party)
        services.confirm_party(party, actor=actor, says=says, shown=was_shown)
    return redirect("coalition:party", slug, party_id)


@form_page
def describe(request: HttpRequest, slug: str, party_id: uuid.UUID) -> HttpResponse:
    """Change how one's party takes part and the details of its organisation."""
    party, actor = find_record(request, slug, all_parties, party_id, policies.may_describe_party)
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
        "crumbs": crumbs_below(party, _("Change")),
    }
    return http.show_form(request, "coalition/describe.html", form, context)


@form_page
def leave(request: HttpRequest, slug: str, party_id: uuid.UUID) -> HttpResponse:
    """Let one's party leave, with a reason."""
    party, actor = find_record(request, slug, all_parties, party_id, policies.may_leave)
    form = bound(forms.ReasonForm, request)
    if form.is_valid():
        with try_service(form):
            services.leave(party, actor=actor, reason=form.cleaned_data["reason"])
            messages.success(request, _("You have left. Thank you for what you did."))
            return redirect_who_left(party.coalition)
    context = {
        "coalition": party.coalition,
        "party": party,
        "crumbs": crumbs_below(party, _("Leave")),
    }
    return http.show_form(request, "coalition/leave.html", form, context)


@form_page
def set_places(request: HttpRequest, slug: str) -> HttpResponse:
    """Say which places a coalition is about that named its area in words."""
    coalition, actor = find_coalition(request, slug)
    if coalition.place_codes:
        raise Http404
    require(policies.may_set_places(actor, coalition))
    form = bound(forms.PlacesForm, request)
    if form.is_valid():
        with try_service(form):
            codes, year = form.cleaned_data["place_codes"], area.division_year()
            services.set_places(coalition, codes, year=year, actor=actor)
            messages.success(request, _("It is known now. The figures follow from it."))
            return redirect("overview:home", slug)
    return http.show_one_form(
        request,
        form,
        coalition=coalition,
        crumbs=crumbs(coalition),
        title=_("Which neighbourhoods is it about?"),
        lead=coalition.area,
        submit=_("Keep this"),
    )


@button
def open_up(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a coalition that prepared in private to everyone."""
    coalition, actor = find_coalition(request, slug)
    with http.run_button(request, _("Everyone can see the coalition now.")):
        services.change_access(coalition, actor=actor, access=Access.PUBLIC)
    return redirect("coalition:who", slug)
