"""For whom the visitor of a page acts, and which coalition the page is about."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext

from wijkverbond.coalition.models import Access, Coalition, Party
from wijkverbond.coalition.queries import actors
from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import Actor, ActorKind

CHOICES = "acting_for"


def current_person(request: HttpRequest) -> uuid.UUID | None:
    """The id of whoever is signed in."""
    return request.user.pk if request.user.is_authenticated else None


def coalition_or_404(request: HttpRequest, slug: str) -> Coalition:
    """The coalition of the page; one that prepares in private is only there for its own people."""
    return admitted(request, get_object_or_404(Coalition, slug=slug))


def admitted(request: HttpRequest, coalition: Coalition) -> Coalition:
    """This coalition as that of the page, for those who may see it."""
    if coalition.access == Access.PREPARING and not takes_part(choices(request, coalition)):
        raise Http404
    request.__dict__["_coalition"] = coalition
    return coalition


def choices(request: HttpRequest, coalition: Coalition) -> list[Actor]:
    """Everyone the visitor can be here, the usual one first; asked once for each request."""
    return list(_choices(request, coalition))


def _choices(request: HttpRequest, coalition: Coalition) -> dict[Actor, Party | None]:
    kept: dict[uuid.UUID, dict[Actor, Party | None]] = request.__dict__.setdefault("_actors", {})
    if coalition.id not in kept:
        kept[coalition.id] = actors(current_person(request), coalition, now=clock.now())
    return kept[coalition.id]


def current_actor(request: HttpRequest, coalition: Coalition) -> Actor:
    """Who the visitor is here: as they chose with "I act for", else the first.

    Themselves, the last, once they can no longer act for whom they chose: never silently for
    another. Of several partners the first is therefore remembered, as if they had chosen it.
    """
    possible = choices(request, coalition)
    chosen = request.session.get(CHOICES, {}).get(str(coalition.id))
    if chosen is None:
        if sum(found.is_party for found in possible) > 1:
            choose(request, coalition, code(possible[0]))
        return possible[0]
    return next((found for found in possible if code(found) == chosen), possible[-1])


def current_operator(request: HttpRequest) -> Actor | None:
    """The visitor as host of the site, when they are one; the host is of no coalition."""
    if not getattr(request.user, "is_operator", False):
        return None
    return Actor(kind=ActorKind.OPERATOR, now=clock.now(), person=current_person(request))


def choose(request: HttpRequest, coalition: Coalition, wanted: str) -> None:
    """Remember for whom the visitor wants to act here; `actor` asks each time whether they can."""
    chosen = request.session.get(CHOICES, {})
    request.session[CHOICES] = {**chosen, str(coalition.id): wanted}


def shown(request: HttpRequest) -> dict[str, Any]:
    """Context processor: for whom a signed-in visitor acts on the page of a coalition."""
    coalition = request.__dict__.get("_coalition")
    if not isinstance(coalition, Coalition) or not request.user.is_authenticated:
        return {}
    found = current_actor(request, coalition)
    party = _choices(request, coalition)[found]
    if party:
        whom = str(party)
    else:
        organises = found.kind == ActorKind.SECRETARIAT
        whom = gettext("secretariat") if organises else gettext("yourself")
    address = reverse("coalition:switch", args=[coalition.slug])
    return {"acting_for": whom, "acting_url": f"{address}?{urlencode({'next': request.path})}"}


def code(found: Actor) -> str:
    """How a choice is remembered: the party, or the role without one."""
    return str(found.party or found.kind)


def takes_part(possible: list[Actor]) -> bool:
    """Whether someone who can be these belongs to the coalition."""
    return any(found.is_party or found.kind == ActorKind.SECRETARIAT for found in possible)
