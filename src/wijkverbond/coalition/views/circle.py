"""Who takes part: the street, who is missing, the three levels, and who works with whom."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wijkverbond.coalition import policies
from wijkverbond.coalition.acting import choices, find_coalition, takes_part
from wijkverbond.coalition.models import Access
from wijkverbond.coalition.presenters import network
from wijkverbond.coalition.queries import circle, dormancy
from wijkverbond.coalition.queries.handover import handover_reminder
from wijkverbond.coalition.queries.secretariat import current_secretariat
from wijkverbond.coalition.queries.ties import tie_rows
from wijkverbond.coalition.views.common import crumbs
from wijkverbond.ui import http


@require_safe
def who(request: HttpRequest, slug: str) -> HttpResponse:
    """Who takes part, who is missing, the three levels, and who works with whom."""
    coalition, actor = find_coalition(request, slug)
    parties_and_missing = circle.circle(coalition)
    ties = tie_rows(coalition, actor.now)
    secretariat = current_secretariat(coalition)
    own_work = next((work for work in secretariat if work.person_id == actor.person), None)
    parties = parties_and_missing.parties
    own_party = next((party for party in parties if party.id == actor.party), None)
    prepares = coalition.access == Access.PREPARING
    context = {
        "coalition": coalition,
        "circle": parties_and_missing,
        "asleep": dormancy.asleep(coalition, actor.now),
        "reminder": handover_reminder(coalition, actor.now),
        "ties": ties,
        "network": network.network(parties, ties),
        "secretariat": secretariat,
        "own_work": own_work,
        "crumbs": crumbs(coalition),
        "own_party": own_party,
        "takes_part": takes_part(choices(request, coalition)),
        "may_report_tie": own_party and policies.may_report_tie(actor, own_party),
        "may_see_mandates": own_party and policies.may_see_mandates(actor, own_party),
        "may_confirm_mandates": policies.may_confirm_mandates(actor, coalition),
        "may_invite": policies.may_invite(actor, coalition),
        "may_suggest": policies.may_suggest_missing(actor, coalition),
        "may_dismiss": policies.may_dismiss_missing(actor, coalition),
        "may_ask_secretariat": policies.may_grant_secretariat(actor, coalition),
        "may_open": prepares and policies.may_change_access(actor, coalition),
    }
    return http.page(request, "coalition/who.html", context)
