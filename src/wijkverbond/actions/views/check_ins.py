"""How promises go: the owner reports, another partner judges."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wijkverbond.actions import policies
from wijkverbond.actions.forms import check_ins as forms
from wijkverbond.actions.models import CheckIn, Fulfilment
from wijkverbond.actions.queries import promises as queries
from wijkverbond.actions.services import check_ins as services
from wijkverbond.actions.views.common import crumbs
from wijkverbond.coalition.acting import coalition_or_404, current_actor
from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.views.common import try_service
from wijkverbond.commitments.models import Pledge
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import require
from wijkverbond.ui import http
from wijkverbond.ui.navigation import Link


@require_safe
def index(request: HttpRequest, slug: str, pledge: uuid.UUID) -> HttpResponse:
    """Every report of one promise, and what others say of it."""
    coalition = coalition_or_404(request, slug)
    acting, found = current_actor(request, coalition), _pledge(coalition, pledge)
    history = queries.history(found)
    last = history[0] if history else None
    if last:
        last.check_in.pledge = found
    may_judge = policies.may_judge(acting, last.check_in) if last else None
    today = acting.today
    stands = found.state in (Pledge.State.OFFERED, Pledge.State.IN_COVENANT)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(found.what)),
        "pledge": found,
        "promise": queries.promise(found, last, today),
        "history": history,
        "may_check_in": stands and policies.may_check_in(acting, found),
        "may_judge": may_judge,
        "party": acting.party,
        "told": queries.told_owner(found, acting.party, today) if acting.is_party else (),
        "why_not": may_judge.reason if may_judge is not None and not may_judge else "",
    }
    return http.page(request, "actions/check_ins.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest, slug: str, pledge: uuid.UUID) -> HttpResponse:
    """Say how one's own promise goes."""
    coalition = coalition_or_404(request, slug)
    acting, found = current_actor(request, coalition), _pledge(coalition, pledge)
    require(policies.may_check_in(acting, found))
    posted = request.POST if request.method == "POST" else None
    dues = queries.open_dues(found, acting.today)
    form = forms.CheckInForm(posted, pledge=found, dues=dues)
    if form.is_valid() and try_service(
        lambda: services.check_in(found, actor=acting, **form.cleaned_data), form
    ):
        messages.success(request, _("Thank you. Another partner now says what it sees."))
        return redirect("actions:check_ins", slug, pledge)
    title = _("How does your promise go?")
    return http.form_page(
        request,
        coalition,
        form,
        title=title,
        submit=_("Report this"),
        crumbs=_trail(coalition, found, title),
        lead=found.what,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def judge(request: HttpRequest, slug: str, check_in: uuid.UUID) -> HttpResponse:
    """Say, as another partner than the owner, whether a promise was done."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    found = (
        CheckIn.objects.select_related("pledge__party__organisation")
        .filter(id=check_in, pledge__coalition=coalition)
        .first()
    )
    if not found:
        raise Http404
    require(policies.may_judge(acting, found))
    form = forms.JudgeForm(request.POST if request.method == "POST" else None)
    said: list[str] = []
    if form.is_valid() and try_service(lambda: said.append(_say(found, acting, form)), form):
        messages.success(request, said[0])
        return redirect("actions:check_ins", slug, found.pledge_id)
    title = _("Was this promise done?")
    lead = _("%(party)s promised: %(what)s. It says itself: %(verdict)s.") % {
        "party": found.pledge.party,
        "what": found.pledge.what,
        "verdict": found.get_verdict_display().lower(),
    }
    return http.form_page(
        request,
        coalition,
        form,
        title=title,
        submit=_("Say what we see"),
        crumbs=_trail(coalition, found.pledge, title),
        lead=lead,
    )


def _say(found: CheckIn, acting: Actor, form: forms.JudgeForm) -> str:
    """Judge, or tell the owner first; what happened, in words."""
    today = acting.today
    if form.cleaned_data["verdict"] != Fulfilment.NOT or queries.was_heard(found, today):
        services.judge(found, actor=acting, **form.cleaned_data)
        return _("Thank you. Everyone sees what you say.")
    told = services.announce(found, actor=acting, remark=form.cleaned_data["remark"])
    day = date_format(told.answer_by, "j F Y")
    return _("Thank you. Only the partner reads this now. It can respond until %(day)s.") % {
        "day": day
    }


def _trail(coalition: Coalition, pledge: Pledge, title: str) -> list[Link]:
    here = reverse("actions:check_ins", args=[coalition.slug, pledge.id])
    return crumbs(coalition, Link(pledge.what, here), Link(title))


def _pledge(coalition: Coalition, wanted: uuid.UUID) -> Pledge:
    found = (
        coalition.pledges.exclude(offered_at=None)
        .select_related("party__organisation")
        .filter(id=wanted)
        .first()
    )
    if not found:
        raise Http404
    return found
