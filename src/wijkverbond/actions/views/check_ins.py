"""How pledges go: the owner reports, another partner judges."""

import uuid

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wijkverbond.actions import policies
from wijkverbond.actions.forms import check_ins as forms
from wijkverbond.actions.models import CheckIn, Fulfilment
from wijkverbond.actions.queries import pledges as queries
from wijkverbond.actions.services import check_ins as services
from wijkverbond.actions.views.common import crumbs
from wijkverbond.coalition.acting import find_record
from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.queries import voices
from wijkverbond.commitments.models import Pledge
from wijkverbond.kernel.actor import Actor
from wijkverbond.ui import http, shown
from wijkverbond.ui.decorators import form_page
from wijkverbond.ui.forms import bound, try_service
from wijkverbond.ui.navigation import Link


@require_safe
def index(request: HttpRequest, slug: str, pledge_id: uuid.UUID) -> HttpResponse:
    """Every report of one pledge, and what others say of it."""
    pledge, actor = find_record(request, slug, _offered_pledges, pledge_id)
    history = queries.history(pledge)
    last = history[0] if history else None
    may_judge = policies.may_judge_pledge(actor, pledge) if last else None
    shortfalls = (
        queries.shortfalls_shown_to(pledge, actor.party, actor.today) if actor.is_party else ()
    )
    context = {
        "coalition": pledge.coalition,
        "crumbs": crumbs(pledge.coalition, Link(pledge.what)),
        "pledge": pledge,
        "progress": queries.pledge_progress(pledge, last, actor.today),
        "history": history,
        "may_check_in": pledge.stands and policies.may_check_in(actor, pledge),
        "may_judge": may_judge,
        "judged_for_another": policies.judged_for_another(actor, pledge) if may_judge else (),
        "second_voice": voices.SECOND_VOICE,
        "also_for": voices.also_act_for(pledge.coalition, actor.now),
        "party": actor.party,
        "shortfalls": shortfalls,
        "why_not": may_judge.reason if may_judge is not None and not may_judge else "",
    }
    return http.page(request, "actions/check_ins.html", context)


@form_page
def check_in(request: HttpRequest, slug: str, pledge_id: uuid.UUID) -> HttpResponse:
    """Say how one's own pledge goes."""
    pledge, actor = find_record(request, slug, _offered_pledges, pledge_id, policies.may_check_in)
    dues = queries.open_dues(pledge, actor.today)
    form = bound(forms.CheckInForm, request, pledge=pledge, dues=dues)
    if form.is_valid():
        with try_service(form):
            services.check_in(pledge, actor=actor, **form.cleaned_data)
            messages.success(request, _("Thank you. Another partner now says what it sees."))
            return redirect("actions:check_ins", slug, pledge_id)
    return http.show_one_form(
        request,
        form,
        coalition=pledge.coalition,
        crumbs=_crumbs_to(pledge),
        title=_("How does your promise go?"),
        lead=pledge.what,
        submit=_("Report this"),
    )


@form_page
def judge(request: HttpRequest, slug: str, check_in_id: uuid.UUID) -> HttpResponse:
    """Say, as another partner than the owner, whether a pledge was done."""
    check_in, actor = find_record(request, slug, _check_ins, check_in_id, policies.may_judge)
    pledge = check_in.pledge
    form = bound(forms.JudgeForm, request)
    if form.is_valid():
        with try_service(form):
            was_shown = shown.sent(request, check_in)
            messages.success(request, _judge(check_in, actor, form, was_shown))
            return redirect("actions:check_ins", slug, pledge.id)
    return http.show_one_form(
        request,
        form,
        coalition=pledge.coalition,
        crumbs=_crumbs_to(pledge),
        title=_("Was this promise done?"),
        submit=_("Say what we see"),
        shown=check_in,
    )


def _judge(check_in: CheckIn, actor: Actor, form: forms.JudgeForm, shown: str) -> str:
    """Judge, or tell the owner first; what happened, in words."""
    verdict = form.cleaned_data["verdict"]
    if verdict != Fulfilment.NOT or queries.was_heard(check_in, actor.today):
        services.judge(check_in, actor=actor, shown=shown, **form.cleaned_data)
        return _("Thank you. Everyone sees what you say.")
    remark = form.cleaned_data["remark"]
    shortfall = services.announce(check_in, actor=actor, remark=remark, shown=shown)
    day = date_format(shortfall.answer_by, "j F Y")
    return _("Thank you. Only the partner reads this now. It can respond until %(day)s.") % {
        "day": day
    }


def _offered_pledges(coalition: Coalition) -> QuerySet[Pledge]:
    return coalition.pledges.offered().select_related("party__organisation")


def _check_ins(coalition: Coalition) -> QuerySet[CheckIn]:
    check_ins = CheckIn.objects.filter(pledge__coalition=coalition)
    return check_ins.select_related("pledge__coalition", "pledge__party__organisation")


def _crumbs_to(pledge: Pledge) -> list[Link]:
    check_ins_url = reverse("actions:check_ins", args=[pledge.coalition.slug, pledge.id])
    return crumbs(pledge.coalition, Link(pledge.what, check_ins_url))
