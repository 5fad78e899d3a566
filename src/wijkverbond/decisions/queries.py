"""What pages and services need to know about proposals."""

import datetime as dt
import uuid
from collections.abc import Container, Iterable, Mapping

from wijkverbond.coalition.models import Fallback, Party
from wijkverbond.coalition.queries.dormancy import active_parties
from wijkverbond.decisions import outcome
from wijkverbond.decisions.models import Decision, Objection, Position

ROUNDS_OF_OBJECTIONS = 2


def positions(decision: Decision) -> dict[uuid.UUID, Position]:
    """The positions on the present revision, by party."""
    return {position.party_id: position for position in decision.positions.current()}


def open_objections(decision: Decision) -> dict[uuid.UUID, Objection]:
    """The objections that are not resolved, by party."""
    return {objection.party_id: objection for objection in decision.objections.unresolved()}


def counts(decision: Decision, electorate: Iterable[Party]) -> dict[str, outcome.Count]:
    """What this electorate says to the present revision, counted per kind of party."""
    return count(electorate, positions(decision), open_objections(decision))


def count(
    electorate: Iterable[Party],
    taken: Mapping[uuid.UUID, Position],
    objecting: Container[uuid.UUID],
) -> dict[str, outcome.Count]:
    """What these parties say, given their positions and who objects, per kind of party."""
    return outcome.count(
        outcome.Voice(
            kind=party.kind,
            stance=taken[party.id].stance if party.id in taken else None,
            objects=party.id in objecting,
        )
        for party in electorate
    )


def electorate(decision: Decision, now: dt.datetime) -> list[Party]:
    """Who is asked: the active parties of the coalition at this moment."""
    return active_parties(decision.coalition, now)


def fallback(decision: Decision) -> str:
    """What the coalition agreed on for after two rounds of objections, once it is that far."""
    return decision.coalition.fallback if decision.revision > ROUNDS_OF_OBJECTIONS else "none"


def last_revision(decision: Decision) -> int:
    """The last text that this proposal can get: one more when somebody is to advise."""
    advised = decision.coalition.fallback == Fallback.ADVICE
    return 1 + ROUNDS_OF_OBJECTIONS + (1 if advised else 0)


def waits_for(decision: Decision, now: dt.datetime) -> list[Party]:
    """The parties that did not yet answer to the present revision."""
    answered = positions(decision)
    return [party for party in electorate(decision, now) if party.id not in answered]


def due(now: dt.datetime) -> list[Decision]:
    """The open proposals whose day has come."""
    return list(Decision.objects.open().filter(closes_at__lte=now))
