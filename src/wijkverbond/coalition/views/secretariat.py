"""Who organises for the coalition, and how partners agree about it."""

import uuid

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wijkverbond.coalition import forms, policies, services
from wijkverbond.coalition.acting import find_coalition, find_record
from wijkverbond.coalition.models import Coalition, Secretariat
from wijkverbond.coalition.queries.secretariat import current_secretariat, proposed_secretariat
from wijkverbond.coalition.views.common import crumbs, redirect_who_left
from wijkverbond.ui import http
from wijkverbond.ui.decorators import button, form_page
from wijkverbond.ui.forms import bound, try_service
from wijkverbond.ui.navigation import Link


@form_page
def secretariat(request: HttpRequest, slug: str) -> HttpResponse:
    """See who organises, propose somebody, and agree with others about it."""
    coalition, actor = find_coalition(request, slug, policies.may_grant_secretariat)
    form = bound(forms.SecretariatForm, request, coalition=coalition)
    if form.is_valid():
        with try_service(form), transaction.atomic():
            person = services.person_with(form.cleaned_data["email"])
            lent_by = form.cleaned_data["lent_by"]
            asked = services.grant_secretariat(coalition, person, actor=actor, lent_by=lent_by)
            messages.success(request, _told(asked))
            return redirect("coalition:secretariat", slug)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(_("Secretariat"))),
        "people": _with_voices(current_secretariat(coalition), actor.party),
        "proposed": _with_voices(proposed_secretariat(coalition), actor.party),
    }
    return http.show_form(request, "coalition/secretariat.html", form, context)


@button
def agree(request: HttpRequest, slug: str, secretariat_id: uuid.UUID) -> HttpResponse:
    """Agree to ask somebody whom another partner proposed."""
    proposal, actor = find_record(request, slug, _proposed, secretariat_id)
    with http.run_button(request, _("Your partner agrees.")):
        assert proposal.person
        services.grant_secretariat(proposal.coalition, proposal.person, actor=actor)
    return redirect("coalition:secretariat", slug)


@button
def end(request: HttpRequest, slug: str, secretariat_id: uuid.UUID) -> HttpResponse:
    """Stop, end somebody's work together with others, or take a proposal back."""
    ending, actor = find_record(request, slug, _secretariats, secretariat_id)
    with http.run_button(request, _("Noted.")):
        stops_oneself = policies.may_step_down(actor, ending)
        service = services.step_down if stops_oneself else services.revoke_secretariat
        service(ending, actor=actor)
    if not stops_oneself:
        return redirect("coalition:secretariat", slug)
    return (
        redirect("coalition:who", slug) if actor.is_party else redirect_who_left(ending.coalition)
    )


@button
def keep(request: HttpRequest, slug: str, secretariat_id: uuid.UUID) -> HttpResponse:
    """Take back that one's partner wants to end somebody's work."""
    member, actor = find_record(request, slug, _secretariats, secretariat_id)
    with http.run_button(request, _("Taken back. The work goes on.")):
        services.keep_secretariat(member, actor=actor)
    return redirect("coalition:secretariat", slug)


def _told(asked: Secretariat) -> str:
    if asked.since:
        return _("This person organises for the coalition now. Everyone gets a mail.")
    return _("It is proposed. Once a partner of another kind agrees, this person can begin.")


def _with_voices(
    people: list[Secretariat], party: uuid.UUID | None
) -> list[tuple[Secretariat, list[str], bool]]:
    """Each person with the partners that agree to what is proposed, and whether one's own is one."""
    rows = []
    for member in people:
        about = "end" if member.since else "begin"
        agreed = [voice for voice in member.voices.all() if voice.about == about]
        names = [voice.party.name for voice in agreed]
        rows.append((member, names, any(voice.party_id == party for voice in agreed)))
    return rows


def _secretariats(coalition: Coalition) -> QuerySet[Secretariat]:
    return coalition.secretariat.all()


def _proposed(coalition: Coalition) -> QuerySet[Secretariat]:
    proposed = Secretariat.objects.proposed().filter(coalition=coalition, person__isnull=False)
    return proposed.select_related("coalition", "person")
