"""For whom the visitor of a page acts, and which coalition the page is about."""

import dataclasses
import uuid
from collections.abc import Callable, Iterable
from typing import TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext

from wijkverbond.accounts import demanded
from wijkverbond.coalition.models import Access, Coalition, Party
from wijkverbond.coalition.queries import actors
from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import ACTING_FOR, Actor, ActorKind
from wijkverbond.kernel.policy import Permission, require

CHOICES = ACTING_FOR
Record = TypeVar("Record", bound=Model)
Right = Callable[[Actor, Record], Permission]


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


def find_coalition(
    request: HttpRequest, slug: str, right: Right[Coalition] | None = None
) -> tuple[Coalition, Actor]:
    """The coalition of the page, and who the visitor is there.

    404 when there is none for them to see; 403 with the reason when they do not have the right.
    """
    coalition = coalition_or_404(request, slug)
    actor = current_actor(request, coalition)
    if right:
        require(right(actor, coalition))
    return coalition, actor


def find_record(
    request: HttpRequest,
    slug: str,
    records: Callable[[Coalition], QuerySet[Record]],
    record_id: uuid.UUID,
    right: Right[Record] | None = None,
) -> tuple[Record, Actor]:
    """The record that a page of a coalition is about, and who the visitor is there.

    `records` are all that the page can be about. 404 when it is none of them or the visitor may not
    see the coalition; 403 with the reason when they do not have the right.
    """
    coalition = coalition_or_404(request, slug)
    record = get_object_or_404(records(coalition), id=record_id)
    actor = current_actor(request, coalition)
    if right:
        require(right(actor, record))
    return record, actor


def choices(request: HttpRequest, coalition: Coalition) -> list[Actor]:
    """Everyone the visitor can be here, the usual one first; asked once for each request."""
    return list(_choices(request, coalition))


def _choices(request: HttpRequest, coalition: Coalition) -> dict[Actor, Party | None]:
    cache: dict[uuid.UUID, dict[Actor, Party | None]] = request.__dict__.setdefault("_actors", {})
    if coalition.id not in cache:
        found = actors(current_person(request), coalition, now=clock.now())
        second_step = demanded.shown_in(request)
        cache[coalition.id] = {
            dataclasses.replace(actor, second_step=second_step): party
            for actor, party in found.items()
        }
    return cache[coalition.id]


def current_actor(request: HttpRequest, coalition: Coalition) -> Actor:
    """Who the visitor is here: as they chose with "I act for", else the first.

    Themselves, the last, once they can no longer act for whom they chose: never silently for
    another. Of several partners the first is therefore remembered, as if they had chosen it.
    """
    possible = choices(request, coalition)
    chosen = request.session.get(CHOICES, {}).get(str(coalition.id))
    if chosen is None:
        if sum(actor.is_party for actor in possible) > 1:
            choose(request, coalition, code(possible[0]))
        return possible[0]
    return next((actor for actor in possible if code(actor) == chosen), possible[-1])


def themselves(request: HttpRequest, coalition: Coalition | None = None) -> Actor:
    """The visitor, speaking for themselves."""
    return Actor(
        kind=ActorKind.PARTICIPANT,
        person=current_person(request),
        coalition=coalition.id if coalition else None,
        second_step=demanded.shown_in(request),
    )


def anonymous_participant(coalition: Coalition) -> Actor:
    """Whoever speaks for themselves without a name: no account is linked to what they say."""
    return Actor(kind=ActorKind.PARTICIPANT, now=clock.now(), coalition=coalition.id)


def current_operator(request: HttpRequest) -> Actor | None:
    """The visitor as host of the site, when they are one; the host is of no coalition."""
    if not getattr(request.user, "is_operator", False):
        return None
    return Actor(
        kind=ActorKind.OPERATOR,
        now=clock.now(),
        person=current_person(request),
        second_step=demanded.shown_in(request),
    )


def choose(request: HttpRequest, coalition: Coalition, choice: str) -> None:
    """Remember for whom the visitor wants to act here; `current_actor` asks each time whether they can."""
    chosen = request.session.get(CHOICES, {})
    request.session[CHOICES] = {**chosen, str(coalition.id): choice}


def to_act_for(request: HttpRequest, slug: str, party: uuid.UUID | None) -> str:
    """Where somebody says that they act for this party, before a page that a mail sent them to.

    Empty when they do so now, or cannot. Else they would answer for the party they chose last.
    """
    coalition = coalition_or_404(request, slug)
    possible = {actor.party for actor in choices(request, coalition)}
    if party is None or party not in possible - {current_actor(request, coalition).party}:
        return ""
    return _switch(coalition, request.get_full_path())


def _switch(coalition: Coalition, onward: str) -> str:
    address = reverse("coalition:switch", args=[coalition.slug])
    return f"{address}?{urlencode({'next': onward})}"


def shown(request: HttpRequest) -> dict[str, str]:
    """Context processor: for whom a signed-in visitor acts on the page of a coalition."""
    coalition = request.__dict__.get("_coalition")
    if not isinstance(coalition, Coalition) or not request.user.is_authenticated:
        return {}
    actor = current_actor(request, coalition)
    party = _choices(request, coalition)[actor]
    if party:
        whom = str(party)
    else:
        organises = actor.kind == ActorKind.SECRETARIAT
        whom = gettext("secretariat") if organises else gettext("yourself")
    about = {"acting_for": whom, "acting_url": _switch(coalition, request.path)}
    if actor.barred:
        about["barred_url"] = reverse("coalition:choose_side", args=[coalition.slug])
    return {**about, "second_step_url": second_step_url(request, [actor.kind])}


def second_step_url(request: HttpRequest, kinds: Iterable[str]) -> str:
    """Where the visitor shows a second step, when the settings ask it of one of these kinds of actor."""
    asked = not demanded.shown_in(request) and set(kinds) & set(settings.SECOND_STEP_OF)
    return demanded.way(request.get_full_path()) if asked else ""


def code(actor: Actor) -> str:
    """How a choice is remembered: the party, or the role without one."""
    return str(actor.party or actor.kind)


def takes_part(possible: list[Actor]) -> bool:
    """Whether someone who can be these belongs to the coalition."""
    return any(actor.is_party or actor.kind == ActorKind.SECRETARIAT for actor in possible)
