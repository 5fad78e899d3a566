"""What could not be delivered of what went out for a party, or for the secretariat."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wijkverbond.coalition import policies, services
from wijkverbond.coalition.acting import choices, current_person, find_coalition
from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.presenters import undelivered as presenters
from wijkverbond.coalition.queries import undelivered
from wijkverbond.coalition.views.common import DAY, MAILS_A_DAY, TOO_OFTEN, crumbs
from wijkverbond.kernel import rate_limits
from wijkverbond.kernel.actor import Actor
from wijkverbond.ui import http
from wijkverbond.ui.decorators import button
from wijkverbond.ui.navigation import Link

MOST = 50


@require_safe
def not_delivered(request: HttpRequest, slug: str) -> HttpResponse:
    """Which mails were given up, to whom, and letting them go out again."""
    coalition, actor = find_coalition(request, slug, policies.may_see_undelivered)
    mails = list(undelivered.sent_for_any(_hats(request, coalition))[:MOST])
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(_("Not delivered"))),
        "mails": presenters.rows(coalition, mails, actor.now),
    }
    return http.page(request, "coalition/not_delivered.html", context)


@button
def send_again(request: HttpRequest, slug: str, job: int) -> HttpResponse:
    """Let a mail go out once more."""
    coalition, actor = find_coalition(request, slug, policies.may_see_undelivered)
    if _too_often(current_person(request)):
        messages.error(request, TOO_OFTEN)
    else:
        by = undelivered.for_whom(job)
        acting = _hats(request, coalition).get(by, actor) if by else actor
        with http.run_button(request, _("The mail is on its way again.")):
            services.send_again(job, coalition, actor=acting)
    return redirect("coalition:not_delivered", slug)


def _hats(request: HttpRequest, coalition: Coalition) -> dict[uuid.UUID, Actor]:
    """Who the visitor is here, by for whom a mail went out: each of their parties, and the secretariat."""
    return {
        actor.party or coalition.id: actor
        for actor in choices(request, coalition)
        if policies.may_see_undelivered(actor, coalition)
    }


def _too_often(person: uuid.UUID | None) -> bool:
    return not rate_limits.allow(f"coalition.send_again:by:{person}", MAILS_A_DAY, DAY)
