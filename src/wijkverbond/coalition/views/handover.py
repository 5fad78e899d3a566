"""The handover to the coalition's own chair and rules."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wijkverbond.coalition import forms, policies, services
from wijkverbond.coalition.acting import find_coalition
from wijkverbond.coalition.queries.handover import (
    confirmed_by,
    handover_proposal,
    kinds_to_confirm,
    may_confirm,
)
from wijkverbond.coalition.views.common import crumbs
from wijkverbond.ui import http, shown
from wijkverbond.ui.decorators import open_form_page
from wijkverbond.ui.forms import bound, try_service
from wijkverbond.ui.navigation import Link


@open_form_page
def handover(request: HttpRequest, slug: str) -> HttpResponse:
    """The coalition's own chair and rules: read, propose and confirm."""
    coalition, actor = find_coalition(request, slug)
    proposal = handover_proposal(coalition)
    if request.method == "POST" and "propose" not in request.POST:
        with http.run_button(request, _("Confirmed.")):
            was_shown = shown.sent(request, proposal) if proposal else None
            services.confirm_handover(coalition, actor=actor, shown=was_shown)
        return redirect("coalition:handover", slug)
    form = bound(forms.HandoverForm, request, coalition=coalition)
    if form.is_valid():
        with try_service(form):
            services.propose_handover(coalition, actor=actor, chair_and_rules=form.instance)
            messages.success(request, _("The proposal stands. The other partners can confirm it."))
            return redirect("coalition:handover", slug)
    confirmed = confirmed_by(proposal)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(_("Our own chair and rules"))),
        "proposal": proposal,
        "confirmed": confirmed,
        "waiting_for": kinds_to_confirm(confirmed),
        "has_confirmed": actor.party in {party.id for party in confirmed},
        "may_propose": policies.may_propose_handover(actor, coalition),
        "may_confirm": may_confirm(actor, coalition),
    }
    return http.show_form(request, "coalition/handover.html", form, context)
