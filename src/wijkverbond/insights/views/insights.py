"""How the neighbourhood is doing: figures, signals on the map, insights and who recognises them."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from wijkverbond.coalition.acting import (
    anonymous_participant,
    coalition_or_404,
    find_coalition,
    find_record,
)
from wijkverbond.coalition.queries import voices
from wijkverbond.insights import forms, policies, presenters, queries, services
from wijkverbond.insights.models import Insight
from wijkverbond.insights.views.common import COOKIE, crumbs, focus, show_form, turn
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.retention import COOKIE_KEPT
from wijkverbond.ui import http, sent_once, shown
from wijkverbond.ui.decorators import form_page, open_button, open_form_page
from wijkverbond.ui.forms import bound, try_service
from wijkverbond.ui.navigation import Link

VIEWS_AT_ONCE = 60  # of one network in an hour; the next wait a moment
ON_THE_MAP = 20
INSIGHTS_PER_PAGE = 9
CARDS = 6
TRENDS = 2


@require_safe
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """How the neighbourhood is doing, what people see, and what we know."""
    coalition, actor = find_coalition(request, slug)
    buurten = queries.buurten(coalition)
    portrait = presenters.portrait(coalition, buurten)
    signals = list(queries.published(coalition)[:ON_THE_MAP])
    spots, area_map = presenters.signal_spots(buurten, signals)
    current_count, late_count = queries.numbers(coalition, actor.now)
    pages = Paginator(queries.current(coalition), INSIGHTS_PER_PAGE)
    pages.count = current_count
    page = pages.get_page(request.GET.get("page"))
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition),
        "cards": portrait.cards[:CARDS],
        "trends": portrait.trends[:TRENDS],
        "spots": spots,
        "map": area_map,
        "late_count": late_count,
        "page": page,
        "insights": [presenters.insight_card(insight, buurten) for insight in page],
        "may_publish": policies.may_publish_insight(actor),
        "recognised_for_another": policies.recognised_for_another(actor, coalition),
        "second_voice": voices.SECOND_VOICE,
        "may_read_new": policies.may_read_new_signals(actor),
    }
    return http.page(request, "insights/index.html", context)


@require_safe
def insight(request: HttpRequest, slug: str, insight_id: uuid.UUID) -> HttpResponse:
    """One insight: its sources, who recognises it and who does not, and its earlier wordings."""
    insight, actor = find_record(request, slug, queries.every_insight, insight_id)
    coalition = insight.coalition
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(insight.statement)),
        "insight": insight,
        "insight_card": presenters.insight_card(insight, queries.buurten(coalition)),
        "also_for": voices.also_act_for(coalition, actor.now),
        "earlier": insight.earlier.all(),
        "why_not": policies.may_recognise(actor, insight).reason if actor.is_party else "",
        "may_change": policies.may_change(actor, insight),
        "known_here": COOKIE in request.COOKIES,
    }
    return http.page(request, "insights/insight.html", context)


@form_page
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Share an insight."""
    coalition, actor = find_coalition(request, slug)
    require(policies.may_publish_insight(actor))
    form = bound(forms.InsightForm, request, coalition=coalition)
    if form.is_valid():
        with try_service(form):
            services.publish_insight(
                coalition,
                actor=actor,
                wording=form.wording(),
                sources=form.sources(),
            )
            message = _("Your insight is there. Ask others whether they see it too.")
            messages.success(request, message)
            return redirect("insights:index", slug)
    title, submit = _("Share an insight"), _("Share this insight")
    return show_form(request, form, coalition, title=title, submit=submit)


@form_page
def revise(request: HttpRequest, slug: str, insight_id: uuid.UUID) -> HttpResponse:
    """Revise one's insight."""
    insight, actor = find_record(
        request, slug, queries.every_insight, insight_id, policies.may_change
    )
    coalition = insight.coalition
    form = bound(forms.RevisionForm, request, coalition=coalition, insight=insight)
    if form.is_valid():
        with try_service(form):
            services.revise_insight(
                insight,
                actor=actor,
                wording=form.wording(),
                reason=form.cleaned_data["reason"],
                sources=form.sources(),
            )
            message = _("The new wording is there. The earlier one stays readable.")
            messages.success(request, message)
            return redirect("insights:insight", slug, insight_id)
    title, submit = _("Revise this insight"), _("Use this wording")
    return show_form(request, form, coalition, title=title, submit=submit)


@form_page
def withdraw(request: HttpRequest, slug: str, insight_id: uuid.UUID) -> HttpResponse:
    """Take one's insight back."""
    insight, actor = find_record(
        request, slug, queries.every_insight, insight_id, policies.may_change
    )
    form = bound(forms.ReasonForm, request)
    if form.is_valid():
        with try_service(form):
            services.withdraw_insight(insight, actor=actor, **form.cleaned_data)
            messages.success(request, _("The insight is taken back. It stays readable."))
            return redirect("insights:insight", slug, insight_id)
    return show_form(
        request,
        form,
        insight.coalition,
        title=_("Take this insight back"),
        submit=pgettext("insight", "Take it back"),
        about=insight.statement,
    )


@open_form_page
def recognise(request: HttpRequest, slug: str, insight_id: uuid.UUID) -> HttpResponse:
    """Recognise an insight or see it otherwise: a partner by name, everyone else without one."""
    insight, actor = find_record(request, slug, queries.every_insight, insight_id)
    if actor.is_party:
        return _recognise_by_name(request, insight, actor)
    return _recognise_without_name(request, insight)


def _recognise_by_name(request: HttpRequest, insight: Insight, actor: Actor) -> HttpResponse:
    require(policies.may_recognise(actor, insight))
    coalition = insight.coalition
    form = bound(forms.ViewForm, request)
    if form.is_valid():
        with try_service(form):
            services.recognise(
                insight,
                actor=actor,
                shown=shown.sent(request, insight),
                **form.cleaned_data,
            )
            messages.success(request, _("What your partner says of it is there, by name."))
            return redirect("insights:insight", coalition.slug, insight.id)
    return show_form(
        request,
        form,
        coalition,
        title=_("Do you recognise this?"),
        submit=_("Say this by name"),
        shown=insight,
    )


def _recognise_without_name(request: HttpRequest, insight: Insight) -> HttpResponse:
    coalition = insight.coalition
    pseudonym, kind = _visitor_before(request)
    form = bound(forms.PersonForm, request, kind=kind)
    if form.is_valid():
        if wait := turn(request, coalition, "insights.view", first=VIEWS_AT_ONCE):
            return wait
        with try_service(form):
            services.recognise_as_person(
                insight,
                actor=anonymous_participant(coalition),
                pseudonym=pseudonym,
                kind=form.speaks,
                involvement=forms.INVOLVEMENT[form.speaks],
                view=form.cleaned_data["view"],
                shown=shown.sent(request, insight),
            )
            return _thank(request, insight, pseudonym, form.speaks)
    context = {**focus(request, coalition), "insight": insight}
    return http.show_form(request, "insights/recognise.html", form, context)


@open_button
def someone_else(request: HttpRequest, slug: str) -> HttpResponse:
    """Forget whose views these were: somebody else has the phone now."""
    index_url = reverse("insights:index", args=[coalition_or_404(request, slug).slug])
    response = redirect(
        http.page_of_this_site(request, request.POST.get("next", ""), otherwise=index_url)
    )
    http.forget(response, COOKIE, path=index_url)
    return response


def _thank(request: HttpRequest, insight: Insight, pseudonym: uuid.UUID, kind: str) -> HttpResponse:
    slug = insight.coalition.slug
    message = _("Thank you, it counts. Once a day we count; from five people on it shows.")
    messages.success(request, message)
    response = redirect("insights:insight", slug, insight.id)
    path = reverse("insights:index", args=[slug])
    http.remember(response, COOKIE, f"{pseudonym}/{kind}", keep=COOKIE_KEPT, path=path)
    return response


def _visitor_before(request: HttpRequest) -> tuple[uuid.UUID, str]:
    """The pseudonym of this browser in this coalition and who it said to be; new when unknown."""
    cookie = request.get_signed_cookie(COOKIE, default="", max_age=COOKIE_KEPT)
    pseudonym, _slash, kind = (cookie or "").partition("/")
    if kind in forms.Speaks.values:
        return uuid.UUID(pseudonym), kind
    return sent_once.pseudonym(request), ""
