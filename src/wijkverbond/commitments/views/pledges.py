"""Pledges: who promised what, and what a partner does with its own."""

import uuid
from functools import partial

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wijkverbond.coalition.acting import find_coalition, find_record
from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.queries import party_of
from wijkverbond.commitments import forms, policies, presenters, queries
from wijkverbond.commitments.models import Pledge
from wijkverbond.commitments.services import pledges
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import require
from wijkverbond.ui import http, navigation
from wijkverbond.ui.decorators import button, form_page
from wijkverbond.ui.forms import bound, try_service
from wijkverbond.ui.navigation import Link

State = Pledge.State
crumbs = partial(navigation.crumbs, "commitments:pledges")


@require_safe
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """Who promised what, by partner; goals without a pledge are named."""
    coalition, actor = find_coalition(request, slug)
    readable = queries.readable(coalition, actor)
    standing_pledges = [pledge for pledge in readable if pledge.stands]
    promised = {goal.id for pledge in standing_pledges for goal in pledge.goals.all()}
    goals = list(coalition.goals.standing())
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition),
        "groups": presenters.pledges_by_party(readable),
        "standing_count": len(standing_pledges),
        "party_count": len({pledge.party_id for pledge in standing_pledges}),
        "goals_without_pledge": [goal for goal in goals if goal.id not in promised],
        "own_party": actor.party,
        "may_pledge": policies.may_start_pledge(actor, coalition),
    }
    return http.page(request, "commitments/pledges.html", context)


@require_safe
def page(request: HttpRequest, slug: str, pledge_id: uuid.UUID) -> HttpResponse:
    """One pledge, with its earlier wordings and the covenants it stands in."""
    pledge, actor = _find_pledge(request, slug, pledge_id)
    context = {
        "coalition": pledge.coalition,
        "crumbs": crumbs(pledge.coalition, Link(pledge.what)),
        "pledge": pledge,
        "level": presenters.LEVELS[State(pledge.state)],
        "goals": pledge.goals.all(),
        "others": queries.pledge_partners(pledge),
        "earlier": pledge.earlier.all(),
        "covenants": pledge.covenants.defer("document", "content").exclude(state="draft"),
        "may_pledge": policies.may_pledge(actor, pledge),
    }
    return http.page(request, "commitments/pledge.html", context)


@form_page
def write(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a pledge down; offering it is a step of its own."""
    coalition, actor = find_coalition(request, slug, policies.may_start_pledge)
    form = bound(forms.PledgeForm, request, coalition=coalition, own=party_of(actor).id)
    if form.is_valid():
        with try_service(form):
            pledge = pledges.draft_pledge(
                coalition, actor=actor, wording=form.wording(), **form.rests()
            )
            messages.success(request, _("Your promise is written down. Offer it when it is right."))
            return redirect("commitments:pledge", slug, pledge.id)
    return http.show_one_form(
        request,
        form,
        coalition=coalition,
        crumbs=crumbs(coalition),
        title=_("Make a promise"),
        lead=_("What does your organisation do, and how can everyone see that it was done?"),
        submit=_("Keep the draft"),
        sees=_("Only your own organisation sees this, until you offer it."),
    )


@form_page
def change(request: HttpRequest, slug: str, pledge_id: uuid.UUID) -> HttpResponse:
    """Change one's pledge; what others could read stays readable."""
    pledge, actor = _find_pledge(request, slug, pledge_id)
    require(policies.may_pledge(actor, pledge))
    crumbs_to_pledge = _crumbs_to(pledge)  # with the words that stand, not with those just typed
    is_draft = pledge.state == State.DRAFT
    form_class = forms.PledgeForm if is_draft else forms.ChangedPledgeForm
    form = bound(
        form_class, request, coalition=pledge.coalition, own=pledge.party_id, instance=pledge
    )
    if form.is_valid():
        with try_service(form):
            pledges.change(
                pledge,
                actor=actor,
                wording=form.wording(),
                **form.rests(),
                reason=form.cleaned_data.get("reason", ""),
            )
            messages.success(request, _("Your promise was changed."))
            return redirect("commitments:pledge", slug, pledge_id)
    return http.show_one_form(
        request,
        form,
        coalition=pledge.coalition,
        crumbs=crumbs_to_pledge,
        title=_("Change your promise"),
        lead="" if is_draft else _("What was signed in a covenant stays as it was signed there."),
        submit=_("Keep the change"),
        sees=_("Only your own organisation sees this, until you offer it.") if is_draft else "",
    )


@button
def offer(request: HttpRequest, slug: str, pledge_id: uuid.UUID) -> HttpResponse:
    """Offer one's pledge for all to see."""
    pledge, actor = _find_pledge(request, slug, pledge_id)
    with http.run_button(request, _("Everyone can read your promise now.")):
        pledges.offer(pledge, actor=actor)
    return redirect("commitments:pledge", slug, pledge_id)


@form_page
def withdraw(request: HttpRequest, slug: str, pledge_id: uuid.UUID) -> HttpResponse:
    """Take one's pledge back, with a reason."""
    pledge, actor = _find_pledge(request, slug, pledge_id)
    require(policies.may_pledge(actor, pledge))
    form = bound(forms.WithdrawForm, request)
    if form.is_valid():
        with try_service(form):
            pledges.withdraw(pledge, actor=actor, **form.cleaned_data)
            messages.success(request, _("Your promise was taken back."))
            return redirect("commitments:pledges", slug)
    return http.show_one_form(
        request,
        form,
        coalition=pledge.coalition,
        crumbs=_crumbs_to(pledge),
        title=_("Take your promise back"),
        submit=_("Take it back"),
    )


def _find_pledge(request: HttpRequest, slug: str, pledge_id: uuid.UUID) -> tuple[Pledge, Actor]:
    """A pledge that this reader may see."""
    pledge, actor = find_record(request, slug, _pledges, pledge_id)
    if not pledge.readable_by(actor.party):
        raise Http404
    return pledge, actor


def _pledges(coalition: Coalition) -> QuerySet[Pledge]:
    return coalition.pledges.select_related("party__organisation")


def _crumbs_to(pledge: Pledge) -> list[Link]:
    address = reverse("commitments:pledge", args=[pledge.coalition.slug, pledge.id])
    return crumbs(pledge.coalition, Link(pledge.what, address))
