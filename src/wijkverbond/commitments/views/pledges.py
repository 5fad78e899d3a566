"""Promises: who promised what, and what a partner does with its own."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wijkverbond.coalition.acting import coalition_or_404, current_actor
from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.queries import party_of
from wijkverbond.coalition.views.common import run_button, try_service
from wijkverbond.commitments import forms, policies, presenters, queries
from wijkverbond.commitments.models import Pledge
from wijkverbond.commitments.services import pledges
from wijkverbond.commitments.views.common import show_form
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import require
from wijkverbond.ui import http
from wijkverbond.ui.navigation import Link


@require_safe
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """Who promised what, by partner; goals without a promise are named."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    found = queries.readable(coalition, acting)
    stand = [pledge for pledge in found if pledge.state in ("offered", "in_covenant")]
    promised = {goal.id for pledge in stand for goal in pledge.goals.all()}
    goals = list(coalition.goals.filter(dropped_at=None))
    context = {
        "coalition": coalition,
        "crumbs": _crumbs(coalition),
        "groups": presenters.pledges_by_party(found),
        "many": len(stand),
        "parties": len({pledge.party_id for pledge in stand}),
        "without": [goal for goal in goals if goal.id not in promised],
        "own": acting.party,
        "may_pledge": policies.may_start_pledge(acting, coalition),
    }
    return http.page(request, "commitments/pledges.html", context)


@require_safe
def page(request: HttpRequest, slug: str, pledge: uuid.UUID) -> HttpResponse:
    """One promise, with its earlier wordings and the covenants it stands in."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    found = _pledge(coalition, pledge, acting)
    context = {
        "coalition": coalition,
        "crumbs": [*_crumbs(coalition), Link(found.what)],
        "pledge": found,
        "level": presenters.LEVELS[Pledge.State(found.state)],
        "goals": found.goals.all(),
        "others": queries.done_with(found),
        "earlier": found.earlier.all(),
        "covenants": found.covenants.defer("document", "content").exclude(state="draft"),
        "may_pledge": policies.may_pledge(acting, found),
    }
    return http.page(request, "commitments/pledge.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a promise down; offering it is a step of its own."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    require(policies.may_start_pledge(acting, coalition))
    form = forms.PledgeForm(
        request.POST if request.method == "POST" else None,
        coalition=coalition,
        own=party_of(acting).id,
    )
    made: list[Pledge] = []
    if form.is_valid() and try_service(
        lambda: made.append(
            pledges.draft_pledge(coalition, actor=acting, wording=form.wording(), **form.rests())
        ),
        form,
    ):
        messages.success(request, _("Your promise is written down. Offer it when it is right."))
        return redirect("commitments:pledge", slug, made[0].id)
    return show_form(
        request,
        coalition,
        form,
        title=_("Make a promise"),
        lead=_("What does your organisation do, and how can everyone see that it was done?"),
        submit=_("Keep the draft"),
        sees=_("Only your own organisation sees this, until you offer it."),
        trail=_crumbs(coalition),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, slug: str, pledge: uuid.UUID) -> HttpResponse:
    """Change one's promise; what others could read stays readable."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    found = _pledge(coalition, pledge, acting)
    require(policies.may_pledge(acting, found))
    draft, here = found.state == Pledge.State.DRAFT, _here(coalition, found)
    sort = forms.PledgeForm if draft else forms.ChangedPledgeForm
    form = sort(
        request.POST if request.method == "POST" else None,
        coalition=coalition,
        own=found.party_id,
        instance=found,
    )
    if form.is_valid() and try_service(
        lambda: pledges.change(
            found,
            actor=acting,
            wording=form.wording(),
            **form.rests(),
            reason=form.cleaned_data.get("reason", ""),
        ),
        form,
    ):
        messages.success(request, _("Your promise was changed."))
        return redirect("commitments:pledge", slug, pledge)
    return show_form(
        request,
        coalition,
        form,
        title=_("Change your promise"),
        lead="" if draft else _("What was signed in a covenant stays as it was signed there."),
        submit=_("Keep the change"),
        sees=_("Only your own organisation sees this, until you offer it.") if draft else "",
        trail=here,
    )


@login_required
@require_POST
def offer(request: HttpRequest, slug: str, pledge: uuid.UUID) -> HttpResponse:
    """Offer one's promise for all to see."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    found = _pledge(coalition, pledge, acting)
    run_button(
        request,
        lambda: pledges.offer(found, actor=acting),
        _("Everyone can read your promise now."),
    )
    return redirect("commitments:pledge", slug, pledge)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, slug: str, pledge: uuid.UUID) -> HttpResponse:
    """Take one's promise back, with a reason."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    found = _pledge(coalition, pledge, acting)
    require(policies.may_pledge(acting, found))
    form = forms.WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and try_service(
        lambda: pledges.withdraw(found, actor=acting, **form.cleaned_data), form
    ):
        messages.success(request, _("Your promise was taken back."))
        return redirect("commitments:pledges", slug)
    return show_form(
        request,
        coalition,
        form,
        title=_("Take your promise back"),
        submit=_("Take it back"),
        trail=_here(coalition, found),
    )


def _crumbs(coalition: Coalition) -> list[Link]:
    return [
        Link(coalition.name, reverse("overview:home", args=[coalition.slug])),
        Link(_("Promises"), reverse("commitments:pledges", args=[coalition.slug])),
    ]


def _here(coalition: Coalition, pledge: Pledge) -> list[Link]:
    address = reverse("commitments:pledge", args=[coalition.slug, pledge.id])
    return [*_crumbs(coalition), Link(pledge.what, address)]


def _pledge(coalition: Coalition, pledge: uuid.UUID, acting: Actor) -> Pledge:
    """A promise that this reader may see; what was never offered is there for its party only."""
    found = coalition.pledges.select_related("party__organisation").filter(id=pledge).first()
    if not found or (found.offered_at is None and found.party_id != acting.party):
        raise Http404
    return found
