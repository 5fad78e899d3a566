"""The covenant to read: what holds now or can be signed, and its PDF."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wijkverbond.coalition.acting import coalition_or_404, find_coalition
from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.queries import voices
from wijkverbond.commitments import document, policies, presenters, queries
from wijkverbond.commitments.models import Covenant
from wijkverbond.commitments.views.common import crumbs
from wijkverbond.kernel.actor import Actor
from wijkverbond.ui import http

State = Covenant.State
FIRST = (State.IN_FORCE, State.SIGNING, State.DRAFT)


@require_safe
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """The covenant that holds now, else the one that can be signed, else the newest."""
    coalition, actor = find_coalition(request, slug)
    covenants = queries.covenants(coalition)
    by_state = {each.state: each for each in reversed(covenants)}
    newest = covenants[0] if covenants else None
    covenant = next((by_state[state] for state in FIRST if state in by_state), newest)
    return _show(request, coalition, actor, covenants, covenant)


@require_safe
def page(request: HttpRequest, slug: str, covenant_id: uuid.UUID) -> HttpResponse:
    """One covenant: its term, its signatures, its pledges, and its check number."""
    coalition, actor = find_coalition(request, slug)
    covenants = queries.covenants(coalition)
    covenant = next((each for each in covenants if each.id == covenant_id), None)
    if not covenant:
        raise Http404
    return _show(request, coalition, actor, covenants, covenant)


@require_safe
def download(request: HttpRequest, slug: str, covenant_id: uuid.UUID) -> HttpResponse:
    """The PDF that is signed, byte for byte as it was frozen."""
    covenant = coalition_or_404(request, slug).covenants.filter(id=covenant_id).first()
    if not covenant or covenant.document is None:
        raise Http404
    response = HttpResponse(bytes(covenant.document), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="convenant.pdf"'
    return response


@require_safe
def exact_text(request: HttpRequest, slug: str, covenant_id: uuid.UUID) -> HttpResponse:
    """What the PDF was made from, as it was written: its digest stands in a PDF that cannot show it."""
    covenant = coalition_or_404(request, slug).covenants.filter(id=covenant_id).first()
    if not covenant or not covenant.content:
        raise Http404
    return HttpResponse(document.exact_text(covenant.content), content_type="application/json")


def _show(
    request: HttpRequest,
    coalition: Coalition,
    actor: Actor,
    covenants: list[Covenant],
    covenant: Covenant | None,
) -> HttpResponse:
    others = [
        presenters.covenant_page(other, [], actor.today)
        for other in covenants
        if other is not covenant
    ]
    by_state = {other.covenant.state: other for other in reversed(others)}
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition),
        "covenant": covenant,
        "others": others,
        "successor": by_state.get(State.SIGNING),
        "drafted": by_state.get(State.DRAFT),
        "may_start": policies.may_start_covenant(actor, coalition),
    }
    if covenant:
        context |= _covenant_context(covenant, actor)
    return http.page(request, "commitments/covenant.html", context)


def _covenant_context(covenant: Covenant, actor: Actor) -> dict[str, object]:
    """What is told of the covenant itself, and what the reader can do with it."""
    to_sign = queries.to_sign(covenant.coalition) if covenant.state == State.DRAFT else []
    page_of_covenant = presenters.covenant_page(covenant, to_sign, actor.today)
    has_signed = actor.party in {signer.party.id for signer in page_of_covenant.with_signature}
    may_sign = policies.may_sign(actor, covenant)
    can_be_signed = covenant.state in (State.SIGNING, State.IN_FORCE)
    return {
        "covenant_page": page_of_covenant,
        "seal": queries.seal_after_signature(covenant, actor) if has_signed else None,
        "signing_status": presenters.signing_status(covenant, actor.now),
        "later_signers": queries.asked_afterwards(covenant),
        "opened_by": queries.objection_to_predecessor(covenant),
        "may_compose": policies.may_compose(actor, covenant),
        "may_reopen": policies.may_reopen(actor, covenant),
        "may_sign": may_sign.is_offered and not has_signed,
        "why_not_sign": may_sign.reason
        if actor.is_party and can_be_signed and not has_signed
        else "",
        "declined": actor.party in {signer.party.id for signer in page_of_covenant.declined},
        "also_for": voices.also_act_for(covenant.coalition, actor.now) if can_be_signed else {},
        "may_hold_yearly_check": covenant.state == State.IN_FORCE
        and policies.may_hold_yearly_check(actor, covenant),
    }
