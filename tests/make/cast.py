"""People, parties and coalitions, made through the services as people would."""

import dataclasses
import datetime as dt
import itertools
from collections.abc import Iterable
from typing import Any

from wijkverbond.accounts.models import User
from wijkverbond.accounts.tests.make import add_passkey
from wijkverbond.coalition import services
from wijkverbond.coalition.models import (
    Coalition,
    Invitation,
    Involvement,
    Kind,
    LegalForm,
    Mandate,
    Organisation,
    ParticipationLevel,
    Party,
    PartyRole,
    SigningGround,
    TakingPart,
)
from wijkverbond.coalition.models.sectors import SECTORS
from wijkverbond.coalition.queries import acting_for, party_of
from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import Actor, ActorKind, MandateType

PLACES = ("BU01060101", "BU01060102")
YEAR = 2024
EVERYTHING = (MandateType.TAKE_PART, MandateType.DECIDE, MandateType.SIGN)
_numbers = itertools.count(1)


def user(email: str = "", *, is_operator: bool = False) -> User:
    """Somebody with an account."""
    address = email or f"iemand{next(_numbers)}@voorbeeld.example"
    return User.objects.create(email=address, is_operator=is_operator)


def account_of(actor: Actor) -> User:
    """The account of whoever acts."""
    assert actor.person
    return User.objects.get(id=actor.person)


def someone(
    person: User | None = None,
    *,
    coalition: Coalition | None = None,
    now: dt.datetime | None = None,
) -> Actor:
    """Somebody who speaks for themselves; without a person, somebody who is not signed in."""
    return Actor(
        kind=ActorKind.PARTICIPANT,
        now=now or clock.now(),
        person=person.id if person else None,
        coalition=coalition.id if coalition else None,
    )


def organisation(sector: str = "residents_group", name: str = "", **more: object) -> Organisation:
    """An organisation that is not stored yet."""
    sector_of_organisation = SECTORS[sector]
    single = sector in ("resident", "shop")
    values: dict[str, object] = {
        "name": name or f"{sector} {next(_numbers)}",
        "sector": sector,
        "legal_form": LegalForm.PERSON if single else _form(sector_of_organisation.kind),
        "paid": sector_of_organisation.kind != "residents",
    }
    return Organisation(**{**values, **more})


def namesake(party: Party, sector: str = "municipality") -> Organisation:
    """Another organisation, of a place called Elders, of which somebody filled in the same name."""
    kind = SECTORS[sector].kind
    other = organisation(sector, party.name, place="Elders", kind=kind)
    other.save()
    return other


def _form(kind: str) -> LegalForm:
    return LegalForm.PUBLIC_BODY if kind == Kind.GOVERNMENT else LegalForm.FOUNDATION


def taking_part(
    levels: Iterable[str] = (ParticipationLevel.OPERATION, ParticipationLevel.GOVERNING),
    involvement: str = Involvement.WORKS,
    ground: str = "Wij werken hier elke dag.",
) -> TakingPart:
    """How an organisation takes part; directly involved unless said otherwise."""
    return Party(levels=list(levels), involvement=involvement, ground=ground)


def coalition(
    sector: str = "residents_group",
    *,
    name: str = "",
    person: User | None = None,
    may: Iterable[str] = EVERYTHING,
    now: dt.datetime | None = None,
    places: Iterable[str] = PLACES,
    **more: object,
) -> Coalition:
    """A coalition, started by an organisation of this sort; its first person may do everything.

    A first party of society counts once the first `party` that is confirmed has joined.
    """
    starter = person or user()
    new = Coalition(
        name=name or f"Wijk {next(_numbers)}",
        place_codes=list(places),
        place_year=YEAR,
        **more,
    )
    party = services.start(
        new, organisation(sector), taking_part(), actor=someone(starter, now=now)
    )
    mandates(party, starter, may, now=now)
    return new


def party(
    coalition: Coalition,
    sector: str = "school",
    *,
    name: str = "",
    person: User | None = None,
    may: Iterable[str] = EVERYTHING,
    involvement: str = Involvement.WORKS,
    role: str = PartyRole.PARTNER,
    now: dt.datetime | None = None,
    confirmed: bool = True,
) -> Party:
    """A party that joined after an invitation by the coalition's first party.

    It counts as soon as there is a second one of society, unless it is not to be `confirmed`.
    """
    joiner = person or user()
    invitation = services.invite(
        coalition,
        actor=first_actor(coalition, now=now),
        wording=Invitation(addressee=name or sector, role=role),
    )
    joined = services.accept(
        invitation,
        organisation(sector, name),
        taking_part(involvement=involvement),
        actor=someone(joiner, coalition=coalition, now=now),
    )
    if confirmed and not joined.is_confirmed:
        _confirm(joined, now=now)
    mandates(joined, joiner, may, now=now)
    return joined


def _confirm(newcomer: Party, *, now: dt.datetime | None) -> None:
    """Somebody else, of a partner that counts, says that it is what it says; the first two each other."""
    others = newcomer.coalition.parties.deciding().society().exclude(id=newcomer.id)
    others = others.exclude(brought_by=newcomer.brought_by)
    other = others.confirmed().first() or others.first()
    if other is None:
        return
    services.confirm_party(newcomer, actor=actor(other, now=now))
    if not other.is_confirmed and newcomer.takes_positions:
        services.confirm_party(other, actor=actor(newcomer, now=now))
    newcomer.refresh_from_db()


def mandates(
    party: Party, person: User, may: Iterable[str], *, now: dt.datetime | None = None
) -> None:
    """Let the party's first person do more; a mandate to sign is confirmed by a second person."""
    mandate_types = set(may) - {MandateType.TAKE_PART}
    if not mandate_types:
        return
    granted = grant(
        party,
        person,
        actor=acting_for(person.id, party, now=now or clock.now()),
        may=mandate_types,
        ground=ground(party) if MandateType.SIGN in mandate_types else "",
    )
    if MandateType.SIGN in mandate_types:
        second = user()
        first = acting_for(person.id, party, now=now or clock.now())
        grant(party, second, actor=first, may=[MandateType.TAKE_PART])
        confirmer = acting_for(second.id, party, now=now or clock.now())
        services.confirm_mandate(granted[-1], actor=confirmer)


def grant(
    party: Party, person: User, *, actor: Actor, may: Iterable[str], **more: Any
) -> list[Mandate]:
    """Let a person act for a party, who says yes to it at once when they are asked first."""
    given = services.grant(party, person, actor=actor, may=may, **more)
    return given or say_yes(person, party, now=actor.now)


def say_yes(person: User, party: Party, *, now: dt.datetime | None = None) -> list[Mandate]:
    """The person says yes to acting for a party that asked them."""
    offer = party.mandate_offers.get(person=person)
    return services.accept_mandate(offer, actor=someone(person, coalition=party.coalition, now=now))


def asleep(party: Party) -> Party:
    """The party, for which nobody acts any more."""
    party.mandates.update(until=clock.now())
    return party


def ground(party: Party) -> str:
    """A ground on which someone may sign for an organisation of this form."""
    alone = party.organisation.legal_form == LegalForm.PERSON
    return SigningGround.SELF if alone else SigningGround.STATUTES


def first_actor(coalition: Coalition, *, now: dt.datetime | None = None) -> Actor:
    """The first person of the coalition's first party, with the mandates they have now."""
    return actor(coalition.parties.present()[0], now=now)


def actor(party: Party, *, now: dt.datetime | None = None) -> Actor:
    """The first person of a party, with the mandates they have now."""
    at = now or clock.now()
    mandate = party.mandates.current(at).filter(may_grant=True).order_by("since")[0]
    assert mandate.person_id
    return acting_for(mandate.person_id, party, now=at)


def later(actor: Actor, days: int) -> Actor:
    """The same person, so many days later."""
    return dataclasses.replace(actor, now=actor.now + dt.timedelta(days=days))


def colleague(actor: Actor) -> Actor:
    """Somebody else of the same party, with no more than a mandate to take part."""
    person, party = user(), party_of(actor)
    grant(party, person, actor=actor, may=[MandateType.TAKE_PART])
    return acting_for(person.id, party, now=actor.now)


def secretariat(
    coalition: Coalition, *, person: User | None = None, now: dt.datetime | None = None
) -> Actor:
    """Somebody of the secretariat, asked by as many society parties as that takes."""
    chosen = person or user()
    for asker in coalition.parties.present().society():
        asked = services.grant_secretariat(coalition, chosen, actor=actor(asker, now=now))
        if asked.since:
            break
    return Actor(
        kind=ActorKind.SECRETARIAT,
        now=now or clock.now(),
        person=chosen.id,
        coalition=coalition.id,
    )


def operator(person: User | None = None) -> Actor:
    """The host of the site, who showed a second step."""
    chosen = person or user(is_operator=True)
    add_passkey(chosen)
    return Actor(kind=ActorKind.OPERATOR, now=clock.now(), person=chosen.id, second_step=True)


@dataclasses.dataclass(frozen=True)
class World:
    """A coalition with one party of each kind, and everyone who may come by."""

    coalition: Coalition
    resident: Actor
    shopkeeper: Actor
    corporation: Actor
    municipality: Actor
    coordinator: Actor
    participant: Actor
    operator: Actor
    stranger: Actor

    @property
    def parties(self) -> list[Actor]:
        """The four parties' people."""
        return [self.resident, self.shopkeeper, self.corporation, self.municipality]


def world(*, now: dt.datetime | None = None) -> World:
    """A coalition of four kinds: every person may do everything for their own party."""
    own_coalition = coalition("residents_group", name="", now=now)
    elsewhere = coalition("tenants", now=now)
    return World(
        coalition=own_coalition,
        resident=first_actor(own_coalition, now=now),
        shopkeeper=actor(party(own_coalition, "shopkeepers", now=now), now=now),
        corporation=actor(party(own_coalition, "housing_corporation", now=now), now=now),
        municipality=actor(party(own_coalition, "municipality", now=now), now=now),
        coordinator=secretariat(own_coalition, now=now),
        participant=someone(user(), coalition=own_coalition, now=now),
        operator=operator(),
        stranger=first_actor(elsewhere, now=now),
    )
