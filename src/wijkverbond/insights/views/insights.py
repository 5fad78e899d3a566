"""How the neighbourhood is doing: figures, signals on the map, insights and who recognises them."""

import datetime as dt
import uuid

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wijkverbond.coalition.acting import coalition_or_404, current_actor
from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.views.common import try_service
from wijkverbond.insights import forms, policies, presenters, queries, services
from wijkverbond.insights.models import Insight
from wijkverbond.insights.views.common import crumbs, focus, form_page, someone, too_many
from wijkverbond.kernel import clock, rate_limits
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import require
from wijkverbond.ui import http
from wijkverbond.ui.forms import status
from wijkverbond.ui.navigation import Link

COOKIE = "herken"
KEEP = dt.timedelta(days=365)
VIEWS_PER_HOUR = 60
HOUR = dt.timedelta(hours=1)
ON_THE_MAP = 20
INSIGHTS_PER_PAGE = 9
CARDS = 6
TRENDS = 2


@require_safe
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """How the neighbourhood is doing, what people see, and what we know."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    buurten = queries.buurten(coalition)
    portrait = presenters.portrait(coalition, buurten)
    spots, drawn = presenters.signal_spots(buurten, list(queries.published(coalition)[:ON_THE_MAP]))
    known, late = queries.numbers(coalition, clock.now())
    pages = Paginator(queries.current(coalition), INSIGHTS_PER_PAGE)
    pages.count = known
    page = pages.get_page(request.GET.get("page"))
    context = {
        "coalition": coalition,
        "crumbs": [*crumbs(coalition)[:1], Link(_("Insights"))],
        "cards": portrait.cards[:CARDS],
        "trends": portrait.trends[:TRENDS],
        "spots": spots,
        "map": drawn,
        "late": late,
        "page": page,
        "insights": [presenters.insight_card(found, buurten) for found in page],
        "may_publish": policies.may_publish(acting),
        "may_read_new": policies.may_read_new(acting),
    }
    return http.page(request, "insights/index.html", context)


@require_safe
def insight(request: HttpRequest, slug: str, insight: uuid.UUID) -> HttpResponse:
    """One insight: its sources, who recognises it and who does not, and its earlier wordings."""
    coalition = coalition_or_404(request, slug)
    found, acting = _insight(coalition, insight), current_actor(request, coalition)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(found.statement)),
        "insight": found,
        "told": presenters.insight_card(found, queries.buurten(coalition)),
        "earlier": found.earlier.all(),
        "may_change": policies.may_change(acting, found),
    }
    return http.page(request, "insights/insight.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Share an insight."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    require(policies.may_publish(acting))
    form = forms.InsightForm(
        request.POST if request.method == "POST" else None, coalition=coalition
    )
    if form.is_valid() and try_service(
        lambda: services.publish_insight(
            coalition,
            actor=acting,
            statement=form.cleaned_data["statement"],
            explanation=form.cleaned_data["explanation"],
            sources=form.sources(),
        ),
        form,
    ):
        messages.success(request, _("Your insight is there. Ask others whether they see it too."))
        return redirect("insights:index", slug)
    title, submit = _("Share an insight"), _("Share this insight")
    return form_page(request, coalition, form, title=title, submit=submit)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: HttpRequest, slug: str, insight: uuid.UUID) -> HttpResponse:
    """Revise one's insight."""
    coalition = coalition_or_404(request, slug)
    found, acting = _insight(coalition, insight), current_actor(request, coalition)
    require(policies.may_change(acting, found))
    form = forms.RevisionForm(
        request.POST if request.method == "POST" else None, coalition=coalition, insight=found
    )
    if form.is_valid() and try_service(
        lambda: services.revise_insight(
            found,
            actor=acting,
            statement=form.cleaned_data["statement"],
            explanation=form.cleaned_data["explanation"],
            reason=form.cleaned_data["reason"],
            sources=form.sources(),
        ),
        form,
    ):
        messages.success(request, _("The new wording is there. The earlier one stays readable."))
        return redirect("insights:insight", slug, insight)
    title, submit = _("Revise this insight"), _("Use this wording")
    return form_page(request, coalition, form, title=title, submit=submit)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, slug: str, insight: uuid.UUID) -> HttpResponse:
    """Take one's insight back."""
    coalition = coalition_or_404(request, slug)
    found, acting = _insight(coalition, insight), current_actor(request, coalition)
    require(policies.may_change(acting, found))
    form = forms.ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and try_service(
        lambda: services.withdraw_insight(found, actor=acting, **form.cleaned_data), form
    ):
        messages.success(request, _("The insight is taken back. It stays readable."))
        return redirect("insights:insight", slug, insight)
    title, submit = _("Take this insight back"), _("Take it back")
    return form_page(request, coalition, form, title=title, submit=submit, about=found.statement)


@require_http_methods(["GET", "HEAD", "POST"])
def recognise(request: HttpRequest, slug: str, insight: uuid.UUID) -> HttpResponse:
    """Recognise an insight or see it otherwise: a partner by name, everyone else without one."""
    coalition = coalition_or_404(request, slug)
    found, acting = _insight(coalition, insight), current_actor(request, coalition)
    if acting.is_party:
        return _by_name(request, coalition, found, acting)
    pseudonym, kind = _known(request)
    form = forms.PersonForm(request.POST if request.method == "POST" else None, kind=kind)
    if form.is_valid():
        if not rate_limits.allow(
            f"insights.view:{rate_limits.visitor(request)}", VIEWS_PER_HOUR, HOUR
        ):
            return too_many(request, coalition)
        if try_service(
            lambda: services.recognise_as_person(
                found,
                actor=someone(coalition),
                pseudonym=pseudonym,
                kind=form.speaks,
                involvement=forms.INVOLVEMENT[form.speaks],
                view=form.cleaned_data["view"],
            ),
            form,
        ):
            return _thanked(request, found, pseudonym, form.speaks)
    context = {**focus(coalition), "insight": found, "form": form}
    return http.page(request, "insights/recognise.html", context, status=status(form))


def _by_name(
    request: HttpRequest, coalition: Coalition, found: Insight, acting: Actor
) -> HttpResponse:
    require(policies.may_recognise(acting, found))
    form = forms.ViewForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and try_service(
        lambda: services.recognise(found, actor=acting, **form.cleaned_data), form
    ):
        messages.success(request, _("What your partner says of it is there, by name."))
        return redirect("insights:insight", coalition.slug, found.id)
    title, submit = _("Do you recognise this?"), _("Say this by name")
    return form_page(request, coalition, form, title=title, submit=submit, about=found.statement)


def _thanked(request: HttpRequest, found: Insight, pseudonym: uuid.UUID, kind: str) -> HttpResponse:
    slug = found.coalition.slug
    messages.success(
        request, _("Thank you, it counts. Once a day we count; from five people on it shows.")
    )
    response = redirect("insights:insight", slug, found.id)
    response.set_signed_cookie(
        COOKIE,
        f"{pseudonym}/{kind}",
        max_age=KEEP,
        httponly=True,
        secure=settings.SECURE_SITE,
        samesite="Lax",
        path=reverse("insights:index", args=[slug]),
    )
    return response


def _known(request: HttpRequest) -> tuple[uuid.UUID, str]:
    """The pseudonym of this browser in this coalition and who it said to be; new when unknown."""
    pseudonym, _slash, kind = (request.get_signed_cookie(COOKIE, default="") or "").partition("/")
    if kind in forms.Speaks.values:
        return uuid.UUID(pseudonym), kind
    return uuid.uuid4(), ""


def _insight(coalition: Coalition, insight: uuid.UUID) -> Insight:
    found = queries.known(coalition).filter(id=insight).first()
    if not found:
        raise Http404
    return found
