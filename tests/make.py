"""Makes a world for tests, through the services, as people would.

Plain functions with sensible defaults. Organisations and people are roles; names are unique.
"""

import copy
import dataclasses
import datetime as dt
import itertools
import uuid
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Model

from wijkverbond.accounts.models import User
from wijkverbond.actions.models import FacilitationRequest
from wijkverbond.actions.services import requests
from wijkverbond.breakthroughs import services as breakthroughs
from wijkverbond.breakthroughs.models import Breakthrough
from wijkverbond.coalition import services
from wijkverbond.coalition.models import (
    Coalition,
    Involvement,
    Kind,
    LegalForm,
    Organisation,
    ParticipationLevel,
    Party,
    PartyRole,
    SigningGround,
    TakingPart,
)
from wijkverbond.coalition.models.sectors import SECTORS
from wijkverbond.coalition.queries import acting_for, party_of
from wijkverbond.decisions import services as decisions
from wijkverbond.decisions.models import Decision, Objection, Stance
from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import Actor, ActorKind, MandateType
from wijkverbond.kernel.registry import DECISION_TYPES, DecisionType
from wijkverbond.results import services as results
from wijkverbond.results.models import Measurement
from wijkverbond.urgency import services as urgencies
from wijkverbond.urgency.models import Conversation, SharedUrgency
from wijkverbond.vision import services as visions
from wijkverbond.vision.models import Amendment, Benefit, Goal, GoalText, VisionVersion

PLACES = ("BU01060101", "BU01060102")
YEAR = 2024
EVERYTHING = (MandateType.TAKE_PART, MandateType.DECIDE, MandateType.SIGN)

_numbers = itertools.count(1)
M = TypeVar("M", bound=Model)


def user(email: str = "", *, is_operator: bool = False) -> User:
    """Somebody with an account."""
    address = email or f"iemand{next(_numbers)}@voorbeeld.example"
    return User.objects.create(email=address, is_operator=is_operator)


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
    """A coalition, started by an organisation of this sort; its first person may do everything."""
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
) -> Party:
    """A party that joined after an invitation by the coalition's first party."""
    joiner = person or user()
    invitation = services.invite(
        coalition, actor=first_actor(coalition, now=now), addressee=name or sector, role=role
    )
    joined = services.accept(
        invitation,
        organisation(sector, name),
        taking_part(involvement=involvement),
        actor=someone(joiner, coalition=coalition, now=now),
    )
    mandates(joined, joiner, may, now=now)
    return joined


def mandates(
    party: Party, person: User, may: Iterable[str], *, now: dt.datetime | None = None
) -> None:
    """Let the party's first person do more; a mandate to sign is confirmed by a second person."""
    mandate_types = set(may) - {MandateType.TAKE_PART}
    if not mandate_types:
        return
    granted = services.grant(
        party,
        person,
        actor=acting_for(person.id, party, now=now or clock.now()),
        may=mandate_types,
        ground=ground(party) if MandateType.SIGN in mandate_types else "",
    )
    if MandateType.SIGN in mandate_types:
        second = user()
        first = acting_for(person.id, party, now=now or clock.now())
        services.grant(party, second, actor=first, may=[MandateType.TAKE_PART])
        confirmer = acting_for(second.id, party, now=now or clock.now())
        services.confirm_mandate(granted[-1], actor=confirmer)


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


def secretariat(
    coalition: Coalition, *, person: User | None = None, now: dt.datetime | None = None
) -> Actor:
    """Somebody of the secretariat, asked by the first society party."""
    chosen = person or user()
    asker = coalition.parties.present().society()[0]
    services.grant_secretariat(coalition, chosen, actor=actor(asker, now=now))
    return Actor(
        kind=ActorKind.SECRETARIAT,
        now=now or clock.now(),
        person=chosen.id,
        coalition=coalition.id,
    )


def operator(person: User | None = None) -> Actor:
    """The host of the site."""
    chosen = person or user(is_operator=True)
    return Actor(kind=ActorKind.OPERATOR, now=clock.now(), person=chosen.id)


DECIDABLE = DECISION_TYPES.declare(
    DecisionType(name="tests", title="Tests", on_carried=lambda subject, actor: [])
)


def decision(
    coalition: Coalition,
    *,
    by: Actor | None = None,
    kind: DecisionType = DECIDABLE,
    text: str = "We doen het zo.",
) -> Decision:
    """A proposal that is open for answers."""
    return decisions.propose(
        coalition,
        actor=by or first_actor(coalition),
        kind=kind.name,
        subject=uuid.uuid4(),
        title="Doen we het zo?",
        text=text,
    )


def objection(decision: Decision, *, by: Actor, argument: str = "Dit helpt niet.") -> Objection:
    """An argued objection to a proposal."""
    decisions.take_position(decision, actor=by, stance=Stance.OBJECTION, argument=argument)
    return decision.objections.get(party=by.party)


SEEDS = (
    "Kinderen moeten veilig naar school kunnen lopen.",
    "Er moet een plek komen voor jongeren in de avond.",
    "Het plein moet eerst worden opgeknapt.",
    "De auto moet overal kunnen parkeren.",
)


def conversation(
    coalition: Coalition, *, by: Actor | None = None, seeds: Iterable[str] = SEEDS
) -> Conversation:
    """A question to the neighbourhood that is open for thirty days."""
    asker = by or first_actor(coalition)
    return urgencies.open_conversation(
        coalition,
        actor=asker,
        question="Wat moet als eerste beter?",
        seeds=list(seeds),
        opens_at=asker.now - dt.timedelta(hours=1),
        closes_at=asker.now + dt.timedelta(days=30),
    )


def answers(
    conversation: Conversation,
    kind: str,
    number: int,
    answer: Mapping[int, int],
    *,
    first: Sequence[int] = (),
    involvement: str = Involvement.LIVES,
) -> None:
    """So many people of a kind who all answer the same, taken in from paper."""
    sheet = urgencies.Sheet(
        kind=kind, involvement=involvement, entry="paper", answers=answer, priorities=first
    )
    asker = first_actor(conversation.coalition)
    urgencies.take_in(conversation, [sheet] * number, actor=asker)


def urgency(conversation: Conversation, *, by: Actor | None = None) -> SharedUrgency:
    """A proposed shared urgency that rests on the first sentence of a question."""
    return urgencies.propose_urgency(
        conversation.coalition,
        actor=by or first_actor(conversation.coalition),
        sentence="Kinderen kunnen veilig naar school.",
        statements=[conversation.statements.get(number=1)],
        reading=conversation.readings.first(),
    )


def request(
    world: "World", *, by: Actor | None = None, now: dt.datetime | None = None
) -> FacilitationRequest:
    """A request to the world's municipality."""
    asker = by or world.resident
    return requests.ask(
        world.coalition,
        actor=dataclasses.replace(asker, now=now or asker.now),
        addressee=party_of(world.municipality),
        asks="permission",
        title="Mag het plein een zondag dicht?",
    )


VISION = "Hier kom je veilig thuis."
WORDING = Goal(
    sentence="Kinderen lopen naar school",
    indicator_name="Leerlingen die lopend komen",
    unit="%",
    baseline=Decimal(40),
    baseline_on=dt.date(2024, 1, 1),
    target=Decimal(70),
    due=dt.date(2030, 1, 1),
)


def changed(wording: M, **more: object) -> M:
    """Another unsaved record with the same words, but for what is given."""
    other = copy.copy(wording)
    for name, value in more.items():
        setattr(other, name, value)
    return other


def version(
    coalition: Coalition, *, by: Actor | None = None, body: str = VISION, reason: str = ""
) -> VisionVersion:
    """A draft of the next version of the vision."""
    return visions.write_version(
        coalition,
        actor=by or first_actor(coalition),
        body=body,
        horizon=dt.date(2045, 1, 1),
        reason=reason,
    )


def amendment(version: VisionVersion, *, by: Actor, change: str = "Noem de avond.") -> Amendment:
    """A proposed change to a version, that waits for an answer."""
    return visions.propose_amendment(version, actor=by, change=change)


def goal(
    coalition: Coalition,
    *,
    by: Actor | None = None,
    wording: GoalText = WORDING,
    urgency: SharedUrgency | None = None,
) -> Goal:
    """A goal of the coalition's first party, unless somebody else sets it."""
    return visions.set_goal(
        coalition, actor=by or first_actor(coalition), wording=wording, urgency=urgency
    )


def benefit(goal: Goal, party: Party, *, by: Actor, own: str = "Minder te laat.") -> Benefit:
    """What a party gains by a goal, not confirmed yet."""
    return visions.state_benefit(
        goal, party, actor=by, shared="Een fijne wijk.", own=own, sort=Benefit.Type.SOCIAL
    )


def breakthrough(coalition: Coalition, *, by: Actor | None = None, **more: Any) -> Breakthrough:
    """A reported breakthrough; `more` is what the service takes beside the story."""
    claimant = by or first_actor(coalition)
    story = Breakthrough(
        title="Het plein is in de avond open",
        before="Niemand had de sleutel.",
        after="Er is één sleutel en één rooster.",
        happened_on=claimant.today,
        evidence=["figure", "story"],
        evidence_text="Het rooster hangt bij de deur.",
    )
    return breakthroughs.claim(coalition, actor=claimant, story=story, **more)


def measurement(goal: Goal, *, by: Actor, value: object = 55, **more: Any) -> Measurement:
    """A measurement that a party counted itself; `more` is what else is different."""
    values: dict[str, Any] = {
        "edition": str(more.get("measured_on", by.today).year),
        "measured_on": by.today,
        "value": Decimal(str(value)),
        "source": Measurement.Source.OWN,
        "source_text": "Telling aan de poort",
    }
    return results.measure(goal, actor=by, measured=Measurement(**{**values, **more}))


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
