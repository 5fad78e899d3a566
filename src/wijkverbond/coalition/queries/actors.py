"""Who a person can be in a coalition."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import Exists, QuerySet

from wijkverbond.coalition.models import Coalition, Kind, Mandate, Party, Secretariat
from wijkverbond.coalition.queries.sides import for_government, is_barred
from wijkverbond.kernel.actor import Actor, ActorKind, Channel, MandateType


def actors(
    person: uuid.UUID | None,
    coalition: Coalition,
    *,
    now: dt.datetime,
    channel: Channel = Channel.PAGE,
) -> dict[Actor, Party | None]:
    """Everyone this person can be in a coalition, and the party each acts for, if any.

    For each party, then as secretariat, then for themselves: the last is always there. Somebody who
    is not signed in (None) only speaks for themselves.
    """
    themselves = Actor(
        kind=ActorKind.PARTICIPANT, now=now, channel=channel, person=person, coalition=coalition.id
    )
    if person is None:
        return {themselves: None}
    secretariat = Secretariat.objects.current().filter(coalition=coalition, person=person)
    mandates = list(
        _valid_mandates(person, coalition, now).annotate(
            organises=Exists(secretariat), acts_for_government=for_government(person, now)
        )
    )
    both_sides = bool(mandates) and mandates[0].acts_for_government
    barred = both_sides and is_barred(person, coalition, now)
    actors = _for_parties(mandates, person, now, channel, barred=barred)
    if mandates[0].organises if mandates else secretariat.exists():
        actors[dataclasses.replace(themselves, kind=ActorKind.SECRETARIAT)] = None
    return {**actors, themselves: None}


def acting_for(
    person: uuid.UUID, party: Party, *, now: dt.datetime, channel: Channel = Channel.PAGE
) -> Actor:
    """This person acting for this party, with the mandates they hold at the moment."""
    mandates = Mandate.objects.valid(now).filter(person=person, party=party)
    rows = list(mandates.values_list("sort", for_government(person, now)))
    both_sides = any(acts_for_government for _sort, acts_for_government in rows)
    barred = both_sides and is_barred(person, party.coalition, now)
    return party_actor(party, person, [sort for sort, _ in rows], now, channel, barred=barred)


def _valid_mandates(person: uuid.UUID, coalition: Coalition, now: dt.datetime) -> QuerySet[Mandate]:
    return (
        Mandate.objects.valid(now)
        .present()
        .filter(person=person, party__coalition=coalition)
        .select_related("party__organisation")
        .order_by("party__joined_at", "party_id")
    )


def _for_parties(
    mandates: Iterable[Mandate],
    person: uuid.UUID,
    now: dt.datetime,
    channel: Channel,
    *,
    barred: bool,
) -> dict[Actor, Party | None]:
    types_by_party: dict[Party, set[str]] = {}
    for mandate in mandates:
        types_by_party.setdefault(mandate.party, set()).add(mandate.sort)
    return {
        party_actor(party, person, types, now, channel, barred=barred): party
        for party, types in types_by_party.items()
    }


def party_actor(
    party: Party,
    person: uuid.UUID,
    mandate_types: Iterable[str],
    now: dt.datetime,
    channel: Channel = Channel.PAGE,
    *,
    barred: bool = False,
) -> Actor:
    """A person with these mandates for a party, as actor: no more than the party may do now.

    `barred` says that they act for government here too (`sides`): then for no partner of society.
    """
    mandates = {MandateType(code) for code in mandate_types}
    if not party.takes_positions:
        mandates -= {MandateType.DECIDE, MandateType.SIGN}
    return Actor(
        kind=ActorKind(party.kind),
        now=now,
        channel=channel,
        person=person,
        party=party.id,
        coalition=party.coalition_id,
        mandates=frozenset(mandates),
        barred=barred and party.kind != Kind.GOVERNMENT,
    )
