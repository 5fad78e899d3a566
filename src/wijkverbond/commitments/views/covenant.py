"""The covenant to read: what holds now or can be signed, and its PDF."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wijkverbond.coalition.acting import coalition_or_404, current_actor
from wijkverbond.coalition.models import Coalition
from wijkverbond.commitments import policies, presenters, queries
from wijkverbond.commitments.models import Covenant
from wijkverbond.commitments.views.common import crumbs
from wijkverbond.kernel import clock
from wijkverbond.ui import http

FIRST = [Covenant.State.IN_FORCE, Covenant.State.SIGNING, Covenant.State.DRAFT]


@require_safe
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """The covenant that holds now, else the one that can be signed, else the newest."""
    coalition = coalition_or_404(request, slug)
    found = queries.covenants(coalition)
    by_state = {covenant.state: covenant for covenant in reversed(found)}
    shown = next((by_state[state] for state in FIRST if state in by_state), None)
    return _page(request, coalition, found, shown or (found[0] if found else None))


@require_safe
def page(request: HttpRequest, slug: str, covenant: uuid.UUID) -> HttpResponse:
    """One covenant: its term, its signatures, its promises, and its check number."""
    coalition = coalition_or_404(request, slug)
    found = queries.covenants(coalition)
    shown = next((version for version in found if version.id == covenant), None)
    if not shown:
        raise Http404
    return _page(request, coalition, found, shown)


@require_safe
def download(request: HttpRequest, slug: str, covenant: uuid.UUID) -> HttpResponse:
    """The PDF that is signed, byte for byte as it was frozen."""
    coalition = coalition_or_404(request, slug)
    found = coalition.covenants.filter(id=covenant).first()
    if not found or found.document is None:
        raise Http404
    response = HttpResponse(bytes(found.document), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="convenant.pdf"'
    return response


def _page(
    request: HttpRequest, coalition: Coalition, found: list[Covenant], shown: Covenant | None
) -> HttpResponse:
    acting, today = current_actor(request, coalition), timezone.localdate(clock.now())
    draft = shown is not None and shown.state == Covenant.State.DRAFT
    asked = queries.to_sign(coalition) if draft else []
    told = presenters.covenant_page(shown, asked, today) if shown else None
    others = [
        presenters.covenant_page(version, [], today) for version in found if version is not shown
    ]
    signed = {signer.party.id for signer in told.signed} if told else set()
    may_sign = shown and acting.party not in signed and policies.may_sign(acting, shown)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition)[:2],
        "covenant": shown,
        "told": told,
        "others": others,
        "successor": next((one for one in others if one.covenant.state == "signing"), None),
        "drafted": next((one for one in others if one.covenant.state == "draft"), None),
        "may_start": policies.may_start_covenant(acting, coalition),
        "may_compose": shown and policies.may_compose(acting, shown),
        "may_sign": may_sign,
        "declined": told and acting.party in {signer.party.id for signer in told.declined},
        "may_hold_yearly_check": shown
        and shown.state == Covenant.State.IN_FORCE
        and policies.may_hold_yearly_check(acting, shown),
    }
    return http.page(request, "commitments/covenant.html", context)
