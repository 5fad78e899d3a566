"""What each partner gains by a goal: writing it down, confirming it, taking it back."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wijkverbond.coalition.acting import coalition_or_404, current_actor
from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.views.common import run_button, try_service
from wijkverbond.kernel.policy import require
from wijkverbond.vision import forms, policies, services
from wijkverbond.vision.models import Benefit
from wijkverbond.vision.views.common import form_page, goal_or_404


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def state(request: HttpRequest, slug: str, goal: uuid.UUID, party: uuid.UUID) -> HttpResponse:
    """Write down what a party gains by a goal; for another party it is a suggestion."""
    coalition = coalition_or_404(request, slug)
    found, acting = goal_or_404(coalition, goal), current_actor(request, coalition)
    whose = coalition.parties.select_related("organisation").filter(id=party).first()
    if not whose:
        raise Http404
    require(policies.may_state_benefit(acting, whose))
    standing = found.benefits.filter(party=whose, withdrawn_at=None).first()
    form = forms.BenefitForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(standing, name, "") for name in ("own", "shared", "sort")},
    )
    if form.is_valid() and try_service(
        lambda: services.state_benefit(found, whose, actor=acting, **form.cleaned_data), form
    ):
        own = acting.party == whose.id
        said = (
            _("It is there. Confirm it when it is right.") if own else _("Your suggestion is in.")
        )
        messages.success(request, said)
        return redirect("vision:goal", slug, goal)
    title = _("What does %(party)s gain?") % {"party": whose}
    return form_page(request, coalition, form, title, _("Write this down"), found.sentence)


@login_required
@require_POST
def confirm(request: HttpRequest, slug: str, benefit: uuid.UUID) -> HttpResponse:
    """Confirm what one's own party gains."""
    coalition = coalition_or_404(request, slug)
    found, acting = _benefit(coalition, benefit), current_actor(request, coalition)
    run_button(
        request,
        lambda: services.confirm_benefit(found, actor=acting),
        _("Confirmed. From now on it counts."),
    )
    return redirect("vision:goal", slug, found.goal_id)


@login_required
@require_POST
def withdraw(request: HttpRequest, slug: str, benefit: uuid.UUID) -> HttpResponse:
    """Take back what stands there as one's own benefit."""
    coalition = coalition_or_404(request, slug)
    found, acting = _benefit(coalition, benefit), current_actor(request, coalition)
    run_button(
        request, lambda: services.withdraw_benefit(found, actor=acting), _("It is taken back.")
    )
    return redirect("vision:goal", slug, found.goal_id)


def _benefit(coalition: Coalition, benefit: uuid.UUID) -> Benefit:
    found = (
        Benefit.objects.select_related("goal").filter(goal__coalition=coalition, id=benefit).first()
    )
    if not found:
        raise Http404
    return found
