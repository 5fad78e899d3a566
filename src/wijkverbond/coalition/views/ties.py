"""Who works with whom."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wijkverbond.coalition import forms, policies, services
from wijkverbond.coalition.acting import find_coalition
from wijkverbond.coalition.queries import party_of
from wijkverbond.coalition.views.common import crumbs
from wijkverbond.kernel.policy import require
from wijkverbond.ui import http
from wijkverbond.ui.decorators import form_page
from wijkverbond.ui.forms import bound, try_service
from wijkverbond.ui.navigation import Link


@form_page
def tie(request: HttpRequest, slug: str) -> HttpResponse:
    """Say how one's party works with another."""
    coalition, actor = find_coalition(request, slug)
    own_party = party_of(actor)
    require(policies.may_report_tie(actor, own_party))
    form = bound(forms.TieForm, request, party=own_party)
    if form.is_valid():
        with try_service(form):
            other, strength = form.cleaned_data["other"], form.cleaned_data["strength"]
            services.report_tie(own_party, other, actor=actor, strength=strength)
            messages.success(request, _("Thank you. This counts for this year."))
            return redirect("coalition:who", slug)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(_("Who works with whom"))),
        "own_party": own_party,
    }
    return http.show_form(request, "coalition/tie.html", form, context)
