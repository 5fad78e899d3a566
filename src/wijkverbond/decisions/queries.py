"""What pages and services need to know about proposals."""

import datetime as dt
import uuid
from collections.abc import Container, Iterable, Mapping

from django.db.models import OuterRef, Q

from wijkverbond.accounts.models import User
from wijkverbond.coalition.models import SOCIETY_KINDS, Fallback, Kind, Mandate, Party
from wijkverbond.coalition.queries import voices
from wijkverbond.coalition.queries.dormancy import active_parties
from wijkverbond.coalition.queries.sides import for_government, is_barred
from wijkverbond.decisions import outcome
from wijkverbond.decisions.models import Decision, Objection, Position, Stance
from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import MandateType
from wijkverbond.kernel.models import Entry

ROUNDS_OF_OBJECTIONS = 2
ANSWERED_UNCONFIRMED_AFTER = dt.timedelta(days=7)
QUESTION_OPEN = dt.timedelta(days=14)


def positions(decision: Decision) -> dict[uuid.UUID, Position]:
    """The positions on the present revision, by party, with which of them are `on_both_sides`."""
    at = decision.closed_at or clock.now()
    of_society = ~Q(party__organisation__kind=Kind.GOVERNMENT)
    # Hardly anybody acts for both anywhere: only then is there more to ask.
    given = decision.positions.current().annotate(
        for_both=of_society & Q(for_government(OuterRef("person"), at))
    )
    for position in given:
        if position.for_both:  # type: ignore[attr-defined]  # annotated above
            position.on_both_sides = is_barred(position.person_id, decision.coalition, at)
    return {position.party_id: position for position in given}


def open_objections(decision: Decision) -> dict[uuid.UUID, Objection]:
    """The objections that are not resolved, by party; not those of who came after the closing."""
    unresolved = decision.objections.unresolved().exclude(
        party__in=decision.later_answers.values("party")
    )
    return {objection.party_id: objection for objection in unresolved}


def counts(
    decision: Decision, asked: Iterable[Party], now: dt.datetime | None
) -> dict[str, outcome.Count]:
    """What those of the asked that count say to the present revision, per kind of party."""
    return count(counting(decision, asked), positions(decision), open_objections(decision), now)


def count(
    electorate: Iterable[Party],
    taken: Mapping[uuid.UUID, Position],
    objecting: Container[uuid.UUID],
    now: dt.datetime | None,
) -> dict[str, outcome.Count]:
    """What these parties say, given their positions and who objects, per kind of party.

    At a moment; without one only what parties confirmed is an answer (`stance_that_counts`).
    """
    return outcome.count(
        outcome.Voice(
            kind=party.kind,
            stance=stance_that_counts(taken.get(party.id), now),
            objects=party.id in objecting and not _on_both_sides(taken.get(party.id)),
        )
        for party in electorate
    )


def stance_that_counts(position: Position | None, now: dt.datetime | None) -> str | None:
    """What a position counts as; None as no answer.

    What was entered for a party is none before the party confirms it. A week after a mail about it
    arrived it is an answer that takes no side, as of whoever stands aside: never consent.
    Nor is what somebody said for a partner of society who acts for government too by now.
    """
    if _on_both_sides(position):
        return None
    if position is None or position.confirmed_at:
        return position.stance if position else None
    mailed_at = position.mailed_at
    arrived = now and mailed_at and mailed_at + ANSWERED_UNCONFIRMED_AFTER <= now
    return Stance.STAND_ASIDE if arrived else None


def _on_both_sides(position: Position | None) -> bool:
    return position is not None and position.on_both_sides


def asked(decision: Decision, now: dt.datetime) -> list[Party]:
    """Who is asked: the active parties of the coalition at this moment."""
    return active_parties(decision.coalition, now)


def counting(decision: Decision, asked: Iterable[Party]) -> list[Party]:
    """Those of the asked that count: others confirmed them, before the closing of a closed one.

    Nobody has a voice in a proposal about themselves: not that party, nor one of the same people alone.
    """
    asked, closed_at = list(asked), decision.closed_at
    themselves = [voices.people_of(party) for party in asked if party.id == decision.subject]
    return [
        party
        for party in asked
        if party.confirmed_at and (closed_at is None or party.confirmed_at <= closed_at)
        if not any(voices.people_of(party) <= people for people in themselves)
    ]


def circumstances(
    decision: Decision,
    asked: Iterable[Party],
    counts: Mapping[str, outcome.Count],
    now: dt.datetime,
) -> outcome.Circumstances:
    """What else the outcome depends on, with these parties; of a closed one as it was then."""
    at = decision.closed_at or now
    missed = counts[Kind.RESIDENTS].takes_no_side
    society = [party for party in counting(decision, asked) if party.kind in SOCIETY_KINDS]
    return outcome.Circumstances(
        reminded=decision.extended_at is not None,
        neighbourhood_asked=missed and neighbourhood_asked(decision.coalition_id, at),
        different_people=voices.different_people(society),
    )


def neighbourhood_asked(coalition: uuid.UUID, at: dt.datetime) -> bool:
    """Whether a question to the neighbourhood itself was closed; the journal tells, not `urgency`.

    It was open for two weeks: who opens one and closes it at once asked nobody.
    """
    entries = Entry.objects.filter(stream=coalition, at__lte=at)
    closed = entries.filter(event="urgency.conversation_closed")
    closed_at = dict(closed.values_list("facts__conversation", "at"))
    opened = entries.filter(
        event="urgency.conversation_opened", facts__conversation__in=list(closed_at)
    )
    return any(
        max(opened_at, dt.datetime.fromisoformat(opens)) + QUESTION_OPEN <= closed_at[conversation]
        for conversation, opens, opened_at in opened.values_list(
            "facts__conversation", "facts__opens", "at"
        )
    )


def fallback(decision: Decision) -> str:
    """What the coalition agreed on for after two rounds of objections, once it is that far."""
    return decision.coalition.fallback if decision.revision > ROUNDS_OF_OBJECTIONS else "none"


def last_revision(decision: Decision) -> int:
    """The last text that this proposal can get: one more when somebody is to advise."""
    advised = decision.coalition.fallback == Fallback.ADVICE
    return 1 + ROUNDS_OF_OBJECTIONS + (1 if advised else 0)


def to_remind(decision: Decision, silent_kinds: Container[str], now: dt.datetime) -> list[User]:
    """Who decides for a partner of these kinds that did not answer, and spoke for no other here."""
    answered = {
        party: position
        for party, position in positions(decision).items()
        if position.confirmed_at and not position.on_both_sides
    }
    waiting = [
        party
        for party in counting(decision, asked(decision, now))
        if party.kind in silent_kinds and party.id not in answered
    ]
    spoken = [position.person_id for position in answered.values() if position.person_id]
    return [person for person in deciding_for(waiting, now) if person.id not in spoken]


def deciding_for(parties: Iterable[Party], now: dt.datetime) -> list[User]:
    """Who has a mandate to decide for one of these parties."""
    deciding = Mandate.objects.valid(now).filter(sort=MandateType.DECIDE, party__in=list(parties))
    return list(User.objects.filter(id__in=deciding.values("person")).order_by("id"))


def due(now: dt.datetime) -> list[Decision]:
    """The open proposals whose day has come."""
    return list(Decision.objects.open().filter(closes_at__lte=now))
