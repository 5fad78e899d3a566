"""What each partner gains by a goal: writing it down, confirming it, taking it back."""

import uuid

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from wijkverbond.coalition.acting import find_record
from wijkverbond.coalition.models import Coalition
from wijkverbond.kernel.policy import require
from wijkverbond.ui import http, shown
from wijkverbond.ui.decorators import button, form_page
from wijkverbond.ui.forms import bound, try_service
from wijkverbond.vision import forms, policies, queries, services
from wijkverbond.vision.models import Benefit
from wijkverbond.vision.views.common import show_form


@form_page
def state(request: HttpRequest, slug: str, goal_id: uuid.UUID, party_id: uuid.UUID) -> HttpResponse:
    """Write down what a party gains by a goal; for another party it is a suggestion."""
    goal, actor = find_record(request, slug, queries.goals, goal_id)
    parties = goal.coalition.parties.select_related("organisation")
    party = get_object_or_404(parties, id=party_id)
    require(policies.may_state_benefit(actor, party))
    benefit = goal.benefits.standing().filter(party=party).first()
    form = bound(forms.BenefitForm, request, instance=benefit)
    if form.is_valid():
        with try_service(form):
            services.state_benefit(goal, party, actor=actor, wording=form.instance)
            if actor.party == party.id:
                messages.success(request, _("It is there. Confirm it when it is right."))
            else:
                messages.success(request, _("Your suggestion is in."))
            return redirect("vision:goal", slug, goal_id)
    return show_form(
        request,
        form,
        goal.coalition,
        title=_("What does %(party)s gain?") % {"party": party},
        submit=_("Write this down"),
        about=goal.sentence,
    )


@button
def confirm(request: HttpRequest, slug: str, benefit_id: uuid.UUID) -> HttpResponse:
    """Confirm what one's own party gains."""
    benefit, actor = find_record(request, slug, _benefits, benefit_id)
    with http.run_button(request, _("Confirmed. From now on it counts.")):
        services.confirm_benefit(benefit, actor=actor, shown=shown.sent(request, benefit))
    return redirect("vision:goal", slug, benefit.goal_id)


@button
def withdraw(request: HttpRequest, slug: str, benefit_id: uuid.UUID) -> HttpResponse:
    """Take back what stands there as one's own benefit."""
    benefit, actor = find_record(request, slug, _benefits, benefit_id)
    with http.run_button(request, _("It is taken back.")):
        services.withdraw_benefit(benefit, actor=actor)
    return redirect("vision:goal", slug, benefit.goal_id)


def _benefits(coalition: Coalition) -> QuerySet[Benefit]:
    return Benefit.objects.select_related("goal").filter(goal__coalition=coalition)
